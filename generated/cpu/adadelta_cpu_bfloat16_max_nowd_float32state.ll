; @generated from generated/cpu/adadelta_cpu_bfloat16_max_nowd_float32state.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_nowd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.12 = getelementptr i8, ptr %v.7, i64 24
  %clip = load float, ptr %v.12, align 4
  br label %block.2

block.2:
  %v.13 = add nsw i64 %job, 32
  %v.14 = inttoptr i64 %v.13 to ptr
  %chunk = atomicrmw add ptr %v.14, i64 1 monotonic, align 8
  %v.15 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.15, label %block.3, label %block.25

block.3:
  %v.16 = inttoptr i64 %chunks to ptr
  %v.17 = getelementptr i64, ptr %v.16, i64 %chunk
  %v.18 = getelementptr i8, ptr %v.17, i64 8
  %next_chunk = load i64, ptr %v.18, align 8
  %v.19 = load i64, ptr %v.17, align 8
  %v.20 = sub i64 %next_chunk, %v.19
  %v.21 = call i64 @llvm.smax.i64(i64 %v.20, i64 0)
  br label %block.4

block.4:
  %v.22 = phi i64 [ %v.19, %block.3 ], [ %v.23, %block.17 ]
  %v.24 = phi i64 [ %v.21, %block.3 ], [ %v.25, %block.17 ]
  %v.26 = icmp sgt i64 %v.24, 0
  br i1 %v.26, label %block.5, label %block.2

block.5:
  %v.25 = add nsw i64 %v.24, -1
  %v.23 = add i64 %v.22, 1
  %ahead = add nsw i64 %v.22, 2
  %v.27 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.27, label %block.6, label %block.16

block.6:
  %v.28 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.28
  %v.29 = inttoptr i64 %segment to ptr
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = mul nsw i64 %v.30, 48
  %row = add nsw i64 %rows, %v.31
  %v.32 = getelementptr i8, ptr %v.29, i64 16
  %n = load i64, ptr %v.32, align 8
  %v.33 = icmp slt i64 %n, 1
  br i1 %v.33, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.34, %block.15 ]
  br label %block.8

block.8:
  %v.35 = phi i64 [ 0, %block.7 ], [ %v.36, %block.9 ]
  %v.37 = phi i64 [ %storemerge, %block.7 ], [ %v.38, %block.9 ]
  %v.39 = icmp sgt i64 %v.37, 0
  br i1 %v.39, label %block.9, label %block.10

block.9:
  %v.38 = add nsw i64 %v.37, -1
  %v.36 = add i64 %v.35, 64
  %v.40 = inttoptr i64 %row to ptr
  %v.41 = load i64, ptr %v.40, align 8
  %v.42 = add nsw i64 %v.41, %v.35
  %v.43 = inttoptr i64 %v.42 to ptr
  call void @llvm.prefetch.p0(ptr %v.43, i32 0, i32 3, i32 1)
  %v.44 = getelementptr i8, ptr %v.40, i64 8
  %v.45 = load i64, ptr %v.44, align 8
  %v.46 = add nsw i64 %v.45, %v.35
  %v.47 = inttoptr i64 %v.46 to ptr
  call void @llvm.prefetch.p0(ptr %v.47, i32 0, i32 3, i32 1)
  br label %block.8

block.10:
  br i1 %v.33, label %block.11, label %block.14

block.11:
  %storemerge.2 = phi i64 [ 0, %block.10 ], [ %v.48, %block.14 ]
  br label %block.12

block.12:
  %v.49 = phi i64 [ 0, %block.11 ], [ %v.50, %block.13 ]
  %v.51 = phi i64 [ %storemerge.2, %block.11 ], [ %v.52, %block.13 ]
  %v.53 = icmp sgt i64 %v.51, 0
  br i1 %v.53, label %block.13, label %block.16

block.13:
  %v.52 = add nsw i64 %v.51, -1
  %v.50 = add i64 %v.49, 64
  %v.54 = inttoptr i64 %row to ptr
  %v.55 = getelementptr i8, ptr %v.54, i64 16
  %v.56 = load i64, ptr %v.55, align 8
  %v.57 = add nsw i64 %v.56, %v.49
  %v.58 = inttoptr i64 %v.57 to ptr
  call void @llvm.prefetch.p0(ptr %v.58, i32 0, i32 3, i32 1)
  %v.59 = getelementptr i8, ptr %v.54, i64 24
  %v.60 = load i64, ptr %v.59, align 8
  %v.61 = add nsw i64 %v.60, %v.49
  %v.62 = inttoptr i64 %v.61 to ptr
  call void @llvm.prefetch.p0(ptr %v.62, i32 0, i32 3, i32 1)
  br label %block.12

