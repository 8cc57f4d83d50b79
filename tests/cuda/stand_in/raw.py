"""Errors of the stand-in, called through its C interface.

Statuses and limits are those of the CUDA driver API reference and of the PTX ISA.
"""

import ctypes
import os
import threading
from typing import Any

from stand_in import StandIn

SUCCESS, INVALID_VALUE, NOT_INITIALIZED, NO_DEVICE, INVALID_DEVICE = 0, 1, 3, 100, 101
INVALID_IMAGE, INVALID_CONTEXT, INVALID_PTX, UNSUPPORTED_PTX_VERSION = 200, 201, 218, 222
INVALID_HANDLE, NOT_FOUND, LAUNCH_OUT_OF_RESOURCES, NOT_SUPPORTED = 400, 500, 701, 801
GARBAGE = 0x7F0000000010

PTX = """// .entry of a comment
.version 8.1 /* .version 9.9 */
.target sm_80
.address_size 64
.visible .entry one(
    .param .u32 a,
    .param .align 8 .b8 b[12], // 8 .. 20
    .param .u64 .ptr .global .align 4 c,
    .param .f64 d
)
.maxntid 128, 2, 1
{ ret; }
.entry two() { ret; }
"""


def _entry(n_bytes: int, version: str = "8.1") -> str:
    parameter = f".param .align 4 .b8 a[{n_bytes}]"
    text = f".version {version}\n.target sm_80\n.address_size 64\n"
    return f"{text}.entry big({parameter}) {{ ret; }}\n"


class Raw:
    """The driver's functions; each returns its status, or status and handle.

    Args:
        driver: the stand-in.
    """

    def __init__(self, driver: StandIn) -> None:
        self.api = driver.api
        self.sources = [
            ctypes.c_uint32(7),
            ctypes.create_string_buffer(b"twelve bytes", 12),
            ctypes.c_uint64(1 << 40),
            ctypes.c_double(0.5),
        ]

    def _made(self, function: str, *arguments: Any) -> tuple[int, int]:
        handle = ctypes.c_void_p()
        status = getattr(self.api, function)(ctypes.byref(handle), *arguments)
        return status, handle.value or 0

    def context(self, device: int) -> tuple[int, int]:
        return self._made("cuDevicePrimaryCtxRetain", device)

    def push(self, context: int) -> int:
        return self.api.cuCtxPushCurrent_v2(ctypes.c_void_p(context))

    def set(self, context: int) -> int:
        return self.api.cuCtxSetCurrent(ctypes.c_void_p(context))

    def pop(self) -> tuple[int, int]:
        return self._made("cuCtxPopCurrent_v2")

    def current(self) -> tuple[int, int]:
        return self._made("cuCtxGetCurrent")

    def load(self, image: str | None, n_options: int = 0) -> tuple[int, int]:
        code = None if image is None else image.encode()
        return self._made("cuLibraryLoadData", code, None, None, n_options, None, None, 0)

    def kernel(self, library: int, name: str = "one") -> tuple[int, int]:
        return self._made("cuLibraryGetKernel", ctypes.c_void_p(library), name.encode())

    def function(self, kernel: int) -> tuple[int, int]:
        return self._made("cuKernelGetFunction", ctypes.c_void_p(kernel))

    def launch(
        self,
        function: int,
        grid: tuple[int, ...] = (1,),
        block: tuple[int, ...] = (256,),
        shared: int = 0,
        stream: int = 0,
        params: str = "all",
        extra: bool = False,
    ) -> int:
        """Launch a kernel with the sources as parameters: all, none, or a null among them."""
        sources = [ctypes.addressof(source) for source in self.sources]
        if params == "one null":
            sources[2] = 0
        pointers = None if params == "none" else (ctypes.c_void_p * len(sources))(*sources)
        dims = [ctypes.c_uint(n) for given in (grid, block) for n in (*given, 1, 1)[:3]]
        return self.api.cuLaunchKernel(
            ctypes.c_void_p(function),
            *dims,
            ctypes.c_uint(shared),
            ctypes.c_void_p(stream),
            pointers,
            (ctypes.c_void_p * 1)() if extra else None,
        )


