"""Our and torch's optimizer over equal parameters, stepped together, and the tolerances."""

import ctypes
import platform
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest
import torch
from torch import Tensor
from torch.nn import Parameter

from adadelta_gen import Adadelta, registry
from adadelta_gen.native import abi
from adadelta_gen.spec import specs_of
from adadelta_gen.step import table

STATES = ("square_avg", "acc_delta")
DTYPES = (
    torch.float16,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.complex64,
    torch.complex128,
)

CUDA = (
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device"),
)
DEVICES = ["cpu", pytest.param("cuda", marks=CUDA)]

IS_ARM = platform.machine().lower() in ("aarch64", "arm64")


class Tolerance(NamedTuple):
    """Allowed: ``|ours - torch's| <= atol + rtol * |torch's|``; atol of a param and of a state."""

    rtol: float
    param: float
    state: float


# rtol is 16 ulp. Beyond it, in 50 steps of normal grads, ours was away from torch's by at most
# (worst of maximize, decay and seeds, two of 16 bits, 20 of the others; param / state):
TOLERANCES = {
    # 1.7e-3 / 1.4e-6, two subnormal ulp: torch rounds to 16 bits after every operation
    torch.float16: Tolerance(1.6e-2, 4e-3, 3e-6),
    # 1.0e-3 / 7.2e-8: likewise; on Arm, torch's grad + decay * param also rounds the product, and
    # where the two cancel, 3 of 16384 square_avg were off by up to 2.4e-6
    torch.bfloat16: Tolerance(1.3e-1, 1e-2, 3e-6 if IS_ARM else 5e-7),
    # 2.4e-8 / 0: one root where torch has two (with two it was 1.5e-8); distance.py has the shares
    torch.float32: Tolerance(2e-6, 1e-7, 1e-11),
    # 5.0e-17 / 0: likewise (2.0e-17)
    torch.float64: Tolerance(4e-15, 2e-16, 1e-19),
    # 8.4e-9 / 2.5e-12: torch's complex weight decay has no FMA, and grad + decay * param may cancel
    torch.complex64: Tolerance(2e-6, 4e-8, 1e-11),
    # 2.1e-17 / 7.3e-21: likewise
    torch.complex128: Tolerance(4e-15, 1e-16, 1e-19),
}


def random(*shape: int, dtype: torch.dtype = torch.float32, seed: int = 0) -> Tensor:
    """Return the same normal numbers for the same arguments."""
    wide = torch.complex128 if dtype.is_complex else torch.float64
    generator = torch.Generator("cpu").manual_seed(seed)
    # The device is explicit: a default device may be set.
    return torch.randn(shape, dtype=wide, generator=generator, device="cpu").to(dtype)


def twin(tensor: Tensor) -> Tensor:
    """Copy a tensor with its whole storage, so that layout and gaps are the same."""
    storage = tensor.untyped_storage().clone()
    copy = torch.empty(0, dtype=tensor.dtype, device=tensor.device)
    return copy.set_(storage, tensor.storage_offset(), tensor.shape, tensor.stride())


def assert_near(ours: Tensor, theirs: Tensor, name: str, kind: str = "param") -> None:
    """Fail unless two tensors of one dtype agree within the tolerance of that dtype."""
    rtol, *atols = TOLERANCES[theirs.dtype]
    atol = atols[kind == "state"]
    same_kind = (ours.dtype, ours.shape, ours.stride()) == (
        theirs.dtype,
        theirs.shape,
        theirs.stride(),
    )
    if same_kind and torch.allclose(ours, theirs, rtol, atol, equal_nan=True):
        return  # faster than assert_close, which explains a difference
    torch.testing.assert_close(
        ours.detach(),
        theirs.detach(),
        rtol=rtol,
        atol=atol,
        equal_nan=True,
        check_stride=True,
        msg=lambda message: f"{name}: {message}",
    )


