"""Text recognition: a CNN and an LSTM read strings of digits, trained with CTC loss.

Scene-text recognition is where Adadelta is used most. CRNN and its successors train with the
settings below: lr=1, rho=0.95, eps=1e-8, and gradients clipped to a norm of 5. The images here are
strings of 3 to 6 handwritten digits, pasted side by side with random gaps and heights. The strings
for the test are made of digits that no training string contains.

    python ocr_ctc.py [--steps 600] [--device cuda] [--torch]
"""

import argparse

import torch
from sklearn.datasets import load_digits
from torch import nn

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--steps", type=int, default=600)
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

BATCH, MAX_NORM = 32, 5.0
SHORTEST, LONGEST = 3, 6
HEIGHT, WIDTH = 12, 64
BLANK = 10  # CTC's extra class, after the ten digits

images, labels = load_digits(return_X_y=True)
images = torch.tensor(images, dtype=torch.float32).view(-1, 8, 8) / 16
labels = torch.tensor(labels)
TRAIN, TEST = range(1437), range(1437, 1797)
random = torch.Generator().manual_seed(0)


def integer(low, high):
    """Return a random integer, ``low`` and ``high`` included."""
    return int(torch.randint(low, high + 1, (), generator=random))


def strings(digits, count):
    """Return images ``(count, 1, HEIGHT, WIDTH)``, their labels in one row, and their lengths."""
    canvas = torch.zeros(count, 1, HEIGHT, WIDTH)
    lengths = [integer(SHORTEST, LONGEST) for _ in range(count)]
    targets = []
    for image, length in zip(canvas, lengths, strict=True):
        left = integer(0, 3)
        for _ in range(length):
            digit, top = digits[integer(0, len(digits) - 1)], integer(0, HEIGHT - 8)
            image[0, top : top + 8, left : left + 8] = images[digit]
            targets.append(labels[digit])
            left += 8 + integer(0, 2)
    return canvas.to(args.device), torch.stack(targets), torch.tensor(lengths)


class Recognizer(nn.Module):
    """Images to log-probabilities ``(WIDTH / 2, batch, 11)``."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d((2, 1)),  # the width is CTC's time axis: keep its resolution
        )
        self.sequence = nn.LSTM(64 * HEIGHT // 4, 96, bidirectional=True)
        self.classes = nn.Linear(2 * 96, BLANK + 1)

    def forward(self, images):
        columns = self.features(images).flatten(1, 2).permute(2, 0, 1)
        return self.classes(self.sequence(columns)[0]).log_softmax(dim=2)


def read(log_probs):
    """Take the most likely class of each column, without repetitions and blanks."""
    for column in log_probs.argmax(dim=2).T.cpu():
        changes = column.unique_consecutive()
        yield changes[changes != BLANK]


torch.manual_seed(0)
model = Recognizer().to(args.device)
settings = {"lr": 1.0, "rho": 0.95, "eps": 1e-8}
if args.torch:
    optimizer = torch.optim.Adadelta(model.parameters(), **settings)
else:
    # max_grad_norm clips while the kernels read the gradients: clip_grad_norm_ is not needed.
    optimizer = adadelta_gen.Adadelta(model.parameters(), **settings, max_grad_norm=MAX_NORM)
ctc = nn.CTCLoss(blank=BLANK, zero_infinity=True)

losses, norms = [], []
for step in range(1, args.steps + 1):
    batch, targets, lengths = strings(TRAIN, BATCH)
    log_probs = model(batch)
    loss = ctc(log_probs, targets.to(args.device), [len(log_probs)] * BATCH, lengths.tolist())
    optimizer.zero_grad()
    loss.backward()
    if args.torch:
        norm = nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
        optimizer.step()
    else:
        optimizer.step()
        norm = optimizer.grad_norm
    losses.append(loss.item())
    norms.append(norm.item())
    if step % 100 == 0 or step == args.steps:
        clipped = sum(norm > MAX_NORM for norm in norms[-100:])
        print(f"step {step}: loss {losses[-1]:.3f}, norm {norms[-1]:.2f}, clipped {clipped}")

model.eval()
with torch.no_grad():
    batch, targets, lengths = strings(TEST, 200)
    wanted = targets.split(lengths.tolist())
    found = list(read(model(batch)))
right = sum(map(torch.equal, found, wanted))
print(f"{right} of {len(wanted)} test strings read without a mistake; for example:")
for guess, truth in list(zip(found, wanted, strict=True))[:3]:
    print(f"  {''.join(map(str, truth.tolist()))} read as {''.join(map(str, guess.tolist()))}")
if not args.torch:
    print("kernels:", *sorted({str(row.kernel) for row in optimizer.explain()}))
