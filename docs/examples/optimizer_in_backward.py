"""Step in backward: each parameter's gradient is used and freed before the next one is computed.

Usually all gradients are in memory when backward ends, as many bytes as the parameters have. With
one optimizer per parameter, stepped by a hook as soon as the gradient is complete, only one or two
gradients exist at a time. The price: nothing can look at all gradients before the step, so there is
no clipping to a common norm, no accumulation over batches, and no GradScaler.

    python optimizer_in_backward.py [--steps 100] [--device cuda] [--torch]
"""

import argparse

import torch
from sklearn.datasets import load_digits
from torch import nn

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=100)
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

Adadelta = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32, device=args.device) / 16
labels = torch.tensor(labels, device=args.device)


class Residual(nn.Sequential):
    """Add the output of the layers to their input."""

    def forward(self, inputs):
        return inputs + super().forward(inputs)


def make_model():
    """Return a network of seven layers of the same size, with the same weights every time."""
    torch.manual_seed(0)
    blocks = [Residual(nn.Linear(512, 512), nn.ReLU()) for _ in range(7)]
    return nn.Sequential(nn.Linear(64, 512), *blocks, nn.Linear(512, 10)).to(args.device)


def step_after_backward(model):
    """Prepare the usual training; return its optimizers and what to call after backward."""
    optimizer = Adadelta(model.parameters())

    def step():
        optimizer.step()
        optimizer.zero_grad()

    return [optimizer], step


def step_in_backward(model):
    """Give each parameter an optimizer of its own; after backward nothing is left to do."""
    optimizers = {param: Adadelta([param]) for param in model.parameters()}

    def step(param):
        optimizers[param].step()
        optimizers[param].zero_grad()  # sets param.grad to None, which frees it

    for param in model.parameters():
        param.register_post_accumulate_grad_hook(step)
    return list(optimizers.values()), lambda: None


def train(prepare):
    """Train a new model; return it, its optimizers, the losses, and the peak size of all grads."""
    model, sizes, losses = make_model(), [], []

    def measure(_):
        grads = [param.grad for param in model.parameters() if param.grad is not None]
        sizes.append(sum(grad.nbytes for grad in grads))

    for param in model.parameters():
        param.register_post_accumulate_grad_hook(measure)  # runs before the hook that steps
    optimizers, after_backward = prepare(model)
    random = torch.Generator().manual_seed(0)
    for _ in range(args.steps):
        batch = torch.randint(len(labels), (64,), generator=random).to(args.device)
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        after_backward()
        losses.append(loss.item())
    return model, optimizers, losses, max(sizes)


peaks, models = {}, {}
for prepare in (step_after_backward, step_in_backward):
    name = prepare.__name__
    models[name], optimizers, losses, peaks[name] = train(prepare)
    line = f"loss {losses[0]:.3f} to {losses[-1]:.3f}, gradients {peaks[name] / 1e6:.2f} MB at most"
    print(f"{name}, {len(optimizers)} optimizers: {line}")
equal = all(map(torch.equal, *(model.parameters() for model in models.values())))
print(f"weights of both trainings are equal, bit for bit: {equal}")
if not args.torch:
    kernels = {str(row.kernel) for optimizer in optimizers for row in optimizer.explain()}
    print("kernels:", *sorted(kernels))
