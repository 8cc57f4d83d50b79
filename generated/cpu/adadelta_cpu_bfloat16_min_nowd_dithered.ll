; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %grad = fmul float %clip, %v.116
  %v.132 = fmul float %one_minus_rho, %grad
  %v.133 = fmul float %rho, %v.123
  %square_avg = call float @llvm.fmuladd.f32(float %v.132, float %grad, float %v.133)
  %v.134 = fadd float %eps, %v.130
  %v.135 = fadd float %square_avg, %eps
  %v.136 = call float @llvm.sqrt.f32(float %v.134)
  %v.137 = call float @llvm.sqrt.f32(float %v.135)
  %v.138 = fdiv float %v.136, %v.137
  %delta = fmul float %v.138, %grad
  %v.139 = fmul float %one_minus_rho, %delta
  %v.140 = fmul float %rho, %v.130
  %acc_delta = call float @llvm.fmuladd.f32(float %v.139, float %delta, float %v.140)
  %v.141 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.141, float %delta, float %v.109)
  %grad.2 = fmul float %clip, %v.117
  %v.142 = fmul float %one_minus_rho, %grad.2
  %v.143 = fmul float %rho, %v.124
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.142, float %grad.2, float %v.143)
  %v.144 = fadd float %eps, %v.131
  %v.145 = fadd float %square_avg.2, %eps
  %v.146 = call float @llvm.sqrt.f32(float %v.144)
  %v.147 = call float @llvm.sqrt.f32(float %v.145)
  %v.148 = fdiv float %v.146, %v.147
  %delta.2 = fmul float %v.148, %grad.2
  %v.149 = fmul float %one_minus_rho, %delta.2
  %v.150 = fmul float %rho, %v.131
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.149, float %delta.2, float %v.150)
  %param.2 = call float @llvm.fmuladd.f32(float %v.141, float %delta.2, float %v.110)
  %v.151 = trunc i64 %v.99 to i32
  %v.152 = trunc i64 %dither to i32
  %v.153 = mul i32 %v.151, -736899888
  %v.154 = add i32 %v.153, %v.152
  %v.155 = bitcast float %param to i32
  %v.156 = lshr i32 %v.154, 16
  %v.157 = add i32 %v.156, %v.155
  %v.158 = fcmp uno float %param, 0.000000e+00
  %v.159 = add i32 %v.153, 1779033704
  %v.160 = add i32 %v.159, %v.152
  %v.161 = bitcast float %param.2 to i32
  %v.162 = lshr i32 %v.160, 16
  %v.163 = add i32 %v.162, %v.161
  %v.164 = fcmp uno float %param.2, 0.000000e+00
  %v.165 = lshr i32 %v.157, 16
  %v.166 = select i1 %v.158, i32 32704, i32 %v.165
  %v.167 = and i32 %v.163, -65536
  %v.168 = select i1 %v.164, i32 2143289344, i32 %v.167
  %v.169 = or i32 %v.166, %v.168
  store i32 %v.169, ptr %v.105, align 2
  %v.170 = xor i32 %v.152, -2147483648
  %v.171 = add i32 %v.153, %v.170
  %v.172 = bitcast float %square_avg to i32
  %v.173 = lshr i32 %v.171, 16
  %v.174 = add i32 %v.173, %v.172
  %v.175 = fcmp uno float %square_avg, 0.000000e+00
  %v.176 = add i32 %v.159, %v.170
  %v.177 = bitcast float %square_avg.2 to i32
  %v.178 = lshr i32 %v.176, 16
  %v.179 = add i32 %v.178, %v.177
  %v.180 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.181 = lshr i32 %v.174, 16
  %v.182 = select i1 %v.175, i32 32704, i32 %v.181
  %v.183 = and i32 %v.179, -65536
  %v.184 = select i1 %v.180, i32 2143289344, i32 %v.183
  %v.185 = or i32 %v.182, %v.184
  store i32 %v.185, ptr %v.119, align 2
  %v.186 = add i32 %v.152, -1073741824
  %v.187 = add i32 %v.153, %v.186
  %v.188 = bitcast float %acc_delta to i32
  %v.189 = lshr i32 %v.187, 16
  %v.190 = add i32 %v.189, %v.188
  %v.191 = fcmp uno float %acc_delta, 0.000000e+00
  %v.192 = add i32 %v.154, 705291880
  %v.193 = bitcast float %acc_delta.2 to i32
  %v.194 = lshr i32 %v.192, 16
  %v.195 = add i32 %v.194, %v.193
  %v.196 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.197 = lshr i32 %v.190, 16
  %v.198 = select i1 %v.191, i32 32704, i32 %v.197
  %v.199 = and i32 %v.195, -65536
  %v.200 = select i1 %v.196, i32 2143289344, i32 %v.199
  %v.201 = or i32 %v.198, %v.200
  store i32 %v.201, ptr %v.126, align 2
  br label %block.20

