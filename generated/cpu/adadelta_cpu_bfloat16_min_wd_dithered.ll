; @generated from generated/cpu/adadelta_cpu_bfloat16_min_wd_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_wd_dithered(i64 %begin, i64 %end, i64 %job) {
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
  br i1 %v.16, label %block.3, label %block.28

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
  br i1 %v.94, label %block.19, label %block.25

block.19:
  %v.95 = icmp sgt i64 %n.2, 63
  %v.96 = and i64 %n.2, -32
  %v.97 = select i1 %v.95, i64 %v.96, i64 0
  %v.98 = ashr exact i64 %v.97, 1
  %v.99 = call i64 @llvm.smax.i64(i64 %v.98, i64 0)
  br label %block.20

block.20:
  %v.100 = phi i64 [ 0, %block.19 ], [ %v.101, %block.21 ]
  %v.102 = phi i64 [ %v.99, %block.19 ], [ %v.103, %block.21 ]
  %v.104 = icmp sgt i64 %v.102, 0
  br i1 %v.104, label %block.21, label %block.22

block.21:
  %v.103 = add nsw i64 %v.102, -1
  %v.101 = add i64 %v.100, 1
  %v.105 = inttoptr i64 %params to ptr
  %v.106 = getelementptr i32, ptr %v.105, i64 %v.100
  %v.107 = load i32, ptr %v.106, align 2
  %v.108 = shl i32 %v.107, 16
  %v.109 = and i32 %v.107, -65536
  %v.110 = bitcast i32 %v.108 to float
  %v.111 = bitcast i32 %v.109 to float
  %v.112 = inttoptr i64 %grads.2 to ptr
  %v.113 = getelementptr i32, ptr %v.112, i64 %v.100
  %v.114 = load i32, ptr %v.113, align 2
  %v.115 = shl i32 %v.114, 16
  %v.116 = and i32 %v.114, -65536
  %v.117 = bitcast i32 %v.115 to float
  %v.118 = bitcast i32 %v.116 to float
  %v.119 = inttoptr i64 %square_avgs to ptr
  %v.120 = getelementptr i32, ptr %v.119, i64 %v.100
  %v.121 = load i32, ptr %v.120, align 2
  %v.122 = shl i32 %v.121, 16
  %v.123 = and i32 %v.121, -65536
  %v.124 = bitcast i32 %v.122 to float
  %v.125 = bitcast i32 %v.123 to float
  %v.126 = inttoptr i64 %acc_deltas to ptr
  %v.127 = getelementptr i32, ptr %v.126, i64 %v.100
  %v.128 = load i32, ptr %v.127, align 2
  %v.129 = shl i32 %v.128, 16
  %v.130 = and i32 %v.128, -65536
  %v.131 = bitcast i32 %v.129 to float
  %v.132 = bitcast i32 %v.130 to float
  %grad = fmul float %clip, %v.117
  %grad.2 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.110, float %grad)
  %v.133 = fmul float %one_minus_rho, %grad.2
  %v.134 = fmul float %rho, %v.124
  %square_avg = call float @llvm.fmuladd.f32(float %v.133, float %grad.2, float %v.134)
  %v.135 = fadd float %eps, %v.131
  %v.136 = fadd float %square_avg, %eps
  %v.137 = call float @llvm.sqrt.f32(float %v.135)
  %v.138 = call float @llvm.sqrt.f32(float %v.136)
  %v.139 = fdiv float %v.137, %v.138
  %delta = fmul float %v.139, %grad.2
  %v.140 = fmul float %one_minus_rho, %delta
  %v.141 = fmul float %rho, %v.131
  %acc_delta = call float @llvm.fmuladd.f32(float %v.140, float %delta, float %v.141)
  %v.142 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.142, float %delta, float %v.110)
  %grad.3 = fmul float %clip, %v.118
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.111, float %grad.3)
  %v.143 = fmul float %one_minus_rho, %grad.4
  %v.144 = fmul float %rho, %v.125
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.143, float %grad.4, float %v.144)
  %v.145 = fadd float %eps, %v.132
  %v.146 = fadd float %square_avg.2, %eps
  %v.147 = call float @llvm.sqrt.f32(float %v.145)
  %v.148 = call float @llvm.sqrt.f32(float %v.146)
  %v.149 = fdiv float %v.147, %v.148
  %delta.2 = fmul float %v.149, %grad.4
  %v.150 = fmul float %one_minus_rho, %delta.2
  %v.151 = fmul float %rho, %v.132
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.150, float %delta.2, float %v.151)
  %param.2 = call float @llvm.fmuladd.f32(float %v.142, float %delta.2, float %v.111)
  %v.152 = trunc i64 %v.100 to i32
  %v.153 = trunc i64 %dither to i32
  %v.154 = mul i32 %v.152, -736899888
  %v.155 = add i32 %v.154, %v.153
  %v.156 = bitcast float %param to i32
  %v.157 = lshr i32 %v.155, 16
  %v.158 = add i32 %v.157, %v.156
  %v.159 = fcmp uno float %param, 0.000000e+00
  %v.160 = add i32 %v.154, 1779033704
  %v.161 = add i32 %v.160, %v.153
  %v.162 = bitcast float %param.2 to i32
  %v.163 = lshr i32 %v.161, 16
  %v.164 = add i32 %v.163, %v.162
  %v.165 = fcmp uno float %param.2, 0.000000e+00
  %v.166 = lshr i32 %v.158, 16
  %v.167 = select i1 %v.159, i32 32704, i32 %v.166
  %v.168 = and i32 %v.164, -65536
  %v.169 = select i1 %v.165, i32 2143289344, i32 %v.168
  %v.170 = or i32 %v.167, %v.169
  store i32 %v.170, ptr %v.106, align 2
  %v.171 = xor i32 %v.153, -2147483648
  %v.172 = add i32 %v.154, %v.171
  %v.173 = bitcast float %square_avg to i32
  %v.174 = lshr i32 %v.172, 16
  %v.175 = add i32 %v.174, %v.173
  %v.176 = fcmp uno float %square_avg, 0.000000e+00
  %v.177 = add i32 %v.160, %v.171
  %v.178 = bitcast float %square_avg.2 to i32
  %v.179 = lshr i32 %v.177, 16
  %v.180 = add i32 %v.179, %v.178
  %v.181 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.182 = lshr i32 %v.175, 16
  %v.183 = select i1 %v.176, i32 32704, i32 %v.182
  %v.184 = and i32 %v.180, -65536
  %v.185 = select i1 %v.181, i32 2143289344, i32 %v.184
  %v.186 = or i32 %v.183, %v.185
  store i32 %v.186, ptr %v.120, align 2
  %v.187 = add i32 %v.153, -1073741824
  %v.188 = add i32 %v.154, %v.187
  %v.189 = bitcast float %acc_delta to i32
  %v.190 = lshr i32 %v.188, 16
  %v.191 = add i32 %v.190, %v.189
  %v.192 = fcmp uno float %acc_delta, 0.000000e+00
  %v.193 = add i32 %v.155, 705291880
  %v.194 = bitcast float %acc_delta.2 to i32
  %v.195 = lshr i32 %v.193, 16
  %v.196 = add i32 %v.195, %v.194
  %v.197 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.198 = lshr i32 %v.191, 16
  %v.199 = select i1 %v.192, i32 32704, i32 %v.198
  %v.200 = and i32 %v.196, -65536
  %v.201 = select i1 %v.197, i32 2143289344, i32 %v.200
  %v.202 = or i32 %v.199, %v.201
  store i32 %v.202, ptr %v.127, align 2
  br label %block.20

