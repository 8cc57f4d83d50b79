"""The Adadelta state in a checkpoint, and what would update its parameters."""

import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from adadelta_gen.optimizer import OPTIONS, Adadelta

STATES = ("step", "square_avg", "acc_delta")
TORCHS = ("lr", "rho", "eps", "weight_decay", "maximize", "foreach", "capturable", "differentiable")
DEPTH = 3  # levels of dicts and lists in which a state_dict is searched
BEGINNINGS = (b"PK", b"\x80")  # of a zip file and of a pickle, torch's former format


class CheckpointError(ValueError):
    """The file has no readable state of an Adadelta; the message gives the reason."""


@dataclass(frozen=True)
class GroupRow:
    """A param group: how many parameters it has, and its options."""

    group: int
    parameters: int
    options: dict[str, Any]


@dataclass(frozen=True)
class Way:
    """Parameters with states of one dtype; the kernel that updates them, or why torch does."""

    kernel: str | None
    dtype: str
    why: str
    parameters: int
    elements: int


@dataclass(frozen=True)
class Checkpoint:
    """The state_dict of an Adadelta.

    Args:
        place: where it is in the file; empty if it is the only content.
        steps: least and greatest step count of the parameters; None without states.
        stateless: number of parameters without a state, because they never had a grad.
        ways: what would update the other parameters, if they have the dtypes of their states.
        notes: what to know before loading it.
    """

    place: str
    steps: tuple[float, float] | None
    stateless: int
    groups: list[GroupRow]
    ways: list[Way]
    notes: list[str]

    @property
    def options(self) -> list[str]:
        """Names of the options of all groups, torch's first."""
        found = {option for row in self.groups for option in row.options}
        return [*(o for o in TORCHS if o in found), *sorted(found - set(TORCHS))]

    def summary(self) -> str:
        n = sum(row.parameters for row in self.groups)
        if self.steps is None:
            return f"Adadelta, {_parameters(n)}, before its first step"
        first, last = (f"{steps:g}" for steps in self.steps)
        steps = f"{last} steps" if first == last else f"{first} to {last} steps"
        return f"Adadelta, {_parameters(n)}, after {steps}"

    def as_dict(self) -> dict[str, Any]:
        """Return the checkpoint as a dict for JSON."""
        return asdict(self)


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the optimizer state_dicts in a file, by their places in it.

    Raises:
        CheckpointError: the file cannot be read, or contains none.
    """
    if path.is_dir():
        raise CheckpointError(
            "a folder, not a file of torch.save; a distributed checkpoint that you trust becomes a "
            "file by `python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE`"
        )
    if not path.is_file():
        raise CheckpointError("the file does not exist; to name a function, use MODULE:FUNCTION")
    try:
        with path.open("rb") as file:
            begins = file.read(2)
        if not begins.startswith(BEGINNINGS):
            raise CheckpointError("not a file of torch.save" if begins else "an empty file")
        content = _loaded(path)
    except CheckpointError:
        raise
    except pickle.UnpicklingError as error:
        raise CheckpointError(
            "torch.load(weights_only=True) refuses it, because it contains other objects than "
            "tensors, numbers, lists and dicts; save optimizer.state_dict(), not the optimizer. If "
            "you trust the file, load it with weights_only=False and save its state_dict"
        ) from error
    except OSError as error:
        raise CheckpointError(f"cannot be read: {error.strerror}") from error
    except Exception as error:  # a damaged file may raise anything
        why = (str(error).splitlines() or [""])[0].partition(". ")[0]
        raise CheckpointError(
            f"not a file of torch.save, or damaged: {type(error).__name__}: {why}"
        ) from error
    if found := dict(_state_dicts(content, "", DEPTH)):
        return found
    keys = ", ".join(map(repr, content)) if isinstance(content, dict) else type(content).__name__
    raise CheckpointError(
        f"no optimizer state_dict ('state', 'param_groups') found; it contains {keys}"
    )


def _loaded(path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except RuntimeError as error:
        if "mmap can only be used" not in str(error):
            raise
    return torch.load(path, map_location="cpu", weights_only=True)


def _state_dicts(content: Any, place: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(content, dict) and {"state", "param_groups"} <= content.keys():
        yield place, content
    elif depth and isinstance(content, dict | list | tuple):
        parts = content.items() if isinstance(content, dict) else enumerate(content)
        for key, part in parts:
            yield from _state_dicts(part, f"{place}[{key!r}]", depth - 1)


def described(place: str, state_dict: dict[str, Any]) -> Checkpoint:
    """Return the description of a state_dict.

    Raises:
        CheckpointError: it is not the state_dict of an Adadelta.
    """
    where = f"{place}: " if place else ""
    try:
        return _described(place, where, state_dict)
    except CheckpointError:
        raise
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"{where}an Adadelta cannot load it: {type(error).__name__}: {error}"
        ) from error


def _described(place: str, where: str, state_dict: dict[str, Any]) -> Checkpoint:
    states: dict[Any, Any] = state_dict["state"]
    for name, state in states.items():
        if not isinstance(state, dict) or not state.keys() >= set(STATES):
            keys = ", ".join(map(str, state)) if isinstance(state, dict) else type(state).__name__
            raise CheckpointError(
                f"{where}the state of parameter {name} has {keys or 'no keys'}; the state of an "
                f"Adadelta has {', '.join(STATES)}"
            )
    groups = state_dict["param_groups"]
    if not states and any("rho" not in group for group in groups):
        raise CheckpointError(f"{where}not the state_dict of an Adadelta: the groups have no rho")
    names = [name for group in groups for name in group["params"]]
    rows = [
        GroupRow(
            number,
            len(group["params"]),
            {k: _plain(v) for k, v in group.items() if k not in ("params", "param_names")},
        )
        for number, group in enumerate(groups)
    ]
    steps = [float(state["step"]) for state in states.values()]
    return Checkpoint(
        place,
        (min(steps), max(steps)) if steps else None,
        sum(name not in states for name in names),
        rows,
        _ways(state_dict),
        _notes(state_dict, names),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.item() if value.numel() == 1 else value.tolist()
    return value if isinstance(value, int | float | str | None) else str(value)


def _ways(state_dict: dict[str, Any]) -> list[Way]:
    """Load it into an optimizer with parameters like its states, and return what updates them."""
    states = state_dict["state"]
    groups, kept = [], []
    for group in state_dict["param_groups"]:
        names = [name for name in group["params"] if name in states]
        if names:
            params = [_like(states[name]["square_avg"]) for name in names]
            groups.append({"params": params})
            kept.append({**group, "params": names})
            kept[-1].pop("param_names", None)
    if not groups:
        return []
    optimizer = Adadelta(groups)
    restored = {name: states[name] for group in kept for name in group["params"]}
    optimizer.load_state_dict({"state": restored, "param_groups": kept})
    parameters: Counter[tuple[str | None, str, str]] = Counter()
    elements: Counter[tuple[str | None, str, str]] = Counter()
    try:
        rows = optimizer.explain()
    except RuntimeError as error:
        raise CheckpointError(f"a step after loading would raise an error: {error}") from error
    for row in rows:
        param = optimizer.param_groups[row.group]["params"][row.index]
        way = row.kernel, row.dtype.removeprefix("torch."), row.why
        parameters[way] += 1
        elements[way] += param.numel()
    return [Way(*way, n, elements[way]) for way, n in parameters.items()]


def _like(state: Tensor) -> torch.nn.Parameter:
    """Return a parameter whose memory is neither read nor written."""
    empty = torch.empty_strided(state.shape, state.stride(), dtype=state.dtype)
    return torch.nn.Parameter(empty, requires_grad=empty.is_floating_point() or empty.is_complex())


def _parameters(n: int) -> str:
    return "1 parameter" if n == 1 else f"{n} parameters"


def _notes(state_dict: dict[str, Any], names: list[Any]) -> list[str]:
    states, groups = state_dict["state"], state_dict["param_groups"]
    notes = []
    if stateless := [name for name in names if name not in states]:
        notes.append(
            f"without a state, because they never had a grad: {_parameters(len(stateless))}; the "
            f"first is {stateless[0]}. Their state begins at their first step"
        )
    if unused := [name for name in states if name not in names]:
        notes.append(f"not restored: states of {_parameters(len(unused))} that no group contains")
    if own := sorted({option for group in groups for option in OPTIONS.keys() & group.keys()}):
        notes.append(
            f"not restored: {', '.join(own)}; an optimizer keeps its own options when it loads this"
        )
    known = {*TORCHS, *OPTIONS, "params", "param_names", "initial_lr"}
    if others := sorted({option for group in groups for option in group.keys() - known}):
        notes.append(f"restored, but not used by a step: {', '.join(others)} of the groups")
    extra = {key for state in states.values() for key in state.keys() - set(STATES)}
    if extra:
        notes.append(f"restored, but not used by a step: {', '.join(sorted(extra))} of the states")
    if wanted := sorted({str(d) for g in groups if (d := g.get("state_dtype")) is not None}):
        notes.append(
            f"saved with state_dtype={', '.join(wanted)}: the parameters had another dtype, which "
            "the file does not contain, and other kernels than those above"
        )
    if states:
        notes.append(
            "loading casts a state to the dtype of its parameter, unless the optimizer was made "
            "with state_dtype"
        )
    return notes
