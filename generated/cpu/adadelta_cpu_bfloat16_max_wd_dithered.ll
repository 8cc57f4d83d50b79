; @generated from generated/cpu/adadelta_cpu_bfloat16_max_wd_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_wd_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.133 = fneg float %v.117
  %grad = fmul float %clip, %v.133
  %grad.2 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.110, float %grad)
  %v.134 = fmul float %one_minus_rho, %grad.2
  %v.135 = fmul float %rho, %v.124
  %square_avg = call float @llvm.fmuladd.f32(float %v.134, float %grad.2, float %v.135)
  %v.136 = fadd float %eps, %v.131
  %v.137 = fadd float %square_avg, %eps
  %v.138 = call float @llvm.sqrt.f32(float %v.136)
  %v.139 = call float @llvm.sqrt.f32(float %v.137)
  %v.140 = fdiv float %v.138, %v.139
  %delta = fmul float %v.140, %grad.2
  %v.141 = fmul float %one_minus_rho, %delta
  %v.142 = fmul float %rho, %v.131
  %acc_delta = call float @llvm.fmuladd.f32(float %v.141, float %delta, float %v.142)
  %v.143 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.143, float %delta, float %v.110)
  %v.144 = fneg float %v.118
  %grad.3 = fmul float %clip, %v.144
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.111, float %grad.3)
  %v.145 = fmul float %one_minus_rho, %grad.4
  %v.146 = fmul float %rho, %v.125
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.145, float %grad.4, float %v.146)
  %v.147 = fadd float %eps, %v.132
  %v.148 = fadd float %square_avg.2, %eps
  %v.149 = call float @llvm.sqrt.f32(float %v.147)
  %v.150 = call float @llvm.sqrt.f32(float %v.148)
  %v.151 = fdiv float %v.149, %v.150
  %delta.2 = fmul float %v.151, %grad.4
  %v.152 = fmul float %one_minus_rho, %delta.2
  %v.153 = fmul float %rho, %v.132
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.152, float %delta.2, float %v.153)
  %param.2 = call float @llvm.fmuladd.f32(float %v.143, float %delta.2, float %v.111)
  %v.154 = trunc i64 %v.100 to i32
  %v.155 = trunc i64 %dither to i32
  %v.156 = mul i32 %v.154, -736899888
  %v.157 = add i32 %v.156, %v.155
  %v.158 = bitcast float %param to i32
  %v.159 = lshr i32 %v.157, 16
  %v.160 = add i32 %v.159, %v.158
  %v.161 = fcmp uno float %param, 0.000000e+00
  %v.162 = add i32 %v.156, 1779033704
  %v.163 = add i32 %v.162, %v.155
  %v.164 = bitcast float %param.2 to i32
  %v.165 = lshr i32 %v.163, 16
  %v.166 = add i32 %v.165, %v.164
  %v.167 = fcmp uno float %param.2, 0.000000e+00
  %v.168 = lshr i32 %v.160, 16
  %v.169 = select i1 %v.161, i32 32704, i32 %v.168
  %v.170 = and i32 %v.166, -65536
  %v.171 = select i1 %v.167, i32 2143289344, i32 %v.170
  %v.172 = or i32 %v.169, %v.171
  store i32 %v.172, ptr %v.106, align 2
  %v.173 = xor i32 %v.155, -2147483648
  %v.174 = add i32 %v.156, %v.173
  %v.175 = bitcast float %square_avg to i32
  %v.176 = lshr i32 %v.174, 16
  %v.177 = add i32 %v.176, %v.175
  %v.178 = fcmp uno float %square_avg, 0.000000e+00
  %v.179 = add i32 %v.162, %v.173
  %v.180 = bitcast float %square_avg.2 to i32
  %v.181 = lshr i32 %v.179, 16
  %v.182 = add i32 %v.181, %v.180
  %v.183 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.184 = lshr i32 %v.177, 16
  %v.185 = select i1 %v.178, i32 32704, i32 %v.184
  %v.186 = and i32 %v.182, -65536
  %v.187 = select i1 %v.183, i32 2143289344, i32 %v.186
  %v.188 = or i32 %v.185, %v.187
  store i32 %v.188, ptr %v.120, align 2
  %v.189 = add i32 %v.155, -1073741824
  %v.190 = add i32 %v.156, %v.189
  %v.191 = bitcast float %acc_delta to i32
  %v.192 = lshr i32 %v.190, 16
  %v.193 = add i32 %v.192, %v.191
  %v.194 = fcmp uno float %acc_delta, 0.000000e+00
  %v.195 = add i32 %v.157, 705291880
  %v.196 = bitcast float %acc_delta.2 to i32
  %v.197 = lshr i32 %v.195, 16
  %v.198 = add i32 %v.197, %v.196
  %v.199 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.200 = lshr i32 %v.193, 16
  %v.201 = select i1 %v.194, i32 32704, i32 %v.200
  %v.202 = and i32 %v.198, -65536
  %v.203 = select i1 %v.199, i32 2143289344, i32 %v.202
  %v.204 = or i32 %v.201, %v.203
  store i32 %v.204, ptr %v.127, align 2
  br label %block.20

