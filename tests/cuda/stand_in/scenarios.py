"""The real ``cuda.bindings``, ``cuda/driver.py`` and ``cuda/launch.py`` on the stand-in.

Each scenario starts with an uninitialized driver, and fails by an exception.
"""

import gc
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import torch
from parity.support import DTYPES, Pair, random
from ptx.program import program
from simulator import execute

from adadelta_gen import Adadelta, committed, registry
from adadelta_gen.cuda import driver as used
from adadelta_gen.cuda.launch import CAPACITY, SMALLEST_CHUNK, chunk_size
from adadelta_gen.cuda.table import THREADS
from adadelta_gen.native.abi import ROW_WORDS
from adadelta_gen.spec import KernelSpec
from stand_in import StandIn, on_the_cpu, raw

OUT_OF_MEMORY, NO_COMPILER, INVALID_HANDLE, LAUNCH_FAILED = 2, 221, 400, 719
FLOAT32, FLOAT64 = "adadelta_cuda_float32_min_nowd", "adadelta_cuda_float64_min_nowd"
SAYS = "the CUDA driver returned "
UNKNOWN = (
    "the CUDA driver returned a status that cuda.bindings does not know (12345 is not a valid "
    "CUresult): install a newer cuda-bindings"
)
LR, RHO, EPS = 1.0, 0.9, 1e-6


class Launch(NamedTuple):
    """The parsed arguments of a callback, and where it ran.

    Args:
        entry: name of the kernel.
        rows: int64 ``(n_rows, 6)``, used rows of the table; the others are 0.
        chunk_size: reals per block.
        pointers: addresses of found_inf, grad_scale, lr and clip.
        scalars: ``(7,)`` in the compute dtype.
        device: device of the context.
        stream: handle of the stream.
        grid: number of blocks.
        block: number of threads per block.
        stack: devices of the thread's contexts.
        thread: native id of the thread.
    """

    entry: str
    rows: np.ndarray
    chunk_size: int
    pointers: list[int]
    scalars: np.ndarray
    device: int
    stream: int | None
    grid: int
    block: int
    stack: list[int]
    thread: int


class Recorder:
    """A callback that records the launches and executes them."""

    def __init__(self, driver: StandIn) -> None:
        self.launches: list[Launch] = []
        self._driver = driver
        driver.set_launch(self)

    def __call__(self, entry, image, address, size, device, stream, grid, block) -> int:
        assert b".visible .entry " + entry + b"(" in image
        packed = (raw.ctypes.c_char * size).from_address(address).raw
        n = 8 * ROW_WORDS * CAPACITY
        table = np.frombuffer(packed, np.int64, ROW_WORDS * CAPACITY).reshape(CAPACITY, ROW_WORDS)
        n_rows = int.from_bytes(packed[n : n + 4], "little")
        chunk, *pointers = np.frombuffer(packed, np.int64, 5, n + 8).tolist()
        real = np.float64 if b"_float64" in entry else np.float32
        scalars = np.frombuffer(packed, real, 7, offset=n + 48)
        assert not table[n_rows:].any()
        self.launches.append(
            Launch(
                *(entry.decode(), table[:n_rows], chunk, pointers, scalars),
                *(device, stream, grid, block),
                *(self._driver.stack(), threading.get_native_id()),
            )
        )
        execute(program(image.decode()), np.frombuffer(packed, np.uint8), grid, block)
        return 0

    def take(self) -> list[Launch]:
        """Return the launches since the last call."""
        taken, self.launches = self.launches, []
        return taken


def param(*shape: int, dtype: torch.dtype = torch.float32, seed: int = 0) -> torch.nn.Parameter:
    """Return a parameter with a grad."""
    generator = torch.Generator().manual_seed(seed)
    made = torch.nn.Parameter(torch.randn(*shape, generator=generator).to(dtype))
    made.grad = torch.randn(*shape, generator=generator).to(dtype)
    return made


@contextmanager
def recording(driver: StandIn, doubles: int = 0, **machine: Any) -> Iterator[Recorder]:
    """Set up a machine on which torch has created contexts; check that none is left on a stack."""
    driver.reset(**machine)
    driver.make_contexts()
    with on_the_cpu(driver, doubles):
        recorder = Recorder(driver)
        yield recorder
        driver.check()
        assert driver.stack() == []


