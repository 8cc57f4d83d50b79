"""The layout of the tables that Python fills and native code reads; all are arrays of int64 words.

Who reads what:
    table    one of each ``step.Table``: all that ``native/step.py`` needs
    group    one a param group of the table
    launch   one a param group, device and format
    row      one a parameter: what kernels read
    record   one a parameter: what was examined of its tensors, to be verified before each launch
    job, segment, chunk    how kernels on the CPU share out the rows of a launch
"""

from collections.abc import Iterator
from itertools import count

# A constant of the IR: whether the CPU converts between float16 and float32; set when code is made.
HALF_CONVERSIONS = "has_half_conversions"

# A row: addresses of param, grad, square_avg, acc_delta and step; the dither of its first element
# for the present step, as ``dither.py`` has it, modulo 2**32.
# grad 0: no gradient, the row is left alone.
ROW_WORDS = 6
PARAM, GRAD, SQUARE_AVG, ACC_DELTA, STEP, DITHER = range(ROW_WORDS)
TENSORS = 5  # of a row

# A job, read by kernels on the CPU and by cpu/squares.py.
(
    ROWS,
    SEGMENTS,
    CHUNKS,
    N_CHUNKS,
    NEXT_CHUNK,
    SCALARS,
    UNSCALE,  # whether grads are multiplied by INV_SCALE and written back
    FOUND,  # where squares.py writes which rows are not finite, and the sum of each segment
    SUMS,
) = range(9)
JOB_WORDS = 9

# A segment: the number of a row, and which of its elements. Chunks: the first segment of each, and
# one word more for the end of the last.
ROW, FIRST, N_ELEMENTS = range(3)
SEGMENT_WORDS = 3

# The scalars, in the compute dtype.
LR, RHO, ONE_MINUS_RHO, EPS, WEIGHT_DECAY, INV_SCALE, CLIP = range(7)

# What native code asks tensors through torch's C shim.
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
# Other functions of torch; the mangled ones have no C name.
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
    T_TICKET,  # of the last preparation; a call with another one is refused
    T_GROUPS,  # the optimizer's list of groups, its dict of states, and how long they are
    T_N_GROUPS,
    T_STATES,
    T_N_STATES,
    T_FIRST_GROUP,  # the position of this table's first group in that list
    T_GROUPS_AT,
    T_N_OWN_GROUPS,
    T_LAUNCHES_AT,
    T_N_LAUNCHES,
    T_ROWS_AT,
    T_RECORDS_AT,
    T_N_ROWS,
    T_CHANGED_AT,  # where to write the rows that do not verify
    T_REGIONS_AT,  # room for begin and end of all memory that is written, and for its bounds
    T_OWN_BOUNDS_AT,
    T_BOUNDS_AT,  # ends, then begins, of all memory that is written, in ascending order
    T_N_BOUNDS,
    T_SPECIAL,  # whether rows read or write memory that native code does not know
    T_APART_AT,  # of each row, the address of the last grad that lies apart from these
    T_PINS_AT,
    T_MOVED,  # whether written memory has moved since the bounds were made
    T_DEVICE_STATUS,  # the status of a launch that failed
    T_DITHERED,  # whether kernels want DITHER of the rows
    T_MAX_NORM,  # float64; to which RUN clips the grads, 0: it does not
    T_NORM,  # float32; the norm that it found
    T_NORM_IS_WIDE,  # whether a grad is float64, and the norm, too
    T_SQUARES_AT,  # where it writes the sum of the squares of each row's grad, in float64
    T_NONE,  # the object None
    T_TENSOR,  # the types Tensor and Parameter
    T_PARAMETER,
    T_STRIDED,  # torch's numbers of a layout, a device type and two dtypes
    T_CPU,
    T_FLOAT32,
    T_FLOAT64,
    T_TYPE_OFFSET,  # where in an object its type stands, and in a tensor its C++ handle, in bytes
    T_HANDLE_OFFSET,
    T_SERIAL_ELEMENTS,  # fewer run on the calling thread
    T_GIL_ELEMENTS,  # fewer run with the GIL
    T_GRAD,  # TensorImpl::grad, or 0 where native code cannot ask for grads
    T_UNDEFINED,  # the C++ object that it gives where there is none
    T_OBJECT_OFFSET,  # where in a C++ tensor its Python object and its storage stand, in bytes
    T_STORAGE_OFFSET,
    T_THREADS_AT,  # where the address of torch_parallel_for is, 0 in a forked child
    T_MADVISE,  # the function madvise, or 0 where it cannot tell what is writable
    T_PAGE,
    T_BEGIN_CRITICAL,  # what locks a dict where Python has no GIL, or 0
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
T_SCRATCH = T_GETTERS + len(GETTERS)  # eight words for answers
TABLE_WORDS = T_SCRATCH + 8

