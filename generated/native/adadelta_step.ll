; @generated from adadelta_gen/native/step.py by `make generate`. DO NOT EDIT.
declare double @llvm.sqrt.f64(double)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define i64 @adadelta_step(i64 %own, i64 %arguments, i64 %n) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = inttoptr i64 %own to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 32
  %table = load i64, ptr %v.3, align 8
  %v.4 = inttoptr i64 %table to ptr
  %v.5 = getelementptr i8, ptr %v.4, i64 504
  %as_word = load i64, ptr %v.5, align 8
  %v.6 = inttoptr i64 %arguments to ptr
  %v.7 = load i64, ptr %v.6, align 8
  %v.8 = inttoptr i64 %as_word to ptr
  %v.9 = call i64 %v.8(i64 %v.7)
  %v.10 = getelementptr i8, ptr %v.6, i64 8
  %v.11 = load i64, ptr %v.10, align 8
  %v.12 = call i64 %v.8(i64 %v.11)
  %v.13 = getelementptr i8, ptr %v.6, i64 16
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = getelementptr i8, ptr %v.6, i64 24
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = getelementptr i8, ptr %v.6, i64 32
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = getelementptr i8, ptr %v.6, i64 40
  %v.20 = load i64, ptr %v.19, align 8
  %v.21 = getelementptr i8, ptr %v.6, i64 48
  %v.22 = load i64, ptr %v.21, align 8
  store i64 0, ptr %v.1, align 8
  call void @_step(ptr %v.1, i64 %table, i64 %v.9, i64 %v.12, i64 %v.14, i64 %v.16, i64 %v.18, i64 %v.20, i64 %v.22)
  %answer = load i64, ptr %v.1, align 8
  %v.23 = getelementptr i8, ptr %v.4, i64 496
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = inttoptr i64 %v.24 to ptr
  %v.26 = call i64 %v.25(i64 %answer)
  ret i64 %v.26
}

define internal void @_step(ptr %retptr, i64 %table, i64 %ticket, i64 %what, i64 %groups, i64 %states, i64 %params, i64 %grads, i64 %copies) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = alloca i64, align 8
  %v.3 = alloca i8, align 1
  %v.4 = alloca i64, align 8
  %v.5 = inttoptr i64 %table to ptr
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = icmp eq i64 %ticket, %v.6
  br i1 %v.7, label %block.2, label %block.19

block.2:
  store i64 0, ptr %v.1, align 8
  call void @_verify_groups(ptr %v.1, i64 %table, i64 %groups, i64 %states)
  %answer = load i64, ptr %v.1, align 8
  %v.8 = icmp eq i64 %answer, 0
  br i1 %v.8, label %block.3, label %block.18

block.3:
  %v.9 = getelementptr i8, ptr %v.5, i64 448
  %size = load i64, ptr %v.9, align 8
  %v.10 = getelementptr i8, ptr %v.5, i64 96
  %n_rows = load i64, ptr %v.10, align 8
  %v.11 = inttoptr i64 %size to ptr
  %v.12 = call i64 %v.11(i64 %params)
  %v.13 = icmp eq i64 %v.12, %n_rows
  br i1 %v.13, label %block.4, label %block.17

block.4:
  %v.14 = getelementptr i8, ptr %v.5, i64 224
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = icmp eq i64 %grads, %v.15
  br i1 %v.16, label %block.5, label %block.15

block.5:
  store i64 0, ptr %v.2, align 8
  call void @_verify_rows(ptr %v.2, i64 %table, i64 %states, i64 %params, i64 %grads)
  %n_changed = load i64, ptr %v.2, align 8
  %v.17 = icmp eq i64 %n_changed, 0
  br i1 %v.17, label %block.6, label %block.14

block.6:
  %v.18 = getelementptr i8, ptr %v.5, i64 168
  %v.19 = load i64, ptr %v.18, align 8
  %v.20 = icmp eq i64 %v.19, 0
  br i1 %v.20, label %block.7, label %block.11

block.7:
  %v.21 = icmp eq i64 %what, 1
  br i1 %v.21, label %block.8, label %block.10

block.8:
  store i64 0, ptr %retptr, align 8
  br label %block.9

block.9:
  ret void

block.10:
  store i64 0, ptr %v.4, align 8
  call void @_run(ptr %v.4, i64 %table, i64 %what, i64 %copies)
  %v.22 = load i64, ptr %v.4, align 8
  store i64 %v.22, ptr %retptr, align 8
  br label %block.9

block.11:
  %v.23 = getelementptr i8, ptr %v.5, i64 144
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = icmp eq i64 %v.24, 0
  br i1 %v.25, label %block.12, label %block.13

block.12:
  store i8 0, ptr %v.3, align 1
  call void @_memory_is_apart(ptr %v.3, i64 %table)
  %v.26 = load i8, ptr %v.3, align 1
  %v.27 = icmp eq i8 %v.26, 0
  br i1 %v.27, label %block.13, label %block.7

block.13:
  store i64 -2, ptr %retptr, align 8
  br label %block.9

block.14:
  store i64 %n_changed, ptr %retptr, align 8
  br label %block.9

block.15:
  %v.28 = call i64 %v.11(i64 %grads)
  %v.29 = icmp eq i64 %v.28, %n_rows
  br i1 %v.29, label %block.5, label %block.16

block.16:
  store i64 -4, ptr %retptr, align 8
  br label %block.9

block.17:
  store i64 -4, ptr %retptr, align 8
  br label %block.9

block.18:
  store i64 %answer, ptr %retptr, align 8
  br label %block.9

block.19:
  store i64 -1, ptr %retptr, align 8
  br label %block.9
}

define internal void @_verify_groups(ptr %retptr, i64 %table, i64 %groups, i64 %states) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 8
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = icmp eq i64 %groups, %v.4
  br i1 %v.5, label %block.2, label %block.15

block.2:
  %v.6 = getelementptr i8, ptr %v.2, i64 24
  %v.7 = load i64, ptr %v.6, align 8
  %v.8 = icmp eq i64 %states, %v.7
  br i1 %v.8, label %block.3, label %block.15

block.3:
  %v.9 = getelementptr i8, ptr %v.2, i64 448
  %v.10 = load i64, ptr %v.9, align 8
  %v.11 = inttoptr i64 %v.10 to ptr
  %v.12 = call i64 %v.11(i64 %groups)
  %v.13 = getelementptr i8, ptr %v.2, i64 16
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = icmp eq i64 %v.12, %v.14
  br i1 %v.15, label %block.4, label %block.14

block.4:
  %v.16 = getelementptr i8, ptr %v.2, i64 464
  %v.17 = load i64, ptr %v.16, align 8
  %v.18 = inttoptr i64 %v.17 to ptr
  %v.19 = call i64 %v.18(i64 %states)
  %v.20 = getelementptr i8, ptr %v.2, i64 32
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = icmp eq i64 %v.19, %v.21
  br i1 %v.22, label %block.5, label %block.13

block.5:
  %v.23 = getelementptr i8, ptr %v.2, i64 40
  %first = load i64, ptr %v.23, align 8
  %v.24 = getelementptr i8, ptr %v.2, i64 56
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = add nsw i64 %first, %v.25
  %v.27 = load i64, ptr %v.13, align 8
  %v.28 = icmp sgt i64 %v.26, %v.27
  br i1 %v.28, label %block.6, label %block.8

block.6:
  store i64 -1, ptr %retptr, align 8
  br label %block.7

block.7:
  ret void

block.8:
  %v.29 = getelementptr i8, ptr %v.2, i64 48
  %own = load i64, ptr %v.29, align 8
  %v.30 = getelementptr i8, ptr %v.2, i64 456
  %item = load i64, ptr %v.30, align 8
  %v.31 = call i64 @llvm.smax.i64(i64 %v.25, i64 0)
  br label %block.9

block.9:
  %v.32 = phi i64 [ 0, %block.8 ], [ %v.33, %block.10 ]
  %v.34 = phi i64 [ %v.31, %block.8 ], [ %v.35, %block.10 ]
  %v.36 = icmp sgt i64 %v.34, 0
  br i1 %v.36, label %block.10, label %block.12

block.10:
  %v.37 = add nsw i64 %first, %v.32
  %v.38 = inttoptr i64 %item to ptr
  %group = call i64 %v.38(i64 %groups, i64 %v.37)
  %v.39 = mul nsw i64 %v.32, 40
  %v.40 = add nsw i64 %own, %v.39
  store i8 0, ptr %v.1, align 1
  call void @_group_is_same(ptr %v.1, i64 %table, i64 %group, i64 %v.40)
  %v.41 = load i8, ptr %v.1, align 1
  %v.42 = icmp eq i8 %v.41, 0
  %v.33 = add i64 %v.32, 1
  %v.35 = add nsw i64 %v.34, -1
  br i1 %v.42, label %block.11, label %block.9

block.11:
  store i64 -4, ptr %retptr, align 8
  br label %block.7

block.12:
  store i64 0, ptr %retptr, align 8
  br label %block.7

block.13:
  store i64 -1, ptr %retptr, align 8
  br label %block.7

block.14:
  store i64 -1, ptr %retptr, align 8
  br label %block.7

block.15:
  store i64 -1, ptr %retptr, align 8
  br label %block.7
}

define internal void @_verify_rows(ptr %retptr, i64 %table, i64 %states, i64 %params, i64 %grads) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 456
  %item = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 224
  %none = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.2, i64 96
  %n_rows = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.2, i64 80
  %rows = load i64, ptr %v.6, align 8
  %v.7 = getelementptr i8, ptr %v.2, i64 88
  %records = load i64, ptr %v.7, align 8
  %v.8 = getelementptr i8, ptr %v.2, i64 64
  %launches = load i64, ptr %v.8, align 8
  %v.9 = getelementptr i8, ptr %v.2, i64 104
  %changed = load i64, ptr %v.9, align 8
  %v.10 = getelementptr i8, ptr %v.2, i64 72
  %v.11 = load i64, ptr %v.10, align 8
  %v.12 = call i64 @llvm.smax.i64(i64 %v.11, i64 0)
  br label %block.2

block.2:
  %v.13 = phi i64 [ 0, %block.1 ], [ %v.14, %block.3 ]
  %v.15 = phi i64 [ %v.12, %block.1 ], [ %v.16, %block.3 ]
  %v.17 = icmp sgt i64 %v.15, 0
  br i1 %v.17, label %block.3, label %block.4

block.3:
  %v.16 = add nsw i64 %v.15, -1
  %v.14 = add i64 %v.13, 1
  %v.18 = mul nsw i64 %v.13, 144
  %v.19 = add nsw i64 %launches, %v.18
  %v.20 = inttoptr i64 %v.19 to ptr
  store i64 0, ptr %v.20, align 8
  br label %block.2

block.4:
  %v.21 = call i64 @llvm.smax.i64(i64 %n_rows, i64 0)
  br label %block.5

block.5:
  %v.22 = phi i64 [ 0, %block.4 ], [ %v.23, %block.19 ]
  %v.24 = phi i64 [ %v.21, %block.4 ], [ %v.25, %block.19 ]
  %n_changed = phi i64 [ 0, %block.4 ], [ %n_changed.2, %block.19 ]
  %v.26 = icmp sgt i64 %v.24, 0
  br i1 %v.26, label %block.6, label %block.32

block.6:
  %v.25 = add nsw i64 %v.24, -1
  %v.23 = add i64 %v.22, 1
  %records.2 = load i64, ptr %v.7, align 8
  %v.27 = getelementptr i8, ptr %v.2, i64 288
  %offset = load i64, ptr %v.27, align 8
  %v.28 = getelementptr i8, ptr %v.2, i64 336
  %storage = load i64, ptr %v.28, align 8
  %v.29 = load i64, ptr %v.5, align 8
  %last = add nsw i64 %v.29, -1
  %v.30 = add nsw i64 %v.22, 6
  %v.31 = call i64 @llvm.smin.i64(i64 %last, i64 %v.30)
  %v.32 = mul nsw i64 %v.31, 272
  %objects = add nsw i64 %records.2, %v.32
  %v.33 = add nsw i64 %v.22, 4
  %v.34 = call i64 @llvm.smin.i64(i64 %last, i64 %v.33)
  %v.35 = mul nsw i64 %v.34, 272
  %tensors = add nsw i64 %records.2, %v.35
  %v.36 = add nsw i64 %v.22, 2
  %v.37 = call i64 @llvm.smin.i64(i64 %last, i64 %v.36)
  %v.38 = mul nsw i64 %v.37, 272
  %storages = add nsw i64 %records.2, %v.38
  br label %block.7

block.7:
  %v.39 = phi i64 [ 2, %block.6 ], [ %v.40, %block.11 ]
  %v.41 = phi i64 [ 3, %block.6 ], [ %v.42, %block.11 ]
  %v.43 = icmp sgt i64 %v.41, 0
  br i1 %v.43, label %block.8, label %block.15

block.8:
  %v.42 = add nsw i64 %v.41, -1
  %v.40 = add i64 %v.39, 1
  %v.44 = inttoptr i64 %objects to ptr
  %v.45 = getelementptr i64, ptr %v.44, i64 %v.39
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = inttoptr i64 %v.46 to ptr
  call void @llvm.prefetch.p0(ptr %v.47, i32 0, i32 3, i32 1)
  %v.48 = inttoptr i64 %tensors to ptr
  %v.49 = getelementptr i64, ptr %v.48, i64 %v.39
  %tensor = load i64, ptr %v.49, align 8
  %v.50 = icmp eq i64 %tensor, 0
  br i1 %v.50, label %block.9, label %block.12

block.9:
  %v.51 = inttoptr i64 %storages to ptr
  %v.52 = getelementptr i64, ptr %v.51, i64 %v.39
  %tensor.2 = load i64, ptr %v.52, align 8
  %v.53 = icmp ne i64 %tensor.2, 0
  %v.54 = icmp ne i64 %storage, 0
  %v.55 = select i1 %v.53, i1 %v.54, i1 false
  br i1 %v.55, label %block.10, label %block.11

block.10:
  %v.56 = add nsw i64 %tensor.2, %offset
  %v.57 = inttoptr i64 %v.56 to ptr
  %v.58 = load i64, ptr %v.57, align 8
  %v.59 = add nsw i64 %v.58, %storage
  %v.60 = inttoptr i64 %v.59 to ptr
  %v.61 = load i64, ptr %v.60, align 8
  %v.62 = inttoptr i64 %v.61 to ptr
  call void @llvm.prefetch.p0(ptr %v.62, i32 0, i32 3, i32 1)
  br label %block.11

block.11:
  br label %block.7

block.12:
  %v.63 = add nsw i64 %tensor, %offset
  %v.64 = inttoptr i64 %v.63 to ptr
  %tensor.3 = load i64, ptr %v.64, align 8
  br label %block.13

block.13:
  %v.65 = phi i64 [ 0, %block.12 ], [ %v.66, %block.14 ]
  %v.67 = phi i64 [ 4, %block.12 ], [ %v.68, %block.14 ]
  %v.69 = icmp sgt i64 %v.67, 0
  br i1 %v.69, label %block.14, label %block.9

block.14:
  %v.68 = add nsw i64 %v.67, -1
  %v.66 = add i64 %v.65, 1
  %v.70 = shl nsw i64 %v.65, 6
  %v.71 = add nsw i64 %tensor.3, %v.70
  %v.72 = inttoptr i64 %v.71 to ptr
  call void @llvm.prefetch.p0(ptr %v.72, i32 0, i32 3, i32 1)
  br label %block.13

block.15:
  %v.73 = mul nsw i64 %v.22, 272
  %record = add nsw i64 %records, %v.73
  %v.74 = inttoptr i64 %item to ptr
  %param = call i64 %v.74(i64 %params, i64 %v.22)
  %v.75 = icmp eq i64 %grads, %none
  br i1 %v.75, label %block.16, label %block.28

block.16:
  %v.76 = getelementptr i8, ptr %v.2, i64 280
  %v.77 = load i64, ptr %v.76, align 8
  %v.78 = add nsw i64 %param, %v.77
  %v.79 = inttoptr i64 %v.78 to ptr
  %kind = load i64, ptr %v.79, align 8
  %v.80 = getelementptr i8, ptr %v.2, i64 232
  %v.81 = load i64, ptr %v.80, align 8
  %v.82 = icmp eq i64 %kind, %v.81
  br i1 %v.82, label %block.17, label %block.27

block.17:
  %v.83 = load i64, ptr %v.27, align 8
  %v.84 = add nsw i64 %param, %v.83
  %v.85 = inttoptr i64 %v.84 to ptr
  %tensor.4 = load i64, ptr %v.85, align 8
  %v.86 = getelementptr i8, ptr %v.2, i64 312
  %v.87 = load i64, ptr %v.86, align 8
  %v.88 = inttoptr i64 %v.87 to ptr
  %handle = call i64 %v.88(i64 %tensor.4)
  %v.89 = inttoptr i64 %handle to ptr
  %grad = load i64, ptr %v.89, align 8
  %v.90 = getelementptr i8, ptr %v.2, i64 320
  %v.91 = load i64, ptr %v.90, align 8
  %v.92 = icmp eq i64 %grad, %v.91
  br i1 %v.92, label %block.18, label %block.20

block.18:
  %v.93 = mul nsw i64 %v.22, 48
  %v.94 = add nsw i64 %rows, %v.93
  %v.95 = inttoptr i64 %v.94 to ptr
  %v.96 = getelementptr i8, ptr %v.95, i64 8
  store i64 0, ptr %v.96, align 8
  br label %block.19

block.19:
  %n_changed.2 = phi i64 [ %n_changed, %block.18 ], [ %n_changed.3, %block.23 ], [ %n_changed, %block.24 ]
  br label %block.5

block.20:
  %v.97 = getelementptr i8, ptr %v.2, i64 328
  %v.98 = load i64, ptr %v.97, align 8
  %v.99 = add nsw i64 %grad, %v.98
  %v.100 = inttoptr i64 %v.99 to ptr
  %v.101 = load i64, ptr %v.100, align 8
  %made = and i64 %v.101, -8
  %v.102 = icmp eq i64 %made, 0
  br i1 %v.102, label %block.21, label %block.25

block.21:
  %grad.2 = phi i64 [ %handle, %block.20 ], [ %handle, %block.25 ], [ %handle, %block.26 ], [ %v.103, %block.30 ]
  %v.104 = icmp eq i64 %grad.2, 0
  br i1 %v.104, label %block.18, label %block.22

block.22:
  %grad.3 = phi i64 [ %grad.2, %block.21 ], [ 1, %block.26 ], [ 1, %block.27 ], [ 1, %block.31 ]
  store i8 0, ptr %v.1, align 1
  call void @_verify_row(ptr %v.1, i64 %table, i64 %states, i64 %param, i64 %grad.3, i64 %v.22)
  %v.105 = load i8, ptr %v.1, align 1
  %v.106 = icmp eq i8 %v.105, 0
  br i1 %v.106, label %block.23, label %block.24

block.23:
  %v.107 = inttoptr i64 %changed to ptr
  %v.108 = getelementptr i64, ptr %v.107, i64 %n_changed
  store i64 %v.22, ptr %v.108, align 8
  %n_changed.3 = add nsw i64 %n_changed, 1
  br label %block.19

block.24:
  %v.109 = inttoptr i64 %record to ptr
  %v.110 = getelementptr i8, ptr %v.109, i64 168
  %v.111 = load i64, ptr %v.110, align 8
  %v.112 = mul nsw i64 %v.111, 144
  %launch = add nsw i64 %launches, %v.112
  %v.113 = inttoptr i64 %launch to ptr
  %v.114 = load i64, ptr %v.113, align 8
  %v.115 = getelementptr i8, ptr %v.109, i64 176
  %v.116 = load i64, ptr %v.115, align 8
  %elements = add nsw i64 %v.114, %v.116
  store i64 %elements, ptr %v.113, align 8
  br label %block.19

block.25:
  %v.117 = load i64, ptr %v.76, align 8
  %v.118 = add nsw i64 %made, %v.117
  %v.119 = inttoptr i64 %v.118 to ptr
  %kind.2 = load i64, ptr %v.119, align 8
  %v.120 = load i64, ptr %v.80, align 8
  %v.121 = icmp eq i64 %kind.2, %v.120
  br i1 %v.121, label %block.21, label %block.26

block.26:
  %v.122 = getelementptr i8, ptr %v.2, i64 240
  %v.123 = load i64, ptr %v.122, align 8
  %v.124 = icmp eq i64 %kind.2, %v.123
  br i1 %v.124, label %block.21, label %block.22

block.27:
  %v.125 = getelementptr i8, ptr %v.2, i64 240
  %v.126 = load i64, ptr %v.125, align 8
  %v.127 = icmp eq i64 %kind, %v.126
  br i1 %v.127, label %block.17, label %block.22

block.28:
  %v.128 = load i64, ptr %v.3, align 8
  %v.129 = inttoptr i64 %v.128 to ptr
  %grad.4 = call i64 %v.129(i64 %grads, i64 %v.22)
  %v.130 = load i64, ptr %v.4, align 8
  %v.131 = icmp eq i64 %grad.4, %v.130
  br i1 %v.131, label %block.18, label %block.29

block.29:
  %v.132 = getelementptr i8, ptr %v.2, i64 280
  %v.133 = load i64, ptr %v.132, align 8
  %v.134 = add nsw i64 %grad.4, %v.133
  %v.135 = inttoptr i64 %v.134 to ptr
  %kind.3 = load i64, ptr %v.135, align 8
  %v.136 = getelementptr i8, ptr %v.2, i64 232
  %v.137 = load i64, ptr %v.136, align 8
  %v.138 = icmp eq i64 %kind.3, %v.137
  br i1 %v.138, label %block.30, label %block.31

