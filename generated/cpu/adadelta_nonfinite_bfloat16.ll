; @generated from adadelta_gen/cpu/finite.py by `make generate`. DO NOT EDIT.
declare i64 @llvm.smax.i64(i64, i64)

define void @adadelta_nonfinite_bfloat16(i64 %begin, i64 %end, i64 %job) {
block.1:
  %v.1 = alloca i64, align 8
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
  br label %block.2

block.2:
  %v.7 = add nsw i64 %job, 32
  %v.8 = inttoptr i64 %v.7 to ptr
  %chunk = atomicrmw add ptr %v.8, i64 1 monotonic, align 8
  %v.9 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.9, label %block.3, label %block.9

block.3:
  %v.10 = inttoptr i64 %chunks to ptr
  %v.11 = getelementptr i64, ptr %v.10, i64 %chunk
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = getelementptr i8, ptr %v.11, i64 8
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = sub i64 %v.14, %v.12
  %v.16 = call i64 @llvm.smax.i64(i64 %v.15, i64 0)
  br label %block.4

block.4:
  %v.17 = phi i64 [ %v.12, %block.3 ], [ %v.18, %block.6 ]
  %v.19 = phi i64 [ %v.16, %block.3 ], [ %v.20, %block.6 ]
  %v.21 = icmp sgt i64 %v.19, 0
  br i1 %v.21, label %block.5, label %block.2

block.5:
  %v.20 = add nsw i64 %v.19, -1
  %v.18 = add i64 %v.17, 1
  %v.22 = mul nsw i64 %v.17, 24
  %place = add nsw i64 %segments, %v.22
  %v.23 = inttoptr i64 %place to ptr
  %index = load i64, ptr %v.23, align 8
  %v.24 = mul nsw i64 %index, 48
  %v.25 = add nsw i64 %rows, %v.24
  %v.26 = inttoptr i64 %v.25 to ptr
  %v.27 = getelementptr i8, ptr %v.26, i64 8
  %grad = load i64, ptr %v.27, align 8
  %v.28 = icmp eq i64 %grad, 0
  br i1 %v.28, label %block.6, label %block.7

block.6:
  br label %block.4

block.7:
  %v.29 = getelementptr i8, ptr %v.23, i64 16
  %n = load i64, ptr %v.29, align 8
  %v.30 = getelementptr i8, ptr %v.23, i64 8
  %first = load i64, ptr %v.30, align 8
  %v.31 = shl nsw i64 %first, 1
  %v.32 = add nsw i64 %grad, %v.31
  store i64 0, ptr %v.1, align 8
  call void @any_nonfinite(ptr %v.1, i64 %v.32, i64 %n)
  %v.33 = load i64, ptr %v.1, align 8
  %v.34 = icmp eq i64 %v.33, 0
  br i1 %v.34, label %block.6, label %block.8

block.8:
  %v.35 = inttoptr i64 %found to ptr
  %v.36 = getelementptr i64, ptr %v.35, i64 %index
  store i64 1, ptr %v.36, align 8
  br label %block.6

block.9:
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
  %v.8 = getelementptr i16, ptr %v.7, i64 %v.2
  %v.9 = load i16, ptr %v.8, align 2
  %v.10 = and i16 %v.9, 32640
  %v.11 = icmp eq i16 %v.10, 32640
  %v.12 = zext i1 %v.11 to i64
  %found.2 = or i64 %found, %v.12
  br label %block.2

block.4:
  store i64 %found, ptr %retptr, align 8
  ret void
}
