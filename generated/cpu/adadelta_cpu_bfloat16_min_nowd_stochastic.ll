; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  %v.62 = shl nuw nsw i64 %n, 1
  %v.63 = call i64 @llvm.smin.i64(i64 %v.62, i64 512)
  %v.64 = lshr i64 %v.63, 6
  %v.65 = and i64 %v.63, 62
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
  %square_avgs = add nsw i64 %v.86, %v.83
  %v.87 = getelementptr i8, ptr %v.80, i64 24
  %v.88 = load i64, ptr %v.87, align 8
  %acc_deltas = add nsw i64 %v.88, %v.83
  %v.89 = getelementptr i8, ptr %v.80, i64 40
  %v.90 = load i64, ptr %v.89, align 8
  %v.91 = ashr i64 %first, 32
  %key = add nsw i64 %v.90, %v.91
  %v.92 = icmp eq i64 %unscale, 0
  br i1 %v.92, label %block.19, label %block.22

block.19:
  %v.93 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.94 = phi i64 [ 0, %block.19 ], [ %v.95, %block.21 ]
  %v.96 = phi i64 [ %v.93, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = icmp sgt i64 %v.96, 0
  br i1 %v.98, label %block.21, label %block.17

block.21:
  %v.97 = add nsw i64 %v.96, -1
  %v.95 = add i64 %v.94, 1
  %v.99 = inttoptr i64 %params to ptr
  %v.100 = getelementptr i16, ptr %v.99, i64 %v.94
  %v.101 = load i16, ptr %v.100, align 2
  %v.102 = zext i16 %v.101 to i32
  %v.103 = shl nuw i32 %v.102, 16
  %param = bitcast i32 %v.103 to float
  %v.104 = inttoptr i64 %grads.2 to ptr
  %v.105 = getelementptr i16, ptr %v.104, i64 %v.94
  %v.106 = load i16, ptr %v.105, align 2
  %v.107 = zext i16 %v.106 to i32
  %v.108 = shl nuw i32 %v.107, 16
  %grad = bitcast i32 %v.108 to float
  %v.109 = inttoptr i64 %square_avgs to ptr
  %v.110 = getelementptr i16, ptr %v.109, i64 %v.94
  %v.111 = load i16, ptr %v.110, align 2
  %v.112 = zext i16 %v.111 to i32
  %v.113 = shl nuw i32 %v.112, 16
  %square_avg = bitcast i32 %v.113 to float
  %v.114 = inttoptr i64 %acc_deltas to ptr
  %v.115 = getelementptr i16, ptr %v.114, i64 %v.94
  %v.116 = load i16, ptr %v.115, align 2
  %v.117 = zext i16 %v.116 to i32
  %v.118 = shl nuw i32 %v.117, 16
  %acc_delta = bitcast i32 %v.118 to float
  %v.119 = fmul float %one_minus_rho, %grad
  %v.120 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.119, float %grad, float %v.120)
  %v.121 = fadd float %eps, %acc_delta
  %v.122 = call float @llvm.sqrt.f32(float %v.121)
  %v.123 = fadd float %square_avg.2, %eps
  %v.124 = call float @llvm.sqrt.f32(float %v.123)
  %v.125 = fdiv float %v.122, %v.124
  %delta = fmul float %v.125, %grad
  %v.126 = fmul float %one_minus_rho, %delta
  %v.127 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.126, float %delta, float %v.127)
  %v.128 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.128, float %delta, float %param)
  %v.129 = add i64 %first, %v.94
  %v.130 = trunc i64 %key to i32
  %v.131 = lshr i64 %key, 32
  %v.132 = trunc i64 %v.131 to i32
  %v.133 = trunc i64 %v.129 to i32
  %v.134 = add i32 %v.133, %v.130
  %v.135 = lshr i32 %v.134, 16
  %v.136 = xor i32 %v.134, %v.135
  %v.137 = mul i32 %v.136, 2146121005
  %v.138 = lshr i32 %v.137, 15
  %v.139 = xor i32 %v.137, %v.138
  %v.140 = mul i32 %v.139, -2073254261
  %v.141 = lshr i32 %v.140, 16
  %v.142 = xor i32 %v.140, %v.141
  %v.143 = add i32 %v.142, %v.132
  %v.144 = lshr i32 %v.143, 16
  %v.145 = xor i32 %v.143, %v.144
  %v.146 = mul i32 %v.145, 2146121005
  %v.147 = lshr i32 %v.146, 15
  %v.148 = xor i32 %v.146, %v.147
  %v.149 = mul i32 %v.148, -2073254261
  %v.150 = bitcast float %param.2 to i32
  %v.151 = lshr i32 %v.149, 16
  %v.152 = add i32 %v.151, %v.150
  %v.153 = fcmp uno float %param.2, 0.000000e+00
  %v.154 = lshr i32 %v.152, 16
  %v.155 = trunc i32 %v.154 to i16
  %v.156 = select i1 %v.153, i16 32704, i16 %v.155
  store i16 %v.156, ptr %v.100, align 2
  %v.157 = bitcast float %square_avg.2 to i32
  %v.158 = lshr i32 %v.157, 16
  %v.159 = and i32 %v.158, 1
  %v.160 = add nuw nsw i32 %v.159, 32767
  %v.161 = add i32 %v.160, %v.157
  %v.162 = lshr i32 %v.161, 16
  %v.163 = trunc i32 %v.162 to i16
  store i16 %v.163, ptr %v.110, align 2
  %v.164 = bitcast float %acc_delta.2 to i32
  %v.165 = lshr i32 %v.164, 16
  %v.166 = and i32 %v.165, 1
  %v.167 = add nuw nsw i32 %v.166, 32767
  %v.168 = add i32 %v.167, %v.164
  %v.169 = lshr i32 %v.168, 16
  %v.170 = trunc i32 %v.169 to i16
  store i16 %v.170, ptr %v.115, align 2
  br label %block.20

