; @generated from generated/cpu/adadelta_cpu_float16_min_nowd.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_nowd(i64 %begin, i64 %end, i64 %job) {
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
  %v.97 = getelementptr i16, ptr %v.96, i64 %v.91
  %v.98 = load i16, ptr %v.97, align 2
  %v.99 = bitcast i16 %v.98 to half
  %v.100 = fpext half %v.99 to float
  %v.101 = sext i16 %v.98 to i32
  %v.102 = and i32 %v.101, -2147483648
  %v.103 = and i16 %v.98, 32767
  %v.104 = zext i16 %v.103 to i32
  %v.105 = shl nuw nsw i32 %v.104, 13
  %v.106 = bitcast i32 %v.105 to float
  %v.107 = fmul float %v.106, 0x46F0000000000000
  %v.108 = bitcast float %v.107 to i32
  %v.109 = icmp ugt i16 %v.103, 31743
  %v.110 = or i32 %v.108, 2139095040
  %v.111 = select i1 %v.109, i32 %v.110, i32 %v.108
  %v.112 = or i32 %v.111, %v.102
  %v.113 = bitcast i32 %v.112 to float
  %v.114 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.114, float %v.100, float %v.113
  %v.115 = inttoptr i64 %grads.2 to ptr
  %v.116 = getelementptr i16, ptr %v.115, i64 %v.91
  %v.117 = load i16, ptr %v.116, align 2
  %v.118 = bitcast i16 %v.117 to half
  %v.119 = fpext half %v.118 to float
  %v.120 = sext i16 %v.117 to i32
  %v.121 = and i32 %v.120, -2147483648
  %v.122 = and i16 %v.117, 32767
  %v.123 = zext i16 %v.122 to i32
  %v.124 = shl nuw nsw i32 %v.123, 13
  %v.125 = bitcast i32 %v.124 to float
  %v.126 = fmul float %v.125, 0x46F0000000000000
  %v.127 = bitcast float %v.126 to i32
  %v.128 = icmp ugt i16 %v.122, 31743
  %v.129 = or i32 %v.127, 2139095040
  %v.130 = select i1 %v.128, i32 %v.129, i32 %v.127
  %v.131 = or i32 %v.130, %v.121
  %v.132 = bitcast i32 %v.131 to float
  %grad = select i1 %v.114, float %v.119, float %v.132
  %v.133 = inttoptr i64 %square_avgs to ptr
  %v.134 = getelementptr i16, ptr %v.133, i64 %v.91
  %v.135 = load i16, ptr %v.134, align 2
  %v.136 = bitcast i16 %v.135 to half
  %v.137 = fpext half %v.136 to float
  %v.138 = sext i16 %v.135 to i32
  %v.139 = and i32 %v.138, -2147483648
  %v.140 = and i16 %v.135, 32767
  %v.141 = zext i16 %v.140 to i32
  %v.142 = shl nuw nsw i32 %v.141, 13
  %v.143 = bitcast i32 %v.142 to float
  %v.144 = fmul float %v.143, 0x46F0000000000000
  %v.145 = bitcast float %v.144 to i32
  %v.146 = icmp ugt i16 %v.140, 31743
  %v.147 = or i32 %v.145, 2139095040
  %v.148 = select i1 %v.146, i32 %v.147, i32 %v.145
  %v.149 = or i32 %v.148, %v.139
  %v.150 = bitcast i32 %v.149 to float
  %square_avg = select i1 %v.114, float %v.137, float %v.150
  %v.151 = inttoptr i64 %acc_deltas to ptr
  %v.152 = getelementptr i16, ptr %v.151, i64 %v.91
  %v.153 = load i16, ptr %v.152, align 2
  %v.154 = bitcast i16 %v.153 to half
  %v.155 = fpext half %v.154 to float
  %v.156 = sext i16 %v.153 to i32
  %v.157 = and i32 %v.156, -2147483648
  %v.158 = and i16 %v.153, 32767
  %v.159 = zext i16 %v.158 to i32
  %v.160 = shl nuw nsw i32 %v.159, 13
  %v.161 = bitcast i32 %v.160 to float
  %v.162 = fmul float %v.161, 0x46F0000000000000
  %v.163 = bitcast float %v.162 to i32
  %v.164 = icmp ugt i16 %v.158, 31743
  %v.165 = or i32 %v.163, 2139095040
  %v.166 = select i1 %v.164, i32 %v.165, i32 %v.163
  %v.167 = or i32 %v.166, %v.157
  %v.168 = bitcast i32 %v.167 to float
  %acc_delta = select i1 %v.114, float %v.155, float %v.168
  %v.169 = fmul float %one_minus_rho, %grad
  %v.170 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.169, float %grad, float %v.170)
  %v.171 = fadd float %acc_delta, %eps
  %v.172 = call float @llvm.sqrt.f32(float %v.171)
  %v.173 = fadd float %square_avg.2, %eps
  %v.174 = call float @llvm.sqrt.f32(float %v.173)
  %v.175 = fdiv float %v.172, %v.174
  %delta = fmul float %v.175, %grad
  %v.176 = fmul float %one_minus_rho, %delta
  %v.177 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.176, float %delta, float %v.177)
  %v.178 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.178, float %delta, float %param)
  %v.179 = fptrunc float %param.2 to half
  %v.180 = bitcast half %v.179 to i16
  %v.181 = bitcast float %param.2 to i32
  %v.182 = lshr i32 %v.181, 16
  %v.183 = and i32 %v.182, 32768
  %v.184 = call float @llvm.fabs.f32(float %param.2)
  %v.185 = bitcast float %v.184 to i32
  %v.186 = lshr i32 %v.185, 13
  %v.187 = and i32 %v.186, 1
  %v.188 = add nsw i32 %v.185, -939520001
  %v.189 = add nsw i32 %v.188, %v.187
  %v.190 = lshr i32 %v.189, 13
  %v.191 = fadd float %v.184, 5.000000e-01
  %v.192 = bitcast float %v.191 to i32
  %v.193 = icmp ult i32 %v.185, 947912704
  %v.194 = select i1 %v.193, i32 %v.192, i32 %v.190
  %v.195 = icmp ugt i32 %v.185, 1199570943
  %v.196 = select i1 %v.195, i32 31744, i32 %v.194
  %v.197 = icmp ugt i32 %v.185, 2139095040
  %v.198 = select i1 %v.197, i32 32256, i32 %v.196
  %v.199 = or i32 %v.198, %v.183
  %v.200 = trunc i32 %v.199 to i16
  %v.201 = select i1 %v.114, i16 %v.180, i16 %v.200
  store i16 %v.201, ptr %v.97, align 2
  %v.202 = fptrunc float %square_avg.2 to half
  %v.203 = bitcast half %v.202 to i16
  %v.204 = bitcast float %square_avg.2 to i32
  %v.205 = lshr i32 %v.204, 16
  %v.206 = and i32 %v.205, 32768
  %v.207 = call float @llvm.fabs.f32(float %square_avg.2)
  %v.208 = bitcast float %v.207 to i32
  %v.209 = lshr i32 %v.208, 13
  %v.210 = and i32 %v.209, 1
  %v.211 = add nsw i32 %v.208, -939520001
  %v.212 = add nsw i32 %v.211, %v.210
  %v.213 = lshr i32 %v.212, 13
  %v.214 = fadd float %v.207, 5.000000e-01
  %v.215 = bitcast float %v.214 to i32
  %v.216 = icmp ult i32 %v.208, 947912704
  %v.217 = select i1 %v.216, i32 %v.215, i32 %v.213
  %v.218 = icmp ugt i32 %v.208, 1199570943
  %v.219 = select i1 %v.218, i32 31744, i32 %v.217
  %v.220 = icmp ugt i32 %v.208, 2139095040
  %v.221 = select i1 %v.220, i32 32256, i32 %v.219
  %v.222 = or i32 %v.221, %v.206
  %v.223 = trunc i32 %v.222 to i16
  %v.224 = select i1 %v.114, i16 %v.203, i16 %v.223
  store i16 %v.224, ptr %v.134, align 2
  %v.225 = fptrunc float %acc_delta.2 to half
  %v.226 = bitcast half %v.225 to i16
  %v.227 = bitcast float %acc_delta.2 to i32
  %v.228 = lshr i32 %v.227, 16
  %v.229 = and i32 %v.228, 32768
  %v.230 = call float @llvm.fabs.f32(float %acc_delta.2)
  %v.231 = bitcast float %v.230 to i32
  %v.232 = lshr i32 %v.231, 13
  %v.233 = and i32 %v.232, 1
  %v.234 = add nsw i32 %v.231, -939520001
  %v.235 = add nsw i32 %v.234, %v.233
  %v.236 = lshr i32 %v.235, 13
  %v.237 = fadd float %v.230, 5.000000e-01
  %v.238 = bitcast float %v.237 to i32
  %v.239 = icmp ult i32 %v.231, 947912704
  %v.240 = select i1 %v.239, i32 %v.238, i32 %v.236
  %v.241 = icmp ugt i32 %v.231, 1199570943
  %v.242 = select i1 %v.241, i32 31744, i32 %v.240
  %v.243 = icmp ugt i32 %v.231, 2139095040
  %v.244 = select i1 %v.243, i32 32256, i32 %v.242
  %v.245 = or i32 %v.244, %v.229
  %v.246 = trunc i32 %v.245 to i16
  %v.247 = select i1 %v.114, i16 %v.226, i16 %v.246
  store i16 %v.247, ptr %v.152, align 2
  br label %block.20

