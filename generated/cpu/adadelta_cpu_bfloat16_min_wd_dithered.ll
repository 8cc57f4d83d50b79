; @generated from generated/cpu/adadelta_cpu_bfloat16_min_wd_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_wd_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.91 = getelementptr i8, ptr %v.81, i64 40
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
  %grad.2 = fmul float %clip, %grad
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.121 = fmul float %one_minus_rho, %grad.3
  %v.122 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.121, float %grad.3, float %v.122)
  %v.123 = fadd float %eps, %acc_delta
  %v.124 = fadd float %square_avg.2, %eps
  %v.125 = call float @llvm.sqrt.f32(float %v.123)
  %v.126 = call float @llvm.sqrt.f32(float %v.124)
  %v.127 = fdiv float %v.125, %v.126
  %delta = fmul float %v.127, %grad.3
  %v.128 = fmul float %one_minus_rho, %delta
  %v.129 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.128, float %delta, float %v.129)
  %v.130 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.130, float %delta, float %param)
  %v.131 = trunc i64 %v.96 to i32
  %v.132 = trunc i64 %dither to i32
  %v.133 = mul i32 %v.131, 1779033704
  %v.134 = add i32 %v.133, %v.132
  %v.135 = bitcast float %param.2 to i32
  %v.136 = lshr i32 %v.134, 16
  %v.137 = add i32 %v.136, %v.135
  %v.138 = fcmp uno float %param.2, 0.000000e+00
  %v.139 = lshr i32 %v.137, 16
  %v.140 = trunc i32 %v.139 to i16
  %v.141 = select i1 %v.138, i16 32704, i16 %v.140
  store i16 %v.141, ptr %v.102, align 2
  %v.142 = xor i32 %v.132, -2147483648
  %v.143 = add i32 %v.133, %v.142
  %v.144 = bitcast float %square_avg.2 to i32
  %v.145 = lshr i32 %v.143, 16
  %v.146 = add i32 %v.145, %v.144
  %v.147 = fcmp uno float %square_avg.2, 0.000000e+00
  %v.148 = lshr i32 %v.146, 16
  %v.149 = trunc i32 %v.148 to i16
  %v.150 = select i1 %v.147, i16 32704, i16 %v.149
  store i16 %v.150, ptr %v.112, align 2
  %v.151 = add i32 %v.132, -1073741824
  %v.152 = add i32 %v.133, %v.151
  %v.153 = bitcast float %acc_delta.2 to i32
  %v.154 = lshr i32 %v.152, 16
  %v.155 = add i32 %v.154, %v.153
  %v.156 = fcmp uno float %acc_delta.2, 0.000000e+00
  %v.157 = lshr i32 %v.155, 16
  %v.158 = trunc i32 %v.157 to i16
  %v.159 = select i1 %v.156, i16 32704, i16 %v.158
  store i16 %v.159, ptr %v.117, align 2
  br label %block.20

block.22:
  %v.160 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.161 = phi i64 [ 0, %block.22 ], [ %v.162, %block.24 ]
  %v.163 = phi i64 [ %v.160, %block.22 ], [ %v.164, %block.24 ]
  %v.165 = icmp sgt i64 %v.163, 0
  br i1 %v.165, label %block.24, label %block.17

