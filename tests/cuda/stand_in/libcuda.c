/* A stand-in for libcuda.so.1: what a CUDA driver checks and answers, without a GPU.

   It knows devices, primary contexts, a stack of current contexts per thread, libraries of PTX,
   kernels, streams and launches; it answers a wrong use with the status that a driver has for it.
   A launch copies its parameters, as the entry's .param list says, and hands them to a callback,
   which is all that runs. The functions stand_in_* are the test's side of it. */

#define _GNU_SOURCE
#include <ctype.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    NO_DEVICE = 100,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    INVALID_PTX = 218,
    UNSUPPORTED_PTX_VERSION = 222,
    INVALID_HANDLE = 400,
    NOT_FOUND = 500,
    LAUNCH_OUT_OF_RESOURCES = 701,
    NOT_SUPPORTED = 801,
};

static const struct {
    int status;
    const char *name, *text;
} ERRORS[] = {
    {SUCCESS, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {221, "CUDA_ERROR_JIT_COMPILER_NOT_FOUND", "PTX JIT compiler library not found"},
    {UNSUPPORTED_PTX_VERSION, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
     "the provided PTX was compiled with an unsupported toolchain."},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
     "too many resources requested for launch"},
    {719, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {NOT_SUPPORTED, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "system has unsupported display driver / cuda driver"
                                               " combination"},
    {999, "CUDA_ERROR_UNKNOWN", "unknown error"},
};

enum {
    MOST_DEVICES = 16,
    DEPTH = 64,       /* of a thread's stack of contexts */
    MOST_PARAMS = 64, /* of an entry */
    MOST_FAILURES = 16,
    PARAMETER_BYTES = 32764, /* before PTX 8.1: 4096 */
    SHARED_BYTES = 48 << 10,
    BLOCK_THREADS = 1024,
};

struct context {
    int device;
    int retained;
};

static struct device {
    int capability; /* 90 for 9.0 */
    int multiprocessors;
    struct context primary;
} devices[MOST_DEVICES];

struct library {
    struct library *next;
    char *image, *code; /* as it came; without comments */
    int ptx, target;    /* 81 for 8.1; 80 for sm_80 */
    int is_loaded;
    int is_compiled[MOST_DEVICES];
};

struct kernel {
    struct kernel *next;
    struct library *library;
    char *name;
    int n_params;
    size_t offsets[MOST_PARAMS], sizes[MOST_PARAMS], total;
    unsigned most_threads;
    struct function *functions;
};

struct function {
    struct function *next;
    struct kernel *kernel;
    struct context *context;
};

struct stream {
    struct stream *next;
    struct context *context;
};

struct call {
    const char *name;
    int64_t thread; /* the system's id of it */
    int device;     /* of the context that was current before the call, -1 without one */
    int depth;      /* of the thread's stack after the call */
    int status;
};

typedef int (*launch_callback)(
    const char *entry, const char *image, const void *parameters, size_t size, int device,
    void *stream, unsigned grid, unsigned block);

/* Nothing is ever freed, so that a stale handle is never that of something else. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n_devices = 1, version = 13000, is_lazy, initialized_by; /* the process, 0: none */
static struct library *libraries;
static struct kernel *kernels;
static struct stream *streams;
static struct call *calls;
static size_t n_calls, room;
static launch_callback callback;
static struct {
    char name[64];
    int status, after;
} failures[MOST_FAILURES];
static _Thread_local struct context *stack[DEPTH];
static _Thread_local int depth;

/* Calls */

static struct context *current(void) { return depth ? stack[depth - 1] : NULL; }

/* The status that a test wants what has this name to return now, or SUCCESS. */
static int wanted(const char *name) {
    int status = SUCCESS;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MOST_FAILURES && status == SUCCESS; i++)
        if (failures[i].status && !strcmp(failures[i].name, name) && failures[i].after-- == 0) {
            status = failures[i].status;
            failures[i].status = SUCCESS;
        }
    pthread_mutex_unlock(&lock);
    return status;
}

