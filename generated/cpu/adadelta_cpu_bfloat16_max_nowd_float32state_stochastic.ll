; @generated from generated/cpu/adadelta_cpu_bfloat16_max_nowd_float32state_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_nowd_float32state_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  %v.78 = getelementptr i8, ptr %v.75, i64 8
  %first = load i64, ptr %v.78, align 8
  %v.79 = getelementptr i8, ptr %v.75, i64 16
  %n.2 = load i64, ptr %v.79, align 8
  %v.80 = inttoptr i64 %row.2 to ptr
  %v.81 = getelementptr i8, ptr %v.80, i64 8
  %grads = load i64, ptr %v.81, align 8
  %v.82 = icmp eq i64 %grads, 0
  br i1 %v.82, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.83 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.83
  %v.84 = load i64, ptr %v.80, align 8
  %params = add nsw i64 %v.84, %v.83
  %v.85 = getelementptr i8, ptr %v.80, i64 16
  %v.86 = load i64, ptr %v.85, align 8
  %v.87 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.86, %v.87
  %v.88 = getelementptr i8, ptr %v.80, i64 24
  %v.89 = load i64, ptr %v.88, align 8
  %acc_deltas = add nsw i64 %v.89, %v.87
  %v.90 = getelementptr i8, ptr %v.80, i64 40
  %v.91 = load i64, ptr %v.90, align 8
  %v.92 = ashr i64 %first, 32
  %key = add nsw i64 %v.91, %v.92
  %v.93 = icmp eq i64 %unscale, 0
  br i1 %v.93, label %block.19, label %block.22

block.19:
  %v.94 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.95 = phi i64 [ 0, %block.19 ], [ %v.96, %block.21 ]
  %v.97 = phi i64 [ %v.94, %block.19 ], [ %v.98, %block.21 ]
  %v.99 = icmp sgt i64 %v.97, 0
  br i1 %v.99, label %block.21, label %block.17

block.21:
  %v.98 = add nsw i64 %v.97, -1
  %v.96 = add i64 %v.95, 1
  %v.100 = inttoptr i64 %params to ptr
  %v.101 = getelementptr i16, ptr %v.100, i64 %v.95
  %v.102 = load i16, ptr %v.101, align 2
  %v.103 = zext i16 %v.102 to i32
  %v.104 = shl nuw i32 %v.103, 16
  %param = bitcast i32 %v.104 to float
  %v.105 = inttoptr i64 %grads.2 to ptr
  %v.106 = getelementptr i16, ptr %v.105, i64 %v.95
  %v.107 = load i16, ptr %v.106, align 2
  %v.108 = zext i16 %v.107 to i32
  %v.109 = shl nuw i32 %v.108, 16
  %grad = bitcast i32 %v.109 to float
  %v.110 = inttoptr i64 %square_avgs to ptr
  %v.111 = getelementptr float, ptr %v.110, i64 %v.95
  %square_avg = load float, ptr %v.111, align 4
  %v.112 = inttoptr i64 %acc_deltas to ptr
  %v.113 = getelementptr float, ptr %v.112, i64 %v.95
  %acc_delta = load float, ptr %v.113, align 4
  %grad.2 = fneg float %grad
  %v.114 = fmul float %one_minus_rho, %grad.2
  %v.115 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.114, float %grad.2, float %v.115)
  %v.116 = fadd float %acc_delta, %eps
  %v.117 = call float @llvm.sqrt.f32(float %v.116)
  %v.118 = fadd float %square_avg.2, %eps
  %v.119 = call float @llvm.sqrt.f32(float %v.118)
  %v.120 = fdiv float %v.117, %v.119
  %delta = fmul float %v.120, %grad.2
  %v.121 = fmul float %one_minus_rho, %delta
  %v.122 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.121, float %delta, float %v.122)
  %v.123 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.123, float %delta, float %param)
  %v.124 = add i64 %first, %v.95
  %v.125 = trunc i64 %key to i32
  %v.126 = lshr i64 %key, 32
  %v.127 = trunc i64 %v.126 to i32
  %v.128 = trunc i64 %v.124 to i32
  %v.129 = add i32 %v.128, %v.125
  %v.130 = lshr i32 %v.129, 16
  %v.131 = xor i32 %v.129, %v.130
  %v.132 = mul i32 %v.131, 2146121005
  %v.133 = lshr i32 %v.132, 15
  %v.134 = xor i32 %v.132, %v.133
  %v.135 = mul i32 %v.134, -2073254261
  %v.136 = lshr i32 %v.135, 16
  %v.137 = xor i32 %v.135, %v.136
  %v.138 = add i32 %v.137, %v.127
  %v.139 = lshr i32 %v.138, 16
  %v.140 = xor i32 %v.138, %v.139
  %v.141 = mul i32 %v.140, 2146121005
  %v.142 = lshr i32 %v.141, 15
  %v.143 = xor i32 %v.141, %v.142
  %v.144 = mul i32 %v.143, -2073254261
  %v.145 = bitcast float %param.2 to i32
  %v.146 = lshr i32 %v.144, 16
  %v.147 = add i32 %v.146, %v.145
  %v.148 = fcmp uno float %param.2, 0.000000e+00
  %v.149 = lshr i32 %v.147, 16
  %v.150 = trunc i32 %v.149 to i16
  %v.151 = select i1 %v.148, i16 32704, i16 %v.150
  store i16 %v.151, ptr %v.101, align 2
  store float %square_avg.2, ptr %v.111, align 4
  store float %acc_delta.2, ptr %v.113, align 4
  br label %block.20

