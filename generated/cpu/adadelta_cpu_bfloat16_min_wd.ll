; @generated from generated/cpu/adadelta_cpu_bfloat16_min_wd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_wd(i64 %begin, i64 %end, i64 %job) {
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
  %v.91 = icmp eq i64 %unscale, 0
  br i1 %v.91, label %block.19, label %block.25

block.19:
  %v.92 = icmp sgt i64 %n.2, 63
  %v.93 = and i64 %n.2, -32
  %v.94 = select i1 %v.92, i64 %v.93, i64 0
  %v.95 = ashr exact i64 %v.94, 1
  %v.96 = call i64 @llvm.smax.i64(i64 %v.95, i64 0)
  br label %block.20

block.20:
  %v.97 = phi i64 [ 0, %block.19 ], [ %v.98, %block.21 ]
  %v.99 = phi i64 [ %v.96, %block.19 ], [ %v.100, %block.21 ]
  %v.101 = icmp sgt i64 %v.99, 0
  br i1 %v.101, label %block.21, label %block.22

block.21:
  %v.100 = add nsw i64 %v.99, -1
  %v.98 = add i64 %v.97, 1
  %v.102 = inttoptr i64 %params to ptr
  %v.103 = getelementptr i32, ptr %v.102, i64 %v.97
  %v.104 = load i32, ptr %v.103, align 2
  %v.105 = shl i32 %v.104, 16
  %v.106 = and i32 %v.104, -65536
  %v.107 = bitcast i32 %v.105 to float
  %v.108 = bitcast i32 %v.106 to float
  %v.109 = inttoptr i64 %grads.2 to ptr
  %v.110 = getelementptr i32, ptr %v.109, i64 %v.97
  %v.111 = load i32, ptr %v.110, align 2
  %v.112 = shl i32 %v.111, 16
  %v.113 = and i32 %v.111, -65536
  %v.114 = bitcast i32 %v.112 to float
  %v.115 = bitcast i32 %v.113 to float
  %v.116 = inttoptr i64 %square_avgs to ptr
  %v.117 = getelementptr i32, ptr %v.116, i64 %v.97
  %v.118 = load i32, ptr %v.117, align 2
  %v.119 = shl i32 %v.118, 16
  %v.120 = and i32 %v.118, -65536
  %v.121 = bitcast i32 %v.119 to float
  %v.122 = bitcast i32 %v.120 to float
  %v.123 = inttoptr i64 %acc_deltas to ptr
  %v.124 = getelementptr i32, ptr %v.123, i64 %v.97
  %v.125 = load i32, ptr %v.124, align 2
  %v.126 = shl i32 %v.125, 16
  %v.127 = and i32 %v.125, -65536
  %v.128 = bitcast i32 %v.126 to float
  %v.129 = bitcast i32 %v.127 to float
  %grad = fmul float %clip, %v.114
  %grad.2 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.107, float %grad)
  %v.130 = fmul float %one_minus_rho, %grad.2
  %v.131 = fmul float %rho, %v.121
  %square_avg = call float @llvm.fmuladd.f32(float %v.130, float %grad.2, float %v.131)
  %v.132 = fadd float %eps, %v.128
  %v.133 = fadd float %square_avg, %eps
  %v.134 = call float @llvm.sqrt.f32(float %v.132)
  %v.135 = call float @llvm.sqrt.f32(float %v.133)
  %v.136 = fdiv float %v.134, %v.135
  %delta = fmul float %v.136, %grad.2
  %v.137 = fmul float %one_minus_rho, %delta
  %v.138 = fmul float %rho, %v.128
  %acc_delta = call float @llvm.fmuladd.f32(float %v.137, float %delta, float %v.138)
  %v.139 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.139, float %delta, float %v.107)
  %grad.3 = fmul float %clip, %v.115
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.108, float %grad.3)
  %v.140 = fmul float %one_minus_rho, %grad.4
  %v.141 = fmul float %rho, %v.122
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.140, float %grad.4, float %v.141)
  %v.142 = fadd float %eps, %v.129
  %v.143 = fadd float %square_avg.2, %eps
  %v.144 = call float @llvm.sqrt.f32(float %v.142)
  %v.145 = call float @llvm.sqrt.f32(float %v.143)
  %v.146 = fdiv float %v.144, %v.145
  %delta.2 = fmul float %v.146, %grad.4
  %v.147 = fmul float %one_minus_rho, %delta.2
  %v.148 = fmul float %rho, %v.129
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.147, float %delta.2, float %v.148)
  %param.2 = call float @llvm.fmuladd.f32(float %v.139, float %delta.2, float %v.108)
  %v.149 = bitcast float %param to i32
  %v.150 = lshr i32 %v.149, 16
  %v.151 = and i32 %v.150, 1
  %v.152 = add nuw nsw i32 %v.151, 32767
  %v.153 = add i32 %v.152, %v.149
  %v.154 = bitcast float %param.2 to i32
  %v.155 = lshr i32 %v.154, 16
  %v.156 = and i32 %v.155, 1
  %v.157 = add nuw nsw i32 %v.156, 32767
  %v.158 = add i32 %v.157, %v.154
  %v.159 = lshr i32 %v.153, 16
  %v.160 = and i32 %v.158, -65536
  %v.161 = or i32 %v.159, %v.160
  store i32 %v.161, ptr %v.103, align 2
  %v.162 = bitcast float %square_avg to i32
  %v.163 = lshr i32 %v.162, 16
  %v.164 = and i32 %v.163, 1
  %v.165 = add nuw nsw i32 %v.164, 32767
  %v.166 = add i32 %v.165, %v.162
  %v.167 = bitcast float %square_avg.2 to i32
  %v.168 = lshr i32 %v.167, 16
  %v.169 = and i32 %v.168, 1
  %v.170 = add nuw nsw i32 %v.169, 32767
  %v.171 = add i32 %v.170, %v.167
  %v.172 = lshr i32 %v.166, 16
  %v.173 = and i32 %v.171, -65536
  %v.174 = or i32 %v.172, %v.173
  store i32 %v.174, ptr %v.117, align 2
  %v.175 = bitcast float %acc_delta to i32
  %v.176 = lshr i32 %v.175, 16
  %v.177 = and i32 %v.176, 1
  %v.178 = add nuw nsw i32 %v.177, 32767
  %v.179 = add i32 %v.178, %v.175
  %v.180 = bitcast float %acc_delta.2 to i32
  %v.181 = lshr i32 %v.180, 16
  %v.182 = and i32 %v.181, 1
  %v.183 = add nuw nsw i32 %v.182, 32767
  %v.184 = add i32 %v.183, %v.180
  %v.185 = lshr i32 %v.179, 16
  %v.186 = and i32 %v.184, -65536
  %v.187 = or i32 %v.185, %v.186
  store i32 %v.187, ptr %v.124, align 2
  br label %block.20

