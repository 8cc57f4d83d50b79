; @generated from generated/cpu/adadelta_cpu_float16_max_wd_bfloat16state_dithered.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_wd_bfloat16state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.148 = fneg float %clip
  %grad.2 = fmul float %grad, %v.148
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.149 = fmul float %one_minus_rho, %grad.3
  %v.150 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.149, float %grad.3, float %v.150)
  %v.151 = fadd float %eps, %acc_delta
  %v.152 = fadd float %square_avg.2, %eps
  %v.153 = call float @llvm.sqrt.f32(float %v.151)
  %v.154 = call float @llvm.sqrt.f32(float %v.152)
  %v.155 = fdiv float %v.153, %v.154
  %delta = fmul float %v.155, %grad.3
  %v.156 = fmul float %one_minus_rho, %delta
  %v.157 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.156, float %delta, float %v.157)
  %v.158 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.158, float %delta, float %param)
  %v.159 = fptrunc float %param.2 to half
  %v.160 = bitcast half %v.159 to i16
  %v.161 = bitcast float %param.2 to i32
  %v.162 = lshr i32 %v.161, 16
  %v.163 = and i32 %v.162, 32768
  %v.164 = call float @llvm.fabs.f32(float %param.2)
  %v.165 = bitcast float %v.164 to i32
  %v.166 = lshr i32 %v.165, 13
  %v.167 = and i32 %v.166, 1
  %v.168 = add nsw i32 %v.165, -939520001
  %v.169 = add nsw i32 %v.168, %v.167
  %v.170 = lshr i32 %v.169, 13
  %v.171 = fadd float %v.164, 5.000000e-01
  %v.172 = bitcast float %v.171 to i32
  %v.173 = icmp ult i32 %v.165, 947912704
  %v.174 = select i1 %v.173, i32 %v.172, i32 %v.170
  %v.175 = icmp ugt i32 %v.165, 1199570943
  %v.176 = select i1 %v.175, i32 31744, i32 %v.174
  %v.177 = icmp ugt i32 %v.165, 2139095040
  %v.178 = select i1 %v.177, i32 32256, i32 %v.176
  %v.179 = or i32 %v.178, %v.163
  %v.180 = trunc i32 %v.179 to i16
  %v.181 = select i1 %v.119, i16 %v.160, i16 %v.180
  store i16 %v.181, ptr %v.102, align 2
  %v.182 = trunc i64 %v.96 to i32
  %v.183 = trunc i64 %dither to i32
  %v.184 = mul i32 %v.182, 1779033704
  %v.185 = xor i32 %v.183, -2147483648
  %v.186 = add i32 %v.184, %v.185
  %v.187 = bitcast float %square_avg.2 to i32
  %v.188 = lshr i32 %v.186, 16
  %v.189 = add i32 %v.188, %v.187
  %v.190 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.191 = lshr i32 %v.189, 16
  %v.192 = trunc i32 %v.191 to i16
  %v.193 = select i1 %v.190, i16 32704, i16 %v.192
  store i16 %v.193, ptr %v.139, align 2
  %v.194 = add i32 %v.183, -1073741824
  %v.195 = add i32 %v.184, %v.194
  %v.196 = bitcast float %acc_delta.2 to i32
  %v.197 = lshr i32 %v.195, 16
  %v.198 = add i32 %v.197, %v.196
  %v.199 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.200 = lshr i32 %v.198, 16
  %v.201 = trunc i32 %v.200 to i16
  %v.202 = select i1 %v.199, i16 32704, i16 %v.201
  store i16 %v.202, ptr %v.144, align 2
  br label %block.20

block.22:
  %v.203 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.204 = phi i64 [ 0, %block.22 ], [ %v.205, %block.24 ]
  %v.206 = phi i64 [ %v.203, %block.22 ], [ %v.207, %block.24 ]
  %v.208 = icmp sgt i64 %v.206, 0
  br i1 %v.208, label %block.24, label %block.17

