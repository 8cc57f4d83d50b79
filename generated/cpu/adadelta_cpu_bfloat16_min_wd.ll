; @generated from generated/cpu/adadelta_cpu_bfloat16_min_wd.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_wd(i64 %begin, i64 %end, i64 %job) {
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
  %v.81 = getelementptr i8, ptr %v.78, i64 16
  %n.2 = load i64, ptr %v.81, align 8
  %v.82 = inttoptr i64 %row.2 to ptr
  %v.83 = getelementptr i8, ptr %v.82, i64 8
  %grad = load i64, ptr %v.83, align 8
  %v.84 = icmp eq i64 %grad, 0
  br i1 %v.84, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.85 = getelementptr i8, ptr %v.78, i64 8
  %first = load i64, ptr %v.85, align 8
  %v.86 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.86
  %v.87 = load i64, ptr %v.82, align 8
  %param = add nsw i64 %v.87, %v.86
  %v.88 = getelementptr i8, ptr %v.82, i64 16
  %v.89 = load i64, ptr %v.88, align 8
  %square_avg = add nsw i64 %v.89, %v.86
  %v.90 = getelementptr i8, ptr %v.82, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_delta = add nsw i64 %v.91, %v.86
  %v.92 = icmp eq i64 %unscale, 0
  br i1 %v.92, label %block.19, label %block.22

block.19:
  %v.93 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.94 = phi i64 [ 0, %block.19 ], [ %v.95, %block.21 ]
  %v.96 = phi i64 [ %v.93, %block.19 ], [ %v.97, %block.21 ]
  %v.98 = icmp sgt i64 %v.96, 0
  br i1 %v.98, label %block.21, label %block.17

block.21:
  %v.97 = add nsw i64 %v.96, -1
  %v.95 = add i64 %v.94, 1
  %v.99 = inttoptr i64 %param to ptr
  %v.100 = getelementptr i16, ptr %v.99, i64 %v.94
  %v.101 = load i16, ptr %v.100, align 2
  %v.102 = zext i16 %v.101 to i32
  %v.103 = shl nuw i32 %v.102, 16
  %param.2 = bitcast i32 %v.103 to float
  %v.104 = inttoptr i64 %grad.2 to ptr
  %v.105 = getelementptr i16, ptr %v.104, i64 %v.94
  %v.106 = load i16, ptr %v.105, align 2
  %v.107 = zext i16 %v.106 to i32
  %v.108 = shl nuw i32 %v.107, 16
  %v.109 = bitcast i32 %v.108 to float
  %v.110 = inttoptr i64 %square_avg to ptr
  %v.111 = getelementptr i16, ptr %v.110, i64 %v.94
  %v.112 = load i16, ptr %v.111, align 2
  %v.113 = zext i16 %v.112 to i32
  %v.114 = shl nuw i32 %v.113, 16
  %square_avg.2 = bitcast i32 %v.114 to float
  %v.115 = inttoptr i64 %acc_delta to ptr
  %v.116 = getelementptr i16, ptr %v.115, i64 %v.94
  %v.117 = load i16, ptr %v.116, align 2
  %v.118 = zext i16 %v.117 to i32
  %v.119 = shl nuw i32 %v.118, 16
  %acc_delta.2 = bitcast i32 %v.119 to float
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.2, float %v.109)
  %v.120 = fmul float %one_minus_rho, %grad.3
  %v.121 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.120, float %grad.3, float %v.121)
  %v.122 = fadd float %eps, %acc_delta.2
  %v.123 = call float @llvm.sqrt.f32(float %v.122)
  %v.124 = fadd float %square_avg.3, %eps
  %v.125 = call float @llvm.sqrt.f32(float %v.124)
  %v.126 = fdiv float %v.123, %v.125
  %delta = fmul float %v.126, %grad.3
  %v.127 = fmul float %one_minus_rho, %delta
  %v.128 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.127, float %delta, float %v.128)
  %v.129 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.129, float %delta, float %param.2)
  %v.130 = bitcast float %param.3 to i32
  %v.131 = lshr i32 %v.130, 16
  %v.132 = and i32 %v.131, 1
  %v.133 = add nuw nsw i32 %v.132, 32767
  %v.134 = add i32 %v.133, %v.130
  %v.135 = lshr i32 %v.134, 16
  %v.136 = trunc i32 %v.135 to i16
  store i16 %v.136, ptr %v.100, align 2
  %v.137 = bitcast float %square_avg.3 to i32
  %v.138 = lshr i32 %v.137, 16
  %v.139 = and i32 %v.138, 1
  %v.140 = add nuw nsw i32 %v.139, 32767
  %v.141 = add i32 %v.140, %v.137
  %v.142 = lshr i32 %v.141, 16
  %v.143 = trunc i32 %v.142 to i16
  store i16 %v.143, ptr %v.111, align 2
  %v.144 = bitcast float %acc_delta.3 to i32
  %v.145 = lshr i32 %v.144, 16
  %v.146 = and i32 %v.145, 1
  %v.147 = add nuw nsw i32 %v.146, 32767
  %v.148 = add i32 %v.147, %v.144
  %v.149 = lshr i32 %v.148, 16
  %v.150 = trunc i32 %v.149 to i16
  store i16 %v.150, ptr %v.116, align 2
  br label %block.20