block.22:
  %v.203 = sub i64 %n.2, %v.97
  %v.204 = call i64 @llvm.smax.i64(i64 %v.203, i64 0)
  br label %block.23

block.23:
  %v.205 = phi i64 [ %v.97, %block.22 ], [ %v.206, %block.24 ]
  %v.207 = phi i64 [ %v.204, %block.22 ], [ %v.208, %block.24 ]
  %v.209 = icmp sgt i64 %v.207, 0
  br i1 %v.209, label %block.24, label %block.17

block.24:
  %v.208 = add nsw i64 %v.207, -1
  %v.206 = add i64 %v.205, 1
  %v.210 = inttoptr i64 %params to ptr
  %v.211 = getelementptr i16, ptr %v.210, i64 %v.205
  %v.212 = load i16, ptr %v.211, align 2
  %v.213 = zext i16 %v.212 to i32
  %v.214 = shl nuw i32 %v.213, 16
  %param.3 = bitcast i32 %v.214 to float
  %v.215 = inttoptr i64 %grads.2 to ptr
  %v.216 = getelementptr i16, ptr %v.215, i64 %v.205
  %v.217 = load i16, ptr %v.216, align 2
  %v.218 = zext i16 %v.217 to i32
  %v.219 = shl nuw i32 %v.218, 16
  %grad.5 = bitcast i32 %v.219 to float
  %v.220 = inttoptr i64 %square_avgs to ptr
  %v.221 = getelementptr i16, ptr %v.220, i64 %v.205
  %v.222 = load i16, ptr %v.221, align 2
  %v.223 = zext i16 %v.222 to i32
  %v.224 = shl nuw i32 %v.223, 16
  %square_avg.3 = bitcast i32 %v.224 to float
  %v.225 = inttoptr i64 %acc_deltas to ptr
  %v.226 = getelementptr i16, ptr %v.225, i64 %v.205
  %v.227 = load i16, ptr %v.226, align 2
  %v.228 = zext i16 %v.227 to i32
  %v.229 = shl nuw i32 %v.228, 16
  %acc_delta.3 = bitcast i32 %v.229 to float
  %grad.6 = fmul float %clip, %grad.5
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.6)
  %v.230 = fmul float %one_minus_rho, %grad.7
  %v.231 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.230, float %grad.7, float %v.231)
  %v.232 = fadd float %eps, %acc_delta.3
  %v.233 = fadd float %square_avg.4, %eps
  %v.234 = call float @llvm.sqrt.f32(float %v.232)
  %v.235 = call float @llvm.sqrt.f32(float %v.233)
  %v.236 = fdiv float %v.234, %v.235
  %delta.3 = fmul float %v.236, %grad.7
  %v.237 = fmul float %one_minus_rho, %delta.3
  %v.238 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.237, float %delta.3, float %v.238)
  %v.239 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.239, float %delta.3, float %param.3)
  %v.240 = trunc i64 %v.205 to i32
  %v.241 = trunc i64 %dither to i32
  %v.242 = mul i32 %v.240, 1779033704
  %v.243 = add i32 %v.242, %v.241
  %v.244 = bitcast float %param.4 to i32
  %v.245 = lshr i32 %v.243, 16
  %v.246 = add i32 %v.245, %v.244
  %v.247 = fcmp uno float %param.4, 0.000000e+00
  %v.248 = lshr i32 %v.246, 16
  %v.249 = trunc i32 %v.248 to i16
  %v.250 = select i1 %v.247, i16 32704, i16 %v.249
  store i16 %v.250, ptr %v.211, align 2
  %v.251 = xor i32 %v.241, -2147483648
  %v.252 = add i32 %v.242, %v.251
  %v.253 = bitcast float %square_avg.4 to i32
  %v.254 = lshr i32 %v.252, 16
  %v.255 = add i32 %v.254, %v.253
  %v.256 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.257 = lshr i32 %v.255, 16
  %v.258 = trunc i32 %v.257 to i16
  %v.259 = select i1 %v.256, i16 32704, i16 %v.258
  store i16 %v.259, ptr %v.221, align 2
  %v.260 = add i32 %v.241, -1073741824
  %v.261 = add i32 %v.242, %v.260
  %v.262 = bitcast float %acc_delta.4 to i32
  %v.263 = lshr i32 %v.261, 16
  %v.264 = add i32 %v.263, %v.262
  %v.265 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.266 = lshr i32 %v.264, 16
  %v.267 = trunc i32 %v.266 to i16
  %v.268 = select i1 %v.265, i16 32704, i16 %v.267
  store i16 %v.268, ptr %v.226, align 2
  br label %block.23