block.22:
  %v.202 = sub i64 %n.2, %v.96
  %v.203 = call i64 @llvm.smax.i64(i64 %v.202, i64 0)
  br label %block.23

block.23:
  %v.204 = phi i64 [ %v.96, %block.22 ], [ %v.205, %block.24 ]
  %v.206 = phi i64 [ %v.203, %block.22 ], [ %v.207, %block.24 ]
  %v.208 = icmp sgt i64 %v.206, 0
  br i1 %v.208, label %block.24, label %block.17

block.24:
  %v.207 = add nsw i64 %v.206, -1
  %v.205 = add i64 %v.204, 1
  %v.209 = inttoptr i64 %params to ptr
  %v.210 = getelementptr i16, ptr %v.209, i64 %v.204
  %v.211 = load i16, ptr %v.210, align 2
  %v.212 = zext i16 %v.211 to i32
  %v.213 = shl nuw i32 %v.212, 16
  %param.3 = bitcast i32 %v.213 to float
  %v.214 = inttoptr i64 %grads.2 to ptr
  %v.215 = getelementptr i16, ptr %v.214, i64 %v.204
  %v.216 = load i16, ptr %v.215, align 2
  %v.217 = zext i16 %v.216 to i32
  %v.218 = shl nuw i32 %v.217, 16
  %grad.3 = bitcast i32 %v.218 to float
  %v.219 = inttoptr i64 %square_avgs to ptr
  %v.220 = getelementptr i16, ptr %v.219, i64 %v.204
  %v.221 = load i16, ptr %v.220, align 2
  %v.222 = zext i16 %v.221 to i32
  %v.223 = shl nuw i32 %v.222, 16
  %square_avg.3 = bitcast i32 %v.223 to float
  %v.224 = inttoptr i64 %acc_deltas to ptr
  %v.225 = getelementptr i16, ptr %v.224, i64 %v.204
  %v.226 = load i16, ptr %v.225, align 2
  %v.227 = zext i16 %v.226 to i32
  %v.228 = shl nuw i32 %v.227, 16
  %acc_delta.3 = bitcast i32 %v.228 to float
  %grad.4 = fmul float %clip, %grad.3
  %v.229 = fmul float %one_minus_rho, %grad.4
  %v.230 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.229, float %grad.4, float %v.230)
  %v.231 = fadd float %eps, %acc_delta.3
  %v.232 = fadd float %square_avg.4, %eps
  %v.233 = call float @llvm.sqrt.f32(float %v.231)
  %v.234 = call float @llvm.sqrt.f32(float %v.232)
  %v.235 = fdiv float %v.233, %v.234
  %delta.3 = fmul float %v.235, %grad.4
  %v.236 = fmul float %one_minus_rho, %delta.3
  %v.237 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.236, float %delta.3, float %v.237)
  %v.238 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.238, float %delta.3, float %param.3)
  %v.239 = trunc i64 %v.204 to i32
  %v.240 = trunc i64 %dither to i32
  %v.241 = mul i32 %v.239, 1779033704
  %v.242 = add i32 %v.241, %v.240
  %v.243 = bitcast float %param.4 to i32
  %v.244 = lshr i32 %v.242, 16
  %v.245 = add i32 %v.244, %v.243
  %v.246 = fcmp uno float %param.4, 0.000000e+00
  %v.247 = lshr i32 %v.245, 16
  %v.248 = trunc i32 %v.247 to i16
  %v.249 = select i1 %v.246, i16 32704, i16 %v.248
  store i16 %v.249, ptr %v.210, align 2
  %v.250 = xor i32 %v.240, -2147483648
  %v.251 = add i32 %v.241, %v.250
  %v.252 = bitcast float %square_avg.4 to i32
  %v.253 = lshr i32 %v.251, 16
  %v.254 = add i32 %v.253, %v.252
  %v.255 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.256 = lshr i32 %v.254, 16
  %v.257 = trunc i32 %v.256 to i16
  %v.258 = select i1 %v.255, i16 32704, i16 %v.257
  store i16 %v.258, ptr %v.220, align 2
  %v.259 = add i32 %v.240, -1073741824
  %v.260 = add i32 %v.241, %v.259
  %v.261 = bitcast float %acc_delta.4 to i32
  %v.262 = lshr i32 %v.260, 16
  %v.263 = add i32 %v.262, %v.261
  %v.264 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.265 = lshr i32 %v.263, 16
  %v.266 = trunc i32 %v.265 to i16
  %v.267 = select i1 %v.264, i16 32704, i16 %v.266
  store i16 %v.267, ptr %v.225, align 2
  br label %block.23

block.25:
  %v.268 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.269 = phi i64 [ 0, %block.25 ], [ %v.270, %block.27 ]
  %v.271 = phi i64 [ %v.268, %block.25 ], [ %v.272, %block.27 ]
  %v.273 = icmp sgt i64 %v.271, 0
  br i1 %v.273, label %block.27, label %block.17

