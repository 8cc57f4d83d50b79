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
  %v.88 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.87, %v.88
  %v.89 = getelementptr i8, ptr %v.80, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.88
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
  %v.136 = getelementptr float, ptr %v.135, i64 %v.93
  %square_avg = load float, ptr %v.136, align 4
  %v.137 = inttoptr i64 %acc_deltas to ptr
  %v.138 = getelementptr float, ptr %v.137, i64 %v.93
  %acc_delta = load float, ptr %v.138, align 4
  %grad.2 = fmul float %grad, %clip
  %v.139 = fmul float %one_minus_rho, %grad.2
  %v.140 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.139, float %grad.2, float %v.140)
  %v.141 = fadd float %acc_delta, %eps
  %v.142 = fadd float %square_avg.2, %eps
  %v.143 = call float @llvm.sqrt.f32(float %v.141)
  %v.144 = call float @llvm.sqrt.f32(float %v.142)
  %v.145 = fdiv float %v.143, %v.144
  %delta = fmul float %v.145, %grad.2
  %v.146 = fmul float %one_minus_rho, %delta
  %v.147 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.146, float %delta, float %v.147)
  %v.148 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.148, float %delta, float %param)
  %v.149 = fptrunc float %param.2 to half
  %v.150 = bitcast half %v.149 to i16
  %v.151 = bitcast float %param.2 to i32
  %v.152 = lshr i32 %v.151, 16
  %v.153 = and i32 %v.152, 32768
  %v.154 = call float @llvm.fabs.f32(float %param.2)
  %v.155 = bitcast float %v.154 to i32
  %v.156 = lshr i32 %v.155, 13
  %v.157 = and i32 %v.156, 1
  %v.158 = add nsw i32 %v.155, -939520001
  %v.159 = add nsw i32 %v.158, %v.157
  %v.160 = lshr i32 %v.159, 13
  %v.161 = fadd float %v.154, 5.000000e-01
  %v.162 = bitcast float %v.161 to i32
  %v.163 = icmp ult i32 %v.155, 947912704
  %v.164 = select i1 %v.163, i32 %v.162, i32 %v.160
  %v.165 = icmp ugt i32 %v.155, 1199570943
  %v.166 = select i1 %v.165, i32 31744, i32 %v.164
  %v.167 = icmp ugt i32 %v.155, 2139095040
  %v.168 = select i1 %v.167, i32 32256, i32 %v.166
  %v.169 = or i32 %v.168, %v.153
  %v.170 = trunc i32 %v.169 to i16
  %v.171 = select i1 %v.116, i16 %v.150, i16 %v.170
  store i16 %v.171, ptr %v.99, align 2
  store float %square_avg.2, ptr %v.136, align 4
  store float %acc_delta.2, ptr %v.138, align 4
  br label %block.20

block.22:
  %v.172 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.173 = phi i64 [ 0, %block.22 ], [ %v.174, %block.24 ]
  %v.175 = phi i64 [ %v.172, %block.22 ], [ %v.176, %block.24 ]
  %v.177 = icmp sgt i64 %v.175, 0
  br i1 %v.177, label %block.24, label %block.17

