; @generated from generated/cpu/adadelta_cpu_float32_max_nowd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float32_max_nowd(i64 %begin, i64 %end, i64 %job) {
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
  %v.11 = getelementptr i8, ptr %v.7, i64 20
  %inv_scale = load float, ptr %v.11, align 4
  br label %block.2

block.2:
  %v.12 = add nsw i64 %job, 32
  %v.13 = inttoptr i64 %v.12 to ptr
  %chunk = atomicrmw add ptr %v.13, i64 1 monotonic, align 8
  %v.14 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.14, label %block.3, label %block.25

block.3:
  %v.15 = inttoptr i64 %chunks to ptr
  %v.16 = getelementptr i64, ptr %v.15, i64 %chunk
  %v.17 = getelementptr i8, ptr %v.16, i64 8
  %next_chunk = load i64, ptr %v.17, align 8
  %v.18 = load i64, ptr %v.16, align 8
  %v.19 = sub i64 %next_chunk, %v.18
  %v.20 = call i64 @llvm.smax.i64(i64 %v.19, i64 0)
  br label %block.4

block.4:
  %v.21 = phi i64 [ %v.18, %block.3 ], [ %v.22, %block.17 ]
  %v.23 = phi i64 [ %v.20, %block.3 ], [ %v.24, %block.17 ]
  %v.25 = icmp sgt i64 %v.23, 0
  br i1 %v.25, label %block.5, label %block.2

block.5:
  %v.24 = add nsw i64 %v.23, -1
  %v.22 = add i64 %v.21, 1
  %ahead = add nsw i64 %v.21, 2
  %v.26 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.26, label %block.6, label %block.16

block.6:
  %v.27 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.27
  %v.28 = inttoptr i64 %segment to ptr
  %v.29 = load i64, ptr %v.28, align 8
  %v.30 = mul nsw i64 %v.29, 48
  %row = add nsw i64 %rows, %v.30
  %v.31 = getelementptr i8, ptr %v.28, i64 16
  %n = load i64, ptr %v.31, align 8
  %v.32 = icmp slt i64 %n, 1
  br i1 %v.32, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.33, %block.15 ]
  br label %block.8

block.8:
  %v.34 = phi i64 [ 0, %block.7 ], [ %v.35, %block.9 ]
  %v.36 = phi i64 [ %storemerge, %block.7 ], [ %v.37, %block.9 ]
  %v.38 = icmp sgt i64 %v.36, 0
  br i1 %v.38, label %block.9, label %block.10

block.9:
  %v.37 = add nsw i64 %v.36, -1
  %v.35 = add i64 %v.34, 64
  %v.39 = inttoptr i64 %row to ptr
  %v.40 = load i64, ptr %v.39, align 8
  %v.41 = add nsw i64 %v.40, %v.34
  %v.42 = inttoptr i64 %v.41 to ptr
  call void @llvm.prefetch.p0(ptr %v.42, i32 0, i32 3, i32 1)
  %v.43 = getelementptr i8, ptr %v.39, i64 8
  %v.44 = load i64, ptr %v.43, align 8
  %v.45 = add nsw i64 %v.44, %v.34
  %v.46 = inttoptr i64 %v.45 to ptr
  call void @llvm.prefetch.p0(ptr %v.46, i32 0, i32 3, i32 1)
  br label %block.8

block.10:
  br i1 %v.32, label %block.11, label %block.14

block.11:
  %storemerge.2 = phi i64 [ 0, %block.10 ], [ %v.47, %block.14 ]
  br label %block.12

block.12:
  %v.48 = phi i64 [ 0, %block.11 ], [ %v.49, %block.13 ]
  %v.50 = phi i64 [ %storemerge.2, %block.11 ], [ %v.51, %block.13 ]
  %v.52 = icmp sgt i64 %v.50, 0
  br i1 %v.52, label %block.13, label %block.16

