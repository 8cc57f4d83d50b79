; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  %v.79 = getelementptr i8, ptr %v.76, i64 8
  %first = load i64, ptr %v.79, align 8
  %v.80 = getelementptr i8, ptr %v.76, i64 16
  %n.2 = load i64, ptr %v.80, align 8
  %v.81 = inttoptr i64 %row.2 to ptr
  %v.82 = getelementptr i8, ptr %v.81, i64 8
  %grads = load i64, ptr %v.82, align 8
  %v.83 = icmp eq i64 %grads, 0
  br i1 %v.83, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.84 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.84
  %v.85 = load i64, ptr %v.81, align 8
  %params = add nsw i64 %v.85, %v.84
  %v.86 = getelementptr i8, ptr %v.81, i64 16
  %v.87 = load i64, ptr %v.86, align 8
  %square_avgs = add nsw i64 %v.87, %v.84
  %v.88 = getelementptr i8, ptr %v.81, i64 24
  %v.89 = load i64, ptr %v.88, align 8
  %acc_deltas = add nsw i64 %v.89, %v.84
  %v.90 = getelementptr i8, ptr %v.81, i64 40
  %v.91 = load i64, ptr %v.90, align 8
  %v.92 = ashr i64 %first, 32
  %key = add nsw i64 %v.91, %v.92
  %v.93 = icmp eq i64 %unscale, 0
  br i1 %v.93, label %block.19, label %block.22

block.19:
  %v.94 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.95 = phi i64 [ 0, %block.19 ], [ %v.96, %block.21 ]
  %v.97 = phi i64 [ %v.94, %block.19 ], [ %v.98, %block.21 ]
  %v.99 = icmp sgt i64 %v.97, 0
  br i1 %v.99, label %block.21, label %block.17

