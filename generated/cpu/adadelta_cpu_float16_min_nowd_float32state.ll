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
  %v.62 = shl nsw i64 %n, 2
  %v.63 = call i64 @llvm.smin.i64(i64 %v.62, i64 512)
  %v.64 = lshr i64 %v.63, 6
  %v.65 = and i64 %v.63, 60
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
  %v.87 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.86, %v.87
  %v.88 = getelementptr i8, ptr %v.79, i64 24
  %v.89 = load i64, ptr %v.88, align 8
  %acc_deltas = add nsw i64 %v.89, %v.87
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
  %v.135 = getelementptr float, ptr %v.134, i64 %v.92
  %square_avg = load float, ptr %v.135, align 4
  %v.136 = inttoptr i64 %acc_deltas to ptr
  %v.137 = getelementptr float, ptr %v.136, i64 %v.92
  %acc_delta = load float, ptr %v.137, align 4
  %v.138 = fmul float %one_minus_rho, %grad
  %v.139 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.138, float %grad, float %v.139)
  %v.140 = fadd float %acc_delta, %eps
  %v.141 = call float @llvm.sqrt.f32(float %v.140)
  %v.142 = fadd float %square_avg.2, %eps
  %v.143 = call float @llvm.sqrt.f32(float %v.142)
  %v.144 = fdiv float %v.141, %v.143
  %delta = fmul float %v.144, %grad
  %v.145 = fmul float %one_minus_rho, %delta
  %v.146 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.145, float %delta, float %v.146)
  %v.147 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.147, float %delta, float %param)
  %v.148 = fptrunc float %param.2 to half
  %v.149 = bitcast half %v.148 to i16
  %v.150 = bitcast float %param.2 to i32
  %v.151 = lshr i32 %v.150, 16
  %v.152 = and i32 %v.151, 32768
  %v.153 = call float @llvm.fabs.f32(float %param.2)
  %v.154 = bitcast float %v.153 to i32
  %v.155 = lshr i32 %v.154, 13
  %v.156 = and i32 %v.155, 1
  %v.157 = add nsw i32 %v.154, -939520001
  %v.158 = add nsw i32 %v.157, %v.156
  %v.159 = lshr i32 %v.158, 13
  %v.160 = fadd float %v.153, 5.000000e-01
  %v.161 = bitcast float %v.160 to i32
  %v.162 = icmp ult i32 %v.154, 947912704
  %v.163 = select i1 %v.162, i32 %v.161, i32 %v.159
  %v.164 = icmp ugt i32 %v.154, 1199570943
  %v.165 = select i1 %v.164, i32 31744, i32 %v.163
  %v.166 = icmp ugt i32 %v.154, 2139095040
  %v.167 = select i1 %v.166, i32 32256, i32 %v.165
  %v.168 = or i32 %v.167, %v.152
  %v.169 = trunc i32 %v.168 to i16
  %v.170 = select i1 %v.115, i16 %v.149, i16 %v.169
  store i16 %v.170, ptr %v.98, align 2
  store float %square_avg.2, ptr %v.135, align 4
  store float %acc_delta.2, ptr %v.137, align 4
  br label %block.20

block.22:
  %v.171 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.172 = phi i64 [ 0, %block.22 ], [ %v.173, %block.24 ]
  %v.174 = phi i64 [ %v.171, %block.22 ], [ %v.175, %block.24 ]
  %v.176 = icmp sgt i64 %v.174, 0
  br i1 %v.176, label %block.24, label %block.17

