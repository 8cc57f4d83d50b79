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
  %grad.2 = fmul float %grad, %clip
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.171 = fmul float %one_minus_rho, %grad.3
  %v.172 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.171, float %grad.3, float %v.172)
  %v.173 = fadd float %acc_delta, %eps
  %v.174 = fadd float %square_avg.2, %eps
  %v.175 = call float @llvm.sqrt.f32(float %v.173)
  %v.176 = call float @llvm.sqrt.f32(float %v.174)
  %v.177 = fdiv float %v.175, %v.176
  %delta = fmul float %v.177, %grad.3
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
  %v.203 = select i1 %v.116, i16 %v.182, i16 %v.202
  store i16 %v.203, ptr %v.99, align 2
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
  %v.226 = select i1 %v.116, i16 %v.205, i16 %v.225
  store i16 %v.226, ptr %v.136, align 2
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
  %v.249 = select i1 %v.116, i16 %v.228, i16 %v.248
  store i16 %v.249, ptr %v.154, align 2
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
  %grad.4 = fmul float %v.293, %inv_scale
  %v.294 = fptrunc float %grad.4 to half
  %v.295 = bitcast half %v.294 to i16
  %v.296 = bitcast float %grad.4 to i32
  %v.297 = lshr i32 %v.296, 16
  %v.298 = and i32 %v.297, 32768
  %v.299 = call float @llvm.fabs.f32(float %grad.4)
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
  %grad.5 = fmul float %grad.4, %clip
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.353 = fmul float %one_minus_rho, %grad.6
  %v.354 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.353, float %grad.6, float %v.354)
  %v.355 = fadd float %acc_delta.3, %eps
  %v.356 = fadd float %square_avg.4, %eps
  %v.357 = call float @llvm.sqrt.f32(float %v.355)
  %v.358 = call float @llvm.sqrt.f32(float %v.356)
  %v.359 = fdiv float %v.357, %v.358
  %delta.2 = fmul float %v.359, %grad.6
  %v.360 = fmul float %one_minus_rho, %delta.2
  %v.361 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.360, float %delta.2, float %v.361)
  %v.362 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.362, float %delta.2, float %param.3)
  %v.363 = fptrunc float %param.4 to half
  %v.364 = bitcast half %v.363 to i16
  %v.365 = bitcast float %param.4 to i32
  %v.366 = lshr i32 %v.365, 16
  %v.367 = and i32 %v.366, 32768
  %v.368 = call float @llvm.fabs.f32(float %param.4)
  %v.369 = bitcast float %v.368 to i32
  %v.370 = lshr i32 %v.369, 13
  %v.371 = and i32 %v.370, 1
  %v.372 = add nsw i32 %v.369, -939520001
  %v.373 = add nsw i32 %v.372, %v.371
  %v.374 = lshr i32 %v.373, 13
  %v.375 = fadd float %v.368, 5.000000e-01
  %v.376 = bitcast float %v.375 to i32
  %v.377 = icmp ult i32 %v.369, 947912704
  %v.378 = select i1 %v.377, i32 %v.376, i32 %v.374
  %v.379 = icmp ugt i32 %v.369, 1199570943
  %v.380 = select i1 %v.379, i32 31744, i32 %v.378
  %v.381 = icmp ugt i32 %v.369, 2139095040
  %v.382 = select i1 %v.381, i32 32256, i32 %v.380
  %v.383 = or i32 %v.382, %v.367
  %v.384 = trunc i32 %v.383 to i16
  %v.385 = select i1 %v.274, i16 %v.364, i16 %v.384
  store i16 %v.385, ptr %v.257, align 2
  %v.386 = fptrunc float %square_avg.4 to half
  %v.387 = bitcast half %v.386 to i16
  %v.388 = bitcast float %square_avg.4 to i32
  %v.389 = lshr i32 %v.388, 16
  %v.390 = and i32 %v.389, 32768
  %v.391 = call float @llvm.fabs.f32(float %square_avg.4)
  %v.392 = bitcast float %v.391 to i32
  %v.393 = lshr i32 %v.392, 13
  %v.394 = and i32 %v.393, 1
  %v.395 = add nsw i32 %v.392, -939520001
  %v.396 = add nsw i32 %v.395, %v.394
  %v.397 = lshr i32 %v.396, 13
  %v.398 = fadd float %v.391, 5.000000e-01
  %v.399 = bitcast float %v.398 to i32
  %v.400 = icmp ult i32 %v.392, 947912704
  %v.401 = select i1 %v.400, i32 %v.399, i32 %v.397
  %v.402 = icmp ugt i32 %v.392, 1199570943
  %v.403 = select i1 %v.402, i32 31744, i32 %v.401
  %v.404 = icmp ugt i32 %v.392, 2139095040
  %v.405 = select i1 %v.404, i32 32256, i32 %v.403
  %v.406 = or i32 %v.405, %v.390
  %v.407 = trunc i32 %v.406 to i16
  %v.408 = select i1 %v.274, i16 %v.387, i16 %v.407
  store i16 %v.408, ptr %v.318, align 2
  %v.409 = fptrunc float %acc_delta.4 to half
  %v.410 = bitcast half %v.409 to i16
  %v.411 = bitcast float %acc_delta.4 to i32
  %v.412 = lshr i32 %v.411, 16
  %v.413 = and i32 %v.412, 32768
  %v.414 = call float @llvm.fabs.f32(float %acc_delta.4)
  %v.415 = bitcast float %v.414 to i32
  %v.416 = lshr i32 %v.415, 13
  %v.417 = and i32 %v.416, 1
  %v.418 = add nsw i32 %v.415, -939520001
  %v.419 = add nsw i32 %v.418, %v.417
  %v.420 = lshr i32 %v.419, 13
  %v.421 = fadd float %v.414, 5.000000e-01
  %v.422 = bitcast float %v.421 to i32
  %v.423 = icmp ult i32 %v.415, 947912704
  %v.424 = select i1 %v.423, i32 %v.422, i32 %v.420
  %v.425 = icmp ugt i32 %v.415, 1199570943
  %v.426 = select i1 %v.425, i32 31744, i32 %v.424
  %v.427 = icmp ugt i32 %v.415, 2139095040
  %v.428 = select i1 %v.427, i32 32256, i32 %v.426
  %v.429 = or i32 %v.428, %v.413
  %v.430 = trunc i32 %v.429 to i16
  %v.431 = select i1 %v.274, i16 %v.410, i16 %v.430
  store i16 %v.431, ptr %v.336, align 2
  br label %block.23

block.25:
  ret void
}
