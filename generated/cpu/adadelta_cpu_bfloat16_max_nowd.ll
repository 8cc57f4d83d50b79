; @generated from generated/cpu/adadelta_cpu_bfloat16_max_nowd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_nowd(i64 %begin, i64 %end, i64 %job) {
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
  %v.129 = fneg float %v.113
  %grad = fmul float %clip, %v.129
  %v.130 = fmul float %one_minus_rho, %grad
  %v.131 = fmul float %rho, %v.120
  %square_avg = call float @llvm.fmuladd.f32(float %v.130, float %grad, float %v.131)
  %v.132 = fadd float %eps, %v.127
  %v.133 = fadd float %square_avg, %eps
  %v.134 = call float @llvm.sqrt.f32(float %v.132)
  %v.135 = call float @llvm.sqrt.f32(float %v.133)
  %v.136 = fdiv float %v.134, %v.135
  %delta = fmul float %v.136, %grad
  %v.137 = fmul float %one_minus_rho, %delta
  %v.138 = fmul float %rho, %v.127
  %acc_delta = call float @llvm.fmuladd.f32(float %v.137, float %delta, float %v.138)
  %v.139 = fneg float %lr
  %param = call float @llvm.fmuladd.f32(float %v.139, float %delta, float %v.106)
  %v.140 = fneg float %v.114
  %grad.2 = fmul float %clip, %v.140
  %v.141 = fmul float %one_minus_rho, %grad.2
  %v.142 = fmul float %rho, %v.121
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.141, float %grad.2, float %v.142)
  %v.143 = fadd float %eps, %v.128
  %v.144 = fadd float %square_avg.2, %eps
  %v.145 = call float @llvm.sqrt.f32(float %v.143)
  %v.146 = call float @llvm.sqrt.f32(float %v.144)
  %v.147 = fdiv float %v.145, %v.146
  %delta.2 = fmul float %v.147, %grad.2
  %v.148 = fmul float %one_minus_rho, %delta.2
  %v.149 = fmul float %rho, %v.128
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.148, float %delta.2, float %v.149)
  %param.2 = call float @llvm.fmuladd.f32(float %v.139, float %delta.2, float %v.107)
  %v.150 = bitcast float %param to i32
  %v.151 = lshr i32 %v.150, 16
  %v.152 = and i32 %v.151, 1
  %v.153 = add nuw nsw i32 %v.152, 32767
  %v.154 = add i32 %v.153, %v.150
  %v.155 = bitcast float %param.2 to i32
  %v.156 = lshr i32 %v.155, 16
  %v.157 = and i32 %v.156, 1
  %v.158 = add nuw nsw i32 %v.157, 32767
  %v.159 = add i32 %v.158, %v.155
  %v.160 = lshr i32 %v.154, 16
  %v.161 = and i32 %v.159, -65536
  %v.162 = or i32 %v.160, %v.161
  store i32 %v.162, ptr %v.102, align 2
  %v.163 = bitcast float %square_avg to i32
  %v.164 = lshr i32 %v.163, 16
  %v.165 = and i32 %v.164, 1
  %v.166 = add nuw nsw i32 %v.165, 32767
  %v.167 = add i32 %v.166, %v.163
  %v.168 = bitcast float %square_avg.2 to i32
  %v.169 = lshr i32 %v.168, 16
  %v.170 = and i32 %v.169, 1
  %v.171 = add nuw nsw i32 %v.170, 32767
  %v.172 = add i32 %v.171, %v.168
  %v.173 = lshr i32 %v.167, 16
  %v.174 = and i32 %v.172, -65536
  %v.175 = or i32 %v.173, %v.174
  store i32 %v.175, ptr %v.116, align 2
  %v.176 = bitcast float %acc_delta to i32
  %v.177 = lshr i32 %v.176, 16
  %v.178 = and i32 %v.177, 1
  %v.179 = add nuw nsw i32 %v.178, 32767
  %v.180 = add i32 %v.179, %v.176
  %v.181 = bitcast float %acc_delta.2 to i32
  %v.182 = lshr i32 %v.181, 16
  %v.183 = and i32 %v.182, 1
  %v.184 = add nuw nsw i32 %v.183, 32767
  %v.185 = add i32 %v.184, %v.181
  %v.186 = lshr i32 %v.180, 16
  %v.187 = and i32 %v.185, -65536
  %v.188 = or i32 %v.186, %v.187
  store i32 %v.188, ptr %v.123, align 2
  br label %block.20

