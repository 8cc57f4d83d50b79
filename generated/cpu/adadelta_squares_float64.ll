; @generated from adadelta_gen/cpu/squares.py by `make generate`. DO NOT EDIT.
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_squares_float64(i64 %begin, i64 %end, i64 %job) {
block.1:
  %v.1 = alloca double, align 8
  %v.2 = alloca i64, align 8
  %v.3 = inttoptr i64 %job to ptr
  %rows = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.3, i64 8
  %segments = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.3, i64 16
  %chunks = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.3, i64 24
  %n_chunks = load i64, ptr %v.6, align 8
  %v.7 = getelementptr i8, ptr %v.3, i64 56
  %found = load i64, ptr %v.7, align 8
  %v.8 = getelementptr i8, ptr %v.3, i64 64
  %sums = load i64, ptr %v.8, align 8
  br label %block.2

block.2:
  %v.9 = add nsw i64 %job, 32
  %v.10 = inttoptr i64 %v.9 to ptr
  %chunk = atomicrmw add ptr %v.10, i64 1 monotonic, align 8
  %v.11 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.11, label %block.3, label %block.16

block.3:
  %v.12 = inttoptr i64 %chunks to ptr
  %v.13 = getelementptr i64, ptr %v.12, i64 %chunk
  %v.14 = getelementptr i8, ptr %v.13, i64 8
  %next_chunk = load i64, ptr %v.14, align 8
  %v.15 = load i64, ptr %v.13, align 8
  %v.16 = sub i64 %next_chunk, %v.15
  %v.17 = call i64 @llvm.smax.i64(i64 %v.16, i64 0)
  br label %block.4

block.4:
  %v.18 = phi i64 [ %v.15, %block.3 ], [ %v.19, %block.12 ]
  %v.20 = phi i64 [ %v.17, %block.3 ], [ %v.21, %block.12 ]
  %v.22 = icmp sgt i64 %v.20, 0
  br i1 %v.22, label %block.5, label %block.2

block.5:
  %v.21 = add nsw i64 %v.20, -1
  %v.19 = add i64 %v.18, 1
  %ahead = add nsw i64 %v.18, 2
  %v.23 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.23, label %block.6, label %block.11

block.6:
  %v.24 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.24
  %v.25 = inttoptr i64 %segment to ptr
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = mul nsw i64 %v.26, 48
  %v.28 = add nsw i64 %rows, %v.27
  %v.29 = inttoptr i64 %v.28 to ptr
  %v.30 = getelementptr i8, ptr %v.29, i64 8
  %grad = load i64, ptr %v.30, align 8
  %v.31 = getelementptr i8, ptr %v.25, i64 16
  %n = load i64, ptr %v.31, align 8
  %v.32 = icmp slt i64 %n, 1
  br i1 %v.32, label %block.7, label %block.10

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.33, %block.10 ]
  br label %block.8

block.8:
  %v.34 = phi i64 [ 0, %block.7 ], [ %v.35, %block.9 ]
  %v.36 = phi i64 [ %storemerge, %block.7 ], [ %v.37, %block.9 ]
  %v.38 = icmp sgt i64 %v.36, 0
  br i1 %v.38, label %block.9, label %block.11

block.9:
  %v.37 = add nsw i64 %v.36, -1
  %v.35 = add i64 %v.34, 64
  %v.39 = add nsw i64 %grad, %v.34
  %v.40 = inttoptr i64 %v.39 to ptr
  call void @llvm.prefetch.p0(ptr %v.40, i32 0, i32 3, i32 1)
  br label %block.8

block.10:
  %v.41 = shl nsw i64 %n, 3
  %v.42 = call i64 @llvm.smin.i64(i64 %v.41, i64 512)
  %v.43 = lshr i64 %v.42, 6
  %v.44 = and i64 %v.42, 56
  %v.45 = icmp ne i64 %v.44, 0
  %v.46 = zext i1 %v.45 to i64
  %v.33 = add nuw nsw i64 %v.43, %v.46
  br label %block.7

block.11:
  %v.47 = mul nsw i64 %v.18, 24
  %place = add nsw i64 %segments, %v.47
  %v.48 = inttoptr i64 %place to ptr
  %index = load i64, ptr %v.48, align 8
  %v.49 = getelementptr i8, ptr %v.48, i64 16
  %n.2 = load i64, ptr %v.49, align 8
  %v.50 = mul nsw i64 %index, 48
  %v.51 = add nsw i64 %rows, %v.50
  %v.52 = inttoptr i64 %v.51 to ptr
  %v.53 = getelementptr i8, ptr %v.52, i64 8
  %grad.2 = load i64, ptr %v.53, align 8
  %v.54 = icmp eq i64 %grad.2, 0
  br i1 %v.54, label %block.12, label %block.13

block.12:
  %total = phi double [ 0.000000e+00, %block.11 ], [ %total.2, %block.13 ], [ %total.2, %block.14 ], [ %total.2, %block.15 ]
  %v.55 = inttoptr i64 %sums to ptr
  %v.56 = getelementptr double, ptr %v.55, i64 %v.18
  store double %total, ptr %v.56, align 8
  br label %block.4

block.13:
  %v.57 = getelementptr i8, ptr %v.48, i64 8
  %v.58 = load i64, ptr %v.57, align 8
  %v.59 = shl nsw i64 %v.58, 3
  %grad.3 = add nsw i64 %grad.2, %v.59
  store double 0.000000e+00, ptr %v.1, align 8
  call void @sum_of_squares(ptr %v.1, i64 %grad.3, i64 %n.2)
  %total.2 = load double, ptr %v.1, align 8
  %v.60 = fcmp ueq double %total.2, 0x7FF0000000000000
  br i1 %v.60, label %block.14, label %block.12