block.22:
  %v.188 = sub i64 %n.2, %v.94
  %v.189 = call i64 @llvm.smax.i64(i64 %v.188, i64 0)
  br label %block.23

block.23:
  %v.190 = phi i64 [ %v.94, %block.22 ], [ %v.191, %block.24 ]
  %v.192 = phi i64 [ %v.189, %block.22 ], [ %v.193, %block.24 ]
  %v.194 = icmp sgt i64 %v.192, 0
  br i1 %v.194, label %block.24, label %block.17

block.24:
  %v.193 = add nsw i64 %v.192, -1
  %v.191 = add i64 %v.190, 1
  %v.195 = inttoptr i64 %params to ptr
  %v.196 = getelementptr i16, ptr %v.195, i64 %v.190
  %v.197 = load i16, ptr %v.196, align 2
  %v.198 = zext i16 %v.197 to i32
  %v.199 = shl nuw i32 %v.198, 16
  %param.3 = bitcast i32 %v.199 to float
  %v.200 = inttoptr i64 %grads.2 to ptr
  %v.201 = getelementptr i16, ptr %v.200, i64 %v.190
  %v.202 = load i16, ptr %v.201, align 2
  %v.203 = zext i16 %v.202 to i32
  %v.204 = shl nuw i32 %v.203, 16
  %grad.5 = bitcast i32 %v.204 to float
  %v.205 = inttoptr i64 %square_avgs to ptr
  %v.206 = getelementptr i16, ptr %v.205, i64 %v.190
  %v.207 = load i16, ptr %v.206, align 2
  %v.208 = zext i16 %v.207 to i32
  %v.209 = shl nuw i32 %v.208, 16
  %square_avg.3 = bitcast i32 %v.209 to float
  %v.210 = inttoptr i64 %acc_deltas to ptr
  %v.211 = getelementptr i16, ptr %v.210, i64 %v.190
  %v.212 = load i16, ptr %v.211, align 2
  %v.213 = zext i16 %v.212 to i32
  %v.214 = shl nuw i32 %v.213, 16
  %acc_delta.3 = bitcast i32 %v.214 to float
  %grad.6 = fmul float %clip, %grad.5
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.6)
  %v.215 = fmul float %one_minus_rho, %grad.7
  %v.216 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.215, float %grad.7, float %v.216)
  %v.217 = fadd float %eps, %acc_delta.3
  %v.218 = fadd float %square_avg.4, %eps
  %v.219 = call float @llvm.sqrt.f32(float %v.217)
  %v.220 = call float @llvm.sqrt.f32(float %v.218)
  %v.221 = fdiv float %v.219, %v.220
  %delta.3 = fmul float %v.221, %grad.7
  %v.222 = fmul float %one_minus_rho, %delta.3
  %v.223 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.222, float %delta.3, float %v.223)
  %v.224 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.224, float %delta.3, float %param.3)
  %v.225 = bitcast float %param.4 to i32
  %v.226 = lshr i32 %v.225, 16
  %v.227 = and i32 %v.226, 1
  %v.228 = add nuw nsw i32 %v.227, 32767
  %v.229 = add i32 %v.228, %v.225
  %v.230 = lshr i32 %v.229, 16
  %v.231 = trunc i32 %v.230 to i16
  store i16 %v.231, ptr %v.196, align 2
  %v.232 = bitcast float %square_avg.4 to i32
  %v.233 = lshr i32 %v.232, 16
  %v.234 = and i32 %v.233, 1
  %v.235 = add nuw nsw i32 %v.234, 32767
  %v.236 = add i32 %v.235, %v.232
  %v.237 = lshr i32 %v.236, 16
  %v.238 = trunc i32 %v.237 to i16
  store i16 %v.238, ptr %v.206, align 2
  %v.239 = bitcast float %acc_delta.4 to i32
  %v.240 = lshr i32 %v.239, 16
  %v.241 = and i32 %v.240, 1
  %v.242 = add nuw nsw i32 %v.241, 32767
  %v.243 = add i32 %v.242, %v.239
  %v.244 = lshr i32 %v.243, 16
  %v.245 = trunc i32 %v.244 to i16
  store i16 %v.245, ptr %v.211, align 2
  br label %block.23

