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
  %v.100 = bitcast i16 %v.99 to half
  %v.101 = fpext half %v.100 to float
  %v.102 = sext i16 %v.99 to i32
  %v.103 = and i32 %v.102, -2147483648
  %v.104 = and i16 %v.99, 32767
  %v.105 = zext i16 %v.104 to i32
  %v.106 = shl nuw nsw i32 %v.105, 13
  %v.107 = bitcast i32 %v.106 to float
  %v.108 = fmul float %v.107, 0x46F0000000000000
  %v.109 = bitcast float %v.108 to i32
  %v.110 = icmp ugt i16 %v.104, 31743
  %v.111 = or i32 %v.109, 2139095040
  %v.112 = select i1 %v.110, i32 %v.111, i32 %v.109
  %v.113 = or i32 %v.112, %v.103
  %v.114 = bitcast i32 %v.113 to float
  %v.115 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.115, float %v.101, float %v.114
  %v.116 = inttoptr i64 %grads.2 to ptr
  %v.117 = getelementptr i16, ptr %v.116, i64 %v.92
  %v.118 = load i16, ptr %v.117, align 2
  %v.119 = bitcast i16 %v.118 to half
  %v.120 = fpext half %v.119 to float
  %v.121 = sext i16 %v.118 to i32
  %v.122 = and i32 %v.121, -2147483648
  %v.123 = and i16 %v.118, 32767
  %v.124 = zext i16 %v.123 to i32
  %v.125 = shl nuw nsw i32 %v.124, 13
  %v.126 = bitcast i32 %v.125 to float
  %v.127 = fmul float %v.126, 0x46F0000000000000
  %v.128 = bitcast float %v.127 to i32
  %v.129 = icmp ugt i16 %v.123, 31743
  %v.130 = or i32 %v.128, 2139095040
  %v.131 = select i1 %v.129, i32 %v.130, i32 %v.128
  %v.132 = or i32 %v.131, %v.122
  %v.133 = bitcast i32 %v.132 to float
  %grad = select i1 %v.115, float %v.120, float %v.133
  %v.134 = inttoptr i64 %square_avgs to ptr
  %v.135 = getelementptr i16, ptr %v.134, i64 %v.92
  %v.136 = load i16, ptr %v.135, align 2
  %v.137 = bitcast i16 %v.136 to half
  %v.138 = fpext half %v.137 to float
  %v.139 = sext i16 %v.136 to i32
  %v.140 = and i32 %v.139, -2147483648
  %v.141 = and i16 %v.136, 32767
  %v.142 = zext i16 %v.141 to i32
  %v.143 = shl nuw nsw i32 %v.142, 13
  %v.144 = bitcast i32 %v.143 to float
  %v.145 = fmul float %v.144, 0x46F0000000000000
  %v.146 = bitcast float %v.145 to i32
  %v.147 = icmp ugt i16 %v.141, 31743
  %v.148 = or i32 %v.146, 2139095040
  %v.149 = select i1 %v.147, i32 %v.148, i32 %v.146
  %v.150 = or i32 %v.149, %v.140
  %v.151 = bitcast i32 %v.150 to float
  %square_avg = select i1 %v.115, float %v.138, float %v.151
  %v.152 = inttoptr i64 %acc_deltas to ptr
  %v.153 = getelementptr i16, ptr %v.152, i64 %v.92
  %v.154 = load i16, ptr %v.153, align 2
  %v.155 = bitcast i16 %v.154 to half
  %v.156 = fpext half %v.155 to float
  %v.157 = sext i16 %v.154 to i32
  %v.158 = and i32 %v.157, -2147483648
  %v.159 = and i16 %v.154, 32767
  %v.160 = zext i16 %v.159 to i32
  %v.161 = shl nuw nsw i32 %v.160, 13
  %v.162 = bitcast i32 %v.161 to float
  %v.163 = fmul float %v.162, 0x46F0000000000000
  %v.164 = bitcast float %v.163 to i32
  %v.165 = icmp ugt i16 %v.159, 31743
  %v.166 = or i32 %v.164, 2139095040
  %v.167 = select i1 %v.165, i32 %v.166, i32 %v.164
  %v.168 = or i32 %v.167, %v.158
  %v.169 = bitcast i32 %v.168 to float
  %acc_delta = select i1 %v.115, float %v.156, float %v.169
  %grad.2 = fmul float %grad, %clip
  %v.170 = fmul float %one_minus_rho, %grad.2
  %v.171 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.170, float %grad.2, float %v.171)
  %v.172 = fadd float %acc_delta, %eps
  %v.173 = fadd float %square_avg.2, %eps
  %v.174 = call float @llvm.sqrt.f32(float %v.172)
  %v.175 = call float @llvm.sqrt.f32(float %v.173)
  %v.176 = fdiv float %v.174, %v.175
  %delta = fmul float %v.176, %grad.2
  %v.177 = fmul float %one_minus_rho, %delta
  %v.178 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.177, float %delta, float %v.178)
  %v.179 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.179, float %delta, float %param)
  %v.180 = fptrunc float %param.2 to half
  %v.181 = bitcast half %v.180 to i16
  %v.182 = bitcast float %param.2 to i32
  %v.183 = lshr i32 %v.182, 16
  %v.184 = and i32 %v.183, 32768
  %v.185 = call float @llvm.fabs.f32(float %param.2)
  %v.186 = bitcast float %v.185 to i32
  %v.187 = lshr i32 %v.186, 13
  %v.188 = and i32 %v.187, 1
  %v.189 = add nsw i32 %v.186, -939520001
  %v.190 = add nsw i32 %v.189, %v.188
  %v.191 = lshr i32 %v.190, 13
  %v.192 = fadd float %v.185, 5.000000e-01
  %v.193 = bitcast float %v.192 to i32
  %v.194 = icmp ult i32 %v.186, 947912704
  %v.195 = select i1 %v.194, i32 %v.193, i32 %v.191
  %v.196 = icmp ugt i32 %v.186, 1199570943
  %v.197 = select i1 %v.196, i32 31744, i32 %v.195
  %v.198 = icmp ugt i32 %v.186, 2139095040
  %v.199 = select i1 %v.198, i32 32256, i32 %v.197
  %v.200 = or i32 %v.199, %v.184
  %v.201 = trunc i32 %v.200 to i16
  %v.202 = select i1 %v.115, i16 %v.181, i16 %v.201
  store i16 %v.202, ptr %v.98, align 2
  %v.203 = fptrunc float %square_avg.2 to half
  %v.204 = bitcast half %v.203 to i16
  %v.205 = bitcast float %square_avg.2 to i32
  %v.206 = lshr i32 %v.205, 16
  %v.207 = and i32 %v.206, 32768
  %v.208 = call float @llvm.fabs.f32(float %square_avg.2)
  %v.209 = bitcast float %v.208 to i32
  %v.210 = lshr i32 %v.209, 13
  %v.211 = and i32 %v.210, 1
  %v.212 = add nsw i32 %v.209, -939520001
  %v.213 = add nsw i32 %v.212, %v.211
  %v.214 = lshr i32 %v.213, 13
  %v.215 = fadd float %v.208, 5.000000e-01
  %v.216 = bitcast float %v.215 to i32
  %v.217 = icmp ult i32 %v.209, 947912704
  %v.218 = select i1 %v.217, i32 %v.216, i32 %v.214
  %v.219 = icmp ugt i32 %v.209, 1199570943
  %v.220 = select i1 %v.219, i32 31744, i32 %v.218
  %v.221 = icmp ugt i32 %v.209, 2139095040
  %v.222 = select i1 %v.221, i32 32256, i32 %v.220
  %v.223 = or i32 %v.222, %v.207
  %v.224 = trunc i32 %v.223 to i16
  %v.225 = select i1 %v.115, i16 %v.204, i16 %v.224
  store i16 %v.225, ptr %v.135, align 2
  %v.226 = fptrunc float %acc_delta.2 to half
  %v.227 = bitcast half %v.226 to i16
  %v.228 = bitcast float %acc_delta.2 to i32
  %v.229 = lshr i32 %v.228, 16
  %v.230 = and i32 %v.229, 32768
  %v.231 = call float @llvm.fabs.f32(float %acc_delta.2)
  %v.232 = bitcast float %v.231 to i32
  %v.233 = lshr i32 %v.232, 13
  %v.234 = and i32 %v.233, 1
  %v.235 = add nsw i32 %v.232, -939520001
  %v.236 = add nsw i32 %v.235, %v.234
  %v.237 = lshr i32 %v.236, 13
  %v.238 = fadd float %v.231, 5.000000e-01
  %v.239 = bitcast float %v.238 to i32
  %v.240 = icmp ult i32 %v.232, 947912704
  %v.241 = select i1 %v.240, i32 %v.239, i32 %v.237
  %v.242 = icmp ugt i32 %v.232, 1199570943
  %v.243 = select i1 %v.242, i32 31744, i32 %v.241
  %v.244 = icmp ugt i32 %v.232, 2139095040
  %v.245 = select i1 %v.244, i32 32256, i32 %v.243
  %v.246 = or i32 %v.245, %v.230
  %v.247 = trunc i32 %v.246 to i16
  %v.248 = select i1 %v.115, i16 %v.227, i16 %v.247
  store i16 %v.248, ptr %v.153, align 2
  br label %block.20

