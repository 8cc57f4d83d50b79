; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd(i64 %begin, i64 %end, i64 %job) {
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
  br i1 %v.15, label %block.3, label %block.28

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
  br i1 %v.90, label %block.19, label %block.25

block.19:
  %v.91 = icmp sgt i64 %n.2, 63
  %v.92 = and i64 %n.2, -32
  %v.93 = select i1 %v.91, i64 %v.92, i64 0
  %v.94 = ashr exact i64 %v.93, 1
  %v.95 = call i64 @llvm.smax.i64(i64 %v.94, i64 0)
  br label %block.20

block.20:
  %v.96 = phi i64 [ 0, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = phi i64 [ %v.95, %block.19 ], [ %v.99, %block.21 ]
  %v.100 = icmp sgt i64 %v.98, 0
  br i1 %v.100, label %block.21, label %block.22

block.21:
  %v.99 = add nsw i64 %v.98, -1
  %v.97 = add i64 %v.96, 1
  %v.101 = inttoptr i64 %params to ptr
  %v.102 = getelementptr i32, ptr %v.101, i64 %v.96
  %v.103 = load i32, ptr %v.102, align 2
  %v.104 = shl i32 %v.103, 16
  %v.105 = and i32 %v.103, -65536
  %v.106 = bitcast i32 %v.104 to float
  %v.107 = bitcast i32 %v.105 to float
  %v.108 = inttoptr i64 %grads.2 to ptr
  %v.109 = getelementptr i32, ptr %v.108, i64 %v.96
  %v.110 = load i32, ptr %v.109, align 2
  %v.111 = shl i32 %v.110, 16
  %v.112 = and i32 %v.110, -65536
  %v.113 = bitcast i32 %v.111 to float
  %v.114 = bitcast i32 %v.112 to float
  %v.115 = inttoptr i64 %square_avgs to ptr
  %v.116 = getelementptr i32, ptr %v.115, i64 %v.96
  %v.117 = load i32, ptr %v.116, align 2
  %v.118 = shl i32 %v.117, 16
  %v.119 = and i32 %v.117, -65536
  %v.120 = bitcast i32 %v.118 to float
  %v.121 = bitcast i32 %v.119 to float
  %v.122 = inttoptr i64 %acc_deltas to ptr
  %v.123 = getelementptr i32, ptr %v.122, i64 %v.96
  %v.124 = load i32, ptr %v.123, align 2
  %v.125 = shl i32 %v.124, 16
  %v.126 = and i32 %v.124, -65536
  %v.127 = bitcast i32 %v.125 to float
  %v.128 = bitcast i32 %v.126 to float
  %grad = fmul float %clip, %v.113
  %v.129 = fmul float %one_minus_rho, %grad
  %v.130 = fmul float %rho, %v.120
  %square_avg = call float @llvm.fmuladd.f32(float %v.129, float %grad, float %v.130)
  %v.131 = fadd float %eps, %v.127
  %v.132 = fadd float %square_avg, %eps
  %v.133 = call float @llvm.sqrt.f32(float %v.131)
  %v.134 = call float @llvm.sqrt.f32(float %v.132)
  %v.135 = fdiv float %v.133, %v.134
  %delta = fmul float %v.135, %grad
  %v.136 = fmul float %one_minus_rho, %delta
  %v.137 = fmul float %rho, %v.127
  %acc_delta = call float @llvm.fmuladd.f32(float %v.136, float %delta, float %v.137)
  %v.138 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.138, float %delta, float %v.106)
  %grad.2 = fmul float %clip, %v.114
  %v.139 = fmul float %one_minus_rho, %grad.2
  %v.140 = fmul float %rho, %v.121
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.139, float %grad.2, float %v.140)
  %v.141 = fadd float %eps, %v.128
  %v.142 = fadd float %square_avg.2, %eps
  %v.143 = call float @llvm.sqrt.f32(float %v.141)
  %v.144 = call float @llvm.sqrt.f32(float %v.142)
  %v.145 = fdiv float %v.143, %v.144
  %delta.2 = fmul float %v.145, %grad.2
  %v.146 = fmul float %one_minus_rho, %delta.2
  %v.147 = fmul float %rho, %v.128
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.146, float %delta.2, float %v.147)
  %param.2 = call float @llvm.fmuladd.f32(float %v.138, float %delta.2, float %v.107)
  %v.148 = bitcast float %param to i32
  %v.149 = lshr i32 %v.148, 16
  %v.150 = and i32 %v.149, 1
  %v.151 = add nuw nsw i32 %v.150, 32767
  %v.152 = add i32 %v.151, %v.148
  %v.153 = bitcast float %param.2 to i32
  %v.154 = lshr i32 %v.153, 16
  %v.155 = and i32 %v.154, 1
  %v.156 = add nuw nsw i32 %v.155, 32767
  %v.157 = add i32 %v.156, %v.153
  %v.158 = lshr i32 %v.152, 16
  %v.159 = and i32 %v.157, -65536
  %v.160 = or i32 %v.158, %v.159
  store i32 %v.160, ptr %v.102, align 2
  %v.161 = bitcast float %square_avg to i32
  %v.162 = lshr i32 %v.161, 16
  %v.163 = and i32 %v.162, 1
  %v.164 = add nuw nsw i32 %v.163, 32767
  %v.165 = add i32 %v.164, %v.161
  %v.166 = bitcast float %square_avg.2 to i32
  %v.167 = lshr i32 %v.166, 16
  %v.168 = and i32 %v.167, 1
  %v.169 = add nuw nsw i32 %v.168, 32767
  %v.170 = add i32 %v.169, %v.166
  %v.171 = lshr i32 %v.165, 16
  %v.172 = and i32 %v.170, -65536
  %v.173 = or i32 %v.171, %v.172
  store i32 %v.173, ptr %v.116, align 2
  %v.174 = bitcast float %acc_delta to i32
  %v.175 = lshr i32 %v.174, 16
  %v.176 = and i32 %v.175, 1
  %v.177 = add nuw nsw i32 %v.176, 32767
  %v.178 = add i32 %v.177, %v.174
  %v.179 = bitcast float %acc_delta.2 to i32
  %v.180 = lshr i32 %v.179, 16
  %v.181 = and i32 %v.180, 1
  %v.182 = add nuw nsw i32 %v.181, 32767
  %v.183 = add i32 %v.182, %v.179
  %v.184 = lshr i32 %v.178, 16
  %v.185 = and i32 %v.183, -65536
  %v.186 = or i32 %v.184, %v.185
  store i32 %v.186, ptr %v.123, align 2
  br label %block.20

