"""The layout of the tables that Python fills and native code reads; all are arrays of int64."""

# A job, read by worker.py and finite.py: rows, segments, chunks, number of chunks, next chunk,
# scalars, whether grads are to be unscaled, where finite.py writes what it finds of each row.
(
    ROWS,
    SEGMENTS,
    CHUNKS,
    N_CHUNKS,
    NEXT_CHUNK,
    SCALARS,
    UNSCALE,
    FOUND,
) = range(8)
JOB_WORDS = 8

# A row, one a tensor: addresses of param, grad, square_avg, acc_delta and step; the key of its
# random bits. grad 0: no gradient, the tensor is left alone. step 0: Python counts it.
ROW_WORDS = 6
PARAM, GRAD, SQUARE_AVG, ACC_DELTA, STEP, KEY = range(ROW_WORDS)
TENSORS = 5  # of a row

# A segment: row, first element, number of elements.
SEGMENT_WORDS = 3

# A request, read by recheck.py.
(
    PARAMS_AT,  # Python lists: params, grads (or None), and the dicts of their states
    GRADS_AT,
    STATES_AT,
    RECORDS_AT,
    DIMS_AT,
    ROWS_AT,
    HINTS_AT,
    N_ROWS_AT,
    NONE_AT,  # the object None
    TYPES_AT,  # the types Tensor and Parameter
    KEYS_AT,  # the keys of a state, in the order of a row; param and grad have none
    LIST_ITEM_AT,  # the function PyList_GetItem
    DICT_ITEM_AT,  # the function PyDict_GetItemWithError
    BUMP_AT,  # the function that bumps a tensor's version, or 0
    TYPE_OFFSET_AT,  # where in an object its type stands, and in a tensor its C++ handle, in bytes
    HANDLE_OFFSET_AT,
    SCRATCH_AT,  # one word for answers
    GETTERS_AT,
) = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 16, 17, 18, 19, 20, 21, 22)

# What recheck.py asks of torch's C shim.
GETTERS = (
    "aoti_torch_get_data_ptr",
    "aoti_torch_get_storage_size",
    "aoti_torch_get_storage_offset",
    "aoti_torch_get_dtype",
    "aoti_torch_get_dim",
    "aoti_torch_get_sizes",
    "aoti_torch_get_strides",
    "aoti_torch_get_layout",
    "aoti_torch_get_device_type",
    "aoti_torch_get_device_index",
)
(
    DATA_PTR,
    STORAGE_SIZE,
    STORAGE_OFFSET,
    DTYPE,
    DIM,
    SIZES,
    STRIDES,
    LAYOUT,
    DEVICE_TYPE,
    DEVICE_INDEX,
) = range(len(GETTERS))
REQUEST_WORDS = GETTERS_AT + len(GETTERS)

# A record, one a row: the objects that were proved and the bytes of their storages, both in the
# order of a row; the grad's are unused. Then what holds for param, grad, square_avg and acc_delta
# alike, but for the dtype of the states; the index of the shape in dims; the bytes of the param
# from its first to its last element, 0 if there is none.
RECORD_STORAGES = TENSORS
(
    RECORD_LAYOUT,
    RECORD_DEVICE_TYPE,
    RECORD_DEVICE_INDEX,
    RECORD_DTYPE,
    RECORD_STATE_DTYPE,
    RECORD_ITEMSIZE,
    RECORD_NDIM,
    RECORD_DIMS,
    RECORD_SPAN,
) = range(2 * TENSORS, 19)
RECORD_WORDS = 19

# Hints, one set a row: the cache lines of the state's tensors, which nobody has touched since the
# last step. A hint that points nowhere is harmless.
HINT_WORDS = 18
ROWS_AHEAD = 4
