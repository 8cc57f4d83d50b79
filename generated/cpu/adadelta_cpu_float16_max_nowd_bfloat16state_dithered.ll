; @generated from generated/cpu/adadelta_cpu_float16_max_nowd_bfloat16state_dithered.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_nowd_bfloat16state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.103 = bitcast i16 %v.102 to half
  %v.104 = fpext half %v.103 to float
  %v.105 = sext i16 %v.102 to i32
  %v.106 = and i32 %v.105, -2147483648
  %v.107 = and i16 %v.102, 32767
  %v.108 = zext i16 %v.107 to i32
  %v.109 = shl nuw nsw i32 %v.108, 13
  %v.110 = bitcast i32 %v.109 to float
  %v.111 = fmul float %v.110, 0x46F0000000000000
  %v.112 = bitcast float %v.111 to i32
  %v.113 = icmp ugt i16 %v.107, 31743
  %v.114 = or i32 %v.112, 2139095040
  %v.115 = select i1 %v.113, i32 %v.114, i32 %v.112
  %v.116 = or i32 %v.115, %v.106
  %v.117 = bitcast i32 %v.116 to float
  %v.118 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.118, float %v.104, float %v.117
  %v.119 = inttoptr i64 %grads.2 to ptr
  %v.120 = getelementptr i16, ptr %v.119, i64 %v.95
  %v.121 = load i16, ptr %v.120, align 2
  %v.122 = bitcast i16 %v.121 to half
  %v.123 = fpext half %v.122 to float
  %v.124 = sext i16 %v.121 to i32
  %v.125 = and i32 %v.124, -2147483648
  %v.126 = and i16 %v.121, 32767
  %v.127 = zext i16 %v.126 to i32
  %v.128 = shl nuw nsw i32 %v.127, 13
  %v.129 = bitcast i32 %v.128 to float
  %v.130 = fmul float %v.129, 0x46F0000000000000
  %v.131 = bitcast float %v.130 to i32
  %v.132 = icmp ugt i16 %v.126, 31743
  %v.133 = or i32 %v.131, 2139095040
  %v.134 = select i1 %v.132, i32 %v.133, i32 %v.131
  %v.135 = or i32 %v.134, %v.125
  %v.136 = bitcast i32 %v.135 to float
  %grad = select i1 %v.118, float %v.123, float %v.136
  %v.137 = inttoptr i64 %square_avgs to ptr
  %v.138 = getelementptr i16, ptr %v.137, i64 %v.95
  %v.139 = load i16, ptr %v.138, align 2
  %v.140 = zext i16 %v.139 to i32
  %v.141 = shl nuw i32 %v.140, 16
  %square_avg = bitcast i32 %v.141 to float
  %v.142 = inttoptr i64 %acc_deltas to ptr
  %v.143 = getelementptr i16, ptr %v.142, i64 %v.95
  %v.144 = load i16, ptr %v.143, align 2
  %v.145 = zext i16 %v.144 to i32
  %v.146 = shl nuw i32 %v.145, 16
  %acc_delta = bitcast i32 %v.146 to float
  %v.147 = fneg float %clip
  %grad.2 = fmul float %grad, %v.147
  %v.148 = fmul float %one_minus_rho, %grad.2
  %v.149 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.148, float %grad.2, float %v.149)
  %v.150 = fadd float %eps, %acc_delta
  %v.151 = fadd float %square_avg.2, %eps
  %v.152 = call float @llvm.sqrt.f32(float %v.150)
  %v.153 = call float @llvm.sqrt.f32(float %v.151)
  %v.154 = fdiv float %v.152, %v.153
  %delta = fmul float %v.154, %grad.2
  %v.155 = fmul float %one_minus_rho, %delta
  %v.156 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.155, float %delta, float %v.156)
  %v.157 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.157, float %delta, float %param)
  %v.158 = fptrunc float %param.2 to half
  %v.159 = bitcast half %v.158 to i16
  %v.160 = bitcast float %param.2 to i32
  %v.161 = lshr i32 %v.160, 16
  %v.162 = and i32 %v.161, 32768
  %v.163 = call float @llvm.fabs.f32(float %param.2)
  %v.164 = bitcast float %v.163 to i32
  %v.165 = lshr i32 %v.164, 13
  %v.166 = and i32 %v.165, 1
  %v.167 = add nsw i32 %v.164, -939520001
  %v.168 = add nsw i32 %v.167, %v.166
  %v.169 = lshr i32 %v.168, 13
  %v.170 = fadd float %v.163, 5.000000e-01
  %v.171 = bitcast float %v.170 to i32
  %v.172 = icmp ult i32 %v.164, 947912704
  %v.173 = select i1 %v.172, i32 %v.171, i32 %v.169
  %v.174 = icmp ugt i32 %v.164, 1199570943
  %v.175 = select i1 %v.174, i32 31744, i32 %v.173
  %v.176 = icmp ugt i32 %v.164, 2139095040
  %v.177 = select i1 %v.176, i32 32256, i32 %v.175
  %v.178 = or i32 %v.177, %v.162
  %v.179 = trunc i32 %v.178 to i16
  %v.180 = select i1 %v.118, i16 %v.159, i16 %v.179
  store i16 %v.180, ptr %v.101, align 2
  %v.181 = trunc i64 %v.95 to i32
  %v.182 = trunc i64 %dither to i32
  %v.183 = mul i32 %v.181, 1779033704
  %v.184 = xor i32 %v.182, -2147483648
  %v.185 = add i32 %v.183, %v.184
  %v.186 = bitcast float %square_avg.2 to i32
  %v.187 = lshr i32 %v.185, 16
  %v.188 = add i32 %v.187, %v.186
  %v.189 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.190 = lshr i32 %v.188, 16
  %v.191 = trunc i32 %v.190 to i16
  %v.192 = select i1 %v.189, i16 32704, i16 %v.191
  store i16 %v.192, ptr %v.138, align 2
  %v.193 = add i32 %v.182, -1073741824
  %v.194 = add i32 %v.183, %v.193
  %v.195 = bitcast float %acc_delta.2 to i32
  %v.196 = lshr i32 %v.194, 16
  %v.197 = add i32 %v.196, %v.195
  %v.198 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.199 = lshr i32 %v.197, 16
  %v.200 = trunc i32 %v.199 to i16
  %v.201 = select i1 %v.198, i16 32704, i16 %v.200
  store i16 %v.201, ptr %v.143, align 2
  br label %block.20