block.22:
  %v.248 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.249 = phi i64 [ 0, %block.22 ], [ %v.250, %block.24 ]
  %v.251 = phi i64 [ %v.248, %block.22 ], [ %v.252, %block.24 ]
  %v.253 = icmp sgt i64 %v.251, 0
  br i1 %v.253, label %block.24, label %block.17

block.24:
  %v.252 = add nsw i64 %v.251, -1
  %v.250 = add i64 %v.249, 1
  %v.254 = inttoptr i64 %params to ptr
  %v.255 = getelementptr i16, ptr %v.254, i64 %v.249
  %v.256 = load i16, ptr %v.255, align 2
  %v.257 = bitcast i16 %v.256 to half
  %v.258 = fpext half %v.257 to float
  %v.259 = sext i16 %v.256 to i32
  %v.260 = and i32 %v.259, -2147483648
  %v.261 = and i16 %v.256, 32767
  %v.262 = zext i16 %v.261 to i32
  %v.263 = shl nuw nsw i32 %v.262, 13
  %v.264 = bitcast i32 %v.263 to float
  %v.265 = fmul float %v.264, 0x46F0000000000000
  %v.266 = bitcast float %v.265 to i32
  %v.267 = icmp ugt i16 %v.261, 31743
  %v.268 = or i32 %v.266, 2139095040
  %v.269 = select i1 %v.267, i32 %v.268, i32 %v.266
  %v.270 = or i32 %v.269, %v.260
  %v.271 = bitcast i32 %v.270 to float
  %v.272 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.272, float %v.258, float %v.271
  %v.273 = inttoptr i64 %grads.2 to ptr
  %v.274 = getelementptr i16, ptr %v.273, i64 %v.249
  %v.275 = load i16, ptr %v.274, align 2
  %v.276 = bitcast i16 %v.275 to half
  %v.277 = fpext half %v.276 to float
  %v.278 = sext i16 %v.275 to i32
  %v.279 = and i32 %v.278, -2147483648
  %v.280 = and i16 %v.275, 32767
  %v.281 = zext i16 %v.280 to i32
  %v.282 = shl nuw nsw i32 %v.281, 13
  %v.283 = bitcast i32 %v.282 to float
  %v.284 = fmul float %v.283, 0x46F0000000000000
  %v.285 = bitcast float %v.284 to i32
  %v.286 = icmp ugt i16 %v.280, 31743
  %v.287 = or i32 %v.285, 2139095040
  %v.288 = select i1 %v.286, i32 %v.287, i32 %v.285
  %v.289 = or i32 %v.288, %v.279
  %v.290 = bitcast i32 %v.289 to float
  %v.291 = select i1 %v.272, float %v.277, float %v.290
  %grad.2 = fmul float %v.291, %inv_scale
  %v.292 = fptrunc float %grad.2 to half
  %v.293 = bitcast half %v.292 to i16
  %v.294 = bitcast float %grad.2 to i32
  %v.295 = lshr i32 %v.294, 16
  %v.296 = and i32 %v.295, 32768
  %v.297 = call float @llvm.fabs.f32(float %grad.2)
  %v.298 = bitcast float %v.297 to i32
  %v.299 = lshr i32 %v.298, 13
  %v.300 = and i32 %v.299, 1
  %v.301 = add nsw i32 %v.298, -939520001
  %v.302 = add nsw i32 %v.301, %v.300
  %v.303 = lshr i32 %v.302, 13
  %v.304 = fadd float %v.297, 5.000000e-01
  %v.305 = bitcast float %v.304 to i32
  %v.306 = icmp ult i32 %v.298, 947912704
  %v.307 = select i1 %v.306, i32 %v.305, i32 %v.303
  %v.308 = icmp ugt i32 %v.298, 1199570943
  %v.309 = select i1 %v.308, i32 31744, i32 %v.307
  %v.310 = icmp ugt i32 %v.298, 2139095040
  %v.311 = select i1 %v.310, i32 32256, i32 %v.309
  %v.312 = or i32 %v.311, %v.296
  %v.313 = trunc i32 %v.312 to i16
  %v.314 = select i1 %v.272, i16 %v.293, i16 %v.313
  store i16 %v.314, ptr %v.274, align 2
  %v.315 = inttoptr i64 %square_avgs to ptr
  %v.316 = getelementptr i16, ptr %v.315, i64 %v.249
  %v.317 = load i16, ptr %v.316, align 2
  %v.318 = bitcast i16 %v.317 to half
  %v.319 = fpext half %v.318 to float
  %v.320 = sext i16 %v.317 to i32
  %v.321 = and i32 %v.320, -2147483648
  %v.322 = and i16 %v.317, 32767
  %v.323 = zext i16 %v.322 to i32
  %v.324 = shl nuw nsw i32 %v.323, 13
  %v.325 = bitcast i32 %v.324 to float
  %v.326 = fmul float %v.325, 0x46F0000000000000
  %v.327 = bitcast float %v.326 to i32
  %v.328 = icmp ugt i16 %v.322, 31743
  %v.329 = or i32 %v.327, 2139095040
  %v.330 = select i1 %v.328, i32 %v.329, i32 %v.327
  %v.331 = or i32 %v.330, %v.321
  %v.332 = bitcast i32 %v.331 to float
  %square_avg.3 = select i1 %v.272, float %v.319, float %v.332
  %v.333 = inttoptr i64 %acc_deltas to ptr
  %v.334 = getelementptr i16, ptr %v.333, i64 %v.249
  %v.335 = load i16, ptr %v.334, align 2
  %v.336 = bitcast i16 %v.335 to half
  %v.337 = fpext half %v.336 to float
  %v.338 = sext i16 %v.335 to i32
  %v.339 = and i32 %v.338, -2147483648
  %v.340 = and i16 %v.335, 32767
  %v.341 = zext i16 %v.340 to i32
  %v.342 = shl nuw nsw i32 %v.341, 13
  %v.343 = bitcast i32 %v.342 to float
  %v.344 = fmul float %v.343, 0x46F0000000000000
  %v.345 = bitcast float %v.344 to i32
  %v.346 = icmp ugt i16 %v.340, 31743
  %v.347 = or i32 %v.345, 2139095040
  %v.348 = select i1 %v.346, i32 %v.347, i32 %v.345
  %v.349 = or i32 %v.348, %v.339
  %v.350 = bitcast i32 %v.349 to float
  %acc_delta.3 = select i1 %v.272, float %v.337, float %v.350
  %v.351 = fmul float %one_minus_rho, %grad.2
  %v.352 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.351, float %grad.2, float %v.352)
  %v.353 = fadd float %acc_delta.3, %eps
  %v.354 = call float @llvm.sqrt.f32(float %v.353)
  %v.355 = fadd float %square_avg.4, %eps
  %v.356 = call float @llvm.sqrt.f32(float %v.355)
  %v.357 = fdiv float %v.354, %v.356
  %delta.2 = fmul float %v.357, %grad.2
  %v.358 = fmul float %one_minus_rho, %delta.2
  %v.359 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.358, float %delta.2, float %v.359)
  %v.360 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.360, float %delta.2, float %param.3)
  %v.361 = fptrunc float %param.4 to half
  %v.362 = bitcast half %v.361 to i16
  %v.363 = bitcast float %param.4 to i32
  %v.364 = lshr i32 %v.363, 16
  %v.365 = and i32 %v.364, 32768
  %v.366 = call float @llvm.fabs.f32(float %param.4)
  %v.367 = bitcast float %v.366 to i32
  %v.368 = lshr i32 %v.367, 13
  %v.369 = and i32 %v.368, 1
  %v.370 = add nsw i32 %v.367, -939520001
  %v.371 = add nsw i32 %v.370, %v.369
  %v.372 = lshr i32 %v.371, 13
  %v.373 = fadd float %v.366, 5.000000e-01
  %v.374 = bitcast float %v.373 to i32
  %v.375 = icmp ult i32 %v.367, 947912704
  %v.376 = select i1 %v.375, i32 %v.374, i32 %v.372
  %v.377 = icmp ugt i32 %v.367, 1199570943
  %v.378 = select i1 %v.377, i32 31744, i32 %v.376
  %v.379 = icmp ugt i32 %v.367, 2139095040
  %v.380 = select i1 %v.379, i32 32256, i32 %v.378
  %v.381 = or i32 %v.380, %v.365
  %v.382 = trunc i32 %v.381 to i16
  %v.383 = select i1 %v.272, i16 %v.362, i16 %v.382
  store i16 %v.383, ptr %v.255, align 2
  %v.384 = fptrunc float %square_avg.4 to half
  %v.385 = bitcast half %v.384 to i16
  %v.386 = bitcast float %square_avg.4 to i32
  %v.387 = lshr i32 %v.386, 16
  %v.388 = and i32 %v.387, 32768
  %v.389 = call float @llvm.fabs.f32(float %square_avg.4)
  %v.390 = bitcast float %v.389 to i32
  %v.391 = lshr i32 %v.390, 13
  %v.392 = and i32 %v.391, 1
  %v.393 = add nsw i32 %v.390, -939520001
  %v.394 = add nsw i32 %v.393, %v.392
  %v.395 = lshr i32 %v.394, 13
  %v.396 = fadd float %v.389, 5.000000e-01
  %v.397 = bitcast float %v.396 to i32
  %v.398 = icmp ult i32 %v.390, 947912704
  %v.399 = select i1 %v.398, i32 %v.397, i32 %v.395
  %v.400 = icmp ugt i32 %v.390, 1199570943
  %v.401 = select i1 %v.400, i32 31744, i32 %v.399
  %v.402 = icmp ugt i32 %v.390, 2139095040
  %v.403 = select i1 %v.402, i32 32256, i32 %v.401
  %v.404 = or i32 %v.403, %v.388
  %v.405 = trunc i32 %v.404 to i16
  %v.406 = select i1 %v.272, i16 %v.385, i16 %v.405
  store i16 %v.406, ptr %v.316, align 2
  %v.407 = fptrunc float %acc_delta.4 to half
  %v.408 = bitcast half %v.407 to i16
  %v.409 = bitcast float %acc_delta.4 to i32
  %v.410 = lshr i32 %v.409, 16
  %v.411 = and i32 %v.410, 32768
  %v.412 = call float @llvm.fabs.f32(float %acc_delta.4)
  %v.413 = bitcast float %v.412 to i32
  %v.414 = lshr i32 %v.413, 13
  %v.415 = and i32 %v.414, 1
  %v.416 = add nsw i32 %v.413, -939520001
  %v.417 = add nsw i32 %v.416, %v.415
  %v.418 = lshr i32 %v.417, 13
  %v.419 = fadd float %v.412, 5.000000e-01
  %v.420 = bitcast float %v.419 to i32
  %v.421 = icmp ult i32 %v.413, 947912704
  %v.422 = select i1 %v.421, i32 %v.420, i32 %v.418
  %v.423 = icmp ugt i32 %v.413, 1199570943
  %v.424 = select i1 %v.423, i32 31744, i32 %v.422
  %v.425 = icmp ugt i32 %v.413, 2139095040
  %v.426 = select i1 %v.425, i32 32256, i32 %v.424
  %v.427 = or i32 %v.426, %v.411
  %v.428 = trunc i32 %v.427 to i16
  %v.429 = select i1 %v.272, i16 %v.408, i16 %v.428
  store i16 %v.429, ptr %v.334, align 2
  br label %block.23

block.25:
  ret void
}
