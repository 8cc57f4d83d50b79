"""The native step: verify all tensors, increment the counters and run the kernels, in one call.

The caller holds the GIL. The call keeps it while it verifies, pins and counts, and releases it only
during long kernels, whose memory is then pinned. Therefore no Python code, signal handler or
finalizer and no step of another thread runs between the first check and the last kernel. Nothing
can fail after the first write.

Metadata of tensors is read through torch's C shim (``torch/csrc/inductor/aoti_torch/c/shim.h``),
whose ABI torch keeps stable for AOTInductor. Native code dereferences an object only if the table
owns it, or if it is one of the caller's lists. ``abi.py`` describes the tables.
"""

import numpy as np
from numba import float64, int64, njit

from adadelta_gen.native import abi as t
from adadelta_gen.native.build import WITHOUT_WRAPPERS
from adadelta_gen.native.dither import of_step
from adadelta_gen.native.words import (
    call_bool_1,
    call_cuda_launch,
    call_int_1,
    call_int_2,
    call_int_3,
    call_int_4,
    call_int_5,
    call_int_6,
    call_void_1,
    call_void_2,
    call_void_3,
    call_word_0,
    call_word_1,
    call_word_2,
    load_float32,
    load_float64,
    load_int16,
    load_int32,
    load_int64,
    prefetch,
    sqrt,
    store_float32,
    store_float64,
    store_int16,
    store_int32,
    store_int64,
)

inlined = njit(error_model="numpy", inline="always", **WITHOUT_WRAPPERS)
compiled = njit(error_model="numpy", **WITHOUT_WRAPPERS)
_of_step = inlined(of_step)


@inlined
def _ask(table, getter, handle):
    """Return an int64 or an address from a getter; -1 if it fails."""
    scratch = table + 8 * t.T_SCRATCH
    if call_int_2(load_int64(table, t.T_GETTERS + getter), handle, scratch) != 0:
        return -1
    return load_int64(scratch, 0)


@inlined
def _ask_int32(table, getter, handle):
    """Return an int32 from a getter; -2 if it fails (-1 is a device index)."""
    scratch = table + 8 * t.T_SCRATCH
    if call_int_2(load_int64(table, t.T_GETTERS + getter), handle, scratch) != 0:
        return -2
    return load_int32(scratch, 0)


@inlined
def _is_plain(table, tensor):
    """Whether a tensor is plain: only these have their C++ handle at the known offset."""
    kind = load_int64(tensor + load_int64(table, t.T_TYPE_OFFSET), 0)
    return kind == load_int64(table, t.T_TENSOR) or kind == load_int64(table, t.T_PARAMETER)


@inlined
def _is_lazy(table, handle):
    return (
        call_bool_1(load_int64(table, t.T_IS_NEG), handle)
        | call_bool_1(load_int64(table, t.T_IS_CONJ), handle)
    ) != 0


@inlined
def _layout(record, column):
    """Return the address of the layout of a tensor of a record, 0 if it is dense."""
    layouts = load_int64(record, t.R_LAYOUTS)
    if layouts == 0:
        return 0
    return layouts + 8 * t.LAYOUT_WORDS * column


@inlined
def _dims(record, column):
    layout = _layout(record, column)
    if layout != 0:
        return load_int64(layout, t.LAYOUT_DIMS)
    return load_int64(record, t.R_DIMS)


@inlined
def _span(record, column):
    """Return the number of elements of memory from the first to the last element, inclusive."""
    layout = _layout(record, column)
    if layout != 0:
        return load_int64(layout, t.LAYOUT_SPAN)
    return load_int64(record, t.R_NUMEL)


@compiled
def _is_of_kind(table, handle, record, dtype, expected):
    """Whether a tensor has the record's device, this dtype, these dimensions, and no lazy bits."""
    if _ask_int32(table, t.LAYOUT, handle) != load_int64(table, t.T_STRIDED):
        return False
    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(record, t.R_DEVICE_TYPE):
        return False
    index = load_int64(record, t.R_DEVICE_INDEX)
    if index >= 0 and _ask_int32(table, t.DEVICE_INDEX, handle) != index:
        return False
    if _ask_int32(table, t.DTYPE, handle) != dtype or _is_lazy(table, handle):
        return False
    ndim = load_int64(record, t.R_NDIM)
    if _ask(table, t.DIM, handle) != ndim:
        return False
    if ndim == 0:
        return True
    sizes = _ask(table, t.SIZES, handle)
    strides = _ask(table, t.STRIDES, handle)
    for d in range(ndim):
        size = load_int64(expected, d)
        if load_int64(sizes, d) != size:
            return False
        # Torch chooses any stride for a dimension of size 1, and for empty tensors.
        unused = size == 1 or load_int64(record, t.R_NUMEL) == 0
        if not unused and load_int64(strides, d) != load_int64(expected, ndim + d):
            return False
    return True


