; @generated from adadelta_gen/cpu/squares.py by `make generate`. DO NOT EDIT.
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_squares_bfloat16(i64 %begin, i64 %end, i64 %job) {
block.1:
  %v.1 = alloca double, align 8
  %v.2 = inttoptr i64 %job to ptr
  %rows = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.2, i64 8
  %segments = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 16
  %chunks = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.2, i64 24
  %n_chunks = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.2, i64 56
  %found = load i64, ptr %v.6, align 8
  %v.7 = getelementptr i8, ptr %v.2, i64 64
  %sums = load i64, ptr %v.7, align 8
  br label %block.2

block.2:
  %v.8 = add nsw i64 %job, 32
  %v.9 = inttoptr i64 %v.8 to ptr
  %chunk = atomicrmw add ptr %v.9, i64 1 monotonic, align 8
  %v.10 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.10, label %block.3, label %block.15

block.3:
  %v.11 = inttoptr i64 %chunks to ptr
  %v.12 = getelementptr i64, ptr %v.11, i64 %chunk
  %v.13 = getelementptr i8, ptr %v.12, i64 8
  %next_chunk = load i64, ptr %v.13, align 8
  %v.14 = load i64, ptr %v.12, align 8
  %v.15 = sub i64 %next_chunk, %v.14
  %v.16 = call i64 @llvm.smax.i64(i64 %v.15, i64 0)
  br label %block.4

block.4:
  %v.17 = phi i64 [ %v.14, %block.3 ], [ %v.18, %block.12 ]
  %v.19 = phi i64 [ %v.16, %block.3 ], [ %v.20, %block.12 ]
  %v.21 = icmp sgt i64 %v.19, 0
  br i1 %v.21, label %block.5, label %block.2

block.5:
  %v.20 = add nsw i64 %v.19, -1
  %v.18 = add i64 %v.17, 1
  %ahead = add nsw i64 %v.17, 2
  %v.22 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.22, label %block.6, label %block.11

block.6:
  %v.23 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.23
  %v.24 = inttoptr i64 %segment to ptr
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = mul nsw i64 %v.25, 48
  %v.27 = add nsw i64 %rows, %v.26
  %v.28 = inttoptr i64 %v.27 to ptr
  %v.29 = getelementptr i8, ptr %v.28, i64 8
  %grad = load i64, ptr %v.29, align 8
  %v.30 = getelementptr i8, ptr %v.24, i64 16
  %n = load i64, ptr %v.30, align 8
  %v.31 = icmp slt i64 %n, 1
  br i1 %v.31, label %block.7, label %block.10

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.32, %block.10 ]
  br label %block.8

block.8:
  %v.33 = phi i64 [ 0, %block.7 ], [ %v.34, %block.9 ]
  %v.35 = phi i64 [ %storemerge, %block.7 ], [ %v.36, %block.9 ]
  %v.37 = icmp sgt i64 %v.35, 0
  br i1 %v.37, label %block.9, label %block.11

block.9:
  %v.36 = add nsw i64 %v.35, -1
  %v.34 = add i64 %v.33, 64
  %v.38 = add nsw i64 %grad, %v.33
  %v.39 = inttoptr i64 %v.38 to ptr
  call void @llvm.prefetch.p0(ptr %v.39, i32 0, i32 3, i32 1)
  br label %block.8

block.10:
  %v.40 = shl nuw nsw i64 %n, 1
  %v.41 = call i64 @llvm.smin.i64(i64 %v.40, i64 512)
  %v.42 = lshr i64 %v.41, 6
  %v.43 = and i64 %v.41, 62
  %v.44 = icmp ne i64 %v.43, 0
  %v.45 = zext i1 %v.44 to i64
  %v.32 = add nuw nsw i64 %v.42, %v.45
  br label %block.7

block.11:
  %v.46 = mul nsw i64 %v.17, 24
  %place = add nsw i64 %segments, %v.46
  %v.47 = inttoptr i64 %place to ptr
  %index = load i64, ptr %v.47, align 8
  %v.48 = mul nsw i64 %index, 48
  %v.49 = add nsw i64 %rows, %v.48
  %v.50 = inttoptr i64 %v.49 to ptr
  %v.51 = getelementptr i8, ptr %v.50, i64 8
  %grad.2 = load i64, ptr %v.51, align 8
  %v.52 = icmp eq i64 %grad.2, 0
  br i1 %v.52, label %block.12, label %block.13