block.24:
  %v.207 = add nsw i64 %v.206, -1
  %v.205 = add i64 %v.204, 1
  %v.209 = inttoptr i64 %params to ptr
  %v.210 = getelementptr i16, ptr %v.209, i64 %v.204
  %v.211 = load i16, ptr %v.210, align 2
  %v.212 = bitcast i16 %v.211 to half
  %v.213 = fpext half %v.212 to float
  %v.214 = sext i16 %v.211 to i32
  %v.215 = and i32 %v.214, -2147483648
  %v.216 = and i16 %v.211, 32767
  %v.217 = zext i16 %v.216 to i32
  %v.218 = shl nuw nsw i32 %v.217, 13
  %v.219 = bitcast i32 %v.218 to float
  %v.220 = fmul float %v.219, 0x46F0000000000000
  %v.221 = bitcast float %v.220 to i32
  %v.222 = icmp ugt i16 %v.216, 31743
  %v.223 = or i32 %v.221, 2139095040
  %v.224 = select i1 %v.222, i32 %v.223, i32 %v.221
  %v.225 = or i32 %v.224, %v.215
  %v.226 = bitcast i32 %v.225 to float
  %v.227 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.227, float %v.213, float %v.226
  %v.228 = inttoptr i64 %grads.2 to ptr
  %v.229 = getelementptr i16, ptr %v.228, i64 %v.204
  %v.230 = load i16, ptr %v.229, align 2
  %v.231 = bitcast i16 %v.230 to half
  %v.232 = fpext half %v.231 to float
  %v.233 = sext i16 %v.230 to i32
  %v.234 = and i32 %v.233, -2147483648
  %v.235 = and i16 %v.230, 32767
  %v.236 = zext i16 %v.235 to i32
  %v.237 = shl nuw nsw i32 %v.236, 13
  %v.238 = bitcast i32 %v.237 to float
  %v.239 = fmul float %v.238, 0x46F0000000000000
  %v.240 = bitcast float %v.239 to i32
  %v.241 = icmp ugt i16 %v.235, 31743
  %v.242 = or i32 %v.240, 2139095040
  %v.243 = select i1 %v.241, i32 %v.242, i32 %v.240
  %v.244 = or i32 %v.243, %v.234
  %v.245 = bitcast i32 %v.244 to float
  %v.246 = select i1 %v.227, float %v.232, float %v.245
  %grad.4 = fmul float %v.246, %inv_scale
  %v.247 = fptrunc float %grad.4 to half
  %v.248 = bitcast half %v.247 to i16
  %v.249 = bitcast float %grad.4 to i32
  %v.250 = lshr i32 %v.249, 16
  %v.251 = and i32 %v.250, 32768
  %v.252 = call float @llvm.fabs.f32(float %grad.4)
  %v.253 = bitcast float %v.252 to i32
  %v.254 = lshr i32 %v.253, 13
  %v.255 = and i32 %v.254, 1
  %v.256 = add nsw i32 %v.253, -939520001
  %v.257 = add nsw i32 %v.256, %v.255
  %v.258 = lshr i32 %v.257, 13
  %v.259 = fadd float %v.252, 5.000000e-01
  %v.260 = bitcast float %v.259 to i32
  %v.261 = icmp ult i32 %v.253, 947912704
  %v.262 = select i1 %v.261, i32 %v.260, i32 %v.258
  %v.263 = icmp ugt i32 %v.253, 1199570943
  %v.264 = select i1 %v.263, i32 31744, i32 %v.262
  %v.265 = icmp ugt i32 %v.253, 2139095040
  %v.266 = select i1 %v.265, i32 32256, i32 %v.264
  %v.267 = or i32 %v.266, %v.251
  %v.268 = trunc i32 %v.267 to i16
  %v.269 = select i1 %v.227, i16 %v.248, i16 %v.268
  store i16 %v.269, ptr %v.229, align 2
  %v.270 = inttoptr i64 %square_avgs to ptr
  %v.271 = getelementptr i16, ptr %v.270, i64 %v.204
  %v.272 = load i16, ptr %v.271, align 2
  %v.273 = zext i16 %v.272 to i32
  %v.274 = shl nuw i32 %v.273, 16
  %square_avg.3 = bitcast i32 %v.274 to float
  %v.275 = inttoptr i64 %acc_deltas to ptr
  %v.276 = getelementptr i16, ptr %v.275, i64 %v.204
  %v.277 = load i16, ptr %v.276, align 2
  %v.278 = zext i16 %v.277 to i32
  %v.279 = shl nuw i32 %v.278, 16
  %acc_delta.3 = bitcast i32 %v.279 to float
  %v.280 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.280
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.281 = fmul float %one_minus_rho, %grad.6
  %v.282 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.281, float %grad.6, float %v.282)
  %v.283 = fadd float %eps, %acc_delta.3
  %v.284 = fadd float %square_avg.4, %eps
  %v.285 = call float @llvm.sqrt.f32(float %v.283)
  %v.286 = call float @llvm.sqrt.f32(float %v.284)
  %v.287 = fdiv float %v.285, %v.286
  %delta.2 = fmul float %v.287, %grad.6
  %v.288 = fmul float %one_minus_rho, %delta.2
  %v.289 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.288, float %delta.2, float %v.289)
  %v.290 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.290, float %delta.2, float %param.3)
  %v.291 = fptrunc float %param.4 to half
  %v.292 = bitcast half %v.291 to i16
  %v.293 = bitcast float %param.4 to i32
  %v.294 = lshr i32 %v.293, 16
  %v.295 = and i32 %v.294, 32768
  %v.296 = call float @llvm.fabs.f32(float %param.4)
  %v.297 = bitcast float %v.296 to i32
  %v.298 = lshr i32 %v.297, 13
  %v.299 = and i32 %v.298, 1
  %v.300 = add nsw i32 %v.297, -939520001
  %v.301 = add nsw i32 %v.300, %v.299
  %v.302 = lshr i32 %v.301, 13
  %v.303 = fadd float %v.296, 5.000000e-01
  %v.304 = bitcast float %v.303 to i32
  %v.305 = icmp ult i32 %v.297, 947912704
  %v.306 = select i1 %v.305, i32 %v.304, i32 %v.302
  %v.307 = icmp ugt i32 %v.297, 1199570943
  %v.308 = select i1 %v.307, i32 31744, i32 %v.306
  %v.309 = icmp ugt i32 %v.297, 2139095040
  %v.310 = select i1 %v.309, i32 32256, i32 %v.308
  %v.311 = or i32 %v.310, %v.295
  %v.312 = trunc i32 %v.311 to i16
  %v.313 = select i1 %v.227, i16 %v.292, i16 %v.312
  store i16 %v.313, ptr %v.210, align 2
  %v.314 = trunc i64 %v.204 to i32
  %v.315 = trunc i64 %dither to i32
  %v.316 = mul i32 %v.314, 1779033704
  %v.317 = xor i32 %v.315, -2147483648
  %v.318 = add i32 %v.316, %v.317
  %v.319 = bitcast float %square_avg.4 to i32
  %v.320 = lshr i32 %v.318, 16
  %v.321 = add i32 %v.320, %v.319
  %v.322 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.323 = lshr i32 %v.321, 16
  %v.324 = trunc i32 %v.323 to i16
  %v.325 = select i1 %v.322, i16 32704, i16 %v.324
  store i16 %v.325, ptr %v.271, align 2
  %v.326 = add i32 %v.315, -1073741824
  %v.327 = add i32 %v.316, %v.326
  %v.328 = bitcast float %acc_delta.4 to i32
  %v.329 = lshr i32 %v.327, 16
  %v.330 = add i32 %v.329, %v.328
  %v.331 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.332 = lshr i32 %v.330, 16
  %v.333 = trunc i32 %v.332 to i16
  %v.334 = select i1 %v.331, i16 32704, i16 %v.333
  store i16 %v.334, ptr %v.276, align 2
  br label %block.23

block.25:
  ret void
}