block.30:
  %v.139 = load i64, ptr %v.27, align 8
  %v.103 = add nsw i64 %grad.4, %v.139
  br label %block.21

block.31:
  %v.140 = getelementptr i8, ptr %v.2, i64 240
  %v.141 = load i64, ptr %v.140, align 8
  %v.142 = icmp eq i64 %kind.3, %v.141
  br i1 %v.142, label %block.30, label %block.22

block.32:
  store i64 %n_changed, ptr %retptr, align 8
  ret void
}

define internal void @_memory_is_apart(ptr %retptr, i64 %table) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 112
  %regions = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 264
  %float = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.2, i64 96
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = call i64 @llvm.smax.i64(i64 %v.6, i64 0)
  br label %block.2

block.2:
  %v.8 = phi i64 [ 0, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = phi i64 [ %v.7, %block.1 ], [ %v.11, %block.4 ]
  %v.12 = phi i64 [ 0, %block.1 ], [ %v.13, %block.4 ]
  %v.14 = icmp sgt i64 %v.10, 0
  br i1 %v.14, label %block.3, label %block.13

block.3:
  %v.11 = add nsw i64 %v.10, -1
  %v.9 = add i64 %v.8, 1
  %v.15 = getelementptr i8, ptr %v.2, i64 80
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = mul nsw i64 %v.8, 48
  %row = add nsw i64 %v.16, %v.17
  %v.18 = getelementptr i8, ptr %v.2, i64 88
  %v.19 = load i64, ptr %v.18, align 8
  %v.20 = mul nsw i64 %v.8, 272
  %record = add nsw i64 %v.19, %v.20
  %v.21 = inttoptr i64 %row to ptr
  %v.22 = getelementptr i8, ptr %v.21, i64 8
  %v.23 = load i64, ptr %v.22, align 8
  %active = icmp ne i64 %v.23, 0
  %v.24 = zext i1 %active to i64
  %v.25 = inttoptr i64 %record to ptr
  %v.26 = getelementptr i8, ptr %v.25, i64 184
  store i64 %v.24, ptr %v.26, align 8
  br label %block.4

block.4:
  %v.27 = phi i64 [ 0, %block.3 ], [ %v.28, %block.10 ]
  %v.29 = phi i64 [ 5, %block.3 ], [ %v.30, %block.10 ]
  %v.13 = phi i64 [ %v.12, %block.3 ], [ %v.31, %block.10 ]
  %v.32 = icmp sgt i64 %v.29, 0
  br i1 %v.32, label %block.5, label %block.2

block.5:
  %v.30 = add nsw i64 %v.29, -1
  %v.28 = add i64 %v.27, 1
  switch i64 %v.27, label %block.6 [
    i64 0, label %block.11
    i64 4, label %block.12
  ]

block.6:
  %v.33 = getelementptr i8, ptr %v.25, i64 160
  %layouts = load i64, ptr %v.33, align 8
  %v.34 = icmp eq i64 %layouts, 0
  %v.35 = shl nsw i64 %v.27, 5
  %v.36 = add nsw i64 %layouts, %v.35
  %v.37 = icmp eq i64 %v.36, 0
  %v.38 = select i1 %v.34, i1 true, i1 %v.37
  %v.39 = inttoptr i64 %v.36 to ptr
  %v.40 = getelementptr i8, ptr %v.39, i64 8
  %v.41 = getelementptr i8, ptr %v.25, i64 136
  %v.42 = select i1 %v.38, ptr %v.41, ptr %v.40
  %v.43 = load i64, ptr %v.42, align 8
  %v.44 = getelementptr i8, ptr %v.25, i64 128
  %v.45 = load i64, ptr %v.44, align 8
  %n_bytes = mul nsw i64 %v.43, %v.45
  br label %block.7

block.7:
  %v.46 = phi i64 [ %n_bytes, %block.6 ], [ %n_bytes.2, %block.11 ], [ %v.47, %block.12 ]
  %v.48 = getelementptr i64, ptr %v.21, i64 %v.27
  %address = load i64, ptr %v.48, align 8
  %v.49 = icmp ne i64 %v.27, 1
  %v.50 = select i1 %active, i1 %v.49, i1 false
  br i1 %v.50, label %block.8, label %block.10

block.8:
  %v.51 = icmp ne i64 %v.46, 0
  %v.52 = icmp ne i64 %address, 0
  %v.53 = select i1 %v.51, i1 %v.52, i1 false
  br i1 %v.53, label %block.9, label %block.10

block.9:
  %v.54 = inttoptr i64 %regions to ptr
  %v.55 = shl i64 %v.13, 4
  %v.56 = getelementptr i8, ptr %v.54, i64 %v.55
  store i64 %address, ptr %v.56, align 8
  %v.57 = add nsw i64 %address, %v.46
  %v.58 = getelementptr i8, ptr %v.56, i64 8
  store i64 %v.57, ptr %v.58, align 8
  %v.59 = add nsw i64 %v.13, 1
  br label %block.10

block.10:
  %v.31 = phi i64 [ %v.13, %block.7 ], [ %v.13, %block.8 ], [ %v.59, %block.9 ]
  br label %block.4

block.11:
  %v.60 = getelementptr i8, ptr %v.25, i64 160
  %layouts.2 = load i64, ptr %v.60, align 8
  %v.61 = icmp eq i64 %layouts.2, 0
  %v.62 = inttoptr i64 %layouts.2 to ptr
  %v.63 = getelementptr i8, ptr %v.62, i64 8
  %v.64 = getelementptr i8, ptr %v.25, i64 136
  %v.65 = select i1 %v.61, ptr %v.64, ptr %v.63
  %v.66 = load i64, ptr %v.65, align 8
  %v.67 = getelementptr i8, ptr %v.25, i64 120
  %v.68 = load i64, ptr %v.67, align 8
  %n_bytes.2 = mul nsw i64 %v.66, %v.68
  br label %block.7

block.12:
  %v.69 = getelementptr i8, ptr %v.25, i64 112
  %v.70 = load i64, ptr %v.69, align 8
  %v.71 = icmp eq i64 %v.70, %float
  %v.47 = select i1 %v.71, i64 4, i64 8
  br label %block.7

block.13:
  %v.72 = sdiv i64 %v.12, 3
  %v.73 = srem i64 %v.12, 3
  %v.74 = ashr i64 %v.73, 63
  %v.75 = add nsw i64 %v.72, %v.74
  %v.76 = icmp sgt i64 %v.75, 1
  br i1 %v.76, label %block.14, label %block.15

block.14:
  %v.77 = phi i64 [ 1, %block.13 ], [ %gap, %block.14 ]
  %v.78 = mul nsw i64 %v.77, 3
  %gap = add nsw i64 %v.78, 1
  %v.79 = icmp slt i64 %gap, %v.75
  br i1 %v.79, label %block.14, label %block.15

block.15:
  %v.80 = phi i64 [ 1, %block.13 ], [ %gap, %block.14 ]
  %v.81 = icmp sgt i64 %v.80, 0
  br i1 %v.81, label %block.16, label %block.24

block.16:
  %v.82 = phi i64 [ %v.80, %block.15 ], [ %v.83, %block.23 ]
  %v.84 = sub i64 %v.12, %v.82
  %v.85 = call i64 @llvm.smax.i64(i64 %v.84, i64 0)
  br label %block.17

block.17:
  %v.86 = phi i64 [ %v.82, %block.16 ], [ %v.87, %block.19 ]
  %v.88 = phi i64 [ %v.85, %block.16 ], [ %v.89, %block.19 ]
  %v.90 = icmp sgt i64 %v.88, 0
  br i1 %v.90, label %block.18, label %block.23

block.18:
  %v.89 = add nsw i64 %v.88, -1
  %v.87 = add i64 %v.86, 1
  %v.91 = inttoptr i64 %regions to ptr
  %v.92 = shl i64 %v.86, 4
  %v.93 = getelementptr i8, ptr %v.91, i64 %v.92
  %begin = load i64, ptr %v.93, align 8
  %v.94 = getelementptr i8, ptr %v.93, i64 8
  %end = load i64, ptr %v.94, align 8
  %v.95 = icmp slt i64 %v.86, %v.82
  br i1 %v.95, label %block.19, label %block.20

block.19:
  %v.96 = phi i64 [ %v.86, %block.18 ], [ %v.86, %block.20 ], [ %v.97, %block.21 ], [ %v.97, %block.22 ]
  %v.98 = shl i64 %v.96, 4
  %v.99 = getelementptr i8, ptr %v.91, i64 %v.98
  store i64 %begin, ptr %v.99, align 8
  %v.100 = getelementptr i8, ptr %v.99, i64 8
  store i64 %end, ptr %v.100, align 8
  br label %block.17

block.20:
  %v.101 = sub nsw i64 %v.86, %v.82
  %v.102 = shl i64 %v.101, 4
  %v.103 = getelementptr i8, ptr %v.91, i64 %v.102
  %v.104 = load i64, ptr %v.103, align 8
  %v.105 = icmp sgt i64 %v.104, %begin
  br i1 %v.105, label %block.21, label %block.19

block.21:
  %phiofops = phi i64 [ %v.102, %block.20 ], [ %v.106, %block.22 ]
  %v.107 = phi i64 [ %v.86, %block.20 ], [ %v.97, %block.22 ]
  %v.108 = getelementptr i8, ptr %v.91, i64 %phiofops
  %v.109 = load i64, ptr %v.108, align 8
  %v.110 = shl i64 %v.107, 4
  %v.111 = getelementptr i8, ptr %v.91, i64 %v.110
  store i64 %v.109, ptr %v.111, align 8
  %v.112 = getelementptr i8, ptr %v.108, i64 8
  %v.113 = load i64, ptr %v.112, align 8
  %v.114 = getelementptr i8, ptr %v.111, i64 8
  store i64 %v.113, ptr %v.114, align 8
  %v.97 = sub nsw i64 %v.107, %v.82
  %v.115 = icmp slt i64 %v.97, %v.82
  br i1 %v.115, label %block.19, label %block.22

block.22:
  %v.116 = sub nsw i64 %v.97, %v.82
  %v.106 = shl i64 %v.116, 4
  %v.117 = getelementptr i8, ptr %v.91, i64 %v.106
  %v.118 = load i64, ptr %v.117, align 8
  %v.119 = icmp sgt i64 %v.118, %begin
  br i1 %v.119, label %block.21, label %block.19

block.23:
  %v.83 = udiv i64 %v.82, 3
  %v.120 = icmp ult i64 %v.82, 3
  br i1 %v.120, label %block.24, label %block.16

block.24:
  %v.121 = add i64 %v.12, -1
  %v.122 = call i64 @llvm.smax.i64(i64 %v.121, i64 0)
  br label %block.25

block.25:
  %v.123 = phi i64 [ 1, %block.24 ], [ %v.124, %block.26 ]
  %v.125 = phi i64 [ %v.122, %block.24 ], [ %v.126, %block.26 ]
  %v.127 = icmp sgt i64 %v.125, 0
  br i1 %v.127, label %block.26, label %block.29

block.26:
  %v.126 = add nsw i64 %v.125, -1
  %v.124 = add i64 %v.123, 1
  %v.128 = shl i64 %v.123, 4
  %v.129 = inttoptr i64 %regions to ptr
  %v.130 = getelementptr i8, ptr %v.129, i64 %v.128
  %v.131 = load i64, ptr %v.130, align 8
  %v.132 = getelementptr i8, ptr %v.130, i64 -8
  %v.133 = load i64, ptr %v.132, align 8
  %v.134 = icmp slt i64 %v.131, %v.133
  br i1 %v.134, label %block.27, label %block.25

block.27:
  store i8 0, ptr %retptr, align 1
  br label %block.28

block.28:
  ret void

block.29:
  %v.135 = getelementptr i8, ptr %v.2, i64 120
  %bounds = load i64, ptr %v.135, align 8
  %v.136 = call i64 @llvm.smax.i64(i64 %v.12, i64 0)
  br label %block.30

block.30:
  %v.137 = phi i64 [ 0, %block.29 ], [ %v.138, %block.31 ]
  %v.139 = phi i64 [ %v.136, %block.29 ], [ %v.140, %block.31 ]
  %v.141 = icmp sgt i64 %v.139, 0
  br i1 %v.141, label %block.31, label %block.32

block.31:
  %v.140 = add nsw i64 %v.139, -1
  %v.138 = add i64 %v.137, 1
  %v.142 = inttoptr i64 %regions to ptr
  %v.143 = shl i64 %v.137, 4
  %v.144 = getelementptr i8, ptr %v.142, i64 %v.143
  %v.145 = load i64, ptr %v.144, align 8
  %v.146 = inttoptr i64 %bounds to ptr
  %v.147 = getelementptr i64, ptr %v.146, i64 %v.12
  %v.148 = getelementptr i64, ptr %v.147, i64 %v.137
  store i64 %v.145, ptr %v.148, align 8
  %v.149 = getelementptr i8, ptr %v.144, i64 8
  %v.150 = load i64, ptr %v.149, align 8
  %v.151 = getelementptr i64, ptr %v.146, i64 %v.137
  store i64 %v.150, ptr %v.151, align 8
  br label %block.30

block.32:
  %v.152 = getelementptr i8, ptr %v.2, i64 128
  store i64 %bounds, ptr %v.152, align 8
  %v.153 = getelementptr i8, ptr %v.2, i64 136
  store i64 %v.12, ptr %v.153, align 8
  %v.154 = getelementptr i8, ptr %v.2, i64 152
  %apart = load i64, ptr %v.154, align 8
  %v.155 = load i64, ptr %v.5, align 8
  %v.156 = call i64 @llvm.smax.i64(i64 %v.155, i64 0)
  br label %block.33

block.33:
  %v.157 = phi i64 [ 0, %block.32 ], [ %v.158, %block.37 ]
  %v.159 = phi i64 [ %v.156, %block.32 ], [ %v.160, %block.37 ]
  %v.161 = icmp sgt i64 %v.159, 0
  br i1 %v.161, label %block.34, label %block.38

block.34:
  %v.160 = add nsw i64 %v.159, -1
  %v.158 = add i64 %v.157, 1
  %v.162 = getelementptr i8, ptr %v.2, i64 80
  %v.163 = load i64, ptr %v.162, align 8
  %v.164 = mul nsw i64 %v.157, 48
  %row.2 = add nsw i64 %v.163, %v.164
  %v.165 = getelementptr i8, ptr %v.2, i64 88
  %v.166 = load i64, ptr %v.165, align 8
  %v.167 = mul nsw i64 %v.157, 272
  %record.2 = add nsw i64 %v.166, %v.167
  %v.168 = inttoptr i64 %record.2 to ptr
  %v.169 = getelementptr i8, ptr %v.168, i64 136
  %v.170 = load i64, ptr %v.169, align 8
  %v.171 = getelementptr i8, ptr %v.168, i64 120
  %v.172 = load i64, ptr %v.171, align 8
  %n_bytes.3 = mul nsw i64 %v.170, %v.172
  %v.173 = inttoptr i64 %apart to ptr
  %v.174 = getelementptr i64, ptr %v.173, i64 %v.157
  store i64 0, ptr %v.174, align 8
  %v.175 = inttoptr i64 %row.2 to ptr
  %v.176 = getelementptr i8, ptr %v.175, i64 8
  %grad = load i64, ptr %v.176, align 8
  %v.177 = icmp ne i64 %grad, 0
  %v.178 = icmp ne i64 %n_bytes.3, 0
  %v.179 = select i1 %v.177, i1 %v.178, i1 false
  br i1 %v.179, label %block.35, label %block.37

block.35:
  store i8 0, ptr %v.1, align 1
  call void @_is_apart(ptr %v.1, i64 %table, i64 %v.157, i64 %grad, i64 %n_bytes.3)
  %v.180 = load i8, ptr %v.1, align 1
  %v.181 = icmp eq i8 %v.180, 0
  br i1 %v.181, label %block.36, label %block.37

block.36:
  store i8 0, ptr %retptr, align 1
  br label %block.28

block.37:
  br label %block.33

block.38:
  %v.182 = getelementptr i8, ptr %v.2, i64 168
  store i64 0, ptr %v.182, align 8
  store i8 1, ptr %retptr, align 1
  br label %block.28
}

