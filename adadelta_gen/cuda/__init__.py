"""The CUDA target: intrinsics, build-time compile to PTX, run-time load and launch."""
