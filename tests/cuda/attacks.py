"""Launches that execute every instruction of a kernel and detect any wrong one."""

from typing import Any

import torch
from kernels.jobs import DITHER, Row, assert_untouched
from kernels.reference import Hyper, State, exact
from kernels.values import random_state, special_state
from prepared import Prepared
from ptx.memory import READ, WRITE, Region
from simulator import SIZES, Simulator

from adadelta_gen import committed
from adadelta_gen.cuda.kernels import kernel_text
from adadelta_gen.cuda.table import EXTENT, THREADS
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

HYPER = Hyper(0.5, 0.9, 1e-6, 0.1, 1 / 8, 0.7)
PLAIN = HYPER._replace(inv_scale=1.0)
SHIFTED, ALIKE = (0, 1, 0, 0), (3, 3, 3, 3)
FAR = (1 << 33) + (1 << 31) + (3 << 15)  # an element beyond what 33 bits can count


class Executed(Prepared):
    """Rows in CPU memory and the launch over all of them.

    Args:
        spec: the variant.
        rows: the parameters.
        hyper: the hyperparameters.
    """

    def __init__(self, spec: KernelSpec, rows: list[Row], hyper: Hyper) -> None:
        arrays = [
            row.arrays if row.addresses[1] else row.arrays._replace(grad=None) for row in rows
        ]
        super().__init__(spec, arrays, hyper)


class Attack:
    """Launches over rows of all kinds, with their expected results.

    Args:
        spec: the variant.
    """

    def __init__(self, spec: KernelSpec) -> None:
        self._spec = spec
        # State, shifts, whether there is a grad, dither.
        self._rows: list[tuple[State, Any, bool, int]] = [
            (special_state(spec, 2100, 1), (0,) * 4, True, DITHER),
            (random_state(spec, 4100, 2), (0,) * 4, True, 5),
            (random_state(spec, 1, 3), (0,) * 4, True, -6),
            (random_state(spec, 9, 4), (0,) * 4, False, 7),
            (random_state(spec, 3800, 5), SHIFTED, True, DITHER + 1),
            (special_state(spec, 300, 6), ALIKE, True, 1 << 40),
        ]
        self._after = {
            hyper: [
                exact(spec, state, hyper, dither) if has_grad else state
                for state, _, has_grad, dither in self._rows
            ]
            for hyper in (HYPER, PLAIN)
        }
        self._far = random_state(spec, 1500, 7)
        self._far_after = exact(spec, self._far, PLAIN, DITHER, FAR)

    def run(self, simulator: Simulator) -> None:
        """Run all launches; fail unless results are exact and every instruction was executed.

        Raises:
            AssertionError: a result is wrong, or an instruction was not executed.
        """
        self._step(HYPER, on_device=True)
        self._step(PLAIN, on_device=False)
        self._skipped()
        self._far_away(simulator)
        for kernel in simulator.kernels:
            if kernel.entry.name == self._spec.name:
                assert kernel.never_run() == []

    def _step(self, hyper: Hyper, on_device: bool) -> None:
        rows = self._made()
        others = hyper._replace(lr=3.0, clip=0.2) if on_device else hyper
        executed = Executed(self._spec, rows, others)
        if on_device:
            real = getattr(torch, self._spec.compute_dtype)
            executed.lr, executed.clip = (torch.tensor(x, dtype=real) for x in hyper[::5])
            executed.found_inf = torch.tensor(-0.0)
        executed.dithers[:] = [dither for *_, dither in self._rows]
        executed.prepare()
        executed.run()
        for row, expected in zip(rows, self._after[hyper], strict=True):
            row.assert_holds(expected)

    def _skipped(self) -> None:
        rows = self._made()
        executed = Executed(self._spec, rows, HYPER)
        for value in (1.0, torch.nan):
            executed.found_inf = torch.tensor(value)
            executed.prepare()
            executed.run()
            for row, (state, *_) in zip(rows, self._rows, strict=True):
                assert_untouched(row, state)

    def _made(self) -> list[Row]:
        return [Row(state, shifts, has_grad=has_grad) for state, shifts, has_grad, _ in self._rows]

    def _far_away(self, simulator: Simulator) -> None:
        """Run a chunk at the end of a tensor of 10 G elements, the only part that is allocated."""
        row = Row(self._far)
        (launch,) = Executed(self._spec, [row], PLAIN).launches
        kernel = simulator.kernel(launch)
        itemsize, state_itemsize, _ = SIZES[self._spec.name]
        sizes = itemsize, itemsize, state_itemsize, state_itemsize
        launch._table[0, EXTENT] = FAR + row.size
        launch._table[0, abi.DITHER] = DITHER
        launch._table[0, :EXTENT] = [
            address - size * FAR for address, size in zip(row.addresses, sizes, strict=False)
        ]
        regions = [
            Region(name, address, size * row.size, READ if name == "grad" else READ | WRITE)
            for name, address, size in zip(State._fields, row.addresses, sizes, strict=False)
        ]
        block = FAR // int(launch._chunk_size[0])
        packed = kernel.pack(launch._parameters.ctypes.data)
        filled = 8 * abi.ROW_WORDS
        memory = kernel.run(packed, regions, range(block, block + 1), THREADS, filled)
        memory.assert_touched(is_all=True)
        row.assert_holds(self._far_after)


def text_of(spec: KernelSpec) -> str:
    """Return the committed PTX of a variant."""
    return committed.load(kernel_text(spec))


def noticed(attack: Attack, text: str, simulator: Simulator) -> str:
    """Run the launches with a changed PTX; return the first error, or an empty string."""
    simulator.change = lambda _: text
    simulator.forget()
    try:
        attack.run(simulator)
    except AssertionError as error:
        return str(error).split("\n")[0] or "AssertionError"
    return ""
