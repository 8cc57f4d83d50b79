"""A stand-in for ``libcuda.so.1`` that lets the real ``cuda.bindings`` run without a GPU.

``libcuda.c`` describes it. It must be loaded before a process looks for a driver, and cannot be
unloaded: use a child process, ``python -c``, with ``tests`` and ``tests/cuda`` on its path.

    path = compiled(folder)       # in the parent; see why_not()
    driver = StandIn(path)        # in the child, before cuda.bindings are used
    with on_the_cpu(driver):      # treats tensors on the CPU as if on a GPU
        driver.set_launch(callback)
        optimizer.step()
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

SOURCE = Path(__file__).with_name("libcuda.c")
FLAGS = ("-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-fPIC", "-shared", "-pthread")
SONAME = "libcuda.so.1"
LAUNCH_FAILED = 719


def compiler() -> str | None:
    """Return the path of a C compiler, or None."""
    names = (os.environ.get("CC", ""), "cc", "gcc", "clang")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@cache
def why_not() -> str:
    """Return why the stand-in cannot be used here, or an empty string."""
    if not sys.platform.startswith("linux"):
        return "the stand-in for the CUDA driver is for Linux"
    if compiler() is None:
        return "no C compiler for the stand-in for the CUDA driver"
    if importlib.util.find_spec("cuda") is None or not importlib.util.find_spec("cuda.bindings"):
        return "cuda.bindings is not installed"
    # Not loaded in this process, where torch might use it.
    look = "import ctypes; ctypes.CDLL('libcuda.so.1')"
    if (
        subprocess.run([sys.executable, "-c", look], capture_output=True, check=False).returncode
        == 0
    ):
        return "there is a real CUDA driver"
    return ""


def compiled(folder: Path) -> Path:
    """Compile the stand-in into a folder; return the path of the library.

    Raises:
        RuntimeError: the compiler fails; with its messages.
    """
    library = folder / SONAME
    command = [compiler() or "cc", *FLAGS, f"-Wl,-soname,{SONAME}", str(SOURCE), "-o", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    return library


# Callback of a launch: (entry: bytes, image: bytes, parameters: address of the packed bytes, valid
# during the callback, size: of them, device, stream: handle or None, grid: blocks, block: threads)
# -> status of the launch, 0 for success. The image is the loaded PTX; parameters have the layout of
# the entry's .param list. Runs in the thread of the launch.
Callback = Callable[[bytes, bytes, int, int, int, int | None, int, int], int]
CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_char_p,
    ctypes.c_char_p,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_uint,
    ctypes.c_uint,
)


class Call(NamedTuple):
    """A call of a function of the driver.

    Args:
        name: exported name of the function.
        thread: native id of the thread, as ``threading.get_native_id()``.
        device: device of the current context before the call; -1 without one.
        depth: depth of the thread's stack of contexts after the call.
        status: returned status.
    """

    name: str
    thread: int
    device: int
    depth: int
    status: int


class _Call(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("thread", ctypes.c_int64),
        ("device", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("status", ctypes.c_int),
    )


class StandIn:
    """The stand-in, loaded into this process: a driver for one H100.

    Args:
        path: path of the library.

    Attributes:
        api: the functions of the driver, to call them without ``cuda.bindings``.
    """

    def __init__(self, path: str | Path) -> None:
        self.api = ctypes.CDLL(str(path), ctypes.RTLD_GLOBAL)
        self.api.stand_in_stream.restype = ctypes.c_void_p
        self.api.stand_in_calls.restype = ctypes.c_size_t
        self.api.stand_in_calls.argtypes = [ctypes.POINTER(_Call), ctypes.c_size_t]
        self._callback: Any = None
        self._exception: BaseException | None = None
        self.reset()

    def reset(
        self,
        version: int = 13000,
        devices: int = 1,
        capability: int = 90,
        multiprocessors: int = 132,
    ) -> None:
        """Reset to an uninitialized driver of a machine with these devices.

        Invalidates all handles; this thread has no context afterwards.

        Args:
            version: supported CUDA version, 12010 for 12.1.
            devices: number of devices, 16 at most.
            capability: compute capability of each, 90 for 9.0.
            multiprocessors: number of multiprocessors of each.
        """
        self.api.stand_in_reset(version, devices, capability, multiprocessors)
        self._callback = self._exception = None

    def set_device(self, device: int, capability: int, multiprocessors: int = 132) -> None:
        """Change the properties of one device."""
        self.api.stand_in_set_device(device, capability, multiprocessors)

    def set_lazy(self, is_lazy: bool) -> None:
        """Compile code when a device first needs it, not when it is loaded."""
        self.api.stand_in_set_lazy(int(is_lazy))

    def set_launch(self, callback: Callback) -> None:
        """Call a function for every valid launch, see ``Callback``.

        If it raises, the launch fails with LAUNCH_FAILED, and ``check`` raises the exception.
        """

        def guarded(*arguments: Any) -> int:
            try:
                return callback(*arguments)
            except BaseException as exception:
                self._exception = self._exception or exception
                return LAUNCH_FAILED

        before, self._callback = self._callback, CALLBACK(guarded)
        self.api.stand_in_set_launch(self._callback)
        del before  # not sooner: the library had it

    def check(self) -> None:
        """Raise the first exception that a callback raised, once."""
        exception, self._exception = self._exception, None
        if exception is not None:
            raise exception

    def fail(self, name: str, status: int, after: int = 0) -> None:
        """Make the next call of a function return a status and do nothing else.

        Args:
            name: exported name; "compile" for the compiler in the driver.
            status: the status, not 0.
            after: number of calls that still succeed before.
        """
        assert self.api.stand_in_fail(name.encode(), status, after)

    def make_contexts(self) -> None:
        """Create the primary contexts of all devices, as torch does for its tensors."""
        library, n_devices, context = self.api, ctypes.c_int(), ctypes.c_void_p()
        assert library.cuInit(0) == library.cuDeviceGetCount(ctypes.byref(n_devices)) == 0
        for device in range(n_devices.value):
            assert library.cuDevicePrimaryCtxRetain(ctypes.byref(context), device) == 0
        self.forget_calls()

    def stream(self, device: int) -> int:
        """Return the handle of a new stream of a device."""
        return int(self.api.stand_in_stream(device))

    def calls(self, name: str = "") -> list[Call]:
        """Return the calls so far, all or those of one function."""
        n = self.api.stand_in_calls(None, 0)
        calls = (_Call * n)()
        self.api.stand_in_calls(calls, n)
        found = [Call(c.name.decode(), c.thread, c.device, c.depth, c.status) for c in calls]
        return [call for call in found if name in ("", call.name)]

    def forget_calls(self) -> None:
        """Clear the list of calls."""
        self.api.stand_in_forget_calls()

    def stack(self) -> list[int]:
        """Return the devices of this thread's contexts, the current one last."""
        devices = (ctypes.c_int * 64)()
        return devices[: self.api.stand_in_stack(devices)]


