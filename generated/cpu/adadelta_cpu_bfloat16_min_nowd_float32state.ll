; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd_float32state.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.68 = shl nuw nsw i64 %n, 1
  %v.69 = call i64 @llvm.smin.i64(i64 %v.68, i64 512)
  %v.70 = lshr i64 %v.69, 6
  %v.71 = and i64 %v.69, 62
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
  %v.83 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.83
  %v.84 = load i64, ptr %v.79, align 8
  %params = add nsw i64 %v.84, %v.83
  %v.85 = getelementptr i8, ptr %v.79, i64 16
  %v.86 = load i64, ptr %v.85, align 8
  %v.87 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.86, %v.87
  %v.88 = getelementptr i8, ptr %v.79, i64 24
  %v.89 = load i64, ptr %v.88, align 8
  %acc_deltas = add nsw i64 %v.89, %v.87
  %v.90 = icmp eq i64 %unscale, 0
  br i1 %v.90, label %block.19, label %block.22

block.19:
  %v.91 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.92 = phi i64 [ 0, %block.19 ], [ %v.93, %block.21 ]
  %v.94 = phi i64 [ %v.91, %block.19 ], [ %v.95, %block.21 ]
  %v.96 = icmp sgt i64 %v.94, 0
  br i1 %v.96, label %block.21, label %block.17

block.21:
  %v.95 = add nsw i64 %v.94, -1
  %v.93 = add i64 %v.92, 1
  %v.97 = inttoptr i64 %params to ptr
  %v.98 = getelementptr i16, ptr %v.97, i64 %v.92
  %v.99 = load i16, ptr %v.98, align 2
  %v.100 = zext i16 %v.99 to i32
  %v.101 = shl nuw i32 %v.100, 16
  %param = bitcast i32 %v.101 to float
  %v.102 = inttoptr i64 %grads.2 to ptr
  %v.103 = getelementptr i16, ptr %v.102, i64 %v.92
  %v.104 = load i16, ptr %v.103, align 2
  %v.105 = zext i16 %v.104 to i32
  %v.106 = shl nuw i32 %v.105, 16
  %grad = bitcast i32 %v.106 to float
  %v.107 = inttoptr i64 %square_avgs to ptr
  %v.108 = getelementptr float, ptr %v.107, i64 %v.92
  %square_avg = load float, ptr %v.108, align 4
  %v.109 = inttoptr i64 %acc_deltas to ptr
  %v.110 = getelementptr float, ptr %v.109, i64 %v.92
  %acc_delta = load float, ptr %v.110, align 4
  %v.111 = fmul float %one_minus_rho, %grad
  %v.112 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.111, float %grad, float %v.112)
  %v.113 = fadd float %acc_delta, %eps
  %v.114 = call float @llvm.sqrt.f32(float %v.113)
  %v.115 = fadd float %square_avg.2, %eps
  %v.116 = call float @llvm.sqrt.f32(float %v.115)
  %v.117 = fdiv float %v.114, %v.116
  %delta = fmul float %v.117, %grad
  %v.118 = fmul float %one_minus_rho, %delta
  %v.119 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.118, float %delta, float %v.119)
  %v.120 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.120, float %delta, float %param)
  %v.121 = fcmp uno float %param.2, 0.000000e+00
  %v.122 = bitcast float %param.2 to i32
  %v.123 = lshr i32 %v.122, 16
  %v.124 = and i32 %v.123, 1
  %v.125 = add nuw nsw i32 %v.124, 32767
  %v.126 = add i32 %v.125, %v.122
  %v.127 = lshr i32 %v.126, 16
  %v.128 = trunc i32 %v.127 to i16
  %v.129 = select i1 %v.121, i16 32704, i16 %v.128
  store i16 %v.129, ptr %v.98, align 2
  store float %square_avg.2, ptr %v.108, align 4
  store float %acc_delta.2, ptr %v.110, align 4
  br label %block.20

block.22:
  %v.130 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.131 = phi i64 [ 0, %block.22 ], [ %v.132, %block.24 ]
  %v.133 = phi i64 [ %v.130, %block.22 ], [ %v.134, %block.24 ]
  %v.135 = icmp sgt i64 %v.133, 0
  br i1 %v.135, label %block.24, label %block.17

block.24:
  %v.134 = add nsw i64 %v.133, -1
  %v.132 = add i64 %v.131, 1
  %v.136 = inttoptr i64 %params to ptr
  %v.137 = getelementptr i16, ptr %v.136, i64 %v.131
  %v.138 = load i16, ptr %v.137, align 2
  %v.139 = zext i16 %v.138 to i32
  %v.140 = shl nuw i32 %v.139, 16
  %param.3 = bitcast i32 %v.140 to float
  %v.141 = inttoptr i64 %grads.2 to ptr
  %v.142 = getelementptr i16, ptr %v.141, i64 %v.131
  %v.143 = load i16, ptr %v.142, align 2
  %v.144 = zext i16 %v.143 to i32
  %v.145 = shl nuw i32 %v.144, 16
  %v.146 = bitcast i32 %v.145 to float
  %grad.2 = fmul float %inv_scale, %v.146
  %v.147 = fcmp uno float %grad.2, 0.000000e+00
  %v.148 = bitcast float %grad.2 to i32
  %v.149 = lshr i32 %v.148, 16
  %v.150 = and i32 %v.149, 1
  %v.151 = add nuw nsw i32 %v.150, 32767
  %v.152 = add i32 %v.151, %v.148
  %v.153 = lshr i32 %v.152, 16
  %v.154 = trunc i32 %v.153 to i16
  %v.155 = select i1 %v.147, i16 32704, i16 %v.154
  store i16 %v.155, ptr %v.142, align 2
  %v.156 = inttoptr i64 %square_avgs to ptr
  %v.157 = getelementptr float, ptr %v.156, i64 %v.131
  %square_avg.3 = load float, ptr %v.157, align 4
  %v.158 = inttoptr i64 %acc_deltas to ptr
  %v.159 = getelementptr float, ptr %v.158, i64 %v.131
  %acc_delta.3 = load float, ptr %v.159, align 4
  %v.160 = fmul float %one_minus_rho, %grad.2
  %v.161 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.160, float %grad.2, float %v.161)
  %v.162 = fadd float %acc_delta.3, %eps
  %v.163 = call float @llvm.sqrt.f32(float %v.162)
  %v.164 = fadd float %square_avg.4, %eps
  %v.165 = call float @llvm.sqrt.f32(float %v.164)
  %v.166 = fdiv float %v.163, %v.165
  %delta.2 = fmul float %v.166, %grad.2
  %v.167 = fmul float %one_minus_rho, %delta.2
  %v.168 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.167, float %delta.2, float %v.168)
  %v.169 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.169, float %delta.2, float %param.3)
  %v.170 = fcmp uno float %param.4, 0.000000e+00
  %v.171 = bitcast float %param.4 to i32
  %v.172 = lshr i32 %v.171, 16
  %v.173 = and i32 %v.172, 1
  %v.174 = add nuw nsw i32 %v.173, 32767
  %v.175 = add i32 %v.174, %v.171
  %v.176 = lshr i32 %v.175, 16
  %v.177 = trunc i32 %v.176 to i16
  %v.178 = select i1 %v.170, i16 32704, i16 %v.177
  store i16 %v.178, ptr %v.137, align 2
  store float %square_avg.4, ptr %v.157, align 4
  store float %acc_delta.4, ptr %v.159, align 4
  br label %block.23

block.25:
  ret void
}
