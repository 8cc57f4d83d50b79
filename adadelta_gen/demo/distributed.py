"""Train one network on the ranks of ``torchrun``, with DDP or FSDP2.

The ranks split every batch. DDP and FSDP2 average the grads of the ranks. The losses are scaled to
make this average the grad of the whole batch. Apart from rounding, the training is the same for any
number of ranks, and another number of ranks can resume it.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed import PrefixStore, Store  # type: ignore[attr-defined]
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.rendezvous import rendezvous
from torch.distributed.tensor import DTensor
from torch.nn.functional import cross_entropy
from torch.nn.parallel import DistributedDataParallel

from adadelta_gen import Adadelta
from adadelta_gen.demo.checkpoints import Checkpoints, Settings
from adadelta_gen.demo.compare import steps
from adadelta_gen.demo.data import Digits
from adadelta_gen.demo.models import MODELS

LAUNCHED = {"RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT"}  # by torchrun
EVALUATED = 1000  # images at a time, of all ranks together


@dataclass(frozen=True)
class Outcome:
    """The result of the training, over all ranks.

    Args:
        train_loss: mean over the training images after the training.
        accuracy: share of the test images that are recognised, in [0, 1].
        step_seconds: median time of ``optimizer.step()`` on this rank; None without a step.
        held_bytes: least and greatest size of the parameters and states of a rank.
    """

    train_loss: float
    accuracy: float
    step_seconds: float | None
    held_bytes: tuple[int, int]


@contextmanager
def process_group() -> Iterator[torch.device]:
    """Join the process group of ``torchrun``; yield the device of this process."""
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    store, rank, ranks = next(rendezvous("env://"))
    backend = "gloo" if device.type == "cpu" else "nccl"
    dist.init_process_group(backend, store=_of_this_life(store), rank=rank, world_size=ranks)
    try:
        yield device
    finally:
        dist.destroy_process_group()


def _of_this_life(store: Store) -> Store:
    """Return a part of the store that is empty after each restart by ``torchrun``.

    The store outlives the ranks and keeps the addresses of dead ones, to which torch 2.13 would
    connect (pytorch issue 135712). The restart counts of several nodes differ. With several nodes,
    set TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1: torchrun then makes a new store for each restart.
    """
    if os.environ.get("GROUP_WORLD_SIZE", "1") != "1":
        return store
    return PrefixStore(f"life {os.environ.get('TORCHELASTIC_RESTART_COUNT', '0')}", store)


def settings(network: str, digits: Digits, batch_size: int, seed: int) -> Settings:
    """Return the settings that must be the same to resume from a checkpoint."""
    count, _, height, width = digits.train_images.shape
    images = f"{count} of {height}x{width}"
    return {"network": network, "images": images, "batch size": batch_size, "seed": seed}


def batches(digits: Digits, batch_size: int, seed: int, first: int, last: int) -> Iterator[Tensor]:
    """Yield the numbers of the images of each step in ``range(first, last)``.

    The order in an epoch depends only on the seed and the epoch. A training that is resumed in the
    middle of an epoch therefore gets the same batches.
    """
    each_epoch = steps(digits, 1, batch_size)
    for epoch in range(first // each_epoch, -(-last // each_epoch)):
        start = epoch * each_epoch
        order = torch.split(_order(len(digits.train_labels), seed, epoch), batch_size)
        yield from order[max(first - start, 0) : last - start]


def _order(images: int, seed: int, epoch: int) -> Tensor:
    generator = torch.Generator().manual_seed(random.Random(f"{seed} {epoch}").getrandbits(63))
    return torch.randperm(images, generator=generator)


class Training:
    """The training of a network. All ranks call the same methods at the same time.

    Args:
        kind: a key of ``KINDS``.
        network: a key of ``MODELS``.
        batch_size: batch size over all ranks.
        seed: seed of the initial parameters and of the order of the images.
        device: device of this rank, from ``process_group``.
        checkpoints: where to save and resume; None saves nothing.
        save_every: number of steps; None saves after every epoch. The last step is always saved.

    Attributes:
        step: number of completed steps.
        steps: total number of steps.
    """

    def __init__(
        self,
        kind: str,
        network: str,
        digits: Digits,
        epochs: int,
        batch_size: int,
        seed: int,
        device: torch.device,
        checkpoints: Checkpoints | None = None,
        save_every: int | None = None,
    ) -> None:
        self.step = 0
        self.steps = steps(digits, epochs, batch_size)
        self._digits = digits
        self._batch_size = batch_size
        self._seed = seed
        self._device = device
        self._checkpoints = checkpoints
        self._save_every = save_every or steps(digits, 1, batch_size)
        self._step_seconds: list[float] = []
        torch.manual_seed(seed)
        module = MODELS[network](*digits.train_images.shape[2:]).to(device)
        self.model = KINDS[kind](module, device)
        self.optimizer = Adadelta(self.model.parameters())

    def resume(self) -> int:
        """Resume from the newest checkpoint and return its step; return 0 if there is none.

        Raises:
            CheckpointError: it is of another training or cannot be read.
        """
        if self._checkpoints is not None:
            self.step = self._checkpoints.load(self.model, self.optimizer)
        return self.step

    def run(self, after_step: Callable[[int], object]) -> None:
        """Do the remaining steps.

        Args:
            after_step: called after each step and its checkpoint, with the number of steps.

        Raises:
            CheckpointError: a checkpoint cannot be written.
        """
        self.model.train()
        for batch in batches(self._digits, self._batch_size, self._seed, self.step, self.steps):
            self._train(batch)
            self.step += 1
            due = self.step % self._save_every == 0 or self.step == self.steps
            if due and self._checkpoints is not None:
                self._checkpoints.save(self.step, self.model, self.optimizer)
            after_step(self.step)

    def _train(self, batch: Tensor) -> None:
        self.optimizer.zero_grad()
        mine = share(batch)
        scores = self.model(self._digits.train_images[mine].to(self._device))
        labels = self._digits.train_labels[mine].to(self._device)
        loss = cross_entropy(scores, labels, reduction="sum")
        (loss * (dist.get_world_size() / len(batch))).backward()  # type: ignore[no-untyped-call]
        start = self._now()
        self.optimizer.step()
        self._step_seconds.append(self._now() - start)

    def _now(self) -> float:
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()

    def outcome(self) -> Outcome:
        """Measure the result of the training."""
        held: list[int] = [0] * dist.get_world_size()
        dist.all_gather_object(held, self._held_bytes())
        self.model.eval()
        digits = self._digits
        train_loss, _ = self._evaluate(digits.train_images, digits.train_labels)
        _, accuracy = self._evaluate(digits.test_images, digits.test_labels)
        settled = self._step_seconds[1:] or self._step_seconds
        step_seconds = median(settled) if settled else None
        return Outcome(train_loss, accuracy, step_seconds, (min(held), max(held)))

    def _held_bytes(self) -> int:
        held: list[object] = list(self.model.parameters())
        for state in self.optimizer.state.values():
            held += state.values()
        return sum(_local(tensor).nbytes for tensor in held if isinstance(tensor, Tensor))

    @torch.no_grad()
    def _evaluate(self, images: Tensor, labels: Tensor) -> tuple[float, float]:
        """Return the mean loss and the accuracy."""
        sums = torch.zeros(2, device=self._device)
        for part in torch.split(torch.arange(len(labels)), EVALUATED):
            mine = share(part)  # even if empty, because a forward pass with FSDP2 needs all ranks
            scores = self.model(images[mine].to(self._device))
            wanted = labels[mine].to(self._device)
            sums[0] += cross_entropy(scores, wanted, reduction="sum")
            sums[1] += (scores.argmax(dim=1) == wanted).sum()
        dist.all_reduce(sums)
        loss, right = (sums / len(labels)).tolist()
        return loss, right


def share(batch: Tensor) -> Tensor:
    """Return this rank's part of a batch, which may be empty."""
    return batch.tensor_split(dist.get_world_size())[dist.get_rank()]


def _local(tensor: Tensor) -> Tensor:
    return tensor.to_local() if isinstance(tensor, DTensor) else tensor


def _ddp(module: nn.Module, device: torch.device) -> nn.Module:
    ids = None if device.type == "cpu" else [device]
    model = DistributedDataParallel(module, device_ids=ids, gradient_as_bucket_view=True)
    # Torch 2.13 may hang if the model's reducer releases the last reference to a destroyed group,
    # because it holds the GIL, for which the group's thread may wait. Releasing a Python reference
    # does not hang. This one is made later than the reducer's, and is therefore released later.
    model._group_that_outlives_the_reducer = dist.group.WORLD  # type: ignore[assignment]
    return model


def _fsdp2(module: nn.Module, device: torch.device) -> nn.Module:
    mesh = init_device_mesh(device.type, (dist.get_world_size(),))
    for layer in module.children():
        if list(layer.parameters()):
            fully_shard(layer, mesh=mesh)
    fully_shard(module, mesh=mesh)
    return module


KINDS = {"ddp": _ddp, "fsdp2": _fsdp2}
