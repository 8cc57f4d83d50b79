"""Execute committed PTX on the CPU, with every access to memory checked.

``parse.py`` reads the text, ``translate.py`` writes it as LLVM IR, ``memory.py`` says what a launch
may touch, ``program.py`` runs all threads of all blocks, one after the other.
"""
