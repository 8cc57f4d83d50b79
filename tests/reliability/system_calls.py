"""System calls that change files: forbid them in a process, or stop a process before one of them.

A seccomp filter of the Linux kernel sees them, whichever library makes them. No root is needed.
"""

import ctypes
import os
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile

# Numbers of Linux on x86-64: of calls that change a file or folder, or make one.
CHANGING = {
    "truncate": 76,
    "ftruncate": 77,
    "fallocate": 285,
    "rename": 82,
    "renameat": 264,
    "renameat2": 316,
    "mkdir": 83,
    "mkdirat": 258,
    "rmdir": 84,
    "creat": 85,
    "link": 86,
    "linkat": 265,
    "unlink": 87,
    "unlinkat": 263,
    "symlink": 88,
    "symlinkat": 266,
    "mknod": 133,
    "mknodat": 259,
    "chmod": 90,
    "fchmod": 91,
    "fchmodat": 268,
    "fchmodat2": 452,
    "chown": 92,
    "fchown": 93,
    "lchown": 94,
    "fchownat": 260,
    "utime": 132,
    "utimes": 235,
    "futimesat": 261,
    "utimensat": 280,
    "setxattr": 188,
    "lsetxattr": 189,
    "fsetxattr": 190,
    "removexattr": 197,
    "lremovexattr": 198,
    "fremovexattr": 199,
    "fsync": 74,
    "fdatasync": 75,
    "mount": 165,
    "memfd_create": 319,
    "io_uring_setup": 425,  # would make calls that no filter sees
    "openat2": 437,  # its flags are in memory, which a filter cannot read
}
# By which another program or machine could write.
LEAVING = {"socket": 41, "execve": 59, "execveat": 322}
# With the index of the argument that has the flags, or the file that is written.
OPENING = {"open": (2, 1), "openat": (257, 2)}
WRITING = {
    "write": (1, 0),
    "writev": (20, 0),
    "pwrite64": (18, 0),
    "pwritev": (296, 0),
    "pwritev2": (328, 0),
    "sendfile": (40, 0),
    "splice": (275, 2),
    "copy_file_range": (326, 2),
}
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# From linux/seccomp.h, linux/bpf_common.h, linux/audit.h and linux/ptrace.h.
KILL, TRACE, ALLOW = 0x80000000, 0x7FF00000, 0x7FFF0000
LOAD, IF_EQUAL, IF_GREATER, IF_AT_LEAST, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
X86_64, OTHER_ABI = 0xC000003E, 0x40000000
NO_NEW_PRIVILEGES, SECCOMP, FILTER, ALL_THREADS = 38, 317, 1, 1
TRACE_ME, CONTINUE, SET_OPTIONS, STOPPED = 0, 7, 0x4200, 7
STOP_AT_FILTER, DIE_WITH_TRACER = 0x80, 0x100000

libc = ctypes.CDLL(None, use_errno=True)


def missing() -> str:
    """Return why filters cannot be used here, or an empty string."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return "the numbers of system calls are those of Linux on x86-64"
    if not Path("/proc/sys/kernel/seccomp/actions_avail").exists():
        return "this kernel has no seccomp filters"
    return ""


def _filter(action: int, calls: Iterable[int]) -> bytes:
    """Return a program that answers ``action`` for these calls, opening and writing."""
    number, architecture, arguments = 0, 4, 16

    def argument(index: int) -> tuple[int, int, int, int]:
        return LOAD, 0, 0, arguments + 8 * index

    code = [(LOAD, 0, 0, architecture), (IF_EQUAL, 1, 0, X86_64), (RETURN, 0, 0, KILL)]
    code += [(LOAD, 0, 0, number), (IF_AT_LEAST, 0, 1, OTHER_ABI), (RETURN, 0, 0, KILL)]
    for call in calls:
        code += [(IF_EQUAL, 0, 1, call), (RETURN, 0, 0, action)]
    for numbers, condition, value in (
        (OPENING, IF_ANY_BIT, FOR_WRITING),
        (WRITING, IF_GREATER, 2),  # other files than the standard output and error
    ):
        for call, index in numbers.values():
            code += [(IF_EQUAL, 0, 4, call), argument(index), (condition, 0, 1, value)]
            code += [(RETURN, 0, 0, action), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in [*code, (RETURN, 0, 0, ALLOW)])


def _install(code: bytes) -> None:
    lines = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(lines))
    word = ctypes.c_long
    if libc.prctl(NO_NEW_PRIVILEGES, word(1), word(0), word(0), word(0)) or libc.syscall(
        word(SECCOMP), word(FILTER), word(ALL_THREADS), program
    ):
        raise OSError(ctypes.get_errno(), "the filter cannot be installed")


def forbid() -> None:
    """Make the kernel kill this process at the first of these calls, in any of its threads."""
    _install(_filter(KILL, (*CHANGING.values(), *LEAVING.values())))


def be_traced() -> None:
    """In the child of ``traced``: begin to count the calls."""
    if libc.ptrace(TRACE_ME, 0, None, None):
        raise OSError(ctypes.get_errno(), "this process may not be traced")
    os.kill(os.getpid(), signal.SIGSTOP)
    _install(_filter(TRACE, CHANGING.values()))


def traced(command: list[str], at: int, act: Callable[[int], object]) -> tuple[int, str, int]:
    """Run a Python command that calls ``be_traced``, and act before its n-th call.

    Args:
        command: the arguments of Python.
        at: the number of the call, from 1.
        act: called with the number of the process, which waits meanwhile.

    Returns:
        exit status (a negative number is a signal), output, and number of calls.
    """
    with TemporaryFile() as output:
        child = subprocess.Popen(
            [sys.executable, *command], stdout=output, stderr=subprocess.STDOUT
        )
        calls = 0
        while True:
            _, status = os.waitpid(child.pid, 0)
            if not os.WIFSTOPPED(status):
                break
            number = os.WSTOPSIG(status)
            if status >> 16 == STOPPED:
                calls += 1
                if calls == at:
                    act(child.pid)
            elif number == signal.SIGSTOP:
                _ptrace(SET_OPTIONS, child.pid, STOP_AT_FILTER | DIE_WITH_TRACER)
            is_own = number in (signal.SIGTRAP, signal.SIGSTOP)
            _ptrace(CONTINUE, child.pid, 0 if is_own else number)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return child.returncode, output.read().decode(errors="replace"), calls


def _ptrace(request: int, process: int, value: int) -> None:
    word = ctypes.c_long
    libc.ptrace(word(request), word(process), None, word(value))