block.24:
  %v.176 = add nsw i64 %v.175, -1
  %v.174 = add i64 %v.173, 1
  %v.178 = inttoptr i64 %params to ptr
  %v.179 = getelementptr i16, ptr %v.178, i64 %v.173
  %v.180 = load i16, ptr %v.179, align 2
  %v.181 = bitcast i16 %v.180 to half
  %v.182 = fpext half %v.181 to float
  %v.183 = sext i16 %v.180 to i32
  %v.184 = and i32 %v.183, -2147483648
  %v.185 = and i16 %v.180, 32767
  %v.186 = zext i16 %v.185 to i32
  %v.187 = shl nuw nsw i32 %v.186, 13
  %v.188 = bitcast i32 %v.187 to float
  %v.189 = fmul float %v.188, 0x46F0000000000000
  %v.190 = bitcast float %v.189 to i32
  %v.191 = icmp ugt i16 %v.185, 31743
  %v.192 = or i32 %v.190, 2139095040
  %v.193 = select i1 %v.191, i32 %v.192, i32 %v.190
  %v.194 = or i32 %v.193, %v.184
  %v.195 = bitcast i32 %v.194 to float
  %v.196 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.196, float %v.182, float %v.195
  %v.197 = inttoptr i64 %grads.2 to ptr
  %v.198 = getelementptr i16, ptr %v.197, i64 %v.173
  %v.199 = load i16, ptr %v.198, align 2
  %v.200 = bitcast i16 %v.199 to half
  %v.201 = fpext half %v.200 to float
  %v.202 = sext i16 %v.199 to i32
  %v.203 = and i32 %v.202, -2147483648
  %v.204 = and i16 %v.199, 32767
  %v.205 = zext i16 %v.204 to i32
  %v.206 = shl nuw nsw i32 %v.205, 13
  %v.207 = bitcast i32 %v.206 to float
  %v.208 = fmul float %v.207, 0x46F0000000000000
  %v.209 = bitcast float %v.208 to i32
  %v.210 = icmp ugt i16 %v.204, 31743
  %v.211 = or i32 %v.209, 2139095040
  %v.212 = select i1 %v.210, i32 %v.211, i32 %v.209
  %v.213 = or i32 %v.212, %v.203
  %v.214 = bitcast i32 %v.213 to float
  %v.215 = select i1 %v.196, float %v.201, float %v.214
  %grad.3 = fmul float %v.215, %inv_scale
  %v.216 = fptrunc float %grad.3 to half
  %v.217 = bitcast half %v.216 to i16
  %v.218 = bitcast float %grad.3 to i32
  %v.219 = lshr i32 %v.218, 16
  %v.220 = and i32 %v.219, 32768
  %v.221 = call float @llvm.fabs.f32(float %grad.3)
  %v.222 = bitcast float %v.221 to i32
  %v.223 = lshr i32 %v.222, 13
  %v.224 = and i32 %v.223, 1
  %v.225 = add nsw i32 %v.222, -939520001
  %v.226 = add nsw i32 %v.225, %v.224
  %v.227 = lshr i32 %v.226, 13
  %v.228 = fadd float %v.221, 5.000000e-01
  %v.229 = bitcast float %v.228 to i32
  %v.230 = icmp ult i32 %v.222, 947912704
  %v.231 = select i1 %v.230, i32 %v.229, i32 %v.227
  %v.232 = icmp ugt i32 %v.222, 1199570943
  %v.233 = select i1 %v.232, i32 31744, i32 %v.231
  %v.234 = icmp ugt i32 %v.222, 2139095040
  %v.235 = select i1 %v.234, i32 32256, i32 %v.233
  %v.236 = or i32 %v.235, %v.220
  %v.237 = trunc i32 %v.236 to i16
  %v.238 = select i1 %v.196, i16 %v.217, i16 %v.237
  store i16 %v.238, ptr %v.198, align 2
  %v.239 = inttoptr i64 %square_avgs to ptr
  %v.240 = getelementptr float, ptr %v.239, i64 %v.173
  %square_avg.3 = load float, ptr %v.240, align 4
  %v.241 = inttoptr i64 %acc_deltas to ptr
  %v.242 = getelementptr float, ptr %v.241, i64 %v.173
  %acc_delta.3 = load float, ptr %v.242, align 4
  %grad.4 = fmul float %grad.3, %clip
  %v.243 = fmul float %one_minus_rho, %grad.4
  %v.244 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.243, float %grad.4, float %v.244)
  %v.245 = fadd float %acc_delta.3, %eps
  %v.246 = fadd float %square_avg.4, %eps
  %v.247 = call float @llvm.sqrt.f32(float %v.245)
  %v.248 = call float @llvm.sqrt.f32(float %v.246)
  %v.249 = fdiv float %v.247, %v.248
  %delta.2 = fmul float %v.249, %grad.4
  %v.250 = fmul float %one_minus_rho, %delta.2
  %v.251 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.250, float %delta.2, float %v.251)
  %v.252 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.252, float %delta.2, float %param.3)
  %v.253 = fptrunc float %param.4 to half
  %v.254 = bitcast half %v.253 to i16
  %v.255 = bitcast float %param.4 to i32
  %v.256 = lshr i32 %v.255, 16
  %v.257 = and i32 %v.256, 32768
  %v.258 = call float @llvm.fabs.f32(float %param.4)
  %v.259 = bitcast float %v.258 to i32
  %v.260 = lshr i32 %v.259, 13
  %v.261 = and i32 %v.260, 1
  %v.262 = add nsw i32 %v.259, -939520001
  %v.263 = add nsw i32 %v.262, %v.261
  %v.264 = lshr i32 %v.263, 13
  %v.265 = fadd float %v.258, 5.000000e-01
  %v.266 = bitcast float %v.265 to i32
  %v.267 = icmp ult i32 %v.259, 947912704
  %v.268 = select i1 %v.267, i32 %v.266, i32 %v.264
  %v.269 = icmp ugt i32 %v.259, 1199570943
  %v.270 = select i1 %v.269, i32 31744, i32 %v.268
  %v.271 = icmp ugt i32 %v.259, 2139095040
  %v.272 = select i1 %v.271, i32 32256, i32 %v.270
  %v.273 = or i32 %v.272, %v.257
  %v.274 = trunc i32 %v.273 to i16
  %v.275 = select i1 %v.196, i16 %v.254, i16 %v.274
  store i16 %v.275, ptr %v.179, align 2
  store float %square_avg.4, ptr %v.240, align 4
  store float %acc_delta.4, ptr %v.242, align 4
  br label %block.23

block.25:
  ret void
}