block.25:
  %v.246 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.247 = phi i64 [ 0, %block.25 ], [ %v.248, %block.27 ]
  %v.249 = phi i64 [ %v.246, %block.25 ], [ %v.250, %block.27 ]
  %v.251 = icmp sgt i64 %v.249, 0
  br i1 %v.251, label %block.27, label %block.17

block.27:
  %v.250 = add nsw i64 %v.249, -1
  %v.248 = add i64 %v.247, 1
  %v.252 = inttoptr i64 %params to ptr
  %v.253 = getelementptr i16, ptr %v.252, i64 %v.247
  %v.254 = load i16, ptr %v.253, align 2
  %v.255 = zext i16 %v.254 to i32
  %v.256 = shl nuw i32 %v.255, 16
  %param.5 = bitcast i32 %v.256 to float
  %v.257 = inttoptr i64 %grads.2 to ptr
  %v.258 = getelementptr i16, ptr %v.257, i64 %v.247
  %v.259 = load i16, ptr %v.258, align 2
  %v.260 = zext i16 %v.259 to i32
  %v.261 = shl nuw i32 %v.260, 16
  %v.262 = bitcast i32 %v.261 to float
  %grad.8 = fmul float %inv_scale, %v.262
  %v.263 = bitcast float %grad.8 to i32
  %v.264 = lshr i32 %v.263, 16
  %v.265 = and i32 %v.264, 1
  %v.266 = add nuw nsw i32 %v.265, 32767
  %v.267 = add i32 %v.266, %v.263
  %v.268 = lshr i32 %v.267, 16
  %v.269 = trunc i32 %v.268 to i16
  store i16 %v.269, ptr %v.258, align 2
  %v.270 = inttoptr i64 %square_avgs to ptr
  %v.271 = getelementptr i16, ptr %v.270, i64 %v.247
  %v.272 = load i16, ptr %v.271, align 2
  %v.273 = zext i16 %v.272 to i32
  %v.274 = shl nuw i32 %v.273, 16
  %square_avg.5 = bitcast i32 %v.274 to float
  %v.275 = inttoptr i64 %acc_deltas to ptr
  %v.276 = getelementptr i16, ptr %v.275, i64 %v.247
  %v.277 = load i16, ptr %v.276, align 2
  %v.278 = zext i16 %v.277 to i32
  %v.279 = shl nuw i32 %v.278, 16
  %acc_delta.5 = bitcast i32 %v.279 to float
  %grad.9 = fmul float %grad.8, %clip
  %grad.10 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.5, float %grad.9)
  %v.280 = fmul float %one_minus_rho, %grad.10
  %v.281 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.280, float %grad.10, float %v.281)
  %v.282 = fadd float %eps, %acc_delta.5
  %v.283 = fadd float %square_avg.6, %eps
  %v.284 = call float @llvm.sqrt.f32(float %v.282)
  %v.285 = call float @llvm.sqrt.f32(float %v.283)
  %v.286 = fdiv float %v.284, %v.285
  %delta.4 = fmul float %v.286, %grad.10
  %v.287 = fmul float %one_minus_rho, %delta.4
  %v.288 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.287, float %delta.4, float %v.288)
  %v.289 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.289, float %delta.4, float %param.5)
  %v.290 = bitcast float %param.6 to i32
  %v.291 = lshr i32 %v.290, 16
  %v.292 = and i32 %v.291, 1
  %v.293 = add nuw nsw i32 %v.292, 32767
  %v.294 = add i32 %v.293, %v.290
  %v.295 = lshr i32 %v.294, 16
  %v.296 = trunc i32 %v.295 to i16
  store i16 %v.296, ptr %v.253, align 2
  %v.297 = bitcast float %square_avg.6 to i32
  %v.298 = lshr i32 %v.297, 16
  %v.299 = and i32 %v.298, 1
  %v.300 = add nuw nsw i32 %v.299, 32767
  %v.301 = add i32 %v.300, %v.297
  %v.302 = lshr i32 %v.301, 16
  %v.303 = trunc i32 %v.302 to i16
  store i16 %v.303, ptr %v.271, align 2
  %v.304 = bitcast float %acc_delta.6 to i32
  %v.305 = lshr i32 %v.304, 16
  %v.306 = and i32 %v.305, 1
  %v.307 = add nuw nsw i32 %v.306, 32767
  %v.308 = add i32 %v.307, %v.304
  %v.309 = lshr i32 %v.308, 16
  %v.310 = trunc i32 %v.309 to i16
  store i16 %v.310, ptr %v.276, align 2
  br label %block.26

block.28:
  ret void
}
