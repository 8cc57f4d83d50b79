; @generated from generated/cpu/adadelta_cpu_float16_max_wd_float32state.py by `make generate`. DO NOT EDIT.
@has_half_conversions = weak constant i1 true
declare float @llvm.fabs.f32(float)
declare float @llvm.fmuladd.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define void @adadelta_cpu_float16_max_wd_float32state(i64 %begin, i64 %end, i64 %job) {
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
  %v.140 = fneg float %clip
  %grad.2 = fmul float %grad, %v.140
  %grad.3 = call float @llvm.fmuladd.f32(float %weight_decay, float %param, float %grad.2)
  %v.141 = fmul float %one_minus_rho, %grad.3
  %v.142 = fmul float %rho, %square_avg
  %square_avg.2 = call float @llvm.fmuladd.f32(float %v.141, float %grad.3, float %v.142)
  %v.143 = fadd float %acc_delta, %eps
  %v.144 = fadd float %square_avg.2, %eps
  %v.145 = call float @llvm.sqrt.f32(float %v.143)
  %v.146 = call float @llvm.sqrt.f32(float %v.144)
  %v.147 = fdiv float %v.145, %v.146
  %delta = fmul float %v.147, %grad.3
  %v.148 = fmul float %one_minus_rho, %delta
  %v.149 = fmul float %rho, %acc_delta
  %acc_delta.2 = call float @llvm.fmuladd.f32(float %v.148, float %delta, float %v.149)
  %v.150 = fneg float %lr
  %param.2 = call float @llvm.fmuladd.f32(float %v.150, float %delta, float %param)
  %v.151 = fptrunc float %param.2 to half
  %v.152 = bitcast half %v.151 to i16
  %v.153 = bitcast float %param.2 to i32
  %v.154 = lshr i32 %v.153, 16
  %v.155 = and i32 %v.154, 32768
  %v.156 = call float @llvm.fabs.f32(float %param.2)
  %v.157 = bitcast float %v.156 to i32
  %v.158 = lshr i32 %v.157, 13
  %v.159 = and i32 %v.158, 1
  %v.160 = add nsw i32 %v.157, -939520001
  %v.161 = add nsw i32 %v.160, %v.159
  %v.162 = lshr i32 %v.161, 13
  %v.163 = fadd float %v.156, 5.000000e-01
  %v.164 = bitcast float %v.163 to i32
  %v.165 = icmp ult i32 %v.157, 947912704
  %v.166 = select i1 %v.165, i32 %v.164, i32 %v.162
  %v.167 = icmp ugt i32 %v.157, 1199570943
  %v.168 = select i1 %v.167, i32 31744, i32 %v.166
  %v.169 = icmp ugt i32 %v.157, 2139095040
  %v.170 = select i1 %v.169, i32 32256, i32 %v.168
  %v.171 = or i32 %v.170, %v.155
  %v.172 = trunc i32 %v.171 to i16
  %v.173 = select i1 %v.117, i16 %v.152, i16 %v.172
  store i16 %v.173, ptr %v.100, align 2
  store float %square_avg.2, ptr %v.137, align 4
  store float %acc_delta.2, ptr %v.139, align 4
  br label %block.20

block.22:
  %v.174 = call i64 @llvm.smax.i64(i64 %n.2, i64 0)
  br label %block.23

block.23:
  %v.175 = phi i64 [ 0, %block.22 ], [ %v.176, %block.24 ]
  %v.177 = phi i64 [ %v.174, %block.22 ], [ %v.178, %block.24 ]
  %v.179 = icmp sgt i64 %v.177, 0
  br i1 %v.179, label %block.24, label %block.17

block.24:
  %v.178 = add nsw i64 %v.177, -1
  %v.176 = add i64 %v.175, 1
  %v.180 = inttoptr i64 %params to ptr
  %v.181 = getelementptr i16, ptr %v.180, i64 %v.175
  %v.182 = load i16, ptr %v.181, align 2
  %v.183 = bitcast i16 %v.182 to half
  %v.184 = fpext half %v.183 to float
  %v.185 = sext i16 %v.182 to i32
  %v.186 = and i32 %v.185, -2147483648
  %v.187 = and i16 %v.182, 32767
  %v.188 = zext i16 %v.187 to i32
  %v.189 = shl nuw nsw i32 %v.188, 13
  %v.190 = bitcast i32 %v.189 to float
  %v.191 = fmul float %v.190, 0x46F0000000000000
  %v.192 = bitcast float %v.191 to i32
  %v.193 = icmp ugt i16 %v.187, 31743
  %v.194 = or i32 %v.192, 2139095040
  %v.195 = select i1 %v.193, i32 %v.194, i32 %v.192
  %v.196 = or i32 %v.195, %v.186
  %v.197 = bitcast i32 %v.196 to float
  %v.198 = load i1, ptr @has_half_conversions, align 1
  %param.3 = select i1 %v.198, float %v.184, float %v.197
  %v.199 = inttoptr i64 %grads.2 to ptr
  %v.200 = getelementptr i16, ptr %v.199, i64 %v.175
  %v.201 = load i16, ptr %v.200, align 2
  %v.202 = bitcast i16 %v.201 to half
  %v.203 = fpext half %v.202 to float
  %v.204 = sext i16 %v.201 to i32
  %v.205 = and i32 %v.204, -2147483648
  %v.206 = and i16 %v.201, 32767
  %v.207 = zext i16 %v.206 to i32
  %v.208 = shl nuw nsw i32 %v.207, 13
  %v.209 = bitcast i32 %v.208 to float
  %v.210 = fmul float %v.209, 0x46F0000000000000
  %v.211 = bitcast float %v.210 to i32
  %v.212 = icmp ugt i16 %v.206, 31743
  %v.213 = or i32 %v.211, 2139095040
  %v.214 = select i1 %v.212, i32 %v.213, i32 %v.211
  %v.215 = or i32 %v.214, %v.205
  %v.216 = bitcast i32 %v.215 to float
  %v.217 = select i1 %v.198, float %v.203, float %v.216
  %grad.4 = fmul float %v.217, %inv_scale
  %v.218 = fptrunc float %grad.4 to half
  %v.219 = bitcast half %v.218 to i16
  %v.220 = bitcast float %grad.4 to i32
  %v.221 = lshr i32 %v.220, 16
  %v.222 = and i32 %v.221, 32768
  %v.223 = call float @llvm.fabs.f32(float %grad.4)
  %v.224 = bitcast float %v.223 to i32
  %v.225 = lshr i32 %v.224, 13
  %v.226 = and i32 %v.225, 1
  %v.227 = add nsw i32 %v.224, -939520001
  %v.228 = add nsw i32 %v.227, %v.226
  %v.229 = lshr i32 %v.228, 13
  %v.230 = fadd float %v.223, 5.000000e-01
  %v.231 = bitcast float %v.230 to i32
  %v.232 = icmp ult i32 %v.224, 947912704
  %v.233 = select i1 %v.232, i32 %v.231, i32 %v.229
  %v.234 = icmp ugt i32 %v.224, 1199570943
  %v.235 = select i1 %v.234, i32 31744, i32 %v.233
  %v.236 = icmp ugt i32 %v.224, 2139095040
  %v.237 = select i1 %v.236, i32 32256, i32 %v.235
  %v.238 = or i32 %v.237, %v.222
  %v.239 = trunc i32 %v.238 to i16
  %v.240 = select i1 %v.198, i16 %v.219, i16 %v.239
  store i16 %v.240, ptr %v.200, align 2
  %v.241 = inttoptr i64 %square_avgs to ptr
  %v.242 = getelementptr float, ptr %v.241, i64 %v.175
  %square_avg.3 = load float, ptr %v.242, align 4
  %v.243 = inttoptr i64 %acc_deltas to ptr
  %v.244 = getelementptr float, ptr %v.243, i64 %v.175
  %acc_delta.3 = load float, ptr %v.244, align 4
  %v.245 = fneg float %clip
  %grad.5 = fmul float %grad.4, %v.245
  %grad.6 = call float @llvm.fmuladd.f32(float %weight_decay, float %param.3, float %grad.5)
  %v.246 = fmul float %one_minus_rho, %grad.6
  %v.247 = fmul float %rho, %square_avg.3
  %square_avg.4 = call float @llvm.fmuladd.f32(float %v.246, float %grad.6, float %v.247)
  %v.248 = fadd float %acc_delta.3, %eps
  %v.249 = fadd float %square_avg.4, %eps
  %v.250 = call float @llvm.sqrt.f32(float %v.248)
  %v.251 = call float @llvm.sqrt.f32(float %v.249)
  %v.252 = fdiv float %v.250, %v.251
  %delta.2 = fmul float %v.252, %grad.6
  %v.253 = fmul float %one_minus_rho, %delta.2
  %v.254 = fmul float %rho, %acc_delta.3
  %acc_delta.4 = call float @llvm.fmuladd.f32(float %v.253, float %delta.2, float %v.254)
  %v.255 = fneg float %lr
  %param.4 = call float @llvm.fmuladd.f32(float %v.255, float %delta.2, float %param.3)
  %v.256 = fptrunc float %param.4 to half
  %v.257 = bitcast half %v.256 to i16
  %v.258 = bitcast float %param.4 to i32
  %v.259 = lshr i32 %v.258, 16
  %v.260 = and i32 %v.259, 32768
  %v.261 = call float @llvm.fabs.f32(float %param.4)
  %v.262 = bitcast float %v.261 to i32
  %v.263 = lshr i32 %v.262, 13
  %v.264 = and i32 %v.263, 1
  %v.265 = add nsw i32 %v.262, -939520001
  %v.266 = add nsw i32 %v.265, %v.264
  %v.267 = lshr i32 %v.266, 13
  %v.268 = fadd float %v.261, 5.000000e-01
  %v.269 = bitcast float %v.268 to i32
  %v.270 = icmp ult i32 %v.262, 947912704
  %v.271 = select i1 %v.270, i32 %v.269, i32 %v.267
  %v.272 = icmp ugt i32 %v.262, 1199570943
  %v.273 = select i1 %v.272, i32 31744, i32 %v.271
  %v.274 = icmp ugt i32 %v.262, 2139095040
  %v.275 = select i1 %v.274, i32 32256, i32 %v.273
  %v.276 = or i32 %v.275, %v.260
  %v.277 = trunc i32 %v.276 to i16
  %v.278 = select i1 %v.198, i16 %v.257, i16 %v.277
  store i16 %v.278, ptr %v.181, align 2
  store float %square_avg.4, ptr %v.242, align 4
  store float %acc_delta.4, ptr %v.244, align 4
  br label %block.23

block.25:
  ret void
}
