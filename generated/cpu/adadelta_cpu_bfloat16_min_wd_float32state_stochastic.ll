; @generated from generated/cpu/adadelta_cpu_bfloat16_min_wd_float32state_stochastic.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_wd_float32state_stochastic(i64 %begin, i64 %end, i64 %job) {
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
  %v.64 = shl nsw i64 %n, 2
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 60
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
  %v.90 = shl nsw i64 %first, 2
  %square_avg = add nsw i64 %v.89, %v.90
  %v.91 = getelementptr i8, ptr %v.83, i64 24
  %v.92 = load i64, ptr %v.91, align 8
  %acc_delta = add nsw i64 %v.92, %v.90
  %v.93 = getelementptr i8, ptr %v.83, i64 40
  %v.94 = load i64, ptr %v.93, align 8
  %v.95 = ashr i64 %first, 32
  %key = add nsw i64 %v.94, %v.95
  %v.96 = icmp eq i64 %unscale, 0
  br i1 %v.96, label %block.19, label %block.22

block.19:
  %v.97 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.98 = phi i64 [ 0, %block.19 ], [ %v.99, %block.21 ]
  %v.100 = phi i64 [ %v.97, %block.19 ], [ %v.101, %block.21 ]
  %v.102 = icmp sgt i64 %v.100, 0
  br i1 %v.102, label %block.21, label %block.17

block.21:
  %v.101 = add nsw i64 %v.100, -1
  %v.99 = add i64 %v.98, 1
  %v.103 = inttoptr i64 %param to ptr
  %v.104 = getelementptr i16, ptr %v.103, i64 %v.98
  %v.105 = load i16, ptr %v.104, align 2
  %v.106 = zext i16 %v.105 to i32
  %v.107 = shl nuw i32 %v.106, 16
  %param.2 = bitcast i32 %v.107 to float
  %v.108 = inttoptr i64 %grad.2 to ptr
  %v.109 = getelementptr i16, ptr %v.108, i64 %v.98
  %v.110 = load i16, ptr %v.109, align 2
  %v.111 = zext i16 %v.110 to i32
  %v.112 = shl nuw i32 %v.111, 16
  %v.113 = bitcast i32 %v.112 to float
  %v.114 = inttoptr i64 %square_avg to ptr
  %v.115 = getelementptr float, ptr %v.114, i64 %v.98
  %square_avg.2 = load float, ptr %v.115, align 4
  %v.116 = inttoptr i64 %acc_delta to ptr
  %v.117 = getelementptr float, ptr %v.116, i64 %v.98
  %acc_delta.2 = load float, ptr %v.117, align 4
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.2, float %v.113)
  %v.118 = fmul float %one_minus_rho, %grad.3
  %v.119 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.118, float %grad.3, float %v.119)
  %v.120 = fadd float %acc_delta.2, %eps
  %v.121 = call float @llvm.sqrt.f32(float %v.120)
  %v.122 = fadd float %square_avg.3, %eps
  %v.123 = call float @llvm.sqrt.f32(float %v.122)
  %v.124 = fdiv float %v.121, %v.123
  %delta = fmul float %v.124, %grad.3
  %v.125 = fmul float %one_minus_rho, %delta
  %v.126 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.125, float %delta, float %v.126)
  %v.127 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.127, float %delta, float %param.2)
  %v.128 = add i64 %first, %v.98
  %v.129 = trunc i64 %key to i32
  %v.130 = lshr i64 %key, 32
  %v.131 = trunc i64 %v.130 to i32
  %v.132 = trunc i64 %v.128 to i32
  %v.133 = add i32 %v.132, %v.129
  %v.134 = lshr i32 %v.133, 16
  %v.135 = xor i32 %v.133, %v.134
  %v.136 = mul i32 %v.135, 2146121005
  %v.137 = lshr i32 %v.136, 15
  %v.138 = xor i32 %v.136, %v.137
  %v.139 = mul i32 %v.138, -2073254261
  %v.140 = lshr i32 %v.139, 16
  %v.141 = xor i32 %v.139, %v.140
  %v.142 = add i32 %v.141, %v.131
  %v.143 = lshr i32 %v.142, 16
  %v.144 = xor i32 %v.142, %v.143
  %v.145 = mul i32 %v.144, 2146121005
  %v.146 = lshr i32 %v.145, 15
  %v.147 = xor i32 %v.145, %v.146
  %v.148 = mul i32 %v.147, -2073254261
  %v.149 = bitcast float %param.3 to i32
  %v.150 = lshr i32 %v.148, 16
  %v.151 = add i32 %v.150, %v.149
  %v.152 = fcmp uno float %param.3, 0.000000e+00
  %v.153 = lshr i32 %v.151, 16
  %v.154 = trunc i32 %v.153 to i16
  %v.155 = select i1 %v.152, i16 32704, i16 %v.154
  store i16 %v.155, ptr %v.104, align 2
  store float %square_avg.3, ptr %v.115, align 4
  store float %acc_delta.3, ptr %v.117, align 4
  br label %block.20

