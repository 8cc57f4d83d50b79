; @generated from generated/cpu/adadelta_cpu_float16_min_nowd_bfloat16state_dithered.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_nowd_bfloat16state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %grad.2 = fmul float %grad, %clip
  %v.147 = fmul float %one_minus_rho, %grad.2
  %v.148 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.147, float %grad.2, float %v.148)
  %v.149 = fadd float %eps, %acc_delta
  %v.150 = fadd float %square_avg.2, %eps
  %v.151 = call float @llvm.sqrt.f32(float %v.149)
  %v.152 = call float @llvm.sqrt.f32(float %v.150)
  %v.153 = fdiv float %v.151, %v.152
  %delta = fmul float %v.153, %grad.2
  %v.154 = fmul float %one_minus_rho, %delta
  %v.155 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.154, float %delta, float %v.155)
  %v.156 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.156, float %delta, float %param)
  %v.157 = fptrunc float %param.2 to half
  %v.158 = bitcast half %v.157 to i16
  %v.159 = bitcast float %param.2 to i32
  %v.160 = lshr i32 %v.159, 16
  %v.161 = and i32 %v.160, 32768
  %v.162 = call float @llvm.fabs.f32(float %param.2)
  %v.163 = bitcast float %v.162 to i32
  %v.164 = lshr i32 %v.163, 13
  %v.165 = and i32 %v.164, 1
  %v.166 = add nsw i32 %v.163, -939520001
  %v.167 = add nsw i32 %v.166, %v.165
  %v.168 = lshr i32 %v.167, 13
  %v.169 = fadd float %v.162, 5.000000e-01
  %v.170 = bitcast float %v.169 to i32
  %v.171 = icmp ult i32 %v.163, 947912704
  %v.172 = select i1 %v.171, i32 %v.170, i32 %v.168
  %v.173 = icmp ugt i32 %v.163, 1199570943
  %v.174 = select i1 %v.173, i32 31744, i32 %v.172
  %v.175 = icmp ugt i32 %v.163, 2139095040
  %v.176 = select i1 %v.175, i32 32256, i32 %v.174
  %v.177 = or i32 %v.176, %v.161
  %v.178 = trunc i32 %v.177 to i16
  %v.179 = select i1 %v.118, i16 %v.158, i16 %v.178
  store i16 %v.179, ptr %v.101, align 2
  %v.180 = trunc i64 %v.95 to i32
  %v.181 = trunc i64 %dither to i32
  %v.182 = mul i32 %v.180, 1779033704
  %v.183 = xor i32 %v.181, -2147483648
  %v.184 = add i32 %v.182, %v.183
  %v.185 = bitcast float %square_avg.2 to i32
  %v.186 = lshr i32 %v.184, 16
  %v.187 = add i32 %v.186, %v.185
  %v.188 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.189 = lshr i32 %v.187, 16
  %v.190 = trunc i32 %v.189 to i16
  %v.191 = select i1 %v.188, i16 32704, i16 %v.190
  store i16 %v.191, ptr %v.138, align 2
  %v.192 = add i32 %v.181, -1073741824
  %v.193 = add i32 %v.182, %v.192
  %v.194 = bitcast float %acc_delta.2 to i32
  %v.195 = lshr i32 %v.193, 16
  %v.196 = add i32 %v.195, %v.194
  %v.197 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.198 = lshr i32 %v.196, 16
  %v.199 = trunc i32 %v.198 to i16
  %v.200 = select i1 %v.197, i16 32704, i16 %v.199
  store i16 %v.200, ptr %v.143, align 2
  br label %block.20

block.22:
  %v.201 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.202 = phi i64 [ 0, %block.22 ], [ %v.203, %block.24 ]
  %v.204 = phi i64 [ %v.201, %block.22 ], [ %v.205, %block.24 ]
  %v.206 = icmp sgt i64 %v.204, 0
  br i1 %v.206, label %block.24, label %block.17