block.13:
  %v.51 = add nsw i64 %v.50, -1
  %v.49 = add i64 %v.48, 64
  %v.53 = inttoptr i64 %row to ptr
  %v.54 = getelementptr i8, ptr %v.53, i64 16
  %v.55 = load i64, ptr %v.54, align 8
  %v.56 = add nsw i64 %v.55, %v.48
  %v.57 = inttoptr i64 %v.56 to ptr
  call void @llvm.prefetch.p0(ptr %v.57, i32 0, i32 3, i32 1)
  %v.58 = getelementptr i8, ptr %v.53, i64 24
  %v.59 = load i64, ptr %v.58, align 8
  %v.60 = add nsw i64 %v.59, %v.48
  %v.61 = inttoptr i64 %v.60 to ptr
  call void @llvm.prefetch.p0(ptr %v.61, i32 0, i32 3, i32 1)
  br label %block.12

block.14:
  %v.62 = shl nsw i64 %n, 2
  %v.63 = call i64 @llvm.smin.i64(i64 %v.62, i64 512)
  %v.64 = lshr i64 %v.63, 6
  %v.65 = and i64 %v.63, 60
  %v.66 = icmp ne i64 %v.65, 0
  %v.67 = zext i1 %v.66 to i64
  %v.47 = add nuw nsw i64 %v.64, %v.67
  br label %block.11

block.15:
  %v.68 = shl nsw i64 %n, 2
  %v.69 = call i64 @llvm.smin.i64(i64 %v.68, i64 512)
  %v.70 = lshr i64 %v.69, 6
  %v.71 = and i64 %v.69, 60
  %v.72 = icmp ne i64 %v.71, 0
  %v.73 = zext i1 %v.72 to i64
  %v.33 = add nuw nsw i64 %v.70, %v.73
  br label %block.7

block.16:
  %v.74 = mul nsw i64 %v.21, 24
  %segment.2 = add nsw i64 %segments, %v.74
  %v.75 = inttoptr i64 %segment.2 to ptr
  %v.76 = load i64, ptr %v.75, align 8
  %v.77 = mul nsw i64 %v.76, 48
  %row.2 = add nsw i64 %rows, %v.77
  %v.78 = getelementptr i8, ptr %v.75, i64 16
  %n.2 = load i64, ptr %v.78, align 8
  %v.79 = inttoptr i64 %row.2 to ptr
  %v.80 = getelementptr i8, ptr %v.79, i64 8
  %grads = load i64, ptr %v.80, align 8
  %v.81 = icmp eq i64 %grads, 0
  br i1 %v.81, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.82 = getelementptr i8, ptr %v.75, i64 8
  %first = load i64, ptr %v.82, align 8
  %v.83 = shl nsw i64 %first, 2
  %grads.2 = add nsw i64 %grads, %v.83
  %v.84 = load i64, ptr %v.79, align 8
  %params = add nsw i64 %v.84, %v.83
  %v.85 = getelementptr i8, ptr %v.79, i64 16
  %v.86 = load i64, ptr %v.85, align 8
  %square_avgs = add nsw i64 %v.86, %v.83
  %v.87 = getelementptr i8, ptr %v.79, i64 24
  %v.88 = load i64, ptr %v.87, align 8
  %acc_deltas = add nsw i64 %v.88, %v.83
  %v.89 = icmp eq i64 %unscale, 0
  br i1 %v.89, label %block.19, label %block.22

block.19:
  %v.90 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.91 = phi i64 [ 0, %block.19 ], [ %v.92, %block.21 ]
  %v.93 = phi i64 [ %v.90, %block.19 ], [ %v.94, %block.21 ]
  %v.95 = icmp sgt i64 %v.93, 0
  br i1 %v.95, label %block.21, label %block.17

