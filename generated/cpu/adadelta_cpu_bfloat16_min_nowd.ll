; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd(i64 %begin, i64 %end, i64 %job) {
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
  br i1 %v.90, label %block.19, label %block.22

block.19:
  %v.91 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.92 = phi i64 [ 0, %block.19 ], [ %v.93, %block.21 ]
  %v.94 = phi i64 [ %v.91, %block.19 ], [ %v.95, %block.21 ]
  %v.96 = icmp sgt i64 %v.94, 0
  br i1 %v.96, label %block.21, label %block.17

block.21:
  %v.95 = add nsw i64 %v.94, -1
  %v.93 = add i64 %v.92, 1
  %v.97 = inttoptr i64 %params to ptr
  %v.98 = getelementptr i16, ptr %v.97, i64 %v.92
  %v.99 = load i16, ptr %v.98, align 2
  %v.100 = zext i16 %v.99 to i32
  %v.101 = shl nuw i32 %v.100, 16
  %param = bitcast i32 %v.101 to float
  %v.102 = inttoptr i64 %grads.2 to ptr
  %v.103 = getelementptr i16, ptr %v.102, i64 %v.92
  %v.104 = load i16, ptr %v.103, align 2
  %v.105 = zext i16 %v.104 to i32
  %v.106 = shl nuw i32 %v.105, 16
  %grad = bitcast i32 %v.106 to float
  %v.107 = inttoptr i64 %square_avgs to ptr
  %v.108 = getelementptr i16, ptr %v.107, i64 %v.92
  %v.109 = load i16, ptr %v.108, align 2
  %v.110 = zext i16 %v.109 to i32
  %v.111 = shl nuw i32 %v.110, 16
  %square_avg = bitcast i32 %v.111 to float
  %v.112 = inttoptr i64 %acc_deltas to ptr
  %v.113 = getelementptr i16, ptr %v.112, i64 %v.92
  %v.114 = load i16, ptr %v.113, align 2
  %v.115 = zext i16 %v.114 to i32
  %v.116 = shl nuw i32 %v.115, 16
  %acc_delta = bitcast i32 %v.116 to float
  %grad.2 = fmul float %clip, %grad
  %v.117 = fmul float %one_minus_rho, %grad.2
  %v.118 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.117, float %grad.2, float %v.118)
  %v.119 = fadd float %eps, %acc_delta
  %v.120 = fadd float %square_avg.2, %eps
  %v.121 = call float @llvm.sqrt.f32(float %v.119)
  %v.122 = call float @llvm.sqrt.f32(float %v.120)
  %v.123 = fdiv float %v.121, %v.122
  %delta = fmul float %v.123, %grad.2
  %v.124 = fmul float %one_minus_rho, %delta
  %v.125 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.124, float %delta, float %v.125)
  %v.126 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.126, float %delta, float %param)
  %v.127 = bitcast float %param.2 to i32
  %v.128 = lshr i32 %v.127, 16
  %v.129 = and i32 %v.128, 1
  %v.130 = add nuw nsw i32 %v.129, 32767
  %v.131 = add i32 %v.130, %v.127
  %v.132 = lshr i32 %v.131, 16
  %v.133 = trunc i32 %v.132 to i16
  store i16 %v.133, ptr %v.98, align 2
  %v.134 = bitcast float %square_avg.2 to i32
  %v.135 = lshr i32 %v.134, 16
  %v.136 = and i32 %v.135, 1
  %v.137 = add nuw nsw i32 %v.136, 32767
  %v.138 = add i32 %v.137, %v.134
  %v.139 = lshr i32 %v.138, 16
  %v.140 = trunc i32 %v.139 to i16
  store i16 %v.140, ptr %v.108, align 2
  %v.141 = bitcast float %acc_delta.2 to i32
  %v.142 = lshr i32 %v.141, 16
  %v.143 = and i32 %v.142, 1
  %v.144 = add nuw nsw i32 %v.143, 32767
  %v.145 = add i32 %v.144, %v.141
  %v.146 = lshr i32 %v.145, 16
  %v.147 = trunc i32 %v.146 to i16
  store i16 %v.147, ptr %v.113, align 2
  br label %block.20

block.22:
  %v.148 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.149 = phi i64 [ 0, %block.22 ], [ %v.150, %block.24 ]
  %v.151 = phi i64 [ %v.148, %block.22 ], [ %v.152, %block.24 ]
  %v.153 = icmp sgt i64 %v.151, 0
  br i1 %v.153, label %block.24, label %block.17