block.22:
  %v.205 = sub i64 %n.2, %v.97
  %v.206 = call i64 @llvm.smax.i64(i64 %v.205, i64 0)
  br label %block.23

block.23:
  %v.207 = phi i64 [ %v.97, %block.22 ], [ %v.208, %block.24 ]
  %v.209 = phi i64 [ %v.206, %block.22 ], [ %v.210, %block.24 ]
  %v.211 = icmp sgt i64 %v.209, 0
  br i1 %v.211, label %block.24, label %block.17

block.24:
  %v.210 = add nsw i64 %v.209, -1
  %v.208 = add i64 %v.207, 1
  %v.212 = inttoptr i64 %params to ptr
  %v.213 = getelementptr i16, ptr %v.212, i64 %v.207
  %v.214 = load i16, ptr %v.213, align 2
  %v.215 = zext i16 %v.214 to i32
  %v.216 = shl nuw i32 %v.215, 16
  %param.3 = bitcast i32 %v.216 to float
  %v.217 = inttoptr i64 %grads.2 to ptr
  %v.218 = getelementptr i16, ptr %v.217, i64 %v.207
  %v.219 = load i16, ptr %v.218, align 2
  %v.220 = zext i16 %v.219 to i32
  %v.221 = shl nuw i32 %v.220, 16
  %grad.5 = bitcast i32 %v.221 to float
  %v.222 = inttoptr i64 %square_avgs to ptr
  %v.223 = getelementptr i16, ptr %v.222, i64 %v.207
  %v.224 = load i16, ptr %v.223, align 2
  %v.225 = zext i16 %v.224 to i32
  %v.226 = shl nuw i32 %v.225, 16
  %square_avg.3 = bitcast i32 %v.226 to float
  %v.227 = inttoptr i64 %acc_deltas to ptr
  %v.228 = getelementptr i16, ptr %v.227, i64 %v.207
  %v.229 = load i16, ptr %v.228, align 2
  %v.230 = zext i16 %v.229 to i32
  %v.231 = shl nuw i32 %v.230, 16
  %acc_delta.3 = bitcast i32 %v.231 to float
  %v.232 = fneg float %grad.5
  %grad.6 = fmul float %clip, %v.232
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.6)
  %v.233 = fmul float %one_minus_rho, %grad.7
  %v.234 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.233, float %grad.7, float %v.234)
  %v.235 = fadd float %eps, %acc_delta.3
  %v.236 = fadd float %square_avg.4, %eps
  %v.237 = call float @llvm.sqrt.f32(float %v.235)
  %v.238 = call float @llvm.sqrt.f32(float %v.236)
  %v.239 = fdiv float %v.237, %v.238
  %delta.3 = fmul float %v.239, %grad.7
  %v.240 = fmul float %one_minus_rho, %delta.3
  %v.241 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.240, float %delta.3, float %v.241)
  %v.242 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.242, float %delta.3, float %param.3)
  %v.243 = trunc i64 %v.207 to i32
  %v.244 = trunc i64 %dither to i32
  %v.245 = mul i32 %v.243, 1779033704
  %v.246 = add i32 %v.245, %v.244
  %v.247 = bitcast float %param.4 to i32
  %v.248 = lshr i32 %v.246, 16
  %v.249 = add i32 %v.248, %v.247
  %v.250 = fcmp uno float %param.4, 0.000000e+00
  %v.251 = lshr i32 %v.249, 16
  %v.252 = trunc i32 %v.251 to i16
  %v.253 = select i1 %v.250, i16 32704, i16 %v.252
  store i16 %v.253, ptr %v.213, align 2
  %v.254 = xor i32 %v.244, -2147483648
  %v.255 = add i32 %v.245, %v.254
  %v.256 = bitcast float %square_avg.4 to i32
  %v.257 = lshr i32 %v.255, 16
  %v.258 = add i32 %v.257, %v.256
  %v.259 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.260 = lshr i32 %v.258, 16
  %v.261 = trunc i32 %v.260 to i16
  %v.262 = select i1 %v.259, i16 32704, i16 %v.261
  store i16 %v.262, ptr %v.223, align 2
  %v.263 = add i32 %v.244, -1073741824
  %v.264 = add i32 %v.245, %v.263
  %v.265 = bitcast float %acc_delta.4 to i32
  %v.266 = lshr i32 %v.264, 16
  %v.267 = add i32 %v.266, %v.265
  %v.268 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.269 = lshr i32 %v.267, 16
  %v.270 = trunc i32 %v.269 to i16
  %v.271 = select i1 %v.268, i16 32704, i16 %v.270
  store i16 %v.271, ptr %v.228, align 2
  br label %block.23

block.25:
  %v.272 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.273 = phi i64 [ 0, %block.25 ], [ %v.274, %block.27 ]
  %v.275 = phi i64 [ %v.272, %block.25 ], [ %v.276, %block.27 ]
  %v.277 = icmp sgt i64 %v.275, 0
  br i1 %v.277, label %block.27, label %block.17

