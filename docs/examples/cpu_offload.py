"""CPU offload: parameters are trained on a GPU; Adadelta and its states are on the CPU.

CPUOffloadOptimizer of torchao keeps a copy of each parameter in pinned CPU memory, and one
optimizer for each. Gradients are copied to the CPU during backward; step() runs the CPU kernels and
copies the new values back. On the GPU this saves both averages, twice the size of the parameters.
Tensors of less than 4096 elements stay on the GPU, updated by one optimizer there.

Because the gradients are copied during backward, clip_grad_norm_ comes too late, and max_grad_norm
would clip each parameter by itself: leave both away.

Without a GPU there is nothing to offload: then the same model is trained on the CPU.

    python cpu_offload.py --device cuda [--steps 100] [--torch]
"""

import argparse

import torch
from sklearn.datasets import load_digits
from torch import nn

import adadelta_gen

default = "cuda" if torch.cuda.is_available() else "cpu"
parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=100)
parser.add_argument("--device", default=default, help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

Adadelta = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32, device=args.device) / 16
labels = torch.tensor(labels, device=args.device)

torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(64, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10)
).to(args.device)
if args.device == "cpu":
    print("on the CPU, where parameters and states are in the same memory: nothing is offloaded")
    optimizer = Adadelta(model.parameters(), lr=1.0)
    optimizers = [optimizer]
else:
    from torchao.optim import CPUOffloadOptimizer

    optimizer = CPUOffloadOptimizer(model.parameters(), Adadelta, lr=1.0)
    optimizers = [*optimizer.optim_dict.values(), optimizer.d_opt]

random = torch.Generator().manual_seed(0)
losses = []
for _ in range(args.steps):
    batch = torch.randint(len(labels), (64,), generator=random).to(args.device)
    loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    losses.append(loss.item())

print(f"loss {losses[0]:.3f} to {losses[-1]:.3f}")
held = dict.fromkeys((args.device, "cpu"), 0)
for each in optimizers:
    for state in each.state.values():
        for average in (state["square_avg"], state["acc_delta"]):
            held[average.device.type] += average.nbytes
for device, size in held.items():
    print(f"states on {device}: {size / 1e6:.2f} MB")
if not args.torch:
    print("kernels:", *sorted({str(row.kernel) for each in optimizers for row in each.explain()}))