static struct call begin(const char *name, int needs_init) {
    int device = current() ? current()->device : -1;
    struct call call = {name, syscall(SYS_gettid), device, 0, wanted(name)};
    /* A forked child has the memory of a driver that was initialized, but no driver. */
    if (call.status == SUCCESS && needs_init && initialized_by != getpid())
        call.status = NOT_INITIALIZED;
    return call;
}

static int end(struct call call, int status) {
    call.status = status;
    call.depth = depth;
    pthread_mutex_lock(&lock);
    if (n_calls == room) {
        room = room ? 2 * room : 256;
        calls = realloc(calls, room * sizeof *calls);
        if (!calls)
            abort();
    }
    calls[n_calls++] = call;
    pthread_mutex_unlock(&lock);
    return status;
}

/* The body runs without the lock: a callback may wait for another thread that calls, too. */
#define CALL(needs_init, body)                                                                     \
    do {                                                                                           \
        struct call call_ = begin(__func__, needs_init);                                           \
        return end(call_, call_.status != SUCCESS ? call_.status : (body));                        \
    } while (0)

static void *made(size_t size) {
    void *memory = calloc(1, size);
    if (!memory)
        abort();
    return memory;
}

/* PTX */

static char *without_comments(const char *text) {
    char *code = made(strlen(text) + 1), *to = code;
    while (*text) {
        if (text[0] == '/' && text[1] == '/') {
            while (*text && *text != '\n')
                text++;
        } else if (text[0] == '/' && text[1] == '*') {
            const char *close = strstr(text + 2, "*/");
            text = close ? close + 2 : text + strlen(text);
            *to++ = ' ';
        } else {
            *to++ = *text++;
        }
    }
    return code;
}

