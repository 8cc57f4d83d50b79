"""The CPU target: intrinsics, compile, kernel cache, and the launch on torch's own threads."""