block.21:
  %v.94 = add nsw i64 %v.93, -1
  %v.92 = add i64 %v.91, 1
  %v.96 = inttoptr i64 %params to ptr
  %v.97 = getelementptr float, ptr %v.96, i64 %v.91
  %param = load float, ptr %v.97, align 4
  %v.98 = inttoptr i64 %grads.2 to ptr
  %v.99 = getelementptr float, ptr %v.98, i64 %v.91
  %grad = load float, ptr %v.99, align 4
  %v.100 = inttoptr i64 %square_avgs to ptr
  %v.101 = getelementptr float, ptr %v.100, i64 %v.91
  %square_avg = load float, ptr %v.101, align 4
  %v.102 = inttoptr i64 %acc_deltas to ptr
  %v.103 = getelementptr float, ptr %v.102, i64 %v.91
  %acc_delta = load float, ptr %v.103, align 4
  %grad.2 = fneg float %grad
  %v.104 = fmul float %one_minus_rho, %grad.2
  %v.105 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.104, float %grad.2, float %v.105)
  %v.106 = fadd float %acc_delta, %eps
  %v.107 = call float @llvm.sqrt.f32(float %v.106)
  %v.108 = fadd float %square_avg.2, %eps
  %v.109 = call float @llvm.sqrt.f32(float %v.108)
  %v.110 = fdiv float %v.107, %v.109
  %delta = fmul float %v.110, %grad.2
  %v.111 = fmul float %one_minus_rho, %delta
  %v.112 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.111, float %delta, float %v.112)
  %v.113 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.113, float %delta, float %param)
  store float %param.2, ptr %v.97, align 4
  store float %square_avg.2, ptr %v.101, align 4
  store float %acc_delta.2, ptr %v.103, align 4
  br label %block.20

block.22:
  %v.114 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.115 = phi i64 [ 0, %block.22 ], [ %v.116, %block.24 ]
  %v.117 = phi i64 [ %v.114, %block.22 ], [ %v.118, %block.24 ]
  %v.119 = icmp sgt i64 %v.117, 0
  br i1 %v.119, label %block.24, label %block.17

block.24:
  %v.118 = add nsw i64 %v.117, -1
  %v.116 = add i64 %v.115, 1
  %v.120 = inttoptr i64 %params to ptr
  %v.121 = getelementptr float, ptr %v.120, i64 %v.115
  %param.3 = load float, ptr %v.121, align 4
  %v.122 = inttoptr i64 %grads.2 to ptr
  %v.123 = getelementptr float, ptr %v.122, i64 %v.115
  %v.124 = load float, ptr %v.123, align 4
  %grad.3 = fmul float %v.124, %inv_scale
  store float %grad.3, ptr %v.123, align 4
  %v.125 = inttoptr i64 %square_avgs to ptr
  %v.126 = getelementptr float, ptr %v.125, i64 %v.115
  %square_avg.3 = load float, ptr %v.126, align 4
  %v.127 = inttoptr i64 %acc_deltas to ptr
  %v.128 = getelementptr float, ptr %v.127, i64 %v.115
  %acc_delta.3 = load float, ptr %v.128, align 4
  %grad.4 = fneg float %grad.3
  %v.129 = fmul float %one_minus_rho, %grad.4
  %v.130 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.129, float %grad.4, float %v.130)
  %v.131 = fadd float %acc_delta.3, %eps
  %v.132 = call float @llvm.sqrt.f32(float %v.131)
  %v.133 = fadd float %square_avg.4, %eps
  %v.134 = call float @llvm.sqrt.f32(float %v.133)
  %v.135 = fdiv float %v.132, %v.134
  %delta.2 = fmul float %v.135, %grad.4
  %v.136 = fmul float %one_minus_rho, %delta.2
  %v.137 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.136, float %delta.2, float %v.137)
  %v.138 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.138, float %delta.2, float %param.3)
  store float %param.4, ptr %v.121, align 4
  store float %square_avg.4, ptr %v.126, align 4
  store float %acc_delta.4, ptr %v.128, align 4
  br label %block.23

block.25:
  ret void
}
