; @generated from generated/cpu/adadelta_cpu_float32_max_nowd_bfloat16state_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float32_max_nowd_bfloat16state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.69 = shl nsw i64 %n, 2
  %v.70 = call i64 @llvm.smin.i64(i64 %v.69, i64 512)
  %v.71 = lshr i64 %v.70, 6
  %v.72 = and i64 %v.70, 60
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
  %v.84 = shl nsw i64 %first, 2
  %grads.2 = add nsw i64 %grads, %v.84
  %v.85 = load i64, ptr %v.80, align 8
  %params = add nsw i64 %v.85, %v.84
  %v.86 = getelementptr i8, ptr %v.80, i64 16
  %v.87 = load i64, ptr %v.86, align 8
  %v.88 = shl nsw i64 %first, 1
  %square_avgs = add nsw i64 %v.87, %v.88
  %v.89 = getelementptr i8, ptr %v.80, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_deltas = add nsw i64 %v.90, %v.88
  %v.91 = getelementptr i8, ptr %v.80, i64 40
  %v.92 = load i64, ptr %v.91, align 8
  %v.93 = mul nsw i64 %first, 1779033704
  %dither = add nsw i64 %v.92, %v.93
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
  %v.102 = getelementptr float, ptr %v.101, i64 %v.96
  %param = load float, ptr %v.102, align 4
  %v.103 = inttoptr i64 %grads.2 to ptr
  %v.104 = getelementptr float, ptr %v.103, i64 %v.96
  %grad = load float, ptr %v.104, align 4
  %v.105 = inttoptr i64 %square_avgs to ptr
  %v.106 = getelementptr i16, ptr %v.105, i64 %v.96
  %v.107 = load i16, ptr %v.106, align 2
  %v.108 = zext i16 %v.107 to i32
  %v.109 = shl nuw i32 %v.108, 16
  %square_avg = bitcast i32 %v.109 to float
  %v.110 = inttoptr i64 %acc_deltas to ptr
  %v.111 = getelementptr i16, ptr %v.110, i64 %v.96
  %v.112 = load i16, ptr %v.111, align 2
  %v.113 = zext i16 %v.112 to i32
  %v.114 = shl nuw i32 %v.113, 16
  %acc_delta = bitcast i32 %v.114 to float
  %v.115 = fneg float %clip
  %grad.2 = fmul float %grad, %v.115
  %v.116 = fmul float %one_minus_rho, %grad.2
  %v.117 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.116, float %grad.2, float %v.117)
  %v.118 = fadd float %eps, %acc_delta
  %v.119 = fadd float %square_avg.2, %eps
  %v.120 = bitcast float %v.119 to i32
  %v.121 = lshr i32 %v.120, 1
  %v.122 = and i32 %v.121, 1065353216
  %v.123 = sub nuw nsw i32 1602224128, %v.122
  %v.124 = bitcast i32 %v.123 to float
  %v.125 = fmul float %v.119, %v.124
  %v.126 = fmul float %v.125, %v.124
  %v.127 = fdiv float %v.118, %v.126
  %v.128 = call float @llvm.sqrt.f32(float %v.127)
  %v.129 = fmul float %v.128, %v.124
  %delta = fmul float %v.129, %grad.2
  %v.130 = fmul float %one_minus_rho, %delta
  %v.131 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.130, float %delta, float %v.131)
  %v.132 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.132, float %delta, float %param)
  store float %param.2, ptr %v.102, align 4
  %v.133 = trunc i64 %v.96 to i32
  %v.134 = trunc i64 %dither to i32
  %v.135 = mul i32 %v.133, 1779033704
  %v.136 = xor i32 %v.134, -2147483648
  %v.137 = add i32 %v.135, %v.136
  %v.138 = bitcast float %square_avg.2 to i32
  %v.139 = lshr i32 %v.137, 16
  %v.140 = add i32 %v.139, %v.138
  %v.141 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.142 = lshr i32 %v.140, 16
  %v.143 = trunc i32 %v.142 to i16
  %v.144 = select i1 %v.141, i16 32704, i16 %v.143
  store i16 %v.144, ptr %v.106, align 2
  %v.145 = add i32 %v.134, -1073741824
  %v.146 = add i32 %v.135, %v.145
  %v.147 = bitcast float %acc_delta.2 to i32
  %v.148 = lshr i32 %v.146, 16
  %v.149 = add i32 %v.148, %v.147
  %v.150 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.151 = lshr i32 %v.149, 16
  %v.152 = trunc i32 %v.151 to i16
  %v.153 = select i1 %v.150, i16 32704, i16 %v.152
  store i16 %v.153, ptr %v.111, align 2
  br label %block.20