block.25:
  %v.269 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.270 = phi i64 [ 0, %block.25 ], [ %v.271, %block.27 ]
  %v.272 = phi i64 [ %v.269, %block.25 ], [ %v.273, %block.27 ]
  %v.274 = icmp sgt i64 %v.272, 0
  br i1 %v.274, label %block.27, label %block.17

block.27:
  %v.273 = add nsw i64 %v.272, -1
  %v.271 = add i64 %v.270, 1
  %v.275 = inttoptr i64 %params to ptr
  %v.276 = getelementptr i16, ptr %v.275, i64 %v.270
  %v.277 = load i16, ptr %v.276, align 2
  %v.278 = zext i16 %v.277 to i32
  %v.279 = shl nuw i32 %v.278, 16
  %param.5 = bitcast i32 %v.279 to float
  %v.280 = inttoptr i64 %grads.2 to ptr
  %v.281 = getelementptr i16, ptr %v.280, i64 %v.270
  %v.282 = load i16, ptr %v.281, align 2
  %v.283 = zext i16 %v.282 to i32
  %v.284 = shl nuw i32 %v.283, 16
  %v.285 = bitcast i32 %v.284 to float
  %grad.8 = fmul float %inv_scale, %v.285
  %v.286 = bitcast float %grad.8 to i32
  %v.287 = lshr i32 %v.286, 16
  %v.288 = and i32 %v.287, 1
  %v.289 = add nuw nsw i32 %v.288, 32767
  %v.290 = add i32 %v.289, %v.286
  %v.291 = lshr i32 %v.290, 16
  %v.292 = trunc i32 %v.291 to i16
  store i16 %v.292, ptr %v.281, align 2
  %v.293 = inttoptr i64 %square_avgs to ptr
  %v.294 = getelementptr i16, ptr %v.293, i64 %v.270
  %v.295 = load i16, ptr %v.294, align 2
  %v.296 = zext i16 %v.295 to i32
  %v.297 = shl nuw i32 %v.296, 16
  %square_avg.5 = bitcast i32 %v.297 to float
  %v.298 = inttoptr i64 %acc_deltas to ptr
  %v.299 = getelementptr i16, ptr %v.298, i64 %v.270
  %v.300 = load i16, ptr %v.299, align 2
  %v.301 = zext i16 %v.300 to i32
  %v.302 = shl nuw i32 %v.301, 16
  %acc_delta.5 = bitcast i32 %v.302 to float
  %grad.9 = fmul float %grad.8, %clip
  %grad.10 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.5, float %grad.9)
  %v.303 = fmul float %one_minus_rho, %grad.10
  %v.304 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.303, float %grad.10, float %v.304)
  %v.305 = fadd float %eps, %acc_delta.5
  %v.306 = fadd float %square_avg.6, %eps
  %v.307 = call float @llvm.sqrt.f32(float %v.305)
  %v.308 = call float @llvm.sqrt.f32(float %v.306)
  %v.309 = fdiv float %v.307, %v.308
  %delta.4 = fmul float %v.309, %grad.10
  %v.310 = fmul float %one_minus_rho, %delta.4
  %v.311 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.310, float %delta.4, float %v.311)
  %v.312 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.312, float %delta.4, float %param.5)
  %v.313 = trunc i64 %v.270 to i32
  %v.314 = trunc i64 %dither to i32
  %v.315 = mul i32 %v.313, 1779033704
  %v.316 = add i32 %v.315, %v.314
  %v.317 = bitcast float %param.6 to i32
  %v.318 = lshr i32 %v.316, 16
  %v.319 = add i32 %v.318, %v.317
  %v.320 = fcmp uno float %param.6, 0.000000e+00
  %v.321 = lshr i32 %v.319, 16
  %v.322 = trunc i32 %v.321 to i16
  %v.323 = select i1 %v.320, i16 32704, i16 %v.322
  store i16 %v.323, ptr %v.276, align 2
  %v.324 = xor i32 %v.314, -2147483648
  %v.325 = add i32 %v.315, %v.324
  %v.326 = bitcast float %square_avg.6 to i32
  %v.327 = lshr i32 %v.325, 16
  %v.328 = add i32 %v.327, %v.326
  %v.329 = fcmp uno float %square_avg.6, 0.000000e+00
  %v.330 = lshr i32 %v.328, 16
  %v.331 = trunc i32 %v.330 to i16
  %v.332 = select i1 %v.329, i16 32704, i16 %v.331
  store i16 %v.332, ptr %v.294, align 2
  %v.333 = add i32 %v.314, -1073741824
  %v.334 = add i32 %v.315, %v.333
  %v.335 = bitcast float %acc_delta.6 to i32
  %v.336 = lshr i32 %v.334, 16
  %v.337 = add i32 %v.336, %v.335
  %v.338 = fcmp uno float %acc_delta.6, 0.000000e+00
  %v.339 = lshr i32 %v.337, 16
  %v.340 = trunc i32 %v.339 to i16
  %v.341 = select i1 %v.338, i16 32704, i16 %v.340
  store i16 %v.341, ptr %v.299, align 2
  br label %block.26

block.28:
  ret void
}
