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
  %v.12 = getelementptr i8, ptr %v.7, i64 48
  %clip = load double, ptr %v.12, align 8
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
  %v.84 = shl nsw i64 %first, 3
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
  %v.98 = getelementptr double, ptr %v.97, i64 %v.92
  %param = load double, ptr %v.98, align 8
  %v.99 = inttoptr i64 %grads.2 to ptr
  %v.100 = getelementptr double, ptr %v.99, i64 %v.92
  %grad = load double, ptr %v.100, align 8
  %v.101 = inttoptr i64 %square_avgs to ptr
  %v.102 = getelementptr double, ptr %v.101, i64 %v.92
  %square_avg = load double, ptr %v.102, align 8
  %v.103 = inttoptr i64 %acc_deltas to ptr
  %v.104 = getelementptr double, ptr %v.103, i64 %v.92
  %acc_delta = load double, ptr %v.104, align 8
  %grad.2 = fmul double %grad, %clip
  %v.105 = fmul double %one_minus_rho, %grad.2
  %v.106 = fmul double %rho, %square_avg
  %square_avg.2 = call double @llvm.fmuladd.f64(double %v.105, double %grad.2, double %v.106)
  %v.107 = fadd double %acc_delta, %eps
  %v.108 = fadd double %square_avg.2, %eps
  %v.109 = bitcast double %v.108 to i64
  %v.110 = lshr i64 %v.109, 1
  %v.111 = and i64 %v.110, 4607182418800017408
  %v.112 = sub nuw nsw i64 6913025428013711360, %v.111
  %v.113 = bitcast i64 %v.112 to double
  %v.114 = fmul double %v.108, %v.113
  %v.115 = fmul double %v.114, %v.113
  %v.116 = fdiv double %v.107, %v.115
  %v.117 = call double @llvm.sqrt.f64(double %v.116)
  %v.118 = fmul double %v.117, %v.113
  %delta = fmul double %v.118, %grad.2
  %v.119 = fmul double %one_minus_rho, %delta
  %v.120 = fmul double %rho, %acc_delta
  %acc_delta.2 = call double @llvm.fmuladd.f64(double %v.119, double %delta, double %v.120)
  %v.121 = fneg double %lr
  %param.2 = call double @llvm.fmuladd.f64(double %v.121, double %delta, double %param)
  store double %param.2, ptr %v.98, align 8
  store double %square_avg.2, ptr %v.102, align 8
  store double %acc_delta.2, ptr %v.104, align 8
  br label %block.20

block.22:
  %v.122 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.123 = phi i64 [ 0, %block.22 ], [ %v.124, %block.24 ]
  %v.125 = phi i64 [ %v.122, %block.22 ], [ %v.126, %block.24 ]
  %v.127 = icmp sgt i64 %v.125, 0
  br i1 %v.127, label %block.24, label %block.17

block.24:
  %v.126 = add nsw i64 %v.125, -1
  %v.124 = add i64 %v.123, 1
  %v.128 = inttoptr i64 %params to ptr
  %v.129 = getelementptr double, ptr %v.128, i64 %v.123
  %param.3 = load double, ptr %v.129, align 8
  %v.130 = inttoptr i64 %grads.2 to ptr
  %v.131 = getelementptr double, ptr %v.130, i64 %v.123
  %v.132 = load double, ptr %v.131, align 8
  %grad.3 = fmul double %v.132, %inv_scale
  store double %grad.3, ptr %v.131, align 8
  %v.133 = inttoptr i64 %square_avgs to ptr
  %v.134 = getelementptr double, ptr %v.133, i64 %v.123
  %square_avg.3 = load double, ptr %v.134, align 8
  %v.135 = inttoptr i64 %acc_deltas to ptr
  %v.136 = getelementptr double, ptr %v.135, i64 %v.123
  %acc_delta.3 = load double, ptr %v.136, align 8
  %grad.4 = fmul double %grad.3, %clip
  %v.137 = fmul double %one_minus_rho, %grad.4
  %v.138 = fmul double %rho, %square_avg.3
  %square_avg.4 = call double @llvm.fmuladd.f64(double %v.137, double %grad.4, double %v.138)
  %v.139 = fadd double %acc_delta.3, %eps
  %v.140 = fadd double %square_avg.4, %eps
  %v.141 = bitcast double %v.140 to i64
  %v.142 = lshr i64 %v.141, 1
  %v.143 = and i64 %v.142, 4607182418800017408
  %v.144 = sub nuw nsw i64 6913025428013711360, %v.143
  %v.145 = bitcast i64 %v.144 to double
  %v.146 = fmul double %v.140, %v.145
  %v.147 = fmul double %v.146, %v.145
  %v.148 = fdiv double %v.139, %v.147
  %v.149 = call double @llvm.sqrt.f64(double %v.148)
  %v.150 = fmul double %v.149, %v.145
  %delta.2 = fmul double %v.150, %grad.4
  %v.151 = fmul double %one_minus_rho, %delta.2
  %v.152 = fmul double %rho, %acc_delta.3
  %acc_delta.4 = call double @llvm.fmuladd.f64(double %v.151, double %delta.2, double %v.152)
  %v.153 = fneg double %lr
  %param.4 = call double @llvm.fmuladd.f64(double %v.153, double %delta.2, double %param.3)
  store double %param.4, ptr %v.129, align 8
  store double %square_avg.4, ptr %v.134, align 8
  store double %acc_delta.4, ptr %v.136, align 8
  br label %block.23

block.25:
  ret void
}
