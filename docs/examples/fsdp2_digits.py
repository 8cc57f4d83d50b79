"""FSDP2: parameters, gradients and both averages are sharded over the ranks of torchrun.

Each rank updates its shards with the same kernels as on one process. On CPUs the ranks communicate
over Gloo; on GPUs, one a rank, over NCCL. This is the shortest program; for one that saves
checkpoints and continues after a failure see docs/distributed.md, "A training that survives".

    torchrun --standalone --nproc-per-node 2 fsdp2_digits.py [--steps 100] [--offload] [--torch]
"""

import argparse
import os

import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import CPUOffloadPolicy, OffloadPolicy, fully_shard

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=100)
parser.add_argument(
    "--device",
    choices=("cpu", "cuda"),
    default="cuda" if torch.cuda.is_available() else "cpu",
    help="default: cuda where there is a GPU",
)
parser.add_argument("--offload", action="store_true", help="keep the shards of a GPU on the CPU")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
if "RANK" not in os.environ:
    parser.error("start it with torchrun, which says how many ranks there are: see the first lines")
torch.set_num_threads(1)  # enough for networks this small
device = torch.device(args.device)
if args.device == "cuda":
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    torch.cuda.set_device(device)
# An offloaded gradient's norm is summed up on the CPU: that takes Gloo, beside NCCL.
dist.init_process_group("gloo" if args.device == "cpu" else "cpu:gloo,cuda:nccl")
rank, ranks = dist.get_rank(), dist.get_world_size()

images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32).view(-1, 1, 8, 8) / 16
labels = torch.tensor(labels)

torch.manual_seed(0)  # the same weights on all ranks, before they are sharded
model = nn.Sequential(
    nn.Flatten(), nn.Linear(64, 500), nn.ReLU(), nn.Linear(500, 300), nn.ReLU(), nn.Linear(300, 10)
).to(device)
mesh = init_device_mesh(args.device, (ranks,))
policy = CPUOffloadPolicy() if args.offload and args.device == "cuda" else OffloadPolicy()
for layer in model:
    if isinstance(layer, nn.Linear):
        fully_shard(layer, mesh=mesh, offload_policy=policy)
fully_shard(model, mesh=mesh, offload_policy=policy)

# After fully_shard, which replaces the parameters by DTensors.
if args.torch:
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
else:
    optimizer = adadelta_gen.Adadelta(model.parameters(), lr=1.0, max_grad_norm=1.0)

random = torch.Generator().manual_seed(0)
losses = []
for step in range(1, args.steps + 1):
    batch = torch.randint(1437, (64,), generator=random)  # the same numbers on all ranks
    mine = batch.tensor_split(ranks)[rank]
    scores, wanted = model(images[mine].to(device)), labels[mine].to(device)
    # FSDP2 takes the mean of the ranks' gradients; scaled so, it is that of the whole batch.
    loss = nn.functional.cross_entropy(scores, wanted, reduction="sum") / len(batch)
    optimizer.zero_grad()
    (loss * ranks).backward()
    if args.torch:
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    total = loss.detach().clone()
    dist.all_reduce(total)
    losses.append(total.item())
    if rank == 0 and (step % 50 == 0 or step == args.steps):
        norm = "" if args.torch else f", norm {optimizer.grad_norm.item():.3f} over all ranks"
        print(f"step {step}: loss {losses[-1]:.3f}{norm}")

with torch.no_grad():  # all ranks: a forward pass communicates
    scores, wanted = model(images[1437:].to(device)), labels[1437:].to(device)
accuracy = (scores.argmax(dim=1) == wanted).float().mean().item()
averages = [state["square_avg"].to_local() for state in optimizer.state.values()]
held, whole = sum(map(torch.numel, averages)), sum(p.numel() for p in model.parameters())
if rank == 0:
    print(f"test accuracy {accuracy:.1%}; rank 0 of {ranks} holds {held} of {whole} elements")
    if not args.torch:
        print(optimizer.explain())  # does not communicate: one rank may ask alone
dist.destroy_process_group()