@compiled
def _is_writable(table, record, row, column, n_bytes, itemsize):
    """Whether a tensor lies within its storage and is writable; store its address in the row."""
    handle = load_int64(record, column) + load_int64(table, t.T_HANDLE_OFFSET)
    # Writing to an inference tensor throws a C++ exception, which compiled frames cannot handle.
    if call_bool_1(load_int64(table, t.T_IS_INFERENCE), handle) != 0:
        return False
    size = _ask(table, t.STORAGE_SIZE, handle)
    address = _ask(table, t.DATA_PTR, handle)
    if size == load_int64(record, t.R_STORAGES + column) and address == load_int64(row, column):
        return True
    if n_bytes != 0:
        first = _ask(table, t.STORAGE_OFFSET, handle) * itemsize
        if address == 0 or first < 0 or first + n_bytes > size:
            return False
        madvise = load_int64(table, t.T_MADVISE)
        is_on_cpu = column == t.STEP or load_int64(record, t.R_DEVICE_TYPE) == load_int64(
            table, t.T_CPU
        )
        if madvise != 0 and is_on_cpu:
            page = load_int64(table, t.T_PAGE)
            # MADV_POPULATE_WRITE of the first page fails if it is read-only.
            if call_int_3(madvise, address & -page, page, 23) != 0:
                return False
    store_int64(record, t.R_STORAGES + column, size)
    store_int64(row, column, address)
    store_int64(table, t.T_MOVED, 1)
    return True


@compiled
def _value(table, dictionary, key, position):
    """Return the value of a key object in a dict, or 0; tries the last position first.

    Uses ``PyDict_Next``, which does not call ``__eq__`` or ``__hash__``.
    """
    scratch = table + 8 * t.T_SCRATCH
    following = load_int64(table, t.T_DICT_NEXT)
    store_int64(scratch, 1, load_int64(position, 0))
    at, found_key, found_value = scratch + 8, scratch + 16, scratch + 24
    if call_int_4(following, dictionary, at, found_key, found_value) != 0 and (
        load_int64(scratch, 2) == key
    ):
        return load_int64(scratch, 3)
    before = 0
    while True:
        store_int64(scratch, 1, before)
        if call_int_4(following, dictionary, at, found_key, found_value) == 0:
            return 0
        if load_int64(scratch, 2) == key:
            store_int64(position, 0, before)
            return load_int64(scratch, 3)
        before = load_int64(scratch, 1)


@inlined
def _lock(table, dictionary):
    if load_int64(table, t.T_BEGIN_CRITICAL) != 0:
        section = table + 8 * (t.T_SCRATCH + 5)
        call_void_2(load_int64(table, t.T_BEGIN_CRITICAL), section, dictionary)


@inlined
def _unlock(table):
    if load_int64(table, t.T_END_CRITICAL) != 0:
        call_void_1(load_int64(table, t.T_END_CRITICAL), table + 8 * (t.T_SCRATCH + 5))


@compiled
def _state_is_own(table, states, param, record):
    """Whether the state of a parameter is still the examined dict with the examined tensors."""
    state = load_int64(record, t.R_STATE)
    if state == 0:
        return True
    _lock(table, states)
    found = _value(table, states, param, record + 8 * t.R_POSITION)
    _unlock(table)
    if found != state:
        return False
    same = True
    _lock(table, state)
    for column in range(t.SQUARE_AVG, t.TENSORS):
        key = record + 8 * (t.R_KEYS + 2 * (column - t.SQUARE_AVG))
        if _value(table, state, load_int64(key, 0), key + 8) != load_int64(record, column):
            same = False
    _unlock(table)
    return same


@compiled
def _is_apart(table, i, address, n_bytes):
    """Whether the memory of a grad does not overlap memory that is written."""
    apart = load_int64(table, t.T_APART_AT)
    if load_int64(apart, i) == address:
        return True
    n = load_int64(table, t.T_N_BOUNDS)
    ends = load_int64(table, t.T_BOUNDS_AT)
    low, high = 0, n
    while low < high:  # find the first region that ends after the grad's begin
        middle = (low + high) >> 1
        if load_int64(ends, middle) > address:
            high = middle
        else:
            low = middle + 1
    if low < n and load_int64(ends + 8 * n, low) < address + n_bytes:
        return False
    store_int64(apart, i, address)
    return True


@inlined
def _own_grad(table, param):
    """Return the handle of a param's grad; 0 without a grad, 1 if it is not a plain tensor."""
    tensor = load_int64(param + load_int64(table, t.T_HANDLE_OFFSET), 0)
    handle = call_word_1(load_int64(table, t.T_GRAD), tensor)
    grad = load_int64(handle, 0)
    if grad == load_int64(table, t.T_UNDEFINED):
        return 0
    # The lowest bits are flags of ownership. Without a Python object, it is a plain Tensor.
    made = load_int64(grad + load_int64(table, t.T_OBJECT_OFFSET), 0) & -8
    return handle if made == 0 or _is_plain(table, made) else 1


@inlined
def _given_grad(table, grads, i):
    """Return the handle of a grad in a list; 0 for None, 1 if it is not a plain tensor."""
    grad = call_word_2(load_int64(table, t.T_LIST_ITEM), grads, i)
    if grad == load_int64(table, t.T_NONE):
        return 0
    return grad + load_int64(table, t.T_HANDLE_OFFSET) if _is_plain(table, grad) else 1


@compiled
def _dense_address(table, handle, record, dtype, itemsize):
    """Return the address of a dense tensor; 1 without elements, 0 if it differs from the record."""
    if not _is_of_kind(table, handle, record, dtype, load_int64(record, t.R_DIMS)):
        return 0
    n_bytes = load_int64(record, t.R_NUMEL) * itemsize
    if n_bytes == 0:
        return 1
    first = _ask(table, t.STORAGE_OFFSET, handle) * itemsize
    if first < 0 or first + n_bytes > _ask(table, t.STORAGE_SIZE, handle):
        return 0
    return _ask(table, t.DATA_PTR, handle)


