; @generated from generated/cpu/adadelta_cpu_float16_min_nowd_float32state.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_nowd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.63 = shl nsw i64 %n, 2
  %v.64 = call i64 @llvm.smin.i64(i64 %v.63, i64 512)
  %v.65 = lshr i64 %v.64, 6
  %v.66 = and i64 %v.64, 60
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
  %v.89 = shl nsw i64 %first, 2
  %square_avg = add nsw i64 %v.88, %v.89
  %v.90 = getelementptr i8, ptr %v.81, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_delta = add nsw i64 %v.91, %v.89
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
  %v.138 = getelementptr float, ptr %v.137, i64 %v.94
  %square_avg.2 = load float, ptr %v.138, align 4
  %v.139 = inttoptr i64 %acc_delta to ptr
  %v.140 = getelementptr float, ptr %v.139, i64 %v.94
  %acc_delta.2 = load float, ptr %v.140, align 4
  %v.141 = fmul float %one_minus_rho, %v.136
  %v.142 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.141, float %v.136, float %v.142)
  %v.143 = fadd float %acc_delta.2, %eps
  %v.144 = call float @llvm.sqrt.f32(float %v.143)
  %v.145 = fadd float %square_avg.3, %eps
  %v.146 = call float @llvm.sqrt.f32(float %v.145)
  %v.147 = fdiv float %v.144, %v.146
  %delta = fmul float %v.147, %v.136
  %v.148 = fmul float %one_minus_rho, %delta
  %v.149 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.148, float %delta, float %v.149)
  %v.150 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.150, float %delta, float %param.2)
  %v.151 = fptrunc float %param.3 to half
  %v.152 = bitcast half %v.151 to i16
  %v.153 = bitcast float %param.3 to i32
  %v.154 = lshr i32 %v.153, 16
  %v.155 = and i32 %v.154, 32768
  %v.156 = call float @llvm.fabs.f32(float %param.3)
  %v.157 = bitcast float %v.156 to i32
  %v.158 = lshr i32 %v.157, 13
  %v.159 = and i32 %v.158, 1
  %v.160 = add nsw i32 %v.157, -939520001
  %v.161 = add nsw i32 %v.160, %v.159
  %v.162 = lshr i32 %v.161, 13
  %v.163 = fadd float %v.156, 5.000000e-01
  %v.164 = bitcast float %v.163 to i32
  %v.165 = icmp ult i32 %v.157, 947912704
  %v.166 = select i1 %v.165, i32 %v.164, i32 %v.162
  %v.167 = icmp ugt i32 %v.157, 1199570943
  %v.168 = select i1 %v.167, i32 31744, i32 %v.166
  %v.169 = icmp ugt i32 %v.157, 2139095040
  %v.170 = select i1 %v.169, i32 32256, i32 %v.168
  %v.171 = or i32 %v.170, %v.155
  %v.172 = trunc i32 %v.171 to i16
  %v.173 = select i1 %v.117, i16 %v.152, i16 %v.172
  store i16 %v.173, ptr %v.100, align 2
  store float %square_avg.3, ptr %v.138, align 4
  store float %acc_delta.3, ptr %v.140, align 4
  br label %block.20

block.22:
  %v.174 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.175 = phi i64 [ 0, %block.22 ], [ %v.176, %block.24 ]
  %v.177 = phi i64 [ %v.174, %block.22 ], [ %v.178, %block.24 ]
  %v.179 = icmp sgt i64 %v.177, 0
  br i1 %v.179, label %block.24, label %block.17

