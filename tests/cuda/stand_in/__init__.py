"""A stand-in for ``libcuda.so.1``, under which the real ``cuda.bindings`` run without a GPU.

``libcuda.c`` says what it does. It must be in a process before anything looks for a driver, and
stays: load it in a child process, ``python -c``, with ``tests`` and ``tests/cuda`` on its path.

    path = compiled(folder)       # in the parent; see why_not()
    driver = StandIn(path)        # in the child, before cuda.bindings are used
    with on_the_cpu(driver):      # tensors on the CPU stand for a GPU's
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
    """The path of a C compiler, or None."""
    names = (os.environ.get("CC", ""), "cc", "gcc", "clang")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@cache
def why_not() -> str:
    """Say why the stand-in cannot be used here; an empty string if it can."""
    if not sys.platform.startswith("linux"):
        return "the stand-in for the CUDA driver is for Linux"
    if compiler() is None:
        return "no C compiler for the stand-in for the CUDA driver"
    if importlib.util.find_spec("cuda") is None or not importlib.util.find_spec("cuda.bindings"):
        return "cuda.bindings is not installed"
    # Not loaded in this process, where it would pass for one that torch may use.
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
        RuntimeError: the compiler refuses it, with what it says.
    """
    library = folder / SONAME
    command = [compiler() or "cc", *FLAGS, f"-Wl,-soname,{SONAME}", str(SOURCE), "-o", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    return library


# What a launch is handed to: (entry: bytes, image: bytes, parameters: address of the packed bytes,
# which are gone when the callback returns, size: of them, device, stream: handle or None, grid:
# blocks, block: threads) -> status of the launch, 0 for success. The image is the PTX as it was
# loaded; the parameters lie as the entry's .param list says. It runs in the thread of the launch.
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
        name: of the function, as it is exported.
        thread: the system's id of the thread, as ``threading.get_native_id()``.
        device: of the context that was current before the call; -1 without one.
        depth: of the thread's stack of contexts after the call.
        status: what it returned.
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
        path: of the library.

    Attributes:
        api: the functions of the driver, for who calls them without ``cuda.bindings``.
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
        """Be a driver that nobody has initialized, of a machine with these devices.

        Handles that it gave before are not good any more, and this thread has no context.

        Args:
            version: of CUDA that the driver is for, 12010 for 12.1.
            devices: how many, 16 at most.
            capability: of each, 90 for 9.0.
            multiprocessors: of each.
        """
        self.api.stand_in_reset(version, devices, capability, multiprocessors)
        self._callback = self._exception = None

    def set_device(self, device: int, capability: int, multiprocessors: int = 132) -> None:
        """Let one device be another one."""
        self.api.stand_in_set_device(device, capability, multiprocessors)

    def set_lazy(self, is_lazy: bool) -> None:
        """Compile code when a device needs it first, not where it is loaded."""
        self.api.stand_in_set_lazy(int(is_lazy))

    def set_launch(self, callback: Callback) -> None:
        """Hand every launch that the driver takes to a function, see ``Callback``.

        An exception in it makes the launch fail with LAUNCH_FAILED; ``check`` raises it.
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
        """Let the next call of a function do nothing but return a status.

        Args:
            name: as it is exported; "compile" for the compiler in the driver.
            status: not 0.
            after: how many calls still do what they do.
        """
        assert self.api.stand_in_fail(name.encode(), status, after)

    def make_contexts(self) -> None:
        """Make the primary contexts of all devices, as torch has them where it has tensors."""
        library, n_devices, context = self.api, ctypes.c_int(), ctypes.c_void_p()
        assert library.cuInit(0) == library.cuDeviceGetCount(ctypes.byref(n_devices)) == 0
        for device in range(n_devices.value):
            assert library.cuDevicePrimaryCtxRetain(ctypes.byref(context), device) == 0
        self.forget_calls()

    def stream(self, device: int) -> int:
        """The handle of a new stream of a device."""
        return int(self.api.stand_in_stream(device))

    def calls(self, name: str = "") -> list[Call]:
        """The calls so far, all or those of one function."""
        n = self.api.stand_in_calls(None, 0)
        calls = (_Call * n)()
        self.api.stand_in_calls(calls, n)
        found = [Call(c.name.decode(), c.thread, c.device, c.depth, c.status) for c in calls]
        return [call for call in found if name in ("", call.name)]

    def forget_calls(self) -> None:
        """Let ``calls`` begin anew."""
        self.api.stand_in_forget_calls()

    def stack(self) -> list[int]:
        """The devices of this thread's contexts, the current one last."""
        devices = (ctypes.c_int * 64)()
        return devices[: self.api.stand_in_stack(devices)]


@contextmanager
def on_the_cpu(driver: StandIn, doubles: int = 0) -> Iterator[dict[int, int]]:
    """Let parameters on the CPU be on GPUs of the stand-in, whose memory is the CPU's.

    All of the package is the real one but the device of a launch, and what it asks ``torch.cuda``.

    Args:
        driver: of these GPUs.
        doubles: the device of float64 and complex128 parameters; all others are on device 0.

    Yields:
        the handle of torch's current stream by device; it may be changed.
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
        # A torch that is built for CUDA would ask its own runtime whether a graph is captured.
        for kind in ("accelerator", "cuda"):
            check = f"_{kind}_graph_capture_health_check"
            if hasattr(torch.optim.Optimizer, check):
                stack.enter_context(mock.patch.object(torch.optim.Optimizer, check))
        stack.enter_context(mock.patch.dict(registry.SERVED_BY, cpu="cuda"))
        stack.callback(forget)
        forget()
        yield streams