block.27:
  %v.276 = add nsw i64 %v.275, -1
  %v.274 = add i64 %v.273, 1
  %v.278 = inttoptr i64 %params to ptr
  %v.279 = getelementptr i16, ptr %v.278, i64 %v.273
  %v.280 = load i16, ptr %v.279, align 2
  %v.281 = zext i16 %v.280 to i32
  %v.282 = shl nuw i32 %v.281, 16
  %param.5 = bitcast i32 %v.282 to float
  %v.283 = inttoptr i64 %grads.2 to ptr
  %v.284 = getelementptr i16, ptr %v.283, i64 %v.273
  %v.285 = load i16, ptr %v.284, align 2
  %v.286 = zext i16 %v.285 to i32
  %v.287 = shl nuw i32 %v.286, 16
  %v.288 = bitcast i32 %v.287 to float
  %grad.8 = fmul float %inv_scale, %v.288
  %v.289 = bitcast float %grad.8 to i32
  %v.290 = lshr i32 %v.289, 16
  %v.291 = and i32 %v.290, 1
  %v.292 = add nuw nsw i32 %v.291, 32767
  %v.293 = add i32 %v.292, %v.289
  %v.294 = lshr i32 %v.293, 16
  %v.295 = trunc i32 %v.294 to i16
  store i16 %v.295, ptr %v.284, align 2
  %v.296 = inttoptr i64 %square_avgs to ptr
  %v.297 = getelementptr i16, ptr %v.296, i64 %v.273
  %v.298 = load i16, ptr %v.297, align 2
  %v.299 = zext i16 %v.298 to i32
  %v.300 = shl nuw i32 %v.299, 16
  %square_avg.5 = bitcast i32 %v.300 to float
  %v.301 = inttoptr i64 %acc_deltas to ptr
  %v.302 = getelementptr i16, ptr %v.301, i64 %v.273
  %v.303 = load i16, ptr %v.302, align 2
  %v.304 = zext i16 %v.303 to i32
  %v.305 = shl nuw i32 %v.304, 16
  %acc_delta.5 = bitcast i32 %v.305 to float
  %v.306 = fneg float %clip
  %grad.9 = fmul float %grad.8, %v.306
  %grad.10 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.5, float %grad.9)
  %v.307 = fmul float %one_minus_rho, %grad.10
  %v.308 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.307, float %grad.10, float %v.308)
  %v.309 = fadd float %eps, %acc_delta.5
  %v.310 = fadd float %square_avg.6, %eps
  %v.311 = call float @llvm.sqrt.f32(float %v.309)
  %v.312 = call float @llvm.sqrt.f32(float %v.310)
  %v.313 = fdiv float %v.311, %v.312
  %delta.4 = fmul float %v.313, %grad.10
  %v.314 = fmul float %one_minus_rho, %delta.4
  %v.315 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.314, float %delta.4, float %v.315)
  %v.316 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.316, float %delta.4, float %param.5)
  %v.317 = trunc i64 %v.273 to i32
  %v.318 = trunc i64 %dither to i32
  %v.319 = mul i32 %v.317, 1779033704
  %v.320 = add i32 %v.319, %v.318
  %v.321 = bitcast float %param.6 to i32
  %v.322 = lshr i32 %v.320, 16
  %v.323 = add i32 %v.322, %v.321
  %v.324 = fcmp uno float %param.6, 0.000000e+00
  %v.325 = lshr i32 %v.323, 16
  %v.326 = trunc i32 %v.325 to i16
  %v.327 = select i1 %v.324, i16 32704, i16 %v.326
  store i16 %v.327, ptr %v.279, align 2
  %v.328 = xor i32 %v.318, -2147483648
  %v.329 = add i32 %v.319, %v.328
  %v.330 = bitcast float %square_avg.6 to i32
  %v.331 = lshr i32 %v.329, 16
  %v.332 = add i32 %v.331, %v.330
  %v.333 = fcmp uno float %square_avg.6, 0.000000e+00
  %v.334 = lshr i32 %v.332, 16
  %v.335 = trunc i32 %v.334 to i16
  %v.336 = select i1 %v.333, i16 32704, i16 %v.335
  store i16 %v.336, ptr %v.297, align 2
  %v.337 = add i32 %v.318, -1073741824
  %v.338 = add i32 %v.319, %v.337
  %v.339 = bitcast float %acc_delta.6 to i32
  %v.340 = lshr i32 %v.338, 16
  %v.341 = add i32 %v.340, %v.339
  %v.342 = fcmp uno float %acc_delta.6, 0.000000e+00
  %v.343 = lshr i32 %v.341, 16
  %v.344 = trunc i32 %v.343 to i16
  %v.345 = select i1 %v.342, i16 32704, i16 %v.344
  store i16 %v.345, ptr %v.302, align 2
  br label %block.26

block.28:
  ret void
}