block.22:
  %v.249 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.250 = phi i64 [ 0, %block.22 ], [ %v.251, %block.24 ]
  %v.252 = phi i64 [ %v.249, %block.22 ], [ %v.253, %block.24 ]
  %v.254 = icmp sgt i64 %v.252, 0
  br i1 %v.254, label %block.24, label %block.17

block.24:
  %v.253 = add nsw i64 %v.252, -1
  %v.251 = add i64 %v.250, 1
  %v.255 = inttoptr i64 %params to ptr
  %v.256 = getelementptr i16, ptr %v.255, i64 %v.250
  %v.257 = load i16, ptr %v.256, align 2
  %v.258 = bitcast i16 %v.257 to half
  %v.259 = fpext half %v.258 to float
  %v.260 = sext i16 %v.257 to i32
  %v.261 = and i32 %v.260, -2147483648
  %v.262 = and i16 %v.257, 32767
  %v.263 = zext i16 %v.262 to i32
  %v.264 = shl nuw nsw i32 %v.263, 13
  %v.265 = bitcast i32 %v.264 to float
  %v.266 = fmul float %v.265, 0x46F0000000000000
  %v.267 = bitcast float %v.266 to i32
  %v.268 = icmp ugt i16 %v.262, 31743
  %v.269 = or i32 %v.267, 2139095040
  %v.270 = select i1 %v.268, i32 %v.269, i32 %v.267
  %v.271 = or i32 %v.270, %v.261
  %v.272 = bitcast i32 %v.271 to float
  %v.273 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.273, float %v.259, float %v.272
  %v.274 = inttoptr i64 %grads.2 to ptr
  %v.275 = getelementptr i16, ptr %v.274, i64 %v.250
  %v.276 = load i16, ptr %v.275, align 2
  %v.277 = bitcast i16 %v.276 to half
  %v.278 = fpext half %v.277 to float
  %v.279 = sext i16 %v.276 to i32
  %v.280 = and i32 %v.279, -2147483648
  %v.281 = and i16 %v.276, 32767
  %v.282 = zext i16 %v.281 to i32
  %v.283 = shl nuw nsw i32 %v.282, 13
  %v.284 = bitcast i32 %v.283 to float
  %v.285 = fmul float %v.284, 0x46F0000000000000
  %v.286 = bitcast float %v.285 to i32
  %v.287 = icmp ugt i16 %v.281, 31743
  %v.288 = or i32 %v.286, 2139095040
  %v.289 = select i1 %v.287, i32 %v.288, i32 %v.286
  %v.290 = or i32 %v.289, %v.280
  %v.291 = bitcast i32 %v.290 to float
  %v.292 = select i1 %v.273, float %v.278, float %v.291
  %grad.3 = fmul float %v.292, %inv_scale
  %v.293 = fptrunc float %grad.3 to half
  %v.294 = bitcast half %v.293 to i16
  %v.295 = bitcast float %grad.3 to i32
  %v.296 = lshr i32 %v.295, 16
  %v.297 = and i32 %v.296, 32768
  %v.298 = call float @llvm.fabs.f32(float %grad.3)
  %v.299 = bitcast float %v.298 to i32
  %v.300 = lshr i32 %v.299, 13
  %v.301 = and i32 %v.300, 1
  %v.302 = add nsw i32 %v.299, -939520001
  %v.303 = add nsw i32 %v.302, %v.301
  %v.304 = lshr i32 %v.303, 13
  %v.305 = fadd float %v.298, 5.000000e-01
  %v.306 = bitcast float %v.305 to i32
  %v.307 = icmp ult i32 %v.299, 947912704
  %v.308 = select i1 %v.307, i32 %v.306, i32 %v.304
  %v.309 = icmp ugt i32 %v.299, 1199570943
  %v.310 = select i1 %v.309, i32 31744, i32 %v.308
  %v.311 = icmp ugt i32 %v.299, 2139095040
  %v.312 = select i1 %v.311, i32 32256, i32 %v.310
  %v.313 = or i32 %v.312, %v.297
  %v.314 = trunc i32 %v.313 to i16
  %v.315 = select i1 %v.273, i16 %v.294, i16 %v.314
  store i16 %v.315, ptr %v.275, align 2
  %v.316 = inttoptr i64 %square_avgs to ptr
  %v.317 = getelementptr i16, ptr %v.316, i64 %v.250
  %v.318 = load i16, ptr %v.317, align 2
  %v.319 = bitcast i16 %v.318 to half
  %v.320 = fpext half %v.319 to float
  %v.321 = sext i16 %v.318 to i32
  %v.322 = and i32 %v.321, -2147483648
  %v.323 = and i16 %v.318, 32767
  %v.324 = zext i16 %v.323 to i32
  %v.325 = shl nuw nsw i32 %v.324, 13
  %v.326 = bitcast i32 %v.325 to float
  %v.327 = fmul float %v.326, 0x46F0000000000000
  %v.328 = bitcast float %v.327 to i32
  %v.329 = icmp ugt i16 %v.323, 31743
  %v.330 = or i32 %v.328, 2139095040
  %v.331 = select i1 %v.329, i32 %v.330, i32 %v.328
  %v.332 = or i32 %v.331, %v.322
  %v.333 = bitcast i32 %v.332 to float
  %square_avg.3 = select i1 %v.273, float %v.320, float %v.333
  %v.334 = inttoptr i64 %acc_deltas to ptr
  %v.335 = getelementptr i16, ptr %v.334, i64 %v.250
  %v.336 = load i16, ptr %v.335, align 2
  %v.337 = bitcast i16 %v.336 to half
  %v.338 = fpext half %v.337 to float
  %v.339 = sext i16 %v.336 to i32
  %v.340 = and i32 %v.339, -2147483648
  %v.341 = and i16 %v.336, 32767
  %v.342 = zext i16 %v.341 to i32
  %v.343 = shl nuw nsw i32 %v.342, 13
  %v.344 = bitcast i32 %v.343 to float
  %v.345 = fmul float %v.344, 0x46F0000000000000
  %v.346 = bitcast float %v.345 to i32
  %v.347 = icmp ugt i16 %v.341, 31743
  %v.348 = or i32 %v.346, 2139095040
  %v.349 = select i1 %v.347, i32 %v.348, i32 %v.346
  %v.350 = or i32 %v.349, %v.340
  %v.351 = bitcast i32 %v.350 to float
  %acc_delta.3 = select i1 %v.273, float %v.338, float %v.351
  %grad.4 = fmul float %grad.3, %clip
  %v.352 = fmul float %one_minus_rho, %grad.4
  %v.353 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.352, float %grad.4, float %v.353)
  %v.354 = fadd float %acc_delta.3, %eps
  %v.355 = fadd float %square_avg.4, %eps
  %v.356 = call float @llvm.sqrt.f32(float %v.354)
  %v.357 = call float @llvm.sqrt.f32(float %v.355)
  %v.358 = fdiv float %v.356, %v.357
  %delta.2 = fmul float %v.358, %grad.4
  %v.359 = fmul float %one_minus_rho, %delta.2
  %v.360 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.359, float %delta.2, float %v.360)
  %v.361 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.361, float %delta.2, float %param.3)
  %v.362 = fptrunc float %param.4 to half
  %v.363 = bitcast half %v.362 to i16
  %v.364 = bitcast float %param.4 to i32
  %v.365 = lshr i32 %v.364, 16
  %v.366 = and i32 %v.365, 32768
  %v.367 = call float @llvm.fabs.f32(float %param.4)
  %v.368 = bitcast float %v.367 to i32
  %v.369 = lshr i32 %v.368, 13
  %v.370 = and i32 %v.369, 1
  %v.371 = add nsw i32 %v.368, -939520001
  %v.372 = add nsw i32 %v.371, %v.370
  %v.373 = lshr i32 %v.372, 13
  %v.374 = fadd float %v.367, 5.000000e-01
  %v.375 = bitcast float %v.374 to i32
  %v.376 = icmp ult i32 %v.368, 947912704
  %v.377 = select i1 %v.376, i32 %v.375, i32 %v.373
  %v.378 = icmp ugt i32 %v.368, 1199570943
  %v.379 = select i1 %v.378, i32 31744, i32 %v.377
  %v.380 = icmp ugt i32 %v.368, 2139095040
  %v.381 = select i1 %v.380, i32 32256, i32 %v.379
  %v.382 = or i32 %v.381, %v.366
  %v.383 = trunc i32 %v.382 to i16
  %v.384 = select i1 %v.273, i16 %v.363, i16 %v.383
  store i16 %v.384, ptr %v.256, align 2
  %v.385 = fptrunc float %square_avg.4 to half
  %v.386 = bitcast half %v.385 to i16
  %v.387 = bitcast float %square_avg.4 to i32
  %v.388 = lshr i32 %v.387, 16
  %v.389 = and i32 %v.388, 32768
  %v.390 = call float @llvm.fabs.f32(float %square_avg.4)
  %v.391 = bitcast float %v.390 to i32
  %v.392 = lshr i32 %v.391, 13
  %v.393 = and i32 %v.392, 1
  %v.394 = add nsw i32 %v.391, -939520001
  %v.395 = add nsw i32 %v.394, %v.393
  %v.396 = lshr i32 %v.395, 13
  %v.397 = fadd float %v.390, 5.000000e-01
  %v.398 = bitcast float %v.397 to i32
  %v.399 = icmp ult i32 %v.391, 947912704
  %v.400 = select i1 %v.399, i32 %v.398, i32 %v.396
  %v.401 = icmp ugt i32 %v.391, 1199570943
  %v.402 = select i1 %v.401, i32 31744, i32 %v.400
  %v.403 = icmp ugt i32 %v.391, 2139095040
  %v.404 = select i1 %v.403, i32 32256, i32 %v.402
  %v.405 = or i32 %v.404, %v.389
  %v.406 = trunc i32 %v.405 to i16
  %v.407 = select i1 %v.273, i16 %v.386, i16 %v.406
  store i16 %v.407, ptr %v.317, align 2
  %v.408 = fptrunc float %acc_delta.4 to half
  %v.409 = bitcast half %v.408 to i16
  %v.410 = bitcast float %acc_delta.4 to i32
  %v.411 = lshr i32 %v.410, 16
  %v.412 = and i32 %v.411, 32768
  %v.413 = call float @llvm.fabs.f32(float %acc_delta.4)
  %v.414 = bitcast float %v.413 to i32
  %v.415 = lshr i32 %v.414, 13
  %v.416 = and i32 %v.415, 1
  %v.417 = add nsw i32 %v.414, -939520001
  %v.418 = add nsw i32 %v.417, %v.416
  %v.419 = lshr i32 %v.418, 13
  %v.420 = fadd float %v.413, 5.000000e-01
  %v.421 = bitcast float %v.420 to i32
  %v.422 = icmp ult i32 %v.414, 947912704
  %v.423 = select i1 %v.422, i32 %v.421, i32 %v.419
  %v.424 = icmp ugt i32 %v.414, 1199570943
  %v.425 = select i1 %v.424, i32 31744, i32 %v.423
  %v.426 = icmp ugt i32 %v.414, 2139095040
  %v.427 = select i1 %v.426, i32 32256, i32 %v.425
  %v.428 = or i32 %v.427, %v.412
  %v.429 = trunc i32 %v.428 to i16
  %v.430 = select i1 %v.273, i16 %v.409, i16 %v.429
  store i16 %v.430, ptr %v.335, align 2
  br label %block.23

block.25:
  ret void
}
