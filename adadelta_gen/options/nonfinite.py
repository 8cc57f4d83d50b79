"""``nonfinite``: what a grad with an infinity or a NaN does."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from adadelta_gen.shards import agreed
from adadelta_gen.step.examine import Place

CHOICES = ("propagate", "skip", "raise")
MAX_SKIPS = 100
Found = list[tuple[int, int]]  # group and index of each parameter


def check(nonfinite: Any, max_skips: Any) -> None:
    """Raise a ValueError if an option has no such value."""
    if nonfinite not in CHOICES:
        raise ValueError(f"Invalid nonfinite value: {nonfinite!r}")
    if max_skips is not None and (not isinstance(max_skips, int) or max_skips < 1):
        raise ValueError(f"Invalid max_skips value: {max_skips!r}")


def is_on(group: dict[str, Any]) -> bool:
    """Whether the grads of a group have to be looked at."""
    return bool(group.get("nonfinite", "propagate") != "propagate")


def to_skip(groups: Sequence[dict[str, Any]], found: Found, in_a_row: Counter[str]) -> Found:
    """Return the parameters to leave alone, of those whose grads are not finite.

    The ranks that share DTensors agree on it, so that all have to call this.

    Args:
        groups: all of the optimizer.
        found: where this rank found such a grad.
        in_a_row: how often a parameter was skipped since its last update, by its name.

    Raises:
        RuntimeError: a group wants it so, or a parameter was skipped ``max_skips`` times in a row.
    """
    skipped: Found = []
    for position, group in enumerate(groups):
        if not is_on(group):
            continue
        check(group["nonfinite"], group.get("max_skips", MAX_SKIPS))
        own = agreed(group["params"], [index for g, index in found if g == position])
        skipped += [(position, index) for index in own]
        if not own:
            continue
        place = Place(position, group, own[0])
        if group["nonfinite"] == "raise":
            others = f" (and of {len(own) - 1} more)" if len(own) > 1 else ""
            raise RuntimeError(
                f"the grad of {place}{others} holds an infinity or a NaN. Nothing has been changed."
            )
        limit = group.get("max_skips", MAX_SKIPS)
        for index in own if limit is not None else ():
            place = Place(position, group, index)
            if in_a_row[place.name()] >= limit:
                raise RuntimeError(
                    f"the grad of {place} held an infinity or a NaN in more than "
                    f"{limit} steps in a row (max_skips). Nothing has been changed."
                )
    return skipped


def count(
    groups: Sequence[dict[str, Any]],
    skipped: Collection[tuple[int, int]],
    total: Counter[str],
    in_a_row: Counter[str],
) -> None:
    """Count what a step skipped, and forget the rows of skips that it ended.

    Args:
        groups: all of the optimizer.
        skipped: the parameters that the step left alone.
        total: how often each was skipped, by its name.
        in_a_row: how often since its last update.
    """
    names = [Place(position, groups[position], index).name() for position, index in skipped]
    total.update(names)
    updated = in_a_row.keys() - set(names)
    for name in updated:
        del in_a_row[name]
    in_a_row.update(names)