@compiled
def _grad_address(table, handle, record, i):
    """Return the same for a grad; also 0 if it overlaps memory that is written."""
    if handle == 1:
        return 0
    itemsize = load_int64(record, t.R_ITEMSIZE)
    address = _dense_address(table, handle, record, load_int64(record, t.R_DTYPE), itemsize)
    n_bytes = load_int64(record, t.R_NUMEL) * itemsize
    if load_int64(table, t.T_MOVED) == 0 and not _is_apart(table, i, address, n_bytes):
        return 0
    return address


@compiled
def _step_is_countable(table, record, row):
    tensor = load_int64(record, t.STEP)
    if not _is_plain(table, tensor):
        return False
    handle = tensor + load_int64(table, t.T_HANDLE_OFFSET)
    if _ask_int32(table, t.LAYOUT, handle) != load_int64(table, t.T_STRIDED):
        return False
    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(table, t.T_CPU):
        return False
    dtype = load_int64(record, t.R_STEP_DTYPE)
    if dtype != load_int64(table, t.T_FLOAT32) and dtype != load_int64(table, t.T_FLOAT64):
        return False
    if _ask_int32(table, t.DTYPE, handle) != dtype or _is_lazy(table, handle):
        return False
    if _ask(table, t.DIM, handle) != 0:
        return False
    itemsize = 4 if dtype == load_int64(table, t.T_FLOAT32) else 8
    return _is_writable(table, record, row, t.STEP, itemsize, itemsize)


@compiled
def _verify_row(table, states, param, grad, i):
    """Whether the tensors of a row match its record; store the address of the grad."""
    row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
    record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
    if param != load_int64(record, t.PARAM):
        return False
    offset = load_int64(table, t.T_HANDLE_OFFSET)
    dtype = load_int64(record, t.R_DTYPE)
    dims = _dims(record, t.PARAM)
    if not _is_plain(table, param) or not _is_of_kind(table, param + offset, record, dtype, dims):
        return False
    itemsize = load_int64(record, t.R_ITEMSIZE)
    n_bytes = _span(record, t.PARAM) * itemsize
    if not _is_writable(table, record, row, t.PARAM, n_bytes, itemsize):
        return False
    if not _state_is_own(table, states, param, record):
        return False
    dtype = load_int64(record, t.R_STATE_DTYPE)
    itemsize = load_int64(record, t.R_STATE_ITEMSIZE)
    for column in range(t.SQUARE_AVG, t.STEP):
        tensor, dims = load_int64(record, column), _dims(record, column)
        if not _is_plain(table, tensor):
            return False
        if not _is_of_kind(table, tensor + offset, record, dtype, dims):
            return False
        n_bytes = _span(record, column) * itemsize
        if not _is_writable(table, record, row, column, n_bytes, itemsize):
            return False
    is_counted = load_int64(record, t.R_STEP_DTYPE) != t.COUNTED_ELSEWHERE
    if is_counted and not _step_is_countable(table, record, row):
        return False
    address = _grad_address(table, grad, record, i)
    if address == 0:
        return False
    if load_int64(record, t.R_BOUNDED) == 0:
        store_int64(table, t.T_MOVED, 1)
    store_int64(row, t.GRAD, address)
    store_int64(record, t.GRAD, grad)
    return True


@inlined
def _prefetch(table, i):
    """Prefetch metadata of averages and counters, which were last used in the step before."""
    records = load_int64(table, t.T_RECORDS_AT)
    offset = load_int64(table, t.T_HANDLE_OFFSET)
    storage = load_int64(table, t.T_STORAGE_OFFSET)
    last = load_int64(table, t.T_N_ROWS) - 1
    objects = records + 8 * t.RECORD_WORDS * min(i + 3 * t.ROWS_AHEAD, last)
    tensors = records + 8 * t.RECORD_WORDS * min(i + 2 * t.ROWS_AHEAD, last)
    storages = records + 8 * t.RECORD_WORDS * min(i + t.ROWS_AHEAD, last)
    for column in range(t.SQUARE_AVG, t.TENSORS):
        prefetch(load_int64(objects, column))
        tensor = load_int64(tensors, column)
        if tensor != 0:
            tensor = load_int64(tensor + offset, 0)
            for line in range(4):
                prefetch(tensor + 64 * line)
        tensor = load_int64(storages, column)
        if tensor != 0 and storage != 0:
            prefetch(load_int64(load_int64(tensor + offset, 0) + storage, 0))


