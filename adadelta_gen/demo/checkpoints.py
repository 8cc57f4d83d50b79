"""Checkpoints of a distributed training: one folder per step, renamed when it is complete.

Every rank writes its part to ``step-000090.partial``, and rank 0 renames the folder when all ranks
are done. A rank that dies earlier leaves no folder that looks complete. Loading requires the same
network and the same batches, but not the same number of ranks.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import torch.distributed as dist
from torch import nn
from torch.distributed.checkpoint.api import CheckpointException
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict
from torch.distributed.checkpoint.state_dict_loader import load
from torch.distributed.checkpoint.state_dict_saver import save
from torch.optim import Optimizer

from adadelta_gen.demo.reading import Planner, Reader

KEPT = 2
COMPLETE = re.compile(r"step-(\d{6}|[1-9]\d{6,})")
PARTIAL = re.compile(rf"{COMPLETE.pattern}\.partial")
SETTINGS = "settings.json"

Settings = dict[str, str | int]
Answer = TypeVar("Answer")


class CheckpointError(RuntimeError):
    """A checkpoint cannot be written or resumed from; the message gives its path and the reason."""


def complete(folder: Path) -> dict[int, Path]:
    """Return the complete checkpoints by their step, the newest last."""
    return dict(
        sorted(
            (int(match[1]), path)
            for path in _folders(folder)
            if (match := COMPLETE.fullmatch(path.name)) and (path / SETTINGS).is_file()
        )
    )


def remove_partial(folder: Path) -> None:
    """Remove the incomplete checkpoints that a crash has left."""
    for path in _folders(folder):
        if PARTIAL.fullmatch(path.name):
            shutil.rmtree(path)


def remove_old(folder: Path) -> None:
    """Remove all complete checkpoints but the newest ``KEPT``."""
    for path in list(complete(folder).values())[:-KEPT]:
        shutil.rmtree(path.rename(_partial(path)))  # while it is removed, it must not look complete


def _folders(folder: Path) -> list[Path]:
    if not folder.exists():
        return []
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")


class Checkpoints:
    """The checkpoints of one training. All ranks call the same methods at the same time.

    Args:
        folder: a folder that all ranks can read; made when the first checkpoint is saved.
        settings: settings that must be the same for a training to be resumed.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings

    def load(self, model: nn.Module, optimizer: Optimizer) -> int:
        """Load the newest complete checkpoint and return its step, or 0 if there is none.

        Raises:
            CheckpointError: it is of another training or cannot be read. All ranks raise it.
        """
        step = _on_first_rank(self._newest)
        if step == 0:
            return 0
        path = self._path(step)
        # Loaded in place: the states of get_state_dict define which part this rank needs.
        weights, states = get_state_dict(model, optimizer)
        parts = {"model": weights, "optimizer": states}
        try:
            load(parts, storage_reader=Reader(path), planner=Planner())
        except CheckpointException as error:
            raise CheckpointError(f"{path} cannot be loaded: {_reason(error)}") from error
        set_state_dict(model, optimizer, model_state_dict=weights, optim_state_dict=states)
        return step

    def save(self, step: int, model: nn.Module, optimizer: Optimizer) -> None:
        """Save the training after ``step`` steps, and remove all but the newest two checkpoints.

        Raises:
            CheckpointError: it cannot be written. All ranks raise it.
        """
        path = self._path(step)
        _on_first_rank(lambda: self._make_room(path))
        weights, states = get_state_dict(model, optimizer)
        try:
            save({"model": weights, "optimizer": states}, checkpoint_id=_partial(path))
        except CheckpointException as error:
            raise CheckpointError(f"{path} cannot be written: {_reason(error)}") from error
        _on_first_rank(lambda: self._publish(path))  # save has waited for all ranks

    def _path(self, step: int) -> Path:
        return self.folder / f"step-{step:06}"

    def _newest(self) -> int:
        remove_partial(self.folder)
        found = complete(self.folder)
        if not found:
            return 0
        step, path = found.popitem()
        settings = _read(path / SETTINGS)
        for name, wanted in self._settings.items():
            if (saved := settings.get(name)) != wanted:
                difference = f"{name} {saved}, not {wanted}"
                raise CheckpointError(f"{path} is of another training: {difference}")
        return step

    def _make_room(self, path: Path) -> None:
        remove_partial(self.folder)
        if path.exists():  # newer than any complete checkpoint, so of another training
            raise CheckpointError(f"{path} already exists")
        _partial(path).mkdir(parents=True)

    def _publish(self, path: Path) -> None:
        with (_partial(path) / SETTINGS).open("w") as file:
            json.dump(self._settings, file, indent=2)
            file.flush()
            os.fsync(file.fileno())  # as torch does with its files, because a power cut may follow
        _partial(path).rename(path)
        remove_old(self.folder)


def _read(path: Path) -> Settings:
    try:
        settings = json.loads(path.read_bytes())
    except ValueError as error:
        raise CheckpointError(f"{path} cannot be read: {error}") from error
    if not isinstance(settings, dict):
        raise CheckpointError(f"{path} cannot be read: it contains {settings!r}")
    return settings


def _on_first_rank(work: Callable[[], Answer]) -> Answer:
    """Let rank 0 work while the others wait; return its answer or raise its error on all ranks."""
    message: list[Any] = [None, ""]
    if dist.get_rank() == 0:
        try:
            message[0] = work()
        except (CheckpointError, OSError) as error:
            message[1] = str(error)
    dist.broadcast_object_list(message, src=0)
    answer, wrong = message
    if wrong:
        raise CheckpointError(wrong)
    return cast(Answer, answer)


def _reason(error: CheckpointException) -> str:
    """Return the last line of the error of the first failed rank; torch adds tracebacks."""
    rank, (cause, _) = min(error.failures.items(), key=lambda failure: failure[0])
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return f"rank {rank}: {lines[-1]}"
