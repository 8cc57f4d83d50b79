; @generated from generated/cpu/adadelta_cpu_float16_min_wd_bfloat16state_dithered.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_wd_bfloat16state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.64 = shl nuw nsw i64 %n, 1
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 62
  %v.68 = icmp ne i64 %v.67, 0
  %v.69 = zext i1 %v.68 to i64
  %v.49 = add nuw nsw i64 %v.66, %v.69
  br label %block.11

block.15:
  %v.70 = shl nuw nsw i64 %n, 1
  %v.71 = call i64 @llvm.smin.i64(i64 %v.70, i64 512)
  %v.72 = lshr i64 %v.71, 6
  %v.73 = and i64 %v.71, 62
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
  %v.85 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.85
  %v.86 = load i64, ptr %v.81, align 8
  %params = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.81, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avgs = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.81, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.85
  %v.91 = getelementptr i8, ptr %v.81, i64 40
  %v.92 = load i64, ptr %v.91, align 8
  %v.93 = mul nsw i64 %first, 1779033704
  %dither = add nsw i64 %v.92, %v.93
  %v.94 = icmp eq i64 %unscale, 0
  br i1 %v.94, label %block.19, label %block.22

block.19:
  %v.95 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.96 = phi i64 [ 0, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = phi i64 [ %v.95, %block.19 ], [ %v.99, %block.21 ]
  %v.100 = icmp sgt i64 %v.98, 0
  br i1 %v.100, label %block.21, label %block.17

block.21:
  %v.99 = add nsw i64 %v.98, -1
  %v.97 = add i64 %v.96, 1
  %v.101 = inttoptr i64 %params to ptr
  %v.102 = getelementptr i16, ptr %v.101, i64 %v.96
  %v.103 = load i16, ptr %v.102, align 2
  %v.104 = bitcast i16 %v.103 to half
  %v.105 = fpext half %v.104 to float
  %v.106 = sext i16 %v.103 to i32
  %v.107 = and i32 %v.106, -2147483648
  %v.108 = and i16 %v.103, 32767
  %v.109 = zext i16 %v.108 to i32
  %v.110 = shl nuw nsw i32 %v.109, 13
  %v.111 = bitcast i32 %v.110 to float
  %v.112 = fmul float %v.111, 0x46F0000000000000
  %v.113 = bitcast float %v.112 to i32
  %v.114 = icmp ugt i16 %v.108, 31743
  %v.115 = or i32 %v.113, 2139095040
  %v.116 = select i1 %v.114, i32 %v.115, i32 %v.113
  %v.117 = or i32 %v.116, %v.107
  %v.118 = bitcast i32 %v.117 to float
  %v.119 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.119, float %v.105, float %v.118
  %v.120 = inttoptr i64 %grads.2 to ptr
  %v.121 = getelementptr i16, ptr %v.120, i64 %v.96
  %v.122 = load i16, ptr %v.121, align 2
  %v.123 = bitcast i16 %v.122 to half
  %v.124 = fpext half %v.123 to float
  %v.125 = sext i16 %v.122 to i32
  %v.126 = and i32 %v.125, -2147483648
  %v.127 = and i16 %v.122, 32767
  %v.128 = zext i16 %v.127 to i32
  %v.129 = shl nuw nsw i32 %v.128, 13
  %v.130 = bitcast i32 %v.129 to float
  %v.131 = fmul float %v.130, 0x46F0000000000000
  %v.132 = bitcast float %v.131 to i32
  %v.133 = icmp ugt i16 %v.127, 31743
  %v.134 = or i32 %v.132, 2139095040
  %v.135 = select i1 %v.133, i32 %v.134, i32 %v.132
  %v.136 = or i32 %v.135, %v.126
  %v.137 = bitcast i32 %v.136 to float
  %grad = select i1 %v.119, float %v.124, float %v.137
  %v.138 = inttoptr i64 %square_avgs to ptr
  %v.139 = getelementptr i16, ptr %v.138, i64 %v.96
  %v.140 = load i16, ptr %v.139, align 2
  %v.141 = zext i16 %v.140 to i32
  %v.142 = shl nuw i32 %v.141, 16
  %square_avg = bitcast i32 %v.142 to float
  %v.143 = inttoptr i64 %acc_deltas to ptr
  %v.144 = getelementptr i16, ptr %v.143, i64 %v.96
  %v.145 = load i16, ptr %v.144, align 2
  %v.146 = zext i16 %v.145 to i32
  %v.147 = shl nuw i32 %v.146, 16
  %acc_delta = bitcast i32 %v.147 to float
  %grad.2 = fmul float %grad, %clip
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.148 = fmul float %one_minus_rho, %grad.3
  %v.149 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.148, float %grad.3, float %v.149)
  %v.150 = fadd float %eps, %acc_delta
  %v.151 = fadd float %square_avg.2, %eps
  %v.152 = call float @llvm.sqrt.f32(float %v.150)
  %v.153 = call float @llvm.sqrt.f32(float %v.151)
  %v.154 = fdiv float %v.152, %v.153
  %delta = fmul float %v.154, %grad.3
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
  %v.180 = select i1 %v.119, i16 %v.159, i16 %v.179
  store i16 %v.180, ptr %v.102, align 2
  %v.181 = trunc i64 %v.96 to i32
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
  store i16 %v.192, ptr %v.139, align 2
  %v.193 = add i32 %v.182, -1073741824
  %v.194 = add i32 %v.183, %v.193
  %v.195 = bitcast float %acc_delta.2 to i32
  %v.196 = lshr i32 %v.194, 16
  %v.197 = add i32 %v.196, %v.195
  %v.198 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.199 = lshr i32 %v.197, 16
  %v.200 = trunc i32 %v.199 to i16
  %v.201 = select i1 %v.198, i16 32704, i16 %v.200
  store i16 %v.201, ptr %v.144, align 2
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
  %grad.4 = fmul float %v.245, %inv_scale
  %v.246 = fptrunc float %grad.4 to half
  %v.247 = bitcast half %v.246 to i16
  %v.248 = bitcast float %grad.4 to i32
  %v.249 = lshr i32 %v.248, 16
  %v.250 = and i32 %v.249, 32768
  %v.251 = call float @llvm.fabs.f32(float %grad.4)
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
  %grad.5 = fmul float %grad.4, %clip
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.279 = fmul float %one_minus_rho, %grad.6
  %v.280 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.279, float %grad.6, float %v.280)
  %v.281 = fadd float %eps, %acc_delta.3
  %v.282 = fadd float %square_avg.4, %eps
  %v.283 = call float @llvm.sqrt.f32(float %v.281)
  %v.284 = call float @llvm.sqrt.f32(float %v.282)
  %v.285 = fdiv float %v.283, %v.284
  %delta.2 = fmul float %v.285, %grad.6
  %v.286 = fmul float %one_minus_rho, %delta.2
  %v.287 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.286, float %delta.2, float %v.287)
  %v.288 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.288, float %delta.2, float %param.3)
  %v.289 = fptrunc float %param.4 to half
  %v.290 = bitcast half %v.289 to i16
  %v.291 = bitcast float %param.4 to i32
  %v.292 = lshr i32 %v.291, 16
  %v.293 = and i32 %v.292, 32768
  %v.294 = call float @llvm.fabs.f32(float %param.4)
  %v.295 = bitcast float %v.294 to i32
  %v.296 = lshr i32 %v.295, 13
  %v.297 = and i32 %v.296, 1
  %v.298 = add nsw i32 %v.295, -939520001
  %v.299 = add nsw i32 %v.298, %v.297
  %v.300 = lshr i32 %v.299, 13
  %v.301 = fadd float %v.294, 5.000000e-01
  %v.302 = bitcast float %v.301 to i32
  %v.303 = icmp ult i32 %v.295, 947912704
  %v.304 = select i1 %v.303, i32 %v.302, i32 %v.300
  %v.305 = icmp ugt i32 %v.295, 1199570943
  %v.306 = select i1 %v.305, i32 31744, i32 %v.304
  %v.307 = icmp ugt i32 %v.295, 2139095040
  %v.308 = select i1 %v.307, i32 32256, i32 %v.306
  %v.309 = or i32 %v.308, %v.293
  %v.310 = trunc i32 %v.309 to i16
  %v.311 = select i1 %v.226, i16 %v.290, i16 %v.310
  store i16 %v.311, ptr %v.209, align 2
  %v.312 = trunc i64 %v.203 to i32
  %v.313 = trunc i64 %dither to i32
  %v.314 = mul i32 %v.312, 1779033704
  %v.315 = xor i32 %v.313, -2147483648
  %v.316 = add i32 %v.314, %v.315
  %v.317 = bitcast float %square_avg.4 to i32
  %v.318 = lshr i32 %v.316, 16
  %v.319 = add i32 %v.318, %v.317
  %v.320 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.321 = lshr i32 %v.319, 16
  %v.322 = trunc i32 %v.321 to i16
  %v.323 = select i1 %v.320, i16 32704, i16 %v.322
  store i16 %v.323, ptr %v.270, align 2
  %v.324 = add i32 %v.313, -1073741824
  %v.325 = add i32 %v.314, %v.324
  %v.326 = bitcast float %acc_delta.4 to i32
  %v.327 = lshr i32 %v.325, 16
  %v.328 = add i32 %v.327, %v.326
  %v.329 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.330 = lshr i32 %v.328, 16
  %v.331 = trunc i32 %v.330 to i16
  %v.332 = select i1 %v.329, i16 32704, i16 %v.331
  store i16 %v.332, ptr %v.275, align 2
  br label %block.23

block.25:
  ret void
}