def initialisation(driver: StandIn) -> None:
    """Before cuInit every call fails; no device; a forked child."""
    raw, n = Raw(driver), ctypes.c_int()
    assert raw.api.cuDriverGetVersion(ctypes.byref(n)) == SUCCESS
    assert n.value == 13000
    assert raw.api.cuDeviceGetCount(ctypes.byref(n)) == NOT_INITIALIZED
    assert raw.context(0)[0] == raw.load(PTX)[0] == raw.launch(GARBAGE) == NOT_INITIALIZED
    assert raw.push(GARBAGE) == raw.pop()[0] == NOT_INITIALIZED
    assert raw.api.cuInit(1) == INVALID_VALUE
    assert raw.api.cuInit(0) == SUCCESS
    assert raw.api.cuDeviceGet(ctypes.byref(n), 1) == INVALID_DEVICE
    assert raw.api.cuDeviceGet(ctypes.byref(n), -1) == INVALID_DEVICE
    assert raw.api.cuDeviceGet(None, 0) == INVALID_VALUE
    assert raw.api.cuDeviceGetAttribute(ctypes.byref(n), 16, 1) == INVALID_DEVICE
    assert raw.api.cuDeviceGetAttribute(ctypes.byref(n), 12345, 0) == INVALID_VALUE
    assert raw.api.cuDeviceGetAttribute(ctypes.byref(n), 16, 0) == SUCCESS
    assert n.value == 132
    child = os.fork()
    if not child:
        os._exit(raw.context(0)[0])
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == NOT_INITIALIZED
    driver.reset(devices=0)
    assert raw.api.cuInit(0) == NO_DEVICE


def contexts(driver: StandIn) -> None:
    """One stack of retained contexts per thread."""
    raw = Raw(driver)
    driver.reset(devices=2)
    raw.api.cuInit(0)
    assert raw.api.cuDevicePrimaryCtxRelease_v2(0) == INVALID_CONTEXT
    (_, first), (_, again), (_, second) = raw.context(0), raw.context(0), raw.context(1)
    assert first == again != second
    assert raw.context(2) == (INVALID_DEVICE, 0)
    assert raw.pop()[0] == INVALID_CONTEXT
    assert raw.push(0) == raw.push(GARBAGE) == raw.set(GARBAGE) == INVALID_CONTEXT
    assert raw.current() == (SUCCESS, 0)
    assert raw.push(first) == raw.push(second) == raw.push(first) == SUCCESS
    assert driver.stack() == [0, 1, 0]
    assert raw.set(second) == SUCCESS
    assert driver.stack() == [0, 1, 1]
    elsewhere: list[object] = []
    thread = threading.Thread(target=lambda: elsewhere.extend((driver.stack(), raw.pop()[0])))
    thread.start()
    thread.join()
    assert elsewhere == [[], INVALID_CONTEXT]
    assert raw.set(0) == SUCCESS
    assert [raw.pop(), raw.pop()] == [(SUCCESS, second), (SUCCESS, first)]
    assert raw.pop()[0] == INVALID_CONTEXT
    for _ in range(2):
        assert raw.push(first) == SUCCESS
        raw.pop()
        assert raw.api.cuDevicePrimaryCtxRelease_v2(0) == SUCCESS
    assert raw.push(first) == INVALID_CONTEXT
    assert driver.stack() == []
    assert [raw.push(second) for _ in range(65)] == 64 * [SUCCESS] + [2]


def images(driver: StandIn) -> None:
    """Images that no driver would load, or not for this device."""
    raw = Raw(driver)
    driver.make_contexts()
    assert raw.load(None)[0] == INVALID_VALUE
    assert raw.load(PTX, n_options=1)[0] == NOT_SUPPORTED
    for text in ("", "hello", "\x7fELF", "// .version 8.1"):
        assert raw.load(text)[0] == INVALID_IMAGE, text
    for old, new, status in (
        (".version 8.1", ".version 9.1", UNSUPPORTED_PTX_VERSION),  # CUDA 13.1
        (".version 8.1", ".version 9.0", SUCCESS),
        (".version 8.1", ".version eight", INVALID_PTX),
        ("sm_80", "sm_100", INVALID_PTX),
        ("sm_80", "sm_90", SUCCESS),
        (".address_size 64", ".address_size 32", INVALID_PTX),
        (".u32 a", ".u33 a", INVALID_PTX),
        ("{ ret; }\n.entry", "\n.entry", INVALID_PTX),
        ("128, 2, 1", "0", INVALID_PTX),
        (".f64 d\n)", ".f64 d\n", INVALID_PTX),
    ):
        assert old in PTX
        assert raw.load(PTX.replace(old, new))[0] == status, new
    assert raw.load(_entry(32764))[0] == raw.load(_entry(4096, "8.0"))[0] == SUCCESS
    assert raw.load(_entry(32765))[0] == raw.load(_entry(4097, "8.0"))[0] == INVALID_PTX
    _, library = raw.load(PTX)
    assert raw.kernel(library)[0] == raw.kernel(library, "two")[0] == SUCCESS
    for name in ("on", "of", "three", ""):
        assert raw.kernel(library, name) == (NOT_FOUND, 0)
    assert raw.kernel(GARBAGE)[0] == raw.api.cuLibraryUnload(None) == INVALID_HANDLE
    assert raw.api.cuLibraryUnload(ctypes.c_void_p(library)) == SUCCESS
    assert raw.api.cuLibraryUnload(ctypes.c_void_p(library)) == INVALID_HANDLE
    assert raw.kernel(library)[0] == INVALID_HANDLE
    driver.reset(version=12010)
    raw.api.cuInit(0)
    assert raw.load(PTX)[0] == SUCCESS
    assert raw.load(PTX.replace(".version 8.1", ".version 8.2"))[0] == UNSUPPORTED_PTX_VERSION


