; @generated from generated/cpu/adadelta_cpu_bfloat16_max_nowd_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_nowd_dithered(i64 %begin, i64 %end, i64 %job) {
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
  br i1 %v.15, label %block.3, label %block.28

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
  %v.63 = shl nuw nsw i64 %n, 1
  %v.64 = call i64 @llvm.smin.i64(i64 %v.63, i64 512)
  %v.65 = lshr i64 %v.64, 6
  %v.66 = and i64 %v.64, 62
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
  %square_avgs = add nsw i64 %v.87, %v.84
  %v.88 = getelementptr i8, ptr %v.80, i64 24
  %v.89 = load i64, ptr %v.88, align 8
  %acc_deltas = add nsw i64 %v.89, %v.84
  %v.90 = getelementptr i8, ptr %v.80, i64 40
  %v.91 = load i64, ptr %v.90, align 8
  %v.92 = mul nsw i64 %first, 1779033704
  %dither = add nsw i64 %v.91, %v.92
  %v.93 = icmp eq i64 %unscale, 0
  br i1 %v.93, label %block.19, label %block.25

block.19:
  %v.94 = icmp sgt i64 %n.2, 63
  %v.95 = and i64 %n.2, -32
  %v.96 = select i1 %v.94, i64 %v.95, i64 0
  %v.97 = ashr exact i64 %v.96, 1
  %v.98 = call i64 @llvm.smax.i64(i64 %v.97, i64 0)
  br label %block.20

block.20:
  %v.99 = phi i64 [ 0, %block.19 ], [ %v.100, %block.21 ]
  %v.101 = phi i64 [ %v.98, %block.19 ], [ %v.102, %block.21 ]
  %v.103 = icmp sgt i64 %v.101, 0
  br i1 %v.103, label %block.21, label %block.22

block.21:
  %v.102 = add nsw i64 %v.101, -1
  %v.100 = add i64 %v.99, 1
  %v.104 = inttoptr i64 %params to ptr
  %v.105 = getelementptr i32, ptr %v.104, i64 %v.99
  %v.106 = load i32, ptr %v.105, align 2
  %v.107 = shl i32 %v.106, 16
  %v.108 = and i32 %v.106, -65536
  %v.109 = bitcast i32 %v.107 to float
  %v.110 = bitcast i32 %v.108 to float
  %v.111 = inttoptr i64 %grads.2 to ptr
  %v.112 = getelementptr i32, ptr %v.111, i64 %v.99
  %v.113 = load i32, ptr %v.112, align 2
  %v.114 = shl i32 %v.113, 16
  %v.115 = and i32 %v.113, -65536
  %v.116 = bitcast i32 %v.114 to float
  %v.117 = bitcast i32 %v.115 to float
  %v.118 = inttoptr i64 %square_avgs to ptr
  %v.119 = getelementptr i32, ptr %v.118, i64 %v.99
  %v.120 = load i32, ptr %v.119, align 2
  %v.121 = shl i32 %v.120, 16
  %v.122 = and i32 %v.120, -65536
  %v.123 = bitcast i32 %v.121 to float
  %v.124 = bitcast i32 %v.122 to float
  %v.125 = inttoptr i64 %acc_deltas to ptr
  %v.126 = getelementptr i32, ptr %v.125, i64 %v.99
  %v.127 = load i32, ptr %v.126, align 2
  %v.128 = shl i32 %v.127, 16
  %v.129 = and i32 %v.127, -65536
  %v.130 = bitcast i32 %v.128 to float
  %v.131 = bitcast i32 %v.129 to float
  %v.132 = fneg float %v.116
  %grad = fmul float %clip, %v.132
  %v.133 = fmul float %one_minus_rho, %grad
  %v.134 = fmul float %rho, %v.123
  %square_avg = call float @llvm.fmuladd.f32(float %v.133, float %grad, float %v.134)
  %v.135 = fadd float %eps, %v.130
  %v.136 = fadd float %square_avg, %eps
  %v.137 = call float @llvm.sqrt.f32(float %v.135)
  %v.138 = call float @llvm.sqrt.f32(float %v.136)
  %v.139 = fdiv float %v.137, %v.138
  %delta = fmul float %v.139, %grad
  %v.140 = fmul float %one_minus_rho, %delta
  %v.141 = fmul float %rho, %v.130
  %acc_delta = call float @llvm.fmuladd.f32(float %v.140, float %delta, float %v.141)
  %v.142 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.142, float %delta, float %v.109)
  %v.143 = fneg float %v.117
  %grad.2 = fmul float %clip, %v.143
  %v.144 = fmul float %one_minus_rho, %grad.2
  %v.145 = fmul float %rho, %v.124
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.144, float %grad.2, float %v.145)
  %v.146 = fadd float %eps, %v.131
  %v.147 = fadd float %square_avg.2, %eps
  %v.148 = call float @llvm.sqrt.f32(float %v.146)
  %v.149 = call float @llvm.sqrt.f32(float %v.147)
  %v.150 = fdiv float %v.148, %v.149
  %delta.2 = fmul float %v.150, %grad.2
  %v.151 = fmul float %one_minus_rho, %delta.2
  %v.152 = fmul float %rho, %v.131
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.151, float %delta.2, float %v.152)
  %param.2 = call float @llvm.fmuladd.f32(float %v.142, float %delta.2, float %v.110)
  %v.153 = trunc i64 %v.99 to i32
  %v.154 = trunc i64 %dither to i32
  %v.155 = mul i32 %v.153, -736899888
  %v.156 = add i32 %v.155, %v.154
  %v.157 = bitcast float %param to i32
  %v.158 = lshr i32 %v.156, 16
  %v.159 = add i32 %v.158, %v.157
  %v.160 = fcmp uno float %param, 0.000000e+00
  %v.161 = add i32 %v.155, 1779033704
  %v.162 = add i32 %v.161, %v.154
  %v.163 = bitcast float %param.2 to i32
  %v.164 = lshr i32 %v.162, 16
  %v.165 = add i32 %v.164, %v.163
  %v.166 = fcmp uno float %param.2, 0.000000e+00
  %v.167 = lshr i32 %v.159, 16
  %v.168 = select i1 %v.160, i32 32704, i32 %v.167
  %v.169 = and i32 %v.165, -65536
  %v.170 = select i1 %v.166, i32 2143289344, i32 %v.169
  %v.171 = or i32 %v.168, %v.170
  store i32 %v.171, ptr %v.105, align 2
  %v.172 = xor i32 %v.154, -2147483648
  %v.173 = add i32 %v.155, %v.172
  %v.174 = bitcast float %square_avg to i32
  %v.175 = lshr i32 %v.173, 16
  %v.176 = add i32 %v.175, %v.174
  %v.177 = fcmp uno float %square_avg, 0.000000e+00
  %v.178 = add i32 %v.161, %v.172
  %v.179 = bitcast float %square_avg.2 to i32
  %v.180 = lshr i32 %v.178, 16
  %v.181 = add i32 %v.180, %v.179
  %v.182 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.183 = lshr i32 %v.176, 16
  %v.184 = select i1 %v.177, i32 32704, i32 %v.183
  %v.185 = and i32 %v.181, -65536
  %v.186 = select i1 %v.182, i32 2143289344, i32 %v.185
  %v.187 = or i32 %v.184, %v.186
  store i32 %v.187, ptr %v.119, align 2
  %v.188 = add i32 %v.154, -1073741824
  %v.189 = add i32 %v.155, %v.188
  %v.190 = bitcast float %acc_delta to i32
  %v.191 = lshr i32 %v.189, 16
  %v.192 = add i32 %v.191, %v.190
  %v.193 = fcmp uno float %acc_delta, 0.000000e+00
  %v.194 = add i32 %v.156, 705291880
  %v.195 = bitcast float %acc_delta.2 to i32
  %v.196 = lshr i32 %v.194, 16
  %v.197 = add i32 %v.196, %v.195
  %v.198 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.199 = lshr i32 %v.192, 16
  %v.200 = select i1 %v.193, i32 32704, i32 %v.199
  %v.201 = and i32 %v.197, -65536
  %v.202 = select i1 %v.198, i32 2143289344, i32 %v.201
  %v.203 = or i32 %v.200, %v.202
  store i32 %v.203, ptr %v.126, align 2
  br label %block.20

