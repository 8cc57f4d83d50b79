; @generated from generated/cpu/adadelta_cpu_bfloat16_max_nowd_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_nowd_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  br label %block.2

block.2:
  %v.12 = add nsw i64 %job, 32
  %v.13 = inttoptr i64 %v.12 to ptr
  %chunk = atomicrmw add ptr %v.13, i64 1 monotonic, align 8
  %v.14 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.14, label %block.3, label %block.25

block.3:
  %v.15 = inttoptr i64 %chunks to ptr
  %v.16 = getelementptr i64, ptr %v.15, i64 %chunk
  %v.17 = getelementptr i8, ptr %v.16, i64 8
  %end.2 = load i64, ptr %v.17, align 8
  %v.18 = load i64, ptr %v.16, align 8
  %v.19 = sub i64 %end.2, %v.18
  %v.20 = call i64 @llvm.smax.i64(i64 %v.19, i64 0)
  br label %block.4

block.4:
  %v.21 = phi i64 [ %v.18, %block.3 ], [ %v.22, %block.17 ]
  %v.23 = phi i64 [ %v.20, %block.3 ], [ %v.24, %block.17 ]
  %v.25 = icmp sgt i64 %v.23, 0
  br i1 %v.25, label %block.5, label %block.2

block.5:
  %v.24 = add nsw i64 %v.23, -1
  %v.22 = add i64 %v.21, 1
  %ahead = add nsw i64 %v.21, 2
  %v.26 = icmp slt i64 %ahead, %end.2
  br i1 %v.26, label %block.6, label %block.16

