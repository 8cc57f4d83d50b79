; @generated from generated/cpu/adadelta_cpu_bfloat16_max_wd_float32state_dithered.py by `make generate`. DO NOT EDIT.
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_bfloat16_max_wd_float32state_dithered(i64 %begin, i64 %end, i64 %job) {
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
  %v.11 = getelementptr i8, ptr %v.7, i64 16
  %weight_decay = load float, ptr %v.11, align 4
  %v.12 = getelementptr i8, ptr %v.7, i64 20
  %inv_scale = load float, ptr %v.12, align 4
  %v.13 = getelementptr i8, ptr %v.7, i64 24
  %clip = load float, ptr %v.13, align 4
  br label %block.2

block.2:
  %v.14 = add nsw i64 %job, 32
  %v.15 = inttoptr i64 %v.14 to ptr
  %chunk = atomicrmw add ptr %v.15, i64 1 monotonic, align 8
  %v.16 = icmp slt i64 %chunk, %n_chunks
  br i1 %v.16, label %block.3, label %block.25

block.3:
  %v.17 = inttoptr i64 %chunks to ptr
  %v.18 = getelementptr i64, ptr %v.17, i64 %chunk
  %v.19 = getelementptr i8, ptr %v.18, i64 8
  %next_chunk = load i64, ptr %v.19, align 8
  %v.20 = load i64, ptr %v.18, align 8
  %v.21 = sub i64 %next_chunk, %v.20
  %v.22 = call i64 @llvm.smax.i64(i64 %v.21, i64 0)
  br label %block.4

block.4:
  %v.23 = phi i64 [ %v.20, %block.3 ], [ %v.24, %block.17 ]
  %v.25 = phi i64 [ %v.22, %block.3 ], [ %v.26, %block.17 ]
  %v.27 = icmp sgt i64 %v.25, 0
  br i1 %v.27, label %block.5, label %block.2

block.5:
  %v.26 = add nsw i64 %v.25, -1
  %v.24 = add i64 %v.23, 1
  %ahead = add nsw i64 %v.23, 2
  %v.28 = icmp slt i64 %ahead, %next_chunk
  br i1 %v.28, label %block.6, label %block.16

block.6:
  %v.29 = mul nsw i64 %ahead, 24
  %segment = add nsw i64 %segments, %v.29
  %v.30 = inttoptr i64 %segment to ptr
  %v.31 = load i64, ptr %v.30, align 8
  %v.32 = mul nsw i64 %v.31, 48
  %row = add nsw i64 %rows, %v.32
  %v.33 = getelementptr i8, ptr %v.30, i64 16
  %n = load i64, ptr %v.33, align 8
  %v.34 = icmp slt i64 %n, 1
  br i1 %v.34, label %block.7, label %block.15

block.7:
  %storemerge = phi i64 [ 0, %block.6 ], [ %v.35, %block.15 ]
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
  %storemerge.2 = phi i64 [ 0, %block.10 ], [ %v.49, %block.14 ]
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
  %v.64 = shl nsw i64 %n, 2
  %v.65 = call i64 @llvm.smin.i64(i64 %v.64, i64 512)
  %v.66 = lshr i64 %v.65, 6
  %v.67 = and i64 %v.65, 60
  %v.68 = icmp ne i64 %v.67, 0
  %v.69 = zext i1 %v.68 to i64
  %v.49 = add nuw nsw i64 %v.66, %v.69
  br label %block.11

block.15:
  %v.70 = shl nuw nsw i64 %n, 1
  %v.71 = call i64 @llvm.smin.i64(i64 %v.70, i64 512)
  %v.72 = lshr i64 %v.71, 6
  %v.73 = and i64 %v.71, 62
  %v.74 = icmp ne i64 %v.73, 0
  %v.75 = zext i1 %v.74 to i64
  %v.35 = add nuw nsw i64 %v.72, %v.75
  br label %block.7

block.16:
  %v.76 = mul nsw i64 %v.23, 24
  %segment.2 = add nsw i64 %segments, %v.76
  %v.77 = inttoptr i64 %segment.2 to ptr
  %v.78 = load i64, ptr %v.77, align 8
  %v.79 = mul nsw i64 %v.78, 48
  %row.2 = add nsw i64 %rows, %v.79
  %v.80 = getelementptr i8, ptr %v.77, i64 16
  %n.2 = load i64, ptr %v.80, align 8
  %v.81 = inttoptr i64 %row.2 to ptr
  %v.82 = getelementptr i8, ptr %v.81, i64 8
  %grads = load i64, ptr %v.82, align 8
  %v.83 = icmp eq i64 %grads, 0
  br i1 %v.83, label %block.17, label %block.18

block.17:
  br label %block.4

block.18:
  %v.84 = getelementptr i8, ptr %v.77, i64 8
  %first = load i64, ptr %v.84, align 8
  %v.85 = shl nsw i64 %first, 1
  %grads.2 = add nsw i64 %grads, %v.85
  %v.86 = load i64, ptr %v.81, align 8
  %params = add nsw i64 %v.86, %v.85
  %v.87 = getelementptr i8, ptr %v.81, i64 16
  %v.88 = load i64, ptr %v.87, align 8
  %v.89 = shl nsw i64 %first, 2
  %square_avgs = add nsw i64 %v.88, %v.89
  %v.90 = getelementptr i8, ptr %v.81, i64 24
  %v.91 = load i64, ptr %v.90, align 8
  %acc_deltas = add nsw i64 %v.91, %v.89
  %v.92 = getelementptr i8, ptr %v.81, i64 40
  %v.93 = load i64, ptr %v.92, align 8
  %v.94 = mul nsw i64 %first, 1779033704
  %dither = add nsw i64 %v.93, %v.94
  %v.95 = icmp eq i64 %unscale, 0
  br i1 %v.95, label %block.19, label %block.22

block.19:
  %v.96 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.20

block.20:
  %v.97 = phi i64 [ 0, %block.19 ], [ %v.98, %block.21 ]
  %v.99 = phi i64 [ %v.96, %block.19 ], [ %v.100, %block.21 ]
  %v.101 = icmp sgt i64 %v.99, 0
  br i1 %v.101, label %block.21, label %block.17

block.21:
  %v.100 = add nsw i64 %v.99, -1
  %v.98 = add i64 %v.97, 1
  %v.102 = inttoptr i64 %params to ptr
  %v.103 = getelementptr i16, ptr %v.102, i64 %v.97
  %v.104 = load i16, ptr %v.103, align 2
  %v.105 = zext i16 %v.104 to i32
  %v.106 = shl nuw i32 %v.105, 16
  %param = bitcast i32 %v.106 to float
  %v.107 = inttoptr i64 %grads.2 to ptr
  %v.108 = getelementptr i16, ptr %v.107, i64 %v.97
  %v.109 = load i16, ptr %v.108, align 2
  %v.110 = zext i16 %v.109 to i32
  %v.111 = shl nuw i32 %v.110, 16
  %grad = bitcast i32 %v.111 to float
  %v.112 = inttoptr i64 %square_avgs to ptr
  %v.113 = getelementptr float, ptr %v.112, i64 %v.97
  %square_avg = load float, ptr %v.113, align 4
  %v.114 = inttoptr i64 %acc_deltas to ptr
  %v.115 = getelementptr float, ptr %v.114, i64 %v.97
  %acc_delta = load float, ptr %v.115, align 4
  %v.116 = fneg float %grad
  %grad.2 = fmul float %clip, %v.116
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.117 = fmul float %one_minus_rho, %grad.3
  %v.118 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.117, float %grad.3, float %v.118)
  %v.119 = fadd float %acc_delta, %eps
  %v.120 = fadd float %square_avg.2, %eps
  %v.121 = call float @llvm.sqrt.f32(float %v.119)
  %v.122 = call float @llvm.sqrt.f32(float %v.120)
  %v.123 = fdiv float %v.121, %v.122
  %delta = fmul float %v.123, %grad.3
  %v.124 = fmul float %one_minus_rho, %delta
  %v.125 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.124, float %delta, float %v.125)
  %v.126 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.126, float %delta, float %param)
  %v.127 = trunc i64 %v.97 to i32
  %v.128 = trunc i64 %dither to i32
  %v.129 = mul i32 %v.127, 1779033704
  %v.130 = add i32 %v.129, %v.128
  %v.131 = bitcast float %param.2 to i32
  %v.132 = lshr i32 %v.130, 16
  %v.133 = add i32 %v.132, %v.131
  %v.134 = fcmp uno float %param.2, 0.000000e+00
  %v.135 = lshr i32 %v.133, 16
  %v.136 = trunc i32 %v.135 to i16
  %v.137 = select i1 %v.134, i16 32704, i16 %v.136
  store i16 %v.137, ptr %v.103, align 2
  store float %square_avg.2, ptr %v.113, align 4
  store float %acc_delta.2, ptr %v.115, align 4
  br label %block.20