block.22:
  %v.151 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.152 = phi i64 [ 0, %block.22 ], [ %v.153, %block.24 ]
  %v.154 = phi i64 [ %v.151, %block.22 ], [ %v.155, %block.24 ]
  %v.156 = icmp sgt i64 %v.154, 0
  br i1 %v.156, label %block.24, label %block.17

block.24:
  %v.155 = add nsw i64 %v.154, -1
  %v.153 = add i64 %v.152, 1
  %v.157 = inttoptr i64 %param to ptr
  %v.158 = getelementptr i16, ptr %v.157, i64 %v.152
  %v.159 = load i16, ptr %v.158, align 2
  %v.160 = zext i16 %v.159 to i32
  %v.161 = shl nuw i32 %v.160, 16
  %param.4 = bitcast i32 %v.161 to float
  %v.162 = inttoptr i64 %grad.2 to ptr
  %v.163 = getelementptr i16, ptr %v.162, i64 %v.152
  %v.164 = load i16, ptr %v.163, align 2
  %v.165 = zext i16 %v.164 to i32
  %v.166 = shl nuw i32 %v.165, 16
  %v.167 = bitcast i32 %v.166 to float
  %grad.4 = fmul float %inv_scale, %v.167
  %v.168 = inttoptr i64 %square_avg to ptr
  %v.169 = getelementptr i16, ptr %v.168, i64 %v.152
  %v.170 = load i16, ptr %v.169, align 2
  %v.171 = zext i16 %v.170 to i32
  %v.172 = shl nuw i32 %v.171, 16
  %square_avg.4 = bitcast i32 %v.172 to float
  %v.173 = inttoptr i64 %acc_delta to ptr
  %v.174 = getelementptr i16, ptr %v.173, i64 %v.152
  %v.175 = load i16, ptr %v.174, align 2
  %v.176 = zext i16 %v.175 to i32
  %v.177 = shl nuw i32 %v.176, 16
  %acc_delta.4 = bitcast i32 %v.177 to float
  %v.178 = bitcast float %grad.4 to i32
  %v.179 = lshr i32 %v.178, 16
  %v.180 = and i32 %v.179, 1
  %v.181 = add nuw nsw i32 %v.180, 32767
  %v.182 = add i32 %v.181, %v.178
  %v.183 = lshr i32 %v.182, 16
  %v.184 = trunc i32 %v.183 to i16
  store i16 %v.184, ptr %v.163, align 2
  %grad.5 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.4, float %grad.4)
  %v.185 = fmul float %one_minus_rho, %grad.5
  %v.186 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.185, float %grad.5, float %v.186)
  %v.187 = fadd float %eps, %acc_delta.4
  %v.188 = call float @llvm.sqrt.f32(float %v.187)
  %v.189 = fadd float %square_avg.5, %eps
  %v.190 = call float @llvm.sqrt.f32(float %v.189)
  %v.191 = fdiv float %v.188, %v.190
  %delta.2 = fmul float %v.191, %grad.5
  %v.192 = fmul float %one_minus_rho, %delta.2
  %v.193 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.192, float %delta.2, float %v.193)
  %v.194 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.194, float %delta.2, float %param.4)
  %v.195 = bitcast float %param.5 to i32
  %v.196 = lshr i32 %v.195, 16
  %v.197 = and i32 %v.196, 1
  %v.198 = add nuw nsw i32 %v.197, 32767
  %v.199 = add i32 %v.198, %v.195
  %v.200 = lshr i32 %v.199, 16
  %v.201 = trunc i32 %v.200 to i16
  store i16 %v.201, ptr %v.158, align 2
  %v.202 = bitcast float %square_avg.5 to i32
  %v.203 = lshr i32 %v.202, 16
  %v.204 = and i32 %v.203, 1
  %v.205 = add nuw nsw i32 %v.204, 32767
  %v.206 = add i32 %v.205, %v.202
  %v.207 = lshr i32 %v.206, 16
  %v.208 = trunc i32 %v.207 to i16
  store i16 %v.208, ptr %v.169, align 2
  %v.209 = bitcast float %acc_delta.5 to i32
  %v.210 = lshr i32 %v.209, 16
  %v.211 = and i32 %v.210, 1
  %v.212 = add nuw nsw i32 %v.211, 32767
  %v.213 = add i32 %v.212, %v.209
  %v.214 = lshr i32 %v.213, 16
  %v.215 = trunc i32 %v.214 to i16
  store i16 %v.215, ptr %v.174, align 2
  br label %block.23

block.25:
  ret void
}