@contextmanager
def on_the_cpu(driver: StandIn, doubles: int = 0) -> Iterator[dict[int, int]]:
    """Treat parameters on the CPU as if they were on GPUs of the stand-in, which use CPU memory.

    Replaces only the device of a launch and the functions of ``torch.cuda`` that the package calls.

    Args:
        driver: the stand-in.
        doubles: device of float64 and complex128 parameters; all others are on device 0.

    Yields:
        the handles of torch's current streams, by device; they may be changed.
    """
    import torch

    from adadelta_gen import registry
    from adadelta_gen.cuda import driver as used
    from adadelta_gen.cuda import launch, target
    from adadelta_gen.native import shim
    from adadelta_gen.step import kinds

    def gpu(dtype: Any) -> torch.device:
        return torch.device("cuda", doubles if dtype == "float64" else 0)

    class Launch(launch.Launch):
        def __init__(self, device: torch.device, rows: Any, parts: Any, scalars: Any, words: Any):
            super().__init__(gpu(scalars.dtype), rows, parts, scalars, words)
            self._device = device

    def unavailable(device: torch.device | None = None, dtype: str | None = None) -> str:
        return target.unavailable(None if device is None else gpu(dtype), dtype)

    patched = SimpleNamespace(Launch=Launch, kernel=target.kernel, unavailable=unavailable)
    streams = {device: driver.stream(device) for device in {0, doubles}}
    caches = (
        *(used.unavailable, used.unavailable_on, used.multiprocessors, used.functions),
        *(used._device, used.context, target.unavailable, target._refused),
        *(registry.load, kinds._kind),
    )

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_void_p))
    def tell_stream(device: int, place: Any) -> int:
        place[0] = streams[device]
        return 0

    def forget() -> None:
        for cached in caches:
            cached.cache_clear()

    with ExitStack() as stack:
        for where, name, value in (
            (torch.cuda, "is_available", lambda: True),
            (torch.cuda, "is_current_stream_capturing", lambda: False),
            (registry, "target", lambda name: patched),
            (used, "stream_getter", lambda: shim.address(tell_stream)),
        ):
            stack.enter_context(mock.patch.object(where, name, value))
        # A torch that is built for CUDA would query its own runtime for graph captures.
        for kind in ("accelerator", "cuda"):
            check = f"_{kind}_graph_capture_health_check"
            if hasattr(torch.optim.Optimizer, check):
                stack.enter_context(mock.patch.object(torch.optim.Optimizer, check))
        stack.enter_context(mock.patch.dict(registry.SERVED_BY, cpu="cuda"))
        stack.callback(forget)
        forget()
        yield streams