block.22:
  %v.187 = sub i64 %n.2, %v.93
  %v.188 = call i64 @llvm.smax.i64(i64 %v.187, i64 0)
  br label %block.23

block.23:
  %v.189 = phi i64 [ %v.93, %block.22 ], [ %v.190, %block.24 ]
  %v.191 = phi i64 [ %v.188, %block.22 ], [ %v.192, %block.24 ]
  %v.193 = icmp sgt i64 %v.191, 0
  br i1 %v.193, label %block.24, label %block.17

block.24:
  %v.192 = add nsw i64 %v.191, -1
  %v.190 = add i64 %v.189, 1
  %v.194 = inttoptr i64 %params to ptr
  %v.195 = getelementptr i16, ptr %v.194, i64 %v.189
  %v.196 = load i16, ptr %v.195, align 2
  %v.197 = zext i16 %v.196 to i32
  %v.198 = shl nuw i32 %v.197, 16
  %param.3 = bitcast i32 %v.198 to float
  %v.199 = inttoptr i64 %grads.2 to ptr
  %v.200 = getelementptr i16, ptr %v.199, i64 %v.189
  %v.201 = load i16, ptr %v.200, align 2
  %v.202 = zext i16 %v.201 to i32
  %v.203 = shl nuw i32 %v.202, 16
  %grad.3 = bitcast i32 %v.203 to float
  %v.204 = inttoptr i64 %square_avgs to ptr
  %v.205 = getelementptr i16, ptr %v.204, i64 %v.189
  %v.206 = load i16, ptr %v.205, align 2
  %v.207 = zext i16 %v.206 to i32
  %v.208 = shl nuw i32 %v.207, 16
  %square_avg.3 = bitcast i32 %v.208 to float
  %v.209 = inttoptr i64 %acc_deltas to ptr
  %v.210 = getelementptr i16, ptr %v.209, i64 %v.189
  %v.211 = load i16, ptr %v.210, align 2
  %v.212 = zext i16 %v.211 to i32
  %v.213 = shl nuw i32 %v.212, 16
  %acc_delta.3 = bitcast i32 %v.213 to float
  %grad.4 = fmul float %clip, %grad.3
  %v.214 = fmul float %one_minus_rho, %grad.4
  %v.215 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.214, float %grad.4, float %v.215)
  %v.216 = fadd float %eps, %acc_delta.3
  %v.217 = fadd float %square_avg.4, %eps
  %v.218 = call float @llvm.sqrt.f32(float %v.216)
  %v.219 = call float @llvm.sqrt.f32(float %v.217)
  %v.220 = fdiv float %v.218, %v.219
  %delta.3 = fmul float %v.220, %grad.4
  %v.221 = fmul float %one_minus_rho, %delta.3
  %v.222 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.221, float %delta.3, float %v.222)
  %v.223 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.223, float %delta.3, float %param.3)
  %v.224 = bitcast float %param.4 to i32
  %v.225 = lshr i32 %v.224, 16
  %v.226 = and i32 %v.225, 1
  %v.227 = add nuw nsw i32 %v.226, 32767
  %v.228 = add i32 %v.227, %v.224
  %v.229 = lshr i32 %v.228, 16
  %v.230 = trunc i32 %v.229 to i16
  store i16 %v.230, ptr %v.195, align 2
  %v.231 = bitcast float %square_avg.4 to i32
  %v.232 = lshr i32 %v.231, 16
  %v.233 = and i32 %v.232, 1
  %v.234 = add nuw nsw i32 %v.233, 32767
  %v.235 = add i32 %v.234, %v.231
  %v.236 = lshr i32 %v.235, 16
  %v.237 = trunc i32 %v.236 to i16
  store i16 %v.237, ptr %v.205, align 2
  %v.238 = bitcast float %acc_delta.4 to i32
  %v.239 = lshr i32 %v.238, 16
  %v.240 = and i32 %v.239, 1
  %v.241 = add nuw nsw i32 %v.240, 32767
  %v.242 = add i32 %v.241, %v.238
  %v.243 = lshr i32 %v.242, 16
  %v.244 = trunc i32 %v.243 to i16
  store i16 %v.244, ptr %v.210, align 2
  br label %block.23

