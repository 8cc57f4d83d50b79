"""Layout of the tables that Python fills and native code reads; all are arrays of int64 words.

table    one per ``step.Table``: all arguments of ``native/step.py``
group    one per param group of the table
launch   one per param group, device and format
row      one per parameter: the addresses that kernels read
record   one per parameter: facts about its tensors, verified before each launch
job, segment, chunk    the division of a launch among the threads of the CPU
"""

from collections.abc import Iterator
from itertools import count

# A constant of the IR, set at run time: whether the CPU converts between float16 and float32.
HALF_CONVERSIONS = "has_half_conversions"

# A row: addresses of param, grad, square_avg, acc_delta and step; dither of its first element at
# the present step times 2**32, modulo 2**32, see ``dither.py``.
# grad 0: no grad, the row is not updated.
ROW_WORDS = 6
PARAM, GRAD, SQUARE_AVG, ACC_DELTA, STEP, DITHER = range(ROW_WORDS)
TENSORS = 5  # per row

# A job, read by kernels on the CPU and by cpu/squares.py.
(
    ROWS,
    SEGMENTS,
    CHUNKS,
    N_CHUNKS,
    NEXT_CHUNK,
    SCALARS,
    UNSCALE,  # whether grads are multiplied by INV_SCALE and written back
    FOUND,  # address of a flag per row: its grad is not finite; written by squares.py
    SUMS,  # address of a float64 per segment: sum of its squared grads; written by squares.py
) = range(9)
JOB_WORDS = 9

# A segment: index of a row, first element, number of elements. Chunks: index of the first segment
# of each, and the end of the last one.
ROW, FIRST, N_ELEMENTS = range(3)
SEGMENT_WORDS = 3

# The scalars, in the compute dtype.
LR, RHO, ONE_MINUS_RHO, EPS, WEIGHT_DECAY, INV_SCALE, CLIP = range(7)

# Functions of torch's C shim by which native code reads a tensor's metadata.
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
# Other functions of torch; the mangled names are C++ functions.
TORCH_FUNCTIONS = {
    "T_REINTERPRET": "aoti_torch__reinterpret_tensor",
    "T_DELETE": "aoti_torch_delete_tensor_object",
    "T_COPY": "aoti_torch_copy_",
    "T_NUM_THREADS": "torch_get_num_threads",
    "T_BUMP_VERSION": "_ZN5torch8autograd4impl12bump_versionERKN2at6TensorE",
    "T_IS_INFERENCE": "_ZN2at6native12is_inferenceERKNS_6TensorE",
    "T_IS_NEG": "_ZN2at6native6is_negERKNS_6TensorE",
    "T_IS_CONJ": "_ZN2at6native7is_conjERKNS_6TensorE",
}
PYTHON_FUNCTIONS = {
    "T_LIST_SIZE": "PyList_Size",
    "T_LIST_ITEM": "PyList_GetItem",
    "T_DICT_SIZE": "PyDict_Size",
    "T_DICT_NEXT": "PyDict_Next",
    "T_SAVE_THREAD": "PyEval_SaveThread",
    "T_RESTORE_THREAD": "PyEval_RestoreThread",
    "T_INT_FROM_WORD": "PyLong_FromLongLong",
    "T_WORD_FROM_INT": "PyLong_AsLongLong",
}


def _words(n: int, numbers: Iterator[int]) -> list[int]:
    return [next(numbers) for _ in range(n)]


# The table.
_numbers = count()
(
    T_TICKET,  # of the last ``Table.prepare``; a call with another ticket returns STALE
    T_GROUPS,  # the optimizer's list of groups and its dict of states, each with its length
    T_N_GROUPS,
    T_STATES,
    T_N_STATES,
    T_FIRST_GROUP,  # position of this table's first group in that list
    T_GROUPS_AT,
    T_N_OWN_GROUPS,
    T_LAUNCHES_AT,
    T_N_LAUNCHES,
    T_ROWS_AT,
    T_RECORDS_AT,
    T_N_ROWS,
    T_CHANGED_AT,  # buffer for the indices of the rows that do not verify
    T_REGIONS_AT,  # buffers for begin and end of each written region, and for the bounds
    T_OWN_BOUNDS_AT,
    T_BOUNDS_AT,  # ends, then begins, of all written regions, in ascending order
    T_N_BOUNDS,
    T_SPECIAL,  # whether rows read or write memory that native code does not know
    T_APART_AT,  # by row: address of the last grad that was found not to overlap the bounds
    T_PINS_AT,
    T_MOVED,  # whether written memory has moved since the bounds were made
    T_DEVICE_STATUS,  # status of the launch that failed
    T_DITHERED,  # whether kernels read DITHER of the rows
    T_MAX_NORM,  # float64: norm to which RUN clips the grads; 0: no clipping
    T_NORM,  # float32, or float64 if T_NORM_IS_WIDE: norm of the grads
    T_NORM_IS_WIDE,  # whether a grad is float64
    T_SQUARES_AT,  # buffer for the float64 sum of the squared grad of each row
    T_NONE,  # the object None
    T_TENSOR,  # the types Tensor and Parameter
    T_PARAMETER,
    T_STRIDED,  # torch's numbers of a layout, a device type and two dtypes
    T_CPU,
    T_FLOAT32,
    T_FLOAT64,
    T_TYPE_OFFSET,  # byte offset of the type in a Python object
    T_HANDLE_OFFSET,  # byte offset of the C++ tensor in the Python object of a tensor
    T_SERIAL_ELEMENTS,  # up to so many run on the calling thread
    T_GIL_ELEMENTS,  # up to so many run with the GIL
    T_GRAD,  # TensorImpl::grad, or 0 if native code cannot read grads
    T_UNDEFINED,  # the C++ object that it returns if there is no grad
    T_OBJECT_OFFSET,  # byte offset of the Python object in a C++ tensor
    T_STORAGE_OFFSET,  # byte offset of the storage in a C++ tensor
    T_THREADS_AT,  # address of a word: the address of torch_parallel_for, 0 in a forked child
    T_MADVISE,  # the function madvise, or 0 if it does not support MADV_POPULATE_WRITE
    T_PAGE,
    T_BEGIN_CRITICAL,  # without a GIL, the functions that lock and unlock a dict; else 0
    T_END_CRITICAL,
    T_REINTERPRET,
    T_DELETE,
    T_COPY,
    T_NUM_THREADS,
    T_BUMP_VERSION,
    T_IS_INFERENCE,
    T_IS_NEG,
    T_IS_CONJ,
    T_LIST_SIZE,
    T_LIST_ITEM,
    T_DICT_SIZE,
    T_DICT_NEXT,
    T_SAVE_THREAD,
    T_RESTORE_THREAD,
    T_INT_FROM_WORD,
    T_WORD_FROM_INT,
) = _words(64, _numbers)
T_GETTERS = next(_numbers)
T_SCRATCH = T_GETTERS + len(GETTERS)  # eight words for results of calls
TABLE_WORDS = T_SCRATCH + 8