block.24:
  %v.164 = add nsw i64 %v.163, -1
  %v.162 = add i64 %v.161, 1
  %v.166 = inttoptr i64 %params to ptr
  %v.167 = getelementptr i16, ptr %v.166, i64 %v.161
  %v.168 = load i16, ptr %v.167, align 2
  %v.169 = zext i16 %v.168 to i32
  %v.170 = shl nuw i32 %v.169, 16
  %param.3 = bitcast i32 %v.170 to float
  %v.171 = inttoptr i64 %grads.2 to ptr
  %v.172 = getelementptr i16, ptr %v.171, i64 %v.161
  %v.173 = load i16, ptr %v.172, align 2
  %v.174 = zext i16 %v.173 to i32
  %v.175 = shl nuw i32 %v.174, 16
  %v.176 = bitcast i32 %v.175 to float
  %grad.4 = fmul float %inv_scale, %v.176
  %v.177 = bitcast float %grad.4 to i32
  %v.178 = lshr i32 %v.177, 16
  %v.179 = and i32 %v.178, 1
  %v.180 = add nuw nsw i32 %v.179, 32767
  %v.181 = add i32 %v.180, %v.177
  %v.182 = lshr i32 %v.181, 16
  %v.183 = trunc i32 %v.182 to i16
  store i16 %v.183, ptr %v.172, align 2
  %v.184 = inttoptr i64 %square_avgs to ptr
  %v.185 = getelementptr i16, ptr %v.184, i64 %v.161
  %v.186 = load i16, ptr %v.185, align 2
  %v.187 = zext i16 %v.186 to i32
  %v.188 = shl nuw i32 %v.187, 16
  %square_avg.3 = bitcast i32 %v.188 to float
  %v.189 = inttoptr i64 %acc_deltas to ptr
  %v.190 = getelementptr i16, ptr %v.189, i64 %v.161
  %v.191 = load i16, ptr %v.190, align 2
  %v.192 = zext i16 %v.191 to i32
  %v.193 = shl nuw i32 %v.192, 16
  %acc_delta.3 = bitcast i32 %v.193 to float
  %grad.5 = fmul float %grad.4, %clip
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.194 = fmul float %one_minus_rho, %grad.6
  %v.195 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.194, float %grad.6, float %v.195)
  %v.196 = fadd float %eps, %acc_delta.3
  %v.197 = fadd float %square_avg.4, %eps
  %v.198 = call float @llvm.sqrt.f32(float %v.196)
  %v.199 = call float @llvm.sqrt.f32(float %v.197)
  %v.200 = fdiv float %v.198, %v.199
  %delta.2 = fmul float %v.200, %grad.6
  %v.201 = fmul float %one_minus_rho, %delta.2
  %v.202 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.201, float %delta.2, float %v.202)
  %v.203 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.203, float %delta.2, float %param.3)
  %v.204 = trunc i64 %v.161 to i32
  %v.205 = trunc i64 %dither to i32
  %v.206 = mul i32 %v.204, 1779033704
  %v.207 = add i32 %v.206, %v.205
  %v.208 = bitcast float %param.4 to i32
  %v.209 = lshr i32 %v.207, 16
  %v.210 = add i32 %v.209, %v.208
  %v.211 = fcmp uno float %param.4, 0.000000e+00
  %v.212 = lshr i32 %v.210, 16
  %v.213 = trunc i32 %v.212 to i16
  %v.214 = select i1 %v.211, i16 32704, i16 %v.213
  store i16 %v.214, ptr %v.167, align 2
  %v.215 = xor i32 %v.205, -2147483648
  %v.216 = add i32 %v.206, %v.215
  %v.217 = bitcast float %square_avg.4 to i32
  %v.218 = lshr i32 %v.216, 16
  %v.219 = add i32 %v.218, %v.217
  %v.220 = fcmp uno float %square_avg.4, 0.000000e+00
  %v.221 = lshr i32 %v.219, 16
  %v.222 = trunc i32 %v.221 to i16
  %v.223 = select i1 %v.220, i16 32704, i16 %v.222
  store i16 %v.223, ptr %v.185, align 2
  %v.224 = add i32 %v.205, -1073741824
  %v.225 = add i32 %v.206, %v.224
  %v.226 = bitcast float %acc_delta.4 to i32
  %v.227 = lshr i32 %v.225, 16
  %v.228 = add i32 %v.227, %v.226
  %v.229 = fcmp uno float %acc_delta.4, 0.000000e+00
  %v.230 = lshr i32 %v.228, 16
  %v.231 = trunc i32 %v.230 to i16
  %v.232 = select i1 %v.229, i16 32704, i16 %v.231
  store i16 %v.232, ptr %v.190, align 2
  br label %block.23

block.25:
  ret void
}
