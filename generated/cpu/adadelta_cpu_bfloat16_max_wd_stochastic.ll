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
  %end.2 = load i64, ptr %v.18, align 8
  %v.19 = load i64, ptr %v.17, align 8
  %v.20 = sub i64 %end.2, %v.19
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
  %v.27 = icmp slt i64 %ahead, %end.2
  br i1 %v.27, label %block.6, label %block.16

block.6:
  %v.28 = inttoptr i64 %segments to ptr
  %v.29 = mul i64 %ahead, 24
  %v.30 = getelementptr i8, ptr %v.28, i64 %v.29
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = mul nsw i64 %v.31, 48
  %row = add nsw i64 %rows, %v.32
  %v.33 = getelementptr i8, ptr %v.30, i64 16
  %n = load i64, ptr %v.33, align 8
  %v.34 = icmp slt i64 %n, 1
  br i1 %v.34, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ %v.35, %block.15 ], [ 0, %block.6 ]
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
  %storemerge.2 = phi i64 [ %v.49, %block.14 ], [ 0, %block.10 ]
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
  %v.76 = inttoptr i64 %segments to ptr
  %v.77 = mul i64 %v.22, 24
  %v.78 = getelementptr i8, ptr %v.76, i64 %v.77
  %v.79 = load i64, ptr %v.78, align 8
  %v.80 = mul nsw i64 %v.79, 48
  %row.2 = add nsw i64 %rows, %v.80
  %v.81 = getelementptr i8, ptr %v.78, i64 8
  %first = load i64, ptr %v.81, align 8
  %v.82 = getelementptr i8, ptr %v.78, i64 16
  %n.2 = load i64, ptr %v.82, align 8
  %v.83 = inttoptr i64 %row.2 to ptr
  %v.84 = getelementptr i8, ptr %v.83, i64 8
  %grad = load i64, ptr %v.84, align 8
  %v.85 = icmp eq i64 %grad, 0
  br i1 %v.85, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.86 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.86
  %v.87 = load i64, ptr %v.83, align 8
  %param = add nsw i64 %v.87, %v.86
  %v.88 = getelementptr i8, ptr %v.83, i64 16
  %v.89 = load i64, ptr %v.88, align 8
  %square_avg = add nsw i64 %v.89, %v.86
  %v.90 = getelementptr i8, ptr %v.83, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_delta = add nsw i64 %v.91, %v.86
  %v.92 = getelementptr i8, ptr %v.83, i64 40
  %v.93 = load i64, ptr %v.92, align 8
  %v.94 = ashr i64 %first, 32
  %key = add nsw i64 %v.93, %v.94
  %v.95 = icmp eq i64 %unscale, 0
  br i1 %v.95, label %block.19, label %block.22

block.19:
  %v.96 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.97 = phi i64 [ 0, %block.19 ], [ %v.98, %block.21 ]
  %v.99 = phi i64 [ %v.96, %block.19 ], [ %v.100, %block.21 ]
  %v.101 = icmp sgt i64 %v.99, 0
  br i1 %v.101, label %block.21, label %block.17