block.24:
  %v.205 = add nsw i64 %v.204, -1
  %v.203 = add i64 %v.202, 1
  %v.207 = inttoptr i64 %params to ptr
  %v.208 = getelementptr i16, ptr %v.207, i64 %v.202
  %v.209 = load i16, ptr %v.208, align 2
  %v.210 = bitcast i16 %v.209 to half
  %v.211 = fpext half %v.210 to float
  %v.212 = sext i16 %v.209 to i32
  %v.213 = and i32 %v.212, -2147483648
  %v.214 = and i16 %v.209, 32767
  %v.215 = zext i16 %v.214 to i32
  %v.216 = shl nuw nsw i32 %v.215, 13
  %v.217 = bitcast i32 %v.216 to float
  %v.218 = fmul float %v.217, 0x46F0000000000000
  %v.219 = bitcast float %v.218 to i32
  %v.220 = icmp ugt i16 %v.214, 31743
  %v.221 = or i32 %v.219, 2139095040
  %v.222 = select i1 %v.220, i32 %v.221, i32 %v.219
  %v.223 = or i32 %v.222, %v.213
  %v.224 = bitcast i32 %v.223 to float
  %v.225 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.225, float %v.211, float %v.224
  %v.226 = inttoptr i64 %grads.2 to ptr
  %v.227 = getelementptr i16, ptr %v.226, i64 %v.202
  %v.228 = load i16, ptr %v.227, align 2
  %v.229 = bitcast i16 %v.228 to half
  %v.230 = fpext half %v.229 to float
  %v.231 = sext i16 %v.228 to i32
  %v.232 = and i32 %v.231, -2147483648
  %v.233 = and i16 %v.228, 32767
  %v.234 = zext i16 %v.233 to i32
  %v.235 = shl nuw nsw i32 %v.234, 13
  %v.236 = bitcast i32 %v.235 to float
  %v.237 = fmul float %v.236, 0x46F0000000000000
  %v.238 = bitcast float %v.237 to i32
  %v.239 = icmp ugt i16 %v.233, 31743
  %v.240 = or i32 %v.238, 2139095040
  %v.241 = select i1 %v.239, i32 %v.240, i32 %v.238
  %v.242 = or i32 %v.241, %v.232
  %v.243 = bitcast i32 %v.242 to float
  %v.244 = select i1 %v.225, float %v.230, float %v.243
  %grad.3 = fmul float %v.244, %inv_scale
  %v.245 = fptrunc float %grad.3 to half
  %v.246 = bitcast half %v.245 to i16
  %v.247 = bitcast float %grad.3 to i32
  %v.248 = lshr i32 %v.247, 16
  %v.249 = and i32 %v.248, 32768
  %v.250 = call float @llvm.fabs.f32(float %grad.3)
  %v.251 = bitcast float %v.250 to i32
  %v.252 = lshr i32 %v.251, 13
  %v.253 = and i32 %v.252, 1
  %v.254 = add nsw i32 %v.251, -939520001
  %v.255 = add nsw i32 %v.254, %v.253
  %v.256 = lshr i32 %v.255, 13
  %v.257 = fadd float %v.250, 5.000000e-01
  %v.258 = bitcast float %v.257 to i32
  %v.259 = icmp ult i32 %v.251, 947912704
  %v.260 = select i1 %v.259, i32 %v.258, i32 %v.256
  %v.261 = icmp ugt i32 %v.251, 1199570943
  %v.262 = select i1 %v.261, i32 31744, i32 %v.260
  %v.263 = icmp ugt i32 %v.251, 2139095040
  %v.264 = select i1 %v.263, i32 32256, i32 %v.262
  %v.265 = or i32 %v.264, %v.249
  %v.266 = trunc i32 %v.265 to i16
  %v.267 = select i1 %v.225, i16 %v.246, i16 %v.266
  store i16 %v.267, ptr %v.227, align 2
  %v.268 = inttoptr i64 %square_avgs to ptr
  %v.269 = getelementptr i16, ptr %v.268, i64 %v.202
  %v.270 = load i16, ptr %v.269, align 2
  %v.271 = zext i16 %v.270 to i32
  %v.272 = shl nuw i32 %v.271, 16
  %square_avg.3 = bitcast i32 %v.272 to float
  %v.273 = inttoptr i64 %acc_deltas to ptr
  %v.274 = getelementptr i16, ptr %v.273, i64 %v.202
  %v.275 = load i16, ptr %v.274, align 2
  %v.276 = zext i16 %v.275 to i32
  %v.277 = shl nuw i32 %v.276, 16
  %acc_delta.3 = bitcast i32 %v.277 to float
  %grad.4 = fmul float %grad.3, %clip
  %v.278 = fmul float %one_minus_rho, %grad.4
  %v.279 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.278, float %grad.4, float %v.279)
  %v.280 = fadd float %eps, %acc_delta.3
  %v.281 = fadd float %square_avg.4, %eps
  %v.282 = call float @llvm.sqrt.f32(float %v.280)
  %v.283 = call float @llvm.sqrt.f32(float %v.281)
  %v.284 = fdiv float %v.282, %v.283
  %delta.2 = fmul float %v.284, %grad.4
  %v.285 = fmul float %one_minus_rho, %delta.2
  %v.286 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.285, float %delta.2, float %v.286)
  %v.287 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.287, float %delta.2, float %param.3)
  %v.288 = fptrunc float %param.4 to half
  %v.289 = bitcast half %v.288 to i16
  %v.290 = bitcast float %param.4 to i32
  %v.291 = lshr i32 %v.290, 16
  %v.292 = and i32 %v.291, 32768
  %v.293 = call float @llvm.fabs.f32(float %param.4)
  %v.294 = bitcast float %v.293 to i32
  %v.295 = lshr i32 %v.294, 13
  %v.296 = and i32 %v.295, 1
  %v.297 = add nsw i32 %v.294, -939520001
  %v.298 = add nsw i32 %v.297, %v.296
  %v.299 = lshr i32 %v.298, 13
  %v.300 = fadd float %v.293, 5.000000e-01
  %v.301 = bitcast float %v.300 to i32
  %v.302 = icmp ult i32 %v.294, 947912704
  %v.303 = select i1 %v.302, i32 %v.301, i32 %v.299
  %v.304 = icmp ugt i32 %v.294, 1199570943
  %v.305 = select i1 %v.304, i32 31744, i32 %v.303
  %v.306 = icmp ugt i32 %v.294, 2139095040
  %v.307 = select i1 %v.306, i32 32256, i32 %v.305
  %v.308 = or i32 %v.307, %v.292
  %v.309 = trunc i32 %v.308 to i16
  %v.310 = select i1 %v.225, i16 %v.289, i16 %v.309
  store i16 %v.310, ptr %v.208, align 2
  %v.311 = trunc i64 %v.202 to i32
  %v.312 = trunc i64 %dither to i32
  %v.313 = mul i32 %v.311, 1779033704
  %v.314 = xor i32 %v.312, -2147483648
  %v.315 = add i32 %v.313, %v.314
  %v.316 = bitcast float %square_avg.4 to i32
  %v.317 = lshr i32 %v.315, 16
  %v.318 = add i32 %v.317, %v.316
  %v.319 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.320 = lshr i32 %v.318, 16
  %v.321 = trunc i32 %v.320 to i16
  %v.322 = select i1 %v.319, i16 32704, i16 %v.321
  store i16 %v.322, ptr %v.269, align 2
  %v.323 = add i32 %v.312, -1073741824
  %v.324 = add i32 %v.313, %v.323
  %v.325 = bitcast float %acc_delta.4 to i32
  %v.326 = lshr i32 %v.324, 16
  %v.327 = add i32 %v.326, %v.325
  %v.328 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.329 = lshr i32 %v.327, 16
  %v.330 = trunc i32 %v.329 to i16
  %v.331 = select i1 %v.328, i16 32704, i16 %v.330
  store i16 %v.331, ptr %v.274, align 2
  br label %block.23

block.25:
  ret void
}
