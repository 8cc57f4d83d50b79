"""Speech recognition: an LSTM classifies sequences of frames, and eps decays on a plateau.

ESPnet trains its attention models with Adadelta, rho=0.95 and eps=1e-8, clips gradients to a norm
of 5, and keeps lr=1. Instead of lr it lowers eps: after an epoch whose validation accuracy is below
the best one, it restores the best weights and multiplies eps by 0.01. The "utterances" here are
handwritten digits: each of the 8 columns of an image becomes 2 to 5 noisy frames of 8 bands.

    python speech_lstm.py [--epochs 15] [--device cuda] [--torch]
"""

import argparse
import copy

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

import adadelta_gen

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--epochs", type=int, default=15)
parser.add_argument("--steps", type=int, help="steps of an epoch (default: all training data)")
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

BATCH, MAX_NORM, EPS_DECAY = 16, 5.0, 0.01
images, labels = load_digits(return_X_y=True)
spectra = torch.tensor(images, dtype=torch.float32).view(-1, 8, 8).transpose(1, 2) / 16
labels = torch.tensor(labels)
TRAIN, VALIDATION = torch.arange(1437), torch.arange(1437, 1797)


def utterances(indices, random):
    """Return a packed batch of sequences of 16 to 40 frames, and their labels."""
    durations = torch.randint(2, 6, (len(indices), 8), generator=random)
    frames = [
        spectrum.repeat_interleave(duration, dim=0)
        for spectrum, duration in zip(spectra[indices], durations, strict=True)
    ]
    batch = pad_sequence(frames)
    batch += 0.1 * torch.randn(batch.shape, generator=random)
    packed = pack_padded_sequence(batch, durations.sum(dim=1), enforce_sorted=False)
    return packed.to(args.device), labels[indices].to(args.device)


class Classifier(nn.Module):
    """Classify a packed batch of sequences by the last state of an LSTM."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(8, 96, num_layers=2)
        self.classes = nn.Linear(96, 10)

    def forward(self, frames):
        _, (hidden, _) = self.lstm(frames)
        return self.classes(hidden[-1])


@torch.no_grad()
def accuracy():
    """Return the share of validation utterances that are classified correctly."""
    frames, wanted = utterances(VALIDATION, torch.Generator().manual_seed(1))
    return (model(frames).argmax(dim=1) == wanted).float().mean().item()


torch.manual_seed(0)
model = Classifier().to(args.device)
settings = {"lr": 1.0, "rho": 0.95, "eps": 1e-8}
if args.torch:
    optimizer = torch.optim.Adadelta(model.parameters(), **settings)
else:
    optimizer = adadelta_gen.Adadelta(model.parameters(), **settings, max_grad_norm=MAX_NORM)

random = torch.Generator().manual_seed(0)
losses, accuracies, best = [], [], None
for epoch in range(1, args.epochs + 1):
    for indices in TRAIN[torch.randperm(len(TRAIN), generator=random)].split(BATCH)[: args.steps]:
        frames, wanted = utterances(indices, random)
        loss = nn.functional.cross_entropy(model(frames), wanted)
        optimizer.zero_grad()
        loss.backward()
        if args.torch:
            nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
        optimizer.step()
        losses.append(loss.item())
    accuracies.append(accuracy())
    eps = optimizer.param_groups[0]["eps"]
    print(f"epoch {epoch}: loss {losses[-1]:.3f}, accuracy {accuracies[-1]:.1%}, eps {eps:.0e}")
    if best is None or accuracies[-1] >= best[0]:
        best = accuracies[-1], copy.deepcopy(model.state_dict())
    else:
        model.load_state_dict(best[1])
        for group in optimizer.param_groups:
            group["eps"] *= EPS_DECAY  # the next step reads it; nothing is compiled again

print(f"best accuracy: {best[0]:.1%}")
if not args.torch:
    print("kernels:", *sorted({str(row.kernel) for row in optimizer.explain()}))