block.22:
  %v.156 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.157 = phi i64 [ 0, %block.22 ], [ %v.158, %block.24 ]
  %v.159 = phi i64 [ %v.156, %block.22 ], [ %v.160, %block.24 ]
  %v.161 = icmp sgt i64 %v.159, 0
  br i1 %v.161, label %block.24, label %block.17

block.24:
  %v.160 = add nsw i64 %v.159, -1
  %v.158 = add i64 %v.157, 1
  %v.162 = inttoptr i64 %param to ptr
  %v.163 = getelementptr i16, ptr %v.162, i64 %v.157
  %v.164 = load i16, ptr %v.163, align 2
  %v.165 = zext i16 %v.164 to i32
  %v.166 = shl nuw i32 %v.165, 16
  %param.4 = bitcast i32 %v.166 to float
  %v.167 = inttoptr i64 %grad.2 to ptr
  %v.168 = getelementptr i16, ptr %v.167, i64 %v.157
  %v.169 = load i16, ptr %v.168, align 2
  %v.170 = zext i16 %v.169 to i32
  %v.171 = shl nuw i32 %v.170, 16
  %v.172 = bitcast i32 %v.171 to float
  %grad.4 = fmul float %inv_scale, %v.172
  %v.173 = inttoptr i64 %square_avg to ptr
  %v.174 = getelementptr float, ptr %v.173, i64 %v.157
  %square_avg.4 = load float, ptr %v.174, align 4
  %v.175 = inttoptr i64 %acc_delta to ptr
  %v.176 = getelementptr float, ptr %v.175, i64 %v.157
  %acc_delta.4 = load float, ptr %v.176, align 4
  %v.177 = fcmp uno float %grad.4, 0.000000e+00
  %v.178 = bitcast float %grad.4 to i32
  %v.179 = lshr i32 %v.178, 16
  %v.180 = and i32 %v.179, 1
  %v.181 = add nuw nsw i32 %v.180, 32767
  %v.182 = add i32 %v.181, %v.178
  %v.183 = lshr i32 %v.182, 16
  %v.184 = trunc i32 %v.183 to i16
  %v.185 = select i1 %v.177, i16 32704, i16 %v.184
  store i16 %v.185, ptr %v.168, align 2
  %grad.5 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.4, float %grad.4)
  %v.186 = fmul float %one_minus_rho, %grad.5
  %v.187 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.186, float %grad.5, float %v.187)
  %v.188 = fadd float %acc_delta.4, %eps
  %v.189 = call float @llvm.sqrt.f32(float %v.188)
  %v.190 = fadd float %square_avg.5, %eps
  %v.191 = call float @llvm.sqrt.f32(float %v.190)
  %v.192 = fdiv float %v.189, %v.191
  %delta.2 = fmul float %v.192, %grad.5
  %v.193 = fmul float %one_minus_rho, %delta.2
  %v.194 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.193, float %delta.2, float %v.194)
  %v.195 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.195, float %delta.2, float %param.4)
  %v.196 = add i64 %first, %v.157
  %v.197 = trunc i64 %key to i32
  %v.198 = lshr i64 %key, 32
  %v.199 = trunc i64 %v.198 to i32
  %v.200 = trunc i64 %v.196 to i32
  %v.201 = add i32 %v.200, %v.197
  %v.202 = lshr i32 %v.201, 16
  %v.203 = xor i32 %v.201, %v.202
  %v.204 = mul i32 %v.203, 2146121005
  %v.205 = lshr i32 %v.204, 15
  %v.206 = xor i32 %v.204, %v.205
  %v.207 = mul i32 %v.206, -2073254261
  %v.208 = lshr i32 %v.207, 16
  %v.209 = xor i32 %v.207, %v.208
  %v.210 = add i32 %v.209, %v.199
  %v.211 = lshr i32 %v.210, 16
  %v.212 = xor i32 %v.210, %v.211
  %v.213 = mul i32 %v.212, 2146121005
  %v.214 = lshr i32 %v.213, 15
  %v.215 = xor i32 %v.213, %v.214
  %v.216 = mul i32 %v.215, -2073254261
  %v.217 = bitcast float %param.5 to i32
  %v.218 = lshr i32 %v.216, 16
  %v.219 = add i32 %v.218, %v.217
  %v.220 = fcmp uno float %param.5, 0.000000e+00
  %v.221 = lshr i32 %v.219, 16
  %v.222 = trunc i32 %v.221 to i16
  %v.223 = select i1 %v.220, i16 32704, i16 %v.222
  store i16 %v.223, ptr %v.163, align 2
  store float %square_avg.5, ptr %v.174, align 4
  store float %acc_delta.5, ptr %v.176, align 4
  br label %block.23

block.25:
  ret void
}
