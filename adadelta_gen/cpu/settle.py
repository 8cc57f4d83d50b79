"""What is left to do for each tensor after the kernels ran: count the step, bump the version.

Reads the request that ``recheck.py`` has just proved.
"""

from adadelta_gen.cpu import tables as t
from adadelta_gen.cpu.intrinsics import (
    call_with_one,
    call_with_two,
    load_float32,
    load_int64,
    store_float32,
)


def settle(request, one):
    """Add ``one`` to the step and bump the autograd version of every parameter that has a grad."""
    rows = load_int64(request, t.ROWS_AT)
    params = load_int64(request, t.PARAMS_AT)
    item = load_int64(request, t.LIST_ITEM_AT)
    bump = load_int64(request, t.BUMP_AT)
    offset = load_int64(request, t.HANDLE_OFFSET_AT)
    for i in range(load_int64(request, t.N_ROWS_AT)):
        row = rows + 8 * t.ROW_WORDS * i
        if load_int64(row, t.GRAD) == 0:
            continue
        step = load_int64(row, t.STEP)
        if step != 0:
            store_float32(step, 0, load_float32(step, 0) + one)
        if bump != 0:
            call_with_one(bump, call_with_two(item, params, i) + offset)
