"""Objects that live until the process ends."""

import ctypes


def keep(thing: object) -> None:
    """Keep an object alive until the process ends, even if modules are reloaded or torn down.

    A thread may still run native code while Python shuts down.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
