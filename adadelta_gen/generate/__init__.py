"""``make generate``: templates to sources, sources to LLVM IR and PTX, and the check of all that.

Nothing here imports generated code, so a broken generated file can always be repaired.
"""
