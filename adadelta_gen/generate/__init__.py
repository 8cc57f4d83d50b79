"""``make generate``: render templates, compile the sources to LLVM IR and PTX, check the results.

No module here imports generated code, so that a broken generated file can always be repaired.
"""
