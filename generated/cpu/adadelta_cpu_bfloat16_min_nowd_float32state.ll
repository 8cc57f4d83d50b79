; @generated from generated/cpu/adadelta_cpu_bfloat16_min_nowd_float32state.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_min_nowd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.63 = shl nsw i64 %n, 2
  %v.64 = call i64 @llvm.smin.i64(i64 %v.63, i64 512)
  %v.65 = lshr i64 %v.64, 6
  %v.66 = and i64 %v.64, 60
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
  %v.89 = shl nsw i64 %first, 2
  %square_avg = add nsw i64 %v.88, %v.89
  %v.90 = getelementptr i8, ptr %v.81, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_delta = add nsw i64 %v.91, %v.89
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
  %v.111 = getelementptr float, ptr %v.110, i64 %v.94
  %square_avg.2 = load float, ptr %v.111, align 4
  %v.112 = inttoptr i64 %acc_delta to ptr
  %v.113 = getelementptr float, ptr %v.112, i64 %v.94
  %acc_delta.2 = load float, ptr %v.113, align 4
  %v.114 = fmul float %one_minus_rho, %v.109
  %v.115 = fmul float %rho, %square_avg.2
  %square_avg.3 = call float @llvm.fmuladd.f32(float %v.114, float %v.109, float %v.115)
  %v.116 = fadd float %acc_delta.2, %eps
  %v.117 = call float @llvm.sqrt.f32(float %v.116)
  %v.118 = fadd float %square_avg.3, %eps
  %v.119 = call float @llvm.sqrt.f32(float %v.118)
  %v.120 = fdiv float %v.117, %v.119
  %delta = fmul float %v.120, %v.109
  %v.121 = fmul float %one_minus_rho, %delta
  %v.122 = fmul float %rho, %acc_delta.2
  %acc_delta.3 = call float @llvm.fmuladd.f32(float %v.121, float %delta, float %v.122)
  %v.123 = fneg float %lr
  %param.3 = call float @llvm.fmuladd.f32(float %v.123, float %delta, float %param.2)
  %v.124 = fcmp uno float %param.3, 0.000000e+00
  %v.125 = bitcast float %param.3 to i32
  %v.126 = lshr i32 %v.125, 16
  %v.127 = and i32 %v.126, 1
  %v.128 = add nuw nsw i32 %v.127, 32767
  %v.129 = add i32 %v.128, %v.125
  %v.130 = lshr i32 %v.129, 16
  %v.131 = trunc i32 %v.130 to i16
  %v.132 = select i1 %v.124, i16 32704, i16 %v.131
  store i16 %v.132, ptr %v.100, align 2
  store float %square_avg.3, ptr %v.111, align 4
  store float %acc_delta.3, ptr %v.113, align 4
  br label %block.20

block.22:
  %v.133 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.134 = phi i64 [ 0, %block.22 ], [ %v.135, %block.24 ]
  %v.136 = phi i64 [ %v.133, %block.22 ], [ %v.137, %block.24 ]
  %v.138 = icmp sgt i64 %v.136, 0
  br i1 %v.138, label %block.24, label %block.17

block.24:
  %v.137 = add nsw i64 %v.136, -1
  %v.135 = add i64 %v.134, 1
  %v.139 = inttoptr i64 %param to ptr
  %v.140 = getelementptr i16, ptr %v.139, i64 %v.134
  %v.141 = load i16, ptr %v.140, align 2
  %v.142 = zext i16 %v.141 to i32
  %v.143 = shl nuw i32 %v.142, 16
  %param.4 = bitcast i32 %v.143 to float
  %v.144 = inttoptr i64 %grad.2 to ptr
  %v.145 = getelementptr i16, ptr %v.144, i64 %v.134
  %v.146 = load i16, ptr %v.145, align 2
  %v.147 = zext i16 %v.146 to i32
  %v.148 = shl nuw i32 %v.147, 16
  %v.149 = bitcast i32 %v.148 to float
  %grad.3 = fmul float %inv_scale, %v.149
  %v.150 = inttoptr i64 %square_avg to ptr
  %v.151 = getelementptr float, ptr %v.150, i64 %v.134
  %square_avg.4 = load float, ptr %v.151, align 4
  %v.152 = inttoptr i64 %acc_delta to ptr
  %v.153 = getelementptr float, ptr %v.152, i64 %v.134
  %acc_delta.4 = load float, ptr %v.153, align 4
  %v.154 = fcmp uno float %grad.3, 0.000000e+00
  %v.155 = bitcast float %grad.3 to i32
  %v.156 = lshr i32 %v.155, 16
  %v.157 = and i32 %v.156, 1
  %v.158 = add nuw nsw i32 %v.157, 32767
  %v.159 = add i32 %v.158, %v.155
  %v.160 = lshr i32 %v.159, 16
  %v.161 = trunc i32 %v.160 to i16
  %v.162 = select i1 %v.154, i16 32704, i16 %v.161
  store i16 %v.162, ptr %v.145, align 2
  %v.163 = fmul float %one_minus_rho, %grad.3
  %v.164 = fmul float %rho, %square_avg.4
  %square_avg.5 = call float @llvm.fmuladd.f32(float %v.163, float %grad.3, float %v.164)
  %v.165 = fadd float %acc_delta.4, %eps
  %v.166 = call float @llvm.sqrt.f32(float %v.165)
  %v.167 = fadd float %square_avg.5, %eps
  %v.168 = call float @llvm.sqrt.f32(float %v.167)
  %v.169 = fdiv float %v.166, %v.168
  %delta.2 = fmul float %v.169, %grad.3
  %v.170 = fmul float %one_minus_rho, %delta.2
  %v.171 = fmul float %rho, %acc_delta.4
  %acc_delta.5 = call float @llvm.fmuladd.f32(float %v.170, float %delta.2, float %v.171)
  %v.172 = fneg float %lr
  %param.5 = call float @llvm.fmuladd.f32(float %v.172, float %delta.2, float %param.4)
  %v.173 = fcmp uno float %param.5, 0.000000e+00
  %v.174 = bitcast float %param.5 to i32
  %v.175 = lshr i32 %v.174, 16
  %v.176 = and i32 %v.175, 1
  %v.177 = add nuw nsw i32 %v.176, 32767
  %v.178 = add i32 %v.177, %v.174
  %v.179 = lshr i32 %v.178, 16
  %v.180 = trunc i32 %v.179 to i16
  %v.181 = select i1 %v.173, i16 32704, i16 %v.180
  store i16 %v.181, ptr %v.140, align 2
  store float %square_avg.5, ptr %v.151, align 4
  store float %acc_delta.5, ptr %v.153, align 4
  br label %block.23

block.25:
  ret void
}