block.22:
  %v.189 = sub i64 %n.2, %v.93
  %v.190 = call i64 @llvm.smax.i64(i64 %v.189, i64 0)
  br label %block.23

block.23:
  %v.191 = phi i64 [ %v.93, %block.22 ], [ %v.192, %block.24 ]
  %v.193 = phi i64 [ %v.190, %block.22 ], [ %v.194, %block.24 ]
  %v.195 = icmp sgt i64 %v.193, 0
  br i1 %v.195, label %block.24, label %block.17

block.24:
  %v.194 = add nsw i64 %v.193, -1
  %v.192 = add i64 %v.191, 1
  %v.196 = inttoptr i64 %params to ptr
  %v.197 = getelementptr i16, ptr %v.196, i64 %v.191
  %v.198 = load i16, ptr %v.197, align 2
  %v.199 = zext i16 %v.198 to i32
  %v.200 = shl nuw i32 %v.199, 16
  %param.3 = bitcast i32 %v.200 to float
  %v.201 = inttoptr i64 %grads.2 to ptr
  %v.202 = getelementptr i16, ptr %v.201, i64 %v.191
  %v.203 = load i16, ptr %v.202, align 2
  %v.204 = zext i16 %v.203 to i32
  %v.205 = shl nuw i32 %v.204, 16
  %grad.3 = bitcast i32 %v.205 to float
  %v.206 = inttoptr i64 %square_avgs to ptr
  %v.207 = getelementptr i16, ptr %v.206, i64 %v.191
  %v.208 = load i16, ptr %v.207, align 2
  %v.209 = zext i16 %v.208 to i32
  %v.210 = shl nuw i32 %v.209, 16
  %square_avg.3 = bitcast i32 %v.210 to float
  %v.211 = inttoptr i64 %acc_deltas to ptr
  %v.212 = getelementptr i16, ptr %v.211, i64 %v.191
  %v.213 = load i16, ptr %v.212, align 2
  %v.214 = zext i16 %v.213 to i32
  %v.215 = shl nuw i32 %v.214, 16
  %acc_delta.3 = bitcast i32 %v.215 to float
  %v.216 = fneg float %grad.3
  %grad.4 = fmul float %clip, %v.216
  %v.217 = fmul float %one_minus_rho, %grad.4
  %v.218 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.217, float %grad.4, float %v.218)
  %v.219 = fadd float %eps, %acc_delta.3
  %v.220 = fadd float %square_avg.4, %eps
  %v.221 = call float @llvm.sqrt.f32(float %v.219)
  %v.222 = call float @llvm.sqrt.f32(float %v.220)
  %v.223 = fdiv float %v.221, %v.222
  %delta.3 = fmul float %v.223, %grad.4
  %v.224 = fmul float %one_minus_rho, %delta.3
  %v.225 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.224, float %delta.3, float %v.225)
  %v.226 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.226, float %delta.3, float %param.3)
  %v.227 = bitcast float %param.4 to i32
  %v.228 = lshr i32 %v.227, 16
  %v.229 = and i32 %v.228, 1
  %v.230 = add nuw nsw i32 %v.229, 32767
  %v.231 = add i32 %v.230, %v.227
  %v.232 = lshr i32 %v.231, 16
  %v.233 = trunc i32 %v.232 to i16
  store i16 %v.233, ptr %v.197, align 2
  %v.234 = bitcast float %square_avg.4 to i32
  %v.235 = lshr i32 %v.234, 16
  %v.236 = and i32 %v.235, 1
  %v.237 = add nuw nsw i32 %v.236, 32767
  %v.238 = add i32 %v.237, %v.234
  %v.239 = lshr i32 %v.238, 16
  %v.240 = trunc i32 %v.239 to i16
  store i16 %v.240, ptr %v.207, align 2
  %v.241 = bitcast float %acc_delta.4 to i32
  %v.242 = lshr i32 %v.241, 16
  %v.243 = and i32 %v.242, 1
  %v.244 = add nuw nsw i32 %v.243, 32767
  %v.245 = add i32 %v.244, %v.241
  %v.246 = lshr i32 %v.245, 16
  %v.247 = trunc i32 %v.246 to i16
  store i16 %v.247, ptr %v.212, align 2
  br label %block.23

block.25:
  %v.248 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.26

block.26:
  %v.249 = phi i64 [ 0, %block.25 ], [ %v.250, %block.27 ]
  %v.251 = phi i64 [ %v.248, %block.25 ], [ %v.252, %block.27 ]
  %v.253 = icmp sgt i64 %v.251, 0
  br i1 %v.253, label %block.27, label %block.17