block.22:
  %v.204 = sub i64 %n.2, %v.96
  %v.205 = call i64 @llvm.smax.i64(i64 %v.204, i64 0)
  br label %block.23

block.23:
  %v.206 = phi i64 [ %v.96, %block.22 ], [ %v.207, %block.24 ]
  %v.208 = phi i64 [ %v.205, %block.22 ], [ %v.209, %block.24 ]
  %v.210 = icmp sgt i64 %v.208, 0
  br i1 %v.210, label %block.24, label %block.17

block.24:
  %v.209 = add nsw i64 %v.208, -1
  %v.207 = add i64 %v.206, 1
  %v.211 = inttoptr i64 %params to ptr
  %v.212 = getelementptr i16, ptr %v.211, i64 %v.206
  %v.213 = load i16, ptr %v.212, align 2
  %v.214 = zext i16 %v.213 to i32
  %v.215 = shl nuw i32 %v.214, 16
  %param.3 = bitcast i32 %v.215 to float
  %v.216 = inttoptr i64 %grads.2 to ptr
  %v.217 = getelementptr i16, ptr %v.216, i64 %v.206
  %v.218 = load i16, ptr %v.217, align 2
  %v.219 = zext i16 %v.218 to i32
  %v.220 = shl nuw i32 %v.219, 16
  %grad.3 = bitcast i32 %v.220 to float
  %v.221 = inttoptr i64 %square_avgs to ptr
  %v.222 = getelementptr i16, ptr %v.221, i64 %v.206
  %v.223 = load i16, ptr %v.222, align 2
  %v.224 = zext i16 %v.223 to i32
  %v.225 = shl nuw i32 %v.224, 16
  %square_avg.3 = bitcast i32 %v.225 to float
  %v.226 = inttoptr i64 %acc_deltas to ptr
  %v.227 = getelementptr i16, ptr %v.226, i64 %v.206
  %v.228 = load i16, ptr %v.227, align 2
  %v.229 = zext i16 %v.228 to i32
  %v.230 = shl nuw i32 %v.229, 16
  %acc_delta.3 = bitcast i32 %v.230 to float
  %v.231 = fneg float %grad.3
  %grad.4 = fmul float %clip, %v.231
  %v.232 = fmul float %one_minus_rho, %grad.4
  %v.233 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.232, float %grad.4, float %v.233)
  %v.234 = fadd float %eps, %acc_delta.3
  %v.235 = fadd float %square_avg.4, %eps
  %v.236 = call float @llvm.sqrt.f32(float %v.234)
  %v.237 = call float @llvm.sqrt.f32(float %v.235)
  %v.238 = fdiv float %v.236, %v.237
  %delta.3 = fmul float %v.238, %grad.4
  %v.239 = fmul float %one_minus_rho, %delta.3
  %v.240 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.239, float %delta.3, float %v.240)
  %v.241 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.241, float %delta.3, float %param.3)
  %v.242 = trunc i64 %v.206 to i32
  %v.243 = trunc i64 %dither to i32
  %v.244 = mul i32 %v.242, 1779033704
  %v.245 = add i32 %v.244, %v.243
  %v.246 = bitcast float %param.4 to i32
  %v.247 = lshr i32 %v.245, 16
  %v.248 = add i32 %v.247, %v.246
  %v.249 = fcmp uno float %param.4, 0.000000e+00
  %v.250 = lshr i32 %v.248, 16
  %v.251 = trunc i32 %v.250 to i16
  %v.252 = select i1 %v.249, i16 32704, i16 %v.251
  store i16 %v.252, ptr %v.212, align 2
  %v.253 = xor i32 %v.243, -2147483648
  %v.254 = add i32 %v.244, %v.253
  %v.255 = bitcast float %square_avg.4 to i32
  %v.256 = lshr i32 %v.254, 16
  %v.257 = add i32 %v.256, %v.255
  %v.258 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.259 = lshr i32 %v.257, 16
  %v.260 = trunc i32 %v.259 to i16
  %v.261 = select i1 %v.258, i16 32704, i16 %v.260
  store i16 %v.261, ptr %v.222, align 2
  %v.262 = add i32 %v.243, -1073741824
  %v.263 = add i32 %v.244, %v.262
  %v.264 = bitcast float %acc_delta.4 to i32
  %v.265 = lshr i32 %v.263, 16
  %v.266 = add i32 %v.265, %v.264
  %v.267 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.268 = lshr i32 %v.266, 16
  %v.269 = trunc i32 %v.268 to i16
  %v.270 = select i1 %v.267, i16 32704, i16 %v.269
  store i16 %v.270, ptr %v.227, align 2
  br label %block.23

