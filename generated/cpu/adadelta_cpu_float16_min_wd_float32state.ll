; @generated from generated/cpu/adadelta_cpu_float16_min_wd_float32state.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_min_wd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.99 = inttoptr i64 %params to ptr
  %v.100 = getelementptr i16, ptr %v.99, i64 %v.94
  %v.101 = load i16, ptr %v.100, align 2
  %v.102 = bitcast i16 %v.101 to half
  %v.103 = fpext half %v.102 to float
  %v.104 = sext i16 %v.101 to i32
  %v.105 = and i32 %v.104, -2147483648
  %v.106 = and i16 %v.101, 32767
  %v.107 = zext i16 %v.106 to i32
  %v.108 = shl nuw nsw i32 %v.107, 13
  %v.109 = bitcast i32 %v.108 to float
  %v.110 = fmul float %v.109, 0x46F0000000000000
  %v.111 = bitcast float %v.110 to i32
  %v.112 = icmp ugt i16 %v.106, 31743
  %v.113 = or i32 %v.111, 2139095040
  %v.114 = select i1 %v.112, i32 %v.113, i32 %v.111
  %v.115 = or i32 %v.114, %v.105
  %v.116 = bitcast i32 %v.115 to float
  %v.117 = load i1, ptr @has_half_conversions, align 1
  %param = select i1 %v.117, float %v.103, float %v.116
  %v.118 = inttoptr i64 %grads.2 to ptr
  %v.119 = getelementptr i16, ptr %v.118, i64 %v.94
  %v.120 = load i16, ptr %v.119, align 2
  %v.121 = bitcast i16 %v.120 to half
  %v.122 = fpext half %v.121 to float
  %v.123 = sext i16 %v.120 to i32
  %v.124 = and i32 %v.123, -2147483648
  %v.125 = and i16 %v.120, 32767
  %v.126 = zext i16 %v.125 to i32
  %v.127 = shl nuw nsw i32 %v.126, 13
  %v.128 = bitcast i32 %v.127 to float
  %v.129 = fmul float %v.128, 0x46F0000000000000
  %v.130 = bitcast float %v.129 to i32
  %v.131 = icmp ugt i16 %v.125, 31743
  %v.132 = or i32 %v.130, 2139095040
  %v.133 = select i1 %v.131, i32 %v.132, i32 %v.130
  %v.134 = or i32 %v.133, %v.124
  %v.135 = bitcast i32 %v.134 to float
  %grad = select i1 %v.117, float %v.122, float %v.135
  %v.136 = inttoptr i64 %square_avgs to ptr
  %v.137 = getelementptr float, ptr %v.136, i64 %v.94
  %square_avg = load float, ptr %v.137, align 4
  %v.138 = inttoptr i64 %acc_deltas to ptr
  %v.139 = getelementptr float, ptr %v.138, i64 %v.94
  %acc_delta = load float, ptr %v.139, align 4
  %grad.2 = fmul float %grad, %clip
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.140 = fmul float %one_minus_rho, %grad.3
  %v.141 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.140, float %grad.3, float %v.141)
  %v.142 = fadd float %acc_delta, %eps
  %v.143 = fadd float %square_avg.2, %eps
  %v.144 = call float @llvm.sqrt.f32(float %v.142)
  %v.145 = call float @llvm.sqrt.f32(float %v.143)
  %v.146 = fdiv float %v.144, %v.145
  %delta = fmul float %v.146, %grad.3
  %v.147 = fmul float %one_minus_rho, %delta
  %v.148 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.147, float %delta, float %v.148)
  %v.149 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.149, float %delta, float %param)
  %v.150 = fptrunc float %param.2 to half
  %v.151 = bitcast half %v.150 to i16
  %v.152 = bitcast float %param.2 to i32
  %v.153 = lshr i32 %v.152, 16
  %v.154 = and i32 %v.153, 32768
  %v.155 = call float @llvm.fabs.f32(float %param.2)
  %v.156 = bitcast float %v.155 to i32
  %v.157 = lshr i32 %v.156, 13
  %v.158 = and i32 %v.157, 1
  %v.159 = add nsw i32 %v.156, -939520001
  %v.160 = add nsw i32 %v.159, %v.158
  %v.161 = lshr i32 %v.160, 13
  %v.162 = fadd float %v.155, 5.000000e-01
  %v.163 = bitcast float %v.162 to i32
  %v.164 = icmp ult i32 %v.156, 947912704
  %v.165 = select i1 %v.164, i32 %v.163, i32 %v.161
  %v.166 = icmp ugt i32 %v.156, 1199570943
  %v.167 = select i1 %v.166, i32 31744, i32 %v.165
  %v.168 = icmp ugt i32 %v.156, 2139095040
  %v.169 = select i1 %v.168, i32 32256, i32 %v.167
  %v.170 = or i32 %v.169, %v.154
  %v.171 = trunc i32 %v.170 to i16
  %v.172 = select i1 %v.117, i16 %v.151, i16 %v.171
  store i16 %v.172, ptr %v.100, align 2
  store float %square_avg.2, ptr %v.137, align 4
  store float %acc_delta.2, ptr %v.139, align 4
  br label %block.20

