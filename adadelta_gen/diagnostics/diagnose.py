"""Compute the diagnostics of an optimizer from its states and parameters, which are only read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from adadelta_gen.diagnostics.rows import Diagnosis, Diagnostics, EffectiveLR
from adadelta_gen.diagnostics.sampling import sample, to_host
from adadelta_gen.diagnostics.segments import Floats, Ints, Segments, weighted_quantiles
from adadelta_gen.shards import STATES, is_dtensor, local, why_not_local
from adadelta_gen.step.examine import Place

QUANTILES = (0.05, 0.5, 0.95)
Numbers = dict[int, tuple[Any, ...]]  # fields of a Diagnosis from `elements` on, by position


def diagnose(optimizer: Any) -> Diagnostics:
    """Return the result of ``Adadelta.diagnostics``."""
    groups = optimizer.param_groups
    places = [
        Place(position, group, index)
        for position, group in enumerate(groups)
        for index in range(len(group["params"]))
    ]
    of_groups: Numbers = {}
    of_params: Numbers = {}
    samples = _Samples(groups, places, optimizer.state)
    if samples.rows:
        with np.errstate(all="ignore"):  # infinities and NaNs of a state are passed on to its row
            of_groups, of_params = samples.numbers()
    return Diagnostics(
        tuple(Diagnosis(i, None, "", *of_groups.get(i, ())) for i in range(len(groups))),
        tuple(
            Diagnosis(place.group_index, place.index, place.given_name(), *of_params.get(i, ()))
            for i, place in enumerate(places)
        ),
    )


class _Samples:
    """The sampled elements of all parameters that have a state, concatenated.

    Args:
        groups: groups of the optimizer.
        places: positions of all parameters.
        states: states of the optimizer, by param.

    Attributes:
        rows: indices in ``places`` of the parameters that have a state.
    """

    def __init__(
        self,
        groups: Sequence[dict[str, Any]],
        places: Sequence[Place],
        states: Mapping[Any, dict[str, Any]],
    ) -> None:
        self.rows: list[int] = []
        elements: list[int] = []
        columns: tuple[list[Tensor], ...] = ([], [], [])
        with torch.no_grad():
            for row, place in enumerate(places):
                param = place.group["params"][place.index]
                if tensors := _tensors(param, states.get(param, {})):
                    self.rows.append(row)
                    elements.append(tensors[0].numel())
                    for column, tensor in zip(columns, sample(tensors), strict=True):
                        column.append(tensor)
            if not self.rows:
                return
            numbers = [group[name] for name in ("lr", "eps") for group in groups]
            on_devices = [number.reshape(-1) for number in numbers if isinstance(number, Tensor)]
            flat = to_host([*columns[0], *columns[1], *columns[2], *on_devices])
        self._segments = Segments(np.array([tensor.numel() for tensor in columns[0]]))
        self._elements = np.array(elements)
        self._group_of = np.array([places[row].group_index for row in self.rows])
        n = int(self._segments.ends[-1])
        self._square_avg, self._acc_delta, self._param = flat[: 3 * n].reshape(3, n)
        read = iter(flat[3 * n :].tolist())
        floats = [next(read) if isinstance(x, Tensor) else float(x) for x in numbers]
        self._lr, self._eps = np.array(floats).reshape(2, len(groups))

    def numbers(self) -> tuple[Numbers, Numbers]:
        """Return the numbers of groups and of parameters, by position; ``rows`` is not empty."""
        segments, group_of, elements = self._segments, self._group_of, self._elements
        lr, eps = (np.repeat(x[group_of], segments.sizes) for x in (self._lr, self._eps))
        factors = lr * np.sqrt((self._acc_delta + eps) / (self._square_avg + eps))
        averaged = (
            *(factors, self._square_avg < eps, self._acc_delta < eps),
            *(self._acc_delta, self._param * self._param),
        )
        means = np.stack([segments.means(values) for values in averaged])
        segments.sort(factors)
        quantiles = np.stack([segments.quantile(factors, q) for q in QUANTILES])
        of_params = _fields(self._lr[group_of], elements, segments.sizes, means, quantiles)

        present, first = np.unique(group_of, return_index=True)
        counted, sampled = (np.add.reduceat(x, first) for x in (elements, segments.sizes))
        means = np.add.reduceat(means * elements, first, axis=1) / counted
        cuts = segments.begins[first][1:]
        weights = np.repeat(elements / segments.sizes, segments.sizes)
        quantiles = np.transpose(
            [
                weighted_quantiles(*one, QUANTILES)
                for one in zip(np.split(factors, cuts), np.split(weights, cuts), strict=True)
            ]
        )
        of_groups = _fields(self._lr[present], counted, sampled, means, quantiles)
        return (
            dict(zip(present.tolist(), of_groups, strict=True)),
            dict(zip(self.rows, of_params, strict=True)),
        )


def _tensors(param: Tensor, state: dict[str, Any]) -> list[Tensor]:
    """Return this rank's square_avg, acc_delta and param as real tensors.

    Empty if the parameter has no local elements or no matching state.
    """
    found: list[Any] = [*map(state.get, STATES), param]
    if is_dtensor(param):
        if why_not_local(param, None, state):
            return []
        found = [local(tensor) for tensor in found]
    if not all(isinstance(tensor, Tensor) and not tensor.is_meta for tensor in found):
        return []
    if param.is_complex():
        found = [torch.view_as_real(tensor.resolve_conj()) for tensor in found]
    v, u, p = found
    return found if v.shape == u.shape == p.shape and p.numel() else []


def _fields(
    lr: Floats, elements: Ints, sampled: Ints, means: Floats, quantiles: Floats
) -> Iterator[tuple[Any, ...]]:
    """Yield the fields of a Diagnosis from ``elements`` on.

    Args:
        lr, elements, sampled: ``(k,)``.
        means: ``(5, k)``, means of the factors, the two fractions, acc_delta and squared param.
        quantiles: ``(3, k)``, quantiles of the factors.
    """
    mean, square_avg_below, acc_delta_below, acc_delta, squared = means
    factors = map(EffectiveLR, mean.tolist(), *quantiles.tolist())
    columns = (
        *(elements, sampled, square_avg_below, acc_delta_below),
        *(lr * np.sqrt(acc_delta), np.sqrt(squared)),
    )
    n, k, *rest = (column.tolist() for column in columns)
    return zip(n, k, factors, *rest, strict=True)
