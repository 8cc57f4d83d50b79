; @generated from generated/cpu/adadelta_cpu_float16_max_wd.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_wd(i64 %begin, i64 %end, i64 %job) {
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
  %v.91 = icmp eq i64 %unscale, 0
  br i1 %v.91, label %block.19, label %block.22

block.19:
  %v.92 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.93 = phi i64 [ 0, %block.19 ], [ %v.94, %block.21 ]
  %v.95 = phi i64 [ %v.92, %block.19 ], [ %v.96, %block.21 ]
  %v.97 = icmp sgt i64 %v.95, 0
  br i1 %v.97, label %block.21, label %block.17

block.21:
  %v.96 = add nsw i64 %v.95, -1
  %v.94 = add i64 %v.93, 1
  %v.98 = inttoptr i64 %params to ptr
  %v.99 = getelementptr i16, ptr %v.98, i64 %v.93
  %v.100 = load i16, ptr %v.99, align 2
  %v.101 = bitcast i16 %v.100 to half
  %v.102 = fpext half %v.101 to float
  %v.103 = sext i16 %v.100 to i32
  %v.104 = and i32 %v.103, -2147483648
  %v.105 = and i16 %v.100, 32767
  %v.106 = zext i16 %v.105 to i32
  %v.107 = shl nuw nsw i32 %v.106, 13
  %v.108 = bitcast i32 %v.107 to float
  %v.109 = fmul float %v.108, 0x46F0000000000000
  %v.110 = bitcast float %v.109 to i32
  %v.111 = icmp ugt i16 %v.105, 31743
  %v.112 = or i32 %v.110, 2139095040
  %v.113 = select i1 %v.111, i32 %v.112, i32 %v.110
  %v.114 = or i32 %v.113, %v.104
  %v.115 = bitcast i32 %v.114 to float
  %v.116 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.116, float %v.102, float %v.115
  %v.117 = inttoptr i64 %grads.2 to ptr
  %v.118 = getelementptr i16, ptr %v.117, i64 %v.93
  %v.119 = load i16, ptr %v.118, align 2
  %v.120 = bitcast i16 %v.119 to half
  %v.121 = fpext half %v.120 to float
  %v.122 = sext i16 %v.119 to i32
  %v.123 = and i32 %v.122, -2147483648
  %v.124 = and i16 %v.119, 32767
  %v.125 = zext i16 %v.124 to i32
  %v.126 = shl nuw nsw i32 %v.125, 13
  %v.127 = bitcast i32 %v.126 to float
  %v.128 = fmul float %v.127, 0x46F0000000000000
  %v.129 = bitcast float %v.128 to i32
  %v.130 = icmp ugt i16 %v.124, 31743
  %v.131 = or i32 %v.129, 2139095040
  %v.132 = select i1 %v.130, i32 %v.131, i32 %v.129
  %v.133 = or i32 %v.132, %v.123
  %v.134 = bitcast i32 %v.133 to float
  %grad = select i1 %v.116, float %v.121, float %v.134
  %v.135 = inttoptr i64 %square_avgs to ptr
  %v.136 = getelementptr i16, ptr %v.135, i64 %v.93
  %v.137 = load i16, ptr %v.136, align 2
  %v.138 = bitcast i16 %v.137 to half
  %v.139 = fpext half %v.138 to float
  %v.140 = sext i16 %v.137 to i32
  %v.141 = and i32 %v.140, -2147483648
  %v.142 = and i16 %v.137, 32767
  %v.143 = zext i16 %v.142 to i32
  %v.144 = shl nuw nsw i32 %v.143, 13
  %v.145 = bitcast i32 %v.144 to float
  %v.146 = fmul float %v.145, 0x46F0000000000000
  %v.147 = bitcast float %v.146 to i32
  %v.148 = icmp ugt i16 %v.142, 31743
  %v.149 = or i32 %v.147, 2139095040
  %v.150 = select i1 %v.148, i32 %v.149, i32 %v.147
  %v.151 = or i32 %v.150, %v.141
  %v.152 = bitcast i32 %v.151 to float
  %square_avg = select i1 %v.116, float %v.139, float %v.152
  %v.153 = inttoptr i64 %acc_deltas to ptr
  %v.154 = getelementptr i16, ptr %v.153, i64 %v.93
  %v.155 = load i16, ptr %v.154, align 2
  %v.156 = bitcast i16 %v.155 to half
  %v.157 = fpext half %v.156 to float
  %v.158 = sext i16 %v.155 to i32
  %v.159 = and i32 %v.158, -2147483648
  %v.160 = and i16 %v.155, 32767
  %v.161 = zext i16 %v.160 to i32
  %v.162 = shl nuw nsw i32 %v.161, 13
  %v.163 = bitcast i32 %v.162 to float
  %v.164 = fmul float %v.163, 0x46F0000000000000
  %v.165 = bitcast float %v.164 to i32
  %v.166 = icmp ugt i16 %v.160, 31743
  %v.167 = or i32 %v.165, 2139095040
  %v.168 = select i1 %v.166, i32 %v.167, i32 %v.165
  %v.169 = or i32 %v.168, %v.159
  %v.170 = bitcast i32 %v.169 to float
  %acc_delta = select i1 %v.116, float %v.157, float %v.170
  %v.171 = fneg float %clip
  %grad.2 = fmul float %grad, %v.171
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.172 = fmul float %one_minus_rho, %grad.3
  %v.173 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.172, float %grad.3, float %v.173)
  %v.174 = fadd float %acc_delta, %eps
  %v.175 = fadd float %square_avg.2, %eps
  %v.176 = call float @llvm.sqrt.f32(float %v.174)
  %v.177 = call float @llvm.sqrt.f32(float %v.175)
  %v.178 = fdiv float %v.176, %v.177
  %delta = fmul float %v.178, %grad.3
  %v.179 = fmul float %one_minus_rho, %delta
  %v.180 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.179, float %delta, float %v.180)
  %v.181 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.181, float %delta, float %param)
  %v.182 = fptrunc float %param.2 to half
  %v.183 = bitcast half %v.182 to i16
  %v.184 = bitcast float %param.2 to i32
  %v.185 = lshr i32 %v.184, 16
  %v.186 = and i32 %v.185, 32768
  %v.187 = call float @llvm.fabs.f32(float %param.2)
  %v.188 = bitcast float %v.187 to i32
  %v.189 = lshr i32 %v.188, 13
  %v.190 = and i32 %v.189, 1
  %v.191 = add nsw i32 %v.188, -939520001
  %v.192 = add nsw i32 %v.191, %v.190
  %v.193 = lshr i32 %v.192, 13
  %v.194 = fadd float %v.187, 5.000000e-01
  %v.195 = bitcast float %v.194 to i32
  %v.196 = icmp ult i32 %v.188, 947912704
  %v.197 = select i1 %v.196, i32 %v.195, i32 %v.193
  %v.198 = icmp ugt i32 %v.188, 1199570943
  %v.199 = select i1 %v.198, i32 31744, i32 %v.197
  %v.200 = icmp ugt i32 %v.188, 2139095040
  %v.201 = select i1 %v.200, i32 32256, i32 %v.199
  %v.202 = or i32 %v.201, %v.186
  %v.203 = trunc i32 %v.202 to i16
  %v.204 = select i1 %v.116, i16 %v.183, i16 %v.203
  store i16 %v.204, ptr %v.99, align 2
  %v.205 = fptrunc float %square_avg.2 to half
  %v.206 = bitcast half %v.205 to i16
  %v.207 = bitcast float %square_avg.2 to i32
  %v.208 = lshr i32 %v.207, 16
  %v.209 = and i32 %v.208, 32768
  %v.210 = call float @llvm.fabs.f32(float %square_avg.2)
  %v.211 = bitcast float %v.210 to i32
  %v.212 = lshr i32 %v.211, 13
  %v.213 = and i32 %v.212, 1
  %v.214 = add nsw i32 %v.211, -939520001
  %v.215 = add nsw i32 %v.214, %v.213
  %v.216 = lshr i32 %v.215, 13
  %v.217 = fadd float %v.210, 5.000000e-01
  %v.218 = bitcast float %v.217 to i32
  %v.219 = icmp ult i32 %v.211, 947912704
  %v.220 = select i1 %v.219, i32 %v.218, i32 %v.216
  %v.221 = icmp ugt i32 %v.211, 1199570943
  %v.222 = select i1 %v.221, i32 31744, i32 %v.220
  %v.223 = icmp ugt i32 %v.211, 2139095040
  %v.224 = select i1 %v.223, i32 32256, i32 %v.222
  %v.225 = or i32 %v.224, %v.209
  %v.226 = trunc i32 %v.225 to i16
  %v.227 = select i1 %v.116, i16 %v.206, i16 %v.226
  store i16 %v.227, ptr %v.136, align 2
  %v.228 = fptrunc float %acc_delta.2 to half
  %v.229 = bitcast half %v.228 to i16
  %v.230 = bitcast float %acc_delta.2 to i32
  %v.231 = lshr i32 %v.230, 16
  %v.232 = and i32 %v.231, 32768
  %v.233 = call float @llvm.fabs.f32(float %acc_delta.2)
  %v.234 = bitcast float %v.233 to i32
  %v.235 = lshr i32 %v.234, 13
  %v.236 = and i32 %v.235, 1
  %v.237 = add nsw i32 %v.234, -939520001
  %v.238 = add nsw i32 %v.237, %v.236
  %v.239 = lshr i32 %v.238, 13
  %v.240 = fadd float %v.233, 5.000000e-01
  %v.241 = bitcast float %v.240 to i32
  %v.242 = icmp ult i32 %v.234, 947912704
  %v.243 = select i1 %v.242, i32 %v.241, i32 %v.239
  %v.244 = icmp ugt i32 %v.234, 1199570943
  %v.245 = select i1 %v.244, i32 31744, i32 %v.243
  %v.246 = icmp ugt i32 %v.234, 2139095040
  %v.247 = select i1 %v.246, i32 32256, i32 %v.245
  %v.248 = or i32 %v.247, %v.232
  %v.249 = trunc i32 %v.248 to i16
  %v.250 = select i1 %v.116, i16 %v.229, i16 %v.249
  store i16 %v.250, ptr %v.154, align 2
  br label %block.20

