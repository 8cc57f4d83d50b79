; @generated from generated/cpu/adadelta_cpu_float64_min_wd.py by `make generate`. DO NOT EDIT.
declare double @llvm.fmuladd.f64(double, double, double)
declare double @llvm.sqrt.f64(double)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float64_min_wd(i64 %begin, i64 %end, i64 %job) {
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
  %v.11 = getelementptr i8, ptr %v.7, i64 32
  %weight_decay = load double, ptr %v.11, align 8
  %v.12 = getelementptr i8, ptr %v.7, i64 40
  %inv_scale = load double, ptr %v.12, align 8
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
  %v.64 = shl nsw i64 %n, 3
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 56
  %v.68 = icmp ne i64 %v.67, 0
  %v.69 = zext i1 %v.68 to i64
  %v.49 = add nuw nsw i64 %v.66, %v.69
  br label %block.11

block.15:
  %v.70 = shl nsw i64 %n, 3
  %v.71 = call i64 @llvm.smin.i64(i64 %v.70, i64 512)
  %v.72 = lshr i64 %v.71, 6
  %v.73 = and i64 %v.71, 56
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
  %v.86 = shl nsw i64 %first, 3
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
  %v.100 = getelementptr double, ptr %v.99, i64 %v.94
  %param.2 = load double, ptr %v.100, align 8
  %v.101 = inttoptr i64 %grad.2 to ptr
  %v.102 = getelementptr double, ptr %v.101, i64 %v.94
  %v.103 = load double, ptr %v.102, align 8
  %v.104 = inttoptr i64 %square_avg to ptr
  %v.105 = getelementptr double, ptr %v.104, i64 %v.94
  %square_avg.2 = load double, ptr %v.105, align 8
  %v.106 = inttoptr i64 %acc_delta to ptr
  %v.107 = getelementptr double, ptr %v.106, i64 %v.94
  %acc_delta.2 = load double, ptr %v.107, align 8
  %grad.3 = call double @llvm.fmuladd.f64(double %weight_decay, double %param.2, double %v.103)
  %v.108 = fmul double %one_minus_rho, %grad.3
  %v.109 = fmul double %rho, %square_avg.2
  %square_avg.3 = call double @llvm.fmuladd.f64(double %v.108, double %grad.3, double %v.109)
  %v.110 = fadd double %acc_delta.2, %eps
  %v.111 = call double @llvm.sqrt.f64(double %v.110)
  %v.112 = fadd double %square_avg.3, %eps
  %v.113 = call double @llvm.sqrt.f64(double %v.112)
  %v.114 = fdiv double %v.111, %v.113
  %delta = fmul double %v.114, %grad.3
  %v.115 = fmul double %one_minus_rho, %delta
  %v.116 = fmul double %rho, %acc_delta.2
  %acc_delta.3 = call double @llvm.fmuladd.f64(double %v.115, double %delta, double %v.116)
  %v.117 = fneg double %lr
  %param.3 = call double @llvm.fmuladd.f64(double %v.117, double %delta, double %param.2)
  store double %param.3, ptr %v.100, align 8
  store double %square_avg.3, ptr %v.105, align 8
  store double %acc_delta.3, ptr %v.107, align 8
  br label %block.20

block.22:
  %v.118 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.119 = phi i64 [ 0, %block.22 ], [ %v.120, %block.24 ]
  %v.121 = phi i64 [ %v.118, %block.22 ], [ %v.122, %block.24 ]
  %v.123 = icmp sgt i64 %v.121, 0
  br i1 %v.123, label %block.24, label %block.17

block.24:
  %v.122 = add nsw i64 %v.121, -1
  %v.120 = add i64 %v.119, 1
  %v.124 = inttoptr i64 %param to ptr
  %v.125 = getelementptr double, ptr %v.124, i64 %v.119
  %param.4 = load double, ptr %v.125, align 8
  %v.126 = inttoptr i64 %grad.2 to ptr
  %v.127 = getelementptr double, ptr %v.126, i64 %v.119
  %v.128 = load double, ptr %v.127, align 8
  %grad.4 = fmul double %v.128, %inv_scale
  %v.129 = inttoptr i64 %square_avg to ptr
  %v.130 = getelementptr double, ptr %v.129, i64 %v.119
  %square_avg.4 = load double, ptr %v.130, align 8
  %v.131 = inttoptr i64 %acc_delta to ptr
  %v.132 = getelementptr double, ptr %v.131, i64 %v.119
  %acc_delta.4 = load double, ptr %v.132, align 8
  store double %grad.4, ptr %v.127, align 8
  %grad.5 = call double @llvm.fmuladd.f64(double %weight_decay, double %param.4, double %grad.4)
  %v.133 = fmul double %one_minus_rho, %grad.5
  %v.134 = fmul double %rho, %square_avg.4
  %square_avg.5 = call double @llvm.fmuladd.f64(double %v.133, double %grad.5, double %v.134)
  %v.135 = fadd double %acc_delta.4, %eps
  %v.136 = call double @llvm.sqrt.f64(double %v.135)
  %v.137 = fadd double %square_avg.5, %eps
  %v.138 = call double @llvm.sqrt.f64(double %v.137)
  %v.139 = fdiv double %v.136, %v.138
  %delta.2 = fmul double %v.139, %grad.5
  %v.140 = fmul double %one_minus_rho, %delta.2
  %v.141 = fmul double %rho, %acc_delta.4
  %acc_delta.5 = call double @llvm.fmuladd.f64(double %v.140, double %delta.2, double %v.141)
  %v.142 = fneg double %lr
  %param.5 = call double @llvm.fmuladd.f64(double %v.142, double %delta.2, double %param.4)
  store double %param.5, ptr %v.125, align 8
  store double %square_avg.5, ptr %v.130, align 8
  store double %acc_delta.5, ptr %v.132, align 8
  br label %block.23

block.25:
  ret void
}
