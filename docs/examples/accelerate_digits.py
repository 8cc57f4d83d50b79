"""Accelerate: classify handwritten digits, with bfloat16 autocast and accumulated gradients.

Two batches make one step: accumulate() leaves out the step after the first of them.

    python accelerate_digits.py [--steps 200] [--device cuda] [--torch]
"""

import argparse

import torch
from accelerate import Accelerator
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=200)
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--float32", action="store_true", help="train without autocast")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32).view(-1, 1, 8, 8) / 16
labels = torch.tensor(labels)
train, test = TensorDataset(images[:1437], labels[:1437]), (images[1437:], labels[1437:])

torch.manual_seed(0)
model = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(16 * 4 * 4, 64),
    nn.ReLU(),
    nn.Linear(64, 10),
)
kind = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
optimizer = kind(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.steps)

accelerator = Accelerator(
    cpu=args.device == "cpu",
    mixed_precision="no" if args.float32 else "bf16",
    gradient_accumulation_steps=2,
    # The scheduler is stepped once a step, not once a batch and process.
    step_scheduler_with_optimizer=False,
)
order = torch.Generator().manual_seed(0)
batches = DataLoader(train, batch_size=32, shuffle=True, drop_last=True, generator=order)
model, optimizer, batches = accelerator.prepare(model, optimizer, batches)

losses, done = [], 0
while done < args.steps:
    for inputs, wanted in batches:
        with accelerator.accumulate(model):
            loss = nn.functional.cross_entropy(model(inputs), wanted)
            accelerator.backward(loss)
            if accelerator.sync_gradients:
                norm = accelerator.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
        losses.append(loss.item())
        if accelerator.sync_gradients:
            scheduler.step()
            done += 1
            if done % 50 == 0 or done == args.steps:
                rate = scheduler.get_last_lr()[0]
                print(f"step {done}: loss {losses[-1]:.3f}, norm {norm:.2f}, lr {rate:.2f}")
            if done == args.steps:
                break

model.eval()
with torch.no_grad():
    inputs, wanted = (tensor.to(accelerator.device) for tensor in test)
    accuracy = (model(inputs).argmax(dim=1) == wanted).float().mean()
print(f"test accuracy {accuracy:.1%}")
optimizer = optimizer.optimizer  # prepare() has wrapped it
if not args.torch:
    print(optimizer.explain())