block.22:
  %v.251 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.252 = phi i64 [ 0, %block.22 ], [ %v.253, %block.24 ]
  %v.254 = phi i64 [ %v.251, %block.22 ], [ %v.255, %block.24 ]
  %v.256 = icmp sgt i64 %v.254, 0
  br i1 %v.256, label %block.24, label %block.17

block.24:
  %v.255 = add nsw i64 %v.254, -1
  %v.253 = add i64 %v.252, 1
  %v.257 = inttoptr i64 %params to ptr
  %v.258 = getelementptr i16, ptr %v.257, i64 %v.252
  %v.259 = load i16, ptr %v.258, align 2
  %v.260 = bitcast i16 %v.259 to half
  %v.261 = fpext half %v.260 to float
  %v.262 = sext i16 %v.259 to i32
  %v.263 = and i32 %v.262, -2147483648
  %v.264 = and i16 %v.259, 32767
  %v.265 = zext i16 %v.264 to i32
  %v.266 = shl nuw nsw i32 %v.265, 13
  %v.267 = bitcast i32 %v.266 to float
  %v.268 = fmul float %v.267, 0x46F0000000000000
  %v.269 = bitcast float %v.268 to i32
  %v.270 = icmp ugt i16 %v.264, 31743
  %v.271 = or i32 %v.269, 2139095040
  %v.272 = select i1 %v.270, i32 %v.271, i32 %v.269
  %v.273 = or i32 %v.272, %v.263
  %v.274 = bitcast i32 %v.273 to float
  %v.275 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.275, float %v.261, float %v.274
  %v.276 = inttoptr i64 %grads.2 to ptr
  %v.277 = getelementptr i16, ptr %v.276, i64 %v.252
  %v.278 = load i16, ptr %v.277, align 2
  %v.279 = bitcast i16 %v.278 to half
  %v.280 = fpext half %v.279 to float
  %v.281 = sext i16 %v.278 to i32
  %v.282 = and i32 %v.281, -2147483648
  %v.283 = and i16 %v.278, 32767
  %v.284 = zext i16 %v.283 to i32
  %v.285 = shl nuw nsw i32 %v.284, 13
  %v.286 = bitcast i32 %v.285 to float
  %v.287 = fmul float %v.286, 0x46F0000000000000
  %v.288 = bitcast float %v.287 to i32
  %v.289 = icmp ugt i16 %v.283, 31743
  %v.290 = or i32 %v.288, 2139095040
  %v.291 = select i1 %v.289, i32 %v.290, i32 %v.288
  %v.292 = or i32 %v.291, %v.282
  %v.293 = bitcast i32 %v.292 to float
  %v.294 = select i1 %v.275, float %v.280, float %v.293
  %grad.4 = fmul float %v.294, %inv_scale
  %v.295 = fptrunc float %grad.4 to half
  %v.296 = bitcast half %v.295 to i16
  %v.297 = bitcast float %grad.4 to i32
  %v.298 = lshr i32 %v.297, 16
  %v.299 = and i32 %v.298, 32768
  %v.300 = call float @llvm.fabs.f32(float %grad.4)
  %v.301 = bitcast float %v.300 to i32
  %v.302 = lshr i32 %v.301, 13
  %v.303 = and i32 %v.302, 1
  %v.304 = add nsw i32 %v.301, -939520001
  %v.305 = add nsw i32 %v.304, %v.303
  %v.306 = lshr i32 %v.305, 13
  %v.307 = fadd float %v.300, 5.000000e-01
  %v.308 = bitcast float %v.307 to i32
  %v.309 = icmp ult i32 %v.301, 947912704
  %v.310 = select i1 %v.309, i32 %v.308, i32 %v.306
  %v.311 = icmp ugt i32 %v.301, 1199570943
  %v.312 = select i1 %v.311, i32 31744, i32 %v.310
  %v.313 = icmp ugt i32 %v.301, 2139095040
  %v.314 = select i1 %v.313, i32 32256, i32 %v.312
  %v.315 = or i32 %v.314, %v.299
  %v.316 = trunc i32 %v.315 to i16
  %v.317 = select i1 %v.275, i16 %v.296, i16 %v.316
  store i16 %v.317, ptr %v.277, align 2
  %v.318 = inttoptr i64 %square_avgs to ptr
  %v.319 = getelementptr i16, ptr %v.318, i64 %v.252
  %v.320 = load i16, ptr %v.319, align 2
  %v.321 = bitcast i16 %v.320 to half
  %v.322 = fpext half %v.321 to float
  %v.323 = sext i16 %v.320 to i32
  %v.324 = and i32 %v.323, -2147483648
  %v.325 = and i16 %v.320, 32767
  %v.326 = zext i16 %v.325 to i32
  %v.327 = shl nuw nsw i32 %v.326, 13
  %v.328 = bitcast i32 %v.327 to float
  %v.329 = fmul float %v.328, 0x46F0000000000000
  %v.330 = bitcast float %v.329 to i32
  %v.331 = icmp ugt i16 %v.325, 31743
  %v.332 = or i32 %v.330, 2139095040
  %v.333 = select i1 %v.331, i32 %v.332, i32 %v.330
  %v.334 = or i32 %v.333, %v.324
  %v.335 = bitcast i32 %v.334 to float
  %square_avg.3 = select i1 %v.275, float %v.322, float %v.335
  %v.336 = inttoptr i64 %acc_deltas to ptr
  %v.337 = getelementptr i16, ptr %v.336, i64 %v.252
  %v.338 = load i16, ptr %v.337, align 2
  %v.339 = bitcast i16 %v.338 to half
  %v.340 = fpext half %v.339 to float
  %v.341 = sext i16 %v.338 to i32
  %v.342 = and i32 %v.341, -2147483648
  %v.343 = and i16 %v.338, 32767
  %v.344 = zext i16 %v.343 to i32
  %v.345 = shl nuw nsw i32 %v.344, 13
  %v.346 = bitcast i32 %v.345 to float
  %v.347 = fmul float %v.346, 0x46F0000000000000
  %v.348 = bitcast float %v.347 to i32
  %v.349 = icmp ugt i16 %v.343, 31743
  %v.350 = or i32 %v.348, 2139095040
  %v.351 = select i1 %v.349, i32 %v.350, i32 %v.348
  %v.352 = or i32 %v.351, %v.342
  %v.353 = bitcast i32 %v.352 to float
  %acc_delta.3 = select i1 %v.275, float %v.340, float %v.353
  %v.354 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.354
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.355 = fmul float %one_minus_rho, %grad.6
  %v.356 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.355, float %grad.6, float %v.356)
  %v.357 = fadd float %acc_delta.3, %eps
  %v.358 = fadd float %square_avg.4, %eps
  %v.359 = call float @llvm.sqrt.f32(float %v.357)
  %v.360 = call float @llvm.sqrt.f32(float %v.358)
  %v.361 = fdiv float %v.359, %v.360
  %delta.2 = fmul float %v.361, %grad.6
  %v.362 = fmul float %one_minus_rho, %delta.2
  %v.363 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.362, float %delta.2, float %v.363)
  %v.364 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.364, float %delta.2, float %param.3)
  %v.365 = fptrunc float %param.4 to half
  %v.366 = bitcast half %v.365 to i16
  %v.367 = bitcast float %param.4 to i32
  %v.368 = lshr i32 %v.367, 16
  %v.369 = and i32 %v.368, 32768
  %v.370 = call float @llvm.fabs.f32(float %param.4)
  %v.371 = bitcast float %v.370 to i32
  %v.372 = lshr i32 %v.371, 13
  %v.373 = and i32 %v.372, 1
  %v.374 = add nsw i32 %v.371, -939520001
  %v.375 = add nsw i32 %v.374, %v.373
  %v.376 = lshr i32 %v.375, 13
  %v.377 = fadd float %v.370, 5.000000e-01
  %v.378 = bitcast float %v.377 to i32
  %v.379 = icmp ult i32 %v.371, 947912704
  %v.380 = select i1 %v.379, i32 %v.378, i32 %v.376
  %v.381 = icmp ugt i32 %v.371, 1199570943
  %v.382 = select i1 %v.381, i32 31744, i32 %v.380
  %v.383 = icmp ugt i32 %v.371, 2139095040
  %v.384 = select i1 %v.383, i32 32256, i32 %v.382
  %v.385 = or i32 %v.384, %v.369
  %v.386 = trunc i32 %v.385 to i16
  %v.387 = select i1 %v.275, i16 %v.366, i16 %v.386
  store i16 %v.387, ptr %v.258, align 2
  %v.388 = fptrunc float %square_avg.4 to half
  %v.389 = bitcast half %v.388 to i16
  %v.390 = bitcast float %square_avg.4 to i32
  %v.391 = lshr i32 %v.390, 16
  %v.392 = and i32 %v.391, 32768
  %v.393 = call float @llvm.fabs.f32(float %square_avg.4)
  %v.394 = bitcast float %v.393 to i32
  %v.395 = lshr i32 %v.394, 13
  %v.396 = and i32 %v.395, 1
  %v.397 = add nsw i32 %v.394, -939520001
  %v.398 = add nsw i32 %v.397, %v.396
  %v.399 = lshr i32 %v.398, 13
  %v.400 = fadd float %v.393, 5.000000e-01
  %v.401 = bitcast float %v.400 to i32
  %v.402 = icmp ult i32 %v.394, 947912704
  %v.403 = select i1 %v.402, i32 %v.401, i32 %v.399
  %v.404 = icmp ugt i32 %v.394, 1199570943
  %v.405 = select i1 %v.404, i32 31744, i32 %v.403
  %v.406 = icmp ugt i32 %v.394, 2139095040
  %v.407 = select i1 %v.406, i32 32256, i32 %v.405
  %v.408 = or i32 %v.407, %v.392
  %v.409 = trunc i32 %v.408 to i16
  %v.410 = select i1 %v.275, i16 %v.389, i16 %v.409
  store i16 %v.410, ptr %v.319, align 2
  %v.411 = fptrunc float %acc_delta.4 to half
  %v.412 = bitcast half %v.411 to i16
  %v.413 = bitcast float %acc_delta.4 to i32
  %v.414 = lshr i32 %v.413, 16
  %v.415 = and i32 %v.414, 32768
  %v.416 = call float @llvm.fabs.f32(float %acc_delta.4)
  %v.417 = bitcast float %v.416 to i32
  %v.418 = lshr i32 %v.417, 13
  %v.419 = and i32 %v.418, 1
  %v.420 = add nsw i32 %v.417, -939520001
  %v.421 = add nsw i32 %v.420, %v.419
  %v.422 = lshr i32 %v.421, 13
  %v.423 = fadd float %v.416, 5.000000e-01
  %v.424 = bitcast float %v.423 to i32
  %v.425 = icmp ult i32 %v.417, 947912704
  %v.426 = select i1 %v.425, i32 %v.424, i32 %v.422
  %v.427 = icmp ugt i32 %v.417, 1199570943
  %v.428 = select i1 %v.427, i32 31744, i32 %v.426
  %v.429 = icmp ugt i32 %v.417, 2139095040
  %v.430 = select i1 %v.429, i32 32256, i32 %v.428
  %v.431 = or i32 %v.430, %v.415
  %v.432 = trunc i32 %v.431 to i16
  %v.433 = select i1 %v.275, i16 %v.412, i16 %v.432
  store i16 %v.433, ptr %v.337, align 2
  br label %block.23

block.25:
  ret void
}