static const char *skip_space(const char *at) {
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* Read a word into `word`, or one other character; return where it ends. */
static const char *token(const char *at, char word[256]) {
    size_t n = 0;
    at = skip_space(at);
    while ((isalnum((unsigned char)*at) || strchr("_$%.", *at)) && *at && n < 255)
        word[n++] = *at++;
    if (!n && *at)
        word[n++] = *at++;
    word[n] = 0;
    return at;
}

static int newest_ptx(void) { /* as "Release Notes" of the PTX ISA has it; 81 for 8.1 */
    static const int OF_12[] = {80, 81, 82, 83, 84, 85, 85, 86, 87, 88};
    int major = version / 1000, minor = version % 1000 / 10;
    if (major == 12)
        return OF_12[minor > 9 ? 9 : minor];
    return 10 * (major < 12 ? 7 : major - 4) + minor;
}

/* Read what heads an image: its version, target and size of addresses. */
static int header(struct library *library) {
    char word[256];
    int major, minor, bits;
    const char *at = token(library->code, word);
    if (strcmp(word, ".version"))
        return INVALID_IMAGE;
    at = token(at, word);
    if (sscanf(word, "%d.%d", &major, &minor) != 2)
        return INVALID_PTX;
    library->ptx = 10 * major + minor;
    at = token(at, word);
    at = token(at, word);
    if (sscanf(word, "sm_%d", &library->target) != 1)
        return INVALID_PTX;
    at = token(at, word);
    at = token(at, word);
    return sscanf(word, "%d", &bits) == 1 && bits == 64 ? SUCCESS : INVALID_PTX;
}

static size_t size_of(const char *type) {
    static const char *const KINDS[] = {".b", ".u", ".s", ".f"};
    int bits = 0;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (!strncmp(type, KINDS[i], 2))
            bits = atoi(type + 2);
    return bits == 8 || bits == 16 || bits == 32 || bits == 64 ? (size_t)bits / 8 : 0;
}

static int is_space(const char *word) { /* where a pointer points to */
    return !strcmp(word, ".global") || !strcmp(word, ".shared") || !strcmp(word, ".local") ||
           !strcmp(word, ".const");
}

/* Read `.param [.align N] .type [.ptr [.space] [.align N]] name[[N]]` behind `.param`. */
static const char *parameter(const char *at, struct kernel *kernel) {
    char word[256];
    size_t size = 0, align = 0, count = 1;
    int is_pointer = 0, names = 0;
    for (at = token(at, word); *word && *word != ',' && *word != ')'; at = token(at, word)) {
        if (!strcmp(word, ".align")) {
            at = token(at, word);
            if (!is_pointer) /* else it is that of what the pointer points to */
                align = strtoul(word, NULL, 10);
        } else if (!strcmp(word, ".ptr")) {
            is_pointer = 1;
        } else if (!strcmp(word, "[")) {
            at = token(at, word);
            count = strtoul(word, NULL, 10);
        } else if (size_of(word)) {
            size = size_of(word);
        } else if (*word == '.' && !is_space(word)) {
            return NULL;
        } else if (*word != '.' && *word != ']') {
            names++;
        }
    }
    if (!align)
        align = size;
    if (!size || !count || names != 1 || (align & (align - 1)) || kernel->n_params == MOST_PARAMS)
        return NULL;
    size_t offset = (kernel->total + align - 1) / align * align;
    kernel->offsets[kernel->n_params] = offset;
    kernel->sizes[kernel->n_params++] = size * count;
    kernel->total = offset + size * count;
    return *word ? at - (*word == ')') : NULL;
}

/* Read an entry behind `.entry`; NULL if it is none. */
static const char *entry(const char *at, struct kernel *kernel) {
    char word[256];
    unsigned dims[3];
    at = token(at, word);
    kernel->name = strdup(word);
    kernel->most_threads = BLOCK_THREADS;
    for (at = token(at, word); *word && *word != '{'; at = token(at, word)) {
        if (!strcmp(word, ".param")) {
            at = parameter(at, kernel);
            if (!at)
                return NULL;
        } else if (!strcmp(word, ".maxntid")) {
            int n = sscanf(at, "%u , %u , %u", &dims[0], &dims[1], &dims[2]);
            for (kernel->most_threads = n > 0; n > 0; n--)
                kernel->most_threads *= dims[n - 1];
        } else if (!strcmp(word, ";") || !strcmp(word, ".entry")) {
            return NULL; /* it has no body */
        }
    }
    at = *word ? strchr(at, '}') : NULL;
    return at && kernel->most_threads ? at : NULL;
}

/* Read an image: its header and its entries. */
static int parse(struct library *library, struct kernel **found) {
    int status = header(library);
    if (status != SUCCESS)
        return status;
    for (const char *at = library->code; (at = strstr(at, ".entry")) != NULL;) {
        struct kernel *kernel = made(sizeof *kernel);
        kernel->library = library;
        at = entry(at + strlen(".entry"), kernel);
        if (!at)
            return INVALID_PTX;
        kernel->next = *found;
        *found = kernel;
    }
    return SUCCESS;
}

/* Compile what was read for a device, as far as the stand-in can tell what a compiler says. */
static int compile(struct library *library, const struct kernel *entries, int device) {
    if (library->is_compiled[device])
        return SUCCESS;
    int status = wanted("compile");
    if (status != SUCCESS)
        return status;
    if (library->ptx > newest_ptx())
        return UNSUPPORTED_PTX_VERSION;
    if (library->target > devices[device].capability)
        return INVALID_PTX;
    size_t limit = library->ptx >= 81 && library->target >= 70 ? PARAMETER_BYTES : 4096;
    for (; entries; entries = entries->next)
        if (entries->library == library && entries->total > limit)
            return INVALID_PTX;
    library->is_compiled[device] = 1;
    return SUCCESS;
}

/* Contexts */

static int is_valid_device(int device) { return device >= 0 && device < n_devices; }

static struct context *context_of(void *handle) {
    for (int i = 0; i < n_devices; i++)
        if (handle == &devices[i].primary && devices[i].primary.retained > 0)
            return handle;
    return NULL;
}

static int init(unsigned flags) {
    if (flags)
        return INVALID_VALUE;
    if (!n_devices)
        return NO_DEVICE;
    initialized_by = getpid();
    return SUCCESS;
}

int cuInit(unsigned flags) { CALL(0, init(flags)); }

static int put(int *to, int value) {
    if (!to)
        return INVALID_VALUE;
    *to = value;
    return SUCCESS;
}

int cuDriverGetVersion(int *to) { CALL(0, put(to, version)); }

int cuDeviceGetCount(int *to) { CALL(1, put(to, n_devices)); }

int cuDeviceGet(int *to, int ordinal) {
    CALL(1, is_valid_device(ordinal) ? put(to, ordinal) : INVALID_DEVICE);
}

static int attribute(int *to, int which, int device) {
    if (!is_valid_device(device))
        return INVALID_DEVICE;
    switch (which) {
    case 1: /* threads of a block */
    case 2:
    case 3:
        return put(to, BLOCK_THREADS);
    case 4:
        return put(to, 64);
    case 5: /* blocks of a grid */
        return put(to, INT32_MAX);
    case 6:
    case 7:
        return put(to, 65535);
    case 8:
        return put(to, SHARED_BYTES);
    case 10:
        return put(to, 32);
    case 16:
        return put(to, devices[device].multiprocessors);
    case 75:
        return put(to, devices[device].capability / 10);
    case 76:
        return put(to, devices[device].capability % 10);
    default:
        return INVALID_VALUE;
    }
}

int cuDeviceGetAttribute(int *to, int which, int device) { CALL(1, attribute(to, which, device)); }

static int retain(void **to, int device) {
    if (!to)
        return INVALID_VALUE;
    if (!is_valid_device(device))
        return INVALID_DEVICE;
    devices[device].primary.retained++;
    *to = &devices[device].primary;
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void **to, int device) { CALL(1, retain(to, device)); }

static int release(int device) {
    if (!is_valid_device(device))
        return INVALID_DEVICE;
    if (!devices[device].primary.retained)
        return INVALID_CONTEXT;
    devices[device].primary.retained--;
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int device) { CALL(1, release(device)); }

static int push(void *handle) {
    if (!context_of(handle))
        return INVALID_CONTEXT;
    if (depth == DEPTH)
        return OUT_OF_MEMORY;
    stack[depth++] = handle;
    return SUCCESS;
}

int cuCtxPushCurrent_v2(void *context) { CALL(1, push(context)); }

static int pop(void **to) {
    if (!depth)
        return INVALID_CONTEXT;
    struct context *popped = stack[--depth];
    if (to)
        *to = popped;
    return SUCCESS;
}

int cuCtxPopCurrent_v2(void **to) { CALL(1, pop(to)); }

static int get_current(void **to) {
    if (!to)
        return INVALID_VALUE;
    *to = current();
    return SUCCESS;
}

int cuCtxGetCurrent(void **to) { CALL(1, get_current(to)); }

static int set_current(void *handle) {
    if (handle && !context_of(handle))
        return INVALID_CONTEXT;
    if (depth)
        depth--;
    return handle ? push(handle) : SUCCESS;
}

int cuCtxSetCurrent(void *context) { CALL(1, set_current(context)); }

/* Libraries */

static struct library *library_of(void *handle) {
    for (struct library *library = libraries; library; library = library->next)
        if (library == handle && library->is_loaded)
            return library;
    return NULL;
}

static int load(void **to, const void *image, unsigned n_jit_options, unsigned n_options) {
    if (!to || !image)
        return INVALID_VALUE;
    if (n_jit_options || n_options)
        return NOT_SUPPORTED;
    struct library *library = made(sizeof *library);
    struct kernel *found = NULL, *last;
    library->image = strdup(image);
    library->code = without_comments(image);
    int status = parse(library, &found);
    if (status == SUCCESS && !is_lazy && library->ptx > newest_ptx())
        status = UNSUPPORTED_PTX_VERSION;
    for (int i = 0; i < n_devices && status == SUCCESS && !is_lazy; i++)
        if (devices[i].primary.retained)
            status = compile(library, found, i);
    if (status != SUCCESS)
        return status;
    pthread_mutex_lock(&lock);
    library->is_loaded = 1;
    library->next = libraries;
    libraries = library;
    for (last = found; last && last->next;)
        last = last->next;
    if (last) {
        last->next = kernels;
        kernels = found;
    }
    pthread_mutex_unlock(&lock);
    *to = library;
    return SUCCESS;
}

int cuLibraryLoadData(
    void **to, const void *image, const void *jit_options, const void *jit_values,
    unsigned n_jit_options, const void *options, const void *values, unsigned n_options) {
    (void)jit_options, (void)jit_values, (void)options, (void)values;
    CALL(1, load(to, image, n_jit_options, n_options));
}

static int unload(void *handle) {
    struct library *library = library_of(handle);
    if (!library)
        return INVALID_HANDLE;
    library->is_loaded = 0;
    return SUCCESS;
}

int cuLibraryUnload(void *library) { CALL(1, unload(library)); }

static int get_kernel(void **to, void *library, const char *name) {
    if (!to || !name)
        return INVALID_VALUE;
    if (!library_of(library))
        return INVALID_HANDLE;
    for (struct kernel *kernel = kernels; kernel; kernel = kernel->next)
        if (kernel->library == library && !strcmp(kernel->name, name)) {
            *to = kernel;
            return SUCCESS;
        }
    return NOT_FOUND;
}

int cuLibraryGetKernel(void **to, void *library, const char *name) {
    CALL(1, get_kernel(to, library, name));
}

/* The kernel of a handle, be it a kernel or the function of one; it is good in this context. */
static struct kernel *kernel_of(void *handle, const struct context *context) {
    for (struct kernel *kernel = kernels; kernel; kernel = kernel->next) {
        if (!kernel->library->is_loaded)
            continue;
        if (kernel == handle)
            return kernel;
        for (struct function *function = kernel->functions; function; function = function->next)
            if (function == handle && function->context == context)
                return kernel;
    }
    return NULL;
}

static int get_function(void **to, void *handle) {
    struct context *context = current();
    if (!to)
        return INVALID_VALUE;
    if (!context)
        return INVALID_CONTEXT;
    struct kernel *kernel = kernel_of(handle, NULL);
    if (!kernel)
        return INVALID_HANDLE;
    int status = compile(kernel->library, kernels, context->device);
    if (status != SUCCESS)
        return status;
    struct function *function = made(sizeof *function);
    pthread_mutex_lock(&lock);
    *function = (struct function){kernel->functions, kernel, context};
    kernel->functions = function;
    pthread_mutex_unlock(&lock);
    *to = function;
    return SUCCESS;
}

int cuKernelGetFunction(void **to, void *kernel) { CALL(1, get_function(to, kernel)); }

/* Launches */

/* The default streams are 0, 1 and 2: that of the process, likewise, that of the thread. */
static int is_stream(void *handle, const struct context *context) {
    if ((uintptr_t)handle <= 2)
        return 1;
    for (struct stream *stream = streams; stream; stream = stream->next)
        if (stream == handle)
            return stream->context == context;
    return 0;
}

static int launch(
    void *handle, const unsigned grid[3], const unsigned block[3], unsigned shared, void *stream,
    void **params, void **extra) {
    struct context *context = current();
    if (!handle)
        return INVALID_HANDLE;
    if (!context_of(context))
        return INVALID_CONTEXT;
    struct kernel *kernel = kernel_of(handle, context);
    if (!kernel || !is_stream(stream, context))
        return INVALID_HANDLE;
    for (int i = 0; i < 3; i++)
        if (!grid[i] || !block[i] || grid[i] > (i ? 65535 : INT32_MAX) ||
            block[i] > (i == 2 ? 64 : BLOCK_THREADS))
            return INVALID_VALUE;
    if ((uint64_t)block[0] * block[1] * block[2] > BLOCK_THREADS || shared > SHARED_BYTES)
        return INVALID_VALUE;
    if (extra)
        return params ? INVALID_VALUE : NOT_SUPPORTED;
    int status = compile(kernel->library, kernels, context->device);
    if (status != SUCCESS)
        return status;
    if (block[0] * block[1] * block[2] > kernel->most_threads)
        return LAUNCH_OUT_OF_RESOURCES;
    if (kernel->n_params && !params)
        return INVALID_VALUE;
    unsigned char *packed = made(kernel->total + 1);
    for (int i = 0; i < kernel->n_params && status == SUCCESS; i++) {
        if (params[i]) /* else a driver would crash */
            memcpy(packed + kernel->offsets[i], params[i], kernel->sizes[i]);
        else
            status = INVALID_VALUE;
    }
    if (status == SUCCESS && callback) {
        int is_flat = grid[1] == 1 && grid[2] == 1 && block[1] == 1 && block[2] == 1;
        status = !is_flat ? NOT_SUPPORTED
                          : callback(
                                kernel->name, kernel->library->image, packed, kernel->total,
                                context->device, stream, grid[0], block[0]);
    }
    free(packed);
    return status;
}

int cuLaunchKernel(
    void *handle, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
    unsigned block_y, unsigned block_z, unsigned shared, void *stream, void **params,
    void **extra) {
    const unsigned grid[] = {grid_x, grid_y, grid_z}, block[] = {block_x, block_y, block_z};
    CALL(1, launch(handle, grid, block, shared, stream, params, extra));
}

/* Names */

static int describe(int status, const char **to, int is_name) {
    if (!to)
        return INVALID_VALUE;
    *to = NULL;
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (ERRORS[i].status == status)
            *to = is_name ? ERRORS[i].name : ERRORS[i].text;
    return *to ? SUCCESS : INVALID_VALUE;
}

int cuGetErrorName(int status, const char **to) { CALL(0, describe(status, to, 1)); }

int cuGetErrorString(int status, const char **to) { CALL(0, describe(status, to, 0)); }

int cuGetProcAddress_v2(
    const char *symbol, void **to, int cuda_version, uint64_t flags, int *symbol_status);

int cuGetProcAddress(const char *symbol, void **to, int cuda_version, uint64_t flags);

static const struct {
    const char *name;
    int since; /* the version of CUDA that has this form of it */
    void (*function)(void);
} SYMBOLS[] = {
#define SYMBOL(name, since, function) {name, since, (void (*)(void))function}
    SYMBOL("cuInit", 2000, cuInit),
    SYMBOL("cuDriverGetVersion", 2020, cuDriverGetVersion),
    SYMBOL("cuDeviceGetCount", 2000, cuDeviceGetCount),
    SYMBOL("cuDeviceGet", 2000, cuDeviceGet),
    SYMBOL("cuDeviceGetAttribute", 2000, cuDeviceGetAttribute),
    SYMBOL("cuDevicePrimaryCtxRetain", 7000, cuDevicePrimaryCtxRetain),
    SYMBOL("cuDevicePrimaryCtxRelease", 11000, cuDevicePrimaryCtxRelease_v2),
    SYMBOL("cuCtxPushCurrent", 4000, cuCtxPushCurrent_v2),
    SYMBOL("cuCtxPopCurrent", 4000, cuCtxPopCurrent_v2),
    SYMBOL("cuCtxGetCurrent", 4000, cuCtxGetCurrent),
    SYMBOL("cuCtxSetCurrent", 4000, cuCtxSetCurrent),
    SYMBOL("cuLibraryLoadData", 12000, cuLibraryLoadData),
    SYMBOL("cuLibraryUnload", 12000, cuLibraryUnload),
    SYMBOL("cuLibraryGetKernel", 12000, cuLibraryGetKernel),
    SYMBOL("cuKernelGetFunction", 12000, cuKernelGetFunction),
    SYMBOL("cuLaunchKernel", 4000, cuLaunchKernel),
    SYMBOL("cuGetErrorName", 6000, cuGetErrorName),
    SYMBOL("cuGetErrorString", 6000, cuGetErrorString),
    SYMBOL("cuGetProcAddress", 12000, cuGetProcAddress_v2),
    SYMBOL("cuGetProcAddress", 11030, cuGetProcAddress),
};

static int find(const char *symbol, void **to, int cuda_version, int *symbol_status) {
    enum { FOUND, SYMBOL_NOT_FOUND, VERSION_NOT_SUFFICIENT };
    int found = SYMBOL_NOT_FOUND;
    if (!symbol || !to)
        return INVALID_VALUE;
    *to = NULL;
    for (size_t i = 0; i < sizeof SYMBOLS / sizeof *SYMBOLS && found != FOUND; i++) {
        if (strcmp(SYMBOLS[i].name, symbol) || SYMBOLS[i].since > version)
            continue;
        found = SYMBOLS[i].since > cuda_version ? VERSION_NOT_SUFFICIENT : FOUND;
        if (found == FOUND)
            memcpy(to, &SYMBOLS[i].function, sizeof *to);
    }
    if (symbol_status)
        *symbol_status = found;
    return SUCCESS;
}

int cuGetProcAddress_v2(
    const char *symbol, void **to, int cuda_version, uint64_t flags, int *symbol_status) {
    (void)flags; /* the streams of threads are no others */
    return find(symbol, to, cuda_version, symbol_status);
}

int cuGetProcAddress(const char *symbol, void **to, int cuda_version, uint64_t flags) {
    (void)flags;
    int status = find(symbol, to, cuda_version, NULL);
    return status == SUCCESS && !*to ? NOT_FOUND : status;
}

/* The test's side */

/* Be a driver that was not initialized, of a machine with alike devices. What was loaded is not any
   more; the contexts of other threads are theirs to pop before. */
void stand_in_reset(int driver_version, int number, int capability, int multiprocessors) {
    pthread_mutex_lock(&lock);
    version = driver_version;
    n_devices = number < MOST_DEVICES ? number : MOST_DEVICES;
    is_lazy = initialized_by = 0;
    libraries = NULL;
    kernels = NULL;
    streams = NULL;
    callback = NULL;
    n_calls = 0;
    memset(failures, 0, sizeof failures);
    for (int i = 0; i < MOST_DEVICES; i++)
        devices[i] = (struct device){capability, multiprocessors, {i, 0}};
    depth = 0;
    pthread_mutex_unlock(&lock);
}

void stand_in_set_device(int device, int capability, int multiprocessors) {
    devices[device].capability = capability;
    devices[device].multiprocessors = multiprocessors;
}

/* Whether code is compiled when a device first needs it, as with CUDA_MODULE_LOADING=LAZY; else it
   is where it is loaded, for the devices that have a context. */
void stand_in_set_lazy(int value) { is_lazy = value; }

void stand_in_set_launch(launch_callback value) { callback = value; }

/* Let a call of the function NAME, behind AFTER others, do nothing but return STATUS; "compile"
   stands for the driver's compiler. Returns 0 if there are too many of these. */
int stand_in_fail(const char *name, int status, int after) {
    int done = 0;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MOST_FAILURES && !done; i++)
        if (!failures[i].status) {
            snprintf(failures[i].name, sizeof failures[i].name, "%s", name);
            failures[i].status = status;
            failures[i].after = after;
            done = 1;
        }
    pthread_mutex_unlock(&lock);
    return done;
}

/* A new stream of a device's primary context. */
void *stand_in_stream(int device) {
    struct stream *stream = made(sizeof *stream);
    pthread_mutex_lock(&lock);
    *stream = (struct stream){streams, &devices[device].primary};
    streams = stream;
    pthread_mutex_unlock(&lock);
    return stream;
}

/* Copy up to N calls, from the first one on; return how many there were. */
size_t stand_in_calls(struct call *to, size_t n) {
    pthread_mutex_lock(&lock);
    size_t all = n_calls;
    if (n && all)
        memcpy(to, calls, (n < all ? n : all) * sizeof *calls);
    pthread_mutex_unlock(&lock);
    return all;
}

void stand_in_forget_calls(void) {
    pthread_mutex_lock(&lock);
    n_calls = 0;
    pthread_mutex_unlock(&lock);
}

/* Write the devices of this thread's current contexts, the last one on top; return how many. */
int stand_in_stack(int to[DEPTH]) {
    for (int i = 0; i < depth; i++)
        to[i] = stack[i]->device;
    return depth;
}
