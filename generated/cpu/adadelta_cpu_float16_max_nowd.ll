; @generated from generated/cpu/adadelta_cpu_float16_max_nowd.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_nowd(i64 %begin, i64 %end, i64 %job) {
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
  %end.2 = load i64, ptr %v.17, align 8
  %v.18 = load i64, ptr %v.16, align 8
  %v.19 = sub i64 %end.2, %v.18
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
  %v.26 = icmp slt i64 %ahead, %end.2
  br i1 %v.26, label %block.6, label %block.16

block.6:
  %v.27 = inttoptr i64 %segments to ptr
  %v.28 = mul i64 %ahead, 24
  %v.29 = getelementptr i8, ptr %v.27, i64 %v.28
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = mul nsw i64 %v.30, 48
  %row = add nsw i64 %rows, %v.31
  %v.32 = getelementptr i8, ptr %v.29, i64 16
  %n = load i64, ptr %v.32, align 8
  %v.33 = icmp slt i64 %n, 1
  br i1 %v.33, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ %v.34, %block.15 ], [ 0, %block.6 ]
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
  %storemerge.2 = phi i64 [ %v.48, %block.14 ], [ 0, %block.10 ]
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
  %v.75 = inttoptr i64 %segments to ptr
  %v.76 = mul i64 %v.21, 24
  %v.77 = getelementptr i8, ptr %v.75, i64 %v.76
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = mul nsw i64 %v.78, 48
  %row.2 = add nsw i64 %rows, %v.79
  %v.80 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.80, align 8
  %v.81 = inttoptr i64 %row.2 to ptr
  %v.82 = getelementptr i8, ptr %v.81, i64 8
  %grad = load i64, ptr %v.82, align 8
  %v.83 = icmp eq i64 %grad, 0
  br i1 %v.83, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.84 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.84, align 8
  %v.85 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.85
  %v.86 = load i64, ptr %v.81, align 8
  %param = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.81, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avg = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.81, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_delta = add nsw i64 %v.90, %v.85
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
  %v.98 = inttoptr i64 %param to ptr
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
  %param.2 = select i1 %v.116, float %v.102, float %v.115
  %v.117 = inttoptr i64 %grad.2 to ptr
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
  %v.135 = select i1 %v.116, float %v.121, float %v.134
  %v.136 = inttoptr i64 %square_avg to ptr
  %v.137 = getelementptr i16, ptr %v.136, i64 %v.93
  %v.138 = load i16, ptr %v.137, align 2
  %v.139 = bitcast i16 %v.138 to half
  %v.140 = fpext half %v.139 to float
  %v.141 = sext i16 %v.138 to i32
  %v.142 = and i32 %v.141, -2147483648
  %v.143 = and i16 %v.138, 32767
  %v.144 = zext i16 %v.143 to i32
  %v.145 = shl nuw nsw i32 %v.144, 13
  %v.146 = bitcast i32 %v.145 to float
  %v.147 = fmul float %v.146, 0x46F0000000000000
  %v.148 = bitcast float %v.147 to i32
  %v.149 = icmp ugt i16 %v.143, 31743
  %v.150 = or i32 %v.148, 2139095040
  %v.151 = select i1 %v.149, i32 %v.150, i32 %v.148
  %v.152 = or i32 %v.151, %v.142
  %v.153 = bitcast i32 %v.152 to float
  %square_avg.2 = select i1 %v.116, float %v.140, float %v.153
  %v.154 = inttoptr i64 %acc_delta to ptr
  %v.155 = getelementptr i16, ptr %v.154, i64 %v.93
  %v.156 = load i16, ptr %v.155, align 2
  %v.157 = bitcast i16 %v.156 to half
  %v.158 = fpext half %v.157 to float
  %v.159 = sext i16 %v.156 to i32
  %v.160 = and i32 %v.159, -2147483648
  %v.161 = and i16 %v.156, 32767
  %v.162 = zext i16 %v.161 to i32
  %v.163 = shl nuw nsw i32 %v.162, 13
  %v.164 = bitcast i32 %v.163 to float
  %v.165 = fmul float %v.164, 0x46F0000000000000
  %v.166 = bitcast float %v.165 to i32
  %v.167 = icmp ugt i16 %v.161, 31743
  %v.168 = or i32 %v.166, 2139095040
  %v.169 = select i1 %v.167, i32 %v.168, i32 %v.166
  %v.170 = or i32 %v.169, %v.160
  %v.171 = bitcast i32 %v.170 to float
  %acc_delta.2 = select i1 %v.116, float %v.158, float %v.171
  %grad.3 = fneg float %v.135
  %v.172 = fmul float %one_minus_rho, %grad.3
  %v.173 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.172, float %grad.3, float %v.173)
  %v.174 = fadd float %acc_delta.2, %eps
  %v.175 = call float @llvm.sqrt.f32(float %v.174)
  %v.176 = fadd float %square_avg.3, %eps
  %v.177 = call float @llvm.sqrt.f32(float %v.176)
  %v.178 = fdiv float %v.175, %v.177
  %delta = fmul float %v.178, %grad.3
  %v.179 = fmul float %one_minus_rho, %delta
  %v.180 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.179, float %delta, float %v.180)
  %v.181 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.181, float %delta, float %param.2)
  %v.182 = fptrunc float %param.3 to half
  %v.183 = bitcast half %v.182 to i16
  %v.184 = bitcast float %param.3 to i32
  %v.185 = lshr i32 %v.184, 16
  %v.186 = and i32 %v.185, 32768
  %v.187 = call float @llvm.fabs.f32(float %param.3)
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
  %v.205 = fptrunc float %square_avg.3 to half
  %v.206 = bitcast half %v.205 to i16
  %v.207 = bitcast float %square_avg.3 to i32
  %v.208 = lshr i32 %v.207, 16
  %v.209 = and i32 %v.208, 32768
  %v.210 = call float @llvm.fabs.f32(float %square_avg.3)
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
  store i16 %v.227, ptr %v.137, align 2
  %v.228 = fptrunc float %acc_delta.3 to half
  %v.229 = bitcast half %v.228 to i16
  %v.230 = bitcast float %acc_delta.3 to i32
  %v.231 = lshr i32 %v.230, 16
  %v.232 = and i32 %v.231, 32768
  %v.233 = call float @llvm.fabs.f32(float %acc_delta.3)
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
  store i16 %v.250, ptr %v.155, align 2
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
  %v.257 = inttoptr i64 %param to ptr
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
  %param.4 = select i1 %v.275, float %v.261, float %v.274
  %v.276 = inttoptr i64 %grad.2 to ptr
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
  %v.295 = inttoptr i64 %square_avg to ptr
  %v.296 = getelementptr i16, ptr %v.295, i64 %v.252
  %v.297 = load i16, ptr %v.296, align 2
  %v.298 = bitcast i16 %v.297 to half
  %v.299 = fpext half %v.298 to float
  %v.300 = sext i16 %v.297 to i32
  %v.301 = and i32 %v.300, -2147483648
  %v.302 = and i16 %v.297, 32767
  %v.303 = zext i16 %v.302 to i32
  %v.304 = shl nuw nsw i32 %v.303, 13
  %v.305 = bitcast i32 %v.304 to float
  %v.306 = fmul float %v.305, 0x46F0000000000000
  %v.307 = bitcast float %v.306 to i32
  %v.308 = icmp ugt i16 %v.302, 31743
  %v.309 = or i32 %v.307, 2139095040
  %v.310 = select i1 %v.308, i32 %v.309, i32 %v.307
  %v.311 = or i32 %v.310, %v.301
  %v.312 = bitcast i32 %v.311 to float
  %square_avg.4 = select i1 %v.275, float %v.299, float %v.312
  %v.313 = inttoptr i64 %acc_delta to ptr
  %v.314 = getelementptr i16, ptr %v.313, i64 %v.252
  %v.315 = load i16, ptr %v.314, align 2
  %v.316 = bitcast i16 %v.315 to half
  %v.317 = fpext half %v.316 to float
  %v.318 = sext i16 %v.315 to i32
  %v.319 = and i32 %v.318, -2147483648
  %v.320 = and i16 %v.315, 32767
  %v.321 = zext i16 %v.320 to i32
  %v.322 = shl nuw nsw i32 %v.321, 13
  %v.323 = bitcast i32 %v.322 to float
  %v.324 = fmul float %v.323, 0x46F0000000000000
  %v.325 = bitcast float %v.324 to i32
  %v.326 = icmp ugt i16 %v.320, 31743
  %v.327 = or i32 %v.325, 2139095040
  %v.328 = select i1 %v.326, i32 %v.327, i32 %v.325
  %v.329 = or i32 %v.328, %v.319
  %v.330 = bitcast i32 %v.329 to float
  %acc_delta.4 = select i1 %v.275, float %v.317, float %v.330
  %v.331 = fptrunc float %grad.4 to half
  %v.332 = bitcast half %v.331 to i16
  %v.333 = bitcast float %grad.4 to i32
  %v.334 = lshr i32 %v.333, 16
  %v.335 = and i32 %v.334, 32768
  %v.336 = call float @llvm.fabs.f32(float %grad.4)
  %v.337 = bitcast float %v.336 to i32
  %v.338 = lshr i32 %v.337, 13
  %v.339 = and i32 %v.338, 1
  %v.340 = add nsw i32 %v.337, -939520001
  %v.341 = add nsw i32 %v.340, %v.339
  %v.342 = lshr i32 %v.341, 13
  %v.343 = fadd float %v.336, 5.000000e-01
  %v.344 = bitcast float %v.343 to i32
  %v.345 = icmp ult i32 %v.337, 947912704
  %v.346 = select i1 %v.345, i32 %v.344, i32 %v.342
  %v.347 = icmp ugt i32 %v.337, 1199570943
  %v.348 = select i1 %v.347, i32 31744, i32 %v.346
  %v.349 = icmp ugt i32 %v.337, 2139095040
  %v.350 = select i1 %v.349, i32 32256, i32 %v.348
  %v.351 = or i32 %v.350, %v.335
  %v.352 = trunc i32 %v.351 to i16
  %v.353 = select i1 %v.275, i16 %v.332, i16 %v.352
  store i16 %v.353, ptr %v.277, align 2
  %grad.5 = fneg float %grad.4
  %v.354 = fmul float %one_minus_rho, %grad.5
  %v.355 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.354, float %grad.5, float %v.355)
  %v.356 = fadd float %acc_delta.4, %eps
  %v.357 = call float @llvm.sqrt.f32(float %v.356)
  %v.358 = fadd float %square_avg.5, %eps
  %v.359 = call float @llvm.sqrt.f32(float %v.358)
  %v.360 = fdiv float %v.357, %v.359
  %delta.2 = fmul float %v.360, %grad.5
  %v.361 = fmul float %one_minus_rho, %delta.2
  %v.362 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.361, float %delta.2, float %v.362)
  %v.363 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.363, float %delta.2, float %param.4)
  %v.364 = fptrunc float %param.5 to half
  %v.365 = bitcast half %v.364 to i16
  %v.366 = bitcast float %param.5 to i32
  %v.367 = lshr i32 %v.366, 16
  %v.368 = and i32 %v.367, 32768
  %v.369 = call float @llvm.fabs.f32(float %param.5)
  %v.370 = bitcast float %v.369 to i32
  %v.371 = lshr i32 %v.370, 13
  %v.372 = and i32 %v.371, 1
  %v.373 = add nsw i32 %v.370, -939520001
  %v.374 = add nsw i32 %v.373, %v.372
  %v.375 = lshr i32 %v.374, 13
  %v.376 = fadd float %v.369, 5.000000e-01
  %v.377 = bitcast float %v.376 to i32
  %v.378 = icmp ult i32 %v.370, 947912704
  %v.379 = select i1 %v.378, i32 %v.377, i32 %v.375
  %v.380 = icmp ugt i32 %v.370, 1199570943
  %v.381 = select i1 %v.380, i32 31744, i32 %v.379
  %v.382 = icmp ugt i32 %v.370, 2139095040
  %v.383 = select i1 %v.382, i32 32256, i32 %v.381
  %v.384 = or i32 %v.383, %v.368
  %v.385 = trunc i32 %v.384 to i16
  %v.386 = select i1 %v.275, i16 %v.365, i16 %v.385
  store i16 %v.386, ptr %v.258, align 2
  %v.387 = fptrunc float %square_avg.5 to half
  %v.388 = bitcast half %v.387 to i16
  %v.389 = bitcast float %square_avg.5 to i32
  %v.390 = lshr i32 %v.389, 16
  %v.391 = and i32 %v.390, 32768
  %v.392 = call float @llvm.fabs.f32(float %square_avg.5)
  %v.393 = bitcast float %v.392 to i32
  %v.394 = lshr i32 %v.393, 13
  %v.395 = and i32 %v.394, 1
  %v.396 = add nsw i32 %v.393, -939520001
  %v.397 = add nsw i32 %v.396, %v.395
  %v.398 = lshr i32 %v.397, 13
  %v.399 = fadd float %v.392, 5.000000e-01
  %v.400 = bitcast float %v.399 to i32
  %v.401 = icmp ult i32 %v.393, 947912704
  %v.402 = select i1 %v.401, i32 %v.400, i32 %v.398
  %v.403 = icmp ugt i32 %v.393, 1199570943
  %v.404 = select i1 %v.403, i32 31744, i32 %v.402
  %v.405 = icmp ugt i32 %v.393, 2139095040
  %v.406 = select i1 %v.405, i32 32256, i32 %v.404
  %v.407 = or i32 %v.406, %v.391
  %v.408 = trunc i32 %v.407 to i16
  %v.409 = select i1 %v.275, i16 %v.388, i16 %v.408
  store i16 %v.409, ptr %v.296, align 2
  %v.410 = fptrunc float %acc_delta.5 to half
  %v.411 = bitcast half %v.410 to i16
  %v.412 = bitcast float %acc_delta.5 to i32
  %v.413 = lshr i32 %v.412, 16
  %v.414 = and i32 %v.413, 32768
  %v.415 = call float @llvm.fabs.f32(float %acc_delta.5)
  %v.416 = bitcast float %v.415 to i32
  %v.417 = lshr i32 %v.416, 13
  %v.418 = and i32 %v.417, 1
  %v.419 = add nsw i32 %v.416, -939520001
  %v.420 = add nsw i32 %v.419, %v.418
  %v.421 = lshr i32 %v.420, 13
  %v.422 = fadd float %v.415, 5.000000e-01
  %v.423 = bitcast float %v.422 to i32
  %v.424 = icmp ult i32 %v.416, 947912704
  %v.425 = select i1 %v.424, i32 %v.423, i32 %v.421
  %v.426 = icmp ugt i32 %v.416, 1199570943
  %v.427 = select i1 %v.426, i32 31744, i32 %v.425
  %v.428 = icmp ugt i32 %v.416, 2139095040
  %v.429 = select i1 %v.428, i32 32256, i32 %v.427
  %v.430 = or i32 %v.429, %v.414
  %v.431 = trunc i32 %v.430 to i16
  %v.432 = select i1 %v.275, i16 %v.411, i16 %v.431
  store i16 %v.432, ptr %v.314, align 2
  br label %block.23

block.25:
  ret void
}
