; @generated from generated/cpu/adadelta_cpu_float32_max_wd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float32_max_wd(i64 %begin, i64 %end, i64 %job) {
block.1:
  %v.1 = inttoptr i64 %job to ptr
  %rows = load i64, ptr %v.1, align 8
  %v.2 = getelementptr i8, ptr %v.1, i64 8
  %segments = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 16
  %chunks = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.1, i64 24
  %n_chunks = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.1, i64 40
  %scalars = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.1, i64 48
  %unscale = load i64, ptr %v.6, align 8
  %v.7 = inttoptr i64 %scalars to ptr
  %lr = load float, ptr %v.7, align 4
  %v.8 = getelementptr i8, ptr %v.7, i64 4
  %rho = load float, ptr %v.8, align 4
  %v.9 = getelementptr i8, ptr %v.7, i64 8
  %one_minus_rho = load float, ptr %v.9, align 4
  %v.10 = getelementptr i8, ptr %v.7, i64 12
  %eps = load float, ptr %v.10, align 4
  %v.11 = getelementptr i8, ptr %v.7, i64 16
  %weight_decay = load float, ptr %v.11, align 4
  %v.12 = getelementptr i8, ptr %v.7, i64 20
  %inv_scale = load float, ptr %v.12, align 4
  %v.13 = getelementptr i8, ptr %v.7, i64 24
  %clip = load float, ptr %v.13, align 4
  br label %block.2

block.2:
  %v.14 = add nsw i64 %job, 32
  %v.15 = inttoptr i64 %v.14 to ptr
  %chunk = atomicrmw add ptr %v.15, i64 1 monotonic, align 8
  %v.16 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.16, label %block.3, label %block.25

block.3:
  %v.17 = inttoptr i64 %chunks to ptr
  %v.18 = getelementptr i64, ptr %v.17, i64 %chunk
  %v.19 = getelementptr i8, ptr %v.18, i64 8
  %next_chunk = load i64, ptr %v.19, align 8
  %v.20 = load i64, ptr %v.18, align 8
  %v.21 = sub i64 %next_chunk, %v.20
  %v.22 = call i64 @llvm.smax.i64(i64 %v.21, i64 0)
  br label %block.4

block.4:
  %v.23 = phi i64 [ %v.20, %block.3 ], [ %v.24, %block.17 ]
  %v.25 = phi i64 [ %v.22, %block.3 ], [ %v.26, %block.17 ]
  %v.27 = icmp sgt i64 %v.25, 0
  br i1 %v.27, label %block.5, label %block.2

block.5:
  %v.26 = add nsw i64 %v.25, -1
  %v.24 = add i64 %v.23, 1
  %ahead = add nsw i64 %v.23, 2
  %v.28 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.28, label %block.6, label %block.16

block.6:
  %v.29 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.29
  %v.30 = inttoptr i64 %segment to ptr
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = mul nsw i64 %v.31, 48
  %row = add nsw i64 %rows, %v.32
  %v.33 = getelementptr i8, ptr %v.30, i64 16
  %n = load i64, ptr %v.33, align 8
  %v.34 = icmp slt i64 %n, 1
  br i1 %v.34, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.35, %block.15 ]
  br label %block.8

block.8:
  %v.36 = phi i64 [ 0, %block.7 ], [ %v.37, %block.9 ]
  %v.38 = phi i64 [ %storemerge, %block.7 ], [ %v.39, %block.9 ]
  %v.40 = icmp sgt i64 %v.38, 0
  br i1 %v.40, label %block.9, label %block.10

block.9:
  %v.39 = add nsw i64 %v.38, -1
  %v.37 = add i64 %v.36, 64
  %v.41 = inttoptr i64 %row to ptr
  %v.42 = load i64, ptr %v.41, align 8
  %v.43 = add nsw i64 %v.42, %v.36
  %v.44 = inttoptr i64 %v.43 to ptr
  call void @llvm.prefetch.p0(ptr %v.44, i32 0, i32 3, i32 1)
  %v.45 = getelementptr i8, ptr %v.41, i64 8
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = add nsw i64 %v.46, %v.36
  %v.48 = inttoptr i64 %v.47 to ptr
  call void @llvm.prefetch.p0(ptr %v.48, i32 0, i32 3, i32 1)
  br label %block.8