block.21:
  %v.100 = add nsw i64 %v.99, -1
  %v.98 = add i64 %v.97, 1
  %v.102 = inttoptr i64 %param to ptr
  %v.103 = getelementptr i16, ptr %v.102, i64 %v.97
  %v.104 = load i16, ptr %v.103, align 2
  %v.105 = zext i16 %v.104 to i32
  %v.106 = shl nuw i32 %v.105, 16
  %param.2 = bitcast i32 %v.106 to float
  %v.107 = inttoptr i64 %grad.2 to ptr
  %v.108 = getelementptr i16, ptr %v.107, i64 %v.97
  %v.109 = load i16, ptr %v.108, align 2
  %v.110 = zext i16 %v.109 to i32
  %v.111 = shl nuw i32 %v.110, 16
  %v.112 = bitcast i32 %v.111 to float
  %v.113 = inttoptr i64 %square_avg to ptr
  %v.114 = getelementptr i16, ptr %v.113, i64 %v.97
  %v.115 = load i16, ptr %v.114, align 2
  %v.116 = zext i16 %v.115 to i32
  %v.117 = shl nuw i32 %v.116, 16
  %square_avg.2 = bitcast i32 %v.117 to float
  %v.118 = inttoptr i64 %acc_delta to ptr
  %v.119 = getelementptr i16, ptr %v.118, i64 %v.97
  %v.120 = load i16, ptr %v.119, align 2
  %v.121 = zext i16 %v.120 to i32
  %v.122 = shl nuw i32 %v.121, 16
  %acc_delta.2 = bitcast i32 %v.122 to float
  %grad.3 = fneg float %v.112
  %grad.4 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.2, float %grad.3)
  %v.123 = fmul float %one_minus_rho, %grad.4
  %v.124 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.123, float %grad.4, float %v.124)
  %v.125 = fadd float %eps, %acc_delta.2
  %v.126 = call float @llvm.sqrt.f32(float %v.125)
  %v.127 = fadd float %square_avg.3, %eps
  %v.128 = call float @llvm.sqrt.f32(float %v.127)
  %v.129 = fdiv float %v.126, %v.128
  %delta = fmul float %v.129, %grad.4
  %v.130 = fmul float %one_minus_rho, %delta
  %v.131 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.130, float %delta, float %v.131)
  %v.132 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.132, float %delta, float %param.2)
  %v.133 = add i64 %first, %v.97
  %v.134 = trunc i64 %key to i32
  %v.135 = lshr i64 %key, 32
  %v.136 = trunc i64 %v.135 to i32
  %v.137 = trunc i64 %v.133 to i32
  %v.138 = add i32 %v.137, %v.134
  %v.139 = lshr i32 %v.138, 16
  %v.140 = xor i32 %v.138, %v.139
  %v.141 = mul i32 %v.140, 2146121005
  %v.142 = lshr i32 %v.141, 15
  %v.143 = xor i32 %v.141, %v.142
  %v.144 = mul i32 %v.143, -2073254261
  %v.145 = lshr i32 %v.144, 16
  %v.146 = xor i32 %v.144, %v.145
  %v.147 = add i32 %v.146, %v.136
  %v.148 = lshr i32 %v.147, 16
  %v.149 = xor i32 %v.147, %v.148
  %v.150 = mul i32 %v.149, 2146121005
  %v.151 = lshr i32 %v.150, 15
  %v.152 = xor i32 %v.150, %v.151
  %v.153 = mul i32 %v.152, -2073254261
  %v.154 = bitcast float %param.3 to i32
  %v.155 = lshr i32 %v.153, 16
  %v.156 = add i32 %v.155, %v.154
  %v.157 = fcmp uno float %param.3, 0.000000e+00
  %v.158 = lshr i32 %v.156, 16
  %v.159 = trunc i32 %v.158 to i16
  %v.160 = select i1 %v.157, i16 32704, i16 %v.159
  store i16 %v.160, ptr %v.103, align 2
  %v.161 = bitcast float %square_avg.3 to i32
  %v.162 = lshr i32 %v.161, 16
  %v.163 = and i32 %v.162, 1
  %v.164 = add nuw nsw i32 %v.163, 32767
  %v.165 = add i32 %v.164, %v.161
  %v.166 = lshr i32 %v.165, 16
  %v.167 = trunc i32 %v.166 to i16
  store i16 %v.167, ptr %v.114, align 2
  %v.168 = bitcast float %acc_delta.3 to i32
  %v.169 = lshr i32 %v.168, 16
  %v.170 = and i32 %v.169, 1
  %v.171 = add nuw nsw i32 %v.170, 32767
  %v.172 = add i32 %v.171, %v.168
  %v.173 = lshr i32 %v.172, 16
  %v.174 = trunc i32 %v.173 to i16
  store i16 %v.174, ptr %v.119, align 2
  br label %block.20

block.22:
  %v.175 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.176 = phi i64 [ 0, %block.22 ], [ %v.177, %block.24 ]
  %v.178 = phi i64 [ %v.175, %block.22 ], [ %v.179, %block.24 ]
  %v.180 = icmp sgt i64 %v.178, 0
  br i1 %v.180, label %block.24, label %block.17

