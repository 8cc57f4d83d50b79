"""Prove natively that tensors still are what a plan was made for, and read where the grads are.

Every tensor is asked through torch's C shim (``torch/csrc/inductor/aoti_torch/c/shim.h``), whose
ABI torch promises to keep for AOTInductor. No Python object is created and no reference counted, so
that a full proof costs some 20 ns a tensor: cheap enough for every tensor at every step.

Tables of int64 words, filled by ``plan.py`` and described in ``tables.py``:
    request  what to check and all that the check needs
    records  what was proved of each row
    dims     shapes, each followed by the strides that belong to it
    rows     addresses; those of the grads are written here
"""

from numba import njit

from adadelta_gen.cpu import tables as t
from adadelta_gen.cpu.intrinsics import (
    call_getter,
    call_with_two,
    load_int32,
    load_int64,
    prefetch,
    store_int64,
)


@njit(error_model="numpy", inline="always")
def _ask(request, getter, handle):
    """Ask for an int64 or an address; -1 if the getter fails."""
    scratch = request + 8 * t.SCRATCH_AT
    if call_getter(load_int64(request, t.GETTERS_AT + getter), handle, scratch) != 0:
        return -1
    return load_int64(scratch, 0)


@njit(error_model="numpy", inline="always")
def _ask_int32(request, getter, handle):
    """Ask for an int32; -2 if the getter fails (-1 is a device index)."""
    scratch = request + 8 * t.SCRATCH_AT
    if call_getter(load_int64(request, t.GETTERS_AT + getter), handle, scratch) != 0:
        return -2
    return load_int32(scratch, 0)


@njit(error_model="numpy", inline="always")
def _is_plain_tensor(request, tensor):
    """Only then does a C++ handle stand at the known place of the object."""
    kind = load_int64(tensor + load_int64(request, t.TYPE_OFFSET_AT), 0)
    return kind == load_int64(request, t.TYPES_AT) or kind == load_int64(request, t.TYPES_AT + 1)


@njit(error_model="numpy", inline="always")
def _same_device(request, handle, record):
    if _ask_int32(request, t.LAYOUT, handle) != load_int64(record, t.RECORD_LAYOUT):
        return False
    if _ask_int32(request, t.DEVICE_TYPE, handle) != load_int64(record, t.RECORD_DEVICE_TYPE):
        return False
    index = load_int64(record, t.RECORD_DEVICE_INDEX)
    return index < 0 or _ask_int32(request, t.DEVICE_INDEX, handle) == index


@njit(error_model="numpy", inline="always")
def _same_shape(request, tensor, record, dtype, dims):
    handle = tensor + load_int64(request, t.HANDLE_OFFSET_AT)
    if _ask_int32(request, t.DTYPE, handle) != load_int64(record, dtype):
        return False
    ndim = load_int64(record, t.RECORD_NDIM)
    if _ask(request, t.DIM, handle) != ndim:
        return False
    if ndim == 0:
        return True
    expected = dims + 8 * load_int64(record, t.RECORD_DIMS)
    sizes = _ask(request, t.SIZES, handle)
    strides = _ask(request, t.STRIDES, handle)
    for d in range(ndim):
        size = load_int64(expected, d)
        if load_int64(sizes, d) != size:
            return False
        # Torch sets a stride that is never used, of a single element or of none, as it likes.
        unused = size == 1 or load_int64(record, t.RECORD_SPAN) == 0
        if not unused and load_int64(strides, d) != load_int64(expected, ndim + d):
            return False
    return True


@njit(error_model="numpy", inline="always")
def _in_its_storage(request, handle, record):
    span = load_int64(record, t.RECORD_SPAN)
    offset = _ask(request, t.STORAGE_OFFSET, handle) * load_int64(record, t.RECORD_ITEMSIZE)
    return span == 0 or offset + span <= _ask(request, t.STORAGE_SIZE, handle)


@njit(error_model="numpy", inline="always")
def _grad_address(request, grad, record, dims):
    """The address of a grad that fits the record, 1 if it has no elements, 0 if it does not fit."""
    if not _is_plain_tensor(request, grad):
        return 0
    handle = grad + load_int64(request, t.HANDLE_OFFSET_AT)
    if not (
        _same_device(request, handle, record)
        and _same_shape(request, grad, record, t.RECORD_DTYPE, dims)
        and _in_its_storage(request, handle, record)
    ):
        return 0
    if load_int64(record, t.RECORD_SPAN) == 0:
        return 1
    return _ask(request, t.DATA_PTR, handle)


@njit(error_model="numpy", inline="always")
def _still_there(request, column, tensor, record, row):
    """Whether a tensor that is written to is the object that was proved, where it was proved."""
    if tensor != load_int64(record, column):
        return False
    handle = tensor + load_int64(request, t.HANDLE_OFFSET_AT)
    size = load_int64(record, t.RECORD_STORAGES + column)
    if _ask(request, t.STORAGE_SIZE, handle) != size:
        return False
    address = load_int64(row, column)
    if column == t.STEP and address == 0:
        return True
    return _ask(request, t.DATA_PTR, handle) == address


def recheck(request):
    """Check every row and write its grad's address, 0 where there is no grad.

    Returns:
        the number of rows with a grad or, if a tensor is not what its record says, -1 - row.
    """
    params = load_int64(request, t.PARAMS_AT)
    grads = load_int64(request, t.GRADS_AT)
    states = load_int64(request, t.STATES_AT)
    item = load_int64(request, t.LIST_ITEM_AT)
    dims = load_int64(request, t.DIMS_AT)
    n_rows = load_int64(request, t.N_ROWS_AT)
    active = 0
    for i in range(n_rows):
        ahead = min(i + t.ROWS_AHEAD, n_rows - 1)
        hints = load_int64(request, t.HINTS_AT) + 8 * t.HINT_WORDS * ahead
        for hint in range(t.HINT_WORDS):
            prefetch(load_int64(hints, hint))
        row = load_int64(request, t.ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(request, t.RECORDS_AT) + 8 * t.RECORD_WORDS * i
        grad = call_with_two(item, grads, i)
        if grad == load_int64(request, t.NONE_AT):
            store_int64(row, t.GRAD, 0)
            continue
        active += 1
        address = _grad_address(request, grad, record, dims)
        if address == 0:
            return -1 - i
        store_int64(row, t.GRAD, address)
        param = call_with_two(item, params, i)
        if not _still_there(request, t.PARAM, param, record, row):
            return -1 - i
        if not _same_shape(request, param, record, t.RECORD_DTYPE, dims):
            return -1 - i
        state = call_with_two(item, states, i)
        for column in range(t.SQUARE_AVG, t.TENSORS):
            key = load_int64(request, t.KEYS_AT + column)
            tensor = call_with_two(load_int64(request, t.DICT_ITEM_AT), state, key)
            if not _still_there(request, column, tensor, record, row):
                return -1 - i
            if column != t.STEP and not _same_shape(
                request, tensor, record, t.RECORD_STATE_DTYPE, dims
            ):
                return -1 - i
    return active
