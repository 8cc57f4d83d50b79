"""Importing the package and taking steps writes no file: the kernel kills a process that tries to.

Torch is imported before: its ``torch.compile`` makes folders. Bytecode files are Python's.
"""

from pathlib import Path

import pytest

from reliability import system_calls
from reliability.child import run
from reliability.installed import environment, install

pytestmark = pytest.mark.skipif(bool(system_calls.missing()), reason=system_calls.missing())

TESTS = Path(__file__).parents[1]

ATTEMPTS = """
import os, signal, socket, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from reliability.system_calls import forbid

os.chdir(sys.argv[2])
Path("file").write_text("text")
file = os.open("file", os.O_RDWR)
attempts = {
    "read": lambda: Path("file").read_text(),
    "print": lambda: print("printed"),
    "create": lambda: Path("new").touch(),
    "append": lambda: open("file", "a"),
    "update": lambda: open("file", "rb+"),
    "file without a name": lambda: os.open(".", os.O_TMPFILE | os.O_WRONLY),
    "write": lambda: os.write(file, b"x"),
    "write at": lambda: os.pwrite(file, b"x", 0),
    "write many": lambda: os.writev(file, [b"x"]),
    "copy": lambda: os.copy_file_range(file, file, 1),
    "truncate": lambda: os.truncate("file", 1),
    "shorten": lambda: os.ftruncate(file, 1),
    "rename": lambda: os.rename("file", "other"),
    "replace": lambda: os.replace("file", "other"),
    "unlink": lambda: os.unlink("file"),
    "mkdir": lambda: os.mkdir("folder"),
    "rmdir": lambda: os.rmdir("folder"),
    "link": lambda: os.link("file", "other"),
    "symlink": lambda: os.symlink("file", "other"),
    "fifo": lambda: os.mkfifo("fifo"),
    "chmod": lambda: os.chmod("file", 0o600),
    "chown": lambda: os.chown("file", -1, -1),
    "utime": lambda: os.utime("file", (0, 0)),
    "xattr": lambda: os.setxattr("file", "user.x", b"x"),
    "memory file": lambda: os.memfd_create("x"),
    "socket": lambda: socket.socket(),
    "other program": lambda: os.execv(sys.executable, ["python", "-c", ""]),
}
for name, attempt in attempts.items():
    sys.stdout.flush()
    child = os.fork()
    if not child:
        forbid()
        try:
            attempt()
        finally:
            os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    allowed = name in ("read", "print")
    assert status == (0 if allowed else -signal.SIGSYS), (name, status)
assert sorted(os.listdir()) == ["file"]
assert Path("file").read_text() == "text"
"""


def test_the_kernel_forbids_every_kind_of_writing(tmp_path):
    run(ATTEMPTS, TESTS, tmp_path)


IN_A_THREAD = """
import sys, threading
sys.path.insert(0, sys.argv[1])
from reliability.system_calls import forbid

begin = threading.Event()
def write():
    begin.wait()
    open(sys.argv[2], "w")
thread = threading.Thread(target=write)
thread.start()
forbid()
begin.set()
thread.join()
"""


def test_the_kernel_forbids_writing_in_threads_that_were_there_before(tmp_path):
    with pytest.raises(AssertionError, match="exit status -31"):  # SIGSYS
        run(IN_A_THREAD, TESTS, tmp_path / "new")
    assert not (tmp_path / "new").exists()


STEPS = """
import copy, io, pickle, sys
import torch, torch._dynamo, torch.optim.adadelta

sys.path.insert(0, sys.argv[1])
from reliability.system_calls import forbid

forbid()

from adadelta_gen import Adadelta, available_kernels

HALF, FLOATS = (torch.float16, torch.bfloat16), (torch.float32, torch.float64)
COMPLEX = (torch.complex64, torch.complex128)


def steps(optimizer, params, call=lambda step: step()):
    for _ in range(2):
        for p in params:
            p.grad = torch.randn_like(p)
        call(optimizer.step)


def parameters(dtypes, n=200_000):
    return [torch.nn.Parameter(torch.randn(n, dtype=dtype)) for dtype in dtypes]


for threads in (1, 2):
    torch.set_num_threads(threads)
    for dtypes, options in (
        ((*HALF, *FLOATS, *COMPLEX), {"fused": True, "weight_decay": 0.1}),
        ((*HALF, *FLOATS), {"maximize": True, "nonfinite": "skip"}),
        ((*HALF, *FLOATS), {"max_grad_norm": 1.0}),
        (HALF, {"state_dtype": torch.float32}),
        ((torch.float16, torch.float32), {"state_dtype": torch.bfloat16}),
        ((torch.bfloat16,), {"dithered_rounding": True}),
        ((torch.float32,), {"lr": torch.tensor(0.5), "nonfinite": "raise"}),
    ):
        params = parameters(dtypes)
        optimizer = Adadelta(params, **options)
        steps(optimizer, params)
        print(optimizer.explain())
        optimizer.diagnostics()
        stored = io.BytesIO()
        torch.save(optimizer.state_dict(), stored)
        stored.seek(0)
        again = Adadelta(params, **options)
        again.load_state_dict(torch.load(stored))
        steps(again, params)
        steps(pickle.loads(pickle.dumps(again)), [])
        copy.deepcopy(optimizer).step()
    params = parameters((torch.float32,))
    optimizer = Adadelta(params, amp_scaling=True)
    scaler = torch.amp.GradScaler("cpu")
    scaler.scale(params[0].sum()).backward()
    scaler.step(optimizer)
    scaler.update()
print(len(available_kernels()))
"""


def test_steps_write_nothing(tmp_path):
    said = run(
        STEPS,
        TESTS,
        **environment(install(tmp_path)),
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert said.splitlines()[-1] == "40"
    assert "kernel=None" not in said