@contextmanager
def raises(text: str, kind: type[RuntimeError] = RuntimeError) -> Iterator[None]:
    """Check that the block raises an error of this type with this text."""
    try:
        yield
    except kind as error:
        said = str(error)
    else:
        said = "no error"
    assert text in said, said


def state_of(optimizer: Adadelta) -> list[Any]:
    """Return everything that a step changes: values and versions of params and states."""
    state = optimizer.state
    params = [p for group in optimizer.param_groups for p in group["params"]]
    tensors = [t for p in params for t in (p, *state[p].values())]
    return [(t.detach().clone(), t._version) for t in tensors]


def is_same(before: list[Any], after: list[Any]) -> bool:
    """Whether nothing has changed between two calls of ``state_of``."""
    pairs = zip(before, after, strict=True)
    return all(torch.equal(a[0], b[0]) and a[1] == b[1] for a, b in pairs)


# Reasons


def why_the_driver_cannot_be_used(driver: StandIn) -> None:
    """Each reason is returned, for any device and for a given one."""
    no_device = SAYS + "CUDA_ERROR_NO_DEVICE"
    for machine, status, why in (
        ({}, 0, ""),
        ({"version": 12010}, 0, ""),
        ({"version": 14000}, 0, ""),
        ({"version": 12000}, 0, "the CUDA driver supports CUDA 12.0, CUDA 12.1 is needed"),
        ({"version": 11080}, 0, "the CUDA driver supports CUDA 11.8, CUDA 12.1 is needed"),
        ({"devices": 0}, 0, no_device),
        ({}, 803, SAYS + "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"),
        ({}, 999, SAYS + "CUDA_ERROR_UNKNOWN"),
        # The toolkit's stub of a driver does not even name its error.
        ({}, 34, SAYS + "CUDA_ERROR_STUB_LIBRARY"),
        ({}, 12345, UNKNOWN),
    ):
        driver.reset(**machine)
        if status:
            driver.fail("cuInit", status)
        with on_the_cpu(driver):
            assert used.unavailable() == why
            assert used.unavailable_on(0) == why
    driver.reset()
    driver.fail("cuDriverGetVersion", 999)
    with on_the_cpu(driver):
        assert used.unavailable() == SAYS + "CUDA_ERROR_UNKNOWN"


def why_a_device_cannot_be_used(driver: StandIn) -> None:
    """The other device may be usable."""
    driver.reset(devices=2)
    driver.set_device(1, 75)
    with on_the_cpu(driver):
        assert used.unavailable_on(0) == ""
        why = "the device has compute capability 7.5, 8.0 is needed"
        assert used.unavailable_on(1) == why
        with raises(SAYS + "CUDA_ERROR_INVALID_DEVICE"):
            used.unavailable_on(2)
    for capability in (80, 86, 89, 90, 100, 121):
        driver.reset(capability=capability)
        with on_the_cpu(driver):
            assert used.unavailable_on(0) == "", capability


def _damaged(old: str, new: str) -> Any:
    load = committed.load
    return mock.patch.object(committed, "load", lambda text: load(text).replace(old, new))


def _fine() -> Any:
    return nullcontext()


# A damaged PTX; or the function that fails, and its status.
REFUSALS: dict[str, tuple[Callable[[], Any], str, int]] = {
    SAYS + "CUDA_ERROR_INVALID_IMAGE": (lambda: _damaged(".version", "version"), "", 0),
    SAYS + "CUDA_ERROR_INVALID_PTX": (lambda: _damaged(".target sm_80", ".target sm_100"), "", 0),
    SAYS + "CUDA_ERROR_UNSUPPORTED_PTX_VERSION": (lambda: _damaged("n 8.1\n", "n 9.9\n"), "", 0),
    SAYS + "CUDA_ERROR_NOT_FOUND": (lambda: _damaged(".entry adadelta", ".entry adagrad"), "", 0),
    SAYS + "CUDA_ERROR_JIT_COMPILER_NOT_FOUND": (_fine, "compile", NO_COMPILER),
    UNKNOWN: (_fine, "cuLibraryLoadData", 12345),
}