define internal void @_run(ptr %retptr, i64 %table, i64 %what, i64 %copies) {
block.1:
  %v.1 = alloca i64, align 8
  store i64 0, ptr %v.1, align 8
  %v.2 = alloca i8, align 1
  store i8 0, ptr %v.2, align 1
  %v.3 = alloca ptr, align 8
  store ptr null, ptr %v.3, align 8
  %v.4 = alloca ptr, align 8
  store ptr null, ptr %v.4, align 8
  %v.5 = alloca i8, align 1
  store i8 0, ptr %v.5, align 1
  %v.6 = alloca ptr, align 8
  store ptr null, ptr %v.6, align 8
  %v.7 = alloca ptr, align 8
  store ptr null, ptr %v.7, align 8
  %v.8 = alloca i64, align 8
  store i64 0, ptr %v.8, align 8
  %v.9 = alloca ptr, align 8
  store ptr null, ptr %v.9, align 8
  %v.10 = alloca ptr, align 8
  store ptr null, ptr %v.10, align 8
  %v.11 = alloca i8, align 1
  store i8 0, ptr %v.11, align 1
  %v.12 = alloca ptr, align 8
  store ptr null, ptr %v.12, align 8
  %v.13 = alloca ptr, align 8
  store ptr null, ptr %v.13, align 8
  %v.14 = alloca ptr, align 8
  store ptr null, ptr %v.14, align 8
  %v.15 = alloca ptr, align 8
  store ptr null, ptr %v.15, align 8
  %v.16 = alloca ptr, align 8
  store ptr null, ptr %v.16, align 8
  %v.17 = alloca ptr, align 8
  store ptr null, ptr %v.17, align 8
  %v.18 = alloca ptr, align 8
  store ptr null, ptr %v.18, align 8
  %v.19 = alloca ptr, align 8
  store ptr null, ptr %v.19, align 8
  %v.20 = alloca ptr, align 8
  store ptr null, ptr %v.20, align 8
  %v.21 = alloca i8, align 1
  store i8 0, ptr %v.21, align 1
  %v.22 = alloca ptr, align 8
  store ptr null, ptr %v.22, align 8
  %v.23 = inttoptr i64 %table to ptr
  %v.24 = getelementptr i8, ptr %v.23, i64 64
  %launches = load i64, ptr %v.24, align 8
  %v.25 = getelementptr i8, ptr %v.23, i64 72
  %n_launches = load i64, ptr %v.25, align 8
  %v.26 = getelementptr i8, ptr %v.23, i64 96
  %rows = load i64, ptr %v.26, align 8
  %v.27 = call i64 @llvm.smax.i64(i64 %n_launches, i64 0)
  br label %block.2

block.2:
  %v.28 = phi i64 [ 0, %block.1 ], [ %v.29, %block.5 ]
  %v.30 = phi i64 [ %v.27, %block.1 ], [ %v.31, %block.5 ]
  %elements = phi i64 [ 0, %block.1 ], [ %elements.2, %block.5 ]
  %v.32 = icmp sgt i64 %v.30, 0
  br i1 %v.32, label %block.3, label %block.6

block.3:
  %v.31 = add nsw i64 %v.30, -1
  %v.29 = add i64 %v.28, 1
  %v.33 = mul nsw i64 %v.28, 144
  %launch = add nsw i64 %launches, %v.33
  %v.34 = inttoptr i64 %launch to ptr
  %v.35 = getelementptr i8, ptr %v.34, i64 40
  %v.36 = load i64, ptr %v.35, align 8
  %v.37 = icmp eq i64 %v.36, 0
  br i1 %v.37, label %block.4, label %block.5

block.4:
  %v.38 = load i64, ptr %v.34, align 8
  %elements.3 = add nsw i64 %elements, %v.38
  br label %block.5

block.5:
  %elements.2 = phi i64 [ %elements, %block.3 ], [ %elements.3, %block.4 ]
  br label %block.2

block.6:
  %v.39 = getelementptr i8, ptr %v.23, i64 304
  %v.40 = load i64, ptr %v.39, align 8
  %v.41 = shl nsw i64 %rows, 12
  %v.42 = add nsw i64 %v.40, %v.41
  %pinned = icmp sgt i64 %elements, %v.42
  %v.43 = icmp eq i64 %what, 0
  br i1 %v.43, label %block.7, label %block.10

block.7:
  %v.44 = getelementptr i8, ptr %v.23, i64 192
  %v.45 = load i64, ptr %v.44, align 8
  store i64 0, ptr %v.1, align 8
  call void @_take_copies(ptr %v.1, i64 %table, i64 %copies)
  %laid_out = load i64, ptr %v.1, align 8
  %clips = icmp ne i64 %v.45, 0
  %v.46 = icmp slt i64 %laid_out, 0
  br i1 %v.46, label %block.8, label %block.10

block.8:
  store i64 -1, ptr %retptr, align 8
  br label %block.9

block.9:
  ret void

block.10:
  %laid_out.2 = phi i64 [ 0, %block.6 ], [ %laid_out, %block.7 ]
  %clips.2 = phi i1 [ false, %block.6 ], [ %clips, %block.7 ]
  %v.47 = icmp ne i64 %laid_out.2, 0
  %v.48 = or i1 %pinned, %v.47
  br i1 %v.48, label %block.11, label %block.13

block.11:
  store i8 0, ptr %v.2, align 1
  %v.49 = zext i1 %pinned to i8
  call void @_pin(ptr %v.2, i64 %table, i8 %v.49)
  %v.50 = load i8, ptr %v.2, align 1
  %v.51 = icmp eq i8 %v.50, 0
  br i1 %v.51, label %block.12, label %block.13

block.12:
  store ptr null, ptr %v.3, align 8
  call void @_unpin(ptr %v.3, i64 %table)
  store i64 -1, ptr %retptr, align 8
  br label %block.9

block.13:
  br i1 %v.43, label %block.14, label %block.30

block.14:
  %v.52 = getelementptr i8, ptr %v.23, i64 184
  %v.53 = load i64, ptr %v.52, align 8
  %v.54 = icmp eq i64 %v.53, 0
  br i1 %v.54, label %block.15, label %block.29

block.15:
  %v.55 = icmp eq i64 %laid_out.2, 0
  br i1 %v.55, label %block.16, label %block.26

block.16:
  br label %block.17

block.17:
  %v.56 = phi i64 [ 0, %block.16 ], [ %v.57, %block.19 ]
  %v.58 = phi i64 [ %v.27, %block.16 ], [ %v.59, %block.19 ]
  %v.60 = icmp sgt i64 %v.58, 0
  br i1 %v.60, label %block.18, label %block.25

block.18:
  %v.59 = add nsw i64 %v.58, -1
  %v.57 = add i64 %v.56, 1
  %v.61 = mul nsw i64 %v.56, 144
  %launch.2 = add nsw i64 %launches, %v.61
  %v.62 = inttoptr i64 %launch.2 to ptr
  %v.63 = getelementptr i8, ptr %v.62, i64 40
  %v.64 = load i64, ptr %v.63, align 8
  %v.65 = icmp eq i64 %v.64, 0
  br i1 %v.65, label %block.19, label %block.20

block.19:
  br label %block.17

block.20:
  %v.66 = load i64, ptr %v.62, align 8
  %v.67 = icmp eq i64 %v.66, 0
  br i1 %v.67, label %block.19, label %block.21

block.21:
  store i64 0, ptr %v.8, align 8
  call void @_launch_on_cuda(ptr %v.8, i64 %table, i64 %launch.2)
  %status = load i64, ptr %v.8, align 8
  %v.68 = icmp eq i64 %status, 0
  br i1 %v.68, label %block.19, label %block.22

block.22:
  %v.69 = getelementptr i8, ptr %v.23, i64 176
  store i64 %status, ptr %v.69, align 8
  br i1 %v.55, label %block.23, label %block.24

block.23:
  store ptr null, ptr %v.10, align 8
  call void @_keep_launches_before(ptr %v.10, i64 %table, i64 %v.56)
  store i8 0, ptr %v.11, align 1
  call void @_copy_by_torch.2(ptr %v.11, i64 %table)
  store ptr null, ptr %v.12, align 8
  call void @_count(ptr %v.12, i64 %table)
  store ptr null, ptr %v.13, align 8
  call void @_unpin(ptr %v.13, i64 %table)
  store i64 -3, ptr %retptr, align 8
  br label %block.9

block.24:
  store ptr null, ptr %v.9, align 8
  call void @_copy_rows.2(ptr %v.9, i64 %table)
  br label %block.23

block.25:
  store ptr null, ptr %v.14, align 8
  call void @_count(ptr %v.14, i64 %table)
  br label %block.30

block.26:
  store i8 0, ptr %v.5, align 1
  call void @_copy_by_torch(ptr %v.5, i64 %table)
  %v.70 = load i8, ptr %v.5, align 1
  %v.71 = icmp eq i8 %v.70, 0
  br i1 %v.71, label %block.27, label %block.28

block.27:
  store ptr null, ptr %v.6, align 8
  call void @_unpin(ptr %v.6, i64 %table)
  store i64 -5, ptr %retptr, align 8
  br label %block.9

block.28:
  store ptr null, ptr %v.7, align 8
  call void @_copy_rows(ptr %v.7, i64 %table)
  br label %block.16

block.29:
  store ptr null, ptr %v.4, align 8
  call void @_dither(ptr %v.4, i64 %table)
  br label %block.15

block.30:
  %v.72 = getelementptr i8, ptr %v.23, i64 296
  %v.73 = load i64, ptr %v.72, align 8
  %v.74 = icmp sgt i64 %elements, %v.73
  br i1 %v.74, label %block.31, label %block.34

block.31:
  %v.75 = getelementptr i8, ptr %v.23, i64 344
  %v.76 = load i64, ptr %v.75, align 8
  %v.77 = inttoptr i64 %v.76 to ptr
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = icmp eq i64 %v.78, 0
  br i1 %v.79, label %block.34, label %block.32

block.32:
  %scratch = add nsw i64 %table, 592
  %v.80 = inttoptr i64 %scratch to ptr
  %v.81 = getelementptr i8, ptr %v.80, i64 32
  store i64 0, ptr %v.81, align 8
  %v.82 = getelementptr i8, ptr %v.23, i64 408
  %v.83 = load i64, ptr %v.82, align 8
  %v.84 = add nsw i64 %table, 624
  %v.85 = inttoptr i64 %v.83 to ptr
  %v.86 = call i32 %v.85(i64 %v.84)
  %v.87 = icmp eq i32 %v.86, 0
  br i1 %v.87, label %block.33, label %block.34

block.33:
  %threads = load i64, ptr %v.81, align 8
  br label %block.34

block.34:
  %threads.2 = phi i64 [ 1, %block.30 ], [ 1, %block.31 ], [ 1, %block.32 ], [ %threads, %block.33 ]
  br i1 %pinned, label %block.35, label %block.36

block.35:
  %v.88 = getelementptr i8, ptr %v.23, i64 480
  %v.89 = load i64, ptr %v.88, align 8
  %v.90 = inttoptr i64 %v.89 to ptr
  %thread = call i64 %v.90()
  br label %block.36

block.36:
  %thread.2 = phi i64 [ 0, %block.34 ], [ %thread, %block.35 ]
  %v.91 = icmp ne i64 %what, 0
  %brmerge = select i1 %v.91, i1 true, i1 %clips.2
  br i1 %brmerge, label %block.37, label %block.38

block.37:
  store ptr null, ptr %v.15, align 8
  call void @_run_all_on_cpu(ptr %v.15, i64 %table, i64 2, i64 %threads.2)
  store ptr null, ptr %v.16, align 8
  call void @_add_up(ptr %v.16, i64 %table)
  br label %block.38

block.38:
  br i1 %clips.2, label %block.39, label %block.40

block.39:
  store ptr null, ptr %v.17, align 8
  call void @_clip(ptr %v.17, i64 %table)
  br label %block.40

block.40:
  br i1 %v.43, label %block.41, label %block.42

block.41:
  store ptr null, ptr %v.18, align 8
  call void @_run_all_on_cpu(ptr %v.18, i64 %table, i64 1, i64 %threads.2)
  br label %block.42

block.42:
  br i1 %clips.2, label %block.43, label %block.44

block.43:
  store ptr null, ptr %v.19, align 8
  call void @_set_clip(ptr %v.19, i64 %table, double 1.000000e+00)
  br label %block.44

block.44:
  br i1 %pinned, label %block.45, label %block.50

block.45:
  %v.92 = getelementptr i8, ptr %v.23, i64 488
  %v.93 = load i64, ptr %v.92, align 8
  %v.94 = inttoptr i64 %v.93 to ptr
  call void %v.94(i64 %thread.2)
  %v.95 = icmp eq i64 %laid_out.2, 0
  br i1 %v.95, label %block.46, label %block.48

block.46:
  store ptr null, ptr %v.22, align 8
  call void @_unpin(ptr %v.22, i64 %table)
  br label %block.47

block.47:
  store i64 0, ptr %retptr, align 8
  br label %block.9

block.48:
  store ptr null, ptr %v.20, align 8
  call void @_copy_rows.2(ptr %v.20, i64 %table)
  store i8 0, ptr %v.21, align 1
  call void @_copy_by_torch.2(ptr %v.21, i64 %table)
  %v.96 = load i8, ptr %v.21, align 1
  %v.97 = icmp ne i8 %v.96, 0
  store ptr null, ptr %v.22, align 8
  call void @_unpin(ptr %v.22, i64 %table)
  br i1 %v.97, label %block.47, label %block.49

block.49:
  store i64 -5, ptr %retptr, align 8
  br label %block.9

block.50:
  %v.98 = icmp eq i64 %laid_out.2, 0
  br i1 %v.98, label %block.47, label %block.48
}

define internal void @_take_copies(ptr %retptr, i64 %table, i64 %copies) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 224
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = icmp eq i64 %copies, %v.4
  br i1 %v.5, label %block.2, label %block.18

block.2:
  %n = phi i64 [ 0, %block.1 ], [ %n.2, %block.18 ]
  %v.6 = getelementptr i8, ptr %v.2, i64 96
  %v.7 = load i64, ptr %v.6, align 8
  %v.8 = call i64 @llvm.smax.i64(i64 %v.7, i64 0)
  br label %block.3

block.3:
  %v.9 = phi i64 [ 0, %block.2 ], [ %v.10, %block.5 ]
  %v.11 = phi i64 [ %v.8, %block.2 ], [ %v.12, %block.5 ]
  %taken = phi i64 [ 0, %block.2 ], [ %taken.2, %block.5 ]
  %n_rows = phi i64 [ 0, %block.2 ], [ %n_rows.2, %block.5 ]
  %v.13 = icmp sgt i64 %v.11, 0
  br i1 %v.13, label %block.4, label %block.17

block.4:
  %v.12 = add nsw i64 %v.11, -1
  %v.10 = add i64 %v.9, 1
  %v.14 = getelementptr i8, ptr %v.2, i64 80
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = mul nsw i64 %v.9, 48
  %row = add nsw i64 %v.15, %v.16
  %v.17 = getelementptr i8, ptr %v.2, i64 88
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = mul nsw i64 %v.9, 272
  %record = add nsw i64 %v.18, %v.19
  %v.20 = inttoptr i64 %row to ptr
  %v.21 = getelementptr i8, ptr %v.20, i64 8
  %v.22 = load i64, ptr %v.21, align 8
  %v.23 = icmp eq i64 %v.22, 0
  br i1 %v.23, label %block.5, label %block.6

block.5:
  %taken.2 = phi i64 [ %taken, %block.4 ], [ %taken, %block.6 ], [ %taken, %block.7 ], [ %taken.3, %block.8 ]
  %n_rows.2 = phi i64 [ %n_rows, %block.4 ], [ %n_rows, %block.6 ], [ %n_rows.3, %block.7 ], [ %n_rows.3, %block.8 ]
  br label %block.3

block.6:
  %v.24 = inttoptr i64 %record to ptr
  %v.25 = getelementptr i8, ptr %v.24, i64 160
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = icmp eq i64 %v.26, 0
  br i1 %v.27, label %block.5, label %block.7

block.7:
  %n_rows.3 = add nsw i64 %n_rows, 1
  %v.28 = getelementptr i8, ptr %v.2, i64 64
  %v.29 = load i64, ptr %v.28, align 8
  %v.30 = getelementptr i8, ptr %v.24, i64 168
  %number = load i64, ptr %v.30, align 8
  %v.31 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.29, %v.31
  %v.32 = inttoptr i64 %launch to ptr
  %v.33 = getelementptr i8, ptr %v.32, i64 40
  %v.34 = load i64, ptr %v.33, align 8
  %v.35 = icmp eq i64 %v.34, 0
  br i1 %v.35, label %block.5, label %block.8

block.8:
  %v.36 = phi i64 [ 0, %block.7 ], [ %v.37, %block.10 ]
  %v.38 = phi i64 [ 4, %block.7 ], [ %v.39, %block.10 ]
  %taken.3 = phi i64 [ %taken, %block.7 ], [ %taken.4, %block.10 ]
  %v.40 = icmp sgt i64 %v.38, 0
  br i1 %v.40, label %block.9, label %block.5

block.9:
  %v.39 = add nsw i64 %v.38, -1
  %v.37 = add i64 %v.36, 1
  %layouts = load i64, ptr %v.25, align 8
  %v.41 = icmp eq i64 %layouts, 0
  %v.42 = shl nsw i64 %v.36, 5
  %v.43 = add nsw i64 %layouts, %v.42
  %layout = select i1 %v.41, i64 0, i64 %v.43
  %v.44 = inttoptr i64 %layout to ptr
  %v.45 = getelementptr i8, ptr %v.44, i64 16
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = icmp eq i64 %v.46, 0
  br i1 %v.47, label %block.10, label %block.11

block.10:
  %taken.4 = phi i64 [ %taken.3, %block.9 ], [ %taken.5, %block.16 ]
  br label %block.8

block.11:
  %v.48 = icmp eq i64 %taken.3, %n
  br i1 %v.48, label %block.12, label %block.14

block.12:
  store i64 -1, ptr %retptr, align 8
  br label %block.13

block.13:
  ret void

block.14:
  %v.49 = getelementptr i8, ptr %v.2, i64 456
  %v.50 = load i64, ptr %v.49, align 8
  %v.51 = inttoptr i64 %v.50 to ptr
  %tensor = call i64 %v.51(i64 %copies, i64 %taken.3)
  store i64 0, ptr %v.1, align 8
  call void @_copy_address(ptr %v.1, i64 %table, i64 %tensor, i64 %record, i64 %v.36)
  %address = load i64, ptr %v.1, align 8
  %v.52 = icmp eq i64 %address, 0
  br i1 %v.52, label %block.15, label %block.16

block.15:
  store i64 -1, ptr %retptr, align 8
  br label %block.13

block.16:
  store i64 %address, ptr %v.45, align 8
  %v.53 = getelementptr i8, ptr %v.44, i64 24
  store i64 %tensor, ptr %v.53, align 8
  %taken.5 = add nsw i64 %taken.3, 1
  br label %block.10

block.17:
  store i64 %n_rows, ptr %retptr, align 8
  br label %block.13

block.18:
  %v.54 = getelementptr i8, ptr %v.2, i64 448
  %v.55 = load i64, ptr %v.54, align 8
  %v.56 = inttoptr i64 %v.55 to ptr
  %n.2 = call i64 %v.56(i64 %copies)
  br label %block.2
}