block.27:
  %v.252 = add nsw i64 %v.251, -1
  %v.250 = add i64 %v.249, 1
  %v.254 = inttoptr i64 %params to ptr
  %v.255 = getelementptr i16, ptr %v.254, i64 %v.249
  %v.256 = load i16, ptr %v.255, align 2
  %v.257 = zext i16 %v.256 to i32
  %v.258 = shl nuw i32 %v.257, 16
  %param.5 = bitcast i32 %v.258 to float
  %v.259 = inttoptr i64 %grads.2 to ptr
  %v.260 = getelementptr i16, ptr %v.259, i64 %v.249
  %v.261 = load i16, ptr %v.260, align 2
  %v.262 = zext i16 %v.261 to i32
  %v.263 = shl nuw i32 %v.262, 16
  %v.264 = bitcast i32 %v.263 to float
  %grad.5 = fmul float %inv_scale, %v.264
  %v.265 = bitcast float %grad.5 to i32
  %v.266 = lshr i32 %v.265, 16
  %v.267 = and i32 %v.266, 1
  %v.268 = add nuw nsw i32 %v.267, 32767
  %v.269 = add i32 %v.268, %v.265
  %v.270 = lshr i32 %v.269, 16
  %v.271 = trunc i32 %v.270 to i16
  store i16 %v.271, ptr %v.260, align 2
  %v.272 = inttoptr i64 %square_avgs to ptr
  %v.273 = getelementptr i16, ptr %v.272, i64 %v.249
  %v.274 = load i16, ptr %v.273, align 2
  %v.275 = zext i16 %v.274 to i32
  %v.276 = shl nuw i32 %v.275, 16
  %square_avg.5 = bitcast i32 %v.276 to float
  %v.277 = inttoptr i64 %acc_deltas to ptr
  %v.278 = getelementptr i16, ptr %v.277, i64 %v.249
  %v.279 = load i16, ptr %v.278, align 2
  %v.280 = zext i16 %v.279 to i32
  %v.281 = shl nuw i32 %v.280, 16
  %acc_delta.5 = bitcast i32 %v.281 to float
  %v.282 = fneg float %clip
  %grad.6 = fmul float %grad.5, %v.282
  %v.283 = fmul float %one_minus_rho, %grad.6
  %v.284 = fmul float %rho, %square_avg.5
  %square_avg.6 = call float @llvm.fmuladd.f32(float %v.283, float %grad.6, float %v.284)
  %v.285 = fadd float %eps, %acc_delta.5
  %v.286 = fadd float %square_avg.6, %eps
  %v.287 = call float @llvm.sqrt.f32(float %v.285)
  %v.288 = call float @llvm.sqrt.f32(float %v.286)
  %v.289 = fdiv float %v.287, %v.288
  %delta.4 = fmul float %v.289, %grad.6
  %v.290 = fmul float %one_minus_rho, %delta.4
  %v.291 = fmul float %rho, %acc_delta.5
  %acc_delta.6 = call float @llvm.fmuladd.f32(float %v.290, float %delta.4, float %v.291)
  %v.292 = fneg float %lr
  %param.6 = call float @llvm.fmuladd.f32(float %v.292, float %delta.4, float %param.5)
  %v.293 = bitcast float %param.6 to i32
  %v.294 = lshr i32 %v.293, 16
  %v.295 = and i32 %v.294, 1
  %v.296 = add nuw nsw i32 %v.295, 32767
  %v.297 = add i32 %v.296, %v.293
  %v.298 = lshr i32 %v.297, 16
  %v.299 = trunc i32 %v.298 to i16
  store i16 %v.299, ptr %v.255, align 2
  %v.300 = bitcast float %square_avg.6 to i32
  %v.301 = lshr i32 %v.300, 16
  %v.302 = and i32 %v.301, 1
  %v.303 = add nuw nsw i32 %v.302, 32767
  %v.304 = add i32 %v.303, %v.300
  %v.305 = lshr i32 %v.304, 16
  %v.306 = trunc i32 %v.305 to i16
  store i16 %v.306, ptr %v.273, align 2
  %v.307 = bitcast float %acc_delta.6 to i32
  %v.308 = lshr i32 %v.307, 16
  %v.309 = and i32 %v.308, 1
  %v.310 = add nuw nsw i32 %v.309, 32767
  %v.311 = add i32 %v.310, %v.307
  %v.312 = lshr i32 %v.311, 16
  %v.313 = trunc i32 %v.312 to i16
  store i16 %v.313, ptr %v.278, align 2
  br label %block.26

block.28:
  ret void
}