block.12:
  %total = phi double [ 0.000000e+00, %block.11 ], [ %total.2, %block.13 ], [ %total.2, %block.14 ]
  %v.53 = inttoptr i64 %sums to ptr
  %v.54 = getelementptr double, ptr %v.53, i64 %v.17
  store double %total, ptr %v.54, align 8
  br label %block.4

block.13:
  %v.55 = getelementptr i8, ptr %v.47, i64 16
  %n.2 = load i64, ptr %v.55, align 8
  %v.56 = getelementptr i8, ptr %v.47, i64 8
  %v.57 = load i64, ptr %v.56, align 8
  %v.58 = shl nsw i64 %v.57, 1
  %grad.3 = add nsw i64 %grad.2, %v.58
  store double 0.000000e+00, ptr %v.1, align 8
  call void @sum_of_squares(ptr %v.1, i64 %grad.3, i64 %n.2)
  %total.2 = load double, ptr %v.1, align 8
  %v.59 = fcmp ueq double %total.2, 0x7FF0000000000000
  br i1 %v.59, label %block.14, label %block.12

block.14:
  %v.60 = inttoptr i64 %found to ptr
  %v.61 = getelementptr i64, ptr %v.60, i64 %index
  store i64 1, ptr %v.61, align 8
  br label %block.12

block.15:
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
  %v.9 = phi i1 [ true, %block.3 ], [ false, %block.5 ]
  br i1 %v.9, label %block.5, label %block.6

block.5:
  %v.8 = add i64 %v.7, 64
  %v.10 = shl nsw i64 %v.2, 1
  %v.11 = add nsw i64 %address, %v.10
  %v.12 = add nsw i64 %v.11, %v.7
  %v.13 = add nsw i64 %v.12, 8192
  %v.14 = inttoptr i64 %v.13 to ptr
  call void @llvm.prefetch.p0(ptr %v.14, i32 0, i32 3, i32 1)
  br label %block.4

block.6:
  %v.15 = inttoptr i64 %address to ptr
  %v.16 = getelementptr i16, ptr %v.15, i64 %v.2
  %v.17 = load <16 x i16>, ptr %v.16, align 2
  %v.18 = zext <16 x i16> %v.17 to <16 x i32>
  %v.19 = shl nuw <16 x i32> %v.18, splat (i32 16)
  %v.20 = bitcast <16 x i32> %v.19 to <16 x float>
  %v.21 = fpext <16 x float> %v.20 to <16 x double>
  %v.22 = fmul <16 x double> %v.21, %v.21
  %sums.2 = fadd <16 x double> %sums, %v.22
  br label %block.2

block.7:
  %v.23 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %v.24 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %v.25 = fadd <8 x double> %v.23, %v.24
  %v.26 = shufflevector <8 x double> %v.25, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %v.27 = shufflevector <8 x double> %v.25, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %v.28 = fadd <4 x double> %v.26, %v.27
  %v.29 = shufflevector <4 x double> %v.28, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %v.30 = shufflevector <4 x double> %v.28, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %v.31 = fadd <2 x double> %v.29, %v.30
  %v.32 = shufflevector <2 x double> %v.31, <2 x double> poison, <1 x i32> zeroinitializer
  %v.33 = shufflevector <2 x double> %v.31, <2 x double> poison, <1 x i32> <i32 1>
  %v.34 = fadd <1 x double> %v.32, %v.33
  %total = extractelement <1 x double> %v.34, i64 0
  %v.35 = and i64 %n, 15
  br label %block.8

block.8:
  %v.36 = phi i64 [ %whole, %block.7 ], [ %v.37, %block.9 ]
  %v.38 = phi i64 [ %v.35, %block.7 ], [ %v.39, %block.9 ]
  %total.2 = phi double [ %total, %block.7 ], [ %total.3, %block.9 ]
  %v.40 = icmp sgt i64 %v.38, 0
  br i1 %v.40, label %block.9, label %block.10

block.9:
  %v.39 = add nsw i64 %v.38, -1
  %v.37 = add i64 %v.36, 1
  %v.41 = inttoptr i64 %address to ptr
  %v.42 = getelementptr i16, ptr %v.41, i64 %v.36
  %v.43 = load i16, ptr %v.42, align 2
  %v.44 = zext i16 %v.43 to i32
  %v.45 = shl nuw i32 %v.44, 16
  %v.46 = bitcast i32 %v.45 to float
  %value = fpext float %v.46 to double
  %v.47 = fmul double %value, %value
  %total.3 = fadd double %total.2, %v.47
  br label %block.8

block.10:
  store double %total.2, ptr %retptr, align 8
  ret void
}