block.24:
  %v.178 = add nsw i64 %v.177, -1
  %v.176 = add i64 %v.175, 1
  %v.180 = inttoptr i64 %param to ptr
  %v.181 = getelementptr i16, ptr %v.180, i64 %v.175
  %v.182 = load i16, ptr %v.181, align 2
  %v.183 = bitcast i16 %v.182 to half
  %v.184 = fpext half %v.183 to float
  %v.185 = sext i16 %v.182 to i32
  %v.186 = and i32 %v.185, -2147483648
  %v.187 = and i16 %v.182, 32767
  %v.188 = zext i16 %v.187 to i32
  %v.189 = shl nuw nsw i32 %v.188, 13
  %v.190 = bitcast i32 %v.189 to float
  %v.191 = fmul float %v.190, 0x46F0000000000000
  %v.192 = bitcast float %v.191 to i32
  %v.193 = icmp ugt i16 %v.187, 31743
  %v.194 = or i32 %v.192, 2139095040
  %v.195 = select i1 %v.193, i32 %v.194, i32 %v.192
  %v.196 = or i32 %v.195, %v.186
  %v.197 = bitcast i32 %v.196 to float
  %v.198 = load i1, ptr @has_half_conversions, align 1
  %param.4 = select i1 %v.198, float %v.184, float %v.197
  %v.199 = inttoptr i64 %grad.2 to ptr
  %v.200 = getelementptr i16, ptr %v.199, i64 %v.175
  %v.201 = load i16, ptr %v.200, align 2
  %v.202 = bitcast i16 %v.201 to half
  %v.203 = fpext half %v.202 to float
  %v.204 = sext i16 %v.201 to i32
  %v.205 = and i32 %v.204, -2147483648
  %v.206 = and i16 %v.201, 32767
  %v.207 = zext i16 %v.206 to i32
  %v.208 = shl nuw nsw i32 %v.207, 13
  %v.209 = bitcast i32 %v.208 to float
  %v.210 = fmul float %v.209, 0x46F0000000000000
  %v.211 = bitcast float %v.210 to i32
  %v.212 = icmp ugt i16 %v.206, 31743
  %v.213 = or i32 %v.211, 2139095040
  %v.214 = select i1 %v.212, i32 %v.213, i32 %v.211
  %v.215 = or i32 %v.214, %v.205
  %v.216 = bitcast i32 %v.215 to float
  %v.217 = select i1 %v.198, float %v.203, float %v.216
  %grad.3 = fmul float %v.217, %inv_scale
  %v.218 = inttoptr i64 %square_avg to ptr
  %v.219 = getelementptr float, ptr %v.218, i64 %v.175
  %square_avg.4 = load float, ptr %v.219, align 4
  %v.220 = inttoptr i64 %acc_delta to ptr
  %v.221 = getelementptr float, ptr %v.220, i64 %v.175
  %acc_delta.4 = load float, ptr %v.221, align 4
  %v.222 = fptrunc float %grad.3 to half
  %v.223 = bitcast half %v.222 to i16
  %v.224 = bitcast float %grad.3 to i32
  %v.225 = lshr i32 %v.224, 16
  %v.226 = and i32 %v.225, 32768
  %v.227 = call float @llvm.fabs.f32(float %grad.3)
  %v.228 = bitcast float %v.227 to i32
  %v.229 = lshr i32 %v.228, 13
  %v.230 = and i32 %v.229, 1
  %v.231 = add nsw i32 %v.228, -939520001
  %v.232 = add nsw i32 %v.231, %v.230
  %v.233 = lshr i32 %v.232, 13
  %v.234 = fadd float %v.227, 5.000000e-01
  %v.235 = bitcast float %v.234 to i32
  %v.236 = icmp ult i32 %v.228, 947912704
  %v.237 = select i1 %v.236, i32 %v.235, i32 %v.233
  %v.238 = icmp ugt i32 %v.228, 1199570943
  %v.239 = select i1 %v.238, i32 31744, i32 %v.237
  %v.240 = icmp ugt i32 %v.228, 2139095040
  %v.241 = select i1 %v.240, i32 32256, i32 %v.239
  %v.242 = or i32 %v.241, %v.226
  %v.243 = trunc i32 %v.242 to i16
  %v.244 = select i1 %v.198, i16 %v.223, i16 %v.243
  store i16 %v.244, ptr %v.200, align 2
  %v.245 = fmul float %one_minus_rho, %grad.3
  %v.246 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.245, float %grad.3, float %v.246)
  %v.247 = fadd float %acc_delta.4, %eps
  %v.248 = call float @llvm.sqrt.f32(float %v.247)
  %v.249 = fadd float %square_avg.5, %eps
  %v.250 = call float @llvm.sqrt.f32(float %v.249)
  %v.251 = fdiv float %v.248, %v.250
  %delta.2 = fmul float %v.251, %grad.3
  %v.252 = fmul float %one_minus_rho, %delta.2
  %v.253 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.252, float %delta.2, float %v.253)
  %v.254 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.254, float %delta.2, float %param.4)
  %v.255 = fptrunc float %param.5 to half
  %v.256 = bitcast half %v.255 to i16
  %v.257 = bitcast float %param.5 to i32
  %v.258 = lshr i32 %v.257, 16
  %v.259 = and i32 %v.258, 32768
  %v.260 = call float @llvm.fabs.f32(float %param.5)
  %v.261 = bitcast float %v.260 to i32
  %v.262 = lshr i32 %v.261, 13
  %v.263 = and i32 %v.262, 1
  %v.264 = add nsw i32 %v.261, -939520001
  %v.265 = add nsw i32 %v.264, %v.263
  %v.266 = lshr i32 %v.265, 13
  %v.267 = fadd float %v.260, 5.000000e-01
  %v.268 = bitcast float %v.267 to i32
  %v.269 = icmp ult i32 %v.261, 947912704
  %v.270 = select i1 %v.269, i32 %v.268, i32 %v.266
  %v.271 = icmp ugt i32 %v.261, 1199570943
  %v.272 = select i1 %v.271, i32 31744, i32 %v.270
  %v.273 = icmp ugt i32 %v.261, 2139095040
  %v.274 = select i1 %v.273, i32 32256, i32 %v.272
  %v.275 = or i32 %v.274, %v.259
  %v.276 = trunc i32 %v.275 to i16
  %v.277 = select i1 %v.198, i16 %v.256, i16 %v.276
  store i16 %v.277, ptr %v.181, align 2
  store float %square_avg.5, ptr %v.219, align 4
  store float %acc_delta.5, ptr %v.221, align 4
  br label %block.23

block.25:
  ret void
}
