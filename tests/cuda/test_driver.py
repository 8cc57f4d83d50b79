"""What keeps kernels from a GPU becomes a reason, once; a stand-in answers for the driver."""

import sys
import warnings
from types import ModuleType, SimpleNamespace

import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.cuda import driver, target
from adadelta_gen.spec import KernelSpec

SUCCESS, FAILURE = 0, 999
CACHES = (
    *(driver._bindings, driver.unavailable, driver.unavailable_on, driver.multiprocessors),
    *(driver._device, driver._context, target.unavailable, target._refused, registry.load),
)


class Driver:
    """``cuda.bindings.driver`` of a machine with one GPU.

    Args:
        answers: by function, what it returns beside success; FAILURE for an error.
    """

    CUresult = SimpleNamespace(CUDA_SUCCESS=SUCCESS)
    CUdevice_attribute = SimpleNamespace(
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR="major",
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR="minor",
        CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT="multiprocessors",
    )
    CUfunction = staticmethod(lambda address: ("function", address))

    def __init__(self, **answers):
        self.answers = {
            "cuInit": (),
            "cuDriverGetVersion": (13000,),
            "cuDeviceGet": (0,),
            "major": (9,),
            "minor": (0,),
            "multiprocessors": (132,),
            "cuDevicePrimaryCtxRetain": ("context",),
            "cuLibraryLoadData": ("library",),
            "cuLibraryGetKernel": (5,),
            "cuCtxPushCurrent": (),
            "cuCtxPopCurrent": ("context",),
            "cuLaunchKernel": (),
            **answers,
        }
        self.calls = []

    def cuGetErrorName(self, status):
        return SUCCESS, b"CUDA_ERROR_UNKNOWN"

    def cuDeviceGetAttribute(self, attribute, device):
        return SUCCESS, *self.answers[attribute]

    def __getattr__(self, name):
        def call(*arguments):
            self.calls.append((name, *arguments))
            answer = self.answers[name]
            return (FAILURE,) if answer == FAILURE else (SUCCESS, *answer)

        return call


@pytest.fixture
def install(monkeypatch):
    """Return a function that puts a driver in the place of the real one."""

    def put(**answers):
        stand_in = Driver(**answers)
        bindings = ModuleType("cuda.bindings")
        bindings.driver = stand_in
        monkeypatch.setitem(sys.modules, "cuda.bindings", bindings)
        monkeypatch.setitem(sys.modules, "cuda.bindings.driver", stand_in)
        return stand_in

    for cache in CACHES:
        cache.cache_clear()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_current_stream_capturing", lambda: False)
    yield put
    for cache in CACHES:
        cache.cache_clear()


GPU = torch.device("cuda", 0)
REASONS = {
    "no bindings": (None, "cuda.bindings is not installed: pip install 'adadelta-gen[cuda]'"),
    "no driver": ({"cuInit": FAILURE}, "the CUDA driver says CUDA_ERROR_UNKNOWN"),
    "old driver": (
        {"cuDriverGetVersion": (12000,)},
        "the CUDA driver is for CUDA 12.0, CUDA 12.1 is needed",
    ),
    "old GPU": ({"major": (7,), "minor": (5,)}, "the device has compute capability 7.5, 8.0"),
    "PTX refused": ({"cuLibraryLoadData": FAILURE}, "its driver refuses the kernels: the CUDA"),
}


@pytest.mark.parametrize(("answers", "why"), REASONS.values(), ids=REASONS)
def test_reasons(install, monkeypatch, answers, why):
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


def test_no_gpu_is_no_warning(install, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert target.unavailable() == "torch finds no CUDA device"


def test_code_is_loaded_once(install):
    stand_in = install()
    spec = KernelSpec("cuda", "float64", maximize=True)
    assert registry.load(spec) is registry.load(spec)
    ((_, code, *_),) = [call for call in stand_in.calls if call[0] == "cuLibraryLoadData"]
    assert code.endswith(b"\n\0")
    assert f".entry {spec.name}(".encode() in code
    assert ("cuLibraryGetKernel", "library", spec.name.encode()) in stand_in.calls


def test_a_launch_is_in_the_device_s_context(install):
    stand_in = install()
    driver.launch("function", 0, 77, 5, 4096)
    names = [call[0] for call in stand_in.calls[-3:]]
    assert names == ["cuCtxPushCurrent", "cuLaunchKernel", "cuCtxPopCurrent"]
    launch = stand_in.calls[-2]
    assert launch == ("cuLaunchKernel", "function", 5, 1, 1, 256, 1, 1, 0, 77, 4096, 0)


def test_a_failing_launch_restores_the_context(install):
    stand_in = install(cuLaunchKernel=FAILURE)
    with pytest.raises(RuntimeError, match="CUDA_ERROR_UNKNOWN"):
        driver.launch("function", 0, 77, 5, 4096)
    assert stand_in.calls[-1] == ("cuCtxPopCurrent",)


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
