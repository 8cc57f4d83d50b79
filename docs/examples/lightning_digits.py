"""Lightning: classify handwritten digits, with a scheduler, clipping, and a resumed training.

The first half of the training is saved to a checkpoint, and a second Trainer goes on from it.

    python lightning_digits.py [--epochs 10] [--device cuda] [--torch]
"""

import argparse
import logging
import tempfile
import warnings
from pathlib import Path

import lightning
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import adadelta_gen

warnings.filterwarnings("ignore", ".*does not have many workers")  # the data is in memory
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)  # not which devices it found

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--steps", type=int, default=-1, help="steps at most (default: no limit)")
parser.add_argument("--device", default="cpu", help="cpu or cuda (default: %(default)s)")
parser.add_argument("--torch", action="store_true", help="train with torch.optim.Adadelta instead")
args = parser.parse_args()
torch.set_num_threads(1)  # enough for networks this small

images, labels = load_digits(return_X_y=True)
data = TensorDataset(
    torch.tensor(images, dtype=torch.float32).view(-1, 1, 8, 8) / 16, torch.tensor(labels)
)
train, validation = (torch.utils.data.Subset(data, r) for r in (range(1437), range(1437, 1797)))


class Classifier(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(16 * 4 * 4, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )
        self.losses = []

    def training_step(self, batch, _):
        images, labels = batch
        loss = nn.functional.cross_entropy(self.network(images), labels)
        self.losses.append(loss.item())
        return loss

    def validation_step(self, batch, _):
        images, labels = batch
        right = self.network(images).argmax(dim=1) == labels
        self.log("accuracy", right.float().mean())

    def configure_optimizers(self):
        kind = torch.optim.Adadelta if args.torch else adadelta_gen.Adadelta
        optimizer = kind(self.parameters(), lr=1.0, weight_decay=1e-4)
        return [optimizer], [torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.8)]

    def on_train_end(self):  # after it, Lightning moves the model to the CPU
        if not args.torch:
            self.explanation = self.optimizers().optimizer.explain()


def fit(epochs, checkpoint=None):
    """Train a new model until ``epochs`` are done, from the checkpoint if there is one."""
    torch.manual_seed(0)
    model = Classifier()
    trainer = lightning.Trainer(
        max_epochs=epochs,
        max_steps=args.steps,
        accelerator=args.device,
        devices=1,
        gradient_clip_val=1.0,  # changes the gradients before the step reads them
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    order = torch.Generator().manual_seed(epochs)  # of the training images, per Trainer
    trainer.fit(
        model,
        DataLoader(train, batch_size=64, shuffle=True, generator=order),
        DataLoader(validation, batch_size=360),
        ckpt_path=checkpoint,
    )
    return trainer, model


with tempfile.TemporaryDirectory() as folder:
    checkpoint = Path(folder) / "half.ckpt"
    half = max(1, args.epochs // 2)
    trainer, model = fit(half)
    losses = model.losses
    trainer.save_checkpoint(checkpoint)
    print(f"epoch {half}: validation accuracy {trainer.callback_metrics['accuracy']:.1%}, saved")
    if args.epochs > half:
        trainer, model = fit(args.epochs, checkpoint)
        losses = losses + model.losses
        accuracy = trainer.callback_metrics["accuracy"]
        print(f"epoch {args.epochs}: validation accuracy {accuracy:.1%}, resumed from there")

optimizer = trainer.optimizers[0]
step = int(optimizer.state[next(model.parameters())]["step"])
print(f"{step} steps, loss {losses[0]:.3f} to {losses[-1]:.3f}")
if not args.torch:
    print(model.explanation)