def _is_left_to_torch(recorder: Recorder, why: str, doubles: bool = False) -> None:
    """Torch takes the steps, after one warning with the reason."""
    device = int(doubles)
    said = f"torch, not adadelta_gen, updates parameters on cuda:{device}: {why}"
    ours = param(5, dtype=torch.float64 if doubles else torch.float32)
    mirror = torch.nn.Parameter(ours.detach().clone())
    mirror.grad = ours.grad.clone()
    optimizer, theirs = Adadelta([ours]), torch.optim.Adadelta([mirror])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            optimizer.step()
            theirs.step()
    assert [str(warning.message) for warning in caught] == [said]
    assert torch.equal(ours, mirror)
    assert optimizer.state[ours]["step"] == 3
    assert recorder.take() == []
    (line,) = optimizer.explain()
    assert (line.kernel, line.why) == (None, why)
    with raises("fused=True, but "):
        Adadelta([ours], fused=True).step()


def refused_kernels_are_left_to_torch(driver: StandIn) -> None:
    """There is one warning; ``explain`` gives the reason, and ``fused=True`` raises."""
    for said, (damage, function, status) in REFUSALS.items():
        with recording(driver) as recorder, damage():
            if function:
                driver.fail(function, status)
            _is_left_to_torch(recorder, f"its driver refuses the kernels: {said}")
        with recording(driver) as recorder, damage():
            driver.set_lazy(True)  # and it says so later
            if function:
                driver.fail(function, status)
            _is_left_to_torch(recorder, f"its driver refuses the kernels: {said}")
    for machine, why in (
        ({"version": 12000}, "the CUDA driver supports CUDA 12.0, CUDA 12.1 is needed"),
        ({"capability": 75}, "the device has compute capability 7.5, 8.0 is needed"),
    ):
        with recording(driver, **machine) as recorder:
            _is_left_to_torch(recorder, why)


def full_memory_is_an_error(driver: StandIn) -> None:
    """The step that needs the first kernel raises; the next one succeeds."""
    for function in ("cuLibraryLoadData", "compile"):
        with recording(driver) as recorder:
            optimizer = Adadelta([param(5)])
            driver.fail(function, OUT_OF_MEMORY)
            with raises(SAYS + "CUDA_ERROR_OUT_OF_MEMORY", torch.OutOfMemoryError):
                optimizer.step()
            assert not optimizer.state
            optimizer.step()
            assert len(recorder.take()) == 1


def first_use_inside_a_capture(driver: StandIn) -> None:
    """It raises, loads nothing, and later steps still use kernels."""
    with recording(driver) as recorder:
        p = param(5)
        optimizer = Adadelta([p])
        optimizer.init_state(optimizer.param_groups[0], p)
        with (
            mock.patch.object(torch.cuda, "is_current_stream_capturing", return_value=True),
            raises("for the first time inside a graph capture"),
        ):
            optimizer.step()
        assert driver.calls("cuLibraryLoadData") == []
        optimizer.step()
        assert len(recorder.take()) == 1


# Failures


