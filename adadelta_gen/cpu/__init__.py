"""The CPU target: intrinsics, build-time compile to LLVM IR, the launch on torch's own threads."""