block.22:
  %v.154 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.155 = phi i64 [ 0, %block.22 ], [ %v.156, %block.24 ]
  %v.157 = phi i64 [ %v.154, %block.22 ], [ %v.158, %block.24 ]
  %v.159 = icmp sgt i64 %v.157, 0
  br i1 %v.159, label %block.24, label %block.17

block.24:
  %v.158 = add nsw i64 %v.157, -1
  %v.156 = add i64 %v.155, 1
  %v.160 = inttoptr i64 %params to ptr
  %v.161 = getelementptr float, ptr %v.160, i64 %v.155
  %param.3 = load float, ptr %v.161, align 4
  %v.162 = inttoptr i64 %grads.2 to ptr
  %v.163 = getelementptr float, ptr %v.162, i64 %v.155
  %v.164 = load float, ptr %v.163, align 4
  %grad.3 = fmul float %v.164, %inv_scale
  store float %grad.3, ptr %v.163, align 4
  %v.165 = inttoptr i64 %square_avgs to ptr
  %v.166 = getelementptr i16, ptr %v.165, i64 %v.155
  %v.167 = load i16, ptr %v.166, align 2
  %v.168 = zext i16 %v.167 to i32
  %v.169 = shl nuw i32 %v.168, 16
  %square_avg.3 = bitcast i32 %v.169 to float
  %v.170 = inttoptr i64 %acc_deltas to ptr
  %v.171 = getelementptr i16, ptr %v.170, i64 %v.155
  %v.172 = load i16, ptr %v.171, align 2
  %v.173 = zext i16 %v.172 to i32
  %v.174 = shl nuw i32 %v.173, 16
  %acc_delta.3 = bitcast i32 %v.174 to float
  %v.175 = fneg float %clip
  %grad.4 = fmul float %grad.3, %v.175
  %v.176 = fmul float %one_minus_rho, %grad.4
  %v.177 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.176, float %grad.4, float %v.177)
  %v.178 = fadd float %eps, %acc_delta.3
  %v.179 = fadd float %square_avg.4, %eps
  %v.180 = bitcast float %v.179 to i32
  %v.181 = lshr i32 %v.180, 1
  %v.182 = and i32 %v.181, 1065353216
  %v.183 = sub nuw nsw i32 1602224128, %v.182
  %v.184 = bitcast i32 %v.183 to float
  %v.185 = fmul float %v.179, %v.184
  %v.186 = fmul float %v.185, %v.184
  %v.187 = fdiv float %v.178, %v.186
  %v.188 = call float @llvm.sqrt.f32(float %v.187)
  %v.189 = fmul float %v.188, %v.184
  %delta.2 = fmul float %v.189, %grad.4
  %v.190 = fmul float %one_minus_rho, %delta.2
  %v.191 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.190, float %delta.2, float %v.191)
  %v.192 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.192, float %delta.2, float %param.3)
  store float %param.4, ptr %v.161, align 4
  %v.193 = trunc i64 %v.155 to i32
  %v.194 = trunc i64 %dither to i32
  %v.195 = mul i32 %v.193, 1779033704
  %v.196 = xor i32 %v.194, -2147483648
  %v.197 = add i32 %v.195, %v.196
  %v.198 = bitcast float %square_avg.4 to i32
  %v.199 = lshr i32 %v.197, 16
  %v.200 = add i32 %v.199, %v.198
  %v.201 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.202 = lshr i32 %v.200, 16
  %v.203 = trunc i32 %v.202 to i16
  %v.204 = select i1 %v.201, i16 32704, i16 %v.203
  store i16 %v.204, ptr %v.166, align 2
  %v.205 = add i32 %v.194, -1073741824
  %v.206 = add i32 %v.195, %v.205
  %v.207 = bitcast float %acc_delta.4 to i32
  %v.208 = lshr i32 %v.206, 16
  %v.209 = add i32 %v.208, %v.207
  %v.210 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.211 = lshr i32 %v.209, 16
  %v.212 = trunc i32 %v.211 to i16
  %v.213 = select i1 %v.210, i16 32704, i16 %v.212
  store i16 %v.213, ptr %v.171, align 2
  br label %block.23

block.25:
  ret void
}