block.22:
  %v.152 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.153 = phi i64 [ 0, %block.22 ], [ %v.154, %block.24 ]
  %v.155 = phi i64 [ %v.152, %block.22 ], [ %v.156, %block.24 ]
  %v.157 = icmp sgt i64 %v.155, 0
  br i1 %v.157, label %block.24, label %block.17

block.24:
  %v.156 = add nsw i64 %v.155, -1
  %v.154 = add i64 %v.153, 1
  %v.158 = inttoptr i64 %params to ptr
  %v.159 = getelementptr i16, ptr %v.158, i64 %v.153
  %v.160 = load i16, ptr %v.159, align 2
  %v.161 = zext i16 %v.160 to i32
  %v.162 = shl nuw i32 %v.161, 16
  %param.3 = bitcast i32 %v.162 to float
  %v.163 = inttoptr i64 %grads.2 to ptr
  %v.164 = getelementptr i16, ptr %v.163, i64 %v.153
  %v.165 = load i16, ptr %v.164, align 2
  %v.166 = zext i16 %v.165 to i32
  %v.167 = shl nuw i32 %v.166, 16
  %v.168 = bitcast i32 %v.167 to float
  %grad.3 = fmul float %inv_scale, %v.168
  %v.169 = fcmp uno float %grad.3, 0.000000e+00
  %v.170 = bitcast float %grad.3 to i32
  %v.171 = lshr i32 %v.170, 16
  %v.172 = and i32 %v.171, 1
  %v.173 = add nuw nsw i32 %v.172, 32767
  %v.174 = add i32 %v.173, %v.170
  %v.175 = lshr i32 %v.174, 16
  %v.176 = trunc i32 %v.175 to i16
  %v.177 = select i1 %v.169, i16 32704, i16 %v.176
  store i16 %v.177, ptr %v.164, align 2
  %v.178 = inttoptr i64 %square_avgs to ptr
  %v.179 = getelementptr float, ptr %v.178, i64 %v.153
  %square_avg.3 = load float, ptr %v.179, align 4
  %v.180 = inttoptr i64 %acc_deltas to ptr
  %v.181 = getelementptr float, ptr %v.180, i64 %v.153
  %acc_delta.3 = load float, ptr %v.181, align 4
  %grad.4 = fneg float %grad.3
  %v.182 = fmul float %one_minus_rho, %grad.4
  %v.183 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.182, float %grad.4, float %v.183)
  %v.184 = fadd float %acc_delta.3, %eps
  %v.185 = call float @llvm.sqrt.f32(float %v.184)
  %v.186 = fadd float %square_avg.4, %eps
  %v.187 = call float @llvm.sqrt.f32(float %v.186)
  %v.188 = fdiv float %v.185, %v.187
  %delta.2 = fmul float %v.188, %grad.4
  %v.189 = fmul float %one_minus_rho, %delta.2
  %v.190 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.189, float %delta.2, float %v.190)
  %v.191 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.191, float %delta.2, float %param.3)
  %v.192 = add i64 %first, %v.153
  %v.193 = trunc i64 %key to i32
  %v.194 = lshr i64 %key, 32
  %v.195 = trunc i64 %v.194 to i32
  %v.196 = trunc i64 %v.192 to i32
  %v.197 = add i32 %v.196, %v.193
  %v.198 = lshr i32 %v.197, 16
  %v.199 = xor i32 %v.197, %v.198
  %v.200 = mul i32 %v.199, 2146121005
  %v.201 = lshr i32 %v.200, 15
  %v.202 = xor i32 %v.200, %v.201
  %v.203 = mul i32 %v.202, -2073254261
  %v.204 = lshr i32 %v.203, 16
  %v.205 = xor i32 %v.203, %v.204
  %v.206 = add i32 %v.205, %v.195
  %v.207 = lshr i32 %v.206, 16
  %v.208 = xor i32 %v.206, %v.207
  %v.209 = mul i32 %v.208, 2146121005
  %v.210 = lshr i32 %v.209, 15
  %v.211 = xor i32 %v.209, %v.210
  %v.212 = mul i32 %v.211, -2073254261
  %v.213 = bitcast float %param.4 to i32
  %v.214 = lshr i32 %v.212, 16
  %v.215 = add i32 %v.214, %v.213
  %v.216 = fcmp uno float %param.4, 0.000000e+00
  %v.217 = lshr i32 %v.215, 16
  %v.218 = trunc i32 %v.217 to i16
  %v.219 = select i1 %v.216, i16 32704, i16 %v.218
  store i16 %v.219, ptr %v.159, align 2
  store float %square_avg.4, ptr %v.179, align 4
  store float %acc_delta.4, ptr %v.181, align 4
  br label %block.23

block.25:
  ret void
}
