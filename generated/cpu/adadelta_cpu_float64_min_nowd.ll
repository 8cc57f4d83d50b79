; @generated from generated/cpu/adadelta_cpu_float64_min_nowd.py by `make generate`. DO NOT EDIT.
declare double @llvm.fmuladd.f64(double, double, double)
declare double @llvm.sqrt.f64(double)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float64_min_nowd(i64 %begin, i64 %end, i64 %job) {
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
  %lr = load double, ptr %v.7, align 8
  %v.8 = getelementptr i8, ptr %v.7, i64 8
  %rho = load double, ptr %v.8, align 8
  %v.9 = getelementptr i8, ptr %v.7, i64 16
  %one_minus_rho = load double, ptr %v.9, align 8
  %v.10 = getelementptr i8, ptr %v.7, i64 24
  %eps = load double, ptr %v.10, align 8
  %v.11 = getelementptr i8, ptr %v.7, i64 40
  %inv_scale = load double, ptr %v.11, align 8
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
  %v.63 = shl nsw i64 %n, 3
  %v.64 = call i64 @llvm.smin.i64(i64 %v.63, i64 512)
  %v.65 = lshr i64 %v.64, 6
  %v.66 = and i64 %v.64, 56
  %v.67 = icmp ne i64 %v.66, 0
  %v.68 = zext i1 %v.67 to i64
  %v.48 = add nuw nsw i64 %v.65, %v.68
  br label %block.11

block.15:
  %v.69 = shl nsw i64 %n, 3
  %v.70 = call i64 @llvm.smin.i64(i64 %v.69, i64 512)
  %v.71 = lshr i64 %v.70, 6
  %v.72 = and i64 %v.70, 56
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
  %v.85 = shl nsw i64 %first, 3
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
  %v.99 = getelementptr double, ptr %v.98, i64 %v.93
  %param.2 = load double, ptr %v.99, align 8
  %v.100 = inttoptr i64 %grad.2 to ptr
  %v.101 = getelementptr double, ptr %v.100, i64 %v.93
  %v.102 = load double, ptr %v.101, align 8
  %v.103 = inttoptr i64 %square_avg to ptr
  %v.104 = getelementptr double, ptr %v.103, i64 %v.93
  %square_avg.2 = load double, ptr %v.104, align 8
  %v.105 = inttoptr i64 %acc_delta to ptr
  %v.106 = getelementptr double, ptr %v.105, i64 %v.93
  %acc_delta.2 = load double, ptr %v.106, align 8
  %v.107 = fmul double %one_minus_rho, %v.102
  %v.108 = fmul double %rho, %square_avg.2
  %square_avg.3 = call double @llvm.fmuladd.f64(double %v.107, double %v.102, double %v.108)
  %v.109 = fadd double %acc_delta.2, %eps
  %v.110 = call double @llvm.sqrt.f64(double %v.109)
  %v.111 = fadd double %square_avg.3, %eps
  %v.112 = call double @llvm.sqrt.f64(double %v.111)
  %v.113 = fdiv double %v.110, %v.112
  %delta = fmul double %v.113, %v.102
  %v.114 = fmul double %one_minus_rho, %delta
  %v.115 = fmul double %rho, %acc_delta.2
  %acc_delta.3 = call double @llvm.fmuladd.f64(double %v.114, double %delta, double %v.115)
  %v.116 = fneg double %lr
  %param.3 = call double @llvm.fmuladd.f64(double %v.116, double %delta, double %param.2)
  store double %param.3, ptr %v.99, align 8
  store double %square_avg.3, ptr %v.104, align 8
  store double %acc_delta.3, ptr %v.106, align 8
  br label %block.20

block.22:
  %v.117 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.118 = phi i64 [ 0, %block.22 ], [ %v.119, %block.24 ]
  %v.120 = phi i64 [ %v.117, %block.22 ], [ %v.121, %block.24 ]
  %v.122 = icmp sgt i64 %v.120, 0
  br i1 %v.122, label %block.24, label %block.17

block.24:
  %v.121 = add nsw i64 %v.120, -1
  %v.119 = add i64 %v.118, 1
  %v.123 = inttoptr i64 %param to ptr
  %v.124 = getelementptr double, ptr %v.123, i64 %v.118
  %param.4 = load double, ptr %v.124, align 8
  %v.125 = inttoptr i64 %grad.2 to ptr
  %v.126 = getelementptr double, ptr %v.125, i64 %v.118
  %v.127 = load double, ptr %v.126, align 8
  %grad.3 = fmul double %v.127, %inv_scale
  %v.128 = inttoptr i64 %square_avg to ptr
  %v.129 = getelementptr double, ptr %v.128, i64 %v.118
  %square_avg.4 = load double, ptr %v.129, align 8
  %v.130 = inttoptr i64 %acc_delta to ptr
  %v.131 = getelementptr double, ptr %v.130, i64 %v.118
  %acc_delta.4 = load double, ptr %v.131, align 8
  store double %grad.3, ptr %v.126, align 8
  %v.132 = fmul double %one_minus_rho, %grad.3
  %v.133 = fmul double %rho, %square_avg.4
  %square_avg.5 = call double @llvm.fmuladd.f64(double %v.132, double %grad.3, double %v.133)
  %v.134 = fadd double %acc_delta.4, %eps
  %v.135 = call double @llvm.sqrt.f64(double %v.134)
  %v.136 = fadd double %square_avg.5, %eps
  %v.137 = call double @llvm.sqrt.f64(double %v.136)
  %v.138 = fdiv double %v.135, %v.137
  %delta.2 = fmul double %v.138, %grad.3
  %v.139 = fmul double %one_minus_rho, %delta.2
  %v.140 = fmul double %rho, %acc_delta.4
  %acc_delta.5 = call double @llvm.fmuladd.f64(double %v.139, double %delta.2, double %v.140)
  %v.141 = fneg double %lr
  %param.5 = call double @llvm.fmuladd.f64(double %v.141, double %delta.2, double %param.4)
  store double %param.5, ptr %v.124, align 8
  store double %square_avg.5, ptr %v.129, align 8
  store double %acc_delta.5, ptr %v.131, align 8
  br label %block.23

block.25:
  ret void
}
