"""``nonfinite``: propagate, skip or raise if a grad has an infinity or a NaN."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from adadelta_gen.shards import all_reduce_found
from adadelta_gen.step.examine import Place

CHOICES = ("propagate", "skip", "raise")
MAX_SKIPS = 100
Found = list[tuple[int, int]]  # position of the group and index of each parameter


def check(nonfinite: Any, max_skips: Any) -> None:
    """Raise a ValueError if one of the values is invalid."""
    if nonfinite not in CHOICES:
        raise ValueError(
            f"Invalid nonfinite value: {nonfinite!r}: expected one of {', '.join(CHOICES)}"
        )
    if max_skips is not None and (not isinstance(max_skips, int) or max_skips < 1):
        raise ValueError(f"Invalid max_skips value: {max_skips!r}: expected a positive int or None")


def is_on(group: dict[str, Any]) -> bool:
    """Whether the grads of a group have to be checked."""
    return bool(group.get("nonfinite", "propagate") != "propagate")


def to_skip(groups: Sequence[dict[str, Any]], found: Found, in_a_row: Counter[str]) -> Found:
    """Return the parameters to skip because their grads are not finite.

    A collective if there are DTensors.

    Args:
        groups: all groups of the optimizer.
        found: parameters with a non-finite grad on this rank.
        in_a_row: by name of a parameter, the number of skips since its last update.

    Raises:
        RuntimeError: a group has nonfinite="raise", or a parameter was skipped more than
            ``max_skips`` times in a row.
    """
    skipped: Found = []
    for position, group in enumerate(groups):
        if not is_on(group):
            continue
        check(group["nonfinite"], group.get("max_skips", MAX_SKIPS))
        own = all_reduce_found(group["params"], [index for g, index in found if g == position])
        skipped += [(position, index) for index in own]
        if not own:
            continue
        place = Place(position, group, own[0])
        if group["nonfinite"] == "raise":
            others = f" (and of {len(own) - 1} more)" if len(own) > 1 else ""
            raise RuntimeError(
                f"the grad of {place}{others} has an infinity or a NaN (nonfinite='raise'). "
                "Nothing has been changed."
            )
        limit = group.get("max_skips", MAX_SKIPS)
        for index in own if limit is not None else ():
            place = Place(position, group, index)
            if in_a_row[place.name()] >= limit:
                raise RuntimeError(
                    f"the grad of {place} had an infinity or a NaN in more than {limit} steps in a "
                    "row (max_skips). Nothing has been changed. Check the loss and lr, or set "
                    "max_skips=None for no limit."
                )
    return skipped


def names(groups: Sequence[dict[str, Any]], skipped: Found) -> list[str]:
    """Return the names of the skipped parameters."""
    return [Place(position, groups[position], index).name() for position, index in skipped]


def count(skipped: Collection[str], total: Counter[str], in_a_row: Counter[str]) -> None:
    """Count the skipped parameters of a step; reset the skips in a row of the others.

    Args:
        skipped: names of the parameters that the step skipped.
        total: number of skips, by name of the parameter; updated in place.
        in_a_row: number of skips since its last update; updated in place.
    """
    total.update(skipped)
    updated = in_a_row.keys() - set(skipped)
    for name in updated:
        del in_a_row[name]
    in_a_row.update(skipped)