block.22:
  %v.138 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.139 = phi i64 [ 0, %block.22 ], [ %v.140, %block.24 ]
  %v.141 = phi i64 [ %v.138, %block.22 ], [ %v.142, %block.24 ]
  %v.143 = icmp sgt i64 %v.141, 0
  br i1 %v.143, label %block.24, label %block.17

block.24:
  %v.142 = add nsw i64 %v.141, -1
  %v.140 = add i64 %v.139, 1
  %v.144 = inttoptr i64 %params to ptr
  %v.145 = getelementptr i16, ptr %v.144, i64 %v.139
  %v.146 = load i16, ptr %v.145, align 2
  %v.147 = zext i16 %v.146 to i32
  %v.148 = shl nuw i32 %v.147, 16
  %param.3 = bitcast i32 %v.148 to float
  %v.149 = inttoptr i64 %grads.2 to ptr
  %v.150 = getelementptr i16, ptr %v.149, i64 %v.139
  %v.151 = load i16, ptr %v.150, align 2
  %v.152 = zext i16 %v.151 to i32
  %v.153 = shl nuw i32 %v.152, 16
  %v.154 = bitcast i32 %v.153 to float
  %grad.4 = fmul float %inv_scale, %v.154
  %v.155 = fcmp uno float %grad.4, 0.000000e+00
  %v.156 = bitcast float %grad.4 to i32
  %v.157 = lshr i32 %v.156, 16
  %v.158 = and i32 %v.157, 1
  %v.159 = add nuw nsw i32 %v.158, 32767
  %v.160 = add i32 %v.159, %v.156
  %v.161 = lshr i32 %v.160, 16
  %v.162 = trunc i32 %v.161 to i16
  %v.163 = select i1 %v.155, i16 32704, i16 %v.162
  store i16 %v.163, ptr %v.150, align 2
  %v.164 = inttoptr i64 %square_avgs to ptr
  %v.165 = getelementptr float, ptr %v.164, i64 %v.139
  %square_avg.3 = load float, ptr %v.165, align 4
  %v.166 = inttoptr i64 %acc_deltas to ptr
  %v.167 = getelementptr float, ptr %v.166, i64 %v.139
  %acc_delta.3 = load float, ptr %v.167, align 4
  %v.168 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.168
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.169 = fmul float %one_minus_rho, %grad.6
  %v.170 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.169, float %grad.6, float %v.170)
  %v.171 = fadd float %acc_delta.3, %eps
  %v.172 = fadd float %square_avg.4, %eps
  %v.173 = call float @llvm.sqrt.f32(float %v.171)
  %v.174 = call float @llvm.sqrt.f32(float %v.172)
  %v.175 = fdiv float %v.173, %v.174
  %delta.2 = fmul float %v.175, %grad.6
  %v.176 = fmul float %one_minus_rho, %delta.2
  %v.177 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.176, float %delta.2, float %v.177)
  %v.178 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.178, float %delta.2, float %param.3)
  %v.179 = trunc i64 %v.139 to i32
  %v.180 = trunc i64 %dither to i32
  %v.181 = mul i32 %v.179, 1779033704
  %v.182 = add i32 %v.181, %v.180
  %v.183 = bitcast float %param.4 to i32
  %v.184 = lshr i32 %v.182, 16
  %v.185 = add i32 %v.184, %v.183
  %v.186 = fcmp uno float %param.4, 0.000000e+00
  %v.187 = lshr i32 %v.185, 16
  %v.188 = trunc i32 %v.187 to i16
  %v.189 = select i1 %v.186, i16 32704, i16 %v.188
  store i16 %v.189, ptr %v.145, align 2
  store float %square_avg.4, ptr %v.165, align 4
  store float %acc_delta.4, ptr %v.167, align 4
  br label %block.23

block.25:
  ret void
}