block.22:
  %v.202 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.203 = phi i64 [ 0, %block.22 ], [ %v.204, %block.24 ]
  %v.205 = phi i64 [ %v.202, %block.22 ], [ %v.206, %block.24 ]
  %v.207 = icmp sgt i64 %v.205, 0
  br i1 %v.207, label %block.24, label %block.17

block.24:
  %v.206 = add nsw i64 %v.205, -1
  %v.204 = add i64 %v.203, 1
  %v.208 = inttoptr i64 %params to ptr
  %v.209 = getelementptr i16, ptr %v.208, i64 %v.203
  %v.210 = load i16, ptr %v.209, align 2
  %v.211 = bitcast i16 %v.210 to half
  %v.212 = fpext half %v.211 to float
  %v.213 = sext i16 %v.210 to i32
  %v.214 = and i32 %v.213, -2147483648
  %v.215 = and i16 %v.210, 32767
  %v.216 = zext i16 %v.215 to i32
  %v.217 = shl nuw nsw i32 %v.216, 13
  %v.218 = bitcast i32 %v.217 to float
  %v.219 = fmul float %v.218, 0x46F0000000000000
  %v.220 = bitcast float %v.219 to i32
  %v.221 = icmp ugt i16 %v.215, 31743
  %v.222 = or i32 %v.220, 2139095040
  %v.223 = select i1 %v.221, i32 %v.222, i32 %v.220
  %v.224 = or i32 %v.223, %v.214
  %v.225 = bitcast i32 %v.224 to float
  %v.226 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.226, float %v.212, float %v.225
  %v.227 = inttoptr i64 %grads.2 to ptr
  %v.228 = getelementptr i16, ptr %v.227, i64 %v.203
  %v.229 = load i16, ptr %v.228, align 2
  %v.230 = bitcast i16 %v.229 to half
  %v.231 = fpext half %v.230 to float
  %v.232 = sext i16 %v.229 to i32
  %v.233 = and i32 %v.232, -2147483648
  %v.234 = and i16 %v.229, 32767
  %v.235 = zext i16 %v.234 to i32
  %v.236 = shl nuw nsw i32 %v.235, 13
  %v.237 = bitcast i32 %v.236 to float
  %v.238 = fmul float %v.237, 0x46F0000000000000
  %v.239 = bitcast float %v.238 to i32
  %v.240 = icmp ugt i16 %v.234, 31743
  %v.241 = or i32 %v.239, 2139095040
  %v.242 = select i1 %v.240, i32 %v.241, i32 %v.239
  %v.243 = or i32 %v.242, %v.233
  %v.244 = bitcast i32 %v.243 to float
  %v.245 = select i1 %v.226, float %v.231, float %v.244
  %grad.3 = fmul float %v.245, %inv_scale
  %v.246 = fptrunc float %grad.3 to half
  %v.247 = bitcast half %v.246 to i16
  %v.248 = bitcast float %grad.3 to i32
  %v.249 = lshr i32 %v.248, 16
  %v.250 = and i32 %v.249, 32768
  %v.251 = call float @llvm.fabs.f32(float %grad.3)
  %v.252 = bitcast float %v.251 to i32
  %v.253 = lshr i32 %v.252, 13
  %v.254 = and i32 %v.253, 1
  %v.255 = add nsw i32 %v.252, -939520001
  %v.256 = add nsw i32 %v.255, %v.254
  %v.257 = lshr i32 %v.256, 13
  %v.258 = fadd float %v.251, 5.000000e-01
  %v.259 = bitcast float %v.258 to i32
  %v.260 = icmp ult i32 %v.252, 947912704
  %v.261 = select i1 %v.260, i32 %v.259, i32 %v.257
  %v.262 = icmp ugt i32 %v.252, 1199570943
  %v.263 = select i1 %v.262, i32 31744, i32 %v.261
  %v.264 = icmp ugt i32 %v.252, 2139095040
  %v.265 = select i1 %v.264, i32 32256, i32 %v.263
  %v.266 = or i32 %v.265, %v.250
  %v.267 = trunc i32 %v.266 to i16
  %v.268 = select i1 %v.226, i16 %v.247, i16 %v.267
  store i16 %v.268, ptr %v.228, align 2
  %v.269 = inttoptr i64 %square_avgs to ptr
  %v.270 = getelementptr i16, ptr %v.269, i64 %v.203
  %v.271 = load i16, ptr %v.270, align 2
  %v.272 = zext i16 %v.271 to i32
  %v.273 = shl nuw i32 %v.272, 16
  %square_avg.3 = bitcast i32 %v.273 to float
  %v.274 = inttoptr i64 %acc_deltas to ptr
  %v.275 = getelementptr i16, ptr %v.274, i64 %v.203
  %v.276 = load i16, ptr %v.275, align 2
  %v.277 = zext i16 %v.276 to i32
  %v.278 = shl nuw i32 %v.277, 16
  %acc_delta.3 = bitcast i32 %v.278 to float
  %v.279 = fneg float %clip
  %grad.4 = fmul float %grad.3, %v.279
  %v.280 = fmul float %one_minus_rho, %grad.4
  %v.281 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.280, float %grad.4, float %v.281)
  %v.282 = fadd float %eps, %acc_delta.3
  %v.283 = fadd float %square_avg.4, %eps
  %v.284 = call float @llvm.sqrt.f32(float %v.282)
  %v.285 = call float @llvm.sqrt.f32(float %v.283)
  %v.286 = fdiv float %v.284, %v.285
  %delta.2 = fmul float %v.286, %grad.4
  %v.287 = fmul float %one_minus_rho, %delta.2
  %v.288 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.287, float %delta.2, float %v.288)
  %v.289 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.289, float %delta.2, float %param.3)
  %v.290 = fptrunc float %param.4 to half
  %v.291 = bitcast half %v.290 to i16
  %v.292 = bitcast float %param.4 to i32
  %v.293 = lshr i32 %v.292, 16
  %v.294 = and i32 %v.293, 32768
  %v.295 = call float @llvm.fabs.f32(float %param.4)
  %v.296 = bitcast float %v.295 to i32
  %v.297 = lshr i32 %v.296, 13
  %v.298 = and i32 %v.297, 1
  %v.299 = add nsw i32 %v.296, -939520001
  %v.300 = add nsw i32 %v.299, %v.298
  %v.301 = lshr i32 %v.300, 13
  %v.302 = fadd float %v.295, 5.000000e-01
  %v.303 = bitcast float %v.302 to i32
  %v.304 = icmp ult i32 %v.296, 947912704
  %v.305 = select i1 %v.304, i32 %v.303, i32 %v.301
  %v.306 = icmp ugt i32 %v.296, 1199570943
  %v.307 = select i1 %v.306, i32 31744, i32 %v.305
  %v.308 = icmp ugt i32 %v.296, 2139095040
  %v.309 = select i1 %v.308, i32 32256, i32 %v.307
  %v.310 = or i32 %v.309, %v.294
  %v.311 = trunc i32 %v.310 to i16
  %v.312 = select i1 %v.226, i16 %v.291, i16 %v.311
  store i16 %v.312, ptr %v.209, align 2
  %v.313 = trunc i64 %v.203 to i32
  %v.314 = trunc i64 %dither to i32
  %v.315 = mul i32 %v.313, 1779033704
  %v.316 = xor i32 %v.314, -2147483648
  %v.317 = add i32 %v.315, %v.316
  %v.318 = bitcast float %square_avg.4 to i32
  %v.319 = lshr i32 %v.317, 16
  %v.320 = add i32 %v.319, %v.318
  %v.321 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.322 = lshr i32 %v.320, 16
  %v.323 = trunc i32 %v.322 to i16
  %v.324 = select i1 %v.321, i16 32704, i16 %v.323
  store i16 %v.324, ptr %v.270, align 2
  %v.325 = add i32 %v.314, -1073741824
  %v.326 = add i32 %v.315, %v.325
  %v.327 = bitcast float %acc_delta.4 to i32
  %v.328 = lshr i32 %v.326, 16
  %v.329 = add i32 %v.328, %v.327
  %v.330 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.331 = lshr i32 %v.329, 16
  %v.332 = trunc i32 %v.331 to i16
  %v.333 = select i1 %v.330, i16 32704, i16 %v.332
  store i16 %v.333, ptr %v.275, align 2
  br label %block.23

block.25:
  ret void
}
