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
  %v.80 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.80, align 8
  %v.81 = inttoptr i64 %row.2 to ptr
  %v.82 = getelementptr i8, ptr %v.81, i64 8
  %grad = load i64, ptr %v.82, align 8
  %v.83 = icmp eq i64 %grad, 0
  br i1 %v.83, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.84 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.84, align 8
  %v.85 = shl nsw i64 %first, 1
  %grad.2 = add nsw i64 %grad, %v.85
  %v.86 = load i64, ptr %v.81, align 8
  %param = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.81, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %square_avg = add nsw i64 %v.88, %v.85
  %v.89 = getelementptr i8, ptr %v.81, i64 24
  %v.90 = load i64, ptr %v.89, align 8
  %acc_delta = add nsw i64 %v.90, %v.85
  %v.91 = icmp eq i64 %unscale, 0
  br i1 %v.91, label %block.19, label %block.22

block.19:
  %v.92 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.93 = phi i64 [ 0, %block.19 ], [ %v.94, %block.21 ]
  %v.95 = phi i64 [ %v.92, %block.19 ], [ %v.96, %block.21 ]
  %v.97 = icmp sgt i64 %v.95, 0
  br i1 %v.97, label %block.21, label %block.17

block.21:
  %v.96 = add nsw i64 %v.95, -1
  %v.94 = add i64 %v.93, 1
  %v.98 = inttoptr i64 %param to ptr
  %v.99 = getelementptr i16, ptr %v.98, i64 %v.93
  %v.100 = load i16, ptr %v.99, align 2
  %v.101 = zext i16 %v.100 to i32
  %v.102 = shl nuw i32 %v.101, 16
  %param.2 = bitcast i32 %v.102 to float
  %v.103 = inttoptr i64 %grad.2 to ptr
  %v.104 = getelementptr i16, ptr %v.103, i64 %v.93
  %v.105 = load i16, ptr %v.104, align 2
  %v.106 = zext i16 %v.105 to i32
  %v.107 = shl nuw i32 %v.106, 16
  %v.108 = bitcast i32 %v.107 to float
  %v.109 = inttoptr i64 %square_avg to ptr
  %v.110 = getelementptr i16, ptr %v.109, i64 %v.93
  %v.111 = load i16, ptr %v.110, align 2
  %v.112 = zext i16 %v.111 to i32
  %v.113 = shl nuw i32 %v.112, 16
  %square_avg.2 = bitcast i32 %v.113 to float
  %v.114 = inttoptr i64 %acc_delta to ptr
  %v.115 = getelementptr i16, ptr %v.114, i64 %v.93
  %v.116 = load i16, ptr %v.115, align 2
  %v.117 = zext i16 %v.116 to i32
  %v.118 = shl nuw i32 %v.117, 16
  %acc_delta.2 = bitcast i32 %v.118 to float
  %v.119 = fmul float %one_minus_rho, %v.108
  %v.120 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.119, float %v.108, float %v.120)
  %v.121 = fadd float %eps, %acc_delta.2
  %v.122 = call float @llvm.sqrt.f32(float %v.121)
  %v.123 = fadd float %square_avg.3, %eps
  %v.124 = call float @llvm.sqrt.f32(float %v.123)
  %v.125 = fdiv float %v.122, %v.124
  %delta = fmul float %v.125, %v.108
  %v.126 = fmul float %one_minus_rho, %delta
  %v.127 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.126, float %delta, float %v.127)
  %v.128 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.128, float %delta, float %param.2)
  %v.129 = bitcast float %param.3 to i32
  %v.130 = lshr i32 %v.129, 16
  %v.131 = and i32 %v.130, 1
  %v.132 = add nuw nsw i32 %v.131, 32767
  %v.133 = add i32 %v.132, %v.129
  %v.134 = lshr i32 %v.133, 16
  %v.135 = trunc i32 %v.134 to i16
  store i16 %v.135, ptr %v.99, align 2
  %v.136 = bitcast float %square_avg.3 to i32
  %v.137 = lshr i32 %v.136, 16
  %v.138 = and i32 %v.137, 1
  %v.139 = add nuw nsw i32 %v.138, 32767
  %v.140 = add i32 %v.139, %v.136
  %v.141 = lshr i32 %v.140, 16
  %v.142 = trunc i32 %v.141 to i16
  store i16 %v.142, ptr %v.110, align 2
  %v.143 = bitcast float %acc_delta.3 to i32
  %v.144 = lshr i32 %v.143, 16
  %v.145 = and i32 %v.144, 1
  %v.146 = add nuw nsw i32 %v.145, 32767
  %v.147 = add i32 %v.146, %v.143
  %v.148 = lshr i32 %v.147, 16
  %v.149 = trunc i32 %v.148 to i16
  store i16 %v.149, ptr %v.115, align 2
  br label %block.20