@compiled
def _verify_rows(table, states, params, grads):
    """Store the indices of the rows that do not verify, and return their number."""
    item = load_int64(table, t.T_LIST_ITEM)
    none = load_int64(table, t.T_NONE)
    n_rows = load_int64(table, t.T_N_ROWS)
    rows = load_int64(table, t.T_ROWS_AT)
    records = load_int64(table, t.T_RECORDS_AT)
    launches = load_int64(table, t.T_LAUNCHES_AT)
    changed = load_int64(table, t.T_CHANGED_AT)
    for k in range(load_int64(table, t.T_N_LAUNCHES)):
        store_int64(launches + 8 * t.LAUNCH_WORDS * k, t.L_ELEMENTS, 0)
    n_changed = 0
    for i in range(n_rows):
        _prefetch(table, i)
        record = records + 8 * t.RECORD_WORDS * i
        param = call_word_2(item, params, i)
        grad = 1
        if grads != none:
            grad = _given_grad(table, grads, i)
        elif _is_plain(table, param):
            grad = _own_grad(table, param)
        if grad == 0:
            store_int64(rows + 8 * t.ROW_WORDS * i, t.GRAD, 0)
        elif _verify_row(table, states, param, grad, i):
            launch = launches + 8 * t.LAUNCH_WORDS * load_int64(record, t.R_LAUNCH)
            elements = load_int64(launch, t.L_ELEMENTS) + load_int64(record, t.R_REALS)
            store_int64(launch, t.L_ELEMENTS, elements)
        else:
            store_int64(changed, n_changed, i)
            n_changed += 1
    return n_changed


@inlined
def _sort(regions, n):
    """Sort regions, pairs of begin and end, by begin (Shell sort)."""
    gap = 1
    while gap < n // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, n):
            begin = load_int64(regions, 2 * i)
            end = load_int64(regions, 2 * i + 1)
            j = i
            while j >= gap and load_int64(regions, 2 * (j - gap)) > begin:
                store_int64(regions, 2 * j, load_int64(regions, 2 * (j - gap)))
                store_int64(regions, 2 * j + 1, load_int64(regions, 2 * (j - gap) + 1))
                j -= gap
            store_int64(regions, 2 * j, begin)
            store_int64(regions, 2 * j + 1, end)
        gap //= 3


@inlined
def _written_regions(table, regions):
    """Store begin and end of all memory that active rows write; return the number of regions."""
    n = 0
    float32 = load_int64(table, t.T_FLOAT32)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        active = load_int64(row, t.GRAD) != 0
        store_int64(record, t.R_BOUNDED, 1 if active else 0)
        for column in range(t.TENSORS):
            n_bytes = 0
            if column == t.PARAM:
                n_bytes = _span(record, column) * load_int64(record, t.R_ITEMSIZE)
            elif column != t.STEP:
                n_bytes = _span(record, column) * load_int64(record, t.R_STATE_ITEMSIZE)
            else:
                n_bytes = 4 if load_int64(record, t.R_STEP_DTYPE) == float32 else 8
            address = load_int64(row, column)
            is_written = active and column != t.GRAD and n_bytes != 0 and address != 0
            if is_written:  # a name of its own: the bytecode is the same in all Python versions
                store_int64(regions, 2 * n, address)
                store_int64(regions, 2 * n + 1, address + n_bytes)
                n += 1
    return n


@compiled
def _memory_is_apart(table):
    """Whether written regions overlap neither each other nor a grad; if so, store the bounds."""
    regions = load_int64(table, t.T_REGIONS_AT)
    n = _written_regions(table, regions)
    _sort(regions, n)
    for k in range(1, n):
        if load_int64(regions, 2 * k) < load_int64(regions, 2 * k - 1):
            return False
    bounds = load_int64(table, t.T_OWN_BOUNDS_AT)
    for k in range(n):
        store_int64(bounds, n + k, load_int64(regions, 2 * k))
        store_int64(bounds, k, load_int64(regions, 2 * k + 1))
    store_int64(table, t.T_BOUNDS_AT, bounds)
    store_int64(table, t.T_N_BOUNDS, n)
    apart = load_int64(table, t.T_APART_AT)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        n_bytes = load_int64(record, t.R_NUMEL) * load_int64(record, t.R_ITEMSIZE)
        store_int64(apart, i, 0)
        grad = load_int64(row, t.GRAD)
        if grad != 0 and n_bytes != 0 and not _is_apart(table, i, grad, n_bytes):
            return False
    store_int64(table, t.T_MOVED, 0)
    return True


@compiled
def _group_is_same(table, group, own):
    """Whether a param group still holds the same objects in the same order."""
    n = load_int64(own, t.G_N_ITEMS)
    if group != load_int64(own, t.G_DICT):
        return False
    if call_word_1(load_int64(table, t.T_DICT_SIZE), group) != n:
        return False
    items = load_int64(own, t.G_ITEMS)
    scratch = table + 8 * t.T_SCRATCH
    following = load_int64(table, t.T_DICT_NEXT)
    store_int64(scratch, 1, 0)
    same = True
    _lock(table, group)
    for i in range(n):
        if call_int_4(following, group, scratch + 8, scratch + 16, scratch + 24) == 0:
            same = False
            break
        same_key = load_int64(scratch, 2) == load_int64(items, 2 * i)
        if not same_key or load_int64(scratch, 3) != load_int64(items, 2 * i + 1):
            same = False
            break
    _unlock(table)
    params = load_int64(own, t.G_PARAMS)
    if not same or params == 0:
        return same
    return call_word_1(load_int64(table, t.T_LIST_SIZE), params) == load_int64(own, t.G_N_PARAMS)


