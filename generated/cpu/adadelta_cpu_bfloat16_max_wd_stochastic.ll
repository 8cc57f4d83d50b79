; @generated from generated/cpu/adadelta_cpu_bfloat16_max_wd_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_wd_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  %v.80 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.80, align 8
  %v.81 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.81, align 8
  %v.82 = inttoptr i64 %row.2 to ptr
  %v.83 = getelementptr i8, ptr %v.82, i64 8
  %grads = load i64, ptr %v.83, align 8
  %v.84 = icmp eq i64 %grads, 0
  br i1 %v.84, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.85 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.85
  %v.86 = load i64, ptr %v.82, align 8
  %params = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.82, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avgs = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.82, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.85
  %v.91 = getelementptr i8, ptr %v.82, i64 40
  %v.92 = load i64, ptr %v.91, align 8
  %v.93 = ashr i64 %first, 32
  %key = add nsw i64 %v.92, %v.93
  %v.94 = icmp eq i64 %unscale, 0
  br i1 %v.94, label %block.19, label %block.22

block.19:
  %v.95 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.96 = phi i64 [ 0, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = phi i64 [ %v.95, %block.19 ], [ %v.99, %block.21 ]
  %v.100 = icmp sgt i64 %v.98, 0
  br i1 %v.100, label %block.21, label %block.17

block.21:
  %v.99 = add nsw i64 %v.98, -1
  %v.97 = add i64 %v.96, 1
  %v.101 = inttoptr i64 %params to ptr
  %v.102 = getelementptr i16, ptr %v.101, i64 %v.96
  %v.103 = load i16, ptr %v.102, align 2
  %v.104 = zext i16 %v.103 to i32
  %v.105 = shl nuw i32 %v.104, 16
  %param = bitcast i32 %v.105 to float
  %v.106 = inttoptr i64 %grads.2 to ptr
  %v.107 = getelementptr i16, ptr %v.106, i64 %v.96
  %v.108 = load i16, ptr %v.107, align 2
  %v.109 = zext i16 %v.108 to i32
  %v.110 = shl nuw i32 %v.109, 16
  %grad = bitcast i32 %v.110 to float
  %v.111 = inttoptr i64 %square_avgs to ptr
  %v.112 = getelementptr i16, ptr %v.111, i64 %v.96
  %v.113 = load i16, ptr %v.112, align 2
  %v.114 = zext i16 %v.113 to i32
  %v.115 = shl nuw i32 %v.114, 16
  %square_avg = bitcast i32 %v.115 to float
  %v.116 = inttoptr i64 %acc_deltas to ptr
  %v.117 = getelementptr i16, ptr %v.116, i64 %v.96
  %v.118 = load i16, ptr %v.117, align 2
  %v.119 = zext i16 %v.118 to i32
  %v.120 = shl nuw i32 %v.119, 16
  %acc_delta = bitcast i32 %v.120 to float
  %v.121 = fneg float %grad
  %grad.2 = fmul float %clip, %v.121
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.122 = fmul float %one_minus_rho, %grad.3
  %v.123 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.122, float %grad.3, float %v.123)
  %v.124 = fadd float %eps, %acc_delta
  %v.125 = fadd float %square_avg.2, %eps
  %v.126 = call float @llvm.sqrt.f32(float %v.124)
  %v.127 = call float @llvm.sqrt.f32(float %v.125)
  %v.128 = fdiv float %v.126, %v.127
  %delta = fmul float %v.128, %grad.3
  %v.129 = fmul float %one_minus_rho, %delta
  %v.130 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.129, float %delta, float %v.130)
  %v.131 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.131, float %delta, float %param)
  %v.132 = add i64 %first, %v.96
  %v.133 = trunc i64 %key to i32
  %v.134 = lshr i64 %key, 32
  %v.135 = trunc i64 %v.134 to i32
  %v.136 = trunc i64 %v.132 to i32
  %v.137 = add i32 %v.136, %v.133
  %v.138 = lshr i32 %v.137, 16
  %v.139 = xor i32 %v.137, %v.138
  %v.140 = mul i32 %v.139, 2146121005
  %v.141 = lshr i32 %v.140, 15
  %v.142 = xor i32 %v.140, %v.141
  %v.143 = mul i32 %v.142, -2073254261
  %v.144 = lshr i32 %v.143, 16
  %v.145 = xor i32 %v.143, %v.144
  %v.146 = add i32 %v.145, %v.135
  %v.147 = lshr i32 %v.146, 16
  %v.148 = xor i32 %v.146, %v.147
  %v.149 = mul i32 %v.148, 2146121005
  %v.150 = lshr i32 %v.149, 15
  %v.151 = xor i32 %v.149, %v.150
  %v.152 = mul i32 %v.151, -2073254261
  %v.153 = bitcast float %param.2 to i32
  %v.154 = lshr i32 %v.152, 16
  %v.155 = add i32 %v.154, %v.153
  %v.156 = fcmp uno float %param.2, 0.000000e+00
  %v.157 = lshr i32 %v.155, 16
  %v.158 = trunc i32 %v.157 to i16
  %v.159 = select i1 %v.156, i16 32704, i16 %v.158
  store i16 %v.159, ptr %v.102, align 2
  %v.160 = bitcast float %square_avg.2 to i32
  %v.161 = lshr i32 %v.160, 16
  %v.162 = and i32 %v.161, 1
  %v.163 = add nuw nsw i32 %v.162, 32767
  %v.164 = add i32 %v.163, %v.160
  %v.165 = lshr i32 %v.164, 16
  %v.166 = trunc i32 %v.165 to i16
  store i16 %v.166, ptr %v.112, align 2
  %v.167 = bitcast float %acc_delta.2 to i32
  %v.168 = lshr i32 %v.167, 16
  %v.169 = and i32 %v.168, 1
  %v.170 = add nuw nsw i32 %v.169, 32767
  %v.171 = add i32 %v.170, %v.167
  %v.172 = lshr i32 %v.171, 16
  %v.173 = trunc i32 %v.172 to i16
  store i16 %v.173, ptr %v.117, align 2
  br label %block.20

