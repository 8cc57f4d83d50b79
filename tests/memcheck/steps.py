"""Run trainings under valgrind: ``python -m memcheck.steps FOLDER``.

Each has a forked process, and says in valgrind's log what it is; ``log.py`` reads that. The input
has a line for each broken native step: name of the case, scenario, library. Numba, which takes
minutes to import under valgrind, is not imported.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from parity.support import Pair, kernels, random
from reliability import verification_scenarios
from reliability.verification_scenarios import SCENARIOS

from adadelta_gen import Adadelta
from adadelta_gen.cpu.kernels import texts
from adadelta_gen.native import abi, code
from adadelta_gen.spec import KernelSpec, specs_of
from adadelta_gen.step import native_call, table

PROCESSES = 4
SECONDS = 1200  # only what hangs takes as long
Act = Callable[[], object]


class Requests:
    """The functions of requests.c."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(str(folder / "requests.so"))
        self._library.forget.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        assert self._library.running(), "this is not running under valgrind"

    def say(self, what: str, value: object) -> None:
        self._library.say(f"{what}: {value}".encode())

    def forget(self, address: int, words: int) -> None:
        self._library.forget(address, 8 * words)


# Trainings beside the scenarios


def steps_of(spec: KernelSpec) -> None:
    """Take steps with one variant."""
    dtype = getattr(torch, spec.dtype)
    params = [torch.nn.Parameter(random(n, dtype=dtype, seed=n)) for n in (1, 33, 200)]
    optimizer = Adadelta(
        params,
        fused=True,
        maximize=spec.maximize,
        weight_decay=0.1 if spec.weight_decay else 0,
        state_dtype=None if spec.state_dtype == spec.dtype else getattr(torch, spec.state_dtype),
        dithered_rounding=spec.dithered and spec.dtype == "bfloat16",
    )
    for step in range(3):
        for i, p in enumerate(params):
            p.grad = random(*p.shape, dtype=dtype, seed=10 * step + i)
        optimizer.step()
    assert set(kernels(optimizer)) == {spec.name}


def compared(params: Sequence[torch.Tensor], **options: Any) -> None:
    """Take steps, and compare them with torch's."""
    Pair(params, **options).step(3)


def some_grads() -> None:
    pair = Pair([random(n, seed=n) for n in (3, 8, 50)])
    for skip in ((0,), (), (1, 2), (0, 1, 2)):
        pair.random_grads(skip)
        pair.step_with_grads()


def another_lr() -> None:
    pair = Pair([random(9), random(2, 3)])
    for lr in (1.0, 0.5, 0.25):
        pair.edit(lr=lr)
        pair.step()


def nonfinite() -> None:
    p, q = (torch.nn.Parameter(random(20)) for _ in "pq")
    optimizer = Adadelta([p, q], nonfinite="skip")
    for value in (1.0, torch.nan, torch.inf):
        p.grad, q.grad = torch.full((20,), value), torch.ones(20)
        before = p.detach().clone()
        optimizer.step()
        assert torch.equal(p, before) == (value != 1)


def scaled() -> None:
    p = torch.nn.Parameter(random(40))
    optimizer = Adadelta([p], amp_scaling=True)
    scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    for _ in range(3):
        optimizer.zero_grad()
        scaler.scale((p * random(40, seed=1)).sum()).backward()
        scaler.step(optimizer)
        scaler.update()


def on_threads() -> None:
    """Take steps on two of torch's threads, with pinned memory."""
    torch.set_num_threads(2)
    compared([random(1 << 18), random(1 << 16, dtype=torch.double)])


MIXED = [random(n, seed=n, dtype=d) for n in (1, 7, 100) for d in (torch.float32, torch.float16)]
TRAININGS: dict[str, Act] = {
    **{f"steps of {spec.name}": partial(steps_of, spec) for spec in specs_of("cpu")},
    "two dtypes": partial(compared, MIXED, weight_decay=0.1),
    "a tensor as lr": partial(compared, MIXED, lr=torch.tensor(0.5), foreach=False),
    "100 params": partial(compared, [random(i % 9, seed=i) for i in range(100)]),
    "complex params": partial(compared, [random(5, dtype=torch.complex64)]),
    "pinned memory": partial(compared, [random(1 << 18), random(3)]),
    "params without a grad": some_grads,
    "another lr for every step": another_lr,
    "grads that are not finite": nonfinite,
    "scaled grads": scaled,
}