@compiled
def _verify_groups(table, groups, states):
    if groups != load_int64(table, t.T_GROUPS) or states != load_int64(table, t.T_STATES):
        return t.STALE
    if call_word_1(load_int64(table, t.T_LIST_SIZE), groups) != load_int64(table, t.T_N_GROUPS):
        return t.STALE
    if call_word_1(load_int64(table, t.T_DICT_SIZE), states) != load_int64(table, t.T_N_STATES):
        return t.STALE
    first = load_int64(table, t.T_FIRST_GROUP)
    if first + load_int64(table, t.T_N_OWN_GROUPS) > load_int64(table, t.T_N_GROUPS):
        return t.STALE
    own = load_int64(table, t.T_GROUPS_AT)
    item = load_int64(table, t.T_LIST_ITEM)
    for g in range(load_int64(table, t.T_N_OWN_GROUPS)):
        group = call_word_2(item, groups, first + g)
        if not _group_is_same(table, group, own + 8 * t.GROUP_WORDS * g):
            return t.GROUP_CHANGED
    return t.DONE


@inlined
def _is_by_torch(table, record):
    """Whether the row needs dense copies that torch makes, because it is on CUDA."""
    number = load_int64(record, t.R_LAUNCH)
    launch = load_int64(table, t.T_LAUNCHES_AT) + 8 * t.LAUNCH_WORDS * number
    if load_int64(record, t.R_LAYOUTS) == 0:
        return False
    return load_int64(launch, t.L_CUDA) != 0


@compiled
def _copy_address(table, tensor, record, column):
    """Return the address of a buffer for a dense copy, 0 if it does not match the record."""
    if not _is_plain(table, tensor):
        return 0
    handle = tensor + load_int64(table, t.T_HANDLE_OFFSET)
    dtype, itemsize = load_int64(record, t.R_DTYPE), load_int64(record, t.R_ITEMSIZE)
    if column != t.PARAM:
        dtype = load_int64(record, t.R_STATE_DTYPE)
        itemsize = load_int64(record, t.R_STATE_ITEMSIZE)
    return _dense_address(table, handle, record, dtype, itemsize)


@compiled
def _take_copies(table, copies):
    """Store the buffers of torch's dense copies in the layouts.

    Args:
        table: the table.
        copies: list of the buffers, in the order of rows and columns, or None.

    Returns:
        the number of rows that need copies; -1 if the list does not match the rows.
    """
    taken, n, n_rows = 0, 0, 0
    if copies != load_int64(table, t.T_NONE):
        n = call_word_1(load_int64(table, t.T_LIST_SIZE), copies)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_LAYOUTS) == 0:
            continue
        n_rows += 1
        if not _is_by_torch(table, record):
            continue
        for column in range(t.STEP):
            layout = _layout(record, column)
            if load_int64(layout, t.LAYOUT_COPY) == 0:
                continue
            if taken == n:
                return -1
            tensor = call_word_2(load_int64(table, t.T_LIST_ITEM), copies, taken)
            address = _copy_address(table, tensor, record, column)
            if address == 0:
                return -1
            store_int64(layout, t.LAYOUT_COPY, address)
            store_int64(layout, t.LAYOUT_TENSOR, tensor)
            taken += 1
    return n_rows


@compiled
def _unpin(table):
    pins = load_int64(table, t.T_PINS_AT)
    for k in range(t.STEP * load_int64(table, t.T_N_ROWS)):
        pin = load_int64(pins, k)
        if pin != 0:
            store_int64(pins, k, 0)
            call_int_1(load_int64(table, t.T_DELETE), pin)


@compiled
def _pin(table, every):
    """Keep the memory of rows alive: without the GIL, other threads may replace a tensor's storage.

    A pin is a new tensor object on the same storage. Torch copies to and from pins, because they
    are in no autograd graph and have version counters of their own.

    Args:
        table: the table.
        every: pin all rows, not only those that torch copies.
    """
    offset = load_int64(table, t.T_HANDLE_OFFSET)
    reinterpret = load_int64(table, t.T_REINTERPRET)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        pins = load_int64(table, t.T_PINS_AT) + 8 * t.STEP * i
        if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_REALS) == 0:
            continue
        by_torch = _is_by_torch(table, record)
        if not every and not by_torch:
            continue
        for column in range(t.STEP):
            handle = load_int64(record, column)
            if column != t.GRAD:
                handle += offset
            ndim, sizes = 0, 0
            if by_torch and column != t.GRAD:
                ndim, sizes = load_int64(record, t.R_NDIM), _dims(record, column)
            pin = pins + 8 * column
            if call_int_6(reinterpret, handle, ndim, sizes, sizes + 8 * ndim, 0, pin) != 0:
                store_int64(pins, column, 0)
                return False
            # In a Python without a GIL, the storage may have been replaced since it was verified.
            if _ask(table, t.DATA_PTR, load_int64(pins, column)) != load_int64(row, column):
                return False
    return True


@compiled
def _count(table):
    """Increment the steps, and the autograd versions of the params. Cannot fail."""
    bump = load_int64(table, t.T_BUMP_VERSION)
    offset = load_int64(table, t.T_HANDLE_OFFSET)
    float32 = load_int64(table, t.T_FLOAT32)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) == 0:
            continue
        call_void_1(bump, load_int64(record, t.PARAM) + offset)
        if load_int64(record, t.R_STEP_DTYPE) == t.COUNTED_ELSEWHERE:
            store_int64(record, t.R_COUNTED, load_int64(record, t.R_COUNTED) + 1)
            continue
        step = load_int64(row, t.STEP)
        if load_int64(record, t.R_STEP_DTYPE) == float32:
            store_float32(step, 0, load_float32(step, 0) + 1)
        else:
            store_float64(step, 0, load_float64(step, 0) + 1)


