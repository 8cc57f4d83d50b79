"""A program like torch's MNIST example: argparse, a scheduler, and on a CPU a GradScaler too."""

import argparse

import torch
from torch import nn, optim
from torch.nn.functional import cross_entropy
from torch.optim import Adadelta
from torch.optim.adadelta import Adadelta as FromItsModule
from torch.optim.lr_scheduler import StepLR


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1.0)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    wide = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4)).to(args.device)
    half = nn.Linear(16, 16, dtype=torch.bfloat16, device=args.device)
    groups = [
        {"params": list(wide.named_parameters())},
        {"params": [(f"half.{n}", p) for n, p in half.named_parameters()], "weight_decay": 0.01},
    ]
    optimizer = Adadelta(groups, lr=args.lr)
    assert isinstance(optimizer, optim.Adadelta)
    assert type(optimizer) is FromItsModule
    scheduler = StepLR(optimizer, step_size=1, gamma=0.7)
    # On CUDA torch cannot unscale the grads of bfloat16 parameters.
    scaler = torch.amp.GradScaler(args.device, enabled=args.device == "cpu")
    for _ in range(args.epochs):
        for _ in range(5):
            images = torch.randn(8, 16).to(args.device)
            labels = torch.randint(4, (8,)).to(args.device)
            optimizer.zero_grad()
            loss = cross_entropy(wide(half(images.bfloat16()).float()), labels)
            scaler.scale(loss).backward()
            scaler.unscale_(optimizer)
            nn.utils.clip_grad_norm_(wide.parameters(), 1.0)
            scaler.step(optimizer)
            scaler.update()
        scheduler.step()
        print(f"loss {loss.item():.4f} lr {scheduler.get_last_lr()[0]:.3f}")


if __name__ == "__main__":
    main()
