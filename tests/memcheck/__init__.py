"""The native code under valgrind's memcheck: ``make memcheck``."""