block.10:
  br i1 %v.34, label %block.11, label %block.14

block.11:
  %storemerge.2 = phi i64 [ 0, %block.10 ], [ %v.49, %block.14 ]
  br label %block.12

block.12:
  %v.50 = phi i64 [ 0, %block.11 ], [ %v.51, %block.13 ]
  %v.52 = phi i64 [ %storemerge.2, %block.11 ], [ %v.53, %block.13 ]
  %v.54 = icmp sgt i64 %v.52, 0
  br i1 %v.54, label %block.13, label %block.16

block.13:
  %v.53 = add nsw i64 %v.52, -1
  %v.51 = add i64 %v.50, 64
  %v.55 = inttoptr i64 %row to ptr
  %v.56 = getelementptr i8, ptr %v.55, i64 16
  %v.57 = load i64, ptr %v.56, align 8
  %v.58 = add nsw i64 %v.57, %v.50
  %v.59 = inttoptr i64 %v.58 to ptr
  call void @llvm.prefetch.p0(ptr %v.59, i32 0, i32 3, i32 1)
  %v.60 = getelementptr i8, ptr %v.55, i64 24
  %v.61 = load i64, ptr %v.60, align 8
  %v.62 = add nsw i64 %v.61, %v.50
  %v.63 = inttoptr i64 %v.62 to ptr
  call void @llvm.prefetch.p0(ptr %v.63, i32 0, i32 3, i32 1)
  br label %block.12

block.14:
  %v.64 = shl nsw i64 %n, 2
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 60
  %v.68 = icmp ne i64 %v.67, 0
  %v.69 = zext i1 %v.68 to i64
  %v.49 = add nuw nsw i64 %v.66, %v.69
  br label %block.11

block.15:
  %v.70 = shl nsw i64 %n, 2
  %v.71 = call i64 @llvm.smin.i64(i64 %v.70, i64 512)
  %v.72 = lshr i64 %v.71, 6
  %v.73 = and i64 %v.71, 60
  %v.74 = icmp ne i64 %v.73, 0
  %v.75 = zext i1 %v.74 to i64
  %v.35 = add nuw nsw i64 %v.72, %v.75
  br label %block.7

block.16:
  %v.76 = mul nsw i64 %v.23, 24
  %segment.2 = add nsw i64 %segments, %v.76
  %v.77 = inttoptr i64 %segment.2 to ptr
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = mul nsw i64 %v.78, 48
  %row.2 = add nsw i64 %rows, %v.79
  %v.80 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.80, align 8
  %v.81 = inttoptr i64 %row.2 to ptr
  %v.82 = getelementptr i8, ptr %v.81, i64 8
  %grads = load i64, ptr %v.82, align 8
  %v.83 = icmp eq i64 %grads, 0
  br i1 %v.83, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.84 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.84, align 8
  %v.85 = shl nsw i64 %first, 2
  %grads.2 = add nsw i64 %grads, %v.85
  %v.86 = load i64, ptr %v.81, align 8
  %params = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.81, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avgs = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.81, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.85
  %v.91 = icmp eq i64 %unscale, 0
  br i1 %v.91, label %block.19, label %block.22

block.19:
  %v.92 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.93 = phi i64 [ 0, %block.19 ], [ %v.94, %block.21 ]
  %v.95 = phi i64 [ %v.92, %block.19 ], [ %v.96, %block.21 ]
  %v.97 = icmp sgt i64 %v.95, 0
  br i1 %v.97, label %block.21, label %block.17

