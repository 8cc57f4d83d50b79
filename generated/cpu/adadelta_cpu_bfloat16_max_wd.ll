; @generated from generated/cpu/adadelta_cpu_bfloat16_max_wd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_wd(i64 %begin, i64 %end, i64 %job) {
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
  %v.130 = fneg float %v.114
  %grad = fmul float %clip, %v.130
  %grad.2 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.107, float %grad)
  %v.131 = fmul float %one_minus_rho, %grad.2
  %v.132 = fmul float %rho, %v.121
  %square_avg = call float @llvm.fmuladd.f32(float %v.131, float %grad.2, float %v.132)
  %v.133 = fadd float %eps, %v.128
  %v.134 = fadd float %square_avg, %eps
  %v.135 = call float @llvm.sqrt.f32(float %v.133)
  %v.136 = call float @llvm.sqrt.f32(float %v.134)
  %v.137 = fdiv float %v.135, %v.136
  %delta = fmul float %v.137, %grad.2
  %v.138 = fmul float %one_minus_rho, %delta
  %v.139 = fmul float %rho, %v.128
  %acc_delta = call float @llvm.fmuladd.f32(float %v.138, float %delta, float %v.139)
  %v.140 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.140, float %delta, float %v.107)
  %v.141 = fneg float %v.115
  %grad.3 = fmul float %clip, %v.141
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %v.108, float %grad.3)
  %v.142 = fmul float %one_minus_rho, %grad.4
  %v.143 = fmul float %rho, %v.122
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.142, float %grad.4, float %v.143)
  %v.144 = fadd float %eps, %v.129
  %v.145 = fadd float %square_avg.2, %eps
  %v.146 = call float @llvm.sqrt.f32(float %v.144)
  %v.147 = call float @llvm.sqrt.f32(float %v.145)
  %v.148 = fdiv float %v.146, %v.147
  %delta.2 = fmul float %v.148, %grad.4
  %v.149 = fmul float %one_minus_rho, %delta.2
  %v.150 = fmul float %rho, %v.129
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.149, float %delta.2, float %v.150)
  %param.2 = call float @llvm.fmuladd.f32(float %v.140, float %delta.2, float %v.108)
  %v.151 = bitcast float %param to i32
  %v.152 = lshr i32 %v.151, 16
  %v.153 = and i32 %v.152, 1
  %v.154 = add nuw nsw i32 %v.153, 32767
  %v.155 = add i32 %v.154, %v.151
  %v.156 = bitcast float %param.2 to i32
  %v.157 = lshr i32 %v.156, 16
  %v.158 = and i32 %v.157, 1
  %v.159 = add nuw nsw i32 %v.158, 32767
  %v.160 = add i32 %v.159, %v.156
  %v.161 = lshr i32 %v.155, 16
  %v.162 = and i32 %v.160, -65536
  %v.163 = or i32 %v.161, %v.162
  store i32 %v.163, ptr %v.103, align 2
  %v.164 = bitcast float %square_avg to i32
  %v.165 = lshr i32 %v.164, 16
  %v.166 = and i32 %v.165, 1
  %v.167 = add nuw nsw i32 %v.166, 32767
  %v.168 = add i32 %v.167, %v.164
  %v.169 = bitcast float %square_avg.2 to i32
  %v.170 = lshr i32 %v.169, 16
  %v.171 = and i32 %v.170, 1
  %v.172 = add nuw nsw i32 %v.171, 32767
  %v.173 = add i32 %v.172, %v.169
  %v.174 = lshr i32 %v.168, 16
  %v.175 = and i32 %v.173, -65536
  %v.176 = or i32 %v.174, %v.175
  store i32 %v.176, ptr %v.117, align 2
  %v.177 = bitcast float %acc_delta to i32
  %v.178 = lshr i32 %v.177, 16
  %v.179 = and i32 %v.178, 1
  %v.180 = add nuw nsw i32 %v.179, 32767
  %v.181 = add i32 %v.180, %v.177
  %v.182 = bitcast float %acc_delta.2 to i32
  %v.183 = lshr i32 %v.182, 16
  %v.184 = and i32 %v.183, 1
  %v.185 = add nuw nsw i32 %v.184, 32767
  %v.186 = add i32 %v.185, %v.182
  %v.187 = lshr i32 %v.181, 16
  %v.188 = and i32 %v.186, -65536
  %v.189 = or i32 %v.187, %v.188
  store i32 %v.189, ptr %v.124, align 2
  br label %block.20

