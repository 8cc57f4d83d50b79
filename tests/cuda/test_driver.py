"""Reasons why kernels cannot run on a GPU, with a fake driver; each warns once."""

import ctypes
import sys
import warnings
from enum import IntEnum
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.cuda import build, driver, target
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

SUCCESS, FAILURE = 0, 999
STREAM_GETTER = 0x7D0000000010
NO_STREAM = "torch's CUDA library lacks a function that the native step calls"
KERNEL, CONTEXT = 0x7F0000000010, 0x7E0000000010  # need more than 32 bits
CACHES = (
    *(driver._bindings, driver.unavailable, driver.unavailable_on, driver.multiprocessors),
    *(driver._device, driver.context, driver.functions),
    *(target.unavailable, target._refused, registry.load),
)


class CUresult(IntEnum):
    CUDA_SUCCESS = SUCCESS
    CUDA_ERROR_OUT_OF_MEMORY = 2
    CUDA_ERROR_UNKNOWN = FAILURE


class Handle:
    """A handle as returned by the bindings."""

    def __init__(self, address):
        self.address = address

    def __int__(self):
        return self.address


class Driver:
    """``cuda.bindings.driver`` of a machine with one GPU.

    Args:
        answers: by function, its result; FAILURE for an error.
    """

    CUresult = CUresult
    CUdevice_attribute = SimpleNamespace(
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR="major",
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR="minor",
        CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT="multiprocessors",
    )

    def __init__(self, **answers):
        self.answers = {
            "cuInit": (),
            "cuDriverGetVersion": (13000,),
            "cuDeviceGet": ("device",),
            "major": (9,),
            "minor": (0,),
            "multiprocessors": (132,),
            "cuDevicePrimaryCtxRetain": (Handle(CONTEXT),),
            "cuLibraryLoadData": ("library",),
            "cuLibraryGetKernel": (Handle(KERNEL),),
            "cuCtxPushCurrent": (),
            "cuKernelGetFunction": ("function",),
            "cuCtxPopCurrent": ("context",),
            **answers,
        }
        self.calls = []

    def cuDeviceGetAttribute(self, attribute, device):
        assert device == "device"
        return SUCCESS, *self.answers[attribute]

    def __getattr__(self, name):
        def call(*arguments):
            self.calls.append((name, *arguments))
            answer = self.answers[name]
            return (FAILURE,) if answer == FAILURE else (SUCCESS, *answer)

        return call


@pytest.fixture
def install(monkeypatch):
    """Return a function that replaces the driver."""

    def put(**answers):
        stand_in = Driver(**answers)
        bindings = ModuleType("cuda.bindings")
        bindings.driver = stand_in
        monkeypatch.setitem(sys.modules, "cuda.bindings", bindings)
        monkeypatch.setitem(sys.modules, "cuda.bindings.driver", stand_in)
        return stand_in

    for cache in CACHES:
        cache.cache_clear()
    monkeypatch.setattr(driver, "stream_getter", lambda: STREAM_GETTER)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_current_stream_capturing", lambda: False)
    yield put
    for cache in CACHES:
        cache.cache_clear()


GPU = torch.device("cuda", 0)
REASONS = {
    "no bindings": (None, "cuda.bindings is not installed: pip install 'adadelta-gen[cuda]'"),
    "no driver": ({"cuInit": FAILURE}, "the CUDA driver returned CUDA_ERROR_UNKNOWN"),
    "old driver": (
        {"cuDriverGetVersion": (12000,)},
        "the CUDA driver supports CUDA 12.0, CUDA 12.1 is needed",
    ),
    "old GPU": ({"major": (7,), "minor": (5,)}, "the device has compute capability 7.5, 8.0"),
    "PTX not compiled": ({"cuKernelGetFunction": FAILURE}, "its driver refuses the kernels: the"),
    "PTX refused": ({"cuLibraryLoadData": FAILURE}, "its driver refuses the kernels: the CUDA"),
}