# A group: the dict, the objects (key, value) that it held, its list of params (0: a tuple) and how
# long it was.
G_DICT, G_ITEMS, G_N_ITEMS, G_PARAMS, G_N_PARAMS = range(5)
GROUP_WORDS = 5

# A launch. On the CPU: kernel, job and number of chunks. On CUDA: what cuLaunchKernel wants.
(
    L_ELEMENTS,  # of the rows that have a grad; native code counts them
    L_KERNEL,  # address of the launch function, or the driver's handle
    L_FINDER,  # likewise of the function that adds up the squares of the grads, on the CPU
    L_JOB,
    L_N_CHUNKS,
    L_CUDA,  # the address of cuLaunchKernel; 0: this launch is the CPU's
    L_PUSH_CONTEXT,  # cuCtxPushCurrent and cuCtxPopCurrent
    L_POP_CONTEXT,
    L_CONTEXT,
    L_STREAM,  # the address of torch's function that tells its current stream of a device
    L_DEVICE,  # its index
    L_BLOCKS,
    L_THREADS,
    L_PARAMETERS,
    L_TABLE,  # the rows that go by value, the numbers of these rows, and how many there are
    L_INDICES,
    L_N_INDICES,
    L_WIDE,  # whether the compute dtype is float64
) = range(18)
LAUNCH_WORDS = 18

# A layout, in the order of a row; the grad's is unused: where the sizes and strides are, elements
# from the first to the last, where a dense copy goes, 0 if none is needed. On CUDA, torch copies to
# tensors that each call brings along: native code writes them down, and reads them in that call
# only; until then, COPY is BY_TORCH.
LAYOUT_WORDS = 4
LAYOUT_DIMS, LAYOUT_SPAN, LAYOUT_COPY, LAYOUT_TENSOR = range(LAYOUT_WORDS)
BY_TORCH = -1

# A record: the Python objects that were examined and the bytes of their storages, both in the order
# of a row; the grad's are those of the present call. Param, grad and averages are dense and laid
# out alike, if there are no layouts.
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
    R_DIMS,  # where the sizes are, followed by the strides, which are dense
    R_LAYOUTS,  # 0, or where it is written how param, square_avg and acc_delta lie themselves
    R_LAUNCH,
    R_REALS,  # numel, twice that of complex numbers
    R_BOUNDED,  # whether the bounds have the memory of the row
    R_STATE,  # the dict of the state, 0: not the optimizer's own
    R_POSITION,  # where in the optimizer's dict of states it was last seen
    R_DITHER,  # of its first element at step 0
    R_COUNTED,  # the steps that were taken, where native code cannot read them
    R_KEYS,  # of square_avg, acc_delta and step: the key object, and where it was last seen
) = _words(19, _numbers)
RECORD_WORDS = R_KEYS + 6
COUNTED_ELSEWHERE = -1  # the R_STEP_DTYPE of a step that native code neither reads nor writes

# What a call does, and what it answers beside the number of rows that do not verify.
RUN, VERIFY, FIND_NONFINITE = range(3)
DONE, STALE, MOVED, DEVICE_FAILED, GROUP_CHANGED, COPY_FAILED = 0, -1, -2, -3, -4, -5
NO_STREAM = -1  # in the place of a driver's status: torch does not tell its stream

# How often the grads are read in the time of a step; measured, 4 to 5.
READS_A_STEP = 4
# Fewer elements a row are updated in less time than it takes to pin its memory.
PINNED_ELEMENTS = 1 << 12
BYTES_WORD = (bytes.__basicsize__ - 1) // 8  # where in a bytes object its bytes begin
ROWS_AHEAD = 2  # of which storages are prefetched; of twice as many tensors, of thrice objects