block.22:
  %v.190 = sub i64 %n.2, %v.94
  %v.191 = call i64 @llvm.smax.i64(i64 %v.190, i64 0)
  br label %block.23

block.23:
  %v.192 = phi i64 [ %v.94, %block.22 ], [ %v.193, %block.24 ]
  %v.194 = phi i64 [ %v.191, %block.22 ], [ %v.195, %block.24 ]
  %v.196 = icmp sgt i64 %v.194, 0
  br i1 %v.196, label %block.24, label %block.17

block.24:
  %v.195 = add nsw i64 %v.194, -1
  %v.193 = add i64 %v.192, 1
  %v.197 = inttoptr i64 %params to ptr
  %v.198 = getelementptr i16, ptr %v.197, i64 %v.192
  %v.199 = load i16, ptr %v.198, align 2
  %v.200 = zext i16 %v.199 to i32
  %v.201 = shl nuw i32 %v.200, 16
  %param.3 = bitcast i32 %v.201 to float
  %v.202 = inttoptr i64 %grads.2 to ptr
  %v.203 = getelementptr i16, ptr %v.202, i64 %v.192
  %v.204 = load i16, ptr %v.203, align 2
  %v.205 = zext i16 %v.204 to i32
  %v.206 = shl nuw i32 %v.205, 16
  %grad.5 = bitcast i32 %v.206 to float
  %v.207 = inttoptr i64 %square_avgs to ptr
  %v.208 = getelementptr i16, ptr %v.207, i64 %v.192
  %v.209 = load i16, ptr %v.208, align 2
  %v.210 = zext i16 %v.209 to i32
  %v.211 = shl nuw i32 %v.210, 16
  %square_avg.3 = bitcast i32 %v.211 to float
  %v.212 = inttoptr i64 %acc_deltas to ptr
  %v.213 = getelementptr i16, ptr %v.212, i64 %v.192
  %v.214 = load i16, ptr %v.213, align 2
  %v.215 = zext i16 %v.214 to i32
  %v.216 = shl nuw i32 %v.215, 16
  %acc_delta.3 = bitcast i32 %v.216 to float
  %v.217 = fneg float %grad.5
  %grad.6 = fmul float %clip, %v.217
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.6)
  %v.218 = fmul float %one_minus_rho, %grad.7
  %v.219 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.218, float %grad.7, float %v.219)
  %v.220 = fadd float %eps, %acc_delta.3
  %v.221 = fadd float %square_avg.4, %eps
  %v.222 = call float @llvm.sqrt.f32(float %v.220)
  %v.223 = call float @llvm.sqrt.f32(float %v.221)
  %v.224 = fdiv float %v.222, %v.223
  %delta.3 = fmul float %v.224, %grad.7
  %v.225 = fmul float %one_minus_rho, %delta.3
  %v.226 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.225, float %delta.3, float %v.226)
  %v.227 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.227, float %delta.3, float %param.3)
  %v.228 = bitcast float %param.4 to i32
  %v.229 = lshr i32 %v.228, 16
  %v.230 = and i32 %v.229, 1
  %v.231 = add nuw nsw i32 %v.230, 32767
  %v.232 = add i32 %v.231, %v.228
  %v.233 = lshr i32 %v.232, 16
  %v.234 = trunc i32 %v.233 to i16
  store i16 %v.234, ptr %v.198, align 2
  %v.235 = bitcast float %square_avg.4 to i32
  %v.236 = lshr i32 %v.235, 16
  %v.237 = and i32 %v.236, 1
  %v.238 = add nuw nsw i32 %v.237, 32767
  %v.239 = add i32 %v.238, %v.235
  %v.240 = lshr i32 %v.239, 16
  %v.241 = trunc i32 %v.240 to i16
  store i16 %v.241, ptr %v.208, align 2
  %v.242 = bitcast float %acc_delta.4 to i32
  %v.243 = lshr i32 %v.242, 16
  %v.244 = and i32 %v.243, 1
  %v.245 = add nuw nsw i32 %v.244, 32767
  %v.246 = add i32 %v.245, %v.242
  %v.247 = lshr i32 %v.246, 16
  %v.248 = trunc i32 %v.247 to i16
  store i16 %v.248, ptr %v.213, align 2
  br label %block.23

block.25:
  %v.249 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.250 = phi i64 [ 0, %block.25 ], [ %v.251, %block.27 ]
  %v.252 = phi i64 [ %v.249, %block.25 ], [ %v.253, %block.27 ]
  %v.254 = icmp sgt i64 %v.252, 0
  br i1 %v.254, label %block.27, label %block.17