block.22:
  %v.174 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.175 = phi i64 [ 0, %block.22 ], [ %v.176, %block.24 ]
  %v.177 = phi i64 [ %v.174, %block.22 ], [ %v.178, %block.24 ]
  %v.179 = icmp sgt i64 %v.177, 0
  br i1 %v.179, label %block.24, label %block.17

block.24:
  %v.178 = add nsw i64 %v.177, -1
  %v.176 = add i64 %v.175, 1
  %v.180 = inttoptr i64 %params to ptr
  %v.181 = getelementptr i16, ptr %v.180, i64 %v.175
  %v.182 = load i16, ptr %v.181, align 2
  %v.183 = zext i16 %v.182 to i32
  %v.184 = shl nuw i32 %v.183, 16
  %param.3 = bitcast i32 %v.184 to float
  %v.185 = inttoptr i64 %grads.2 to ptr
  %v.186 = getelementptr i16, ptr %v.185, i64 %v.175
  %v.187 = load i16, ptr %v.186, align 2
  %v.188 = zext i16 %v.187 to i32
  %v.189 = shl nuw i32 %v.188, 16
  %v.190 = bitcast i32 %v.189 to float
  %grad.4 = fmul float %inv_scale, %v.190
  %v.191 = bitcast float %grad.4 to i32
  %v.192 = lshr i32 %v.191, 16
  %v.193 = and i32 %v.192, 1
  %v.194 = add nuw nsw i32 %v.193, 32767
  %v.195 = add i32 %v.194, %v.191
  %v.196 = lshr i32 %v.195, 16
  %v.197 = trunc i32 %v.196 to i16
  store i16 %v.197, ptr %v.186, align 2
  %v.198 = inttoptr i64 %square_avgs to ptr
  %v.199 = getelementptr i16, ptr %v.198, i64 %v.175
  %v.200 = load i16, ptr %v.199, align 2
  %v.201 = zext i16 %v.200 to i32
  %v.202 = shl nuw i32 %v.201, 16
  %square_avg.3 = bitcast i32 %v.202 to float
  %v.203 = inttoptr i64 %acc_deltas to ptr
  %v.204 = getelementptr i16, ptr %v.203, i64 %v.175
  %v.205 = load i16, ptr %v.204, align 2
  %v.206 = zext i16 %v.205 to i32
  %v.207 = shl nuw i32 %v.206, 16
  %acc_delta.3 = bitcast i32 %v.207 to float
  %v.208 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.208
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.209 = fmul float %one_minus_rho, %grad.6
  %v.210 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.209, float %grad.6, float %v.210)
  %v.211 = fadd float %eps, %acc_delta.3
  %v.212 = fadd float %square_avg.4, %eps
  %v.213 = call float @llvm.sqrt.f32(float %v.211)
  %v.214 = call float @llvm.sqrt.f32(float %v.212)
  %v.215 = fdiv float %v.213, %v.214
  %delta.2 = fmul float %v.215, %grad.6
  %v.216 = fmul float %one_minus_rho, %delta.2
  %v.217 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.216, float %delta.2, float %v.217)
  %v.218 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.218, float %delta.2, float %param.3)
  %v.219 = add i64 %first, %v.175
  %v.220 = trunc i64 %key to i32
  %v.221 = lshr i64 %key, 32
  %v.222 = trunc i64 %v.221 to i32
  %v.223 = trunc i64 %v.219 to i32
  %v.224 = add i32 %v.223, %v.220
  %v.225 = lshr i32 %v.224, 16
  %v.226 = xor i32 %v.224, %v.225
  %v.227 = mul i32 %v.226, 2146121005
  %v.228 = lshr i32 %v.227, 15
  %v.229 = xor i32 %v.227, %v.228
  %v.230 = mul i32 %v.229, -2073254261
  %v.231 = lshr i32 %v.230, 16
  %v.232 = xor i32 %v.230, %v.231
  %v.233 = add i32 %v.232, %v.222
  %v.234 = lshr i32 %v.233, 16
  %v.235 = xor i32 %v.233, %v.234
  %v.236 = mul i32 %v.235, 2146121005
  %v.237 = lshr i32 %v.236, 15
  %v.238 = xor i32 %v.236, %v.237
  %v.239 = mul i32 %v.238, -2073254261
  %v.240 = bitcast float %param.4 to i32
  %v.241 = lshr i32 %v.239, 16
  %v.242 = add i32 %v.241, %v.240
  %v.243 = fcmp uno float %param.4, 0.000000e+00
  %v.244 = lshr i32 %v.242, 16
  %v.245 = trunc i32 %v.244 to i16
  %v.246 = select i1 %v.243, i16 32704, i16 %v.245
  store i16 %v.246, ptr %v.181, align 2
  %v.247 = bitcast float %square_avg.4 to i32
  %v.248 = lshr i32 %v.247, 16
  %v.249 = and i32 %v.248, 1
  %v.250 = add nuw nsw i32 %v.249, 32767
  %v.251 = add i32 %v.250, %v.247
  %v.252 = lshr i32 %v.251, 16
  %v.253 = trunc i32 %v.252 to i16
  store i16 %v.253, ptr %v.199, align 2
  %v.254 = bitcast float %acc_delta.4 to i32
  %v.255 = lshr i32 %v.254, 16
  %v.256 = and i32 %v.255, 1
  %v.257 = add nuw nsw i32 %v.256, 32767
  %v.258 = add i32 %v.257, %v.254
  %v.259 = lshr i32 %v.258, 16
  %v.260 = trunc i32 %v.259 to i16
  store i16 %v.260, ptr %v.204, align 2
  br label %block.23

block.25:
  ret void
}