block.22:
  %v.150 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.151 = phi i64 [ 0, %block.22 ], [ %v.152, %block.24 ]
  %v.153 = phi i64 [ %v.150, %block.22 ], [ %v.154, %block.24 ]
  %v.155 = icmp sgt i64 %v.153, 0
  br i1 %v.155, label %block.24, label %block.17

block.24:
  %v.154 = add nsw i64 %v.153, -1
  %v.152 = add i64 %v.151, 1
  %v.156 = inttoptr i64 %param to ptr
  %v.157 = getelementptr i16, ptr %v.156, i64 %v.151
  %v.158 = load i16, ptr %v.157, align 2
  %v.159 = zext i16 %v.158 to i32
  %v.160 = shl nuw i32 %v.159, 16
  %param.4 = bitcast i32 %v.160 to float
  %v.161 = inttoptr i64 %grad.2 to ptr
  %v.162 = getelementptr i16, ptr %v.161, i64 %v.151
  %v.163 = load i16, ptr %v.162, align 2
  %v.164 = zext i16 %v.163 to i32
  %v.165 = shl nuw i32 %v.164, 16
  %v.166 = bitcast i32 %v.165 to float
  %grad.3 = fmul float %inv_scale, %v.166
  %v.167 = inttoptr i64 %square_avg to ptr
  %v.168 = getelementptr i16, ptr %v.167, i64 %v.151
  %v.169 = load i16, ptr %v.168, align 2
  %v.170 = zext i16 %v.169 to i32
  %v.171 = shl nuw i32 %v.170, 16
  %square_avg.4 = bitcast i32 %v.171 to float
  %v.172 = inttoptr i64 %acc_delta to ptr
  %v.173 = getelementptr i16, ptr %v.172, i64 %v.151
  %v.174 = load i16, ptr %v.173, align 2
  %v.175 = zext i16 %v.174 to i32
  %v.176 = shl nuw i32 %v.175, 16
  %acc_delta.4 = bitcast i32 %v.176 to float
  %v.177 = bitcast float %grad.3 to i32
  %v.178 = lshr i32 %v.177, 16
  %v.179 = and i32 %v.178, 1
  %v.180 = add nuw nsw i32 %v.179, 32767
  %v.181 = add i32 %v.180, %v.177
  %v.182 = lshr i32 %v.181, 16
  %v.183 = trunc i32 %v.182 to i16
  store i16 %v.183, ptr %v.162, align 2
  %v.184 = fmul float %one_minus_rho, %grad.3
  %v.185 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.184, float %grad.3, float %v.185)
  %v.186 = fadd float %eps, %acc_delta.4
  %v.187 = call float @llvm.sqrt.f32(float %v.186)
  %v.188 = fadd float %square_avg.5, %eps
  %v.189 = call float @llvm.sqrt.f32(float %v.188)
  %v.190 = fdiv float %v.187, %v.189
  %delta.2 = fmul float %v.190, %grad.3
  %v.191 = fmul float %one_minus_rho, %delta.2
  %v.192 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.191, float %delta.2, float %v.192)
  %v.193 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.193, float %delta.2, float %param.4)
  %v.194 = bitcast float %param.5 to i32
  %v.195 = lshr i32 %v.194, 16
  %v.196 = and i32 %v.195, 1
  %v.197 = add nuw nsw i32 %v.196, 32767
  %v.198 = add i32 %v.197, %v.194
  %v.199 = lshr i32 %v.198, 16
  %v.200 = trunc i32 %v.199 to i16
  store i16 %v.200, ptr %v.157, align 2
  %v.201 = bitcast float %square_avg.5 to i32
  %v.202 = lshr i32 %v.201, 16
  %v.203 = and i32 %v.202, 1
  %v.204 = add nuw nsw i32 %v.203, 32767
  %v.205 = add i32 %v.204, %v.201
  %v.206 = lshr i32 %v.205, 16
  %v.207 = trunc i32 %v.206 to i16
  store i16 %v.207, ptr %v.168, align 2
  %v.208 = bitcast float %acc_delta.5 to i32
  %v.209 = lshr i32 %v.208, 16
  %v.210 = and i32 %v.209, 1
  %v.211 = add nuw nsw i32 %v.210, 32767
  %v.212 = add i32 %v.211, %v.208
  %v.213 = lshr i32 %v.212, 16
  %v.214 = trunc i32 %v.213 to i16
  store i16 %v.214, ptr %v.173, align 2
  br label %block.23

block.25:
  ret void
}