block.21:
  %v.98 = add nsw i64 %v.97, -1
  %v.96 = add i64 %v.95, 1
  %v.100 = inttoptr i64 %params to ptr
  %v.101 = getelementptr i16, ptr %v.100, i64 %v.95
  %v.102 = load i16, ptr %v.101, align 2
  %v.103 = zext i16 %v.102 to i32
  %v.104 = shl nuw i32 %v.103, 16
  %param = bitcast i32 %v.104 to float
  %v.105 = inttoptr i64 %grads.2 to ptr
  %v.106 = getelementptr i16, ptr %v.105, i64 %v.95
  %v.107 = load i16, ptr %v.106, align 2
  %v.108 = zext i16 %v.107 to i32
  %v.109 = shl nuw i32 %v.108, 16
  %grad = bitcast i32 %v.109 to float
  %v.110 = inttoptr i64 %square_avgs to ptr
  %v.111 = getelementptr i16, ptr %v.110, i64 %v.95
  %v.112 = load i16, ptr %v.111, align 2
  %v.113 = zext i16 %v.112 to i32
  %v.114 = shl nuw i32 %v.113, 16
  %square_avg = bitcast i32 %v.114 to float
  %v.115 = inttoptr i64 %acc_deltas to ptr
  %v.116 = getelementptr i16, ptr %v.115, i64 %v.95
  %v.117 = load i16, ptr %v.116, align 2
  %v.118 = zext i16 %v.117 to i32
  %v.119 = shl nuw i32 %v.118, 16
  %acc_delta = bitcast i32 %v.119 to float
  %grad.2 = fmul float %clip, %grad
  %v.120 = fmul float %one_minus_rho, %grad.2
  %v.121 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.120, float %grad.2, float %v.121)
  %v.122 = fadd float %eps, %acc_delta
  %v.123 = fadd float %square_avg.2, %eps
  %v.124 = call float @llvm.sqrt.f32(float %v.122)
  %v.125 = call float @llvm.sqrt.f32(float %v.123)
  %v.126 = fdiv float %v.124, %v.125
  %delta = fmul float %v.126, %grad.2
  %v.127 = fmul float %one_minus_rho, %delta
  %v.128 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.127, float %delta, float %v.128)
  %v.129 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.129, float %delta, float %param)
  %v.130 = add i64 %first, %v.95
  %v.131 = trunc i64 %key to i32
  %v.132 = lshr i64 %key, 32
  %v.133 = trunc i64 %v.132 to i32
  %v.134 = trunc i64 %v.130 to i32
  %v.135 = add i32 %v.134, %v.131
  %v.136 = lshr i32 %v.135, 16
  %v.137 = xor i32 %v.135, %v.136
  %v.138 = mul i32 %v.137, 2146121005
  %v.139 = lshr i32 %v.138, 15
  %v.140 = xor i32 %v.138, %v.139
  %v.141 = mul i32 %v.140, -2073254261
  %v.142 = lshr i32 %v.141, 16
  %v.143 = xor i32 %v.141, %v.142
  %v.144 = add i32 %v.143, %v.133
  %v.145 = lshr i32 %v.144, 16
  %v.146 = xor i32 %v.144, %v.145
  %v.147 = mul i32 %v.146, 2146121005
  %v.148 = lshr i32 %v.147, 15
  %v.149 = xor i32 %v.147, %v.148
  %v.150 = mul i32 %v.149, -2073254261
  %v.151 = bitcast float %param.2 to i32
  %v.152 = lshr i32 %v.150, 16
  %v.153 = add i32 %v.152, %v.151
  %v.154 = fcmp uno float %param.2, 0.000000e+00
  %v.155 = lshr i32 %v.153, 16
  %v.156 = trunc i32 %v.155 to i16
  %v.157 = select i1 %v.154, i16 32704, i16 %v.156
  store i16 %v.157, ptr %v.101, align 2
  %v.158 = bitcast float %square_avg.2 to i32
  %v.159 = lshr i32 %v.158, 16
  %v.160 = and i32 %v.159, 1
  %v.161 = add nuw nsw i32 %v.160, 32767
  %v.162 = add i32 %v.161, %v.158
  %v.163 = lshr i32 %v.162, 16
  %v.164 = trunc i32 %v.163 to i16
  store i16 %v.164, ptr %v.111, align 2
  %v.165 = bitcast float %acc_delta.2 to i32
  %v.166 = lshr i32 %v.165, 16
  %v.167 = and i32 %v.166, 1
  %v.168 = add nuw nsw i32 %v.167, 32767
  %v.169 = add i32 %v.168, %v.165
  %v.170 = lshr i32 %v.169, 16
  %v.171 = trunc i32 %v.170 to i16
  store i16 %v.171, ptr %v.116, align 2
  br label %block.20

block.22:
  %v.172 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.173 = phi i64 [ 0, %block.22 ], [ %v.174, %block.24 ]
  %v.175 = phi i64 [ %v.172, %block.22 ], [ %v.176, %block.24 ]
  %v.177 = icmp sgt i64 %v.175, 0
  br i1 %v.177, label %block.24, label %block.17

