; @generated from generated/cpu/adadelta_cpu_float16_min_wd.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_wd(i64 %begin, i64 %end, i64 %job) {
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
  %end.2 = load i64, ptr %v.18, align 8
  %v.19 = load i64, ptr %v.17, align 8
  %v.20 = sub i64 %end.2, %v.19
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
  %v.27 = icmp slt i64 %ahead, %end.2
  br i1 %v.27, label %block.6, label %block.16

block.6:
  %v.28 = inttoptr i64 %segments to ptr
  %v.29 = mul i64 %ahead, 24
  %v.30 = getelementptr i8, ptr %v.28, i64 %v.29
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = mul nsw i64 %v.31, 48
  %row = add nsw i64 %rows, %v.32
  %v.33 = getelementptr i8, ptr %v.30, i64 16
  %n = load i64, ptr %v.33, align 8
  %v.34 = icmp slt i64 %n, 1
  br i1 %v.34, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ %v.35, %block.15 ], [ 0, %block.6 ]
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
  %storemerge.2 = phi i64 [ %v.49, %block.14 ], [ 0, %block.10 ]
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
  %v.76 = inttoptr i64 %segments to ptr
  %v.77 = mul i64 %v.22, 24
  %v.78 = getelementptr i8, ptr %v.76, i64 %v.77
  %v.79 = load i64, ptr %v.78, align 8
  %v.80 = mul nsw i64 %v.79, 48
  %row.2 = add nsw i64 %rows, %v.80
  %v.81 = getelementptr i8, ptr %v.78, i64 16
  %n.2 = load i64, ptr %v.81, align 8
  %v.82 = inttoptr i64 %row.2 to ptr
  %v.83 = getelementptr i8, ptr %v.82, i64 8
  %grad = load i64, ptr %v.83, align 8
  %v.84 = icmp eq i64 %grad, 0
  br i1 %v.84, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.85 = getelementptr i8, ptr %v.78, i64 8
  %first = load i64, ptr %v.85, align 8
  %v.86 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.86
  %v.87 = load i64, ptr %v.82, align 8
  %param = add nsw i64 %v.87, %v.86
  %v.88 = getelementptr i8, ptr %v.82, i64 16
  %v.89 = load i64, ptr %v.88, align 8
  %square_avg = add nsw i64 %v.89, %v.86
  %v.90 = getelementptr i8, ptr %v.82, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_delta = add nsw i64 %v.91, %v.86
  %v.92 = icmp eq i64 %unscale, 0
  br i1 %v.92, label %block.19, label %block.22

