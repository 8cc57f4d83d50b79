"""Objects that must outlive all of Python."""

import ctypes


def keep(thing: object) -> None:
    """Let an object live to the end of the process, whatever module is reloaded or torn down.

    Native code outlives all that knows its address: a thread may still run it while Python ends.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