# A group: the dict, the ids of its keys and values, its list of params (0: a tuple) and the length
# of that list.
G_DICT, G_ITEMS, G_N_ITEMS, G_PARAMS, G_N_PARAMS = range(5)
GROUP_WORDS = 5

# A launch. On the CPU: kernel, job and number of chunks. On CUDA: arguments of cuLaunchKernel.
(
    L_ELEMENTS,  # of the rows that have a grad; native code counts them
    L_KERNEL,  # address of the launch function, or the CUDA driver's handle
    L_FINDER,  # on the CPU: address of the function that sums up the squares of the grads
    L_JOB,
    L_N_CHUNKS,
    L_CUDA,  # address of cuLaunchKernel; 0: a launch on the CPU
    L_PUSH_CONTEXT,  # cuCtxPushCurrent and cuCtxPopCurrent
    L_POP_CONTEXT,
    L_CONTEXT,
    L_STREAM,  # address of torch's function that returns the current stream of a device
    L_DEVICE,  # index of the device
    L_BLOCKS,
    L_THREADS,
    L_PARAMETERS,
    L_TABLE,  # buffer for the rows that are passed by value
    L_INDICES,  # their indices
    L_N_INDICES,
    L_WIDE,  # whether the compute dtype is float64
) = range(18)
LAUNCH_WORDS = 18

# A layout, one per tensor in the order of a row (the grad's is unused): address of sizes and
# strides, span in elements, address of the dense copy (0: not needed). On CUDA, torch copies to
# tensors that are arguments of the call: native code stores them in the layout during that call
# only; otherwise COPY is BY_TORCH.
LAYOUT_WORDS = 4
LAYOUT_DIMS, LAYOUT_SPAN, LAYOUT_COPY, LAYOUT_TENSOR = range(LAYOUT_WORDS)
BY_TORCH = -1

# A record: the examined Python objects and the sizes of their storages in bytes, both in the order
# of a row; those of the grad are of the present call. Without layouts, param, grad and averages are
# dense with equal strides.
R_STORAGES = TENSORS
_numbers = count(2 * TENSORS)
(
    R_DEVICE_TYPE,
    R_DEVICE_INDEX,
    R_DTYPE,
    R_STATE_DTYPE,
    R_STEP_DTYPE,
    R_ITEMSIZE,
    R_STATE_ITEMSIZE,
    R_NUMEL,
    R_NDIM,
    R_DIMS,  # address of the sizes, followed by the dense strides
    R_LAYOUTS,  # 0, or address of the layouts of param, square_avg and acc_delta
    R_LAUNCH,
    R_REALS,  # numel, or twice that if complex
    R_BOUNDED,  # whether the bounds include the memory of the row
    R_STATE,  # the dict of the state; 0: not the optimizer's own dict
    R_POSITION,  # its last position in the optimizer's dict of states, for PyDict_Next
    R_DITHER,  # dither of the first element at step 0
    R_COUNTED,  # number of steps taken, if native code cannot read ``step``
    R_KEYS,  # of square_avg, acc_delta and step: the key object and its last position
) = _words(19, _numbers)
RECORD_WORDS = R_KEYS + 6
COUNTED_ELSEWHERE = -1  # R_STEP_DTYPE of a step that native code neither reads nor writes

# What a call does, and its results other than the number of rows that do not verify.
RUN, VERIFY, FIND_NONFINITE = range(3)
DONE, STALE, MOVED, DEVICE_FAILED, GROUP_CHANGED, COPY_FAILED = 0, -1, -2, -3, -4, -5
NO_STREAM = -1  # in place of a driver status: torch did not return its current stream

# Number of times that the grads can be read in the time of a step; measured: 4 to 5.
READS_A_STEP = 4
# Updating fewer elements takes less time than pinning the memory of a row.
PINNED_ELEMENTS = 1 << 12
BYTES_WORD = (bytes.__basicsize__ - 1) // 8  # offset, in words, of the data of a bytes object
ROWS_AHEAD = 2  # prefetch distance of storages; twice that for tensors, three times for objects
