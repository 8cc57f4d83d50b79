"""Schedule-free training: the package schedulefree averages the weights that Adadelta produces.

ScheduleFreeWrapper (Defazio et al., 2024) replaces a decaying learning rate by an average of the
weights: gradients are taken at y, between the newest weights z and their average x, and the model
is evaluated at x. Call optimizer.train() before training and optimizer.eval() before evaluation.

    python schedule_free.py [--epochs 15] [--device cuda] [--torch]
"""

import argparse

import torch
from schedulefree import ScheduleFreeWrapper
from sklearn.datasets import load_digits
from torch import nn

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--epochs", type=int, default=15)
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32, device=args.device) / 16
labels = torch.tensor(labels, device=args.device)


def make(wrapped):
    """Return a model, its Adadelta, and what the training loop steps: that, or a wrapper of it."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)).to(args.device)
    kind = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
    optimizer = kind(model.parameters(), lr=1.0)
    if not wrapped:
        return model, optimizer, optimizer
    # The wrapper of schedulefree 1.4 adds its own key to the state of each parameter, after which
    # no optimizer of torch makes the rest. A step with zero gradients changes no weight, and makes
    # the states.
    for param in model.parameters():
        param.grad = torch.zeros_like(param)
    optimizer.step()
    return model, optimizer, ScheduleFreeWrapper(optimizer, momentum=0.9)


def train(wrapped):
    """Return Adadelta, the losses of the batches, and the test accuracy after each epoch."""
    model, optimizer, stepper = make(wrapped)
    random = torch.Generator().manual_seed(0)
    losses, accuracies = [], []
    for _ in range(args.epochs):
        if wrapped:
            stepper.train()
        for batch in torch.randperm(1437, generator=random).split(8):
            batch = batch.to(args.device)
            loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
            stepper.zero_grad()
            loss.backward()
            stepper.step()
            losses.append(loss.item())
        if wrapped:
            stepper.eval()
        with torch.no_grad():
            right = model(images[1437:]).argmax(dim=1) == labels[1437:]
        accuracies.append(right.float().mean().item())
    return optimizer, losses, accuracies


results = {}
for name in ("plain", "schedule-free"):
    optimizer, losses, accuracies = results[name] = train(name == "schedule-free")
    shown = ", ".join(f"{accuracy:.1%}" for accuracy in accuracies[-5:])
    print(f"{name}: test accuracy after the last epochs {shown}")
if not args.torch:
    print("kernels:", *sorted({str(row.kernel) for row in optimizer.explain()}))