block.24:
  %v.152 = add nsw i64 %v.151, -1
  %v.150 = add i64 %v.149, 1
  %v.154 = inttoptr i64 %params to ptr
  %v.155 = getelementptr i16, ptr %v.154, i64 %v.149
  %v.156 = load i16, ptr %v.155, align 2
  %v.157 = zext i16 %v.156 to i32
  %v.158 = shl nuw i32 %v.157, 16
  %param.3 = bitcast i32 %v.158 to float
  %v.159 = inttoptr i64 %grads.2 to ptr
  %v.160 = getelementptr i16, ptr %v.159, i64 %v.149
  %v.161 = load i16, ptr %v.160, align 2
  %v.162 = zext i16 %v.161 to i32
  %v.163 = shl nuw i32 %v.162, 16
  %v.164 = bitcast i32 %v.163 to float
  %grad.3 = fmul float %inv_scale, %v.164
  %v.165 = bitcast float %grad.3 to i32
  %v.166 = lshr i32 %v.165, 16
  %v.167 = and i32 %v.166, 1
  %v.168 = add nuw nsw i32 %v.167, 32767
  %v.169 = add i32 %v.168, %v.165
  %v.170 = lshr i32 %v.169, 16
  %v.171 = trunc i32 %v.170 to i16
  store i16 %v.171, ptr %v.160, align 2
  %v.172 = inttoptr i64 %square_avgs to ptr
  %v.173 = getelementptr i16, ptr %v.172, i64 %v.149
  %v.174 = load i16, ptr %v.173, align 2
  %v.175 = zext i16 %v.174 to i32
  %v.176 = shl nuw i32 %v.175, 16
  %square_avg.3 = bitcast i32 %v.176 to float
  %v.177 = inttoptr i64 %acc_deltas to ptr
  %v.178 = getelementptr i16, ptr %v.177, i64 %v.149
  %v.179 = load i16, ptr %v.178, align 2
  %v.180 = zext i16 %v.179 to i32
  %v.181 = shl nuw i32 %v.180, 16
  %acc_delta.3 = bitcast i32 %v.181 to float
  %grad.4 = fmul float %grad.3, %clip
  %v.182 = fmul float %one_minus_rho, %grad.4
  %v.183 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.182, float %grad.4, float %v.183)
  %v.184 = fadd float %eps, %acc_delta.3
  %v.185 = fadd float %square_avg.4, %eps
  %v.186 = call float @llvm.sqrt.f32(float %v.184)
  %v.187 = call float @llvm.sqrt.f32(float %v.185)
  %v.188 = fdiv float %v.186, %v.187
  %delta.2 = fmul float %v.188, %grad.4
  %v.189 = fmul float %one_minus_rho, %delta.2
  %v.190 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.189, float %delta.2, float %v.190)
  %v.191 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.191, float %delta.2, float %param.3)
  %v.192 = bitcast float %param.4 to i32
  %v.193 = lshr i32 %v.192, 16
  %v.194 = and i32 %v.193, 1
  %v.195 = add nuw nsw i32 %v.194, 32767
  %v.196 = add i32 %v.195, %v.192
  %v.197 = lshr i32 %v.196, 16
  %v.198 = trunc i32 %v.197 to i16
  store i16 %v.198, ptr %v.155, align 2
  %v.199 = bitcast float %square_avg.4 to i32
  %v.200 = lshr i32 %v.199, 16
  %v.201 = and i32 %v.200, 1
  %v.202 = add nuw nsw i32 %v.201, 32767
  %v.203 = add i32 %v.202, %v.199
  %v.204 = lshr i32 %v.203, 16
  %v.205 = trunc i32 %v.204 to i16
  store i16 %v.205, ptr %v.173, align 2
  %v.206 = bitcast float %acc_delta.4 to i32
  %v.207 = lshr i32 %v.206, 16
  %v.208 = and i32 %v.207, 1
  %v.209 = add nuw nsw i32 %v.208, 32767
  %v.210 = add i32 %v.209, %v.206
  %v.211 = lshr i32 %v.210, 16
  %v.212 = trunc i32 %v.211 to i16
  store i16 %v.212, ptr %v.178, align 2
  br label %block.23

block.25:
  ret void
}
