"""The layout of the tables that Python fills and native code reads; all are arrays of int64."""

# A job, read by worker.py: rows, segments, chunks, number of chunks, next chunk, scalars.
JOB_WORDS = 6
NEXT_CHUNK = 4

# A row, one a tensor: addresses of param, grad, square_avg, acc_delta and step.
# grad 0: no gradient, the tensor is left alone. step 0: counted elsewhere.
ROW_WORDS = 5
GRAD, STEP = 1, 4

# A segment: row, first element, number of elements.
SEGMENT_WORDS = 3

# What recheck.py asks of torch's C shim, and where in the request the answers and getters stand.
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
SCRATCH_AT = 9
GETTERS_AT = 11
REQUEST_WORDS = GETTERS_AT + len(GETTERS)

# A record, five a row: param, grad, step, square_avg, acc_delta.
RECORDS = 5
RECORD_WORDS = 9
ANY = -1  # a record's address: wherever the tensor is
UNCHECKED = -2  # a record's address: this tensor is not used by native code