block.24:
  %v.175 = add nsw i64 %v.174, -1
  %v.173 = add i64 %v.172, 1
  %v.177 = inttoptr i64 %params to ptr
  %v.178 = getelementptr i16, ptr %v.177, i64 %v.172
  %v.179 = load i16, ptr %v.178, align 2
  %v.180 = bitcast i16 %v.179 to half
  %v.181 = fpext half %v.180 to float
  %v.182 = sext i16 %v.179 to i32
  %v.183 = and i32 %v.182, -2147483648
  %v.184 = and i16 %v.179, 32767
  %v.185 = zext i16 %v.184 to i32
  %v.186 = shl nuw nsw i32 %v.185, 13
  %v.187 = bitcast i32 %v.186 to float
  %v.188 = fmul float %v.187, 0x46F0000000000000
  %v.189 = bitcast float %v.188 to i32
  %v.190 = icmp ugt i16 %v.184, 31743
  %v.191 = or i32 %v.189, 2139095040
  %v.192 = select i1 %v.190, i32 %v.191, i32 %v.189
  %v.193 = or i32 %v.192, %v.183
  %v.194 = bitcast i32 %v.193 to float
  %v.195 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.195, float %v.181, float %v.194
  %v.196 = inttoptr i64 %grads.2 to ptr
  %v.197 = getelementptr i16, ptr %v.196, i64 %v.172
  %v.198 = load i16, ptr %v.197, align 2
  %v.199 = bitcast i16 %v.198 to half
  %v.200 = fpext half %v.199 to float
  %v.201 = sext i16 %v.198 to i32
  %v.202 = and i32 %v.201, -2147483648
  %v.203 = and i16 %v.198, 32767
  %v.204 = zext i16 %v.203 to i32
  %v.205 = shl nuw nsw i32 %v.204, 13
  %v.206 = bitcast i32 %v.205 to float
  %v.207 = fmul float %v.206, 0x46F0000000000000
  %v.208 = bitcast float %v.207 to i32
  %v.209 = icmp ugt i16 %v.203, 31743
  %v.210 = or i32 %v.208, 2139095040
  %v.211 = select i1 %v.209, i32 %v.210, i32 %v.208
  %v.212 = or i32 %v.211, %v.202
  %v.213 = bitcast i32 %v.212 to float
  %v.214 = select i1 %v.195, float %v.200, float %v.213
  %grad.2 = fmul float %v.214, %inv_scale
  %v.215 = fptrunc float %grad.2 to half
  %v.216 = bitcast half %v.215 to i16
  %v.217 = bitcast float %grad.2 to i32
  %v.218 = lshr i32 %v.217, 16
  %v.219 = and i32 %v.218, 32768
  %v.220 = call float @llvm.fabs.f32(float %grad.2)
  %v.221 = bitcast float %v.220 to i32
  %v.222 = lshr i32 %v.221, 13
  %v.223 = and i32 %v.222, 1
  %v.224 = add nsw i32 %v.221, -939520001
  %v.225 = add nsw i32 %v.224, %v.223
  %v.226 = lshr i32 %v.225, 13
  %v.227 = fadd float %v.220, 5.000000e-01
  %v.228 = bitcast float %v.227 to i32
  %v.229 = icmp ult i32 %v.221, 947912704
  %v.230 = select i1 %v.229, i32 %v.228, i32 %v.226
  %v.231 = icmp ugt i32 %v.221, 1199570943
  %v.232 = select i1 %v.231, i32 31744, i32 %v.230
  %v.233 = icmp ugt i32 %v.221, 2139095040
  %v.234 = select i1 %v.233, i32 32256, i32 %v.232
  %v.235 = or i32 %v.234, %v.219
  %v.236 = trunc i32 %v.235 to i16
  %v.237 = select i1 %v.195, i16 %v.216, i16 %v.236
  store i16 %v.237, ptr %v.197, align 2
  %v.238 = inttoptr i64 %square_avgs to ptr
  %v.239 = getelementptr float, ptr %v.238, i64 %v.172
  %square_avg.3 = load float, ptr %v.239, align 4
  %v.240 = inttoptr i64 %acc_deltas to ptr
  %v.241 = getelementptr float, ptr %v.240, i64 %v.172
  %acc_delta.3 = load float, ptr %v.241, align 4
  %v.242 = fmul float %one_minus_rho, %grad.2
  %v.243 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.242, float %grad.2, float %v.243)
  %v.244 = fadd float %acc_delta.3, %eps
  %v.245 = call float @llvm.sqrt.f32(float %v.244)
  %v.246 = fadd float %square_avg.4, %eps
  %v.247 = call float @llvm.sqrt.f32(float %v.246)
  %v.248 = fdiv float %v.245, %v.247
  %delta.2 = fmul float %v.248, %grad.2
  %v.249 = fmul float %one_minus_rho, %delta.2
  %v.250 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.249, float %delta.2, float %v.250)
  %v.251 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.251, float %delta.2, float %param.3)
  %v.252 = fptrunc float %param.4 to half
  %v.253 = bitcast half %v.252 to i16
  %v.254 = bitcast float %param.4 to i32
  %v.255 = lshr i32 %v.254, 16
  %v.256 = and i32 %v.255, 32768
  %v.257 = call float @llvm.fabs.f32(float %param.4)
  %v.258 = bitcast float %v.257 to i32
  %v.259 = lshr i32 %v.258, 13
  %v.260 = and i32 %v.259, 1
  %v.261 = add nsw i32 %v.258, -939520001
  %v.262 = add nsw i32 %v.261, %v.260
  %v.263 = lshr i32 %v.262, 13
  %v.264 = fadd float %v.257, 5.000000e-01
  %v.265 = bitcast float %v.264 to i32
  %v.266 = icmp ult i32 %v.258, 947912704
  %v.267 = select i1 %v.266, i32 %v.265, i32 %v.263
  %v.268 = icmp ugt i32 %v.258, 1199570943
  %v.269 = select i1 %v.268, i32 31744, i32 %v.267
  %v.270 = icmp ugt i32 %v.258, 2139095040
  %v.271 = select i1 %v.270, i32 32256, i32 %v.269
  %v.272 = or i32 %v.271, %v.256
  %v.273 = trunc i32 %v.272 to i16
  %v.274 = select i1 %v.195, i16 %v.253, i16 %v.273
  store i16 %v.274, ptr %v.178, align 2
  store float %square_avg.4, ptr %v.239, align 4
  store float %acc_delta.4, ptr %v.241, align 4
  br label %block.23

block.25:
  ret void
}