block.6:
  %v.27 = inttoptr i64 %segments to ptr
  %v.28 = mul i64 %ahead, 24
  %v.29 = getelementptr i8, ptr %v.27, i64 %v.28
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = mul nsw i64 %v.30, 48
  %row = add nsw i64 %rows, %v.31
  %v.32 = getelementptr i8, ptr %v.29, i64 16
  %n = load i64, ptr %v.32, align 8
  %v.33 = icmp slt i64 %n, 1
  br i1 %v.33, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ %v.34, %block.15 ], [ 0, %block.6 ]
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
  %storemerge.2 = phi i64 [ %v.48, %block.14 ], [ 0, %block.10 ]
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
  %v.75 = inttoptr i64 %segments to ptr
  %v.76 = mul i64 %v.21, 24
  %v.77 = getelementptr i8, ptr %v.75, i64 %v.76
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = mul nsw i64 %v.78, 48
  %row.2 = add nsw i64 %rows, %v.79
  %v.80 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.80, align 8
  %v.81 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.81, align 8
  %v.82 = inttoptr i64 %row.2 to ptr
  %v.83 = getelementptr i8, ptr %v.82, i64 8
  %grad = load i64, ptr %v.83, align 8
  %v.84 = icmp eq i64 %grad, 0
  br i1 %v.84, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.85 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.85
  %v.86 = load i64, ptr %v.82, align 8
  %param = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.82, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avg = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.82, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_delta = add nsw i64 %v.90, %v.85
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
  %v.101 = inttoptr i64 %param to ptr
  %v.102 = getelementptr i16, ptr %v.101, i64 %v.96
  %v.103 = load i16, ptr %v.102, align 2
  %v.104 = zext i16 %v.103 to i32
  %v.105 = shl nuw i32 %v.104, 16
  %param.2 = bitcast i32 %v.105 to float
  %v.106 = inttoptr i64 %grad.2 to ptr
  %v.107 = getelementptr i16, ptr %v.106, i64 %v.96
  %v.108 = load i16, ptr %v.107, align 2
  %v.109 = zext i16 %v.108 to i32
  %v.110 = shl nuw i32 %v.109, 16
  %v.111 = bitcast i32 %v.110 to float
  %v.112 = inttoptr i64 %square_avg to ptr
  %v.113 = getelementptr i16, ptr %v.112, i64 %v.96
  %v.114 = load i16, ptr %v.113, align 2
  %v.115 = zext i16 %v.114 to i32
  %v.116 = shl nuw i32 %v.115, 16
  %square_avg.2 = bitcast i32 %v.116 to float
  %v.117 = inttoptr i64 %acc_delta to ptr
  %v.118 = getelementptr i16, ptr %v.117, i64 %v.96
  %v.119 = load i16, ptr %v.118, align 2
  %v.120 = zext i16 %v.119 to i32
  %v.121 = shl nuw i32 %v.120, 16
  %acc_delta.2 = bitcast i32 %v.121 to float
  %grad.3 = fneg float %v.111
  %v.122 = fmul float %one_minus_rho, %grad.3
  %v.123 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.122, float %grad.3, float %v.123)
  %v.124 = fadd float %eps, %acc_delta.2
  %v.125 = call float @llvm.sqrt.f32(float %v.124)
  %v.126 = fadd float %square_avg.3, %eps
  %v.127 = call float @llvm.sqrt.f32(float %v.126)
  %v.128 = fdiv float %v.125, %v.127
  %delta = fmul float %v.128, %grad.3
  %v.129 = fmul float %one_minus_rho, %delta
  %v.130 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.129, float %delta, float %v.130)
  %v.131 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.131, float %delta, float %param.2)
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
  %v.153 = bitcast float %param.3 to i32
  %v.154 = lshr i32 %v.152, 16
  %v.155 = add i32 %v.154, %v.153
  %v.156 = fcmp uno float %param.3, 0.000000e+00
  %v.157 = lshr i32 %v.155, 16
  %v.158 = trunc i32 %v.157 to i16
  %v.159 = select i1 %v.156, i16 32704, i16 %v.158
  store i16 %v.159, ptr %v.102, align 2
  %v.160 = bitcast float %square_avg.3 to i32
  %v.161 = lshr i32 %v.160, 16
  %v.162 = and i32 %v.161, 1
  %v.163 = add nuw nsw i32 %v.162, 32767
  %v.164 = add i32 %v.163, %v.160
  %v.165 = lshr i32 %v.164, 16
  %v.166 = trunc i32 %v.165 to i16
  store i16 %v.166, ptr %v.113, align 2
  %v.167 = bitcast float %acc_delta.3 to i32
  %v.168 = lshr i32 %v.167, 16
  %v.169 = and i32 %v.168, 1
  %v.170 = add nuw nsw i32 %v.169, 32767
  %v.171 = add i32 %v.170, %v.167
  %v.172 = lshr i32 %v.171, 16
  %v.173 = trunc i32 %v.172 to i16
  store i16 %v.173, ptr %v.118, align 2
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
  %v.180 = inttoptr i64 %param to ptr
  %v.181 = getelementptr i16, ptr %v.180, i64 %v.175
  %v.182 = load i16, ptr %v.181, align 2
  %v.183 = zext i16 %v.182 to i32
  %v.184 = shl nuw i32 %v.183, 16
  %param.4 = bitcast i32 %v.184 to float
  %v.185 = inttoptr i64 %grad.2 to ptr
  %v.186 = getelementptr i16, ptr %v.185, i64 %v.175
  %v.187 = load i16, ptr %v.186, align 2
  %v.188 = zext i16 %v.187 to i32
  %v.189 = shl nuw i32 %v.188, 16
  %v.190 = bitcast i32 %v.189 to float
  %grad.4 = fmul float %inv_scale, %v.190
  %v.191 = inttoptr i64 %square_avg to ptr
  %v.192 = getelementptr i16, ptr %v.191, i64 %v.175
  %v.193 = load i16, ptr %v.192, align 2
  %v.194 = zext i16 %v.193 to i32
  %v.195 = shl nuw i32 %v.194, 16
  %square_avg.4 = bitcast i32 %v.195 to float
  %v.196 = inttoptr i64 %acc_delta to ptr
  %v.197 = getelementptr i16, ptr %v.196, i64 %v.175
  %v.198 = load i16, ptr %v.197, align 2
  %v.199 = zext i16 %v.198 to i32
  %v.200 = shl nuw i32 %v.199, 16
  %acc_delta.4 = bitcast i32 %v.200 to float
  %v.201 = bitcast float %grad.4 to i32
  %v.202 = lshr i32 %v.201, 16
  %v.203 = and i32 %v.202, 1
  %v.204 = add nuw nsw i32 %v.203, 32767
  %v.205 = add i32 %v.204, %v.201
  %v.206 = lshr i32 %v.205, 16
  %v.207 = trunc i32 %v.206 to i16
  store i16 %v.207, ptr %v.186, align 2
  %grad.5 = fneg float %grad.4
  %v.208 = fmul float %one_minus_rho, %grad.5
  %v.209 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.208, float %grad.5, float %v.209)
  %v.210 = fadd float %eps, %acc_delta.4
  %v.211 = call float @llvm.sqrt.f32(float %v.210)
  %v.212 = fadd float %square_avg.5, %eps
  %v.213 = call float @llvm.sqrt.f32(float %v.212)
  %v.214 = fdiv float %v.211, %v.213
  %delta.2 = fmul float %v.214, %grad.5
  %v.215 = fmul float %one_minus_rho, %delta.2
  %v.216 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.215, float %delta.2, float %v.216)
  %v.217 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.217, float %delta.2, float %param.4)
  %v.218 = add i64 %first, %v.175
  %v.219 = trunc i64 %key to i32
  %v.220 = lshr i64 %key, 32
  %v.221 = trunc i64 %v.220 to i32
  %v.222 = trunc i64 %v.218 to i32
  %v.223 = add i32 %v.222, %v.219
  %v.224 = lshr i32 %v.223, 16
  %v.225 = xor i32 %v.223, %v.224
  %v.226 = mul i32 %v.225, 2146121005
  %v.227 = lshr i32 %v.226, 15
  %v.228 = xor i32 %v.226, %v.227
  %v.229 = mul i32 %v.228, -2073254261
  %v.230 = lshr i32 %v.229, 16
  %v.231 = xor i32 %v.229, %v.230
  %v.232 = add i32 %v.231, %v.221
  %v.233 = lshr i32 %v.232, 16
  %v.234 = xor i32 %v.232, %v.233
  %v.235 = mul i32 %v.234, 2146121005
  %v.236 = lshr i32 %v.235, 15
  %v.237 = xor i32 %v.235, %v.236
  %v.238 = mul i32 %v.237, -2073254261
  %v.239 = bitcast float %param.5 to i32
  %v.240 = lshr i32 %v.238, 16
  %v.241 = add i32 %v.240, %v.239
  %v.242 = fcmp uno float %param.5, 0.000000e+00
  %v.243 = lshr i32 %v.241, 16
  %v.244 = trunc i32 %v.243 to i16
  %v.245 = select i1 %v.242, i16 32704, i16 %v.244
  store i16 %v.245, ptr %v.181, align 2
  %v.246 = bitcast float %square_avg.5 to i32
  %v.247 = lshr i32 %v.246, 16
  %v.248 = and i32 %v.247, 1
  %v.249 = add nuw nsw i32 %v.248, 32767
  %v.250 = add i32 %v.249, %v.246
  %v.251 = lshr i32 %v.250, 16
  %v.252 = trunc i32 %v.251 to i16
  store i16 %v.252, ptr %v.192, align 2
  %v.253 = bitcast float %acc_delta.5 to i32
  %v.254 = lshr i32 %v.253, 16
  %v.255 = and i32 %v.254, 1
  %v.256 = add nuw nsw i32 %v.255, 32767
  %v.257 = add i32 %v.256, %v.253
  %v.258 = lshr i32 %v.257, 16
  %v.259 = trunc i32 %v.258 to i16
  store i16 %v.259, ptr %v.197, align 2
  br label %block.23

block.25:
  ret void
}