block.22:
  %v.173 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.174 = phi i64 [ 0, %block.22 ], [ %v.175, %block.24 ]
  %v.176 = phi i64 [ %v.173, %block.22 ], [ %v.177, %block.24 ]
  %v.178 = icmp sgt i64 %v.176, 0
  br i1 %v.178, label %block.24, label %block.17

block.24:
  %v.177 = add nsw i64 %v.176, -1
  %v.175 = add i64 %v.174, 1
  %v.179 = inttoptr i64 %params to ptr
  %v.180 = getelementptr i16, ptr %v.179, i64 %v.174
  %v.181 = load i16, ptr %v.180, align 2
  %v.182 = bitcast i16 %v.181 to half
  %v.183 = fpext half %v.182 to float
  %v.184 = sext i16 %v.181 to i32
  %v.185 = and i32 %v.184, -2147483648
  %v.186 = and i16 %v.181, 32767
  %v.187 = zext i16 %v.186 to i32
  %v.188 = shl nuw nsw i32 %v.187, 13
  %v.189 = bitcast i32 %v.188 to float
  %v.190 = fmul float %v.189, 0x46F0000000000000
  %v.191 = bitcast float %v.190 to i32
  %v.192 = icmp ugt i16 %v.186, 31743
  %v.193 = or i32 %v.191, 2139095040
  %v.194 = select i1 %v.192, i32 %v.193, i32 %v.191
  %v.195 = or i32 %v.194, %v.185
  %v.196 = bitcast i32 %v.195 to float
  %v.197 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.197, float %v.183, float %v.196
  %v.198 = inttoptr i64 %grads.2 to ptr
  %v.199 = getelementptr i16, ptr %v.198, i64 %v.174
  %v.200 = load i16, ptr %v.199, align 2
  %v.201 = bitcast i16 %v.200 to half
  %v.202 = fpext half %v.201 to float
  %v.203 = sext i16 %v.200 to i32
  %v.204 = and i32 %v.203, -2147483648
  %v.205 = and i16 %v.200, 32767
  %v.206 = zext i16 %v.205 to i32
  %v.207 = shl nuw nsw i32 %v.206, 13
  %v.208 = bitcast i32 %v.207 to float
  %v.209 = fmul float %v.208, 0x46F0000000000000
  %v.210 = bitcast float %v.209 to i32
  %v.211 = icmp ugt i16 %v.205, 31743
  %v.212 = or i32 %v.210, 2139095040
  %v.213 = select i1 %v.211, i32 %v.212, i32 %v.210
  %v.214 = or i32 %v.213, %v.204
  %v.215 = bitcast i32 %v.214 to float
  %v.216 = select i1 %v.197, float %v.202, float %v.215
  %grad.4 = fmul float %v.216, %inv_scale
  %v.217 = fptrunc float %grad.4 to half
  %v.218 = bitcast half %v.217 to i16
  %v.219 = bitcast float %grad.4 to i32
  %v.220 = lshr i32 %v.219, 16
  %v.221 = and i32 %v.220, 32768
  %v.222 = call float @llvm.fabs.f32(float %grad.4)
  %v.223 = bitcast float %v.222 to i32
  %v.224 = lshr i32 %v.223, 13
  %v.225 = and i32 %v.224, 1
  %v.226 = add nsw i32 %v.223, -939520001
  %v.227 = add nsw i32 %v.226, %v.225
  %v.228 = lshr i32 %v.227, 13
  %v.229 = fadd float %v.222, 5.000000e-01
  %v.230 = bitcast float %v.229 to i32
  %v.231 = icmp ult i32 %v.223, 947912704
  %v.232 = select i1 %v.231, i32 %v.230, i32 %v.228
  %v.233 = icmp ugt i32 %v.223, 1199570943
  %v.234 = select i1 %v.233, i32 31744, i32 %v.232
  %v.235 = icmp ugt i32 %v.223, 2139095040
  %v.236 = select i1 %v.235, i32 32256, i32 %v.234
  %v.237 = or i32 %v.236, %v.221
  %v.238 = trunc i32 %v.237 to i16
  %v.239 = select i1 %v.197, i16 %v.218, i16 %v.238
  store i16 %v.239, ptr %v.199, align 2
  %v.240 = inttoptr i64 %square_avgs to ptr
  %v.241 = getelementptr float, ptr %v.240, i64 %v.174
  %square_avg.3 = load float, ptr %v.241, align 4
  %v.242 = inttoptr i64 %acc_deltas to ptr
  %v.243 = getelementptr float, ptr %v.242, i64 %v.174
  %acc_delta.3 = load float, ptr %v.243, align 4
  %grad.5 = fmul float %grad.4, %clip
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.244 = fmul float %one_minus_rho, %grad.6
  %v.245 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.244, float %grad.6, float %v.245)
  %v.246 = fadd float %acc_delta.3, %eps
  %v.247 = fadd float %square_avg.4, %eps
  %v.248 = call float @llvm.sqrt.f32(float %v.246)
  %v.249 = call float @llvm.sqrt.f32(float %v.247)
  %v.250 = fdiv float %v.248, %v.249
  %delta.2 = fmul float %v.250, %grad.6
  %v.251 = fmul float %one_minus_rho, %delta.2
  %v.252 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.251, float %delta.2, float %v.252)
  %v.253 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.253, float %delta.2, float %param.3)
  %v.254 = fptrunc float %param.4 to half
  %v.255 = bitcast half %v.254 to i16
  %v.256 = bitcast float %param.4 to i32
  %v.257 = lshr i32 %v.256, 16
  %v.258 = and i32 %v.257, 32768
  %v.259 = call float @llvm.fabs.f32(float %param.4)
  %v.260 = bitcast float %v.259 to i32
  %v.261 = lshr i32 %v.260, 13
  %v.262 = and i32 %v.261, 1
  %v.263 = add nsw i32 %v.260, -939520001
  %v.264 = add nsw i32 %v.263, %v.262
  %v.265 = lshr i32 %v.264, 13
  %v.266 = fadd float %v.259, 5.000000e-01
  %v.267 = bitcast float %v.266 to i32
  %v.268 = icmp ult i32 %v.260, 947912704
  %v.269 = select i1 %v.268, i32 %v.267, i32 %v.265
  %v.270 = icmp ugt i32 %v.260, 1199570943
  %v.271 = select i1 %v.270, i32 31744, i32 %v.269
  %v.272 = icmp ugt i32 %v.260, 2139095040
  %v.273 = select i1 %v.272, i32 32256, i32 %v.271
  %v.274 = or i32 %v.273, %v.258
  %v.275 = trunc i32 %v.274 to i16
  %v.276 = select i1 %v.197, i16 %v.255, i16 %v.275
  store i16 %v.276, ptr %v.180, align 2
  store float %square_avg.4, ptr %v.241, align 4
  store float %acc_delta.4, ptr %v.243, align 4
  br label %block.23

block.25:
  ret void
}