def another_kernel_cannot_be_loaded(driver: StandIn) -> None:
    """The step raises the driver's error and changes nothing; the next one succeeds."""
    for function, status, name in (
        ("cuLibraryLoadData", OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY"),
        ("cuLibraryGetKernel", INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE"),
    ):
        with recording(driver) as recorder:
            optimizer = Adadelta([param(5), param(3, seed=1)])
            optimizer.step()
            assert len(recorder.take()) == 1
            before = state_of(optimizer)
            optimizer.param_groups[0]["maximize"] = True
            driver.fail(function, status)
            with raises(SAYS + name):
                optimizer.step()
            assert recorder.take() == []
            assert is_same(before, state_of(optimizer))
            optimizer.step()
            assert [launch.entry for launch in recorder.take()] == [
                "adadelta_cuda_float32_max_nowd"
            ]
            assert {float(state["step"]) for state in optimizer.state.values()} == {2.0}


def no_context(driver: StandIn) -> None:
    """The device has no memory left for one."""
    with recording(driver) as recorder:
        p = param(5)
        optimizer = Adadelta([p])
        driver.fail("cuDevicePrimaryCtxRetain", OUT_OF_MEMORY)
        with raises(SAYS + "CUDA_ERROR_OUT_OF_MEMORY"):
            optimizer.step()
        assert recorder.take() == []
        optimizer.step()
        assert optimizer.state[p]["step"] == len(recorder.take()) == 1


def refused_launches_change_nothing(driver: StandIn) -> None:
    """They leave no context on the stack either."""
    for function in ("cuCtxPushCurrent_v2", "cuLaunchKernel"):
        for status, said in (
            (OUT_OF_MEMORY, SAYS + "CUDA_ERROR_OUT_OF_MEMORY"),
            (LAUNCH_FAILED, SAYS + "CUDA_ERROR_LAUNCH_FAILED"),
            (12345, "the CUDA driver refused a launch with status 12345"),
        ):
            with recording(driver) as recorder:
                optimizer = Adadelta([param(5), param(0), param(3, seed=1)])
                optimizer.step()
                recorder.take()
                before = state_of(optimizer)
                for _ in range(2):
                    driver.fail(function, status)
                    with raises(said):
                        optimizer.step()
                    assert driver.stack() == []
                assert recorder.take() == []
                assert is_same(before, state_of(optimizer))
                optimizer.step()
                assert {float(state["step"]) for state in optimizer.state.values()} == {2.0}


def a_second_launch_is_refused(driver: StandIn) -> None:
    """The rows of the first launch are updated and counted, those of the second are not."""
    with recording(driver) as recorder:
        a, b = param(5), param(3, dtype=torch.float64)
        optimizer = Adadelta([a, b])
        optimizer.step()
        recorder.take()
        driver.fail("cuLaunchKernel", OUT_OF_MEMORY, after=1)
        versions = a._version, b._version
        with raises(SAYS + "CUDA_ERROR_OUT_OF_MEMORY"):
            optimizer.step()
        assert [launch.entry for launch in recorder.take()] == [FLOAT32]
        assert (optimizer.state[a]["step"], optimizer.state[b]["step"]) == (2, 1)
        assert (a._version, b._version) == (versions[0] + 1, versions[1])


def a_callback_that_raises(driver: StandIn) -> None:
    """The driver returns that the launch failed; ``check`` raises the exception."""
    with recording(driver):
        optimizer = Adadelta([param(5)])

        def fails(*_: Any) -> int:
            raise KeyError("of the callback")

        driver.set_launch(fails)
        with raises(SAYS + "CUDA_ERROR_LAUNCH_FAILED"):
            optimizer.step()
        try:
            driver.check()
        except KeyError:
            return
        raise AssertionError("the exception was lost")


def a_forked_child_has_no_driver(driver: StandIn) -> None:
    """A step raises, as with torch's own kernels, and writes nothing."""
    with recording(driver) as recorder:
        p = param(5)
        optimizer = Adadelta([p])
        optimizer.step()
        before = state_of(optimizer)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads, from Python 3.12 on
            child = os.fork()
        if not child:
            status = 1
            with suppress(BaseException):
                with raises(SAYS + "CUDA_ERROR_NOT_INITIALIZED"):
                    optimizer.step()
                status = 0 if is_same(before, state_of(optimizer)) else 2
            os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        optimizer.step()
        assert len(recorder.take()) == 2


# Parameters


def _check_rows(launch: Launch, optimizer: Adadelta, params: list[torch.nn.Parameter]) -> None:
    """Check that a launch has these params, the largest first, with consecutive chunks."""
    blocks = 0
    assert len(launch.rows) == len(params)
    for row, p in zip(launch.rows.tolist(), params, strict=True):
        state = optimizer.state[p]
        reals = p.numel() * (2 if p.is_complex() else 1)
        tensors = (p, p.grad, state["square_avg"], state["acc_delta"])
        addresses = [0 if tensor is None else tensor.data_ptr() for tensor in tensors]
        assert row[:4] == addresses
        assert row[4] == blocks << 40 | reals
        blocks += -(-reals // launch.chunk_size)
    assert (launch.grid, launch.block) == (blocks, THREADS)


def what_arrives_at_a_kernel(driver: StandIn) -> None:
    """Current addresses, sizes and scalars at every step."""
    with recording(driver, multiprocessors=2) as recorder:
        sizes = (5, 3 * SMALLEST_CHUNK + 1, 0, SMALLEST_CHUNK, 40 * SMALLEST_CHUNK)
        params = [param(n, seed=n) for n in sizes]
        optimizer = Adadelta(params, lr=0.25, rho=0.75, eps=1e-3, weight_decay=0.5)
        active = [params[i] for i in (4, 1, 3, 0)]
        for _ in range(2):
            optimizer.step()
            (launch,) = recorder.take()
            assert launch.entry == "adadelta_cuda_float32_min_wd"
            assert launch.chunk_size == chunk_size(sum(sizes), 2) == SMALLEST_CHUNK
            _check_rows(launch, optimizer, active)
            assert launch.pointers == [0, 0, 0, 0]
            expected = np.float32([0.25, 0.75, 0.25, 1e-3, 0.5, 1, 1])
            assert launch.scalars.tolist() == expected.tolist()
            for p in params:
                p.grad = torch.ones_like(p)
        params[1].grad = None
        optimizer.param_groups[0]["lr"] = 0.125
        optimizer.step()
        (launch,) = recorder.take()
        _check_rows(launch, optimizer, active)
        assert launch.scalars[0] == 0.125
        for p in params:
            p.grad = None
        optimizer.step()
        assert recorder.take() == []


def formats(driver: StandIn) -> None:
    """Every format has its kernel, with scalars in its compute dtype."""
    with recording(driver) as recorder:
        for dtype, options, name in (
            (torch.float64, {}, FLOAT64),
            (torch.complex128, {}, FLOAT64),
            (torch.complex64, {}, FLOAT32),
            (torch.float16, {}, "adadelta_cuda_float16_min_nowd"),
            (
                torch.bfloat16,
                {"state_dtype": torch.float32, "dithered_rounding": True},
                "adadelta_cuda_bfloat16_min_nowd_float32state_dithered",
            ),
        ):
            p = param(70, dtype=dtype)
            optimizer = Adadelta([p], **options)
            optimizer.step()
            (launch,) = recorder.take()
            assert launch.entry == name
            _check_rows(launch, optimizer, [p])
            assert bool(launch.rows[0, 5]) == bool(options)  # the dither
            real = launch.scalars.dtype.type
            one_minus_rho = real(1 - RHO)
            assert launch.scalars.tolist() == [LR, real(RHO), one_minus_rho, real(EPS), 0, 1, 1]


def as_torch(driver: StandIn) -> None:
    """Results of the kernels compared with torch's optimizer."""
    with recording(driver) as recorder:
        for dtype in DTYPES:
            sizes = ((12, 11), (7,), (), (0,), (SMALLEST_CHUNK + 3,))
            params = [random(*size, dtype=dtype) for size in sizes]
            pair = Pair([*params, random(6, 8, dtype=dtype)[:, 2:5]], weight_decay=0.1)
            pair.step(3)
            pair.edit(maximize=True, lr=0.25)
            pair.random_grads((1, 4))
            pair.step_with_grads()
        assert len(recorder.take()) == 4 * len(DTYPES)


def values_on_the_device(driver: StandIn) -> None:
    """The parameters have the addresses of found_inf, grad_scale, lr and clip."""
    with recording(driver) as recorder:
        p = param(5)
        optimizer = Adadelta([p])
        values = torch.ones(4).split(1)
        made = registry.target_of("cpu").Launch
        set_values = made.set_device_values

        def with_values(launch: Any, *_: Any) -> None:
            launch._device = torch.device("cpu")
            set_values(launch, *values)

        with mock.patch.object(made, "set_device_values", with_values):
            optimizer.step()
        (launch,) = recorder.take()
        assert launch.pointers == [values[i].data_ptr() for i in (2, 1, 0, 3)]


def more_rows_than_a_launch_carries(driver: StandIn) -> None:
    """They are split into several launches."""
    with recording(driver) as recorder:
        params = [param(1 + i % 3, seed=i) for i in range(2 * CAPACITY + 1)]
        optimizer = Adadelta(params)
        optimizer.step()
        launches = recorder.take()
        assert [len(launch.rows) for launch in launches] == [CAPACITY, CAPACITY, 1]
        in_order = sorted(params, key=lambda p: -p.numel())
        for i, launch in enumerate(launches):
            _check_rows(launch, optimizer, in_order[CAPACITY * i : CAPACITY * (i + 1)])


# Devices, threads, the process


def two_devices(driver: StandIn) -> None:
    """A launch uses its device's context and stream, and restores the stack."""
    with recording(driver, doubles=1, devices=2) as recorder, on_the_cpu(driver, 1) as streams:
        a, b = param(5), param(3, dtype=torch.float64)
        optimizer = Adadelta([a, b])
        library = driver.api
        for current in ([], [0], [1], [0, 1]):
            for device in current:
                library.cuCtxPushCurrent_v2(raw.ctypes.c_void_p(used.context(device)))
            optimizer.step()
            assert driver.stack() == current
            first, second = recorder.take()
            assert (first.entry, first.device, first.stream) == (FLOAT32, 0, streams[0])
            assert (second.entry, second.device, second.stream) == (FLOAT64, 1, streams[1])
            assert (first.stack, second.stack) == ([*current, 0], [*current, 1])
            _check_rows(first, optimizer, [a])
            _check_rows(second, optimizer, [b])
            for function in ("cuCtxPushCurrent_v2", "cuLaunchKernel"):
                driver.fail(function, OUT_OF_MEMORY, after=1)
                with raises("CUDA_ERROR_OUT_OF_MEMORY"):
                    optimizer.step()
                assert driver.stack() == current
                assert len(recorder.take()) == 1
            for _ in current:
                library.cuCtxPopCurrent_v2(None)
        assert used.context(0) != used.context(1)
        with on_the_cpu(driver, 1) as streams:
            streams[0], streams[1] = streams[1], streams[0]
            with raises(SAYS + "CUDA_ERROR_INVALID_HANDLE"):
                Adadelta([a, b]).step()


def one_of_two_devices_is_too_old(driver: StandIn) -> None:
    """Torch updates its parameters; kernels update those of the other one."""
    driver.reset(devices=2)
    driver.set_device(1, 75)
    assert driver.api.cuInit(0) == 0
    with on_the_cpu(driver, doubles=1):
        recorder = Recorder(driver)
        why = "the device has compute capability 7.5, 8.0 is needed"
        _is_left_to_torch(recorder, why, doubles=True)
        Adadelta([param(5)]).step()
        assert [launch.entry for launch in recorder.take()] == [FLOAT32]


def one_of_two_devices_cannot_compile(driver: StandIn) -> None:
    """A driver that compiles lazily fails for that device only."""
    with recording(driver, doubles=1, devices=2) as recorder:
        driver.set_lazy(True)
        Adadelta([param(5)]).step()
        assert [launch.entry for launch in recorder.take()] == [FLOAT32]
        driver.fail("compile", NO_COMPILER)
        why = f"its driver refuses the kernels: {SAYS}CUDA_ERROR_JIT_COMPILER_NOT_FOUND"
        _is_left_to_torch(recorder, why, doubles=True)
        Adadelta([param(5)]).step()
        assert [launch.entry for launch in recorder.take()] == [FLOAT32]


def threads(driver: StandIn) -> None:
    """A thread needs no context, keeps its current one, and launches by itself."""
    with recording(driver, devices=2) as recorder:
        optimizers = [Adadelta([param(5, seed=i)]) for i in range(4)]
        for optimizer in optimizers:
            optimizer.step()
        recorder.take()
        other = raw.ctypes.c_void_p(used.context(1))
        seen: dict[int, list[int]] = {}

        def steps(optimizer: Adadelta, has_context: bool) -> None:
            if has_context:
                driver.api.cuCtxSetCurrent(other)
            for _ in range(5):
                optimizer.step()
            seen[threading.get_native_id()] = driver.stack()

        running = [
            threading.Thread(target=steps, args=(optimizer, i % 2 == 1))
            for i, optimizer in enumerate(optimizers)
        ]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        launches = recorder.take()
        assert len(launches) == 20
        assert sorted(seen.values()) == [[], [], [1], [1]]
        for launch in launches:
            assert launch.device == 0
            assert launch.stack == [*seen[launch.thread], 0]
        assert [state["step"] for o in optimizers for state in o.state.values()] == 4 * [6]


def once_a_process(driver: StandIn) -> None:
    """With many optimizers, a kernel is loaded once, a context retained once, nothing freed."""
    with recording(driver) as recorder:
        for i in range(30):
            p = param(5, seed=i)
            optimizer = Adadelta([p], weight_decay=i % 2, maximize=bool(i % 3))
            optimizer.step()
            (launch,) = recorder.take()
            _check_rows(launch, optimizer, [p])
        del optimizer
        gc.collect()
        calls = [call.name for call in driver.calls()]
        counts = {name: calls.count(name) for name in set(calls)}
        assert counts == {
            "cuInit": 1,
            "cuDriverGetVersion": 1,
            "cuDeviceGet": 1,
            "cuDeviceGetAttribute": 3,
            "cuLibraryLoadData": 4,
            "cuLibraryGetKernel": 4,
            "cuDevicePrimaryCtxRetain": 1,
            "cuKernelGetFunction": 1,
            "cuCtxPushCurrent_v2": 31,
            "cuLaunchKernel": 30,
            "cuCtxPopCurrent_v2": 31,
        }, counts
        assert {call.status for call in driver.calls()} == {0}


def a_kernel_is_a_function(driver: StandIn) -> None:
    """Native code launches the handle of the kernel; the handle of its function works too."""
    with recording(driver) as recorder:
        optimizer = Adadelta([param(5)])
        optimizer.step()
        handle = registry.load(KernelSpec("cuda", "float32")).function
        driver.api.cuCtxPushCurrent_v2(raw.ctypes.c_void_p(used.context(0)))
        status, function = raw.Raw(driver).function(handle)
        driver.api.cuCtxPopCurrent_v2(None)
        assert status == 0
        assert function != handle
        registry.load(KernelSpec("cuda", "float32")).function = function
        Adadelta([param(5)]).step()
        assert [launch.entry for launch in recorder.take()] == 2 * [FLOAT32]
        registry.load(KernelSpec("cuda", "float32")).function = raw.GARBAGE
        with raises(SAYS + "CUDA_ERROR_INVALID_HANDLE"):
            Adadelta([param(5)]).step()


def what_explain_says(driver: StandIn) -> None:
    """It returns the kernel of each parameter, before and after a step; it launches nothing."""
    with recording(driver) as recorder:
        optimizer = Adadelta([param(5), param(3, dtype=torch.float64), param(2, 3)])
        for _ in range(2):
            lines = optimizer.explain()
            assert [line.kernel for line in lines] == [FLOAT32, FLOAT64, FLOAT32]
            assert all(name in str(lines) for name in (FLOAT32, FLOAT64))
            assert recorder.take() == []
            optimizer.step()
            assert len(recorder.take()) == 2


GROUPS: dict[str, tuple[Callable[[StandIn], None], ...]] = {
    "the stand-in itself": raw.CHECKS,
    "reasons": (
        why_the_driver_cannot_be_used,
        why_a_device_cannot_be_used,
        refused_kernels_are_left_to_torch,
        full_memory_is_an_error,
        first_use_inside_a_capture,
    ),
    "failures": (
        another_kernel_cannot_be_loaded,
        no_context,
        refused_launches_change_nothing,
        a_second_launch_is_refused,
        a_callback_that_raises,
        a_forked_child_has_no_driver,
    ),
    "parameters": (
        what_arrives_at_a_kernel,
        formats,
        as_torch,
        values_on_the_device,
        more_rows_than_a_launch_carries,
    ),
    "devices and threads": (
        two_devices,
        one_of_two_devices_is_too_old,
        one_of_two_devices_cannot_compile,
        threads,
        once_a_process,
        a_kernel_is_a_function,
        what_explain_says,
    ),
}


def run(path: str, group: str) -> None:
    """Run the scenarios of a group in this process, which has not loaded a driver yet."""
    driver = StandIn(path)
    for scenario in GROUPS[group]:
        print(scenario.__name__, flush=True)
        driver.reset()
        scenario(driver)
