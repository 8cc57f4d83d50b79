; @generated from generated/cpu/adadelta_cpu_float16_max_wd_float32state.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_wd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.64 = shl nsw i64 %n, 2
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 60
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
  %v.90 = shl nsw i64 %first, 2
  %square_avg = add nsw i64 %v.89, %v.90
  %v.91 = getelementptr i8, ptr %v.82, i64 24
  %v.92 = load i64, ptr %v.91, align 8
  %acc_delta = add nsw i64 %v.92, %v.90
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
  %v.100 = inttoptr i64 %param to ptr
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
  %param.2 = select i1 %v.118, float %v.104, float %v.117
  %v.119 = inttoptr i64 %grad.2 to ptr
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
  %v.137 = select i1 %v.118, float %v.123, float %v.136
  %v.138 = inttoptr i64 %square_avg to ptr
  %v.139 = getelementptr float, ptr %v.138, i64 %v.95
  %square_avg.2 = load float, ptr %v.139, align 4
  %v.140 = inttoptr i64 %acc_delta to ptr
  %v.141 = getelementptr float, ptr %v.140, i64 %v.95
  %acc_delta.2 = load float, ptr %v.141, align 4
  %grad.3 = fneg float %v.137
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.2, float %grad.3)
  %v.142 = fmul float %one_minus_rho, %grad.4
  %v.143 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.142, float %grad.4, float %v.143)
  %v.144 = fadd float %acc_delta.2, %eps
  %v.145 = call float @llvm.sqrt.f32(float %v.144)
  %v.146 = fadd float %square_avg.3, %eps
  %v.147 = call float @llvm.sqrt.f32(float %v.146)
  %v.148 = fdiv float %v.145, %v.147
  %delta = fmul float %v.148, %grad.4
  %v.149 = fmul float %one_minus_rho, %delta
  %v.150 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.149, float %delta, float %v.150)
  %v.151 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.151, float %delta, float %param.2)
  %v.152 = fptrunc float %param.3 to half
  %v.153 = bitcast half %v.152 to i16
  %v.154 = bitcast float %param.3 to i32
  %v.155 = lshr i32 %v.154, 16
  %v.156 = and i32 %v.155, 32768
  %v.157 = call float @llvm.fabs.f32(float %param.3)
  %v.158 = bitcast float %v.157 to i32
  %v.159 = lshr i32 %v.158, 13
  %v.160 = and i32 %v.159, 1
  %v.161 = add nsw i32 %v.158, -939520001
  %v.162 = add nsw i32 %v.161, %v.160
  %v.163 = lshr i32 %v.162, 13
  %v.164 = fadd float %v.157, 5.000000e-01
  %v.165 = bitcast float %v.164 to i32
  %v.166 = icmp ult i32 %v.158, 947912704
  %v.167 = select i1 %v.166, i32 %v.165, i32 %v.163
  %v.168 = icmp ugt i32 %v.158, 1199570943
  %v.169 = select i1 %v.168, i32 31744, i32 %v.167
  %v.170 = icmp ugt i32 %v.158, 2139095040
  %v.171 = select i1 %v.170, i32 32256, i32 %v.169
  %v.172 = or i32 %v.171, %v.156
  %v.173 = trunc i32 %v.172 to i16
  %v.174 = select i1 %v.118, i16 %v.153, i16 %v.173
  store i16 %v.174, ptr %v.101, align 2
  store float %square_avg.3, ptr %v.139, align 4
  store float %acc_delta.3, ptr %v.141, align 4
  br label %block.20

block.22:
  %v.175 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.176 = phi i64 [ 0, %block.22 ], [ %v.177, %block.24 ]
  %v.178 = phi i64 [ %v.175, %block.22 ], [ %v.179, %block.24 ]
  %v.180 = icmp sgt i64 %v.178, 0
  br i1 %v.180, label %block.24, label %block.17