block.19:
  %v.93 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.94 = phi i64 [ 0, %block.19 ], [ %v.95, %block.21 ]
  %v.96 = phi i64 [ %v.93, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = icmp sgt i64 %v.96, 0
  br i1 %v.98, label %block.21, label %block.17

block.21:
  %v.97 = add nsw i64 %v.96, -1
  %v.95 = add i64 %v.94, 1
  %v.99 = inttoptr i64 %param to ptr
  %v.100 = getelementptr i16, ptr %v.99, i64 %v.94
  %v.101 = load i16, ptr %v.100, align 2
  %v.102 = bitcast i16 %v.101 to half
  %v.103 = fpext half %v.102 to float
  %v.104 = sext i16 %v.101 to i32
  %v.105 = and i32 %v.104, -2147483648
  %v.106 = and i16 %v.101, 32767
  %v.107 = zext i16 %v.106 to i32
  %v.108 = shl nuw nsw i32 %v.107, 13
  %v.109 = bitcast i32 %v.108 to float
  %v.110 = fmul float %v.109, 0x46F0000000000000
  %v.111 = bitcast float %v.110 to i32
  %v.112 = icmp ugt i16 %v.106, 31743
  %v.113 = or i32 %v.111, 2139095040
  %v.114 = select i1 %v.112, i32 %v.113, i32 %v.111
  %v.115 = or i32 %v.114, %v.105
  %v.116 = bitcast i32 %v.115 to float
  %v.117 = load i1, ptr @has_half_conversions, align 1
  %param.2 = select i1 %v.117, float %v.103, float %v.116
  %v.118 = inttoptr i64 %grad.2 to ptr
  %v.119 = getelementptr i16, ptr %v.118, i64 %v.94
  %v.120 = load i16, ptr %v.119, align 2
  %v.121 = bitcast i16 %v.120 to half
  %v.122 = fpext half %v.121 to float
  %v.123 = sext i16 %v.120 to i32
  %v.124 = and i32 %v.123, -2147483648
  %v.125 = and i16 %v.120, 32767
  %v.126 = zext i16 %v.125 to i32
  %v.127 = shl nuw nsw i32 %v.126, 13
  %v.128 = bitcast i32 %v.127 to float
  %v.129 = fmul float %v.128, 0x46F0000000000000
  %v.130 = bitcast float %v.129 to i32
  %v.131 = icmp ugt i16 %v.125, 31743
  %v.132 = or i32 %v.130, 2139095040
  %v.133 = select i1 %v.131, i32 %v.132, i32 %v.130
  %v.134 = or i32 %v.133, %v.124
  %v.135 = bitcast i32 %v.134 to float
  %v.136 = select i1 %v.117, float %v.122, float %v.135
  %v.137 = inttoptr i64 %square_avg to ptr
  %v.138 = getelementptr i16, ptr %v.137, i64 %v.94
  %v.139 = load i16, ptr %v.138, align 2
  %v.140 = bitcast i16 %v.139 to half
  %v.141 = fpext half %v.140 to float
  %v.142 = sext i16 %v.139 to i32
  %v.143 = and i32 %v.142, -2147483648
  %v.144 = and i16 %v.139, 32767
  %v.145 = zext i16 %v.144 to i32
  %v.146 = shl nuw nsw i32 %v.145, 13
  %v.147 = bitcast i32 %v.146 to float
  %v.148 = fmul float %v.147, 0x46F0000000000000
  %v.149 = bitcast float %v.148 to i32
  %v.150 = icmp ugt i16 %v.144, 31743
  %v.151 = or i32 %v.149, 2139095040
  %v.152 = select i1 %v.150, i32 %v.151, i32 %v.149
  %v.153 = or i32 %v.152, %v.143
  %v.154 = bitcast i32 %v.153 to float
  %square_avg.2 = select i1 %v.117, float %v.141, float %v.154
  %v.155 = inttoptr i64 %acc_delta to ptr
  %v.156 = getelementptr i16, ptr %v.155, i64 %v.94
  %v.157 = load i16, ptr %v.156, align 2
  %v.158 = bitcast i16 %v.157 to half
  %v.159 = fpext half %v.158 to float
  %v.160 = sext i16 %v.157 to i32
  %v.161 = and i32 %v.160, -2147483648
  %v.162 = and i16 %v.157, 32767
  %v.163 = zext i16 %v.162 to i32
  %v.164 = shl nuw nsw i32 %v.163, 13
  %v.165 = bitcast i32 %v.164 to float
  %v.166 = fmul float %v.165, 0x46F0000000000000
  %v.167 = bitcast float %v.166 to i32
  %v.168 = icmp ugt i16 %v.162, 31743
  %v.169 = or i32 %v.167, 2139095040
  %v.170 = select i1 %v.168, i32 %v.169, i32 %v.167
  %v.171 = or i32 %v.170, %v.161
  %v.172 = bitcast i32 %v.171 to float
  %acc_delta.2 = select i1 %v.117, float %v.159, float %v.172
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.2, float %v.136)
  %v.173 = fmul float %one_minus_rho, %grad.3
  %v.174 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.173, float %grad.3, float %v.174)
  %v.175 = fadd float %acc_delta.2, %eps
  %v.176 = call float @llvm.sqrt.f32(float %v.175)
  %v.177 = fadd float %square_avg.3, %eps
  %v.178 = call float @llvm.sqrt.f32(float %v.177)
  %v.179 = fdiv float %v.176, %v.178
  %delta = fmul float %v.179, %grad.3
  %v.180 = fmul float %one_minus_rho, %delta
  %v.181 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.180, float %delta, float %v.181)
  %v.182 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.182, float %delta, float %param.2)
  %v.183 = fptrunc float %param.3 to half
  %v.184 = bitcast half %v.183 to i16
  %v.185 = bitcast float %param.3 to i32
  %v.186 = lshr i32 %v.185, 16
  %v.187 = and i32 %v.186, 32768
  %v.188 = call float @llvm.fabs.f32(float %param.3)
  %v.189 = bitcast float %v.188 to i32
  %v.190 = lshr i32 %v.189, 13
  %v.191 = and i32 %v.190, 1
  %v.192 = add nsw i32 %v.189, -939520001
  %v.193 = add nsw i32 %v.192, %v.191
  %v.194 = lshr i32 %v.193, 13
  %v.195 = fadd float %v.188, 5.000000e-01
  %v.196 = bitcast float %v.195 to i32
  %v.197 = icmp ult i32 %v.189, 947912704
  %v.198 = select i1 %v.197, i32 %v.196, i32 %v.194
  %v.199 = icmp ugt i32 %v.189, 1199570943
  %v.200 = select i1 %v.199, i32 31744, i32 %v.198
  %v.201 = icmp ugt i32 %v.189, 2139095040
  %v.202 = select i1 %v.201, i32 32256, i32 %v.200
  %v.203 = or i32 %v.202, %v.187
  %v.204 = trunc i32 %v.203 to i16
  %v.205 = select i1 %v.117, i16 %v.184, i16 %v.204
  store i16 %v.205, ptr %v.100, align 2
  %v.206 = fptrunc float %square_avg.3 to half
  %v.207 = bitcast half %v.206 to i16
  %v.208 = bitcast float %square_avg.3 to i32
  %v.209 = lshr i32 %v.208, 16
  %v.210 = and i32 %v.209, 32768
  %v.211 = call float @llvm.fabs.f32(float %square_avg.3)
  %v.212 = bitcast float %v.211 to i32
  %v.213 = lshr i32 %v.212, 13
  %v.214 = and i32 %v.213, 1
  %v.215 = add nsw i32 %v.212, -939520001
  %v.216 = add nsw i32 %v.215, %v.214
  %v.217 = lshr i32 %v.216, 13
  %v.218 = fadd float %v.211, 5.000000e-01
  %v.219 = bitcast float %v.218 to i32
  %v.220 = icmp ult i32 %v.212, 947912704
  %v.221 = select i1 %v.220, i32 %v.219, i32 %v.217
  %v.222 = icmp ugt i32 %v.212, 1199570943
  %v.223 = select i1 %v.222, i32 31744, i32 %v.221
  %v.224 = icmp ugt i32 %v.212, 2139095040
  %v.225 = select i1 %v.224, i32 32256, i32 %v.223
  %v.226 = or i32 %v.225, %v.210
  %v.227 = trunc i32 %v.226 to i16
  %v.228 = select i1 %v.117, i16 %v.207, i16 %v.227
  store i16 %v.228, ptr %v.138, align 2
  %v.229 = fptrunc float %acc_delta.3 to half
  %v.230 = bitcast half %v.229 to i16
  %v.231 = bitcast float %acc_delta.3 to i32
  %v.232 = lshr i32 %v.231, 16
  %v.233 = and i32 %v.232, 32768
  %v.234 = call float @llvm.fabs.f32(float %acc_delta.3)
  %v.235 = bitcast float %v.234 to i32
  %v.236 = lshr i32 %v.235, 13
  %v.237 = and i32 %v.236, 1
  %v.238 = add nsw i32 %v.235, -939520001
  %v.239 = add nsw i32 %v.238, %v.237
  %v.240 = lshr i32 %v.239, 13
  %v.241 = fadd float %v.234, 5.000000e-01
  %v.242 = bitcast float %v.241 to i32
  %v.243 = icmp ult i32 %v.235, 947912704
  %v.244 = select i1 %v.243, i32 %v.242, i32 %v.240
  %v.245 = icmp ugt i32 %v.235, 1199570943
  %v.246 = select i1 %v.245, i32 31744, i32 %v.244
  %v.247 = icmp ugt i32 %v.235, 2139095040
  %v.248 = select i1 %v.247, i32 32256, i32 %v.246
  %v.249 = or i32 %v.248, %v.233
  %v.250 = trunc i32 %v.249 to i16
  %v.251 = select i1 %v.117, i16 %v.230, i16 %v.250
  store i16 %v.251, ptr %v.156, align 2
  br label %block.20

