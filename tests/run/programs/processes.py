"""Trains in processes that are spawned and forked, and asks a Python of its own for the class."""

import subprocess
import sys

WHICH = "import torch; print(torch.optim.Adadelta.__module__)"


def train(index, steps):
    import torch

    param = torch.nn.Parameter(torch.ones(3))
    optimizer = torch.optim.Adadelta([param])
    for _ in range(steps):
        param.grad = torch.ones(3)
        optimizer.step()


if __name__ == "__main__":
    import torch.multiprocessing as mp

    mp.spawn(train, args=(4,), nprocs=1)
    for steps in (0, 3):
        process = mp.get_context("fork").Process(
            target=train, args=(0, steps), name=f"fork {steps}"
        )
        process.start()
        process.join()
        assert process.exitcode == 0
    server = mp.get_context("forkserver").Process(target=train, args=(0, 2), name="served")
    server.start()
    server.join()
    subprocess.run([sys.executable, "-c", WHICH], check=True)