block.24:
  %v.179 = add nsw i64 %v.178, -1
  %v.177 = add i64 %v.176, 1
  %v.181 = inttoptr i64 %param to ptr
  %v.182 = getelementptr i16, ptr %v.181, i64 %v.176
  %v.183 = load i16, ptr %v.182, align 2
  %v.184 = bitcast i16 %v.183 to half
  %v.185 = fpext half %v.184 to float
  %v.186 = sext i16 %v.183 to i32
  %v.187 = and i32 %v.186, -2147483648
  %v.188 = and i16 %v.183, 32767
  %v.189 = zext i16 %v.188 to i32
  %v.190 = shl nuw nsw i32 %v.189, 13
  %v.191 = bitcast i32 %v.190 to float
  %v.192 = fmul float %v.191, 0x46F0000000000000
  %v.193 = bitcast float %v.192 to i32
  %v.194 = icmp ugt i16 %v.188, 31743
  %v.195 = or i32 %v.193, 2139095040
  %v.196 = select i1 %v.194, i32 %v.195, i32 %v.193
  %v.197 = or i32 %v.196, %v.187
  %v.198 = bitcast i32 %v.197 to float
  %v.199 = load i1, ptr @has_half_conversions, align 1
  %param.4 = select i1 %v.199, float %v.185, float %v.198
  %v.200 = inttoptr i64 %grad.2 to ptr
  %v.201 = getelementptr i16, ptr %v.200, i64 %v.176
  %v.202 = load i16, ptr %v.201, align 2
  %v.203 = bitcast i16 %v.202 to half
  %v.204 = fpext half %v.203 to float
  %v.205 = sext i16 %v.202 to i32
  %v.206 = and i32 %v.205, -2147483648
  %v.207 = and i16 %v.202, 32767
  %v.208 = zext i16 %v.207 to i32
  %v.209 = shl nuw nsw i32 %v.208, 13
  %v.210 = bitcast i32 %v.209 to float
  %v.211 = fmul float %v.210, 0x46F0000000000000
  %v.212 = bitcast float %v.211 to i32
  %v.213 = icmp ugt i16 %v.207, 31743
  %v.214 = or i32 %v.212, 2139095040
  %v.215 = select i1 %v.213, i32 %v.214, i32 %v.212
  %v.216 = or i32 %v.215, %v.206
  %v.217 = bitcast i32 %v.216 to float
  %v.218 = select i1 %v.199, float %v.204, float %v.217
  %grad.5 = fmul float %v.218, %inv_scale
  %v.219 = inttoptr i64 %square_avg to ptr
  %v.220 = getelementptr float, ptr %v.219, i64 %v.176
  %square_avg.4 = load float, ptr %v.220, align 4
  %v.221 = inttoptr i64 %acc_delta to ptr
  %v.222 = getelementptr float, ptr %v.221, i64 %v.176
  %acc_delta.4 = load float, ptr %v.222, align 4
  %v.223 = fptrunc float %grad.5 to half
  %v.224 = bitcast half %v.223 to i16
  %v.225 = bitcast float %grad.5 to i32
  %v.226 = lshr i32 %v.225, 16
  %v.227 = and i32 %v.226, 32768
  %v.228 = call float @llvm.fabs.f32(float %grad.5)
  %v.229 = bitcast float %v.228 to i32
  %v.230 = lshr i32 %v.229, 13
  %v.231 = and i32 %v.230, 1
  %v.232 = add nsw i32 %v.229, -939520001
  %v.233 = add nsw i32 %v.232, %v.231
  %v.234 = lshr i32 %v.233, 13
  %v.235 = fadd float %v.228, 5.000000e-01
  %v.236 = bitcast float %v.235 to i32
  %v.237 = icmp ult i32 %v.229, 947912704
  %v.238 = select i1 %v.237, i32 %v.236, i32 %v.234
  %v.239 = icmp ugt i32 %v.229, 1199570943
  %v.240 = select i1 %v.239, i32 31744, i32 %v.238
  %v.241 = icmp ugt i32 %v.229, 2139095040
  %v.242 = select i1 %v.241, i32 32256, i32 %v.240
  %v.243 = or i32 %v.242, %v.227
  %v.244 = trunc i32 %v.243 to i16
  %v.245 = select i1 %v.199, i16 %v.224, i16 %v.244
  store i16 %v.245, ptr %v.201, align 2
  %grad.6 = fneg float %grad.5
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.4, float %grad.6)
  %v.246 = fmul float %one_minus_rho, %grad.7
  %v.247 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.246, float %grad.7, float %v.247)
  %v.248 = fadd float %acc_delta.4, %eps
  %v.249 = call float @llvm.sqrt.f32(float %v.248)
  %v.250 = fadd float %square_avg.5, %eps
  %v.251 = call float @llvm.sqrt.f32(float %v.250)
  %v.252 = fdiv float %v.249, %v.251
  %delta.2 = fmul float %v.252, %grad.7
  %v.253 = fmul float %one_minus_rho, %delta.2
  %v.254 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.253, float %delta.2, float %v.254)
  %v.255 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.255, float %delta.2, float %param.4)
  %v.256 = fptrunc float %param.5 to half
  %v.257 = bitcast half %v.256 to i16
  %v.258 = bitcast float %param.5 to i32
  %v.259 = lshr i32 %v.258, 16
  %v.260 = and i32 %v.259, 32768
  %v.261 = call float @llvm.fabs.f32(float %param.5)
  %v.262 = bitcast float %v.261 to i32
  %v.263 = lshr i32 %v.262, 13
  %v.264 = and i32 %v.263, 1
  %v.265 = add nsw i32 %v.262, -939520001
  %v.266 = add nsw i32 %v.265, %v.264
  %v.267 = lshr i32 %v.266, 13
  %v.268 = fadd float %v.261, 5.000000e-01
  %v.269 = bitcast float %v.268 to i32
  %v.270 = icmp ult i32 %v.262, 947912704
  %v.271 = select i1 %v.270, i32 %v.269, i32 %v.267
  %v.272 = icmp ugt i32 %v.262, 1199570943
  %v.273 = select i1 %v.272, i32 31744, i32 %v.271
  %v.274 = icmp ugt i32 %v.262, 2139095040
  %v.275 = select i1 %v.274, i32 32256, i32 %v.273
  %v.276 = or i32 %v.275, %v.260
  %v.277 = trunc i32 %v.276 to i16
  %v.278 = select i1 %v.199, i16 %v.257, i16 %v.277
  store i16 %v.278, ptr %v.182, align 2
  store float %square_avg.5, ptr %v.220, align 4
  store float %acc_delta.5, ptr %v.222, align 4
  br label %block.23

block.25:
  ret void
}