define internal void @_pin(ptr %retptr, i64 %table, i8 %every) {
block.1:
  %v.1 = icmp ne i8 %every, 0
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 288
  %offset = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 384
  %reinterpret = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.2, i64 96
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = call i64 @llvm.smax.i64(i64 %v.6, i64 0)
  br label %block.2

block.2:
  %v.8 = phi i64 [ 0, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = phi i64 [ %v.7, %block.1 ], [ %v.11, %block.4 ]
  %v.12 = icmp sgt i64 %v.10, 0
  br i1 %v.12, label %block.3, label %block.21

block.3:
  %v.11 = add nsw i64 %v.10, -1
  %v.9 = add i64 %v.8, 1
  %v.13 = getelementptr i8, ptr %v.2, i64 80
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = mul nsw i64 %v.8, 48
  %row = add nsw i64 %v.14, %v.15
  %v.16 = getelementptr i8, ptr %v.2, i64 160
  %v.17 = load i64, ptr %v.16, align 8
  %v.18 = shl nsw i64 %v.8, 5
  %pins = add nsw i64 %v.17, %v.18
  %v.19 = inttoptr i64 %row to ptr
  %v.20 = getelementptr i8, ptr %v.19, i64 8
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = icmp eq i64 %v.21, 0
  br i1 %v.22, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  %v.23 = getelementptr i8, ptr %v.2, i64 88
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = mul nsw i64 %v.8, 272
  %record = add nsw i64 %v.24, %v.25
  %v.26 = inttoptr i64 %record to ptr
  %v.27 = getelementptr i8, ptr %v.26, i64 176
  %v.28 = load i64, ptr %v.27, align 8
  %v.29 = icmp eq i64 %v.28, 0
  br i1 %v.29, label %block.4, label %block.6

block.6:
  %v.30 = getelementptr i8, ptr %v.26, i64 160
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = icmp eq i64 %v.31, 0
  br i1 %v.32, label %block.7, label %block.20

block.7:
  %by_torch = phi i1 [ false, %block.6 ], [ %v.33, %block.20 ]
  %brmerge = select i1 %v.1, i1 true, i1 %by_torch
  br i1 %brmerge, label %block.8, label %block.4

block.8:
  %v.34 = phi i64 [ 0, %block.7 ], [ %v.35, %block.16 ]
  %v.36 = phi i64 [ 4, %block.7 ], [ %v.37, %block.16 ]
  %v.38 = icmp sgt i64 %v.36, 0
  br i1 %v.38, label %block.9, label %block.4

block.9:
  %v.37 = add nsw i64 %v.36, -1
  %v.35 = add i64 %v.34, 1
  %v.39 = getelementptr i64, ptr %v.26, i64 %v.34
  %handle = load i64, ptr %v.39, align 8
  %v.40 = icmp eq i64 %v.34, 1
  %handle.2 = select i1 %v.40, i64 0, i64 %offset
  %v.41 = add nsw i64 %handle, %handle.2
  %v.42 = icmp ne i64 %v.34, 1
  %v.43 = select i1 %by_torch, i1 %v.42, i1 false
  br i1 %v.43, label %block.10, label %block.13

block.10:
  %v.44 = getelementptr i8, ptr %v.26, i64 144
  %v.45 = load i64, ptr %v.44, align 8
  %layouts = load i64, ptr %v.30, align 8
  %v.46 = icmp eq i64 %layouts, 0
  %v.47 = shl nsw i64 %v.34, 5
  %v.48 = add nsw i64 %layouts, %v.47
  %v.49 = icmp eq i64 %v.48, 0
  %v.50 = select i1 %v.46, i1 true, i1 %v.49
  br i1 %v.50, label %block.11, label %block.12

block.11:
  %v.51 = getelementptr i8, ptr %v.26, i64 152
  %v.52 = load i64, ptr %v.51, align 8
  br label %block.13

block.12:
  %v.53 = inttoptr i64 %v.48 to ptr
  %v.54 = load i64, ptr %v.53, align 8
  br label %block.13

block.13:
  %ndim = phi i64 [ 0, %block.9 ], [ %v.45, %block.11 ], [ %v.45, %block.12 ]
  %sizes = phi i64 [ 0, %block.9 ], [ %v.52, %block.11 ], [ %v.54, %block.12 ]
  %v.55 = shl nsw i64 %v.34, 3
  %pin = add nsw i64 %pins, %v.55
  %v.56 = shl nsw i64 %ndim, 3
  %v.57 = add nsw i64 %sizes, %v.56
  %v.58 = inttoptr i64 %reinterpret to ptr
  %v.59 = call i32 %v.58(i64 %v.41, i64 %ndim, i64 %sizes, i64 %v.57, i64 0, i64 %pin)
  %v.60 = icmp eq i32 %v.59, 0
  br i1 %v.60, label %block.14, label %block.19

block.14:
  %v.61 = inttoptr i64 %pins to ptr
  %v.62 = getelementptr i64, ptr %v.61, i64 %v.34
  %handle.3 = load i64, ptr %v.62, align 8
  %scratch = add nsw i64 %table, 592
  %v.63 = getelementptr i8, ptr %v.2, i64 512
  %v.64 = load i64, ptr %v.63, align 8
  %v.65 = inttoptr i64 %v.64 to ptr
  %v.66 = call i32 %v.65(i64 %handle.3, i64 %scratch)
  %v.67 = icmp eq i32 %v.66, 0
  br i1 %v.67, label %block.15, label %block.16

block.15:
  %v.68 = inttoptr i64 %scratch to ptr
  %v.69 = load i64, ptr %v.68, align 8
  br label %block.16

block.16:
  %v.70 = phi i64 [ -1, %block.14 ], [ %v.69, %block.15 ]
  %v.71 = getelementptr i64, ptr %v.19, i64 %v.34
  %v.72 = load i64, ptr %v.71, align 8
  %v.73 = icmp eq i64 %v.70, %v.72
  br i1 %v.73, label %block.8, label %block.17

block.17:
  store i8 0, ptr %retptr, align 1
  br label %block.18

block.18:
  ret void

block.19:
  %v.74 = inttoptr i64 %pins to ptr
  %v.75 = getelementptr i64, ptr %v.74, i64 %v.34
  store i64 0, ptr %v.75, align 8
  store i8 0, ptr %retptr, align 1
  br label %block.18

block.20:
  %v.76 = getelementptr i8, ptr %v.2, i64 64
  %v.77 = load i64, ptr %v.76, align 8
  %v.78 = getelementptr i8, ptr %v.26, i64 168
  %number = load i64, ptr %v.78, align 8
  %v.79 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.77, %v.79
  %v.80 = inttoptr i64 %launch to ptr
  %v.81 = getelementptr i8, ptr %v.80, i64 40
  %v.82 = load i64, ptr %v.81, align 8
  %v.33 = icmp ne i64 %v.82, 0
  br label %block.7

block.21:
  store i8 1, ptr %retptr, align 1
  br label %block.18
}

define internal void @_unpin(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 160
  %pins = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  %v.6 = shl i64 %v.5, 2
  br label %block.2

block.2:
  %v.7 = phi i64 [ 0, %block.1 ], [ %v.8, %block.4 ]
  %v.9 = phi i64 [ %v.6, %block.1 ], [ %v.10, %block.4 ]
  %v.11 = icmp sgt i64 %v.9, 0
  br i1 %v.11, label %block.3, label %block.6

block.3:
  %v.10 = add nsw i64 %v.9, -1
  %v.8 = add i64 %v.7, 1
  %v.12 = inttoptr i64 %pins to ptr
  %v.13 = getelementptr i64, ptr %v.12, i64 %v.7
  %pin = load i64, ptr %v.13, align 8
  %v.14 = icmp eq i64 %pin, 0
  br i1 %v.14, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  store i64 0, ptr %v.13, align 8
  %v.15 = getelementptr i8, ptr %v.1, i64 392
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = inttoptr i64 %v.16 to ptr
  %v.18 = call i32 %v.17(i64 %pin)
  br label %block.4

block.6:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_dither(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 264
  %float = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.4 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.12

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = getelementptr i8, ptr %v.1, i64 80
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = mul nsw i64 %v.6, 48
  %row = add nsw i64 %v.12, %v.13
  %v.14 = inttoptr i64 %row to ptr
  %v.15 = getelementptr i8, ptr %v.14, i64 8
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = icmp eq i64 %v.16, 0
  br i1 %v.17, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  %v.18 = getelementptr i8, ptr %v.1, i64 88
  %v.19 = load i64, ptr %v.18, align 8
  %v.20 = mul nsw i64 %v.6, 272
  %record = add nsw i64 %v.19, %v.20
  %v.21 = inttoptr i64 %record to ptr
  %v.22 = getelementptr i8, ptr %v.21, i64 112
  %v.23 = load i64, ptr %v.22, align 8
  %v.24 = icmp eq i64 %v.23, -1
  br i1 %v.24, label %block.6, label %block.8

block.6:
  %v.25 = getelementptr i8, ptr %v.21, i64 216
  %taken = load i64, ptr %v.25, align 8
  br label %block.7

block.7:
  %taken.2 = phi i64 [ %taken, %block.6 ], [ %v.26, %block.10 ]
  %v.27 = getelementptr i8, ptr %v.21, i64 208
  %v.28 = load i64, ptr %v.27, align 8
  %step = add nsw i64 %taken.2, 1
  %x = lshr i64 %step, 16
  %v.29 = and i64 %x, 65535
  %v.30 = xor i64 %step, %v.29
  %v.31 = mul i64 %v.30, 2146121005
  %x.2 = lshr i64 %v.31, 15
  %v.32 = and i64 %x.2, 131071
  %v.33 = xor i64 %v.31, %v.32
  %v.34 = mul i64 %v.33, 2221713035
  %x.3 = and i64 %v.34, 4294967295
  %v.35 = lshr i64 %x.3, 16
  %v.36 = xor i64 %x.3, %v.35
  %v.37 = add nsw i64 %v.28, %v.36
  %v.38 = getelementptr i8, ptr %v.14, i64 40
  store i64 %v.37, ptr %v.38, align 8
  br label %block.4

block.8:
  %v.39 = getelementptr i8, ptr %v.14, i64 32
  %step.2 = load i64, ptr %v.39, align 8
  %v.40 = icmp eq i64 %v.23, %float
  br i1 %v.40, label %block.9, label %block.11

block.9:
  %v.41 = inttoptr i64 %step.2 to ptr
  %v.42 = load float, ptr %v.41, align 4
  %value = fpext float %v.42 to double
  br label %block.10

block.10:
  %value.2 = phi double [ %value, %block.9 ], [ %value.3, %block.11 ]
  %v.43 = fcmp ogt double %value.2, 0.000000e+00
  %v.44 = fcmp olt double %value.2, 0x4340000000000000
  %v.45 = and i1 %v.43, %v.44
  %taken.3 = fptosi double %value.2 to i64
  %v.26 = select i1 %v.45, i64 %taken.3, i64 0
  br label %block.7

block.11:
  %v.46 = inttoptr i64 %step.2 to ptr
  %value.3 = load double, ptr %v.46, align 8
  br label %block.10

block.12:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_copy_by_torch(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 96
  %v.3 = load i64, ptr %v.2, align 8
  %v.4 = call i64 @llvm.smax.i64(i64 %v.3, i64 0)
  br label %block.2

block.2:
  %v.5 = phi i64 [ 0, %block.1 ], [ %v.6, %block.4 ]
  %v.7 = phi i64 [ %v.4, %block.1 ], [ %v.8, %block.4 ]
  %good = phi i1 [ true, %block.1 ], [ %good.2, %block.4 ]
  %v.9 = icmp sgt i64 %v.7, 0
  br i1 %v.9, label %block.3, label %block.11

block.3:
  %v.8 = add nsw i64 %v.7, -1
  %v.6 = add i64 %v.5, 1
  %v.10 = getelementptr i8, ptr %v.1, i64 80
  %v.11 = load i64, ptr %v.10, align 8
  %v.12 = mul nsw i64 %v.5, 48
  %row = add nsw i64 %v.11, %v.12
  %v.13 = inttoptr i64 %row to ptr
  %v.14 = getelementptr i8, ptr %v.13, i64 8
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = icmp eq i64 %v.15, 0
  br i1 %v.16, label %block.4, label %block.5

block.4:
  %good.2 = phi i1 [ %good, %block.3 ], [ %good, %block.5 ], [ %good, %block.6 ], [ %good.3, %block.7 ]
  br label %block.2

block.5:
  %v.17 = getelementptr i8, ptr %v.1, i64 88
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = mul nsw i64 %v.5, 272
  %record = add nsw i64 %v.18, %v.19
  %v.20 = inttoptr i64 %record to ptr
  %v.21 = getelementptr i8, ptr %v.20, i64 160
  %v.22 = load i64, ptr %v.21, align 8
  %v.23 = icmp eq i64 %v.22, 0
  br i1 %v.23, label %block.4, label %block.6

block.6:
  %v.24 = getelementptr i8, ptr %v.1, i64 64
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = getelementptr i8, ptr %v.20, i64 168
  %number = load i64, ptr %v.26, align 8
  %v.27 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.25, %v.27
  %v.28 = inttoptr i64 %launch to ptr
  %v.29 = getelementptr i8, ptr %v.28, i64 40
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = icmp eq i64 %v.30, 0
  br i1 %v.31, label %block.4, label %block.7

block.7:
  %v.32 = phi i64 [ 0, %block.6 ], [ %v.33, %block.9 ]
  %v.34 = phi i64 [ 4, %block.6 ], [ %v.35, %block.9 ]
  %good.3 = phi i1 [ %good, %block.6 ], [ %good.4, %block.9 ]
  %v.36 = icmp sgt i64 %v.34, 0
  br i1 %v.36, label %block.8, label %block.4

block.8:
  %v.35 = add nsw i64 %v.34, -1
  %v.33 = add i64 %v.32, 1
  %layouts = load i64, ptr %v.21, align 8
  %v.37 = icmp eq i64 %layouts, 0
  %v.38 = shl nsw i64 %v.32, 5
  %v.39 = add nsw i64 %layouts, %v.38
  %layout = select i1 %v.37, i64 0, i64 %v.39
  %v.40 = inttoptr i64 %layout to ptr
  %v.41 = getelementptr i8, ptr %v.40, i64 16
  %v.42 = load i64, ptr %v.41, align 8
  %v.43 = icmp eq i64 %v.42, 0
  br i1 %v.43, label %block.9, label %block.10

block.9:
  %good.4 = phi i1 [ %good.3, %block.8 ], [ %v.44, %block.10 ]
  br label %block.7

block.10:
  %v.45 = getelementptr i8, ptr %v.1, i64 160
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = inttoptr i64 %v.46 to ptr
  %v.48 = shl i64 %v.5, 5
  %v.49 = getelementptr i8, ptr %v.47, i64 %v.48
  %v.50 = getelementptr i64, ptr %v.49, i64 %v.32
  %own = load i64, ptr %v.50, align 8
  %v.51 = getelementptr i8, ptr %v.40, i64 24
  %v.52 = load i64, ptr %v.51, align 8
  %v.53 = getelementptr i8, ptr %v.1, i64 288
  %v.54 = load i64, ptr %v.53, align 8
  %dense = add nsw i64 %v.52, %v.54
  %v.55 = getelementptr i8, ptr %v.1, i64 400
  %v.56 = load i64, ptr %v.55, align 8
  %v.57 = inttoptr i64 %v.56 to ptr
  %v.58 = call i32 %v.57(i64 %dense, i64 %own, i64 0)
  %v.59 = icmp eq i32 %v.58, 0
  %v.44 = select i1 %v.59, i1 %good.3, i1 false
  br label %block.9

block.11:
  %v.60 = zext i1 %good to i8
  store i8 %v.60, ptr %retptr, align 1
  ret void
}

define internal void @_copy_rows(ptr %retptr, i64 %table) {
block.1:
  %v.1 = alloca ptr, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.4 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.13

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = getelementptr i8, ptr %v.2, i64 80
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = mul nsw i64 %v.6, 48
  %row = add nsw i64 %v.12, %v.13
  %v.14 = inttoptr i64 %row to ptr
  %v.15 = getelementptr i8, ptr %v.14, i64 8
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = icmp eq i64 %v.16, 0
  br i1 %v.17, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  %v.18 = getelementptr i8, ptr %v.2, i64 88
  %v.19 = load i64, ptr %v.18, align 8
  %v.20 = mul nsw i64 %v.6, 272
  %record = add nsw i64 %v.19, %v.20
  %v.21 = inttoptr i64 %record to ptr
  %v.22 = getelementptr i8, ptr %v.21, i64 160
  %v.23 = load i64, ptr %v.22, align 8
  %v.24 = icmp eq i64 %v.23, 0
  br i1 %v.24, label %block.4, label %block.6

block.6:
  %v.25 = getelementptr i8, ptr %v.2, i64 64
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = getelementptr i8, ptr %v.21, i64 168
  %number = load i64, ptr %v.27, align 8
  %v.28 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.26, %v.28
  %v.29 = inttoptr i64 %launch to ptr
  %v.30 = getelementptr i8, ptr %v.29, i64 40
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = icmp eq i64 %v.31, 0
  %v.33 = getelementptr i8, ptr %v.21, i64 144
  %ndim = load i64, ptr %v.33, align 8
  %v.34 = getelementptr i8, ptr %v.21, i64 136
  %numel = load i64, ptr %v.34, align 8
  %v.35 = getelementptr i8, ptr %v.21, i64 152
  %dense = load i64, ptr %v.35, align 8
  br label %block.7

block.7:
  %v.36 = phi i64 [ 0, %block.6 ], [ %v.37, %block.9 ]
  %v.38 = phi i64 [ 4, %block.6 ], [ %v.39, %block.9 ]
  %v.40 = icmp sgt i64 %v.38, 0
  br i1 %v.40, label %block.8, label %block.4

block.8:
  %v.39 = add nsw i64 %v.38, -1
  %v.37 = add i64 %v.36, 1
  %layouts = load i64, ptr %v.22, align 8
  %v.41 = icmp eq i64 %layouts, 0
  %v.42 = shl nsw i64 %v.36, 5
  %v.43 = add nsw i64 %layouts, %v.42
  %layout = select i1 %v.41, i64 0, i64 %v.43
  %v.44 = inttoptr i64 %layout to ptr
  %v.45 = getelementptr i8, ptr %v.44, i64 16
  %copy = load i64, ptr %v.45, align 8
  %v.46 = icmp eq i64 %v.36, 1
  %v.47 = icmp eq i64 %copy, 0
  %v.48 = select i1 %v.46, i1 true, i1 %v.47
  br i1 %v.48, label %block.9, label %block.10

block.9:
  br label %block.7

block.10:
  %v.49 = getelementptr i64, ptr %v.14, i64 %v.36
  %address = load i64, ptr %v.49, align 8
  br i1 %v.32, label %block.11, label %block.12

block.11:
  %v.50 = icmp eq i64 %v.36, 0
  %v.51 = select i1 %v.50, i64 120, i64 128
  %v.52 = getelementptr i8, ptr %v.21, i64 %v.51
  %sizes = load i64, ptr %v.44, align 8
  %v.53 = shl nsw i64 %ndim, 3
  %even = add nsw i64 %dense, %v.53
  %own = add nsw i64 %sizes, %v.53
  %itemsize = load i64, ptr %v.52, align 8
  store ptr null, ptr %v.1, align 8
  call void @_copy(ptr %v.1, i64 %address, i64 %own, i64 %copy, i64 %even, i64 %sizes, i64 %ndim, i64 %numel, i64 %itemsize)
  br label %block.12

block.12:
  store i64 %copy, ptr %v.49, align 8
  store i64 %address, ptr %v.45, align 8
  br label %block.9

block.13:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_launch_on_cuda(ptr %retptr, i64 %table, i64 %launch) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 80
  %rows = load i64, ptr %v.2, align 8
  %v.3 = inttoptr i64 %launch to ptr
  %v.4 = getelementptr i8, ptr %v.3, i64 112
  %own = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.3, i64 120
  %indices = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.3, i64 128
  %v.7 = load i64, ptr %v.6, align 8
  %v.8 = call i64 @llvm.smax.i64(i64 %v.7, i64 0)
  br label %block.2

block.2:
  %v.9 = phi i64 [ 0, %block.1 ], [ %v.10, %block.6 ]
  %v.11 = phi i64 [ %v.8, %block.1 ], [ %v.12, %block.6 ]
  %v.13 = icmp sgt i64 %v.11, 0
  br i1 %v.13, label %block.3, label %block.7

block.3:
  %v.12 = add nsw i64 %v.11, -1
  %v.10 = add i64 %v.9, 1
  %v.14 = inttoptr i64 %indices to ptr
  %v.15 = getelementptr i64, ptr %v.14, i64 %v.9
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = mul nsw i64 %v.16, 48
  %row = add nsw i64 %rows, %v.17
  br label %block.4

block.4:
  %v.18 = phi i64 [ 0, %block.3 ], [ %v.19, %block.5 ]
  %v.20 = phi i64 [ 4, %block.3 ], [ %v.21, %block.5 ]
  %v.22 = icmp sgt i64 %v.20, 0
  br i1 %v.22, label %block.5, label %block.6

block.5:
  %v.21 = add nsw i64 %v.20, -1
  %v.19 = add i64 %v.18, 1
  %v.23 = inttoptr i64 %row to ptr
  %v.24 = getelementptr i64, ptr %v.23, i64 %v.18
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = inttoptr i64 %own to ptr
  %v.27 = mul i64 %v.9, 48
  %v.28 = getelementptr i8, ptr %v.26, i64 %v.27
  %v.29 = getelementptr i64, ptr %v.28, i64 %v.18
  store i64 %v.25, ptr %v.29, align 8
  br label %block.4

block.6:
  %v.30 = inttoptr i64 %row to ptr
  %v.31 = getelementptr i8, ptr %v.30, i64 40
  %v.32 = load i64, ptr %v.31, align 8
  %v.33 = inttoptr i64 %own to ptr
  %v.34 = mul i64 %v.9, 48
  %v.35 = getelementptr i8, ptr %v.33, i64 %v.34
  %v.36 = getelementptr i8, ptr %v.35, i64 40
  store i64 %v.32, ptr %v.36, align 8
  br label %block.2

block.7:
  %scratch = add nsw i64 %table, 592
  %v.37 = getelementptr i8, ptr %v.3, i64 80
  %device = load i64, ptr %v.37, align 8
  %v.38 = getelementptr i8, ptr %v.3, i64 72
  %v.39 = load i64, ptr %v.38, align 8
  %v.40 = inttoptr i64 %v.39 to ptr
  %v.41 = call i32 %v.40(i64 %device, i64 %scratch)
  %v.42 = icmp eq i32 %v.41, 0
  br i1 %v.42, label %block.8, label %block.12

block.8:
  %v.43 = inttoptr i64 %scratch to ptr
  %stream = load i64, ptr %v.43, align 8
  %v.44 = getelementptr i8, ptr %v.3, i64 64
  %context = load i64, ptr %v.44, align 8
  %v.45 = getelementptr i8, ptr %v.3, i64 48
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = inttoptr i64 %v.46 to ptr
  %status = call i32 %v.47(i64 %context)
  %v.48 = icmp eq i32 %status, 0
  br i1 %v.48, label %block.9, label %block.11

block.9:
  %v.49 = getelementptr i8, ptr %v.3, i64 40
  %v.50 = load i64, ptr %v.49, align 8
  %v.51 = getelementptr i8, ptr %v.3, i64 8
  %v.52 = load i64, ptr %v.51, align 8
  %v.53 = getelementptr i8, ptr %v.3, i64 88
  %v.54 = load i64, ptr %v.53, align 8
  %v.55 = getelementptr i8, ptr %v.3, i64 96
  %v.56 = load i64, ptr %v.55, align 8
  %v.57 = getelementptr i8, ptr %v.3, i64 104
  %v.58 = load i64, ptr %v.57, align 8
  %v.59 = trunc i64 %v.54 to i32
  %v.60 = trunc i64 %v.56 to i32
  %v.61 = inttoptr i64 %v.50 to ptr
  %status.2 = call i32 %v.61(i64 %v.52, i32 %v.59, i32 1, i32 1, i32 %v.60, i32 1, i32 1, i32 0, i64 %stream, i64 %v.58, i64 0)
  %v.62 = getelementptr i8, ptr %v.3, i64 56
  %v.63 = load i64, ptr %v.62, align 8
  %v.64 = inttoptr i64 %v.63 to ptr
  %v.65 = call i32 %v.64(i64 %scratch)
  %v.66 = sext i32 %status.2 to i64
  store i64 %v.66, ptr %retptr, align 8
  br label %block.10

block.10:
  ret void

block.11:
  %v.67 = sext i32 %status to i64
  store i64 %v.67, ptr %retptr, align 8
  br label %block.10

block.12:
  store i64 -1, ptr %retptr, align 8
  br label %block.10
}

define internal void @_copy_rows.2(ptr %retptr, i64 %table) {
block.1:
  %v.1 = alloca ptr, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.4 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.13

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = getelementptr i8, ptr %v.2, i64 80
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = mul nsw i64 %v.6, 48
  %row = add nsw i64 %v.12, %v.13
  %v.14 = inttoptr i64 %row to ptr
  %v.15 = getelementptr i8, ptr %v.14, i64 8
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = icmp eq i64 %v.16, 0
  br i1 %v.17, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  %v.18 = getelementptr i8, ptr %v.2, i64 88
  %v.19 = load i64, ptr %v.18, align 8
  %v.20 = mul nsw i64 %v.6, 272
  %record = add nsw i64 %v.19, %v.20
  %v.21 = inttoptr i64 %record to ptr
  %v.22 = getelementptr i8, ptr %v.21, i64 160
  %v.23 = load i64, ptr %v.22, align 8
  %v.24 = icmp eq i64 %v.23, 0
  br i1 %v.24, label %block.4, label %block.6

block.6:
  %v.25 = getelementptr i8, ptr %v.2, i64 64
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = getelementptr i8, ptr %v.21, i64 168
  %number = load i64, ptr %v.27, align 8
  %v.28 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.26, %v.28
  %v.29 = inttoptr i64 %launch to ptr
  %v.30 = getelementptr i8, ptr %v.29, i64 40
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = icmp eq i64 %v.31, 0
  %v.33 = getelementptr i8, ptr %v.21, i64 144
  %ndim = load i64, ptr %v.33, align 8
  %v.34 = getelementptr i8, ptr %v.21, i64 136
  %numel = load i64, ptr %v.34, align 8
  %v.35 = getelementptr i8, ptr %v.21, i64 152
  %dense = load i64, ptr %v.35, align 8
  br label %block.7

block.7:
  %v.36 = phi i64 [ 0, %block.6 ], [ %v.37, %block.9 ]
  %v.38 = phi i64 [ 4, %block.6 ], [ %v.39, %block.9 ]
  %v.40 = icmp sgt i64 %v.38, 0
  br i1 %v.40, label %block.8, label %block.4

block.8:
  %v.39 = add nsw i64 %v.38, -1
  %v.37 = add i64 %v.36, 1
  %layouts = load i64, ptr %v.22, align 8
  %v.41 = icmp eq i64 %layouts, 0
  %v.42 = shl nsw i64 %v.36, 5
  %v.43 = add nsw i64 %layouts, %v.42
  %layout = select i1 %v.41, i64 0, i64 %v.43
  %v.44 = inttoptr i64 %layout to ptr
  %v.45 = getelementptr i8, ptr %v.44, i64 16
  %copy = load i64, ptr %v.45, align 8
  %v.46 = icmp eq i64 %v.36, 1
  %v.47 = icmp eq i64 %copy, 0
  %v.48 = select i1 %v.46, i1 true, i1 %v.47
  br i1 %v.48, label %block.9, label %block.10

block.9:
  br label %block.7

block.10:
  %v.49 = getelementptr i64, ptr %v.14, i64 %v.36
  %address = load i64, ptr %v.49, align 8
  br i1 %v.32, label %block.11, label %block.12

block.11:
  %v.50 = icmp eq i64 %v.36, 0
  %v.51 = select i1 %v.50, i64 120, i64 128
  %v.52 = getelementptr i8, ptr %v.21, i64 %v.51
  %sizes = load i64, ptr %v.44, align 8
  %v.53 = shl nsw i64 %ndim, 3
  %even = add nsw i64 %dense, %v.53
  %own = add nsw i64 %sizes, %v.53
  %itemsize = load i64, ptr %v.52, align 8
  store ptr null, ptr %v.1, align 8
  call void @_copy(ptr %v.1, i64 %address, i64 %even, i64 %copy, i64 %own, i64 %sizes, i64 %ndim, i64 %numel, i64 %itemsize)
  br label %block.12

block.12:
  store i64 %copy, ptr %v.49, align 8
  store i64 %address, ptr %v.45, align 8
  br label %block.9

block.13:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_keep_launches_before(ptr %retptr, i64 %table, i64 %last) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 64
  %launches = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.5 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.5 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.7

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = getelementptr i8, ptr %v.1, i64 88
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = mul nsw i64 %v.6, 272
  %record = add nsw i64 %v.12, %v.13
  %v.14 = inttoptr i64 %record to ptr
  %v.15 = getelementptr i8, ptr %v.14, i64 168
  %k = load i64, ptr %v.15, align 8
  %v.16 = icmp slt i64 %k, %last
  br i1 %v.16, label %block.4, label %block.6

block.4:
  %v.17 = mul nsw i64 %k, 144
  %v.18 = add nsw i64 %launches, %v.17
  %v.19 = inttoptr i64 %v.18 to ptr
  %v.20 = getelementptr i8, ptr %v.19, i64 40
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = icmp eq i64 %v.21, 0
  br i1 %v.22, label %block.6, label %block.5

block.5:
  br label %block.2

block.6:
  %v.23 = getelementptr i8, ptr %v.1, i64 80
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = mul nsw i64 %v.6, 48
  %row = add nsw i64 %v.24, %v.25
  %v.26 = inttoptr i64 %row to ptr
  %v.27 = getelementptr i8, ptr %v.26, i64 8
  store i64 0, ptr %v.27, align 8
  br label %block.5

block.7:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_count(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 416
  %bump = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 288
  %offset = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.1, i64 264
  %float = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.1, i64 96
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = call i64 @llvm.smax.i64(i64 %v.6, i64 0)
  br label %block.2

block.2:
  %v.8 = phi i64 [ 0, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = phi i64 [ %v.7, %block.1 ], [ %v.11, %block.4 ]
  %v.12 = icmp sgt i64 %v.10, 0
  br i1 %v.12, label %block.3, label %block.10

block.3:
  %v.11 = add nsw i64 %v.10, -1
  %v.9 = add i64 %v.8, 1
  %v.13 = getelementptr i8, ptr %v.1, i64 80
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = mul nsw i64 %v.8, 48
  %row = add nsw i64 %v.14, %v.15
  %v.16 = inttoptr i64 %row to ptr
  %v.17 = getelementptr i8, ptr %v.16, i64 8
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = icmp eq i64 %v.18, 0
  br i1 %v.19, label %block.4, label %block.5

block.4:
  br label %block.2

block.5:
  %v.20 = getelementptr i8, ptr %v.1, i64 88
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = mul nsw i64 %v.8, 272
  %record = add nsw i64 %v.21, %v.22
  %v.23 = inttoptr i64 %record to ptr
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = add nsw i64 %v.24, %offset
  %v.26 = inttoptr i64 %bump to ptr
  call void %v.26(i64 %v.25)
  %v.27 = getelementptr i8, ptr %v.23, i64 112
  %v.28 = load i64, ptr %v.27, align 8
  %v.29 = icmp eq i64 %v.28, -1
  br i1 %v.29, label %block.6, label %block.7

block.6:
  %v.30 = getelementptr i8, ptr %v.23, i64 216
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = add nsw i64 %v.31, 1
  store i64 %v.32, ptr %v.30, align 8
  br label %block.4

block.7:
  %v.33 = getelementptr i8, ptr %v.16, i64 32
  %step = load i64, ptr %v.33, align 8
  %v.34 = icmp eq i64 %v.28, %float
  br i1 %v.34, label %block.8, label %block.9

block.8:
  %v.35 = inttoptr i64 %step to ptr
  %v.36 = load float, ptr %v.35, align 4
  %v.37 = fadd float %v.36, 1.000000e+00
  store float %v.37, ptr %v.35, align 4
  br label %block.4

block.9:
  %v.38 = inttoptr i64 %step to ptr
  %v.39 = load double, ptr %v.38, align 8
  %v.40 = fadd double %v.39, 1.000000e+00
  store double %v.40, ptr %v.38, align 8
  br label %block.4

block.10:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_run_all_on_cpu(ptr %retptr, i64 %table, i64 %which, i64 %threads) {
block.1:
  %v.1 = alloca ptr, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 64
  %launches = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 296
  %serial = load i64, ptr %v.4, align 8
  %v.5 = icmp eq i64 %which, 2
  %serial.2 = shl nsw i64 %serial, 2
  %v.6 = select i1 %v.5, i64 %serial.2, i64 %serial
  %v.7 = getelementptr i8, ptr %v.2, i64 72
  %v.8 = load i64, ptr %v.7, align 8
  %v.9 = call i64 @llvm.smax.i64(i64 %v.8, i64 0)
  br label %block.2

block.2:
  %v.10 = phi i64 [ 0, %block.1 ], [ %v.11, %block.6 ]
  %v.12 = phi i64 [ %v.9, %block.1 ], [ %v.13, %block.6 ]
  %v.14 = icmp sgt i64 %v.12, 0
  br i1 %v.14, label %block.3, label %block.7

block.3:
  %v.13 = add nsw i64 %v.12, -1
  %v.11 = add i64 %v.10, 1
  %v.15 = mul nsw i64 %v.10, 144
  %launch = add nsw i64 %launches, %v.15
  %v.16 = inttoptr i64 %launch to ptr
  %v.17 = getelementptr i8, ptr %v.16, i64 40
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = icmp eq i64 %v.18, 0
  br i1 %v.19, label %block.4, label %block.6

block.4:
  %v.20 = load i64, ptr %v.16, align 8
  %v.21 = icmp eq i64 %v.20, 0
  br i1 %v.21, label %block.6, label %block.5

block.5:
  %v.22 = getelementptr i64, ptr %v.16, i64 %which
  %v.23 = load i64, ptr %v.22, align 8
  store ptr null, ptr %v.1, align 8
  call void @_run_on_cpu(ptr %v.1, i64 %table, i64 %launch, i64 %v.23, i64 %threads, i64 %v.6)
  br label %block.6

block.6:
  br label %block.2

block.7:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_clip(ptr %retptr, i64 %table) {
block.1:
  %v.1 = alloca ptr, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 216
  %squares = load i64, ptr %v.3, align 8
  %v.4 = getelementptr i8, ptr %v.2, i64 64
  %launches = load i64, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.2, i64 96
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = call i64 @llvm.smax.i64(i64 %v.6, i64 0)
  br label %block.2

block.2:
  %v.8 = phi i64 [ 0, %block.1 ], [ %v.9, %block.4 ]
  %v.10 = phi i64 [ %v.7, %block.1 ], [ %v.11, %block.4 ]
  %wide = phi i64 [ 0, %block.1 ], [ %wide.2, %block.4 ]
  %total = phi double [ 0.000000e+00, %block.1 ], [ %total.2, %block.4 ]
  %v.12 = icmp sgt i64 %v.10, 0
  br i1 %v.12, label %block.3, label %block.6

block.3:
  %v.11 = add nsw i64 %v.10, -1
  %v.9 = add i64 %v.8, 1
  %v.13 = getelementptr i8, ptr %v.2, i64 80
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = mul nsw i64 %v.8, 48
  %row = add nsw i64 %v.14, %v.15
  %v.16 = inttoptr i64 %row to ptr
  %v.17 = getelementptr i8, ptr %v.16, i64 8
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = icmp eq i64 %v.18, 0
  br i1 %v.19, label %block.4, label %block.5

block.4:
  %total.2 = phi double [ %total, %block.3 ], [ %total.3, %block.5 ]
  %wide.2 = phi i64 [ %wide, %block.3 ], [ %wide.3, %block.5 ]
  br label %block.2

block.5:
  %v.20 = getelementptr i8, ptr %v.2, i64 88
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = mul nsw i64 %v.8, 272
  %record = add nsw i64 %v.21, %v.22
  %v.23 = inttoptr i64 %record to ptr
  %v.24 = getelementptr i8, ptr %v.23, i64 168
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = mul nsw i64 %v.25, 144
  %launch = add nsw i64 %launches, %v.26
  %v.27 = inttoptr i64 %squares to ptr
  %v.28 = getelementptr double, ptr %v.27, i64 %v.8
  %v.29 = load double, ptr %v.28, align 8
  %total.3 = fadd double %total, %v.29
  %v.30 = inttoptr i64 %launch to ptr
  %v.31 = getelementptr i8, ptr %v.30, i64 136
  %v.32 = load i64, ptr %v.31, align 8
  %wide.3 = or i64 %wide, %v.32
  br label %block.4

block.6:
  %norm = call double @llvm.sqrt.f64(double %total)
  %v.33 = getelementptr i8, ptr %v.2, i64 192
  %max_norm = load double, ptr %v.33, align 8
  %v.34 = icmp eq i64 %wide, 0
  br i1 %v.34, label %block.7, label %block.9

block.7:
  %v.35 = fptrunc double %max_norm to float
  %v.36 = fptrunc double %norm to float
  %v.37 = fadd float %v.36, 0x3EB0C6F7A0000000
  %v.38 = fdiv float 1.000000e+00, %v.37
  %v.39 = fmul float %v.38, %v.35
  %factor = fpext float %v.39 to double
  %v.40 = add nsw i64 %table, 200
  %v.41 = inttoptr i64 %v.40 to ptr
  store float %v.36, ptr %v.41, align 4
  br label %block.8

block.8:
  %factor.2 = phi double [ %factor, %block.7 ], [ %factor.3, %block.9 ]
  %v.42 = fcmp ogt double %factor.2, 1.000000e+00
  %factor.4 = select i1 %v.42, double 1.000000e+00, double %factor.2
  %v.43 = fcmp uno double %factor.4, 0.000000e+00
  %factor.5 = select i1 %v.43, double 0x7FF8000000000000, double %factor.4
  %v.44 = getelementptr i8, ptr %v.2, i64 208
  store i64 %wide, ptr %v.44, align 8
  store ptr null, ptr %v.1, align 8
  call void @_set_clip(ptr %v.1, i64 %table, double %factor.5)
  store ptr null, ptr %retptr, align 8
  ret void

block.9:
  %v.45 = fadd double %norm, 0x3EB0C6F7A0B5ED8D
  %v.46 = fdiv double 1.000000e+00, %v.45
  %factor.3 = fmul double %max_norm, %v.46
  %v.47 = getelementptr i8, ptr %v.2, i64 200
  store double %norm, ptr %v.47, align 8
  br label %block.8
}

define internal void @_set_clip(ptr %retptr, i64 %table, double %factor) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 64
  %launches = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 72
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.7 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.7 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.8

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = mul nsw i64 %v.6, 144
  %launch = add nsw i64 %launches, %v.11
  %v.12 = inttoptr i64 %launch to ptr
  %v.13 = getelementptr i8, ptr %v.12, i64 40
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = icmp eq i64 %v.14, 0
  br i1 %v.15, label %block.4, label %block.7

block.4:
  %v.16 = getelementptr i8, ptr %v.12, i64 24
  %v.17 = load i64, ptr %v.16, align 8
  %v.18 = inttoptr i64 %v.17 to ptr
  %v.19 = getelementptr i8, ptr %v.18, i64 40
  %scalars = load i64, ptr %v.19, align 8
  %v.20 = getelementptr i8, ptr %v.12, i64 136
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = icmp eq i64 %v.21, 0
  br i1 %v.22, label %block.5, label %block.6

block.5:
  %v.23 = fptrunc double %factor to float
  %v.24 = inttoptr i64 %scalars to ptr
  %v.25 = getelementptr i8, ptr %v.24, i64 24
  store float %v.23, ptr %v.25, align 4
  br label %block.7

block.6:
  %v.26 = inttoptr i64 %scalars to ptr
  %v.27 = getelementptr i8, ptr %v.26, i64 48
  store double %factor, ptr %v.27, align 8
  br label %block.7

block.7:
  br label %block.2

block.8:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_copy_by_torch.2(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 96
  %v.3 = load i64, ptr %v.2, align 8
  %v.4 = call i64 @llvm.smax.i64(i64 %v.3, i64 0)
  br label %block.2

block.2:
  %v.5 = phi i64 [ 0, %block.1 ], [ %v.6, %block.4 ]
  %v.7 = phi i64 [ %v.4, %block.1 ], [ %v.8, %block.4 ]
  %good = phi i1 [ true, %block.1 ], [ %good.2, %block.4 ]
  %v.9 = icmp sgt i64 %v.7, 0
  br i1 %v.9, label %block.3, label %block.11

block.3:
  %v.8 = add nsw i64 %v.7, -1
  %v.6 = add i64 %v.5, 1
  %v.10 = getelementptr i8, ptr %v.1, i64 80
  %v.11 = load i64, ptr %v.10, align 8
  %v.12 = mul nsw i64 %v.5, 48
  %row = add nsw i64 %v.11, %v.12
  %v.13 = inttoptr i64 %row to ptr
  %v.14 = getelementptr i8, ptr %v.13, i64 8
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = icmp eq i64 %v.15, 0
  br i1 %v.16, label %block.4, label %block.5

block.4:
  %good.2 = phi i1 [ %good, %block.3 ], [ %good, %block.5 ], [ %good, %block.6 ], [ %good.3, %block.7 ]
  br label %block.2

block.5:
  %v.17 = getelementptr i8, ptr %v.1, i64 88
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = mul nsw i64 %v.5, 272
  %record = add nsw i64 %v.18, %v.19
  %v.20 = inttoptr i64 %record to ptr
  %v.21 = getelementptr i8, ptr %v.20, i64 160
  %v.22 = load i64, ptr %v.21, align 8
  %v.23 = icmp eq i64 %v.22, 0
  br i1 %v.23, label %block.4, label %block.6

block.6:
  %v.24 = getelementptr i8, ptr %v.1, i64 64
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = getelementptr i8, ptr %v.20, i64 168
  %number = load i64, ptr %v.26, align 8
  %v.27 = mul nsw i64 %number, 144
  %launch = add nsw i64 %v.25, %v.27
  %v.28 = inttoptr i64 %launch to ptr
  %v.29 = getelementptr i8, ptr %v.28, i64 40
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = icmp eq i64 %v.30, 0
  br i1 %v.31, label %block.4, label %block.7

block.7:
  %v.32 = phi i64 [ 0, %block.6 ], [ %v.33, %block.9 ]
  %v.34 = phi i64 [ 4, %block.6 ], [ %v.35, %block.9 ]
  %good.3 = phi i1 [ %good, %block.6 ], [ %good.4, %block.9 ]
  %v.36 = icmp sgt i64 %v.34, 0
  br i1 %v.36, label %block.8, label %block.4

block.8:
  %v.35 = add nsw i64 %v.34, -1
  %v.33 = add i64 %v.32, 1
  %layouts = load i64, ptr %v.21, align 8
  %v.37 = icmp eq i64 %layouts, 0
  %v.38 = shl nsw i64 %v.32, 5
  %v.39 = add nsw i64 %layouts, %v.38
  %layout = select i1 %v.37, i64 0, i64 %v.39
  %v.40 = inttoptr i64 %layout to ptr
  %v.41 = getelementptr i8, ptr %v.40, i64 16
  %v.42 = load i64, ptr %v.41, align 8
  %v.43 = icmp eq i64 %v.42, 0
  br i1 %v.43, label %block.9, label %block.10

block.9:
  %good.4 = phi i1 [ %good.3, %block.8 ], [ %v.44, %block.10 ]
  br label %block.7

block.10:
  %v.45 = getelementptr i8, ptr %v.1, i64 160
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = inttoptr i64 %v.46 to ptr
  %v.48 = shl i64 %v.5, 5
  %v.49 = getelementptr i8, ptr %v.47, i64 %v.48
  %v.50 = getelementptr i64, ptr %v.49, i64 %v.32
  %own = load i64, ptr %v.50, align 8
  %v.51 = getelementptr i8, ptr %v.40, i64 24
  %v.52 = load i64, ptr %v.51, align 8
  %v.53 = getelementptr i8, ptr %v.1, i64 288
  %v.54 = load i64, ptr %v.53, align 8
  %dense = add nsw i64 %v.52, %v.54
  %v.55 = getelementptr i8, ptr %v.1, i64 400
  %v.56 = load i64, ptr %v.55, align 8
  %v.57 = inttoptr i64 %v.56 to ptr
  %v.58 = call i32 %v.57(i64 %own, i64 %dense, i64 0)
  %v.59 = icmp eq i32 %v.58, 0
  %v.44 = select i1 %v.59, i1 %good.3, i1 false
  br label %block.9

block.11:
  %v.60 = zext i1 %good to i8
  store i8 %v.60, ptr %retptr, align 1
  ret void
}

define internal void @_add_up(ptr %retptr, i64 %table) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 216
  %squares = load i64, ptr %v.2, align 8
  %v.3 = getelementptr i8, ptr %v.1, i64 96
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.2

block.2:
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.3 ]
  %v.8 = phi i64 [ %v.5, %block.1 ], [ %v.9, %block.3 ]
  %v.10 = icmp sgt i64 %v.8, 0
  br i1 %v.10, label %block.3, label %block.4

block.3:
  %v.9 = add nsw i64 %v.8, -1
  %v.7 = add i64 %v.6, 1
  %v.11 = inttoptr i64 %squares to ptr
  %v.12 = getelementptr double, ptr %v.11, i64 %v.6
  store double 0.000000e+00, ptr %v.12, align 8
  br label %block.2

block.4:
  %v.13 = getelementptr i8, ptr %v.1, i64 64
  %launches = load i64, ptr %v.13, align 8
  %v.14 = getelementptr i8, ptr %v.1, i64 72
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = call i64 @llvm.smax.i64(i64 %v.15, i64 0)
  br label %block.5

block.5:
  %v.17 = phi i64 [ 0, %block.4 ], [ %v.18, %block.10 ]
  %v.19 = phi i64 [ %v.16, %block.4 ], [ %v.20, %block.10 ]
  %v.21 = icmp sgt i64 %v.19, 0
  br i1 %v.21, label %block.6, label %block.11

block.6:
  %v.20 = add nsw i64 %v.19, -1
  %v.18 = add i64 %v.17, 1
  %v.22 = mul nsw i64 %v.17, 144
  %launch = add nsw i64 %launches, %v.22
  %v.23 = inttoptr i64 %launch to ptr
  %v.24 = getelementptr i8, ptr %v.23, i64 40
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = icmp eq i64 %v.25, 0
  br i1 %v.26, label %block.7, label %block.10

block.7:
  %v.27 = getelementptr i8, ptr %v.23, i64 24
  %job = load i64, ptr %v.27, align 8
  %v.28 = inttoptr i64 %job to ptr
  %v.29 = getelementptr i8, ptr %v.28, i64 8
  %segments = load i64, ptr %v.29, align 8
  %v.30 = getelementptr i8, ptr %v.28, i64 64
  %sums = load i64, ptr %v.30, align 8
  %v.31 = getelementptr i8, ptr %v.28, i64 16
  %v.32 = load i64, ptr %v.31, align 8
  %v.33 = getelementptr i8, ptr %v.28, i64 24
  %v.34 = load i64, ptr %v.33, align 8
  %v.35 = inttoptr i64 %v.32 to ptr
  %v.36 = getelementptr i64, ptr %v.35, i64 %v.34
  %v.37 = load i64, ptr %v.36, align 8
  %v.38 = call i64 @llvm.smax.i64(i64 %v.37, i64 0)
  br label %block.8

block.8:
  %v.39 = phi i64 [ 0, %block.7 ], [ %v.40, %block.9 ]
  %v.41 = phi i64 [ %v.38, %block.7 ], [ %v.42, %block.9 ]
  %v.43 = icmp sgt i64 %v.41, 0
  br i1 %v.43, label %block.9, label %block.10

block.9:
  %v.42 = add nsw i64 %v.41, -1
  %v.40 = add i64 %v.39, 1
  %v.44 = inttoptr i64 %segments to ptr
  %v.45 = mul i64 %v.39, 24
  %v.46 = getelementptr i8, ptr %v.44, i64 %v.45
  %i = load i64, ptr %v.46, align 8
  %v.47 = inttoptr i64 %squares to ptr
  %v.48 = getelementptr double, ptr %v.47, i64 %i
  %v.49 = load double, ptr %v.48, align 8
  %v.50 = inttoptr i64 %sums to ptr
  %v.51 = getelementptr double, ptr %v.50, i64 %v.39
  %v.52 = load double, ptr %v.51, align 8
  %v.53 = fadd double %v.49, %v.52
  store double %v.53, ptr %v.48, align 8
  br label %block.8

block.10:
  br label %block.5

block.11:
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_run_on_cpu(ptr %retptr, i64 %table, i64 %launch, i64 %function, i64 %threads, i64 %serial) {
block.1:
  %v.1 = inttoptr i64 %launch to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 24
  %job = load i64, ptr %v.2, align 8
  %v.3 = inttoptr i64 %job to ptr
  %v.4 = getelementptr i8, ptr %v.3, i64 32
  store i64 0, ptr %v.4, align 8
  %v.5 = getelementptr i8, ptr %v.1, i64 32
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = call i64 @llvm.smin.i64(i64 %v.6, i64 %threads)
  %v.8 = inttoptr i64 %table to ptr
  %v.9 = getelementptr i8, ptr %v.8, i64 344
  %v.10 = load i64, ptr %v.9, align 8
  %v.11 = inttoptr i64 %v.10 to ptr
  %parallel_for = load i64, ptr %v.11, align 8
  %v.12 = icmp sgt i64 %v.7, 1
  br i1 %v.12, label %block.2, label %block.4

block.2:
  %v.13 = load i64, ptr %v.1, align 8
  %v.14 = icmp sgt i64 %v.13, %serial
  br i1 %v.14, label %block.3, label %block.4

block.3:
  %v.15 = inttoptr i64 %parallel_for to ptr
  %v.16 = call i32 %v.15(i64 0, i64 %v.7, i64 1, i64 %function, i64 %job)
  br label %block.4

block.4:
  %v.17 = inttoptr i64 %function to ptr
  call void %v.17(i64 0, i64 1, i64 %job)
  store ptr null, ptr %retptr, align 8
  ret void
}

define internal void @_copy(ptr %retptr, i64 %source, i64 %source_strides, i64 %target, i64 %target_strides, i64 %sizes, i64 %ndim, i64 %numel, i64 %itemsize) {
block.1:
  %v.1 = icmp eq i64 %ndim, 0
  br i1 %v.1, label %block.2, label %block.31

block.2:
  %v.2 = phi i64 [ 0, %block.1 ], [ %v.3, %block.31 ]
  %v.4 = phi i64 [ 1, %block.1 ], [ %v.5, %block.31 ]
  %v.6 = phi i64 [ 0, %block.1 ], [ %v.7, %block.31 ]
  %v.8 = call i64 @llvm.smax.i64(i64 %v.4, i64 1)
  %v.9 = or i64 %numel, %v.8
  %v.10 = icmp ult i64 %v.9, 4294967296
  br i1 %v.10, label %block.3, label %block.30

block.3:
  %v.11 = trunc i64 %v.8 to i32
  %v.12 = trunc i64 %numel to i32
  %v.13 = udiv i32 %v.12, %v.11
  %v.14 = zext i32 %v.13 to i64
  br label %block.4

block.4:
  %v.15 = phi i64 [ %v.14, %block.3 ], [ %v.16, %block.30 ]
  %v.17 = phi i64 [ 0, %block.3 ], [ %v.18, %block.30 ]
  %v.19 = add i64 %v.15, %v.17
  %v.20 = call i64 @llvm.smax.i64(i64 %v.19, i64 0)
  br label %block.5

block.5:
  %v.21 = phi i64 [ 0, %block.4 ], [ %v.22, %block.21 ]
  %v.23 = phi i64 [ %v.20, %block.4 ], [ %v.24, %block.21 ]
  %v.25 = icmp sgt i64 %v.23, 0
  br i1 %v.25, label %block.6, label %block.29

block.6:
  %v.24 = add nsw i64 %v.23, -1
  %v.22 = add i64 %v.21, 1
  %v.26 = add i64 %ndim, -1
  %v.27 = call i64 @llvm.smax.i64(i64 %v.26, i64 0)
  br label %block.7

block.7:
  %v.28 = phi i64 [ 1, %block.6 ], [ %v.29, %block.9 ]
  %v.30 = phi i64 [ %v.27, %block.6 ], [ %v.31, %block.9 ]
  %b = phi i64 [ %target, %block.6 ], [ %b.2, %block.9 ]
  %a = phi i64 [ %source, %block.6 ], [ %a.2, %block.9 ]
  %rest = phi i64 [ %v.21, %block.6 ], [ %quot, %block.9 ]
  %v.32 = icmp sgt i64 %v.30, 0
  br i1 %v.32, label %block.8, label %block.20

block.8:
  %v.31 = add nsw i64 %v.30, -1
  %v.29 = add i64 %v.28, 1
  %v.33 = xor i64 %v.28, -1
  %d = add i64 %ndim, %v.33
  %v.34 = inttoptr i64 %sizes to ptr
  %v.35 = getelementptr i64, ptr %v.34, i64 %d
  %size = load i64, ptr %v.35, align 8
  %v.36 = icmp eq i64 %size, 0
  br i1 %v.36, label %block.9, label %block.10

block.9:
  %rem = phi i64 [ 0, %block.8 ], [ %v.37, %block.15 ], [ %v.37, %block.18 ]
  %quot = phi i64 [ 0, %block.8 ], [ 0, %block.15 ], [ %v.38, %block.18 ]
  %v.39 = inttoptr i64 %source_strides to ptr
  %v.40 = getelementptr i64, ptr %v.39, i64 %d
  %v.41 = load i64, ptr %v.40, align 8
  %v.42 = mul nsw i64 %rem, %v.41
  %v.43 = mul nsw i64 %v.42, %itemsize
  %a.2 = add nsw i64 %a, %v.43
  %v.44 = inttoptr i64 %target_strides to ptr
  %v.45 = getelementptr i64, ptr %v.44, i64 %d
  %v.46 = load i64, ptr %v.45, align 8
  %v.47 = mul nsw i64 %rem, %v.46
  %v.48 = mul nsw i64 %v.47, %itemsize
  %b.2 = add nsw i64 %b, %v.48
  br label %block.7

block.10:
  %v.49 = icmp ne i64 %rest, -9223372036854775808
  %v.50 = icmp ne i64 %size, -1
  %v.51 = or i1 %v.49, %v.50
  br i1 %v.51, label %block.11, label %block.15

block.11:
  %v.52 = or i64 %rest, %size
  %v.53 = icmp ult i64 %v.52, 4294967296
  br i1 %v.53, label %block.12, label %block.14

block.12:
  %v.54 = trunc i64 %size to i32
  %v.55 = trunc i64 %rest to i32
  %v.56 = urem i32 %v.55, %v.54
  %v.57 = zext i32 %v.56 to i64
  br label %block.13

block.13:
  %v.58 = phi i64 [ %v.57, %block.12 ], [ %v.59, %block.14 ]
  %v.60 = xor i64 %size, %v.58
  %v.61 = icmp slt i64 %v.60, 0
  %v.62 = icmp ne i64 %v.58, 0
  %v.63 = and i1 %v.62, %v.61
  %v.64 = select i1 %v.63, i64 %size, i64 0
  %v.65 = add i64 %v.58, %v.64
  br label %block.15

block.14:
  %v.59 = srem i64 %rest, %size
  br label %block.13

block.15:
  %v.37 = phi i64 [ 0, %block.10 ], [ %v.65, %block.13 ]
  br i1 %v.51, label %block.16, label %block.9

block.16:
  %v.66 = or i64 %rest, %size
  %v.67 = icmp ult i64 %v.66, 4294967296
  br i1 %v.67, label %block.17, label %block.19

block.17:
  %v.68 = trunc i64 %size to i32
  %v.69 = trunc i64 %rest to i32
  %v.70 = udiv i32 %v.69, %v.68
  %v.71 = urem i32 %v.69, %v.68
  %v.72 = zext i32 %v.70 to i64
  %v.73 = zext i32 %v.71 to i64
  br label %block.18

block.18:
  %v.74 = phi i64 [ %v.72, %block.17 ], [ %v.75, %block.19 ]
  %v.76 = phi i64 [ %v.73, %block.17 ], [ %v.77, %block.19 ]
  %v.78 = xor i64 %size, %v.76
  %v.79 = icmp slt i64 %v.78, 0
  %v.80 = icmp ne i64 %v.76, 0
  %v.81 = and i1 %v.80, %v.79
  %v.82 = sext i1 %v.81 to i64
  %v.38 = add i64 %v.74, %v.82
  br label %block.9

block.19:
  %v.75 = sdiv i64 %rest, %size
  %v.77 = srem i64 %rest, %size
  br label %block.18

block.20:
  %v.83 = call i64 @llvm.smax.i64(i64 %v.4, i64 0)
  br label %block.21

block.21:
  %v.84 = phi i64 [ %v.83, %block.20 ], [ %v.85, %block.26 ]
  %b.3 = phi i64 [ %b, %block.20 ], [ %b.4, %block.26 ]
  %a.3 = phi i64 [ %a, %block.20 ], [ %a.4, %block.26 ]
  %v.86 = icmp sgt i64 %v.84, 0
  br i1 %v.86, label %block.22, label %block.5

block.22:
  %v.85 = add nsw i64 %v.84, -1
  switch i64 %itemsize, label %block.23 [
    i64 4, label %block.27
    i64 2, label %block.28
  ]

block.23:
  %v.87 = ashr i64 %itemsize, 3
  %v.88 = call i64 @llvm.smax.i64(i64 %v.87, i64 0)
  br label %block.24

block.24:
  %v.89 = phi i64 [ 0, %block.23 ], [ %v.90, %block.25 ]
  %v.91 = phi i64 [ %v.88, %block.23 ], [ %v.92, %block.25 ]
  %v.93 = icmp sgt i64 %v.91, 0
  br i1 %v.93, label %block.25, label %block.26

block.25:
  %v.92 = add nsw i64 %v.91, -1
  %v.90 = add i64 %v.89, 1
  %v.94 = inttoptr i64 %a.3 to ptr
  %v.95 = getelementptr i64, ptr %v.94, i64 %v.89
  %v.96 = load i64, ptr %v.95, align 8
  %v.97 = inttoptr i64 %b.3 to ptr
  %v.98 = getelementptr i64, ptr %v.97, i64 %v.89
  store i64 %v.96, ptr %v.98, align 8
  br label %block.24

block.26:
  %a.4 = add nsw i64 %a.3, %v.2
  %b.4 = add nsw i64 %b.3, %v.6
  br label %block.21

block.27:
  %v.99 = inttoptr i64 %a.3 to ptr
  %v.100 = load i32, ptr %v.99, align 4
  %v.101 = inttoptr i64 %b.3 to ptr
  store i32 %v.100, ptr %v.101, align 4
  br label %block.26

block.28:
  %v.102 = inttoptr i64 %a.3 to ptr
  %v.103 = load i16, ptr %v.102, align 2
  %v.104 = inttoptr i64 %b.3 to ptr
  store i16 %v.103, ptr %v.104, align 2
  br label %block.26

block.29:
  store ptr null, ptr %retptr, align 8
  ret void

block.30:
  %v.16 = sdiv i64 %numel, %v.8
  %v.105 = srem i64 %numel, %v.8
  %v.18 = ashr i64 %v.105, 63
  br label %block.4

block.31:
  %v.106 = inttoptr i64 %sizes to ptr
  %v.107 = getelementptr i64, ptr %v.106, i64 %ndim
  %v.108 = getelementptr i8, ptr %v.107, i64 -8
  %v.5 = load i64, ptr %v.108, align 8
  %v.109 = inttoptr i64 %source_strides to ptr
  %v.110 = getelementptr i64, ptr %v.109, i64 %ndim
  %v.111 = getelementptr i8, ptr %v.110, i64 -8
  %v.112 = load i64, ptr %v.111, align 8
  %v.3 = mul nsw i64 %v.112, %itemsize
  %v.113 = inttoptr i64 %target_strides to ptr
  %v.114 = getelementptr i64, ptr %v.113, i64 %ndim
  %v.115 = getelementptr i8, ptr %v.114, i64 -8
  %v.116 = load i64, ptr %v.115, align 8
  %v.7 = mul nsw i64 %v.116, %itemsize
  br label %block.2
}

define internal void @_copy_address(ptr %retptr, i64 %table, i64 %tensor, i64 %record, i64 %column) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = inttoptr i64 %table to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 280
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = add nsw i64 %tensor, %v.4
  %v.6 = inttoptr i64 %v.5 to ptr
  %kind = load i64, ptr %v.6, align 8
  %v.7 = getelementptr i8, ptr %v.2, i64 232
  %v.8 = load i64, ptr %v.7, align 8
  %v.9 = icmp eq i64 %kind, %v.8
  br i1 %v.9, label %block.2, label %block.4

block.2:
  %v.10 = getelementptr i8, ptr %v.2, i64 288
  %v.11 = load i64, ptr %v.10, align 8
  %handle = add nsw i64 %tensor, %v.11
  %v.12 = inttoptr i64 %record to ptr
  %v.13 = icmp eq i64 %column, 0
  %v.14 = select i1 %v.13, i64 120, i64 128
  %v.15 = getelementptr i8, ptr %v.12, i64 %v.14
  %v.16 = select i1 %v.13, i64 96, i64 104
  %v.17 = getelementptr i8, ptr %v.12, i64 %v.16
  %dtype = load i64, ptr %v.17, align 8
  %itemsize = load i64, ptr %v.15, align 8
  store i64 0, ptr %v.1, align 8
  call void @_dense_address(ptr %v.1, i64 %table, i64 %handle, i64 %record, i64 %dtype, i64 %itemsize)
  %v.18 = load i64, ptr %v.1, align 8
  br label %block.3

block.3:
  %storemerge = phi i64 [ %v.18, %block.2 ], [ 0, %block.4 ]
  store i64 %storemerge, ptr %retptr, align 8
  ret void

block.4:
  %v.19 = getelementptr i8, ptr %v.2, i64 240
  %v.20 = load i64, ptr %v.19, align 8
  %v.21 = icmp eq i64 %kind, %v.20
  br i1 %v.21, label %block.2, label %block.3
}

define internal void @_dense_address(ptr %retptr, i64 %table, i64 %handle, i64 %record, i64 %dtype, i64 %itemsize) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = inttoptr i64 %record to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 152
  %v.4 = load i64, ptr %v.3, align 8
  store i8 0, ptr %v.1, align 1
  call void @_is_of_kind(ptr %v.1, i64 %table, i64 %handle, i64 %record, i64 %dtype, i64 %v.4)
  %v.5 = load i8, ptr %v.1, align 1
  %v.6 = icmp eq i8 %v.5, 0
  br i1 %v.6, label %block.2, label %block.4

block.2:
  store i64 0, ptr %retptr, align 8
  br label %block.3

block.3:
  ret void

block.4:
  %v.7 = getelementptr i8, ptr %v.2, i64 136
  %v.8 = load i64, ptr %v.7, align 8
  %n_bytes = mul nsw i64 %v.8, %itemsize
  %v.9 = icmp eq i64 %n_bytes, 0
  br i1 %v.9, label %block.5, label %block.6

block.5:
  store i64 1, ptr %retptr, align 8
  br label %block.3

block.6:
  %scratch = add nsw i64 %table, 592
  %v.10 = inttoptr i64 %table to ptr
  %v.11 = getelementptr i8, ptr %v.10, i64 528
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = inttoptr i64 %v.12 to ptr
  %v.14 = call i32 %v.13(i64 %handle, i64 %scratch)
  %v.15 = icmp eq i32 %v.14, 0
  br i1 %v.15, label %block.7, label %block.8

block.7:
  %v.16 = inttoptr i64 %scratch to ptr
  %v.17 = load i64, ptr %v.16, align 8
  br label %block.8

block.8:
  %v.18 = phi i64 [ -1, %block.6 ], [ %v.17, %block.7 ]
  %first = mul nsw i64 %v.18, %itemsize
  %v.19 = icmp slt i64 %first, 0
  br i1 %v.19, label %block.9, label %block.10

block.9:
  store i64 0, ptr %retptr, align 8
  br label %block.3

block.10:
  %v.20 = add nsw i64 %first, %n_bytes
  %v.21 = getelementptr i8, ptr %v.10, i64 520
  %v.22 = load i64, ptr %v.21, align 8
  %v.23 = inttoptr i64 %v.22 to ptr
  %v.24 = call i32 %v.23(i64 %handle, i64 %scratch)
  %v.25 = icmp eq i32 %v.24, 0
  br i1 %v.25, label %block.11, label %block.12

block.11:
  %v.26 = inttoptr i64 %scratch to ptr
  %v.27 = load i64, ptr %v.26, align 8
  br label %block.12

block.12:
  %v.28 = phi i64 [ -1, %block.10 ], [ %v.27, %block.11 ]
  %v.29 = icmp sgt i64 %v.20, %v.28
  br i1 %v.29, label %block.9, label %block.13

block.13:
  %v.30 = getelementptr i8, ptr %v.10, i64 512
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = inttoptr i64 %v.31 to ptr
  %v.33 = call i32 %v.32(i64 %handle, i64 %scratch)
  %v.34 = icmp eq i32 %v.33, 0
  br i1 %v.34, label %block.14, label %block.15

block.14:
  %v.35 = inttoptr i64 %scratch to ptr
  %v.36 = load i64, ptr %v.35, align 8
  br label %block.15

block.15:
  %v.37 = phi i64 [ -1, %block.13 ], [ %v.36, %block.14 ]
  store i64 %v.37, ptr %retptr, align 8
  br label %block.3
}

define internal void @_is_of_kind(ptr %retptr, i64 %table, i64 %handle, i64 %record, i64 %dtype, i64 %expected) {
block.1:
  %scratch = add nsw i64 %table, 592
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 568
  %v.3 = load i64, ptr %v.2, align 8
  %v.4 = inttoptr i64 %v.3 to ptr
  %v.5 = call i32 %v.4(i64 %handle, i64 %scratch)
  %v.6 = icmp eq i32 %v.5, 0
  br i1 %v.6, label %block.2, label %block.3

block.2:
  %v.7 = inttoptr i64 %scratch to ptr
  %v.8 = load i32, ptr %v.7, align 4
  %v.9 = sext i32 %v.8 to i64
  br label %block.3

block.3:
  %v.10 = phi i64 [ -2, %block.1 ], [ %v.9, %block.2 ]
  %v.11 = getelementptr i8, ptr %v.1, i64 248
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = icmp eq i64 %v.10, %v.12
  br i1 %v.13, label %block.4, label %block.38

block.4:
  %v.14 = getelementptr i8, ptr %v.1, i64 576
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = inttoptr i64 %v.15 to ptr
  %v.17 = call i32 %v.16(i64 %handle, i64 %scratch)
  %v.18 = icmp eq i32 %v.17, 0
  br i1 %v.18, label %block.5, label %block.6

block.5:
  %v.19 = inttoptr i64 %scratch to ptr
  %v.20 = load i32, ptr %v.19, align 4
  %v.21 = sext i32 %v.20 to i64
  br label %block.6

block.6:
  %v.22 = phi i64 [ -2, %block.4 ], [ %v.21, %block.5 ]
  %v.23 = inttoptr i64 %record to ptr
  %v.24 = getelementptr i8, ptr %v.23, i64 80
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = icmp eq i64 %v.22, %v.25
  br i1 %v.26, label %block.7, label %block.37

block.7:
  %v.27 = getelementptr i8, ptr %v.23, i64 88
  %index = load i64, ptr %v.27, align 8
  %v.28 = icmp sgt i64 %index, -1
  br i1 %v.28, label %block.8, label %block.12

block.8:
  %v.29 = getelementptr i8, ptr %v.1, i64 584
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = inttoptr i64 %v.30 to ptr
  %v.32 = call i32 %v.31(i64 %handle, i64 %scratch)
  %v.33 = icmp eq i32 %v.32, 0
  br i1 %v.33, label %block.9, label %block.10

block.9:
  %v.34 = inttoptr i64 %scratch to ptr
  %v.35 = load i32, ptr %v.34, align 4
  %v.36 = sext i32 %v.35 to i64
  %v.37 = icmp eq i64 %index, %v.36
  br i1 %v.37, label %block.12, label %block.10

block.10:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.11:
  ret void

block.12:
  %v.38 = getelementptr i8, ptr %v.1, i64 536
  %v.39 = load i64, ptr %v.38, align 8
  %v.40 = inttoptr i64 %v.39 to ptr
  %v.41 = call i32 %v.40(i64 %handle, i64 %scratch)
  %v.42 = icmp eq i32 %v.41, 0
  br i1 %v.42, label %block.13, label %block.14

block.13:
  %v.43 = inttoptr i64 %scratch to ptr
  %v.44 = load i32, ptr %v.43, align 4
  %v.45 = sext i32 %v.44 to i64
  br label %block.14

block.14:
  %v.46 = phi i64 [ -2, %block.12 ], [ %v.45, %block.13 ]
  %v.47 = icmp eq i64 %v.46, %dtype
  br i1 %v.47, label %block.15, label %block.36

block.15:
  %v.48 = getelementptr i8, ptr %v.1, i64 432
  %v.49 = load i64, ptr %v.48, align 8
  %v.50 = inttoptr i64 %v.49 to ptr
  %v.51 = call i8 %v.50(i64 %handle)
  %v.52 = getelementptr i8, ptr %v.1, i64 440
  %v.53 = load i64, ptr %v.52, align 8
  %v.54 = inttoptr i64 %v.53 to ptr
  %v.55 = call i8 %v.54(i64 %handle)
  %v.56 = or i8 %v.51, %v.55
  %v.57 = and i8 %v.56, 1
  %v.58 = icmp eq i8 %v.57, 0
  br i1 %v.58, label %block.16, label %block.36

block.16:
  %v.59 = getelementptr i8, ptr %v.23, i64 144
  %ndim = load i64, ptr %v.59, align 8
  %v.60 = getelementptr i8, ptr %v.1, i64 544
  %v.61 = load i64, ptr %v.60, align 8
  %v.62 = inttoptr i64 %v.61 to ptr
  %v.63 = call i32 %v.62(i64 %handle, i64 %scratch)
  %v.64 = icmp eq i32 %v.63, 0
  br i1 %v.64, label %block.17, label %block.18

block.17:
  %v.65 = inttoptr i64 %scratch to ptr
  %v.66 = load i64, ptr %v.65, align 8
  br label %block.18

block.18:
  %v.67 = phi i64 [ -1, %block.16 ], [ %v.66, %block.17 ]
  %v.68 = icmp eq i64 %v.67, %ndim
  br i1 %v.68, label %block.19, label %block.35

block.19:
  %v.69 = icmp eq i64 %ndim, 0
  br i1 %v.69, label %block.20, label %block.21

block.20:
  store i8 1, ptr %retptr, align 1
  br label %block.11

block.21:
  %v.70 = getelementptr i8, ptr %v.1, i64 552
  %v.71 = load i64, ptr %v.70, align 8
  %v.72 = inttoptr i64 %v.71 to ptr
  %v.73 = call i32 %v.72(i64 %handle, i64 %scratch)
  %v.74 = icmp eq i32 %v.73, 0
  br i1 %v.74, label %block.22, label %block.23

block.22:
  %v.75 = inttoptr i64 %scratch to ptr
  %v.76 = load i64, ptr %v.75, align 8
  br label %block.23

block.23:
  %sizes = phi i64 [ -1, %block.21 ], [ %v.76, %block.22 ]
  %v.77 = getelementptr i8, ptr %v.1, i64 560
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = inttoptr i64 %v.78 to ptr
  %v.80 = call i32 %v.79(i64 %handle, i64 %scratch)
  %v.81 = icmp eq i32 %v.80, 0
  br i1 %v.81, label %block.24, label %block.25

block.24:
  %v.82 = inttoptr i64 %scratch to ptr
  %v.83 = load i64, ptr %v.82, align 8
  br label %block.25

block.25:
  %strides = phi i64 [ -1, %block.23 ], [ %v.83, %block.24 ]
  %v.84 = call i64 @llvm.smax.i64(i64 %ndim, i64 0)
  br label %block.26

block.26:
  %v.85 = phi i64 [ 0, %block.25 ], [ %v.86, %block.29 ]
  %v.87 = phi i64 [ %v.84, %block.25 ], [ %v.88, %block.29 ]
  %v.89 = icmp sgt i64 %v.87, 0
  br i1 %v.89, label %block.27, label %block.34

block.27:
  %v.88 = add nsw i64 %v.87, -1
  %v.86 = add i64 %v.85, 1
  %v.90 = inttoptr i64 %expected to ptr
  %v.91 = getelementptr i64, ptr %v.90, i64 %v.85
  %size = load i64, ptr %v.91, align 8
  %v.92 = inttoptr i64 %sizes to ptr
  %v.93 = getelementptr i64, ptr %v.92, i64 %v.85
  %v.94 = load i64, ptr %v.93, align 8
  %v.95 = icmp eq i64 %v.94, %size
  br i1 %v.95, label %block.28, label %block.33

block.28:
  %v.96 = icmp eq i64 %size, 1
  br i1 %v.96, label %block.29, label %block.30

block.29:
  br label %block.26

block.30:
  %v.97 = getelementptr i8, ptr %v.23, i64 136
  %v.98 = load i64, ptr %v.97, align 8
  %v.99 = icmp eq i64 %v.98, 0
  br i1 %v.99, label %block.29, label %block.31

block.31:
  %v.100 = inttoptr i64 %strides to ptr
  %v.101 = getelementptr i64, ptr %v.100, i64 %v.85
  %v.102 = load i64, ptr %v.101, align 8
  %v.103 = getelementptr i64, ptr %v.90, i64 %ndim
  %v.104 = getelementptr i64, ptr %v.103, i64 %v.85
  %v.105 = load i64, ptr %v.104, align 8
  %v.106 = icmp eq i64 %v.102, %v.105
  br i1 %v.106, label %block.29, label %block.32

block.32:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.33:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.34:
  store i8 1, ptr %retptr, align 1
  br label %block.11

block.35:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.36:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.37:
  store i8 0, ptr %retptr, align 1
  br label %block.11

block.38:
  store i8 0, ptr %retptr, align 1
  br label %block.11
}

define internal void @_is_apart(ptr %retptr, i64 %table, i64 %i, i64 %address, i64 %n_bytes) {
block.1:
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 152
  %apart = load i64, ptr %v.2, align 8
  %v.3 = inttoptr i64 %apart to ptr
  %v.4 = getelementptr i64, ptr %v.3, i64 %i
  %v.5 = load i64, ptr %v.4, align 8
  %v.6 = icmp eq i64 %v.5, %address
  br i1 %v.6, label %block.2, label %block.4

block.2:
  store i8 1, ptr %retptr, align 1
  br label %block.3

block.3:
  ret void

block.4:
  %v.7 = getelementptr i8, ptr %v.1, i64 136
  %n = load i64, ptr %v.7, align 8
  %v.8 = getelementptr i8, ptr %v.1, i64 128
  %ends = load i64, ptr %v.8, align 8
  %v.9 = icmp sgt i64 %n, 0
  br i1 %v.9, label %block.5, label %block.6

block.5:
  %high = phi i64 [ %n, %block.4 ], [ %high.2, %block.5 ]
  %low = phi i64 [ 0, %block.4 ], [ %low.2, %block.5 ]
  %v.10 = add nuw nsw i64 %low, %high
  %middle = lshr i64 %v.10, 1
  %v.11 = inttoptr i64 %ends to ptr
  %v.12 = getelementptr i64, ptr %v.11, i64 %middle
  %v.13 = load i64, ptr %v.12, align 8
  %v.14 = icmp sgt i64 %v.13, %address
  %low.3 = add nuw nsw i64 %middle, 1
  %low.2 = select i1 %v.14, i64 %low, i64 %low.3
  %high.2 = select i1 %v.14, i64 %middle, i64 %high
  %v.15 = icmp slt i64 %low.2, %high.2
  br i1 %v.15, label %block.5, label %block.6

block.6:
  %low.4 = phi i64 [ 0, %block.4 ], [ %low.2, %block.5 ]
  %v.16 = icmp slt i64 %low.4, %n
  br i1 %v.16, label %block.7, label %block.9

block.7:
  %v.17 = shl nsw i64 %n, 3
  %v.18 = add nsw i64 %ends, %v.17
  %v.19 = inttoptr i64 %v.18 to ptr
  %v.20 = getelementptr i64, ptr %v.19, i64 %low.4
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = add nsw i64 %address, %n_bytes
  %v.23 = icmp slt i64 %v.21, %v.22
  br i1 %v.23, label %block.8, label %block.9

block.8:
  store i8 0, ptr %retptr, align 1
  br label %block.3

block.9:
  store i64 %address, ptr %v.4, align 8
  store i8 1, ptr %retptr, align 1
  br label %block.3
}

define internal void @_verify_row(ptr %retptr, i64 %table, i64 %states, i64 %param, i64 %grad, i64 %i) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = alloca i8, align 1
  %v.3 = alloca i8, align 1
  %v.4 = alloca i8, align 1
  %v.5 = alloca i8, align 1
  %v.6 = alloca i8, align 1
  %v.7 = alloca i64, align 8
  %v.8 = inttoptr i64 %table to ptr
  %v.9 = getelementptr i8, ptr %v.8, i64 80
  %v.10 = load i64, ptr %v.9, align 8
  %v.11 = mul nsw i64 %i, 48
  %row = add nsw i64 %v.10, %v.11
  %v.12 = getelementptr i8, ptr %v.8, i64 88
  %v.13 = load i64, ptr %v.12, align 8
  %v.14 = mul nsw i64 %i, 272
  %record = add nsw i64 %v.13, %v.14
  %v.15 = inttoptr i64 %record to ptr
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = icmp eq i64 %param, %v.16
  br i1 %v.17, label %block.2, label %block.28

block.2:
  %v.18 = getelementptr i8, ptr %v.8, i64 288
  %offset = load i64, ptr %v.18, align 8
  %v.19 = getelementptr i8, ptr %v.15, i64 96
  %dtype = load i64, ptr %v.19, align 8
  %v.20 = getelementptr i8, ptr %v.15, i64 160
  %layouts = load i64, ptr %v.20, align 8
  %v.21 = icmp eq i64 %layouts, 0
  %v.22 = inttoptr i64 %layouts to ptr
  %v.23 = getelementptr i8, ptr %v.15, i64 152
  %v.24 = select i1 %v.21, ptr %v.23, ptr %v.22
  %dims = load i64, ptr %v.24, align 8
  %v.25 = getelementptr i8, ptr %v.8, i64 280
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = add nsw i64 %param, %v.26
  %v.28 = inttoptr i64 %v.27 to ptr
  %kind = load i64, ptr %v.28, align 8
  %v.29 = getelementptr i8, ptr %v.8, i64 232
  %v.30 = load i64, ptr %v.29, align 8
  %v.31 = icmp eq i64 %kind, %v.30
  br i1 %v.31, label %block.3, label %block.27

block.3:
  %v.32 = add nsw i64 %param, %offset
  store i8 0, ptr %v.1, align 1
  call void @_is_of_kind(ptr %v.1, i64 %table, i64 %v.32, i64 %record, i64 %dtype, i64 %dims)
  %v.33 = load i8, ptr %v.1, align 1
  %v.34 = icmp eq i8 %v.33, 0
  br i1 %v.34, label %block.4, label %block.6

block.4:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.5:
  ret void

block.6:
  %v.35 = getelementptr i8, ptr %v.15, i64 120
  %itemsize = load i64, ptr %v.35, align 8
  %layouts.2 = load i64, ptr %v.20, align 8
  %v.36 = icmp eq i64 %layouts.2, 0
  %v.37 = inttoptr i64 %layouts.2 to ptr
  %v.38 = getelementptr i8, ptr %v.37, i64 8
  %v.39 = getelementptr i8, ptr %v.15, i64 136
  %v.40 = select i1 %v.36, ptr %v.39, ptr %v.38
  %v.41 = load i64, ptr %v.40, align 8
  %n_bytes = mul nsw i64 %v.41, %itemsize
  store i8 0, ptr %v.2, align 1
  call void @_is_writable(ptr %v.2, i64 %table, i64 %record, i64 %row, i64 0, i64 %n_bytes, i64 %itemsize)
  %v.42 = load i8, ptr %v.2, align 1
  %v.43 = icmp eq i8 %v.42, 0
  br i1 %v.43, label %block.7, label %block.8

block.7:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.8:
  store i8 0, ptr %v.3, align 1
  call void @_state_is_own(ptr %v.3, i64 %table, i64 %states, i64 %param, i64 %record)
  %v.44 = load i8, ptr %v.3, align 1
  %v.45 = icmp eq i8 %v.44, 0
  br i1 %v.45, label %block.9, label %block.10

block.9:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.10:
  %v.46 = getelementptr i8, ptr %v.15, i64 104
  %dtype.2 = load i64, ptr %v.46, align 8
  %v.47 = getelementptr i8, ptr %v.15, i64 128
  %itemsize.2 = load i64, ptr %v.47, align 8
  br label %block.11

block.11:
  %v.48 = phi i64 [ 2, %block.10 ], [ %v.49, %block.15 ]
  %v.50 = phi i64 [ 2, %block.10 ], [ %v.51, %block.15 ]
  %v.52 = icmp sgt i64 %v.50, 0
  br i1 %v.52, label %block.12, label %block.19

block.12:
  %v.51 = add nsw i64 %v.50, -1
  %v.49 = add i64 %v.48, 1
  %v.53 = getelementptr i64, ptr %v.15, i64 %v.48
  %v.54 = load i64, ptr %v.53, align 8
  %layouts.3 = load i64, ptr %v.20, align 8
  %v.55 = icmp eq i64 %layouts.3, 0
  %v.56 = shl nsw i64 %v.48, 5
  %v.57 = add nsw i64 %layouts.3, %v.56
  %v.58 = icmp eq i64 %v.57, 0
  %v.59 = select i1 %v.55, i1 true, i1 %v.58
  %v.60 = inttoptr i64 %v.57 to ptr
  %v.61 = select i1 %v.59, ptr %v.23, ptr %v.60
  %dims.2 = load i64, ptr %v.61, align 8
  %v.62 = load i64, ptr %v.25, align 8
  %v.63 = add nsw i64 %v.54, %v.62
  %v.64 = inttoptr i64 %v.63 to ptr
  %kind.2 = load i64, ptr %v.64, align 8
  %v.65 = load i64, ptr %v.29, align 8
  %v.66 = icmp eq i64 %kind.2, %v.65
  br i1 %v.66, label %block.13, label %block.17

block.13:
  %v.67 = add nsw i64 %v.54, %offset
  store i8 0, ptr %v.4, align 1
  call void @_is_of_kind(ptr %v.4, i64 %table, i64 %v.67, i64 %record, i64 %dtype.2, i64 %dims.2)
  %v.68 = load i8, ptr %v.4, align 1
  %v.69 = icmp eq i8 %v.68, 0
  br i1 %v.69, label %block.14, label %block.15

block.14:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.15:
  %layouts.4 = load i64, ptr %v.20, align 8
  %v.70 = icmp eq i64 %layouts.4, 0
  %v.71 = add nsw i64 %layouts.4, %v.56
  %v.72 = icmp eq i64 %v.71, 0
  %v.73 = select i1 %v.70, i1 true, i1 %v.72
  %v.74 = inttoptr i64 %v.71 to ptr
  %v.75 = getelementptr i8, ptr %v.74, i64 8
  %v.76 = select i1 %v.73, ptr %v.39, ptr %v.75
  %v.77 = load i64, ptr %v.76, align 8
  %n_bytes.2 = mul nsw i64 %v.77, %itemsize.2
  store i8 0, ptr %v.5, align 1
  call void @_is_writable(ptr %v.5, i64 %table, i64 %record, i64 %row, i64 %v.48, i64 %n_bytes.2, i64 %itemsize.2)
  %v.78 = load i8, ptr %v.5, align 1
  %v.79 = icmp eq i8 %v.78, 0
  br i1 %v.79, label %block.16, label %block.11

block.16:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.17:
  %v.80 = getelementptr i8, ptr %v.8, i64 240
  %v.81 = load i64, ptr %v.80, align 8
  %v.82 = icmp eq i64 %kind.2, %v.81
  br i1 %v.82, label %block.13, label %block.18

block.18:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.19:
  %v.83 = getelementptr i8, ptr %v.15, i64 112
  %v.84 = load i64, ptr %v.83, align 8
  %v.85 = icmp eq i64 %v.84, -1
  br i1 %v.85, label %block.20, label %block.25

block.20:
  store i64 0, ptr %v.7, align 8
  call void @_grad_address(ptr %v.7, i64 %table, i64 %grad, i64 %record, i64 %i)
  %address = load i64, ptr %v.7, align 8
  %v.86 = icmp eq i64 %address, 0
  br i1 %v.86, label %block.21, label %block.22

block.21:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.22:
  %v.87 = getelementptr i8, ptr %v.15, i64 184
  %v.88 = load i64, ptr %v.87, align 8
  %v.89 = icmp eq i64 %v.88, 0
  br i1 %v.89, label %block.23, label %block.24

block.23:
  %v.90 = getelementptr i8, ptr %v.8, i64 168
  store i64 1, ptr %v.90, align 8
  br label %block.24

block.24:
  %v.91 = inttoptr i64 %row to ptr
  %v.92 = getelementptr i8, ptr %v.91, i64 8
  store i64 %address, ptr %v.92, align 8
  %v.93 = getelementptr i8, ptr %v.15, i64 8
  store i64 %grad, ptr %v.93, align 8
  store i8 1, ptr %retptr, align 1
  br label %block.5

block.25:
  store i8 0, ptr %v.6, align 1
  call void @_step_is_countable(ptr %v.6, i64 %table, i64 %record, i64 %row)
  %v.94 = load i8, ptr %v.6, align 1
  %v.95 = icmp eq i8 %v.94, 0
  br i1 %v.95, label %block.26, label %block.20

block.26:
  store i8 0, ptr %retptr, align 1
  br label %block.5

block.27:
  %v.96 = getelementptr i8, ptr %v.8, i64 240
  %v.97 = load i64, ptr %v.96, align 8
  %v.98 = icmp eq i64 %kind, %v.97
  br i1 %v.98, label %block.3, label %block.4

block.28:
  store i8 0, ptr %retptr, align 1
  br label %block.5
}

define internal void @_is_writable(ptr %retptr, i64 %table, i64 %record, i64 %row, i64 %column, i64 %n_bytes, i64 %itemsize) {
block.1:
  %v.1 = inttoptr i64 %record to ptr
  %v.2 = getelementptr i64, ptr %v.1, i64 %column
  %v.3 = load i64, ptr %v.2, align 8
  %v.4 = inttoptr i64 %table to ptr
  %v.5 = getelementptr i8, ptr %v.4, i64 288
  %v.6 = load i64, ptr %v.5, align 8
  %handle = add nsw i64 %v.3, %v.6
  %v.7 = getelementptr i8, ptr %v.4, i64 424
  %v.8 = load i64, ptr %v.7, align 8
  %v.9 = inttoptr i64 %v.8 to ptr
  %v.10 = call i8 %v.9(i64 %handle)
  %v.11 = and i8 %v.10, 1
  %v.12 = icmp eq i8 %v.11, 0
  br i1 %v.12, label %block.2, label %block.21

block.2:
  %scratch = add nsw i64 %table, 592
  %v.13 = getelementptr i8, ptr %v.4, i64 520
  %v.14 = load i64, ptr %v.13, align 8
  %v.15 = inttoptr i64 %v.14 to ptr
  %v.16 = call i32 %v.15(i64 %handle, i64 %scratch)
  %v.17 = icmp eq i32 %v.16, 0
  br i1 %v.17, label %block.3, label %block.4

block.3:
  %v.18 = inttoptr i64 %scratch to ptr
  %v.19 = load i64, ptr %v.18, align 8
  br label %block.4

block.4:
  %size = phi i64 [ -1, %block.2 ], [ %v.19, %block.3 ]
  %v.20 = getelementptr i8, ptr %v.4, i64 512
  %v.21 = load i64, ptr %v.20, align 8
  %v.22 = inttoptr i64 %v.21 to ptr
  %v.23 = call i32 %v.22(i64 %handle, i64 %scratch)
  %v.24 = icmp eq i32 %v.23, 0
  br i1 %v.24, label %block.5, label %block.6

block.5:
  %v.25 = inttoptr i64 %scratch to ptr
  %v.26 = load i64, ptr %v.25, align 8
  br label %block.6

block.6:
  %address = phi i64 [ -1, %block.4 ], [ %v.26, %block.5 ]
  %v.27 = getelementptr i8, ptr %v.2, i64 40
  %v.28 = load i64, ptr %v.27, align 8
  %v.29 = icmp eq i64 %size, %v.28
  br i1 %v.29, label %block.7, label %block.10

block.7:
  %v.30 = inttoptr i64 %row to ptr
  %v.31 = getelementptr i64, ptr %v.30, i64 %column
  %v.32 = load i64, ptr %v.31, align 8
  %v.33 = icmp eq i64 %address, %v.32
  br i1 %v.33, label %block.8, label %block.10

block.8:
  store i8 1, ptr %retptr, align 1
  br label %block.9

block.9:
  ret void

block.10:
  %v.34 = icmp eq i64 %n_bytes, 0
  br i1 %v.34, label %block.11, label %block.12

block.11:
  store i64 %size, ptr %v.27, align 8
  %v.35 = inttoptr i64 %row to ptr
  %v.36 = getelementptr i64, ptr %v.35, i64 %column
  store i64 %address, ptr %v.36, align 8
  %v.37 = getelementptr i8, ptr %v.4, i64 168
  store i64 1, ptr %v.37, align 8
  store i8 1, ptr %retptr, align 1
  br label %block.9

block.12:
  %v.38 = getelementptr i8, ptr %v.4, i64 528
  %v.39 = load i64, ptr %v.38, align 8
  %v.40 = inttoptr i64 %v.39 to ptr
  %v.41 = call i32 %v.40(i64 %handle, i64 %scratch)
  %v.42 = icmp eq i32 %v.41, 0
  br i1 %v.42, label %block.13, label %block.14

block.13:
  %v.43 = inttoptr i64 %scratch to ptr
  %v.44 = load i64, ptr %v.43, align 8
  br label %block.14

block.14:
  %v.45 = phi i64 [ -1, %block.12 ], [ %v.44, %block.13 ]
  %first = mul nsw i64 %v.45, %itemsize
  %v.46 = icmp eq i64 %address, 0
  %v.47 = icmp slt i64 %first, 0
  %v.48 = select i1 %v.46, i1 true, i1 %v.47
  %v.49 = add nsw i64 %first, %n_bytes
  %v.50 = icmp sgt i64 %v.49, %size
  %v.51 = select i1 %v.48, i1 true, i1 %v.50
  br i1 %v.51, label %block.15, label %block.16

block.15:
  store i8 0, ptr %retptr, align 1
  br label %block.9

block.16:
  %v.52 = getelementptr i8, ptr %v.4, i64 352
  %madvise = load i64, ptr %v.52, align 8
  %v.53 = icmp eq i64 %column, 4
  br i1 %v.53, label %block.17, label %block.20

block.17:
  %v.54 = icmp eq i64 %madvise, 0
  br i1 %v.54, label %block.11, label %block.18

block.18:
  %v.55 = getelementptr i8, ptr %v.4, i64 360
  %page = load i64, ptr %v.55, align 8
  %v.56 = sub i64 0, %page
  %v.57 = and i64 %address, %v.56
  %v.58 = inttoptr i64 %madvise to ptr
  %v.59 = call i32 %v.58(i64 %v.57, i64 %page, i64 23)
  %v.60 = icmp eq i32 %v.59, 0
  br i1 %v.60, label %block.11, label %block.19

block.19:
  store i8 0, ptr %retptr, align 1
  br label %block.9

block.20:
  %v.61 = getelementptr i8, ptr %v.1, i64 80
  %v.62 = load i64, ptr %v.61, align 8
  %v.63 = getelementptr i8, ptr %v.4, i64 256
  %v.64 = load i64, ptr %v.63, align 8
  %v.65 = icmp ne i64 %v.62, %v.64
  %v.66 = icmp eq i64 %madvise, 0
  %brmerge = select i1 %v.66, i1 true, i1 %v.65
  br i1 %brmerge, label %block.11, label %block.18

block.21:
  store i8 0, ptr %retptr, align 1
  br label %block.9
}

define internal void @_state_is_own(ptr %retptr, i64 %table, i64 %states, i64 %param, i64 %record) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = alloca i64, align 8
  %v.3 = inttoptr i64 %record to ptr
  %v.4 = getelementptr i8, ptr %v.3, i64 192
  %state = load i64, ptr %v.4, align 8
  %v.5 = icmp eq i64 %state, 0
  br i1 %v.5, label %block.2, label %block.4

block.2:
  store i8 1, ptr %retptr, align 1
  br label %block.3

block.3:
  ret void

block.4:
  %v.6 = inttoptr i64 %table to ptr
  %v.7 = getelementptr i8, ptr %v.6, i64 368
  %v.8 = load i64, ptr %v.7, align 8
  %v.9 = icmp eq i64 %v.8, 0
  br i1 %v.9, label %block.5, label %block.17

block.5:
  %v.10 = add nsw i64 %record, 200
  store i64 0, ptr %v.1, align 8
  call void @_value(ptr %v.1, i64 %table, i64 %states, i64 %param, i64 %v.10)
  %found = load i64, ptr %v.1, align 8
  %v.11 = getelementptr i8, ptr %v.6, i64 376
  %v.12 = load i64, ptr %v.11, align 8
  %v.13 = icmp eq i64 %v.12, 0
  br i1 %v.13, label %block.6, label %block.16

block.6:
  %v.14 = icmp eq i64 %found, %state
  br i1 %v.14, label %block.7, label %block.15

block.7:
  %v.15 = load i64, ptr %v.7, align 8
  %v.16 = icmp eq i64 %v.15, 0
  br i1 %v.16, label %block.8, label %block.14

block.8:
  br label %block.9

block.9:
  %v.17 = phi i64 [ 2, %block.8 ], [ %v.18, %block.10 ]
  %v.19 = phi i64 [ 3, %block.8 ], [ %v.20, %block.10 ]
  %same = phi i1 [ true, %block.8 ], [ %same.2, %block.10 ]
  %v.21 = icmp sgt i64 %v.19, 0
  br i1 %v.21, label %block.10, label %block.11

block.10:
  %v.22 = shl i64 %v.17, 4
  %v.23 = add i64 %v.22, 192
  %key = add nsw i64 %record, %v.23
  %v.24 = inttoptr i64 %key to ptr
  %v.25 = load i64, ptr %v.24, align 8
  %v.26 = add nsw i64 %key, 8
  store i64 0, ptr %v.2, align 8
  call void @_value(ptr %v.2, i64 %table, i64 %state, i64 %v.25, i64 %v.26)
  %v.27 = load i64, ptr %v.2, align 8
  %v.18 = add i64 %v.17, 1
  %v.20 = add nsw i64 %v.19, -1
  %v.28 = getelementptr i64, ptr %v.3, i64 %v.17
  %v.29 = load i64, ptr %v.28, align 8
  %v.30 = icmp eq i64 %v.27, %v.29
  %same.2 = select i1 %v.30, i1 %same, i1 false
  br label %block.9

block.11:
  %v.31 = load i64, ptr %v.11, align 8
  %v.32 = icmp eq i64 %v.31, 0
  br i1 %v.32, label %block.12, label %block.13

block.12:
  %v.33 = zext i1 %same to i8
  store i8 %v.33, ptr %retptr, align 1
  br label %block.3

block.13:
  %v.34 = add nsw i64 %table, 632
  %v.35 = inttoptr i64 %v.31 to ptr
  call void %v.35(i64 %v.34)
  br label %block.12

block.14:
  %section = add nsw i64 %table, 632
  %v.36 = inttoptr i64 %v.15 to ptr
  call void %v.36(i64 %section, i64 %state)
  br label %block.8

block.15:
  store i8 0, ptr %retptr, align 1
  br label %block.3

block.16:
  %v.37 = add nsw i64 %table, 632
  %v.38 = inttoptr i64 %v.12 to ptr
  call void %v.38(i64 %v.37)
  br label %block.6

block.17:
  %section.2 = add nsw i64 %table, 632
  %v.39 = inttoptr i64 %v.8 to ptr
  call void %v.39(i64 %section.2, i64 %states)
  br label %block.5
}

define internal void @_step_is_countable(ptr %retptr, i64 %table, i64 %record, i64 %row) {
block.1:
  %v.1 = alloca i8, align 1
  %v.2 = inttoptr i64 %record to ptr
  %v.3 = getelementptr i8, ptr %v.2, i64 32
  %tensor = load i64, ptr %v.3, align 8
  %v.4 = inttoptr i64 %table to ptr
  %v.5 = getelementptr i8, ptr %v.4, i64 280
  %v.6 = load i64, ptr %v.5, align 8
  %v.7 = add nsw i64 %tensor, %v.6
  %v.8 = inttoptr i64 %v.7 to ptr
  %kind = load i64, ptr %v.8, align 8
  %v.9 = getelementptr i8, ptr %v.4, i64 232
  %v.10 = load i64, ptr %v.9, align 8
  %v.11 = icmp eq i64 %kind, %v.10
  br i1 %v.11, label %block.2, label %block.23

block.2:
  %v.12 = getelementptr i8, ptr %v.4, i64 288
  %v.13 = load i64, ptr %v.12, align 8
  %handle = add nsw i64 %tensor, %v.13
  %scratch = add nsw i64 %table, 592
  %v.14 = getelementptr i8, ptr %v.4, i64 568
  %v.15 = load i64, ptr %v.14, align 8
  %v.16 = inttoptr i64 %v.15 to ptr
  %v.17 = call i32 %v.16(i64 %handle, i64 %scratch)
  %v.18 = icmp eq i32 %v.17, 0
  br i1 %v.18, label %block.3, label %block.4

block.3:
  %v.19 = inttoptr i64 %scratch to ptr
  %v.20 = load i32, ptr %v.19, align 4
  %v.21 = sext i32 %v.20 to i64
  br label %block.4

block.4:
  %v.22 = phi i64 [ -2, %block.2 ], [ %v.21, %block.3 ]
  %v.23 = getelementptr i8, ptr %v.4, i64 248
  %v.24 = load i64, ptr %v.23, align 8
  %v.25 = icmp eq i64 %v.22, %v.24
  br i1 %v.25, label %block.5, label %block.22

block.5:
  %v.26 = getelementptr i8, ptr %v.4, i64 576
  %v.27 = load i64, ptr %v.26, align 8
  %v.28 = inttoptr i64 %v.27 to ptr
  %v.29 = call i32 %v.28(i64 %handle, i64 %scratch)
  %v.30 = icmp eq i32 %v.29, 0
  br i1 %v.30, label %block.6, label %block.7

block.6:
  %v.31 = inttoptr i64 %scratch to ptr
  %v.32 = load i32, ptr %v.31, align 4
  %v.33 = sext i32 %v.32 to i64
  br label %block.7

block.7:
  %v.34 = phi i64 [ -2, %block.5 ], [ %v.33, %block.6 ]
  %v.35 = getelementptr i8, ptr %v.4, i64 256
  %v.36 = load i64, ptr %v.35, align 8
  %v.37 = icmp eq i64 %v.34, %v.36
  br i1 %v.37, label %block.8, label %block.21

block.8:
  %v.38 = getelementptr i8, ptr %v.2, i64 112
  %dtype = load i64, ptr %v.38, align 8
  %v.39 = getelementptr i8, ptr %v.4, i64 264
  %v.40 = load i64, ptr %v.39, align 8
  %v.41 = icmp eq i64 %dtype, %v.40
  br i1 %v.41, label %block.9, label %block.19

block.9:
  %v.42 = getelementptr i8, ptr %v.4, i64 536
  %v.43 = load i64, ptr %v.42, align 8
  %v.44 = inttoptr i64 %v.43 to ptr
  %v.45 = call i32 %v.44(i64 %handle, i64 %scratch)
  %v.46 = icmp eq i32 %v.45, 0
  br i1 %v.46, label %block.10, label %block.11

block.10:
  %v.47 = inttoptr i64 %scratch to ptr
  %v.48 = load i32, ptr %v.47, align 4
  %v.49 = sext i32 %v.48 to i64
  br label %block.11

block.11:
  %v.50 = phi i64 [ -2, %block.9 ], [ %v.49, %block.10 ]
  %v.51 = icmp eq i64 %v.50, %dtype
  br i1 %v.51, label %block.12, label %block.18

block.12:
  %v.52 = getelementptr i8, ptr %v.4, i64 432
  %v.53 = load i64, ptr %v.52, align 8
  %v.54 = inttoptr i64 %v.53 to ptr
  %v.55 = call i8 %v.54(i64 %handle)
  %v.56 = getelementptr i8, ptr %v.4, i64 440
  %v.57 = load i64, ptr %v.56, align 8
  %v.58 = inttoptr i64 %v.57 to ptr
  %v.59 = call i8 %v.58(i64 %handle)
  %v.60 = or i8 %v.55, %v.59
  %v.61 = and i8 %v.60, 1
  %v.62 = icmp eq i8 %v.61, 0
  br i1 %v.62, label %block.13, label %block.18

block.13:
  %v.63 = getelementptr i8, ptr %v.4, i64 544
  %v.64 = load i64, ptr %v.63, align 8
  %v.65 = inttoptr i64 %v.64 to ptr
  %v.66 = call i32 %v.65(i64 %handle, i64 %scratch)
  %v.67 = icmp eq i32 %v.66, 0
  br i1 %v.67, label %block.14, label %block.17

block.14:
  %v.68 = inttoptr i64 %scratch to ptr
  %v.69 = load i64, ptr %v.68, align 8
  %v.70 = icmp eq i64 %v.69, 0
  br i1 %v.70, label %block.15, label %block.17

block.15:
  %v.71 = load i64, ptr %v.39, align 8
  %v.72 = icmp eq i64 %dtype, %v.71
  %v.73 = select i1 %v.72, i64 4, i64 8
  store i8 0, ptr %v.1, align 1
  call void @_is_writable(ptr %v.1, i64 %table, i64 %record, i64 %row, i64 4, i64 %v.73, i64 %v.73)
  %v.74 = load i8, ptr %v.1, align 1
  %v.75 = icmp ne i8 %v.74, 0
  %v.76 = zext i1 %v.75 to i8
  store i8 %v.76, ptr %retptr, align 1
  br label %block.16

block.16:
  ret void

block.17:
  store i8 0, ptr %retptr, align 1
  br label %block.16

block.18:
  store i8 0, ptr %retptr, align 1
  br label %block.16

block.19:
  %v.77 = getelementptr i8, ptr %v.4, i64 272
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = icmp eq i64 %dtype, %v.78
  br i1 %v.79, label %block.9, label %block.20

block.20:
  store i8 0, ptr %retptr, align 1
  br label %block.16

block.21:
  store i8 0, ptr %retptr, align 1
  br label %block.16

block.22:
  store i8 0, ptr %retptr, align 1
  br label %block.16

block.23:
  %v.80 = getelementptr i8, ptr %v.4, i64 240
  %v.81 = load i64, ptr %v.80, align 8
  %v.82 = icmp eq i64 %kind, %v.81
  br i1 %v.82, label %block.2, label %block.24

block.24:
  store i8 0, ptr %retptr, align 1
  br label %block.16
}

define internal void @_grad_address(ptr %retptr, i64 %table, i64 %handle, i64 %record, i64 %i) {
block.1:
  %v.1 = alloca i64, align 8
  %v.2 = alloca i8, align 1
  %v.3 = icmp eq i64 %handle, 1
  br i1 %v.3, label %block.2, label %block.4

block.2:
  store i64 0, ptr %retptr, align 8
  br label %block.3

block.3:
  ret void

block.4:
  %v.4 = inttoptr i64 %record to ptr
  %v.5 = getelementptr i8, ptr %v.4, i64 120
  %itemsize = load i64, ptr %v.5, align 8
  %v.6 = getelementptr i8, ptr %v.4, i64 96
  %v.7 = load i64, ptr %v.6, align 8
  store i64 0, ptr %v.1, align 8
  call void @_dense_address(ptr %v.1, i64 %table, i64 %handle, i64 %record, i64 %v.7, i64 %itemsize)
  %address = load i64, ptr %v.1, align 8
  %v.8 = inttoptr i64 %table to ptr
  %v.9 = getelementptr i8, ptr %v.8, i64 168
  %v.10 = load i64, ptr %v.9, align 8
  %v.11 = icmp eq i64 %v.10, 0
  br i1 %v.11, label %block.5, label %block.7

block.5:
  %v.12 = getelementptr i8, ptr %v.4, i64 136
  %v.13 = load i64, ptr %v.12, align 8
  %n_bytes = mul nsw i64 %v.13, %itemsize
  store i8 0, ptr %v.2, align 1
  call void @_is_apart(ptr %v.2, i64 %table, i64 %i, i64 %address, i64 %n_bytes)
  %v.14 = load i8, ptr %v.2, align 1
  %v.15 = icmp eq i8 %v.14, 0
  br i1 %v.15, label %block.6, label %block.7

block.6:
  store i64 0, ptr %retptr, align 8
  br label %block.3

block.7:
  store i64 %address, ptr %retptr, align 8
  br label %block.3
}

define internal void @_value(ptr %retptr, i64 %table, i64 %dictionary, i64 %key, i64 %position) {
block.1:
  %scratch = add nsw i64 %table, 592
  %v.1 = inttoptr i64 %table to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 472
  %following = load i64, ptr %v.2, align 8
  %v.3 = inttoptr i64 %position to ptr
  %v.4 = load i64, ptr %v.3, align 8
  %v.5 = inttoptr i64 %scratch to ptr
  %v.6 = getelementptr i8, ptr %v.5, i64 8
  store i64 %v.4, ptr %v.6, align 8
  %at = add nsw i64 %table, 600
  %found_key = add nsw i64 %table, 608
  %found_value = add nsw i64 %table, 616
  %v.7 = inttoptr i64 %following to ptr
  %v.8 = call i32 %v.7(i64 %dictionary, i64 %at, i64 %found_key, i64 %found_value)
  %v.9 = icmp eq i32 %v.8, 0
  br i1 %v.9, label %block.2, label %block.9

block.2:
  br label %block.3

block.3:
  %before = phi i64 [ 0, %block.2 ], [ %before.2, %block.8 ]
  store i64 %before, ptr %v.6, align 8
  %v.10 = call i32 %v.7(i64 %dictionary, i64 %at, i64 %found_key, i64 %found_value)
  %v.11 = icmp eq i32 %v.10, 0
  br i1 %v.11, label %block.4, label %block.6

block.4:
  store i64 0, ptr %retptr, align 8
  br label %block.5

block.5:
  ret void

block.6:
  %v.12 = getelementptr i8, ptr %v.5, i64 16
  %v.13 = load i64, ptr %v.12, align 8
  %v.14 = icmp eq i64 %v.13, %key
  br i1 %v.14, label %block.7, label %block.8

block.7:
  store i64 %before, ptr %v.3, align 8
  %v.15 = getelementptr i8, ptr %v.5, i64 24
  %v.16 = load i64, ptr %v.15, align 8
  store i64 %v.16, ptr %retptr, align 8
  br label %block.5

block.8:
  %before.2 = load i64, ptr %v.6, align 8
  br label %block.3

block.9:
  %v.17 = getelementptr i8, ptr %v.5, i64 16
  %v.18 = load i64, ptr %v.17, align 8
  %v.19 = icmp eq i64 %v.18, %key
  br i1 %v.19, label %block.10, label %block.2

block.10:
  %v.20 = getelementptr i8, ptr %v.5, i64 24
  %v.21 = load i64, ptr %v.20, align 8
  store i64 %v.21, ptr %retptr, align 8
  br label %block.5
}

define internal void @_group_is_same(ptr %retptr, i64 %table, i64 %group, i64 %own) {
block.1:
  %v.1 = inttoptr i64 %own to ptr
  %v.2 = getelementptr i8, ptr %v.1, i64 16
  %n = load i64, ptr %v.2, align 8
  %v.3 = load i64, ptr %v.1, align 8
  %v.4 = icmp eq i64 %group, %v.3
  br i1 %v.4, label %block.2, label %block.17

block.2:
  %v.5 = inttoptr i64 %table to ptr
  %v.6 = getelementptr i8, ptr %v.5, i64 464
  %v.7 = load i64, ptr %v.6, align 8
  %v.8 = inttoptr i64 %v.7 to ptr
  %v.9 = call i64 %v.8(i64 %group)
  %v.10 = icmp eq i64 %v.9, %n
  br i1 %v.10, label %block.3, label %block.16

block.3:
  %v.11 = getelementptr i8, ptr %v.1, i64 8
  %items = load i64, ptr %v.11, align 8
  %scratch = add nsw i64 %table, 592
  %v.12 = getelementptr i8, ptr %v.5, i64 472
  %following = load i64, ptr %v.12, align 8
  %v.13 = inttoptr i64 %scratch to ptr
  %v.14 = getelementptr i8, ptr %v.13, i64 8
  store i64 0, ptr %v.14, align 8
  %v.15 = getelementptr i8, ptr %v.5, i64 368
  %v.16 = load i64, ptr %v.15, align 8
  %v.17 = icmp eq i64 %v.16, 0
  br i1 %v.17, label %block.4, label %block.15

block.4:
  %v.18 = call i64 @llvm.smax.i64(i64 %n, i64 0)
  %v.19 = getelementptr i8, ptr %v.13, i64 24
  br label %block.5

block.5:
  %v.20 = phi i64 [ 0, %block.4 ], [ %v.21, %block.14 ]
  %v.22 = phi i64 [ %v.18, %block.4 ], [ %v.23, %block.14 ]
  %v.24 = icmp slt i64 %v.22, 1
  br i1 %v.24, label %block.6, label %block.12

block.6:
  %v.25 = getelementptr i8, ptr %v.5, i64 376
  %v.26 = load i64, ptr %v.25, align 8
  %v.27 = icmp eq i64 %v.26, 0
  br i1 %v.27, label %block.7, label %block.11

block.7:
  %v.28 = getelementptr i8, ptr %v.1, i64 24
  %params = load i64, ptr %v.28, align 8
  %v.29 = icmp ne i64 %params, 0
  %v.30 = select i1 %v.24, i1 %v.29, i1 false
  br i1 %v.30, label %block.8, label %block.10

block.8:
  %v.31 = getelementptr i8, ptr %v.5, i64 448
  %v.32 = load i64, ptr %v.31, align 8
  %v.33 = inttoptr i64 %v.32 to ptr
  %v.34 = call i64 %v.33(i64 %params)
  %v.35 = getelementptr i8, ptr %v.1, i64 32
  %v.36 = load i64, ptr %v.35, align 8
  %v.37 = icmp eq i64 %v.34, %v.36
  %v.38 = zext i1 %v.37 to i8
  store i8 %v.38, ptr %retptr, align 1
  br label %block.9

block.9:
  ret void

block.10:
  %v.39 = zext i1 %v.24 to i8
  store i8 %v.39, ptr %retptr, align 1
  br label %block.9

block.11:
  %v.40 = add nsw i64 %table, 632
  %v.41 = inttoptr i64 %v.26 to ptr
  call void %v.41(i64 %v.40)
  br label %block.7

block.12:
  %v.23 = add nsw i64 %v.22, -1
  %v.21 = add i64 %v.20, 1
  %v.42 = add nsw i64 %table, 600
  %v.43 = add nsw i64 %table, 608
  %v.44 = add nsw i64 %table, 616
  %v.45 = inttoptr i64 %following to ptr
  %v.46 = call i32 %v.45(i64 %group, i64 %v.42, i64 %v.43, i64 %v.44)
  %v.47 = icmp eq i32 %v.46, 0
  br i1 %v.47, label %block.6, label %block.13

block.13:
  %v.48 = shl i64 %v.20, 4
  %v.49 = getelementptr i8, ptr %v.13, i64 16
  %v.50 = load i64, ptr %v.49, align 8
  %v.51 = inttoptr i64 %items to ptr
  %v.52 = getelementptr i8, ptr %v.51, i64 %v.48
  %v.53 = load i64, ptr %v.52, align 8
  %same_key = icmp eq i64 %v.50, %v.53
  br i1 %same_key, label %block.14, label %block.6

block.14:
  %v.54 = load i64, ptr %v.19, align 8
  %v.55 = getelementptr i8, ptr %v.52, i64 8
  %v.56 = load i64, ptr %v.55, align 8
  %v.57 = icmp eq i64 %v.54, %v.56
  br i1 %v.57, label %block.5, label %block.6

block.15:
  %section = add nsw i64 %table, 632
  %v.58 = inttoptr i64 %v.16 to ptr
  call void %v.58(i64 %section, i64 %group)
  br label %block.4

block.16:
  store i8 0, ptr %retptr, align 1
  br label %block.9

block.17:
  store i8 0, ptr %retptr, align 1
  br label %block.9
}
