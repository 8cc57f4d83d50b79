"""A pool of processes, one per rank of torch.distributed over gloo, that persist between tests.

A job is a function of a test module; it runs on all ranks of a new process group. Starting a
process takes seconds, mostly torch's imports, which a fork server does once.
"""

import faulthandler
import multiprocessing
import tempfile
import traceback
import warnings
from datetime import timedelta
from multiprocessing.connection import wait
from pathlib import Path

TIMEOUT = 240  # only what hangs takes as long; pytest ends a test after 300 s
ENDS = 5
PRELOAD = [
    "adadelta_gen",
    "adadelta_gen.optimizer",
    "torch.distributed.checkpoint.state_dict",
    "torch.distributed.fsdp",
    "torch.distributed.optim",
    "torch.distributed.tensor.parallel",
    "torch.testing",
]


class Ranks:
    """The processes; ``run`` starts them at first use, and again after a failure."""

    def __init__(self, size):
        self.size = size
        self._workers = []

    def run(self, job, ranks, *args):
        """Call ``job(*args)`` on this many ranks; return the results by rank.

        Raises:
            AssertionError: a rank raised or did not end; with the traceback of that rank.
        """
        if not self._workers:
            self._start()
        with tempfile.TemporaryDirectory() as folder:
            for rank, (_, pipe) in enumerate(self._workers[:ranks]):
                pipe.send((job, args, rank, ranks, f"{folder}/store"))
            return self._collect(job, ranks, Path(folder))

    def _collect(self, job, ranks, folder):
        results = {}
        pipes = {pipe: rank for rank, (_, pipe) in enumerate(self._workers[:ranks])}
        while pipes:
            ready = wait(pipes, TIMEOUT)
            if not ready:
                left = sorted(pipes.values())
                stacks = [(folder / f"store.{rank}").read_text() for rank in left]
                self._fail(job, "\n".join([f"ranks {left} did not end", *stacks]))
            for pipe in ready:
                rank = pipes.pop(pipe)
                try:
                    error, results[rank] = pipe.recv()
                except EOFError:
                    error = "the process died"
                if error:  # the other ranks may wait for this one forever
                    self._fail(job, f"rank {rank} of {ranks}:\n{error}")
        return [results[rank] for rank in range(ranks)]

    def _fail(self, job, what):
        self.stop()
        raise AssertionError(f"{job.__name__}, {what}")

    def _start(self):
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        for _ in range(self.size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._workers.append((process, ours))

    def stop(self):
        for _, pipe in self._workers:
            pipe.close()  # an idle process ends, and writes its coverage data
        for process, _ in self._workers:
            process.join(ENDS)
            process.kill()
            process.join()
        self._workers = []


def _work(pipe):
    import torch

    torch.set_num_threads(1)
    while True:
        try:
            job, args, rank, ranks, store = pipe.recv()
        except EOFError:
            return
        pipe.send(_run(job, args, rank, ranks, store))


def _run(job, args, rank, ranks, store):
    """Return the traceback of an error, or an empty string, and the result."""
    with Path(f"{store}.{rank}").open("w") as stacks:
        faulthandler.dump_traceback_later(TIMEOUT - ENDS, file=stacks)
        try:
            return _result(job, args, rank, ranks, store)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _result(job, args, rank, ranks, store):
    import torch
    import torch.distributed as dist

    try:
        dist.init_process_group(
            "gloo",
            init_method=Path(store).as_uri(),
            rank=rank,
            world_size=ranks,
            timeout=timedelta(seconds=TIMEOUT / 2),
        )
        dist.barrier()  # a rank that ends early would close connections that others open
        torch.manual_seed(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's own, of which there are many
            answer = "", job(*args)
    except BaseException:
        answer = traceback.format_exc(), None
    # Not in a finally: models of a failed job must be freed first, or DDP may hang.
    if dist.is_initialized():
        dist.destroy_process_group()
    return answer
