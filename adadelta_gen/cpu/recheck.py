"""Prove natively that tensors still are what a plan was made for, and read where the grads are.

Every tensor is asked through torch's C shim (``torch/csrc/inductor/aoti_torch/c/shim.h``), whose ABI
torch promises to keep for AOTInductor: no Python object is created, no reference is counted, and a
full proof costs about 20 ns a tensor. That is cheap enough for every tensor at every step.

Tables of int64 words, filled by ``plan.py``:
    request  objects of the params, of the grads and of the states; records; dims; rows; number of
             rows; address of None; offset of a tensor's handle in its object; scratch (2 words);
             the addresses of the shim's getters, in the order of GETTERS
    objects  ``PyObject *``; one a row for params and grads, three for states: step, square_avg,
             acc_delta
    records  five a row: param, grad, step, square_avg, acc_delta; words as in ``_agrees``
    dims     shapes, each followed by the strides that belong to it
    rows     as in ``worker.py``; the addresses of the grads are written here
"""

from numba import njit

from adadelta_gen.cpu.intrinsics import call_getter, load_int32, load_int64, store_int64
from adadelta_gen.cpu.tables import (
    ANY,
    DATA_PTR,
    DEVICE_INDEX,
    DEVICE_TYPE,
    DIM,
    DTYPE,
    GETTERS_AT,
    GRAD,
    LAYOUT,
    RECORD_WORDS,
    RECORDS,
    ROW_WORDS,
    SCRATCH_AT,
    SIZES,
    STORAGE_OFFSET,
    STORAGE_SIZE,
    STRIDES,
    UNCHECKED,
)


@njit(error_model="numpy", inline="always")
def _word(request, getter, handle):  # type: ignore[no-untyped-def]
    """Ask for an int64 or an address; -1 if the getter fails."""
    scratch = request + 8 * SCRATCH_AT
    if call_getter(load_int64(request, GETTERS_AT + getter), handle, scratch) != 0:
        return -1
    return load_int64(scratch, 0)


@njit(error_model="numpy", inline="always")
def _half_word(request, getter, handle):  # type: ignore[no-untyped-def]
    """Ask for an int32; -2 if the getter fails (-1 is a device index)."""
    scratch = request + 8 * SCRATCH_AT
    if call_getter(load_int64(request, GETTERS_AT + getter), handle, scratch) != 0:
        return -2
    return load_int32(scratch, 0)


@njit(error_model="numpy", inline="always")
def _agrees(request, handle, record, dims):  # type: ignore[no-untyped-def]
    """Whether a tensor has the layout, device, dtype and shape of its record and lies in its storage.

    Words of a record: address (ANY for a grad), layout, device type, device index, dtype, bytes of an
    element, number of dimensions, index of the shape in dims, bytes from first to last element.
    """
    if load_int64(record, 0) == ANY and (
        _half_word(request, LAYOUT, handle) != load_int64(record, 1)
        or _half_word(request, DEVICE_TYPE, handle) != load_int64(record, 2)
        or _half_word(request, DEVICE_INDEX, handle) != load_int64(record, 3)
    ):
        return False
    if _half_word(request, DTYPE, handle) != load_int64(record, 4):
        return False
    ndim = load_int64(record, 6)
    if _word(request, DIM, handle) != ndim:
        return False
    if ndim > 0:
        expected = dims + 8 * load_int64(record, 7)
        sizes = _word(request, SIZES, handle)
        strides = _word(request, STRIDES, handle)
        for d in range(ndim):
            size = load_int64(expected, d)
            if load_int64(sizes, d) != size:
                return False
            # The stride of a dimension of size 1 is never used, and torch sets it as it likes.
            if size != 1 and load_int64(strides, d) != load_int64(expected, ndim + d):
                return False
    first = _word(request, STORAGE_OFFSET, handle) * load_int64(record, 5)
    return first + load_int64(record, 8) <= _word(request, STORAGE_SIZE, handle)


def recheck(request):  # type: ignore[no-untyped-def]
    """Check every row and write its grad's address, 0 where there is no grad.

    Returns:
        the number of rows with a grad or, if a tensor is not what its record says, -1 - row.
    """
    params = load_int64(request, 0)
    grads = load_int64(request, 1)
    states = load_int64(request, 2)
    records = load_int64(request, 3)
    dims = load_int64(request, 4)
    rows = load_int64(request, 5)
    n_rows = load_int64(request, 6)
    none = load_int64(request, 7)
    handle_offset = load_int64(request, 8)
    active = 0
    for row in range(n_rows):
        grad = load_int64(grads, row)
        if grad == none:
            store_int64(rows, ROW_WORDS * row + GRAD, 0)
            continue
        active += 1
        for r in range(RECORDS):
            record = records + 8 * RECORD_WORDS * (RECORDS * row + r)
            expected = load_int64(record, 0)
            if expected == UNCHECKED:
                continue
            if r == 0:
                tensor = load_int64(params, row)
            elif r == 1:
                tensor = grad
            else:
                tensor = load_int64(states, 3 * row + r - 2)
            handle = tensor + handle_offset
            if not _agrees(request, handle, record, dims):
                return -1 - row
            address = _word(request, DATA_PTR, handle)
            if expected == ANY:
                if address == 0:
                    # No memory: right for a tensor without elements (its last word counts bytes).
                    # It is never read, but 0 would mean "no grad".
                    if load_int64(record, 8) != 0:
                        return -1 - row
                    address = 1
                store_int64(rows, ROW_WORDS * row + GRAD, address)
            elif address != expected:
                return -1 - row
    return active