@compiled
def _dither(table):
    """Store the dither of each row, which depends on its number of steps."""
    float32 = load_int64(table, t.T_FLOAT32)
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) == 0:
            continue
        if load_int64(record, t.R_STEP_DTYPE) == t.COUNTED_ELSEWHERE:
            taken = load_int64(record, t.R_COUNTED)
        else:
            step = load_int64(row, t.STEP)
            if load_int64(record, t.R_STEP_DTYPE) == float32:
                value = float64(load_float32(step, 0))
            else:
                value = load_float64(step, 0)
            # A value outside the range of int64 must not be converted.
            taken = 0
            if value > 0 and value < 2.0**53:
                taken = int64(value)
        store_int64(row, t.DITHER, load_int64(record, t.R_DITHER) + _of_step(taken + 1))


@compiled
def _run_on_cpu(table, launch, function, threads, serial):
    job = load_int64(launch, t.L_JOB)
    store_int64(job, t.NEXT_CHUNK, 0)
    n = min(threads, load_int64(launch, t.L_N_CHUNKS))
    parallel_for = load_int64(load_int64(table, t.T_THREADS_AT), 0)
    if n > 1 and load_int64(launch, t.L_ELEMENTS) > serial:
        # If this fails, the call below runs the remaining chunks.
        call_int_5(parallel_for, 0, n, 1, function, job)
    call_void_3(function, 0, 1, job)


@compiled
def _run_all_on_cpu(table, which, threads):
    launches = load_int64(table, t.T_LAUNCHES_AT)
    serial = load_int64(table, t.T_SERIAL_ELEMENTS)
    if which == t.L_FINDER:
        serial *= t.READS_A_STEP
    for k in range(load_int64(table, t.T_N_LAUNCHES)):
        launch = launches + 8 * t.LAUNCH_WORDS * k
        if load_int64(launch, t.L_CUDA) == 0 and load_int64(launch, t.L_ELEMENTS) != 0:
            _run_on_cpu(table, launch, load_int64(launch, which), threads, serial)


@compiled
def _add_up(table):
    """Sum up the squares of each row's grad over its segments, in order."""
    squares = load_int64(table, t.T_SQUARES_AT)
    for i in range(load_int64(table, t.T_N_ROWS)):
        store_float64(squares, i, 0)
    launches = load_int64(table, t.T_LAUNCHES_AT)
    for k in range(load_int64(table, t.T_N_LAUNCHES)):
        launch = launches + 8 * t.LAUNCH_WORDS * k
        if load_int64(launch, t.L_CUDA) != 0:
            continue
        job = load_int64(launch, t.L_JOB)
        segments, sums = load_int64(job, t.SEGMENTS), load_int64(job, t.SUMS)
        for s in range(load_int64(load_int64(job, t.CHUNKS), load_int64(job, t.N_CHUNKS))):
            i = load_int64(segments, t.SEGMENT_WORDS * s + t.ROW)
            store_float64(squares, i, load_float64(squares, i) + load_float64(sums, s))


@compiled
def _set_clip(table, factor):
    """Set the factor of the grads, rounded to the compute dtype, for kernels on the CPU."""
    launches = load_int64(table, t.T_LAUNCHES_AT)
    for k in range(load_int64(table, t.T_N_LAUNCHES)):
        launch = launches + 8 * t.LAUNCH_WORDS * k
        if load_int64(launch, t.L_CUDA) != 0:
            continue
        scalars = load_int64(load_int64(launch, t.L_JOB), t.SCALARS)
        if load_int64(launch, t.L_WIDE) != 0:
            store_float64(scalars, t.CLIP, factor)
        else:
            store_float32(scalars, t.CLIP, np.float32(factor))


@compiled
def _clip(table):
    """Set the clipping factor of the grads.

    As in ``clip_grad_norm_``: ``min(max_norm * (1 / (norm + 1e-6)), 1)``, in float64 if a grad is
    float64, else in float32.
    """
    squares = load_int64(table, t.T_SQUARES_AT)
    launches = load_int64(table, t.T_LAUNCHES_AT)
    total, wide = 0.0, 0
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) != 0:
            launch = launches + 8 * t.LAUNCH_WORDS * load_int64(record, t.R_LAUNCH)
            total += load_float64(squares, i)
            wide |= load_int64(launch, t.L_WIDE)
    norm = sqrt(total)
    max_norm = load_float64(table, t.T_MAX_NORM)
    if wide != 0:
        factor = max_norm * (1 / (norm + 1e-6))
        store_float64(table, t.T_NORM, norm)
    else:
        one, small = np.float32(1), np.float32(1e-6)
        factor = np.float64(np.float32(max_norm) * (one / (np.float32(norm) + small)))
        store_float32(table + 8 * t.T_NORM, 0, np.float32(norm))
    if factor > 1:
        factor = 1.0
    if factor != factor:
        factor = np.nan  # the default NaN; a kernel might round another one to -0
    store_int64(table, t.T_NORM_IS_WIDE, wide)
    _set_clip(table, factor)