block.25:
  %v.271 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.272 = phi i64 [ 0, %block.25 ], [ %v.273, %block.27 ]
  %v.274 = phi i64 [ %v.271, %block.25 ], [ %v.275, %block.27 ]
  %v.276 = icmp sgt i64 %v.274, 0
  br i1 %v.276, label %block.27, label %block.17

block.27:
  %v.275 = add nsw i64 %v.274, -1
  %v.273 = add i64 %v.272, 1
  %v.277 = inttoptr i64 %params to ptr
  %v.278 = getelementptr i16, ptr %v.277, i64 %v.272
  %v.279 = load i16, ptr %v.278, align 2
  %v.280 = zext i16 %v.279 to i32
  %v.281 = shl nuw i32 %v.280, 16
  %param.5 = bitcast i32 %v.281 to float
  %v.282 = inttoptr i64 %grads.2 to ptr
  %v.283 = getelementptr i16, ptr %v.282, i64 %v.272
  %v.284 = load i16, ptr %v.283, align 2
  %v.285 = zext i16 %v.284 to i32
  %v.286 = shl nuw i32 %v.285, 16
  %v.287 = bitcast i32 %v.286 to float
  %grad.5 = fmul float %inv_scale, %v.287
  %v.288 = bitcast float %grad.5 to i32
  %v.289 = lshr i32 %v.288, 16
  %v.290 = and i32 %v.289, 1
  %v.291 = add nuw nsw i32 %v.290, 32767
  %v.292 = add i32 %v.291, %v.288
  %v.293 = lshr i32 %v.292, 16
  %v.294 = trunc i32 %v.293 to i16
  store i16 %v.294, ptr %v.283, align 2
  %v.295 = inttoptr i64 %square_avgs to ptr
  %v.296 = getelementptr i16, ptr %v.295, i64 %v.272
  %v.297 = load i16, ptr %v.296, align 2
  %v.298 = zext i16 %v.297 to i32
  %v.299 = shl nuw i32 %v.298, 16
  %square_avg.5 = bitcast i32 %v.299 to float
  %v.300 = inttoptr i64 %acc_deltas to ptr
  %v.301 = getelementptr i16, ptr %v.300, i64 %v.272
  %v.302 = load i16, ptr %v.301, align 2
  %v.303 = zext i16 %v.302 to i32
  %v.304 = shl nuw i32 %v.303, 16
  %acc_delta.5 = bitcast i32 %v.304 to float
  %v.305 = fneg float %clip
  %grad.6 = fmul float %grad.5, %v.305
  %v.306 = fmul float %one_minus_rho, %grad.6
  %v.307 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.306, float %grad.6, float %v.307)
  %v.308 = fadd float %eps, %acc_delta.5
  %v.309 = fadd float %square_avg.6, %eps
  %v.310 = call float @llvm.sqrt.f32(float %v.308)
  %v.311 = call float @llvm.sqrt.f32(float %v.309)
  %v.312 = fdiv float %v.310, %v.311
  %delta.4 = fmul float %v.312, %grad.6
  %v.313 = fmul float %one_minus_rho, %delta.4
  %v.314 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.313, float %delta.4, float %v.314)
  %v.315 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.315, float %delta.4, float %param.5)
  %v.316 = trunc i64 %v.272 to i32
  %v.317 = trunc i64 %dither to i32
  %v.318 = mul i32 %v.316, 1779033704
  %v.319 = add i32 %v.318, %v.317
  %v.320 = bitcast float %param.6 to i32
  %v.321 = lshr i32 %v.319, 16
  %v.322 = add i32 %v.321, %v.320
  %v.323 = fcmp uno float %param.6, 0.000000e+00
  %v.324 = lshr i32 %v.322, 16
  %v.325 = trunc i32 %v.324 to i16
  %v.326 = select i1 %v.323, i16 32704, i16 %v.325
  store i16 %v.326, ptr %v.278, align 2
  %v.327 = xor i32 %v.317, -2147483648
  %v.328 = add i32 %v.318, %v.327
  %v.329 = bitcast float %square_avg.6 to i32
  %v.330 = lshr i32 %v.328, 16
  %v.331 = add i32 %v.330, %v.329
  %v.332 = fcmp uno float %square_avg.6, 0.000000e+00
  %v.333 = lshr i32 %v.331, 16
  %v.334 = trunc i32 %v.333 to i16
  %v.335 = select i1 %v.332, i16 32704, i16 %v.334
  store i16 %v.335, ptr %v.296, align 2
  %v.336 = add i32 %v.317, -1073741824
  %v.337 = add i32 %v.318, %v.336
  %v.338 = bitcast float %acc_delta.6 to i32
  %v.339 = lshr i32 %v.337, 16
  %v.340 = add i32 %v.339, %v.338
  %v.341 = fcmp uno float %acc_delta.6, 0.000000e+00
  %v.342 = lshr i32 %v.340, 16
  %v.343 = trunc i32 %v.342 to i16
  %v.344 = select i1 %v.341, i16 32704, i16 %v.343
  store i16 %v.344, ptr %v.301, align 2
  br label %block.26

block.28:
  ret void
}
