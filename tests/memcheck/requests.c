/* Valgrind's client requests, which are macros of C, as functions. */

#include <stddef.h>
#include <valgrind/memcheck.h>

int running(void) { return RUNNING_ON_VALGRIND; }

/* Write a line into valgrind's log. */
void say(const char *line) { VALGRIND_PRINTF("%s\n", line); }

/* Report a branch or an address that depends on these n bytes before they are written. */
void forget(void *address, size_t n) { (void)VALGRIND_MAKE_MEM_UNDEFINED(address, n); }