@compiled
def _launch_on_cuda(table, launch):
    rows = load_int64(table, t.T_ROWS_AT)
    own = load_int64(launch, t.L_TABLE)
    indices = load_int64(launch, t.L_INDICES)
    for k in range(load_int64(launch, t.L_N_INDICES)):
        row = rows + 8 * t.ROW_WORDS * load_int64(indices, k)
        for column in range(t.STEP):
            store_int64(own, t.ROW_WORDS * k + column, load_int64(row, column))
        store_int64(own, t.ROW_WORDS * k + t.DITHER, load_int64(row, t.DITHER))
    scratch = table + 8 * t.T_SCRATCH
    device = load_int64(launch, t.L_DEVICE)
    if call_int_2(load_int64(launch, t.L_STREAM), device, scratch) != 0:
        return t.NO_STREAM
    stream = load_int64(scratch, 0)
    # Torch may not have made its context current in this thread yet.
    context = load_int64(launch, t.L_CONTEXT)
    status = call_int_1(load_int64(launch, t.L_PUSH_CONTEXT), context)
    if status != 0:
        return status
    status = call_cuda_launch(
        load_int64(launch, t.L_CUDA),
        load_int64(launch, t.L_KERNEL),
        load_int64(launch, t.L_BLOCKS),
        load_int64(launch, t.L_THREADS),
        stream,
        load_int64(launch, t.L_PARAMETERS),
    )
    call_int_1(load_int64(launch, t.L_POP_CONTEXT), scratch)
    return status


@compiled
def _copy(source, source_strides, target, target_strides, sizes, ndim, numel, itemsize):
    """Copy a tensor from one layout to another."""
    inner = load_int64(sizes, ndim - 1) if ndim != 0 else 1
    source_step = load_int64(source_strides, ndim - 1) * itemsize if ndim != 0 else 0
    target_step = load_int64(target_strides, ndim - 1) * itemsize if ndim != 0 else 0
    for i in range(numel // max(inner, 1)):
        rest, a, b = i, source, target
        for k in range(1, ndim):
            d = ndim - 1 - k
            size = load_int64(sizes, d)
            at = rest % size
            rest //= size
            a += at * load_int64(source_strides, d) * itemsize
            b += at * load_int64(target_strides, d) * itemsize
        for _ in range(inner):
            if itemsize == 4:
                store_int32(b, 0, load_int32(a, 0))
            elif itemsize == 2:
                store_int16(b, 0, load_int16(a, 0))
            else:
                for word in range(itemsize // 8):
                    store_int64(b, word, load_int64(a, word))
            a += source_step
            b += target_step


@compiled
def _copy_by_torch(table, to_dense):
    """Let torch copy to or from the dense copies on its current stream; False if that fails."""
    good = True
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) == 0 or not _is_by_torch(table, record):
            continue
        for column in range(t.STEP):
            layout = _layout(record, column)
            if load_int64(layout, t.LAYOUT_COPY) == 0:
                continue  # it is dense
            own = load_int64(load_int64(table, t.T_PINS_AT), t.STEP * i + column)
            dense = load_int64(layout, t.LAYOUT_TENSOR) + load_int64(table, t.T_HANDLE_OFFSET)
            source, target = own, dense
            if not to_dense:
                source, target = dense, own
            if call_int_3(load_int64(table, t.T_COPY), target, source, 0) != 0:
                good = False
    return good


@compiled
def _copy_rows(table, to_dense):
    """Replace addresses in the rows by those of the dense copies, or restore them.

    On the CPU, also copy the data there, or back; on CUDA, ``_copy_by_torch`` does that.
    """
    for i in range(load_int64(table, t.T_N_ROWS)):
        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_LAYOUTS) == 0:
            continue
        by_torch = _is_by_torch(table, record)
        ndim, numel = load_int64(record, t.R_NDIM), load_int64(record, t.R_NUMEL)
        dense = load_int64(record, t.R_DIMS)
        for column in range(t.STEP):
            layout = _layout(record, column)
            copy = load_int64(layout, t.LAYOUT_COPY)
            if column == t.GRAD or copy == 0:
                continue
            sizes, itemsize = load_int64(layout, t.LAYOUT_DIMS), load_int64(record, t.R_ITEMSIZE)
            if column != t.PARAM:
                itemsize = load_int64(record, t.R_STATE_ITEMSIZE)
            own, even = sizes + 8 * ndim, dense + 8 * ndim
            address = load_int64(row, column)
            if not by_torch:
                if to_dense:
                    _copy(address, own, copy, even, sizes, ndim, numel, itemsize)
                else:  # the row has the address of the copy, the layout that of the tensor
                    _copy(address, even, copy, own, sizes, ndim, numel, itemsize)
            store_int64(row, column, copy)
            store_int64(layout, t.LAYOUT_COPY, address)


@compiled
def _keep_launches_before(table, last):
    """Deactivate all rows except those of the CUDA launches that the driver has accepted."""
    launches = load_int64(table, t.T_LAUNCHES_AT)
    for i in range(load_int64(table, t.T_N_ROWS)):
        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i
        k = load_int64(record, t.R_LAUNCH)
        if k >= last or load_int64(launches + 8 * t.LAUNCH_WORDS * k, t.L_CUDA) == 0:
            row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i
            store_int64(row, t.GRAD, 0)