block.25:
  %v.245 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.246 = phi i64 [ 0, %block.25 ], [ %v.247, %block.27 ]
  %v.248 = phi i64 [ %v.245, %block.25 ], [ %v.249, %block.27 ]
  %v.250 = icmp sgt i64 %v.248, 0
  br i1 %v.250, label %block.27, label %block.17

block.27:
  %v.249 = add nsw i64 %v.248, -1
  %v.247 = add i64 %v.246, 1
  %v.251 = inttoptr i64 %params to ptr
  %v.252 = getelementptr i16, ptr %v.251, i64 %v.246
  %v.253 = load i16, ptr %v.252, align 2
  %v.254 = zext i16 %v.253 to i32
  %v.255 = shl nuw i32 %v.254, 16
  %param.5 = bitcast i32 %v.255 to float
  %v.256 = inttoptr i64 %grads.2 to ptr
  %v.257 = getelementptr i16, ptr %v.256, i64 %v.246
  %v.258 = load i16, ptr %v.257, align 2
  %v.259 = zext i16 %v.258 to i32
  %v.260 = shl nuw i32 %v.259, 16
  %v.261 = bitcast i32 %v.260 to float
  %grad.5 = fmul float %inv_scale, %v.261
  %v.262 = bitcast float %grad.5 to i32
  %v.263 = lshr i32 %v.262, 16
  %v.264 = and i32 %v.263, 1
  %v.265 = add nuw nsw i32 %v.264, 32767
  %v.266 = add i32 %v.265, %v.262
  %v.267 = lshr i32 %v.266, 16
  %v.268 = trunc i32 %v.267 to i16
  store i16 %v.268, ptr %v.257, align 2
  %v.269 = inttoptr i64 %square_avgs to ptr
  %v.270 = getelementptr i16, ptr %v.269, i64 %v.246
  %v.271 = load i16, ptr %v.270, align 2
  %v.272 = zext i16 %v.271 to i32
  %v.273 = shl nuw i32 %v.272, 16
  %square_avg.5 = bitcast i32 %v.273 to float
  %v.274 = inttoptr i64 %acc_deltas to ptr
  %v.275 = getelementptr i16, ptr %v.274, i64 %v.246
  %v.276 = load i16, ptr %v.275, align 2
  %v.277 = zext i16 %v.276 to i32
  %v.278 = shl nuw i32 %v.277, 16
  %acc_delta.5 = bitcast i32 %v.278 to float
  %grad.6 = fmul float %grad.5, %clip
  %v.279 = fmul float %one_minus_rho, %grad.6
  %v.280 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.279, float %grad.6, float %v.280)
  %v.281 = fadd float %eps, %acc_delta.5
  %v.282 = fadd float %square_avg.6, %eps
  %v.283 = call float @llvm.sqrt.f32(float %v.281)
  %v.284 = call float @llvm.sqrt.f32(float %v.282)
  %v.285 = fdiv float %v.283, %v.284
  %delta.4 = fmul float %v.285, %grad.6
  %v.286 = fmul float %one_minus_rho, %delta.4
  %v.287 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.286, float %delta.4, float %v.287)
  %v.288 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.288, float %delta.4, float %param.5)
  %v.289 = bitcast float %param.6 to i32
  %v.290 = lshr i32 %v.289, 16
  %v.291 = and i32 %v.290, 1
  %v.292 = add nuw nsw i32 %v.291, 32767
  %v.293 = add i32 %v.292, %v.289
  %v.294 = lshr i32 %v.293, 16
  %v.295 = trunc i32 %v.294 to i16
  store i16 %v.295, ptr %v.252, align 2
  %v.296 = bitcast float %square_avg.6 to i32
  %v.297 = lshr i32 %v.296, 16
  %v.298 = and i32 %v.297, 1
  %v.299 = add nuw nsw i32 %v.298, 32767
  %v.300 = add i32 %v.299, %v.296
  %v.301 = lshr i32 %v.300, 16
  %v.302 = trunc i32 %v.301 to i16
  store i16 %v.302, ptr %v.270, align 2
  %v.303 = bitcast float %acc_delta.6 to i32
  %v.304 = lshr i32 %v.303, 16
  %v.305 = and i32 %v.304, 1
  %v.306 = add nuw nsw i32 %v.305, 32767
  %v.307 = add i32 %v.306, %v.303
  %v.308 = lshr i32 %v.307, 16
  %v.309 = trunc i32 %v.308 to i16
  store i16 %v.309, ptr %v.275, align 2
  br label %block.26

block.28:
  ret void
}