@pytest.mark.parametrize(("answers", "why"), REASONS.values(), ids=REASONS)
def test_unavailable_returns_the_reason(install, monkeypatch, answers, why):
    if answers is None:
        install()
        monkeypatch.setitem(sys.modules, "cuda.bindings", None)
    else:
        install(**answers)
    with pytest.warns(UserWarning, match=r"torch, not adadelta_gen, updates .* on cuda:0") as seen:
        assert target.unavailable(GPU).startswith(why)
    assert why in str(seen[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert target.unavailable(GPU).startswith(why)  # warned once


@pytest.mark.parametrize("capability", [(8, 0), (8, 6), (9, 0), (10, 0), (12, 0)])
def test_kernels_for_every_gpu_from_ampere(install, capability):
    major, minor = capability
    install(major=(major,), minor=(minor,))
    assert target.unavailable(GPU) == ""


def test_a_missing_stream_function_is_a_reason(install, monkeypatch):
    install()
    monkeypatch.setattr(driver, "stream_getter", lambda: 0)
    with pytest.warns(UserWarning, match="torch's CUDA library lacks a function"):
        assert target.unavailable(GPU) == NO_STREAM
    assert (
        str(registry.launch_error(abi.NO_STREAM)) == "torch did not return its current CUDA stream"
    )


def test_there_is_no_warning_without_a_gpu(install, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert target.unavailable() == "torch finds no CUDA device"


def test_code_is_loaded_once(install):
    stand_in = install()
    spec = KernelSpec("cuda", "float64", maximize=True)
    assert registry.load(spec) is registry.load(spec)
    assert registry.load(spec).function == KERNEL
    ((_, code, *_),) = [call for call in stand_in.calls if call[0] == "cuLibraryLoadData"]
    assert code.endswith(b"\n\0")
    assert f".entry {spec.name}(".encode() in code
    assert ("cuLibraryGetKernel", "library", spec.name.encode()) in stand_in.calls


@pytest.fixture
def library(monkeypatch):
    """A driver library whose functions record their first argument and return 1, 2 and 3."""
    prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
    library = SimpleNamespace(calls=[])

    def function(name, status):
        def call(argument):
            library.calls.append((name, argument))
            return status

        return prototype(call)

    names = ("cuLaunchKernel", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2")
    for status, name in enumerate(names, 1):
        setattr(library, name, function(name, status))

    def load(name):
        assert name == ("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
        return library

    monkeypatch.setattr(driver.ctypes, "CDLL", load)
    return library


def test_the_addresses_of_functions(install, library):
    install()
    prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
    assert [prototype(address)(KERNEL) for address in driver.functions()] == [1, 2, 3]
    assert library.calls == [
        ("cuLaunchKernel", KERNEL),
        ("cuCtxPushCurrent_v2", KERNEL),
        ("cuCtxPopCurrent_v2", KERNEL),
    ]


def test_the_context_is_the_device_s_primary_one(install):
    stand_in = install()
    assert [driver.context(3), driver.context(3)] == [CONTEXT, CONTEXT]
    assert stand_in.calls == [("cuDeviceGet", 3), ("cuDevicePrimaryCtxRetain", "device")]


def test_a_missing_context_raises(install):
    install(cuDevicePrimaryCtxRetain=FAILURE)
    with pytest.raises(RuntimeError, match="the CUDA driver returned CUDA_ERROR_UNKNOWN"):
        driver.context(0)


def test_the_words_of_a_launch(install, library):
    """The tests with the simulator check how native code uses them."""
    install()
    words = np.zeros(abi.LAUNCH_WORDS, np.int64)
    rows = np.zeros((3, abi.ROW_WORDS), np.int64)
    parts = [(0, 5), (1, 0), (2, 4097)]
    launch = target.Launch(GPU, rows, parts, np.zeros(6, np.float32), words)
    launch.set_kernel(registry.load(KernelSpec("cuda", "float32")))
    functions = [words[word] for word in (abi.L_CUDA, abi.L_PUSH_CONTEXT, abi.L_POP_CONTEXT)]
    assert tuple(functions) == driver.functions()
    assert (words[abi.L_KERNEL], words[abi.L_CONTEXT]) == (KERNEL, CONTEXT)
    assert (words[abi.L_STREAM], words[abi.L_DEVICE]) == (STREAM_GETTER, 0)
    assert words[abi.L_BLOCKS] == 1 + 3  # of 2048 reals at most, the smallest chunk
    assert words[abi.L_THREADS] == build.THREADS == 256
    assert words[abi.L_N_INDICES] == 2
    assert list((ctypes.c_int64 * 2).from_address(int(words[abi.L_INDICES]))) == [2, 0]
    assert library.calls == []


def test_the_error_of_a_status(install):
    install()
    for error in (driver.error(FAILURE), registry.launch_error(FAILURE)):
        assert isinstance(error, RuntimeError)
        assert str(error) == "the CUDA driver returned CUDA_ERROR_UNKNOWN"


def test_the_error_of_a_status_that_is_unknown(install):
    """If the driver is newer than the bindings, their enumeration raises a ValueError."""
    install()
    with pytest.raises(ValueError, match="12345"):
        CUresult(12345)
    error = driver.error(12345)
    assert isinstance(error, RuntimeError)
    assert str(error) == "the CUDA driver refused a launch with status 12345"


def test_first_use_inside_a_capture(install, monkeypatch):
    install()
    monkeypatch.setattr(torch.cuda, "is_current_stream_capturing", lambda: True)
    for first_use in (
        lambda: registry.load(KernelSpec("cuda", "float32")),
        lambda: target.unavailable(GPU),  # an error, no reason to leave everything to torch
    ):
        with pytest.raises(RuntimeError, match="for the first time inside a graph capture"):
            first_use()
    monkeypatch.setattr(torch.cuda, "is_current_stream_capturing", lambda: False)
    assert target.unavailable(GPU) == ""