# Memcheck


class NeedsGpu(Exception):
    """The case simulates a GPU, which takes more than ten minutes under valgrind."""


def no_simulation() -> None:
    raise NeedsGpu


def forget_words(words: Any, requests: Requests) -> None:
    """Make memcheck report a use of words of a table that a call has to write before it reads."""
    rows = int(words[abi.T_N_ROWS])
    requests.forget(int(words.ctypes.data) + 8 * abi.T_SCRATCH, abi.TABLE_WORDS - abi.T_SCRATCH)
    requests.forget(int(words[abi.T_CHANGED_AT]), rows)
    requests.forget(int(words[abi.T_REGIONS_AT]), 2 * abi.STEP * rows)
    requests.forget(int(words[abi.T_SQUARES_AT]), rows)
    if words[abi.T_MOVED]:  # otherwise the call uses those of an earlier one
        requests.forget(int(words[abi.T_OWN_BOUNDS_AT]), 2 * abi.STEP * rows)
        requests.forget(int(words[abi.T_APART_AT]), rows)
    for i in range(rows):
        requests.forget(int(words[abi.T_ROWS_AT]) + 8 * (abi.ROW_WORDS * i + abi.GRAD), 1)
        requests.forget(int(words[abi.T_RECORDS_AT]) + 8 * (abi.RECORD_WORDS * i + abi.GRAD), 1)
    for k in range(int(words[abi.T_N_LAUNCHES])):
        launch = int(words[abi.T_LAUNCHES_AT]) + 8 * abi.LAUNCH_WORDS * k
        requests.forget(launch + 8 * abi.L_ELEMENTS, 1)


def watch_calls(requests: Requests) -> None:
    """Forget words before each native call, and count the calls."""
    bound = table.bound

    def watched(words: Any) -> Callable[..., int]:
        step = bound(words)

        def call(*arguments: Any) -> int:
            forget_words(words, requests)
            requests.say("native calls", 1)
            return step(*arguments)

        return call

    table.bound = watched


def loaded(library: Path) -> int:
    """Return the address of the function that a library is named after."""
    function = getattr(ctypes.CDLL(str(library)), library.stem)
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def with_step(address: int, act: Act) -> None:
    """Run with another native step."""
    code._addresses[code.STEP.name] = address
    native_call._method.cache_clear()
    act()


def cases() -> Iterator[tuple[str, Act]]:
    """Return what is run, in processes of their own."""
    for line in sys.stdin:
        name, scenario, library = line.rstrip("\n").split("\t")
        yield name, partial(with_step, loaded(Path(library)), SCENARIOS[scenario])
    yield from (TRAININGS | SCENARIOS).items()


def start(name: str, act: Act, requests: Requests) -> int:
    """Run a case in a forked process, whose number is returned."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        signal.alarm(SECONDS)
        requests.say("case", name)
        act()
        status = 0
    except NeedsGpu:
        requests.say("left out", 1)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def wait(running: dict[int, str], requests: Requests) -> None:
    """Wait for the end of a process."""
    process, status = os.wait()
    requests.say("case", f"end of {running.pop(process)}")
    requests.say("exit status", status)


def prepare() -> None:
    """Do once what every forked process needs."""
    torch.set_num_threads(1)
    native_call.words_of_the_process()
    for kind, options in ((Adadelta, {"fused": False}), (torch.optim.Adadelta, {})):
        p = torch.nn.Parameter(torch.ones(3))
        p.grad = torch.ones(3)
        kind([p], **options).step()


def main() -> None:
    folder = Path(sys.argv[1])
    requests = Requests(folder)
    for text in (*texts(), code.STEP):
        code._addresses[text.name] = loaded(folder / "AVX2" / f"{text.name}.so")
    verification_scenarios.simulated = no_simulation
    prepare()
    watch_calls(requests)
    running: dict[int, str] = {}
    for name, act in cases():
        if len(running) == PROCESSES:
            wait(running, requests)
        running[start(name, act, requests)] = name
    while running:
        wait(running, requests)
    requests.say("case", "two threads")  # a forked process has none of torch's threads
    on_threads()


if __name__ == "__main__":
    main()
