"""Sharpness-aware minimization (SAM) around Adadelta: two backward passes a step.

SAM (Foret et al., 2021) looks for weights whose neighbourhood has a low loss: it moves the weights
by `radius` along the gradient, computes the gradient there, moves back, and steps with that second
gradient. (The paper calls the radius rho; Adadelta's rho is another number.) Half of the training
labels are wrong here: the plain optimizer learns many of them by heart, SAM fewer.

    python sam.py [--steps 3000] [--device cuda] [--torch]
"""

import argparse

import torch
from sklearn.datasets import load_digits
from torch import nn

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=3000)
parser.add_argument("--radius", type=float, default=1.0, help="default: %(default)s")
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small


class SAM:
    """Wrap an optimizer. ``step`` takes a closure that clears the grads, then computes them."""

    def __init__(self, optimizer, radius):
        self.optimizer = optimizer
        self.radius = radius

    def step(self, closure):
        """Take one step and return the loss at the weights before it."""
        loss = closure()
        before = self.climb()
        closure()
        self.descend(before)
        return loss

    @torch.no_grad()
    def climb(self):
        """Move the weights by ``radius`` along the gradient; return what they were."""
        params = [p for p in self.params() if p.grad is not None]
        norm = nn.utils.get_total_norm([p.grad for p in params])
        before = [(p, p.clone()) for p in params]
        for p in params:
            p.add_(p.grad * (self.radius / (norm + 1e-12)))
        return before

    @torch.no_grad()
    def descend(self, before):
        """Restore the weights, and step with the gradient of the place they were moved to."""
        for p, value in before:
            p.copy_(value)
        self.optimizer.step()

    def params(self):
        return (p for group in self.optimizer.param_groups for p in group["params"])


images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32, device=args.device) / 16
labels = torch.tensor(labels)
random = torch.Generator().manual_seed(0)
wrong = torch.rand(1437, generator=random) < 0.5
labels[:1437][wrong] = torch.randint(10, (int(wrong.sum()),), generator=random)
labels = labels.to(args.device)


def train(radius):
    """Train a new model, with SAM unless the radius is 0; return the optimizer and the results."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 10)).to(args.device)
    kind = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
    optimizer = kind(model.parameters(), lr=1.0)
    stepper = SAM(optimizer, radius) if radius else optimizer
    random = torch.Generator().manual_seed(0)
    losses = []
    for _ in range(args.steps):
        batch = torch.randint(1437, (128,), generator=random).to(args.device)

        def closure(batch=batch):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            return loss

        losses.append(stepper.step(closure).item())
    with torch.no_grad():
        right = (model(images).argmax(dim=1) == labels).float()
    return optimizer, losses, right[:1437].mean().item(), right[1437:].mean().item()


results = {}
for radius in (0.0, args.radius):
    name = f"SAM, radius {radius}" if radius else "plain"
    optimizer, losses, on_train, on_test = results[name] = train(radius)
    line = f"accuracy {on_train:.1%} on its noisy training labels, {on_test:.1%} on test data"
    print(f"{name}: loss {losses[-1]:.3f}, {line}")
if not args.torch:
    print("kernels:", *sorted({str(row.kernel) for row in optimizer.explain()}))