block.24:
  %v.176 = add nsw i64 %v.175, -1
  %v.174 = add i64 %v.173, 1
  %v.178 = inttoptr i64 %params to ptr
  %v.179 = getelementptr i16, ptr %v.178, i64 %v.173
  %v.180 = load i16, ptr %v.179, align 2
  %v.181 = zext i16 %v.180 to i32
  %v.182 = shl nuw i32 %v.181, 16
  %param.3 = bitcast i32 %v.182 to float
  %v.183 = inttoptr i64 %grads.2 to ptr
  %v.184 = getelementptr i16, ptr %v.183, i64 %v.173
  %v.185 = load i16, ptr %v.184, align 2
  %v.186 = zext i16 %v.185 to i32
  %v.187 = shl nuw i32 %v.186, 16
  %v.188 = bitcast i32 %v.187 to float
  %grad.3 = fmul float %inv_scale, %v.188
  %v.189 = bitcast float %grad.3 to i32
  %v.190 = lshr i32 %v.189, 16
  %v.191 = and i32 %v.190, 1
  %v.192 = add nuw nsw i32 %v.191, 32767
  %v.193 = add i32 %v.192, %v.189
  %v.194 = lshr i32 %v.193, 16
  %v.195 = trunc i32 %v.194 to i16
  store i16 %v.195, ptr %v.184, align 2
  %v.196 = inttoptr i64 %square_avgs to ptr
  %v.197 = getelementptr i16, ptr %v.196, i64 %v.173
  %v.198 = load i16, ptr %v.197, align 2
  %v.199 = zext i16 %v.198 to i32
  %v.200 = shl nuw i32 %v.199, 16
  %square_avg.3 = bitcast i32 %v.200 to float
  %v.201 = inttoptr i64 %acc_deltas to ptr
  %v.202 = getelementptr i16, ptr %v.201, i64 %v.173
  %v.203 = load i16, ptr %v.202, align 2
  %v.204 = zext i16 %v.203 to i32
  %v.205 = shl nuw i32 %v.204, 16
  %acc_delta.3 = bitcast i32 %v.205 to float
  %grad.4 = fmul float %grad.3, %clip
  %v.206 = fmul float %one_minus_rho, %grad.4
  %v.207 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.206, float %grad.4, float %v.207)
  %v.208 = fadd float %eps, %acc_delta.3
  %v.209 = fadd float %square_avg.4, %eps
  %v.210 = call float @llvm.sqrt.f32(float %v.208)
  %v.211 = call float @llvm.sqrt.f32(float %v.209)
  %v.212 = fdiv float %v.210, %v.211
  %delta.2 = fmul float %v.212, %grad.4
  %v.213 = fmul float %one_minus_rho, %delta.2
  %v.214 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.213, float %delta.2, float %v.214)
  %v.215 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.215, float %delta.2, float %param.3)
  %v.216 = add i64 %first, %v.173
  %v.217 = trunc i64 %key to i32
  %v.218 = lshr i64 %key, 32
  %v.219 = trunc i64 %v.218 to i32
  %v.220 = trunc i64 %v.216 to i32
  %v.221 = add i32 %v.220, %v.217
  %v.222 = lshr i32 %v.221, 16
  %v.223 = xor i32 %v.221, %v.222
  %v.224 = mul i32 %v.223, 2146121005
  %v.225 = lshr i32 %v.224, 15
  %v.226 = xor i32 %v.224, %v.225
  %v.227 = mul i32 %v.226, -2073254261
  %v.228 = lshr i32 %v.227, 16
  %v.229 = xor i32 %v.227, %v.228
  %v.230 = add i32 %v.229, %v.219
  %v.231 = lshr i32 %v.230, 16
  %v.232 = xor i32 %v.230, %v.231
  %v.233 = mul i32 %v.232, 2146121005
  %v.234 = lshr i32 %v.233, 15
  %v.235 = xor i32 %v.233, %v.234
  %v.236 = mul i32 %v.235, -2073254261
  %v.237 = bitcast float %param.4 to i32
  %v.238 = lshr i32 %v.236, 16
  %v.239 = add i32 %v.238, %v.237
  %v.240 = fcmp uno float %param.4, 0.000000e+00
  %v.241 = lshr i32 %v.239, 16
  %v.242 = trunc i32 %v.241 to i16
  %v.243 = select i1 %v.240, i16 32704, i16 %v.242
  store i16 %v.243, ptr %v.179, align 2
  %v.244 = bitcast float %square_avg.4 to i32
  %v.245 = lshr i32 %v.244, 16
  %v.246 = and i32 %v.245, 1
  %v.247 = add nuw nsw i32 %v.246, 32767
  %v.248 = add i32 %v.247, %v.244
  %v.249 = lshr i32 %v.248, 16
  %v.250 = trunc i32 %v.249 to i16
  store i16 %v.250, ptr %v.197, align 2
  %v.251 = bitcast float %acc_delta.4 to i32
  %v.252 = lshr i32 %v.251, 16
  %v.253 = and i32 %v.252, 1
  %v.254 = add nuw nsw i32 %v.253, 32767
  %v.255 = add i32 %v.254, %v.251
  %v.256 = lshr i32 %v.255, 16
  %v.257 = trunc i32 %v.256 to i16
  store i16 %v.257, ptr %v.202, align 2
  br label %block.23

block.25:
  ret void
}
