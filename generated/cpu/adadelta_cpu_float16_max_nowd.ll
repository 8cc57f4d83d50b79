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
  %v.170 = fneg float %clip
  %grad.2 = fmul float %grad, %v.170
  %v.171 = fmul float %one_minus_rho, %grad.2
  %v.172 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.171, float %grad.2, float %v.172)
  %v.173 = fadd float %acc_delta, %eps
  %v.174 = fadd float %square_avg.2, %eps
  %v.175 = call float @llvm.sqrt.f32(float %v.173)
  %v.176 = call float @llvm.sqrt.f32(float %v.174)
  %v.177 = fdiv float %v.175, %v.176
  %delta = fmul float %v.177, %grad.2
  %v.178 = fmul float %one_minus_rho, %delta
  %v.179 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.178, float %delta, float %v.179)
  %v.180 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.180, float %delta, float %param)
  %v.181 = fptrunc float %param.2 to half
  %v.182 = bitcast half %v.181 to i16
  %v.183 = bitcast float %param.2 to i32
  %v.184 = lshr i32 %v.183, 16
  %v.185 = and i32 %v.184, 32768
  %v.186 = call float @llvm.fabs.f32(float %param.2)
  %v.187 = bitcast float %v.186 to i32
  %v.188 = lshr i32 %v.187, 13
  %v.189 = and i32 %v.188, 1
  %v.190 = add nsw i32 %v.187, -939520001
  %v.191 = add nsw i32 %v.190, %v.189
  %v.192 = lshr i32 %v.191, 13
  %v.193 = fadd float %v.186, 5.000000e-01
  %v.194 = bitcast float %v.193 to i32
  %v.195 = icmp ult i32 %v.187, 947912704
  %v.196 = select i1 %v.195, i32 %v.194, i32 %v.192
  %v.197 = icmp ugt i32 %v.187, 1199570943
  %v.198 = select i1 %v.197, i32 31744, i32 %v.196
  %v.199 = icmp ugt i32 %v.187, 2139095040
  %v.200 = select i1 %v.199, i32 32256, i32 %v.198
  %v.201 = or i32 %v.200, %v.185
  %v.202 = trunc i32 %v.201 to i16
  %v.203 = select i1 %v.115, i16 %v.182, i16 %v.202
  store i16 %v.203, ptr %v.98, align 2
  %v.204 = fptrunc float %square_avg.2 to half
  %v.205 = bitcast half %v.204 to i16
  %v.206 = bitcast float %square_avg.2 to i32
  %v.207 = lshr i32 %v.206, 16
  %v.208 = and i32 %v.207, 32768
  %v.209 = call float @llvm.fabs.f32(float %square_avg.2)
  %v.210 = bitcast float %v.209 to i32
  %v.211 = lshr i32 %v.210, 13
  %v.212 = and i32 %v.211, 1
  %v.213 = add nsw i32 %v.210, -939520001
  %v.214 = add nsw i32 %v.213, %v.212
  %v.215 = lshr i32 %v.214, 13
  %v.216 = fadd float %v.209, 5.000000e-01
  %v.217 = bitcast float %v.216 to i32
  %v.218 = icmp ult i32 %v.210, 947912704
  %v.219 = select i1 %v.218, i32 %v.217, i32 %v.215
  %v.220 = icmp ugt i32 %v.210, 1199570943
  %v.221 = select i1 %v.220, i32 31744, i32 %v.219
  %v.222 = icmp ugt i32 %v.210, 2139095040
  %v.223 = select i1 %v.222, i32 32256, i32 %v.221
  %v.224 = or i32 %v.223, %v.208
  %v.225 = trunc i32 %v.224 to i16
  %v.226 = select i1 %v.115, i16 %v.205, i16 %v.225
  store i16 %v.226, ptr %v.135, align 2
  %v.227 = fptrunc float %acc_delta.2 to half
  %v.228 = bitcast half %v.227 to i16
  %v.229 = bitcast float %acc_delta.2 to i32
  %v.230 = lshr i32 %v.229, 16
  %v.231 = and i32 %v.230, 32768
  %v.232 = call float @llvm.fabs.f32(float %acc_delta.2)
  %v.233 = bitcast float %v.232 to i32
  %v.234 = lshr i32 %v.233, 13
  %v.235 = and i32 %v.234, 1
  %v.236 = add nsw i32 %v.233, -939520001
  %v.237 = add nsw i32 %v.236, %v.235
  %v.238 = lshr i32 %v.237, 13
  %v.239 = fadd float %v.232, 5.000000e-01
  %v.240 = bitcast float %v.239 to i32
  %v.241 = icmp ult i32 %v.233, 947912704
  %v.242 = select i1 %v.241, i32 %v.240, i32 %v.238
  %v.243 = icmp ugt i32 %v.233, 1199570943
  %v.244 = select i1 %v.243, i32 31744, i32 %v.242
  %v.245 = icmp ugt i32 %v.233, 2139095040
  %v.246 = select i1 %v.245, i32 32256, i32 %v.244
  %v.247 = or i32 %v.246, %v.231
  %v.248 = trunc i32 %v.247 to i16
  %v.249 = select i1 %v.115, i16 %v.228, i16 %v.248
  store i16 %v.249, ptr %v.153, align 2
  br label %block.20