block.21:
  %v.96 = add nsw i64 %v.95, -1
  %v.94 = add i64 %v.93, 1
  %v.98 = inttoptr i64 %params to ptr
  %v.99 = getelementptr float, ptr %v.98, i64 %v.93
  %param = load float, ptr %v.99, align 4
  %v.100 = inttoptr i64 %grads.2 to ptr
  %v.101 = getelementptr float, ptr %v.100, i64 %v.93
  %grad = load float, ptr %v.101, align 4
  %v.102 = inttoptr i64 %square_avgs to ptr
  %v.103 = getelementptr float, ptr %v.102, i64 %v.93
  %square_avg = load float, ptr %v.103, align 4
  %v.104 = inttoptr i64 %acc_deltas to ptr
  %v.105 = getelementptr float, ptr %v.104, i64 %v.93
  %acc_delta = load float, ptr %v.105, align 4
  %v.106 = fneg float %clip
  %grad.2 = fmul float %grad, %v.106
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.107 = fmul float %one_minus_rho, %grad.3
  %v.108 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.107, float %grad.3, float %v.108)
  %v.109 = fadd float %acc_delta, %eps
  %v.110 = fadd float %square_avg.2, %eps
  %v.111 = bitcast float %v.110 to i32
  %v.112 = lshr i32 %v.111, 1
  %v.113 = and i32 %v.112, 1065353216
  %v.114 = sub nuw nsw i32 1602224128, %v.113
  %v.115 = bitcast i32 %v.114 to float
  %v.116 = fmul float %v.110, %v.115
  %v.117 = fmul float %v.116, %v.115
  %v.118 = fdiv float %v.109, %v.117
  %v.119 = call float @llvm.sqrt.f32(float %v.118)
  %v.120 = fmul float %v.119, %v.115
  %delta = fmul float %v.120, %grad.3
  %v.121 = fmul float %one_minus_rho, %delta
  %v.122 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.121, float %delta, float %v.122)
  %v.123 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.123, float %delta, float %param)
  store float %param.2, ptr %v.99, align 4
  store float %square_avg.2, ptr %v.103, align 4
  store float %acc_delta.2, ptr %v.105, align 4
  br label %block.20

block.22:
  %v.124 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.125 = phi i64 [ 0, %block.22 ], [ %v.126, %block.24 ]
  %v.127 = phi i64 [ %v.124, %block.22 ], [ %v.128, %block.24 ]
  %v.129 = icmp sgt i64 %v.127, 0
  br i1 %v.129, label %block.24, label %block.17

block.24:
  %v.128 = add nsw i64 %v.127, -1
  %v.126 = add i64 %v.125, 1
  %v.130 = inttoptr i64 %params to ptr
  %v.131 = getelementptr float, ptr %v.130, i64 %v.125
  %param.3 = load float, ptr %v.131, align 4
  %v.132 = inttoptr i64 %grads.2 to ptr
  %v.133 = getelementptr float, ptr %v.132, i64 %v.125
  %v.134 = load float, ptr %v.133, align 4
  %grad.4 = fmul float %v.134, %inv_scale
  store float %grad.4, ptr %v.133, align 4
  %v.135 = inttoptr i64 %square_avgs to ptr
  %v.136 = getelementptr float, ptr %v.135, i64 %v.125
  %square_avg.3 = load float, ptr %v.136, align 4
  %v.137 = inttoptr i64 %acc_deltas to ptr
  %v.138 = getelementptr float, ptr %v.137, i64 %v.125
  %acc_delta.3 = load float, ptr %v.138, align 4
  %v.139 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.139
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.140 = fmul float %one_minus_rho, %grad.6
  %v.141 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.140, float %grad.6, float %v.141)
  %v.142 = fadd float %acc_delta.3, %eps
  %v.143 = fadd float %square_avg.4, %eps
  %v.144 = bitcast float %v.143 to i32
  %v.145 = lshr i32 %v.144, 1
  %v.146 = and i32 %v.145, 1065353216
  %v.147 = sub nuw nsw i32 1602224128, %v.146
  %v.148 = bitcast i32 %v.147 to float
  %v.149 = fmul float %v.143, %v.148
  %v.150 = fmul float %v.149, %v.148
  %v.151 = fdiv float %v.142, %v.150
  %v.152 = call float @llvm.sqrt.f32(float %v.151)
  %v.153 = fmul float %v.152, %v.148
  %delta.2 = fmul float %v.153, %grad.6
  %v.154 = fmul float %one_minus_rho, %delta.2
  %v.155 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.154, float %delta.2, float %v.155)
  %v.156 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.156, float %delta.2, float %param.3)
  store float %param.4, ptr %v.131, align 4
  store float %square_avg.4, ptr %v.136, align 4
  store float %acc_delta.4, ptr %v.138, align 4
  br label %block.23

block.25:
  ret void
}