@compiled
def _run(table, what, copies):
    """Run the launches of the rows that were just verified; the caller holds the GIL."""
    launches = load_int64(table, t.T_LAUNCHES_AT)
    n_launches = load_int64(table, t.T_N_LAUNCHES)
    elements, rows = 0, load_int64(table, t.T_N_ROWS)
    for k in range(n_launches):
        launch = launches + 8 * t.LAUNCH_WORDS * k
        if load_int64(launch, t.L_CUDA) == 0:
            elements += load_int64(launch, t.L_ELEMENTS)
    pinned = elements > load_int64(table, t.T_GIL_ELEMENTS) + rows * t.PINNED_ELEMENTS
    laid_out = 0
    clips = False
    if what == t.RUN:
        clips = load_int64(table, t.T_MAX_NORM) != 0
        laid_out = _take_copies(table, copies)
        if laid_out < 0:
            return t.STALE
    if (pinned or laid_out != 0) and not _pin(table, pinned):
        _unpin(table)
        return t.STALE
    good = True
    if what == t.RUN:
        if load_int64(table, t.T_DITHERED) != 0:
            _dither(table)
        if laid_out != 0:
            if not _copy_by_torch(table, True):
                _unpin(table)
                return t.COPY_FAILED
            _copy_rows(table, True)
        # CUDA launches come first: the driver may refuse one, and nothing after this can fail.
        for k in range(n_launches):
            launch = launches + 8 * t.LAUNCH_WORDS * k
            if load_int64(launch, t.L_CUDA) != 0 and load_int64(launch, t.L_ELEMENTS) != 0:
                status = _launch_on_cuda(table, launch)
                if status != 0:
                    store_int64(table, t.T_DEVICE_STATUS, status)
                    if laid_out != 0:
                        _copy_rows(table, False)
                    _keep_launches_before(table, k)
                    _copy_by_torch(table, False)
                    _count(table)
                    _unpin(table)
                    return t.DEVICE_FAILED
        _count(table)
    thread = 0
    threads = 1
    if elements > load_int64(table, t.T_SERIAL_ELEMENTS) and (
        load_int64(load_int64(table, t.T_THREADS_AT), 0) != 0
    ):
        scratch = table + 8 * t.T_SCRATCH
        store_int64(scratch, 4, 0)
        if call_int_1(load_int64(table, t.T_NUM_THREADS), scratch + 32) == 0:
            threads = load_int64(scratch, 4)
    if pinned:
        thread = call_word_0(load_int64(table, t.T_SAVE_THREAD))
    if what != t.RUN or clips:
        _run_all_on_cpu(table, t.L_FINDER, threads)
        _add_up(table)
    if clips:
        _clip(table)
    if what == t.RUN:
        _run_all_on_cpu(table, t.L_KERNEL, threads)
    if clips:
        _set_clip(table, 1.0)  # the next run may be without clipping
    if pinned:
        call_void_1(load_int64(table, t.T_RESTORE_THREAD), thread)
    if laid_out != 0:
        _copy_rows(table, False)
        good = _copy_by_torch(table, False)
    if pinned or laid_out != 0:
        _unpin(table)
    if good:
        return t.DONE
    return t.COPY_FAILED


@compiled
def _step(table, ticket, what, groups, states, params, grads, copies):
    if ticket != load_int64(table, t.T_TICKET):
        return t.STALE
    answer = _verify_groups(table, groups, states)
    if answer != t.DONE:
        return answer
    size = load_int64(table, t.T_LIST_SIZE)
    n_rows = load_int64(table, t.T_N_ROWS)
    if call_word_1(size, params) != n_rows:
        return t.GROUP_CHANGED
    if grads != load_int64(table, t.T_NONE) and call_word_1(size, grads) != n_rows:
        return t.GROUP_CHANGED
    n_changed = _verify_rows(table, states, params, grads)
    if n_changed != 0:
        return n_changed
    if load_int64(table, t.T_MOVED) != 0 and (
        load_int64(table, t.T_SPECIAL) != 0 or not _memory_is_apart(table)
    ):
        return t.MOVED
    if what == t.VERIFY:
        return t.DONE
    return _run(table, what, copies)


def step(own, arguments, n):
    """``step(ticket, what, groups, states, params, grads, copies)`` as a builtin Python function.

    Args:
        own: bytes object with the address of the table.
        arguments: ticket of the table's last ``prepare``; RUN, VERIFY or FIND_NONFINITE; the
            optimizer's list of groups; its dict of states; list of the params of the table's
            groups; list of their grads, or None to read them from the params; list of buffers for
            torch's dense copies, or None.
        n: 7.

    Returns:
        an int: DONE; the number of rows that do not verify; or another answer of ``abi.py``. Unless
        it is DONE, DEVICE_FAILED or COPY_FAILED, nothing was changed.
    """
    table = load_int64(own, t.BYTES_WORD)
    as_word = load_int64(table, t.T_WORD_FROM_INT)
    answer = _step(
        table,
        call_word_1(as_word, load_int64(arguments, 0)),
        call_word_1(as_word, load_int64(arguments, 1)),
        load_int64(arguments, 2),
        load_int64(arguments, 3),
        load_int64(arguments, 4),
        load_int64(arguments, 5),
        load_int64(arguments, 6),
    )
    return call_word_1(load_int64(table, t.T_INT_FROM_WORD), answer)