block.14:
  %v.63 = shl nsw i64 %n, 2
  %v.64 = call i64 @llvm.smin.i64(i64 %v.63, i64 512)
  %v.65 = lshr i64 %v.64, 6
  %v.66 = and i64 %v.64, 60
  %v.67 = icmp ne i64 %v.66, 0
  %v.68 = zext i1 %v.67 to i64
  %v.48 = add nuw nsw i64 %v.65, %v.68
  br label %block.11

block.15:
  %v.69 = shl nuw nsw i64 %n, 1
  %v.70 = call i64 @llvm.smin.i64(i64 %v.69, i64 512)
  %v.71 = lshr i64 %v.70, 6
  %v.72 = and i64 %v.70, 62
  %v.73 = icmp ne i64 %v.72, 0
  %v.74 = zext i1 %v.73 to i64
  %v.34 = add nuw nsw i64 %v.71, %v.74
  br label %block.7

block.16:
  %v.75 = mul nsw i64 %v.22, 24
  %segment.2 = add nsw i64 %segments, %v.75
  %v.76 = inttoptr i64 %segment.2 to ptr
  %v.77 = load i64, ptr %v.76, align 8
  %v.78 = mul nsw i64 %v.77, 48
  %row.2 = add nsw i64 %rows, %v.78
  %v.79 = getelementptr i8, ptr %v.76, i64 16
  %n.2 = load i64, ptr %v.79, align 8
  %v.80 = inttoptr i64 %row.2 to ptr
  %v.81 = getelementptr i8, ptr %v.80, i64 8
  %grads = load i64, ptr %v.81, align 8
  %v.82 = icmp eq i64 %grads, 0
  br i1 %v.82, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.83 = getelementptr i8, ptr %v.76, i64 8
  %first = load i64, ptr %v.83, align 8
  %v.84 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.84
  %v.85 = load i64, ptr %v.80, align 8
  %params = add nsw i64 %v.85, %v.84
  %v.86 = getelementptr i8, ptr %v.80, i64 16
  %v.87 = load i64, ptr %v.86, align 8
  %v.88 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.87, %v.88
  %v.89 = getelementptr i8, ptr %v.80, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.88
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
  %v.99 = getelementptr i16, ptr %v.98, i64 %v.93
  %v.100 = load i16, ptr %v.99, align 2
  %v.101 = zext i16 %v.100 to i32
  %v.102 = shl nuw i32 %v.101, 16
  %param = bitcast i32 %v.102 to float
  %v.103 = inttoptr i64 %grads.2 to ptr
  %v.104 = getelementptr i16, ptr %v.103, i64 %v.93
  %v.105 = load i16, ptr %v.104, align 2
  %v.106 = zext i16 %v.105 to i32
  %v.107 = shl nuw i32 %v.106, 16
  %grad = bitcast i32 %v.107 to float
  %v.108 = inttoptr i64 %square_avgs to ptr
  %v.109 = getelementptr float, ptr %v.108, i64 %v.93
  %square_avg = load float, ptr %v.109, align 4
  %v.110 = inttoptr i64 %acc_deltas to ptr
  %v.111 = getelementptr float, ptr %v.110, i64 %v.93
  %acc_delta = load float, ptr %v.111, align 4
  %v.112 = fneg float %grad
  %grad.2 = fmul float %clip, %v.112
  %v.113 = fmul float %one_minus_rho, %grad.2
  %v.114 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.113, float %grad.2, float %v.114)
  %v.115 = fadd float %acc_delta, %eps
  %v.116 = fadd float %square_avg.2, %eps
  %v.117 = call float @llvm.sqrt.f32(float %v.115)
  %v.118 = call float @llvm.sqrt.f32(float %v.116)
  %v.119 = fdiv float %v.117, %v.118
  %delta = fmul float %v.119, %grad.2
  %v.120 = fmul float %one_minus_rho, %delta
  %v.121 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.120, float %delta, float %v.121)
  %v.122 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.122, float %delta, float %param)
  %v.123 = fcmp uno float %param.2, 0.000000e+00
  %v.124 = bitcast float %param.2 to i32
  %v.125 = lshr i32 %v.124, 16
  %v.126 = and i32 %v.125, 1
  %v.127 = add nuw nsw i32 %v.126, 32767
  %v.128 = add i32 %v.127, %v.124
  %v.129 = lshr i32 %v.128, 16
  %v.130 = trunc i32 %v.129 to i16
  %v.131 = select i1 %v.123, i16 32704, i16 %v.130
  store i16 %v.131, ptr %v.99, align 2
  store float %square_avg.2, ptr %v.109, align 4
  store float %acc_delta.2, ptr %v.111, align 4
  br label %block.20

