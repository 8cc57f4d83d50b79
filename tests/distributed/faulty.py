"""Train on the ranks of ``torchrun``, which restarts them each time that rank 1 is killed.

The first start is killed during an epoch, the second one while saving. The third trains to the end,
and then with each kind without interruption. Rank 1 writes ``notes.jsonl``.
"""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import torch
import torch.distributed as dist
from torch.distributed.checkpoint import FileSystemWriter
from torch.distributed.tensor import DTensor

from adadelta_gen.demo.checkpoints import Checkpoints
from adadelta_gen.demo.data import Digits
from adadelta_gen.demo.distributed import KINDS, Training, process_group, settings

IMAGES, BATCH_SIZE, EPOCHS, SAVE_EVERY = 41, 8, 2, 4  # an epoch: 5 batches of 8 and one of 1
DIES_AFTER = 7
DIES_SAVING = "step-000012.partial"


def main(folder: Path) -> None:
    life = int(os.environ["TORCHELASTIC_RESTART_COUNT"])
    checkpoints = folder / "checkpoints"
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(IMAGES, 1, 8, 8, generator=generator)
    labels = torch.arange(IMAGES) % 10
    digits = Digits("random", images, labels, images, labels)

    def note(**what: object) -> None:
        if dist.get_rank() == 1:
            with (folder / "notes.jsonl").open("a") as file:
                file.write(json.dumps({"life": life, **what}) + "\n")

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def after_step(step: int) -> None:
        note(step=step)
        if life == 0 and dist.get_rank() == 1 and step == DIES_AFTER:
            die()

    write_data = FileSystemWriter.write_data

    def write_half(self, plan, planner):
        writing = write_data(self, plan, planner)
        if life == 1 and dist.get_rank() == 1 and self.path.name == DIES_SAVING:
            writing.wait()
            (mine,) = self.path.glob("__1_*")
            os.truncate(mine, mine.stat().st_size // 2)
            note(half=mine.name)
            die()
        return writing

    FileSystemWriter.write_data = write_half
    with process_group() as device:
        note(found=sorted(path.name for path in checkpoints.glob("*")))
        dist.barrier()  # rank 0 removes partial checkpoints when it resumes

        arguments = "MLP", digits, EPOCHS, BATCH_SIZE, 0, device
        saved = Checkpoints(checkpoints, settings("MLP", digits, BATCH_SIZE, 0))
        disturbed = Training("fsdp2", *arguments, saved, SAVE_EVERY)
        note(resumed=disturbed.resume())
        disturbed.run(after_step)
        result = {"disturbed": held(disturbed), "outcome": asdict(disturbed.outcome())}
        for kind in KINDS:
            undisturbed = Training(kind, *arguments)
            undisturbed.run(lambda step: None)
            result[kind] = held(undisturbed)
        torch.save(result, folder / f"rank{dist.get_rank()}.pt")


def held(training: Training) -> dict[str, torch.Tensor]:
    """Return parameters and states by name, this rank's part."""
    tensors = {}
    for full_name, param in training.model.named_parameters():
        name = full_name.removeprefix("module.")  # DDP's
        tensors[name] = param.detach()
        for key, value in training.optimizer.state[param].items():
            tensors[f"{name} {key}"] = value
    return {
        name: tensor.to_local() if isinstance(tensor, DTensor) else tensor
        for name, tensor in tensors.items()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