def launches(driver: StandIn) -> None:
    """A launch needs a context, its handles, sizes within limits, and all parameters."""
    raw = Raw(driver)
    driver.reset(devices=2)
    driver.make_contexts()
    (_, first), (_, second) = raw.context(0), raw.context(1)
    _, library = raw.load(PTX)
    (_, one), (_, two) = raw.kernel(library), raw.kernel(library, "two")
    taken = []
    driver.set_launch(lambda *launch: taken.append(launch) or 0)
    assert raw.launch(one) == raw.function(one)[0] == INVALID_CONTEXT
    raw.push(second)
    _, of_second = raw.function(one)
    raw.push(first)
    _, of_first = raw.function(one)
    assert raw.function(GARBAGE)[0] == INVALID_HANDLE
    streams = [driver.stream(0), driver.stream(1)]
    for arguments, status in (
        ({"function": 0}, INVALID_HANDLE),
        ({"function": GARBAGE}, INVALID_HANDLE),
        ({"function": library}, INVALID_HANDLE),
        ({"function": of_second}, INVALID_HANDLE),
        ({"stream": GARBAGE}, INVALID_HANDLE),
        ({"stream": streams[1]}, INVALID_HANDLE),
        ({"grid": (0,)}, INVALID_VALUE),
        ({"grid": (1, 0)}, INVALID_VALUE),
        ({"grid": (1 << 31,)}, INVALID_VALUE),
        ({"grid": (1, 1 << 16)}, INVALID_VALUE),
        ({"grid": (1, 1, 1 << 16)}, INVALID_VALUE),
        ({"block": (0,)}, INVALID_VALUE),
        ({"block": (2048,)}, INVALID_VALUE),
        ({"block": (1024, 2)}, INVALID_VALUE),
        ({"block": (1, 1, 65)}, INVALID_VALUE),
        ({"block": (257,)}, LAUNCH_OUT_OF_RESOURCES),
        ({"shared": 1 << 16}, INVALID_VALUE),
        ({"params": "none"}, INVALID_VALUE),
        ({"params": "one null"}, INVALID_VALUE),
        ({"extra": True}, INVALID_VALUE),
        ({"extra": True, "params": "none"}, NOT_SUPPORTED),
        ({"grid": (1, 2)}, NOT_SUPPORTED),  # of the stand-in: its callback has no room for it
    ):
        assert raw.launch(**{"function": one, **arguments}) == status, arguments
    assert taken == []
    assert raw.launch(one, grid=((1 << 31) - 1,), stream=streams[0]) == SUCCESS
    assert raw.launch(of_first, block=(128,), stream=2) == SUCCESS
    assert raw.launch(two, block=(1024,), params="none") == SUCCESS
    raw.pop()
    assert raw.launch(of_second) == raw.launch(one) == SUCCESS
    assert [(entry, *launch[3:]) for entry, *launch in ((t[0], *t) for t in taken)] == [
        (b"one", 40, 0, streams[0], (1 << 31) - 1, 256),
        (b"one", 40, 0, 2, 1, 128),
        (b"two", 0, 0, None, 1, 1024),
        (b"one", 40, 1, None, 1, 256),
        (b"one", 40, 1, None, 1, 256),
    ]
    assert taken[0][1] == PTX.encode()
    assert raw.api.cuLibraryUnload(ctypes.c_void_p(library)) == SUCCESS
    assert raw.launch(one) == raw.launch(of_second) == INVALID_HANDLE