block.24:
  %v.179 = add nsw i64 %v.178, -1
  %v.177 = add i64 %v.176, 1
  %v.181 = inttoptr i64 %param to ptr
  %v.182 = getelementptr i16, ptr %v.181, i64 %v.176
  %v.183 = load i16, ptr %v.182, align 2
  %v.184 = zext i16 %v.183 to i32
  %v.185 = shl nuw i32 %v.184, 16
  %param.4 = bitcast i32 %v.185 to float
  %v.186 = inttoptr i64 %grad.2 to ptr
  %v.187 = getelementptr i16, ptr %v.186, i64 %v.176
  %v.188 = load i16, ptr %v.187, align 2
  %v.189 = zext i16 %v.188 to i32
  %v.190 = shl nuw i32 %v.189, 16
  %v.191 = bitcast i32 %v.190 to float
  %grad.5 = fmul float %inv_scale, %v.191
  %v.192 = inttoptr i64 %square_avg to ptr
  %v.193 = getelementptr i16, ptr %v.192, i64 %v.176
  %v.194 = load i16, ptr %v.193, align 2
  %v.195 = zext i16 %v.194 to i32
  %v.196 = shl nuw i32 %v.195, 16
  %square_avg.4 = bitcast i32 %v.196 to float
  %v.197 = inttoptr i64 %acc_delta to ptr
  %v.198 = getelementptr i16, ptr %v.197, i64 %v.176
  %v.199 = load i16, ptr %v.198, align 2
  %v.200 = zext i16 %v.199 to i32
  %v.201 = shl nuw i32 %v.200, 16
  %acc_delta.4 = bitcast i32 %v.201 to float
  %v.202 = bitcast float %grad.5 to i32
  %v.203 = lshr i32 %v.202, 16
  %v.204 = and i32 %v.203, 1
  %v.205 = add nuw nsw i32 %v.204, 32767
  %v.206 = add i32 %v.205, %v.202
  %v.207 = lshr i32 %v.206, 16
  %v.208 = trunc i32 %v.207 to i16
  store i16 %v.208, ptr %v.187, align 2
  %grad.6 = fneg float %grad.5
  %grad.7 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.4, float %grad.6)
  %v.209 = fmul float %one_minus_rho, %grad.7
  %v.210 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.209, float %grad.7, float %v.210)
  %v.211 = fadd float %eps, %acc_delta.4
  %v.212 = call float @llvm.sqrt.f32(float %v.211)
  %v.213 = fadd float %square_avg.5, %eps
  %v.214 = call float @llvm.sqrt.f32(float %v.213)
  %v.215 = fdiv float %v.212, %v.214
  %delta.2 = fmul float %v.215, %grad.7
  %v.216 = fmul float %one_minus_rho, %delta.2
  %v.217 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.216, float %delta.2, float %v.217)
  %v.218 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.218, float %delta.2, float %param.4)
  %v.219 = add i64 %first, %v.176
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
  %v.240 = bitcast float %param.5 to i32
  %v.241 = lshr i32 %v.239, 16
  %v.242 = add i32 %v.241, %v.240
  %v.243 = fcmp uno float %param.5, 0.000000e+00
  %v.244 = lshr i32 %v.242, 16
  %v.245 = trunc i32 %v.244 to i16
  %v.246 = select i1 %v.243, i16 32704, i16 %v.245
  store i16 %v.246, ptr %v.182, align 2
  %v.247 = bitcast float %square_avg.5 to i32
  %v.248 = lshr i32 %v.247, 16
  %v.249 = and i32 %v.248, 1
  %v.250 = add nuw nsw i32 %v.249, 32767
  %v.251 = add i32 %v.250, %v.247
  %v.252 = lshr i32 %v.251, 16
  %v.253 = trunc i32 %v.252 to i16
  store i16 %v.253, ptr %v.193, align 2
  %v.254 = bitcast float %acc_delta.5 to i32
  %v.255 = lshr i32 %v.254, 16
  %v.256 = and i32 %v.255, 1
  %v.257 = add nuw nsw i32 %v.256, 32767
  %v.258 = add i32 %v.257, %v.254
  %v.259 = lshr i32 %v.258, 16
  %v.260 = trunc i32 %v.259 to i16
  store i16 %v.260, ptr %v.198, align 2
  br label %block.23

block.25:
  ret void
}