block.22:
  %v.171 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.172 = phi i64 [ 0, %block.22 ], [ %v.173, %block.24 ]
  %v.174 = phi i64 [ %v.171, %block.22 ], [ %v.175, %block.24 ]
  %v.176 = icmp sgt i64 %v.174, 0
  br i1 %v.176, label %block.24, label %block.17

block.24:
  %v.175 = add nsw i64 %v.174, -1
  %v.173 = add i64 %v.172, 1
  %v.177 = inttoptr i64 %params to ptr
  %v.178 = getelementptr i16, ptr %v.177, i64 %v.172
  %v.179 = load i16, ptr %v.178, align 2
  %v.180 = zext i16 %v.179 to i32
  %v.181 = shl nuw i32 %v.180, 16
  %param.3 = bitcast i32 %v.181 to float
  %v.182 = inttoptr i64 %grads.2 to ptr
  %v.183 = getelementptr i16, ptr %v.182, i64 %v.172
  %v.184 = load i16, ptr %v.183, align 2
  %v.185 = zext i16 %v.184 to i32
  %v.186 = shl nuw i32 %v.185, 16
  %v.187 = bitcast i32 %v.186 to float
  %grad.2 = fmul float %inv_scale, %v.187
  %v.188 = bitcast float %grad.2 to i32
  %v.189 = lshr i32 %v.188, 16
  %v.190 = and i32 %v.189, 1
  %v.191 = add nuw nsw i32 %v.190, 32767
  %v.192 = add i32 %v.191, %v.188
  %v.193 = lshr i32 %v.192, 16
  %v.194 = trunc i32 %v.193 to i16
  store i16 %v.194, ptr %v.183, align 2
  %v.195 = inttoptr i64 %square_avgs to ptr
  %v.196 = getelementptr i16, ptr %v.195, i64 %v.172
  %v.197 = load i16, ptr %v.196, align 2
  %v.198 = zext i16 %v.197 to i32
  %v.199 = shl nuw i32 %v.198, 16
  %square_avg.3 = bitcast i32 %v.199 to float
  %v.200 = inttoptr i64 %acc_deltas to ptr
  %v.201 = getelementptr i16, ptr %v.200, i64 %v.172
  %v.202 = load i16, ptr %v.201, align 2
  %v.203 = zext i16 %v.202 to i32
  %v.204 = shl nuw i32 %v.203, 16
  %acc_delta.3 = bitcast i32 %v.204 to float
  %v.205 = fmul float %one_minus_rho, %grad.2
  %v.206 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.205, float %grad.2, float %v.206)
  %v.207 = fadd float %eps, %acc_delta.3
  %v.208 = call float @llvm.sqrt.f32(float %v.207)
  %v.209 = fadd float %square_avg.4, %eps
  %v.210 = call float @llvm.sqrt.f32(float %v.209)
  %v.211 = fdiv float %v.208, %v.210
  %delta.2 = fmul float %v.211, %grad.2
  %v.212 = fmul float %one_minus_rho, %delta.2
  %v.213 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.212, float %delta.2, float %v.213)
  %v.214 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.214, float %delta.2, float %param.3)
  %v.215 = add i64 %first, %v.172
  %v.216 = trunc i64 %key to i32
  %v.217 = lshr i64 %key, 32
  %v.218 = trunc i64 %v.217 to i32
  %v.219 = trunc i64 %v.215 to i32
  %v.220 = add i32 %v.219, %v.216
  %v.221 = lshr i32 %v.220, 16
  %v.222 = xor i32 %v.220, %v.221
  %v.223 = mul i32 %v.222, 2146121005
  %v.224 = lshr i32 %v.223, 15
  %v.225 = xor i32 %v.223, %v.224
  %v.226 = mul i32 %v.225, -2073254261
  %v.227 = lshr i32 %v.226, 16
  %v.228 = xor i32 %v.226, %v.227
  %v.229 = add i32 %v.228, %v.218
  %v.230 = lshr i32 %v.229, 16
  %v.231 = xor i32 %v.229, %v.230
  %v.232 = mul i32 %v.231, 2146121005
  %v.233 = lshr i32 %v.232, 15
  %v.234 = xor i32 %v.232, %v.233
  %v.235 = mul i32 %v.234, -2073254261
  %v.236 = bitcast float %param.4 to i32
  %v.237 = lshr i32 %v.235, 16
  %v.238 = add i32 %v.237, %v.236
  %v.239 = fcmp uno float %param.4, 0.000000e+00
  %v.240 = lshr i32 %v.238, 16
  %v.241 = trunc i32 %v.240 to i16
  %v.242 = select i1 %v.239, i16 32704, i16 %v.241
  store i16 %v.242, ptr %v.178, align 2
  %v.243 = bitcast float %square_avg.4 to i32
  %v.244 = lshr i32 %v.243, 16
  %v.245 = and i32 %v.244, 1
  %v.246 = add nuw nsw i32 %v.245, 32767
  %v.247 = add i32 %v.246, %v.243
  %v.248 = lshr i32 %v.247, 16
  %v.249 = trunc i32 %v.248 to i16
  store i16 %v.249, ptr %v.196, align 2
  %v.250 = bitcast float %acc_delta.4 to i32
  %v.251 = lshr i32 %v.250, 16
  %v.252 = and i32 %v.251, 1
  %v.253 = add nuw nsw i32 %v.252, 32767
  %v.254 = add i32 %v.253, %v.250
  %v.255 = lshr i32 %v.254, 16
  %v.256 = trunc i32 %v.255 to i16
  store i16 %v.256, ptr %v.201, align 2
  br label %block.23

block.25:
  ret void
}