block.22:
  %v.250 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.251 = phi i64 [ 0, %block.22 ], [ %v.252, %block.24 ]
  %v.253 = phi i64 [ %v.250, %block.22 ], [ %v.254, %block.24 ]
  %v.255 = icmp sgt i64 %v.253, 0
  br i1 %v.255, label %block.24, label %block.17

block.24:
  %v.254 = add nsw i64 %v.253, -1
  %v.252 = add i64 %v.251, 1
  %v.256 = inttoptr i64 %params to ptr
  %v.257 = getelementptr i16, ptr %v.256, i64 %v.251
  %v.258 = load i16, ptr %v.257, align 2
  %v.259 = bitcast i16 %v.258 to half
  %v.260 = fpext half %v.259 to float
  %v.261 = sext i16 %v.258 to i32
  %v.262 = and i32 %v.261, -2147483648
  %v.263 = and i16 %v.258, 32767
  %v.264 = zext i16 %v.263 to i32
  %v.265 = shl nuw nsw i32 %v.264, 13
  %v.266 = bitcast i32 %v.265 to float
  %v.267 = fmul float %v.266, 0x46F0000000000000
  %v.268 = bitcast float %v.267 to i32
  %v.269 = icmp ugt i16 %v.263, 31743
  %v.270 = or i32 %v.268, 2139095040
  %v.271 = select i1 %v.269, i32 %v.270, i32 %v.268
  %v.272 = or i32 %v.271, %v.262
  %v.273 = bitcast i32 %v.272 to float
  %v.274 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.274, float %v.260, float %v.273
  %v.275 = inttoptr i64 %grads.2 to ptr
  %v.276 = getelementptr i16, ptr %v.275, i64 %v.251
  %v.277 = load i16, ptr %v.276, align 2
  %v.278 = bitcast i16 %v.277 to half
  %v.279 = fpext half %v.278 to float
  %v.280 = sext i16 %v.277 to i32
  %v.281 = and i32 %v.280, -2147483648
  %v.282 = and i16 %v.277, 32767
  %v.283 = zext i16 %v.282 to i32
  %v.284 = shl nuw nsw i32 %v.283, 13
  %v.285 = bitcast i32 %v.284 to float
  %v.286 = fmul float %v.285, 0x46F0000000000000
  %v.287 = bitcast float %v.286 to i32
  %v.288 = icmp ugt i16 %v.282, 31743
  %v.289 = or i32 %v.287, 2139095040
  %v.290 = select i1 %v.288, i32 %v.289, i32 %v.287
  %v.291 = or i32 %v.290, %v.281
  %v.292 = bitcast i32 %v.291 to float
  %v.293 = select i1 %v.274, float %v.279, float %v.292
  %grad.3 = fmul float %v.293, %inv_scale
  %v.294 = fptrunc float %grad.3 to half
  %v.295 = bitcast half %v.294 to i16
  %v.296 = bitcast float %grad.3 to i32
  %v.297 = lshr i32 %v.296, 16
  %v.298 = and i32 %v.297, 32768
  %v.299 = call float @llvm.fabs.f32(float %grad.3)
  %v.300 = bitcast float %v.299 to i32
  %v.301 = lshr i32 %v.300, 13
  %v.302 = and i32 %v.301, 1
  %v.303 = add nsw i32 %v.300, -939520001
  %v.304 = add nsw i32 %v.303, %v.302
  %v.305 = lshr i32 %v.304, 13
  %v.306 = fadd float %v.299, 5.000000e-01
  %v.307 = bitcast float %v.306 to i32
  %v.308 = icmp ult i32 %v.300, 947912704
  %v.309 = select i1 %v.308, i32 %v.307, i32 %v.305
  %v.310 = icmp ugt i32 %v.300, 1199570943
  %v.311 = select i1 %v.310, i32 31744, i32 %v.309
  %v.312 = icmp ugt i32 %v.300, 2139095040
  %v.313 = select i1 %v.312, i32 32256, i32 %v.311
  %v.314 = or i32 %v.313, %v.298
  %v.315 = trunc i32 %v.314 to i16
  %v.316 = select i1 %v.274, i16 %v.295, i16 %v.315
  store i16 %v.316, ptr %v.276, align 2
  %v.317 = inttoptr i64 %square_avgs to ptr
  %v.318 = getelementptr i16, ptr %v.317, i64 %v.251
  %v.319 = load i16, ptr %v.318, align 2
  %v.320 = bitcast i16 %v.319 to half
  %v.321 = fpext half %v.320 to float
  %v.322 = sext i16 %v.319 to i32
  %v.323 = and i32 %v.322, -2147483648
  %v.324 = and i16 %v.319, 32767
  %v.325 = zext i16 %v.324 to i32
  %v.326 = shl nuw nsw i32 %v.325, 13
  %v.327 = bitcast i32 %v.326 to float
  %v.328 = fmul float %v.327, 0x46F0000000000000
  %v.329 = bitcast float %v.328 to i32
  %v.330 = icmp ugt i16 %v.324, 31743
  %v.331 = or i32 %v.329, 2139095040
  %v.332 = select i1 %v.330, i32 %v.331, i32 %v.329
  %v.333 = or i32 %v.332, %v.323
  %v.334 = bitcast i32 %v.333 to float
  %square_avg.3 = select i1 %v.274, float %v.321, float %v.334
  %v.335 = inttoptr i64 %acc_deltas to ptr
  %v.336 = getelementptr i16, ptr %v.335, i64 %v.251
  %v.337 = load i16, ptr %v.336, align 2
  %v.338 = bitcast i16 %v.337 to half
  %v.339 = fpext half %v.338 to float
  %v.340 = sext i16 %v.337 to i32
  %v.341 = and i32 %v.340, -2147483648
  %v.342 = and i16 %v.337, 32767
  %v.343 = zext i16 %v.342 to i32
  %v.344 = shl nuw nsw i32 %v.343, 13
  %v.345 = bitcast i32 %v.344 to float
  %v.346 = fmul float %v.345, 0x46F0000000000000
  %v.347 = bitcast float %v.346 to i32
  %v.348 = icmp ugt i16 %v.342, 31743
  %v.349 = or i32 %v.347, 2139095040
  %v.350 = select i1 %v.348, i32 %v.349, i32 %v.347
  %v.351 = or i32 %v.350, %v.341
  %v.352 = bitcast i32 %v.351 to float
  %acc_delta.3 = select i1 %v.274, float %v.339, float %v.352
  %v.353 = fneg float %clip
  %grad.4 = fmul float %grad.3, %v.353
  %v.354 = fmul float %one_minus_rho, %grad.4
  %v.355 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.354, float %grad.4, float %v.355)
  %v.356 = fadd float %acc_delta.3, %eps
  %v.357 = fadd float %square_avg.4, %eps
  %v.358 = call float @llvm.sqrt.f32(float %v.356)
  %v.359 = call float @llvm.sqrt.f32(float %v.357)
  %v.360 = fdiv float %v.358, %v.359
  %delta.2 = fmul float %v.360, %grad.4
  %v.361 = fmul float %one_minus_rho, %delta.2
  %v.362 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.361, float %delta.2, float %v.362)
  %v.363 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.363, float %delta.2, float %param.3)
  %v.364 = fptrunc float %param.4 to half
  %v.365 = bitcast half %v.364 to i16
  %v.366 = bitcast float %param.4 to i32
  %v.367 = lshr i32 %v.366, 16
  %v.368 = and i32 %v.367, 32768
  %v.369 = call float @llvm.fabs.f32(float %param.4)
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
  %v.386 = select i1 %v.274, i16 %v.365, i16 %v.385
  store i16 %v.386, ptr %v.257, align 2
  %v.387 = fptrunc float %square_avg.4 to half
  %v.388 = bitcast half %v.387 to i16
  %v.389 = bitcast float %square_avg.4 to i32
  %v.390 = lshr i32 %v.389, 16
  %v.391 = and i32 %v.390, 32768
  %v.392 = call float @llvm.fabs.f32(float %square_avg.4)
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
  %v.409 = select i1 %v.274, i16 %v.388, i16 %v.408
  store i16 %v.409, ptr %v.318, align 2
  %v.410 = fptrunc float %acc_delta.4 to half
  %v.411 = bitcast half %v.410 to i16
  %v.412 = bitcast float %acc_delta.4 to i32
  %v.413 = lshr i32 %v.412, 16
  %v.414 = and i32 %v.413, 32768
  %v.415 = call float @llvm.fabs.f32(float %acc_delta.4)
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
  %v.432 = select i1 %v.274, i16 %v.411, i16 %v.431
  store i16 %v.432, ptr %v.336, align 2
  br label %block.23

block.25:
  ret void
}
