"""A step within a step, as in a trace function or a signal handler, uses tables of its own.

If it changed the tables of the outer step, these could point to memory that nothing owns any more.
"""

import pytest

from adadelta_gen import Adadelta
from adadelta_gen.native import abi
from reliability.moments import MOMENTS, prepared


def not_owned(table):
    """Return which word of a row points to something that the row does not own, or ""."""
    for row, (record, written) in enumerate(
        zip(table.rows.records, table.rows.written, strict=True)
    ):
        if record[abi.PARAM] == 0:
            continue  # native code reads nothing else of it
        dims, layouts, _ = written.arrays
        square_avg, acc_delta, step = written.averages
        owned = {
            abi.PARAM: id(written.param),
            abi.SQUARE_AVG: id(square_avg),
            abi.ACC_DELTA: id(acc_delta),
            abi.STEP: id(step),
            abi.R_DIMS: dims.buffer_info()[0],
            abi.R_LAYOUTS: 0 if layouts is None else layouts.buffer_info()[0],
            abi.R_STATE: id(written.state),
            **{abi.R_KEYS + 2 * i: id(key) for i, key in enumerate(written.keys)},
        }
        for word, value in owned.items():
            if record[word] != value:
                return f"row {row}, word {word}"
    return ""


@pytest.mark.parametrize(("how", "every"), [("lines", 7), ("opcodes", 99), ("calls", 11)])
def test_rows_point_to_what_they_own(how, every):
    """A step that examines and writes every row again."""
    n_steps = 0
    for moment in range(0, 1_000_000, every):
        side = prepared("mixed", Adadelta, "state loaded", 5)
        found = {}
        with MOMENTS[how].at(moment, side.optimizer.step, found):
            side.step()
        if not found.get("happened"):
            break
        assert side.error is None
        n_steps += 1
        for table in side.optimizer._plan._tables:
            assert not (why := not_owned(table)), f"{why}: a step at {found['place']}"
    assert n_steps > 100