block.27:
  %v.253 = add nsw i64 %v.252, -1
  %v.251 = add i64 %v.250, 1
  %v.255 = inttoptr i64 %params to ptr
  %v.256 = getelementptr i16, ptr %v.255, i64 %v.250
  %v.257 = load i16, ptr %v.256, align 2
  %v.258 = zext i16 %v.257 to i32
  %v.259 = shl nuw i32 %v.258, 16
  %param.5 = bitcast i32 %v.259 to float
  %v.260 = inttoptr i64 %grads.2 to ptr
  %v.261 = getelementptr i16, ptr %v.260, i64 %v.250
  %v.262 = load i16, ptr %v.261, align 2
  %v.263 = zext i16 %v.262 to i32
  %v.264 = shl nuw i32 %v.263, 16
  %v.265 = bitcast i32 %v.264 to float
  %grad.8 = fmul float %inv_scale, %v.265
  %v.266 = bitcast float %grad.8 to i32
  %v.267 = lshr i32 %v.266, 16
  %v.268 = and i32 %v.267, 1
  %v.269 = add nuw nsw i32 %v.268, 32767
  %v.270 = add i32 %v.269, %v.266
  %v.271 = lshr i32 %v.270, 16
  %v.272 = trunc i32 %v.271 to i16
  store i16 %v.272, ptr %v.261, align 2
  %v.273 = inttoptr i64 %square_avgs to ptr
  %v.274 = getelementptr i16, ptr %v.273, i64 %v.250
  %v.275 = load i16, ptr %v.274, align 2
  %v.276 = zext i16 %v.275 to i32
  %v.277 = shl nuw i32 %v.276, 16
  %square_avg.5 = bitcast i32 %v.277 to float
  %v.278 = inttoptr i64 %acc_deltas to ptr
  %v.279 = getelementptr i16, ptr %v.278, i64 %v.250
  %v.280 = load i16, ptr %v.279, align 2
  %v.281 = zext i16 %v.280 to i32
  %v.282 = shl nuw i32 %v.281, 16
  %acc_delta.5 = bitcast i32 %v.282 to float
  %v.283 = fneg float %clip
  %grad.9 = fmul float %grad.8, %v.283
  %grad.10 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.5, float %grad.9)
  %v.284 = fmul float %one_minus_rho, %grad.10
  %v.285 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.284, float %grad.10, float %v.285)
  %v.286 = fadd float %eps, %acc_delta.5
  %v.287 = fadd float %square_avg.6, %eps
  %v.288 = call float @llvm.sqrt.f32(float %v.286)
  %v.289 = call float @llvm.sqrt.f32(float %v.287)
  %v.290 = fdiv float %v.288, %v.289
  %delta.4 = fmul float %v.290, %grad.10
  %v.291 = fmul float %one_minus_rho, %delta.4
  %v.292 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.291, float %delta.4, float %v.292)
  %v.293 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.293, float %delta.4, float %param.5)
  %v.294 = bitcast float %param.6 to i32
  %v.295 = lshr i32 %v.294, 16
  %v.296 = and i32 %v.295, 1
  %v.297 = add nuw nsw i32 %v.296, 32767
  %v.298 = add i32 %v.297, %v.294
  %v.299 = lshr i32 %v.298, 16
  %v.300 = trunc i32 %v.299 to i16
  store i16 %v.300, ptr %v.256, align 2
  %v.301 = bitcast float %square_avg.6 to i32
  %v.302 = lshr i32 %v.301, 16
  %v.303 = and i32 %v.302, 1
  %v.304 = add nuw nsw i32 %v.303, 32767
  %v.305 = add i32 %v.304, %v.301
  %v.306 = lshr i32 %v.305, 16
  %v.307 = trunc i32 %v.306 to i16
  store i16 %v.307, ptr %v.274, align 2
  %v.308 = bitcast float %acc_delta.6 to i32
  %v.309 = lshr i32 %v.308, 16
  %v.310 = and i32 %v.309, 1
  %v.311 = add nuw nsw i32 %v.310, 32767
  %v.312 = add i32 %v.311, %v.308
  %v.313 = lshr i32 %v.312, 16
  %v.314 = trunc i32 %v.313 to i16
  store i16 %v.314, ptr %v.279, align 2
  br label %block.26

block.28:
  ret void
}