block.22:
  %v.132 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.133 = phi i64 [ 0, %block.22 ], [ %v.134, %block.24 ]
  %v.135 = phi i64 [ %v.132, %block.22 ], [ %v.136, %block.24 ]
  %v.137 = icmp sgt i64 %v.135, 0
  br i1 %v.137, label %block.24, label %block.17

block.24:
  %v.136 = add nsw i64 %v.135, -1
  %v.134 = add i64 %v.133, 1
  %v.138 = inttoptr i64 %params to ptr
  %v.139 = getelementptr i16, ptr %v.138, i64 %v.133
  %v.140 = load i16, ptr %v.139, align 2
  %v.141 = zext i16 %v.140 to i32
  %v.142 = shl nuw i32 %v.141, 16
  %param.3 = bitcast i32 %v.142 to float
  %v.143 = inttoptr i64 %grads.2 to ptr
  %v.144 = getelementptr i16, ptr %v.143, i64 %v.133
  %v.145 = load i16, ptr %v.144, align 2
  %v.146 = zext i16 %v.145 to i32
  %v.147 = shl nuw i32 %v.146, 16
  %v.148 = bitcast i32 %v.147 to float
  %grad.3 = fmul float %inv_scale, %v.148
  %v.149 = fcmp uno float %grad.3, 0.000000e+00
  %v.150 = bitcast float %grad.3 to i32
  %v.151 = lshr i32 %v.150, 16
  %v.152 = and i32 %v.151, 1
  %v.153 = add nuw nsw i32 %v.152, 32767
  %v.154 = add i32 %v.153, %v.150
  %v.155 = lshr i32 %v.154, 16
  %v.156 = trunc i32 %v.155 to i16
  %v.157 = select i1 %v.149, i16 32704, i16 %v.156
  store i16 %v.157, ptr %v.144, align 2
  %v.158 = inttoptr i64 %square_avgs to ptr
  %v.159 = getelementptr float, ptr %v.158, i64 %v.133
  %square_avg.3 = load float, ptr %v.159, align 4
  %v.160 = inttoptr i64 %acc_deltas to ptr
  %v.161 = getelementptr float, ptr %v.160, i64 %v.133
  %acc_delta.3 = load float, ptr %v.161, align 4
  %v.162 = fneg float %clip
  %grad.4 = fmul float %grad.3, %v.162
  %v.163 = fmul float %one_minus_rho, %grad.4
  %v.164 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.163, float %grad.4, float %v.164)
  %v.165 = fadd float %acc_delta.3, %eps
  %v.166 = fadd float %square_avg.4, %eps
  %v.167 = call float @llvm.sqrt.f32(float %v.165)
  %v.168 = call float @llvm.sqrt.f32(float %v.166)
  %v.169 = fdiv float %v.167, %v.168
  %delta.2 = fmul float %v.169, %grad.4
  %v.170 = fmul float %one_minus_rho, %delta.2
  %v.171 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.170, float %delta.2, float %v.171)
  %v.172 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.172, float %delta.2, float %param.3)
  %v.173 = fcmp uno float %param.4, 0.000000e+00
  %v.174 = bitcast float %param.4 to i32
  %v.175 = lshr i32 %v.174, 16
  %v.176 = and i32 %v.175, 1
  %v.177 = add nuw nsw i32 %v.176, 32767
  %v.178 = add i32 %v.177, %v.174
  %v.179 = lshr i32 %v.178, 16
  %v.180 = trunc i32 %v.179 to i16
  %v.181 = select i1 %v.173, i16 32704, i16 %v.180
  store i16 %v.181, ptr %v.139, align 2
  store float %square_avg.4, ptr %v.159, align 4
  store float %acc_delta.4, ptr %v.161, align 4
  br label %block.23

block.25:
  ret void
}
