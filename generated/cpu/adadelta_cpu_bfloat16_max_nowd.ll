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
  %v.117 = fneg float %grad
  %grad.2 = fmul float %clip, %v.117
  %v.118 = fmul float %one_minus_rho, %grad.2
  %v.119 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.118, float %grad.2, float %v.119)
  %v.120 = fadd float %eps, %acc_delta
  %v.121 = fadd float %square_avg.2, %eps
  %v.122 = call float @llvm.sqrt.f32(float %v.120)
  %v.123 = call float @llvm.sqrt.f32(float %v.121)
  %v.124 = fdiv float %v.122, %v.123
  %delta = fmul float %v.124, %grad.2
  %v.125 = fmul float %one_minus_rho, %delta
  %v.126 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.125, float %delta, float %v.126)
  %v.127 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.127, float %delta, float %param)
  %v.128 = bitcast float %param.2 to i32
  %v.129 = lshr i32 %v.128, 16
  %v.130 = and i32 %v.129, 1
  %v.131 = add nuw nsw i32 %v.130, 32767
  %v.132 = add i32 %v.131, %v.128
  %v.133 = lshr i32 %v.132, 16
  %v.134 = trunc i32 %v.133 to i16
  store i16 %v.134, ptr %v.98, align 2
  %v.135 = bitcast float %square_avg.2 to i32
  %v.136 = lshr i32 %v.135, 16
  %v.137 = and i32 %v.136, 1
  %v.138 = add nuw nsw i32 %v.137, 32767
  %v.139 = add i32 %v.138, %v.135
  %v.140 = lshr i32 %v.139, 16
  %v.141 = trunc i32 %v.140 to i16
  store i16 %v.141, ptr %v.108, align 2
  %v.142 = bitcast float %acc_delta.2 to i32
  %v.143 = lshr i32 %v.142, 16
  %v.144 = and i32 %v.143, 1
  %v.145 = add nuw nsw i32 %v.144, 32767
  %v.146 = add i32 %v.145, %v.142
  %v.147 = lshr i32 %v.146, 16
  %v.148 = trunc i32 %v.147 to i16
  store i16 %v.148, ptr %v.113, align 2
  br label %block.20

block.22:
  %v.149 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.150 = phi i64 [ 0, %block.22 ], [ %v.151, %block.24 ]
  %v.152 = phi i64 [ %v.149, %block.22 ], [ %v.153, %block.24 ]
  %v.154 = icmp sgt i64 %v.152, 0
  br i1 %v.154, label %block.24, label %block.17

block.24:
  %v.153 = add nsw i64 %v.152, -1
  %v.151 = add i64 %v.150, 1
  %v.155 = inttoptr i64 %params to ptr
  %v.156 = getelementptr i16, ptr %v.155, i64 %v.150
  %v.157 = load i16, ptr %v.156, align 2
  %v.158 = zext i16 %v.157 to i32
  %v.159 = shl nuw i32 %v.158, 16
  %param.3 = bitcast i32 %v.159 to float
  %v.160 = inttoptr i64 %grads.2 to ptr
  %v.161 = getelementptr i16, ptr %v.160, i64 %v.150
  %v.162 = load i16, ptr %v.161, align 2
  %v.163 = zext i16 %v.162 to i32
  %v.164 = shl nuw i32 %v.163, 16
  %v.165 = bitcast i32 %v.164 to float
  %grad.3 = fmul float %inv_scale, %v.165
  %v.166 = bitcast float %grad.3 to i32
  %v.167 = lshr i32 %v.166, 16
  %v.168 = and i32 %v.167, 1
  %v.169 = add nuw nsw i32 %v.168, 32767
  %v.170 = add i32 %v.169, %v.166
  %v.171 = lshr i32 %v.170, 16
  %v.172 = trunc i32 %v.171 to i16
  store i16 %v.172, ptr %v.161, align 2
  %v.173 = inttoptr i64 %square_avgs to ptr
  %v.174 = getelementptr i16, ptr %v.173, i64 %v.150
  %v.175 = load i16, ptr %v.174, align 2
  %v.176 = zext i16 %v.175 to i32
  %v.177 = shl nuw i32 %v.176, 16
  %square_avg.3 = bitcast i32 %v.177 to float
  %v.178 = inttoptr i64 %acc_deltas to ptr
  %v.179 = getelementptr i16, ptr %v.178, i64 %v.150
  %v.180 = load i16, ptr %v.179, align 2
  %v.181 = zext i16 %v.180 to i32
  %v.182 = shl nuw i32 %v.181, 16
  %acc_delta.3 = bitcast i32 %v.182 to float
  %v.183 = fneg float %clip
  %grad.4 = fmul float %grad.3, %v.183
  %v.184 = fmul float %one_minus_rho, %grad.4
  %v.185 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.184, float %grad.4, float %v.185)
  %v.186 = fadd float %eps, %acc_delta.3
  %v.187 = fadd float %square_avg.4, %eps
  %v.188 = call float @llvm.sqrt.f32(float %v.186)
  %v.189 = call float @llvm.sqrt.f32(float %v.187)
  %v.190 = fdiv float %v.188, %v.189
  %delta.2 = fmul float %v.190, %grad.4
  %v.191 = fmul float %one_minus_rho, %delta.2
  %v.192 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.191, float %delta.2, float %v.192)
  %v.193 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.193, float %delta.2, float %param.3)
  %v.194 = bitcast float %param.4 to i32
  %v.195 = lshr i32 %v.194, 16
  %v.196 = and i32 %v.195, 1
  %v.197 = add nuw nsw i32 %v.196, 32767
  %v.198 = add i32 %v.197, %v.194
  %v.199 = lshr i32 %v.198, 16
  %v.200 = trunc i32 %v.199 to i16
  store i16 %v.200, ptr %v.156, align 2
  %v.201 = bitcast float %square_avg.4 to i32
  %v.202 = lshr i32 %v.201, 16
  %v.203 = and i32 %v.202, 1
  %v.204 = add nuw nsw i32 %v.203, 32767
  %v.205 = add i32 %v.204, %v.201
  %v.206 = lshr i32 %v.205, 16
  %v.207 = trunc i32 %v.206 to i16
  store i16 %v.207, ptr %v.174, align 2
  %v.208 = bitcast float %acc_delta.4 to i32
  %v.209 = lshr i32 %v.208, 16
  %v.210 = and i32 %v.209, 1
  %v.211 = add nuw nsw i32 %v.210, 32767
  %v.212 = add i32 %v.211, %v.208
  %v.213 = lshr i32 %v.212, 16
  %v.214 = trunc i32 %v.213 to i16
  store i16 %v.214, ptr %v.179, align 2
  br label %block.23

block.25:
  ret void
}