block.22:
  %v.252 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.253 = phi i64 [ 0, %block.22 ], [ %v.254, %block.24 ]
  %v.255 = phi i64 [ %v.252, %block.22 ], [ %v.256, %block.24 ]
  %v.257 = icmp sgt i64 %v.255, 0
  br i1 %v.257, label %block.24, label %block.17

block.24:
  %v.256 = add nsw i64 %v.255, -1
  %v.254 = add i64 %v.253, 1
  %v.258 = inttoptr i64 %param to ptr
  %v.259 = getelementptr i16, ptr %v.258, i64 %v.253
  %v.260 = load i16, ptr %v.259, align 2
  %v.261 = bitcast i16 %v.260 to half
  %v.262 = fpext half %v.261 to float
  %v.263 = sext i16 %v.260 to i32
  %v.264 = and i32 %v.263, -2147483648
  %v.265 = and i16 %v.260, 32767
  %v.266 = zext i16 %v.265 to i32
  %v.267 = shl nuw nsw i32 %v.266, 13
  %v.268 = bitcast i32 %v.267 to float
  %v.269 = fmul float %v.268, 0x46F0000000000000
  %v.270 = bitcast float %v.269 to i32
  %v.271 = icmp ugt i16 %v.265, 31743
  %v.272 = or i32 %v.270, 2139095040
  %v.273 = select i1 %v.271, i32 %v.272, i32 %v.270
  %v.274 = or i32 %v.273, %v.264
  %v.275 = bitcast i32 %v.274 to float
  %v.276 = load i1, ptr @has_half_conversions, align 1
  %param.4 = select i1 %v.276, float %v.262, float %v.275
  %v.277 = inttoptr i64 %grad.2 to ptr
  %v.278 = getelementptr i16, ptr %v.277, i64 %v.253
  %v.279 = load i16, ptr %v.278, align 2
  %v.280 = bitcast i16 %v.279 to half
  %v.281 = fpext half %v.280 to float
  %v.282 = sext i16 %v.279 to i32
  %v.283 = and i32 %v.282, -2147483648
  %v.284 = and i16 %v.279, 32767
  %v.285 = zext i16 %v.284 to i32
  %v.286 = shl nuw nsw i32 %v.285, 13
  %v.287 = bitcast i32 %v.286 to float
  %v.288 = fmul float %v.287, 0x46F0000000000000
  %v.289 = bitcast float %v.288 to i32
  %v.290 = icmp ugt i16 %v.284, 31743
  %v.291 = or i32 %v.289, 2139095040
  %v.292 = select i1 %v.290, i32 %v.291, i32 %v.289
  %v.293 = or i32 %v.292, %v.283
  %v.294 = bitcast i32 %v.293 to float
  %v.295 = select i1 %v.276, float %v.281, float %v.294
  %grad.4 = fmul float %v.295, %inv_scale
  %v.296 = inttoptr i64 %square_avg to ptr
  %v.297 = getelementptr i16, ptr %v.296, i64 %v.253
  %v.298 = load i16, ptr %v.297, align 2
  %v.299 = bitcast i16 %v.298 to half
  %v.300 = fpext half %v.299 to float
  %v.301 = sext i16 %v.298 to i32
  %v.302 = and i32 %v.301, -2147483648
  %v.303 = and i16 %v.298, 32767
  %v.304 = zext i16 %v.303 to i32
  %v.305 = shl nuw nsw i32 %v.304, 13
  %v.306 = bitcast i32 %v.305 to float
  %v.307 = fmul float %v.306, 0x46F0000000000000
  %v.308 = bitcast float %v.307 to i32
  %v.309 = icmp ugt i16 %v.303, 31743
  %v.310 = or i32 %v.308, 2139095040
  %v.311 = select i1 %v.309, i32 %v.310, i32 %v.308
  %v.312 = or i32 %v.311, %v.302
  %v.313 = bitcast i32 %v.312 to float
  %square_avg.4 = select i1 %v.276, float %v.300, float %v.313
  %v.314 = inttoptr i64 %acc_delta to ptr
  %v.315 = getelementptr i16, ptr %v.314, i64 %v.253
  %v.316 = load i16, ptr %v.315, align 2
  %v.317 = bitcast i16 %v.316 to half
  %v.318 = fpext half %v.317 to float
  %v.319 = sext i16 %v.316 to i32
  %v.320 = and i32 %v.319, -2147483648
  %v.321 = and i16 %v.316, 32767
  %v.322 = zext i16 %v.321 to i32
  %v.323 = shl nuw nsw i32 %v.322, 13
  %v.324 = bitcast i32 %v.323 to float
  %v.325 = fmul float %v.324, 0x46F0000000000000
  %v.326 = bitcast float %v.325 to i32
  %v.327 = icmp ugt i16 %v.321, 31743
  %v.328 = or i32 %v.326, 2139095040
  %v.329 = select i1 %v.327, i32 %v.328, i32 %v.326
  %v.330 = or i32 %v.329, %v.320
  %v.331 = bitcast i32 %v.330 to float
  %acc_delta.4 = select i1 %v.276, float %v.318, float %v.331
  %v.332 = fptrunc float %grad.4 to half
  %v.333 = bitcast half %v.332 to i16
  %v.334 = bitcast float %grad.4 to i32
  %v.335 = lshr i32 %v.334, 16
  %v.336 = and i32 %v.335, 32768
  %v.337 = call float @llvm.fabs.f32(float %grad.4)
  %v.338 = bitcast float %v.337 to i32
  %v.339 = lshr i32 %v.338, 13
  %v.340 = and i32 %v.339, 1
  %v.341 = add nsw i32 %v.338, -939520001
  %v.342 = add nsw i32 %v.341, %v.340
  %v.343 = lshr i32 %v.342, 13
  %v.344 = fadd float %v.337, 5.000000e-01
  %v.345 = bitcast float %v.344 to i32
  %v.346 = icmp ult i32 %v.338, 947912704
  %v.347 = select i1 %v.346, i32 %v.345, i32 %v.343
  %v.348 = icmp ugt i32 %v.338, 1199570943
  %v.349 = select i1 %v.348, i32 31744, i32 %v.347
  %v.350 = icmp ugt i32 %v.338, 2139095040
  %v.351 = select i1 %v.350, i32 32256, i32 %v.349
  %v.352 = or i32 %v.351, %v.336
  %v.353 = trunc i32 %v.352 to i16
  %v.354 = select i1 %v.276, i16 %v.333, i16 %v.353
  store i16 %v.354, ptr %v.278, align 2
  %grad.5 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.4, float %grad.4)
  %v.355 = fmul float %one_minus_rho, %grad.5
  %v.356 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.355, float %grad.5, float %v.356)
  %v.357 = fadd float %acc_delta.4, %eps
  %v.358 = call float @llvm.sqrt.f32(float %v.357)
  %v.359 = fadd float %square_avg.5, %eps
  %v.360 = call float @llvm.sqrt.f32(float %v.359)
  %v.361 = fdiv float %v.358, %v.360
  %delta.2 = fmul float %v.361, %grad.5
  %v.362 = fmul float %one_minus_rho, %delta.2
  %v.363 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.362, float %delta.2, float %v.363)
  %v.364 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.364, float %delta.2, float %param.4)
  %v.365 = fptrunc float %param.5 to half
  %v.366 = bitcast half %v.365 to i16
  %v.367 = bitcast float %param.5 to i32
  %v.368 = lshr i32 %v.367, 16
  %v.369 = and i32 %v.368, 32768
  %v.370 = call float @llvm.fabs.f32(float %param.5)
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
  %v.387 = select i1 %v.276, i16 %v.366, i16 %v.386
  store i16 %v.387, ptr %v.259, align 2
  %v.388 = fptrunc float %square_avg.5 to half
  %v.389 = bitcast half %v.388 to i16
  %v.390 = bitcast float %square_avg.5 to i32
  %v.391 = lshr i32 %v.390, 16
  %v.392 = and i32 %v.391, 32768
  %v.393 = call float @llvm.fabs.f32(float %square_avg.5)
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
  %v.410 = select i1 %v.276, i16 %v.389, i16 %v.409
  store i16 %v.410, ptr %v.297, align 2
  %v.411 = fptrunc float %acc_delta.5 to half
  %v.412 = bitcast half %v.411 to i16
  %v.413 = bitcast float %acc_delta.5 to i32
  %v.414 = lshr i32 %v.413, 16
  %v.415 = and i32 %v.414, 32768
  %v.416 = call float @llvm.fabs.f32(float %acc_delta.5)
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
  %v.433 = select i1 %v.276, i16 %v.412, i16 %v.432
  store i16 %v.433, ptr %v.315, align 2
  br label %block.23

block.25:
  ret void
}