block.27:
  %v.272 = add nsw i64 %v.271, -1
  %v.270 = add i64 %v.269, 1
  %v.274 = inttoptr i64 %params to ptr
  %v.275 = getelementptr i16, ptr %v.274, i64 %v.269
  %v.276 = load i16, ptr %v.275, align 2
  %v.277 = zext i16 %v.276 to i32
  %v.278 = shl nuw i32 %v.277, 16
  %param.5 = bitcast i32 %v.278 to float
  %v.279 = inttoptr i64 %grads.2 to ptr
  %v.280 = getelementptr i16, ptr %v.279, i64 %v.269
  %v.281 = load i16, ptr %v.280, align 2
  %v.282 = zext i16 %v.281 to i32
  %v.283 = shl nuw i32 %v.282, 16
  %v.284 = bitcast i32 %v.283 to float
  %grad.5 = fmul float %inv_scale, %v.284
  %v.285 = bitcast float %grad.5 to i32
  %v.286 = lshr i32 %v.285, 16
  %v.287 = and i32 %v.286, 1
  %v.288 = add nuw nsw i32 %v.287, 32767
  %v.289 = add i32 %v.288, %v.285
  %v.290 = lshr i32 %v.289, 16
  %v.291 = trunc i32 %v.290 to i16
  store i16 %v.291, ptr %v.280, align 2
  %v.292 = inttoptr i64 %square_avgs to ptr
  %v.293 = getelementptr i16, ptr %v.292, i64 %v.269
  %v.294 = load i16, ptr %v.293, align 2
  %v.295 = zext i16 %v.294 to i32
  %v.296 = shl nuw i32 %v.295, 16
  %square_avg.5 = bitcast i32 %v.296 to float
  %v.297 = inttoptr i64 %acc_deltas to ptr
  %v.298 = getelementptr i16, ptr %v.297, i64 %v.269
  %v.299 = load i16, ptr %v.298, align 2
  %v.300 = zext i16 %v.299 to i32
  %v.301 = shl nuw i32 %v.300, 16
  %acc_delta.5 = bitcast i32 %v.301 to float
  %grad.6 = fmul float %grad.5, %clip
  %v.302 = fmul float %one_minus_rho, %grad.6
  %v.303 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.302, float %grad.6, float %v.303)
  %v.304 = fadd float %eps, %acc_delta.5
  %v.305 = fadd float %square_avg.6, %eps
  %v.306 = call float @llvm.sqrt.f32(float %v.304)
  %v.307 = call float @llvm.sqrt.f32(float %v.305)
  %v.308 = fdiv float %v.306, %v.307
  %delta.4 = fmul float %v.308, %grad.6
  %v.309 = fmul float %one_minus_rho, %delta.4
  %v.310 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.309, float %delta.4, float %v.310)
  %v.311 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.311, float %delta.4, float %param.5)
  %v.312 = trunc i64 %v.269 to i32
  %v.313 = trunc i64 %dither to i32
  %v.314 = mul i32 %v.312, 1779033704
  %v.315 = add i32 %v.314, %v.313
  %v.316 = bitcast float %param.6 to i32
  %v.317 = lshr i32 %v.315, 16
  %v.318 = add i32 %v.317, %v.316
  %v.319 = fcmp uno float %param.6, 0.000000e+00
  %v.320 = lshr i32 %v.318, 16
  %v.321 = trunc i32 %v.320 to i16
  %v.322 = select i1 %v.319, i16 32704, i16 %v.321
  store i16 %v.322, ptr %v.275, align 2
  %v.323 = xor i32 %v.313, -2147483648
  %v.324 = add i32 %v.314, %v.323
  %v.325 = bitcast float %square_avg.6 to i32
  %v.326 = lshr i32 %v.324, 16
  %v.327 = add i32 %v.326, %v.325
  %v.328 = fcmp uno float %square_avg.6, 0.000000e+00
  %v.329 = lshr i32 %v.327, 16
  %v.330 = trunc i32 %v.329 to i16
  %v.331 = select i1 %v.328, i16 32704, i16 %v.330
  store i16 %v.331, ptr %v.293, align 2
  %v.332 = add i32 %v.313, -1073741824
  %v.333 = add i32 %v.314, %v.332
  %v.334 = bitcast float %acc_delta.6 to i32
  %v.335 = lshr i32 %v.333, 16
  %v.336 = add i32 %v.335, %v.334
  %v.337 = fcmp uno float %acc_delta.6, 0.000000e+00
  %v.338 = lshr i32 %v.336, 16
  %v.339 = trunc i32 %v.338 to i16
  %v.340 = select i1 %v.337, i16 32704, i16 %v.339
  store i16 %v.340, ptr %v.298, align 2
  br label %block.26

block.28:
  ret void
}
