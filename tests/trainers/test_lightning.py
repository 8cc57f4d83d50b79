"""Lightning trains with it as with torch's Adadelta."""

import functools
import math
import sys

import pytest
import torch
from snippets import run_snippet
from torch import nn
from torch.optim import lr_scheduler

from adadelta_gen import Adadelta
from trainers.comparison import KINDS, RESUMPTIONS, assert_near, assert_same, distance, outcome
from trainers.digits import batches, network

lightning = pytest.importorskip("lightning", reason="the extra `trainers` is not installed")

from lightning.pytorch.plugins import MixedPrecision  # noqa: E402

pytestmark = [
    # Lightning 2.6 looks at torch's pytrees in a way that torch 2.13 announces the end of.
    pytest.mark.filterwarnings(r"ignore:`isinstance\(treespec:FutureWarning:lightning"),
    # Advice for machines with more cores, or with a GPU, than these networks need.
    pytest.mark.filterwarnings("ignore:.*does not have many workers:UserWarning:lightning"),
    pytest.mark.filterwarnings("ignore:GPU available but not used:UserWarning:lightning"),
]


class Classifier(lightning.LightningModule):
    def __init__(self, make=Adadelta):
        super().__init__()
        self.network, self.make = network(), make

    def training_step(self, batch, _):
        images, labels = batch
        return nn.functional.cross_entropy(self.network(images), labels)

    def configure_optimizers(self):
        optimizer = self.make(self.parameters(), lr=1.0, weight_decay=1e-3)
        scheduler = lr_scheduler.CosineAnnealingLR(optimizer, 50)
        return [optimizer], [{"scheduler": scheduler, "interval": "step"}]


class Manual(Classifier):
    """Lightning hands out a wrapper, of a class made of its own and ours."""

    automatic_optimization = False

    def training_step(self, batch, index):
        optimizer = self.optimizers()
        optimizer.zero_grad()
        self.manual_backward(super().training_step(batch, index))
        self.clip_gradients(optimizer, 0.1, "norm")
        optimizer.step()
        self.lr_schedulers().step()
        if isinstance(optimizer, Adadelta):
            assert all(row.kernel for row in optimizer.explain())


def fit(module, epochs=4, resume=None, **options):
    trainer = lightning.Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **options,
    )
    trainer.fit(module, batches(), ckpt_path=resume)
    return trainer


def half():
    """Return what ``precision="16-mixed"`` is on a GPU; its first scales overflow."""
    return MixedPrecision("16-mixed", "cpu", torch.amp.GradScaler("cpu", init_scale=2.0**24))


# Options, and how far a parameter may be from torch's, of the order of 0.1. Of ten seeds, the
# farthest was: 7.5e-8 in float32; 2.0e-4 and 1.4e-4 with autocast to bfloat16 and float16, where
# the last bit of a weight may tip its rounding to 16 bits (with this test's seed 4.5e-8, 1.4e-4);
# 1.9e-16 in float64; 6.8e-3 in bfloat16, where torch rounds eleven times. (Torch's own, from
# weights that begin an ulp beside, ends farther from itself: 1.4e-7 in float32, 1.2e-3 with either
# autocast, and 1.5e-4 with this test's seed and float16.)
CASES = {
    "plain": (dict, 4e-7),
    "norm": (lambda: {"gradient_clip_val": 0.1}, 4e-7),
    "value": (lambda: {"gradient_clip_val": 1e-3, "gradient_clip_algorithm": "value"}, 4e-7),
    "accumulation": (lambda: {"accumulate_grad_batches": 3}, 4e-7),
    "bf16-mixed": (lambda: {"precision": "bf16-mixed"}, 1e-5),
    "16-mixed": (lambda: {"plugins": [half()]}, 6e-4),
    "16-mixed and norm": (lambda: {"plugins": [half()], "gradient_clip_val": 0.1}, 3e-5),
    "64-true": (lambda: {"precision": "64-true"}, 4e-16),
    "bf16-true": (lambda: {"precision": "bf16-true"}, 3e-2),
}


@functools.cache
def uninterrupted(kind, case):
    """Return where four epochs lead."""
    return outcome(fit(Classifier(KINDS[kind]), **CASES[case][0]()).optimizers[0])


# Lightning moves the lr on also where the scaler has skipped the step, the very first one included.
skipped = pytest.mark.filterwarnings(
    r"ignore:Detected call of `lr_scheduler.step\(\)`:UserWarning:lightning"
)


@skipped
@pytest.mark.parametrize("case", CASES)
def test_goes_where_torch_goes(case):
    ours, theirs = (uninterrupted(kind, case) for kind in KINDS)
    assert_near(ours, theirs, CASES[case][1])
    if case != "plain":
        assert distance(ours, uninterrupted("ours", "plain")) > 0, "the option does nothing"


