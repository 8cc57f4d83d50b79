; @generated from adadelta_gen/cpu/squares.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_squares_float16(i64 %begin, i64 %end, i64 %job) {
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
  %v.18 = bitcast <16 x i16> %v.17 to <16 x half>
  %v.19 = fpext <16 x half> %v.18 to <16 x float>
  %v.20 = sext <16 x i16> %v.17 to <16 x i32>
  %v.21 = and <16 x i32> %v.20, splat (i32 -2147483648)
  %v.22 = and <16 x i16> %v.17, splat (i16 32767)
  %v.23 = zext <16 x i16> %v.22 to <16 x i32>
  %v.24 = shl nuw nsw <16 x i32> %v.23, splat (i32 13)
  %v.25 = bitcast <16 x i32> %v.24 to <16 x float>
  %v.26 = fmul <16 x float> %v.25, splat (float 0x46F0000000000000)
  %v.27 = bitcast <16 x float> %v.26 to <16 x i32>
  %v.28 = icmp ugt <16 x i16> %v.22, splat (i16 31743)
  %v.29 = or <16 x i32> %v.27, splat (i32 2139095040)
  %v.30 = select <16 x i1> %v.28, <16 x i32> %v.29, <16 x i32> %v.27
  %v.31 = or <16 x i32> %v.30, %v.21
  %v.32 = bitcast <16 x i32> %v.31 to <16 x float>
  %v.33 = load i1, ptr @has_half_conversions, align 1
  %v.34 = select i1 %v.33, <16 x float> %v.19, <16 x float> %v.32
  %v.35 = fpext <16 x float> %v.34 to <16 x double>
  %v.36 = fmul <16 x double> %v.35, %v.35
  %sums.2 = fadd <16 x double> %sums, %v.36
  br label %block.2

block.7:
  %v.37 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %v.38 = shufflevector <16 x double> %sums, <16 x double> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %v.39 = fadd <8 x double> %v.37, %v.38
  %v.40 = shufflevector <8 x double> %v.39, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %v.41 = shufflevector <8 x double> %v.39, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %v.42 = fadd <4 x double> %v.40, %v.41
  %v.43 = shufflevector <4 x double> %v.42, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %v.44 = shufflevector <4 x double> %v.42, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %v.45 = fadd <2 x double> %v.43, %v.44
  %v.46 = shufflevector <2 x double> %v.45, <2 x double> poison, <1 x i32> zeroinitializer
  %v.47 = shufflevector <2 x double> %v.45, <2 x double> poison, <1 x i32> <i32 1>
  %v.48 = fadd <1 x double> %v.46, %v.47
  %total = extractelement <1 x double> %v.48, i64 0
  %v.49 = and i64 %n, 15
  br label %block.8

block.8:
  %v.50 = phi i64 [ %whole, %block.7 ], [ %v.51, %block.9 ]
  %v.52 = phi i64 [ %v.49, %block.7 ], [ %v.53, %block.9 ]
  %total.2 = phi double [ %total, %block.7 ], [ %total.3, %block.9 ]
  %v.54 = icmp sgt i64 %v.52, 0
  br i1 %v.54, label %block.9, label %block.10

block.9:
  %v.53 = add nsw i64 %v.52, -1
  %v.51 = add i64 %v.50, 1
  %v.55 = inttoptr i64 %address to ptr
  %v.56 = getelementptr i16, ptr %v.55, i64 %v.50
  %v.57 = load i16, ptr %v.56, align 2
  %v.58 = bitcast i16 %v.57 to half
  %v.59 = fpext half %v.58 to float
  %v.60 = sext i16 %v.57 to i32
  %v.61 = and i32 %v.60, -2147483648
  %v.62 = and i16 %v.57, 32767
  %v.63 = zext i16 %v.62 to i32
  %v.64 = shl nuw nsw i32 %v.63, 13
  %v.65 = bitcast i32 %v.64 to float
  %v.66 = fmul float %v.65, 0x46F0000000000000
  %v.67 = bitcast float %v.66 to i32
  %v.68 = icmp ugt i16 %v.62, 31743
  %v.69 = or i32 %v.67, 2139095040
  %v.70 = select i1 %v.68, i32 %v.69, i32 %v.67
  %v.71 = or i32 %v.70, %v.61
  %v.72 = bitcast i32 %v.71 to float
  %v.73 = load i1, ptr @has_half_conversions, align 1
  %v.74 = select i1 %v.73, float %v.59, float %v.72
  %value = fpext float %v.74 to double
  %v.75 = fmul double %value, %value
  %total.3 = fadd double %total.2, %v.75
  br label %block.8

block.10:
  store double %total.2, ptr %retptr, align 8
  ret void
}