def parameters(driver: StandIn) -> None:
    """They are copied at the call, each to its offset; the callback returns the status."""
    raw = Raw(driver)
    driver.make_contexts()
    raw.push(raw.context(0)[1])
    _, one = raw.kernel(raw.load(PTX)[1])
    seen = []

    def callback(entry, image, address, size, *_):
        raw.sources[0].value += 1
        seen.append(ctypes.string_at(address, size))
        return 700

    driver.set_launch(callback)
    assert raw.launch(one) == 700
    assert seen[0][:4] == (7).to_bytes(4, "little")
    assert seen[0][8:20] == b"twelve bytes"
    assert seen[0][24:] == (1 << 40).to_bytes(8, "little") + bytes(raw.sources[3])
    assert raw.launch(one) == 700
    assert seen[1][:4] == (8).to_bytes(4, "little")

    def fails(*_):
        raise KeyError("of the callback")

    driver.set_launch(fails)
    assert raw.launch(one) == 719
    try:
        driver.check()
    except KeyError:
        driver.check()
    else:
        raise AssertionError("the exception was lost")


def lazy_loading(driver: StandIn) -> None:
    """Invalid code fails when a device first needs it."""
    raw = Raw(driver)
    driver.reset(devices=2)
    driver.set_device(1, 75)
    driver.set_lazy(True)
    driver.make_contexts()
    _, one = raw.kernel(raw.load(PTX)[1])
    raw.push(raw.context(0)[1])
    assert raw.launch(one) == raw.function(one)[0] == SUCCESS
    raw.push(raw.context(1)[1])
    assert raw.launch(one) == raw.function(one)[0] == INVALID_PTX
    raw.pop()
    _, newer = raw.kernel(raw.load(PTX.replace(".version 8.1", ".version 9.9"))[1])
    assert raw.launch(newer) == UNSUPPORTED_PTX_VERSION


def wanted_failures(driver: StandIn) -> None:
    """They occur once, after the given number of calls, and change nothing."""
    raw = Raw(driver)
    driver.make_contexts()
    _, context = raw.context(0)
    driver.fail("cuCtxPushCurrent_v2", 2, after=1)
    assert [raw.push(context) for _ in range(3)] == [SUCCESS, 2, SUCCESS]
    assert driver.stack() == [0, 0]
    driver.fail("compile", 221)
    assert [raw.load(PTX)[0] for _ in range(2)] == [221, SUCCESS]
    calls = driver.calls("cuCtxPushCurrent_v2")
    own = threading.get_native_id()
    assert [tuple(call[1:]) for call in calls] == [
        (own, -1, 1, SUCCESS),
        (own, 0, 1, 2),
        (own, 0, 2, SUCCESS),
    ]


def symbols(driver: StandIn) -> None:
    """The names of errors, and functions by their names and versions."""
    raw, found = Raw(driver), ctypes.c_int()
    name = ctypes.c_char_p()
    assert raw.api.cuGetErrorName(INVALID_PTX, ctypes.byref(name)) == SUCCESS
    assert name.value == b"CUDA_ERROR_INVALID_PTX"
    assert raw.api.cuGetErrorString(2, ctypes.byref(name)) == SUCCESS
    assert name.value == b"out of memory"
    assert raw.api.cuGetErrorName(12345, ctypes.byref(name)) == INVALID_VALUE
    assert name.value is None

    def address(symbol: bytes, version: int) -> int:
        pointer = ctypes.c_void_p()
        assert not raw.api.cuGetProcAddress_v2(
            symbol, ctypes.byref(pointer), version, ctypes.c_uint64(0), ctypes.byref(found)
        )
        return pointer.value or 0

    exported = ctypes.cast(raw.api.cuCtxPushCurrent_v2, ctypes.c_void_p).value
    assert (address(b"cuCtxPushCurrent", 12000), found.value) == (exported, 0)
    assert (address(b"cuMemAlloc", 12000), found.value) == (0, 1)
    assert (address(b"cuLibraryLoadData", 11080), found.value) == (0, 2)
    driver.reset(version=11080)
    assert (address(b"cuLibraryLoadData", 12000), found.value) == (0, 1)


CHECKS = (
    *(initialisation, contexts, images, launches, parameters),
    *(lazy_loading, wanted_failures, symbols),
)
