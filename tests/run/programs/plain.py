"""Prints all that a program sees of how it was started, then ends as its first argument says."""

import sys

print(sys.argv, sys.path[0], __name__, __package__, sys.modules["__main__"].__name__)
print(__file__, getattr(__spec__, "name", None), type(__loader__).__name__, "torch" in sys.modules)


def end():
    how = sys.argv[1]
    if how == "raise":
        raise ValueError("a batch is wrong")
    sys.exit({"exit": 7, "message": "no data", "well": None}[how])


end()