@skipped
@pytest.mark.parametrize("case", ["plain", "16-mixed", "bf16-true"])
@pytest.mark.parametrize(("first", "second"), RESUMPTIONS)
def test_resumes(first, second, case):
    """Exactly where ours goes on with ours; a checkpoint of either goes into the other."""
    options, tolerance = CASES[case]
    fit(Classifier(KINDS[first]), epochs=2, **options()).save_checkpoint("half.ckpt")
    trainer = fit(Classifier(KINDS[second]), resume="half.ckpt", **options())
    resumed = outcome(trainer.optimizers[0])
    if first == second:
        assert_same(resumed, uninterrupted(first, case))
    else:
        assert_near(resumed, uninterrupted("torch", case), tolerance)


@skipped
def test_a_scaler_skips_the_steps_that_overflow():
    plugin = half()
    optimizer = fit(Classifier(), plugins=[plugin]).optimizers[0]
    overflows = int(24 - math.log2(plugin.scaler.get_scale()))
    assert overflows > 0
    assert outcome(optimizer).states[0]["step"] == 4 * len(batches()) - overflows


unscaling = functools.partial(Adadelta, amp_scaling=True)


@skipped
def test_unscaling_in_the_kernel_is_the_same():
    ours = outcome(fit(Classifier(unscaling), plugins=[half()]).optimizers[0])
    assert_same(ours, uninterrupted("ours", "16-mixed"))


def test_lightning_refuses_to_clip_what_unscales_itself():
    with pytest.raises(RuntimeError, match="does not allow for gradient clipping"):
        fit(Classifier(unscaling), plugins=[half()], gradient_clip_val=0.1)


def test_half_precision_on_the_cpu_is_bfloat16():
    with pytest.warns(UserWarning, match="AMP with fp16 is not supported on CPU"):
        trainer = lightning.Trainer(accelerator="cpu", precision="16-mixed", logger=False)
    assert trainer.precision == "bf16-mixed"


@pytest.mark.parametrize("precision", ["32-true", "bf16-mixed"])
def test_manual_optimization(precision):
    runs = [fit(Manual(make), precision=precision).optimizers[0] for make in KINDS.values()]
    assert_near(*map(outcome, runs), CASES["plain" if precision == "32-true" else precision][1])


def test_a_fabric_trains_with_it():
    runs = []
    for make in KINDS.values():
        fabric = lightning.Fabric(accelerator="cpu", precision="bf16-mixed")
        model = network()
        model, optimizer = fabric.setup(model, make(model.parameters(), lr=1.0))
        for images, labels in batches():
            optimizer.zero_grad()
            fabric.backward(nn.functional.cross_entropy(model(images), labels))
            fabric.clip_gradients(model, optimizer, max_norm=0.1)
            optimizer.step()
        runs.append(outcome(optimizer.optimizer))
    assert_near(*runs, CASES["bf16-mixed"][1])


# A newcomer gets these: no TensorBoard, a short epoch, and a size computed for 32 bits.
@pytest.mark.filterwarnings("ignore:Starting from v1.9.0, `tensorboardX`:UserWarning:lightning")
@pytest.mark.filterwarnings("ignore:The number of training batches:UserWarning:lightning")
@pytest.mark.filterwarnings("ignore:Precision bf16-mixed is not:UserWarning:lightning")
def test_the_example_runs():
    trainer = run_snippet("trainers.md", "Lightning")["trainer"]
    assert outcome(trainer.optimizers[0]).states[0]["step"] == 16


class Configured(lightning.LightningModule):
    """Its optimizer is the command line's."""

    def __init__(self):
        super().__init__()
        self.network = network()

    def training_step(self, batch, _):
        images, labels = batch
        return nn.functional.cross_entropy(self.network(images), labels)

    def train_dataloader(self):
        return batches()


def optimizer_of(monkeypatch, *arguments):
    from lightning.pytorch.cli import LightningCLI

    quiet = dict.fromkeys(("logger", "enable_checkpointing", "enable_progress_bar"), False)
    options = {"max_steps": 1, "accelerator": "cpu", "enable_model_summary": False, **quiet}
    monkeypatch.setattr(sys, "argv", ["train.py", "fit", *arguments])
    cli = LightningCLI(
        Configured, trainer_defaults=options, save_config_callback=None, seed_everything_default=0
    )
    return cli.trainer.optimizers[0]


# Lightning calls a method of jsonargparse that its newest versions rename.
@pytest.mark.filterwarnings("ignore:(?s).*:DeprecationWarning:lightning.pytorch.cli")
def test_the_command_line_takes_the_full_path(monkeypatch, capsys):
    pytest.importorskip("jsonargparse", reason="the extra `trainers` is not installed")
    ours = optimizer_of(monkeypatch, "--optimizer=adadelta_gen.Adadelta", "--optimizer.lr=0.5")
    assert type(ours) is Adadelta
    assert ours.param_groups[0]["lr"] == 0.5
    with pytest.raises(SystemExit):  # there are two of that name, as docs/trainers.md says
        optimizer_of(monkeypatch, "--optimizer=Adadelta")
    assert "Adadelta" in capsys.readouterr().err
