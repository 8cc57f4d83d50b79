"""Execute committed PTX on the CPU, with every access to memory checked.

``parse.py`` reads the text, ``translate.py`` translates it to LLVM IR, ``memory.py`` checks the
accesses of a launch, ``program.py`` runs all threads of all blocks one after the other.
"""