class Pair:
    """Our and torch's optimizer over copies of the same tensors, with the same grads.

    Args:
        params: tensors, or param groups with their options.
        options: options of both constructors; ``fused`` only for ours.
    """

    def __init__(self, params: Sequence[Any], **options: Any) -> None:
        self.ours = Adadelta(_copied(params), **_own(options))
        options.pop("fused", None)
        self.theirs = torch.optim.Adadelta(_copied(params), **_own(options))
        self._seed = 0
        self._versions = [p._version for p in self.params], [q._version for q in self.mirrors]

    @property
    def both(self) -> tuple[torch.optim.Adadelta, torch.optim.Adadelta]:
        return self.ours, self.theirs

    @property
    def params(self) -> list[Parameter]:
        return [p for group in self.ours.param_groups for p in group["params"]]

    @property
    def mirrors(self) -> list[Parameter]:
        return [p for group in self.theirs.param_groups for p in group["params"]]

    def set_grads(self, grads: Sequence[Tensor | None]) -> None:
        for p, q, grad in zip(self.params, self.mirrors, grads, strict=True):
            p.grad = q.grad = grad

    def random_grads(self, skip: Sequence[int] = ()) -> None:
        """Give every parameter a new grad in its own layout, and None to those at ``skip``."""
        self._seed += 1
        self.set_grads(
            [
                None
                if i in skip
                else torch.empty_like(p).copy_(
                    random(*p.shape, dtype=p.dtype, seed=1000 * self._seed + i)
                )
                for i, p in enumerate(self.params)
            ]
        )

    def each(self, edit: Callable[[torch.optim.Adadelta], object]) -> None:
        """Do the same to both optimizers."""
        for optimizer in self.both:
            edit(optimizer)

    def edit(self, group: int = 0, **options: Any) -> None:
        """Change options of a group of both optimizers."""
        self.each(lambda optimizer: optimizer.param_groups[group].update(options))

    def step(self, steps: int = 1) -> None:
        """Take steps with new random grads and check each."""
        for _ in range(steps):
            self.random_grads()
            self.step_with_grads()

    def step_with_grads(self) -> None:
        """Take a step with the grads that are there and check it."""
        self.each(lambda optimizer: optimizer.step())
        self.check()

    def check(self) -> None:
        """Fail unless parameters, versions and states are as torch's."""
        for i, (p, q) in enumerate(zip(self.params, self.mirrors, strict=True)):
            assert_near(p, q, f"param {i}")
            if i < len(self._versions[0]):
                bumps = [v._version - old[i] for v, old in zip((p, q), self._versions, strict=True)]
                assert bumps[0] == bumps[1], f"param {i}: version bumped by {bumps}"
            self._check_state(i, self.ours.state.get(p), self.theirs.state.get(q))
        assert len(self.ours.state) == len(self.theirs.state)

    def _check_state(self, i: int, ours: Any, theirs: Any) -> None:
        assert (ours is None) == (theirs is None), f"state of param {i}: {ours}, torch's {theirs}"
        if theirs is None:
            return
        assert list(ours) == list(theirs)
        if theirs:
            torch.testing.assert_close(ours["step"], theirs["step"], rtol=0, atol=0)
            for key in STATES:
                assert_near(ours[key], theirs[key], f"{key} of param {i}", "state")


def _own(options: dict[str, Any]) -> dict[str, Any]:
    return {k: v.clone() if isinstance(v, Tensor) else v for k, v in options.items()}


def _copied(params: Sequence[Any]) -> list[Any]:
    return [
        {**entry, "params": [_leaf(p) for p in entry["params"]]}
        if isinstance(entry, dict)
        else _leaf(entry)
        for entry in params
    ]


def _leaf(entry: Any) -> Any:
    if isinstance(entry, tuple):
        return entry[0], _leaf(entry[1])
    return Parameter(twin(entry), requires_grad=entry.dtype.is_floating_point or entry.is_complex())


def kernels(optimizer: torch.optim.Optimizer) -> list[str | None]:
    """Return the kernel of each parameter, None for torch."""
    return [row.kernel for row in optimizer.explain()]


def kernels_that_run(monkeypatch: Any) -> set[str]:
    """Return a set to which every later launch on the CPU adds the name of its kernel."""
    names: set[str] = set()
    builtin = table.bound

    def watched(words: Any) -> Any:
        step = builtin(words)

        def noting(ticket: int, what: int, *tensors: Any) -> int:
            answer = step(ticket, what, *tensors)
            if what == abi.RUN and answer == abi.DONE:
                names.update(launched(words))
            return answer

        return noting

    monkeypatch.setattr(table, "bound", watched)
    return names


def launched(words: Any) -> set[str]:
    """Return the kernels of a table's last run on the CPU that updated elements."""
    n = int(words[abi.T_N_LAUNCHES])
    if not n:
        return set()
    at = (ctypes.c_int64 * (n * abi.LAUNCH_WORDS)).from_address(int(words[abi.T_LAUNCHES_AT]))
    launches = [at[k * abi.LAUNCH_WORDS : (k + 1) * abi.LAUNCH_WORDS] for k in range(n)]
    kernels = {launch[abi.L_KERNEL] for launch in launches if launch[abi.L_ELEMENTS]}
    return {spec.name for spec in specs_of("cpu") if registry.load(spec) in kernels}


def reasons(optimizer: torch.optim.Optimizer) -> list[str]:
    """Return ``why`` of each row of ``explain()``."""
    return [row.why for row in optimizer.explain()]


def snapshot(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    """Copy everything that a step may write."""
    params = [p for group in optimizer.param_groups for p in group["params"]]
    states = [v for state in optimizer.state.values() for v in state.values()]
    return [t.detach().clone() for t in (*params, *states) if isinstance(t, Tensor)]
