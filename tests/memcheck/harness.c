/* Run CPU functions on heap arrays of exactly their size. Reads one line per case:

   case name, library, function, bytes of an element of param and grad, of a state, of the compute
   dtype, 1 if it is a sum of squares, elements that it accesses before and after each array

   The constants in capitals without a definition here are those of native/abi.py. */

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <valgrind/memcheck.h>

typedef void Launch(int64_t begin, int64_t end, int64_t job);

enum { STATE_TENSORS = 4, ROWS_AT_MOST = 4, CHUNK = 16, SEGMENTS_AT_MOST = 64 };

/* A heap block of exactly n bytes, after some that may not be accessed; all bytes have a value. */
static char *block(size_t before, size_t n, int value) {
    char *start = malloc(before + n);
    memset(start, value, before + n);
    (void)VALGRIND_MAKE_MEM_NOACCESS(start, before);
    return start + before;
}

static void *copy(const void *from, size_t n) { return memcpy(malloc(n), from, n); }

struct function {
    Launch *launch;
    int itemsize, state_itemsize, scalar_bytes, sums, before, after;
};

/* Run a function on rows of these sizes, cut into chunks or whole, with arrays moved by `shift`. */
static void run(struct function f, int n_rows, const int *sizes, int cut, int shift, int unscale) {
    int64_t rows[ROWS_AT_MOST][ROW_WORDS], segments[SEGMENTS_AT_MOST][SEGMENT_WORDS];
    int64_t chunks[SEGMENTS_AT_MOST + 1], job[JOB_WORDS] = {0}, found[ROWS_AT_MOST] = {0};
    char *arrays[ROWS_AT_MOST][STATE_TENSORS];
    int n_segments = 0;
    for (int r = 0; r < n_rows; r++) {
        for (int column = PARAM; column <= ACC_DELTA; column++) {
            int itemsize = column <= GRAD ? f.itemsize : f.state_itemsize;
            /* 0x3c in every byte is a number near 0.01 in every format. */
            arrays[r][column] = block(shift * (column + 1) * itemsize, sizes[r] * itemsize, 0x3c);
            rows[r][column] = (int64_t)arrays[r][column];
        }
        rows[r][STEP] = (int64_t)block(4, 0, 0); /* no kernel accesses it */
        rows[r][DITHER] = 0x123456789abcdef + r;
        int first = 0;
        do {
            int n = cut && sizes[r] - first > CHUNK ? CHUNK : sizes[r] - first;
            segments[n_segments][ROW] = r;
            segments[n_segments][FIRST] = first - f.before;
            segments[n_segments][N_ELEMENTS] = f.before + n + f.after;
            chunks[n_segments] = n_segments;
            n_segments++;
            first += n;
        } while (first < sizes[r]);
    }
    chunks[n_segments] = n_segments;
    double numbers[] = {0.3, 0.9, 0.1, 1e-6, 0.01, unscale ? 0.03125 : 1, unscale ? 0.1 : 1};
    float narrow[sizeof numbers / sizeof *numbers];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) narrow[i] = numbers[i];

    double *sums = malloc(sizeof *sums * n_segments); /* not written before */
    job[ROWS] = (int64_t)copy(rows, sizeof *rows * n_rows);
    job[SEGMENTS] = (int64_t)copy(segments, sizeof *segments * n_segments);
    job[CHUNKS] = (int64_t)copy(chunks, sizeof *chunks * (n_segments + 1));
    job[N_CHUNKS] = n_segments;
    job[SCALARS] = (int64_t)(f.scalar_bytes == 8 ? copy(numbers, sizeof numbers)
                                                  : copy(narrow, sizeof narrow));
    job[UNSCALE] = unscale;
    job[FOUND] = (int64_t)copy(found, sizeof *found * n_rows);
    job[SUMS] = (int64_t)sums;
    int64_t *own = copy(job, sizeof job);
    f.launch(0, 1, (int64_t)own);
    VALGRIND_PRINTF("runs: 1\n");

    int wrote = 0, elements = 0;
    for (int r = 0; r < n_rows; r++) {
        for (int column = PARAM; column <= ACC_DELTA; column++) {
            int n = sizes[r] * (column <= GRAD ? f.itemsize : f.state_itemsize);
            (void)VALGRIND_CHECK_MEM_IS_DEFINED(arrays[r][column], n);
            for (int i = 0; i < n; i++) wrote |= arrays[r][column][i] != 0x3c;
        }
        elements += sizes[r];
    }
    if (f.sums) {
        (void)VALGRIND_CHECK_MEM_IS_DEFINED(sums, sizeof *sums * n_segments);
        wrote = own[NEXT_CHUNK] > n_segments && (!elements || sums[0] > 0);
    }
    if (elements && !wrote) {
        fprintf(stderr, "nothing was written for %d elements\n", elements);
        _exit(1);
    }
    for (int r = 0; r < n_rows; r++) {
        for (int column = PARAM; column <= ACC_DELTA; column++) {
            int itemsize = column <= GRAD ? f.itemsize : f.state_itemsize;
            free(arrays[r][column] - shift * (column + 1) * itemsize);
        }
        free((char *)rows[r][STEP] - 4);
    }
    int tables[] = {ROWS, SEGMENTS, CHUNKS, SCALARS, FOUND, SUMS};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) free((void *)job[tables[i]]);
    free(own);
}

static void run_all(struct function f) {
    static const int sizes[] = {40, 7, 0, 65};
    for (int shift = 0; shift < 4; shift++) {
        for (int unscale = 0; unscale < 2; unscale++) {
            for (int n = 0; n <= 200; n++) run(f, 1, &n, 0, shift, unscale);
            run(f, ROWS_AT_MOST, sizes, 1, shift, unscale);
        }
    }
}

int main(void) {
    char name[256], library[4096], symbol[256];
    struct function f;
    if (!RUNNING_ON_VALGRIND) {
        fprintf(stderr, "this is not running under valgrind\n");
        return 1;
    }
    while (scanf(" %255[^\t]\t%4095[^\t]\t%255[^\t]\t%d\t%d\t%d\t%d\t%d\t%d", name, library, symbol,
                 &f.itemsize, &f.state_itemsize, &f.scalar_bytes, &f.sums, &f.before,
                 &f.after) == 9) {
        void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
        f.launch = opened ? (Launch *)dlsym(opened, symbol) : NULL;
        if (!f.launch) {
            fprintf(stderr, "%s\n", dlerror());
            return 1;
        }
        /* Each case has a process: valgrind reports an error at the same place only once. */
        pid_t child = fork();
        if (child == 0) {
            VALGRIND_PRINTF("case: %s\n", name);
            run_all(f);
            _exit(0); /* exit would move the parent's place in the input */
        }
        int status;
        waitpid(child, &status, 0);
        VALGRIND_PRINTF("case: end of %s\nexit status: %d\n", name, status);
    }
    return 0;
}
