"""``train --distributed``: train one network on the ranks of ``torchrun``."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from adadelta_gen.commands.console import fail, new_console, progress_bars, unknown

if TYPE_CHECKING:
    from adadelta_gen.demo.data import Digits


def check_ranks(kind: str) -> None:
    """Fail unless this process is a rank that can train in this way."""
    import torch

    if not torch.distributed.is_available():
        fail("--distributed: this torch was built without torch.distributed")
    from adadelta_gen.demo.distributed import KINDS, LAUNCHED

    if kind not in KINDS:
        unknown("kind of distributed training", kind, KINDS)
    if not os.environ.keys() >= LAUNCHED:
        command = f"-m adadelta_gen {shlex.join(sys.argv[1:])}"
        fail(f"--distributed needs torchrun: torchrun --standalone --nproc-per-node 2 {command}")
    gpus = torch.cuda.device_count() if torch.cuda.is_available() else None
    if gpus is not None and int(rank := os.environ["LOCAL_RANK"]) >= gpus:
        fail(
            f"local rank {rank} has no GPU; number of GPUs: {gpus}. Start fewer ranks, or train on "
            "the CPU with CUDA_VISIBLE_DEVICES="
        )


def train_on_ranks(
    kind: str,
    network: str,
    digits: "Digits",
    epochs: int,
    batch_size: int,
    seed: int,
    folder: Path | None,
    save_every: int | None,
) -> None:
    """Train, or resume from the last checkpoint; only rank 0 prints."""
    import torch.distributed as dist

    from adadelta_gen.demo.checkpoints import CheckpointError, Checkpoints
    from adadelta_gen.demo.distributed import Training, process_group, settings
    from adadelta_gen.demo.distributed_report import table
    from adadelta_gen.demo.models import MODELS

    if network not in MODELS:
        unknown("network", network, MODELS)
    same = settings(network, digits, batch_size, seed)
    checkpoints = None if folder is None else Checkpoints(folder, same)
    try:
        with process_group() as device:
            console = new_console()
            console.quiet = dist.get_rank() != 0
            console.print(digits.name, soft_wrap=True)
            training = Training(
                kind, network, digits, epochs, batch_size, seed, device, checkpoints, save_every
            )
            if step := training.resume():
                console.print(f"{folder}: resumed after step {step}", soft_wrap=True)
            if step >= training.steps:
                console.print(f"all {training.steps} steps are already done")
            else:
                with progress_bars(console) as progress:
                    task = progress.add_task(network, total=training.steps, completed=step)
                    training.run(after_step=lambda step: progress.update(task, completed=step))
            console.print(table(kind, dist.get_world_size(), network, training.outcome()))
    except CheckpointError as error:
        fail(str(error))