block.14:
  store i64 0, ptr %v.2, align 8
  call void @any_nonfinite(ptr %v.2, i64 %grad.3, i64 %n.2)
  %v.61 = load i64, ptr %v.2, align 8
  %v.62 = icmp eq i64 %v.61, 0
  br i1 %v.62, label %block.12, label %block.15

block.15:
  %v.63 = inttoptr i64 %found to ptr
  %v.64 = getelementptr i64, ptr %v.63, i64 %index
  store i64 1, ptr %v.64, align 8
  br label %block.12

block.16:
  ret void
}

define internal void @sum_of_squares(ptr %retptr, i64 %address, i64 %n) {
block.1:
  %whole = and i64 %n, -16
  %v.1 = call i64 @llvm.smax.i64(i64 %n, i64 15)
  %storemerge = lshr i64 %v.1, 4
  br label %block.2

block.2:
  %v.2 = phi i64 [ 0, %block.1 ], [ %v.3, %block.6 ]
  %v.4 = phi i64 [ %storemerge, %block.1 ], [ %v.5, %block.6 ]
  %sums = phi <16 x double> [ zeroinitializer, %block.1 ], [ %sums.2, %block.6 ]
  %v.6 = icmp sgt i64 %v.4, 0
  br i1 %v.6, label %block.3, label %block.7

block.3:
  %v.5 = add nsw i64 %v.4, -1
  %v.3 = add i64 %v.2, 16
  br label %block.4

block.4:
  %v.7 = phi i64 [ 0, %block.3 ], [ %v.8, %block.5 ]
  %v.9 = phi i64 [ 2, %block.3 ], [ %v.10, %block.5 ]
  %v.11 = icmp sgt i64 %v.9, 0
  br i1 %v.11, label %block.5, label %block.6

block.5:
  %v.10 = add nsw i64 %v.9, -1
  %v.8 = add i64 %v.7, 64
  %v.12 = shl nsw i64 %v.2, 3
  %v.13 = add nsw i64 %address, %v.12
  %v.14 = add nsw i64 %v.13, %v.7
  %v.15 = add nsw i64 %v.14, 8192
  %v.16 = inttoptr i64 %v.15 to ptr
  call void @llvm.prefetch.p0(ptr %v.16, i32 0, i32 3, i32 1)
  br label %block.4

block.6:
  %v.17 = inttoptr i64 %address to ptr
  %v.18 = getelementptr double, ptr %v.17, i64 %v.2
  %v.19 = load <16 x double>, ptr %v.18, align 8
  %v.20 = fmul <16 x double> %v.19, %v.19
  %sums.2 = fadd <16 x double> %sums, %v.20
  br label %block.2

block.7:
  %v.21 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %v.22 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %v.23 = fadd <8 x double> %v.21, %v.22
  %v.24 = shufflevector <8 x double> %v.23, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %v.25 = shufflevector <8 x double> %v.23, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %v.26 = fadd <4 x double> %v.24, %v.25
  %v.27 = shufflevector <4 x double> %v.26, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %v.28 = shufflevector <4 x double> %v.26, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %v.29 = fadd <2 x double> %v.27, %v.28
  %v.30 = shufflevector <2 x double> %v.29, <2 x double> poison, <1 x i32> zeroinitializer
  %v.31 = shufflevector <2 x double> %v.29, <2 x double> poison, <1 x i32> <i32 1>
  %v.32 = fadd <1 x double> %v.30, %v.31
  %total = extractelement <1 x double> %v.32, i64 0
  %v.33 = and i64 %n, 15
  br label %block.8

block.8:
  %v.34 = phi i64 [ %whole, %block.7 ], [ %v.35, %block.9 ]
  %v.36 = phi i64 [ %v.33, %block.7 ], [ %v.37, %block.9 ]
  %total.2 = phi double [ %total, %block.7 ], [ %total.3, %block.9 ]
  %v.38 = icmp sgt i64 %v.36, 0
  br i1 %v.38, label %block.9, label %block.10

block.9:
  %v.37 = add nsw i64 %v.36, -1
  %v.35 = add i64 %v.34, 1
  %v.39 = inttoptr i64 %address to ptr
  %v.40 = getelementptr double, ptr %v.39, i64 %v.34
  %value = load double, ptr %v.40, align 8
  %v.41 = fmul double %value, %value
  %total.3 = fadd double %total.2, %v.41
  br label %block.8

block.10:
  store double %total.2, ptr %retptr, align 8
  ret void
}

define internal void @any_nonfinite(ptr %retptr, i64 %address, i64 %n) {
block.1:
  %v.1 = call i64 @llvm.smax.i64(i64 %n, i64 0)
  br label %block.2

block.2:
  %v.2 = phi i64 [ 0, %block.1 ], [ %v.3, %block.3 ]
  %v.4 = phi i64 [ %v.1, %block.1 ], [ %v.5, %block.3 ]
  %found = phi i64 [ 0, %block.1 ], [ %found.2, %block.3 ]
  %v.6 = icmp sgt i64 %v.4, 0
  br i1 %v.6, label %block.3, label %block.4

block.3:
  %v.5 = add nsw i64 %v.4, -1
  %v.3 = add i64 %v.2, 1
  %v.7 = inttoptr i64 %address to ptr
  %v.8 = getelementptr i64, ptr %v.7, i64 %v.2
  %v.9 = load i64, ptr %v.8, align 8
  %v.10 = and i64 %v.9, 9218868437227405312
  %v.11 = icmp eq i64 %v.10, 9218868437227405312
  %v.12 = zext i1 %v.11 to i64
  %found.2 = or i64 %found, %v.12
  br label %block.2

block.4:
  store i64 %found, ptr %retptr, align 8
  ret void
}
