"""Accelerate trains with it as with torch's Adadelta."""

import functools

import pytest
import torch
from snippets import run_snippet
from torch import nn
from torch.optim import lr_scheduler

from trainers.comparison import KINDS, RESUMPTIONS, assert_near, assert_same, distance, outcome
from trainers.digits import batches, network

accelerate = pytest.importorskip("accelerate", reason="the extra `trainers` is not installed")

from accelerate.state import AcceleratorState, GradientState  # noqa: E402

EPOCHS, HALF = 4, 20  # HALF is in the middle of an epoch


@pytest.fixture(autouse=True)
def forgetful():
    """Let every test choose its precision: Accelerate keeps the first one of a process."""
    forget()
    yield
    forget()


def forget():
    AcceleratorState._reset_state(reset_partial_state=True)
    GradientState._reset_state()


class Training:
    """What a user writes around Accelerate."""

    def __init__(self, make, half=False, norm=None, value=None, **options):
        forget()
        self.accelerator = accelerate.Accelerator(cpu=True, **options)
        if half:  # what mixed_precision="fp16" is on a GPU; the first scales overflow
            self.accelerator.native_amp = True
            self.accelerator.scaler = torch.amp.GradScaler("cpu", init_scale=2.0**24)
        self.norm, self.value = norm, value
        model = network()
        optimizer = make(model.parameters(), lr=1.0, weight_decay=1e-3)
        scheduler = lr_scheduler.CosineAnnealingLR(optimizer, 50)
        self.model, self.optimizer, self.batches, self.scheduler = self.accelerator.prepare(
            model, optimizer, batches(), scheduler
        )
        self.done = 0

    def run(self, until=None):
        """Go on to a batch, counted from the beginning of training."""
        length = len(self.batches)
        for epoch in range(self.done // length, EPOCHS):
            rest = accelerate.skip_first_batches(self.batches, self.done - epoch * length)
            for images, labels in rest:
                self.step(images, labels)
                self.done += 1
                if self.done == until:
                    return self
        return self

    def step(self, images, labels):
        with self.accelerator.accumulate(self.model):
            loss = nn.functional.cross_entropy(self.model(images), labels)
            self.accelerator.backward(loss)
            if self.accelerator.sync_gradients and self.norm:
                self.accelerator.clip_grad_norm_(self.model.parameters(), self.norm)
            if self.accelerator.sync_gradients and self.value:
                self.accelerator.clip_grad_value_(self.model.parameters(), self.value)
            self.optimizer.step()
            self.scheduler.step()
            self.optimizer.zero_grad()

    def outcome(self):
        return outcome(self.optimizer.optimizer)


# Options, and how far a parameter may be from torch's, of the order of 0.1. Of five seeds, the
# farthest was: 1.0e-7 in float32; 2.4e-6 with bfloat16 and 2.6e-4 with float16, where the last bit
# of a weight may tip its rounding to 16 bits. (Torch's own, from weights that begin an ulp beside,
# ends as far from itself: 8.9e-8, 1.5e-7 and 1.0e-4.)
CASES = {
    "plain": ({}, 4e-7),
    "norm": ({"norm": 0.1}, 4e-7),
    "value": ({"value": 1e-3}, 4e-7),
    "accumulation": ({"gradient_accumulation_steps": 3}, 4e-7),
    "bf16": ({"mixed_precision": "bf16"}, 1e-5),
    "fp16": ({"mixed_precision": "fp16", "half": True}, 1e-3),
    "fp16 and norm": ({"mixed_precision": "fp16", "half": True, "norm": 0.1}, 1e-3),
}


@functools.cache
def uninterrupted(kind, case):
    return Training(KINDS[kind], **CASES[case][0]).run().outcome()


@pytest.mark.parametrize("case", CASES)
def test_goes_where_torch_goes(case):
    ours, theirs = (uninterrupted(kind, case) for kind in KINDS)
    assert_near(ours, theirs, CASES[case][1])
    if case != "plain":
        assert distance(ours, uninterrupted("ours", "plain")) > 0, "the option does nothing"


@pytest.mark.parametrize("case", ["plain", "fp16"])
@pytest.mark.parametrize(("first", "second"), RESUMPTIONS)
def test_resumes(first, second, case):
    """Exactly where ours goes on with ours; a checkpoint of either goes into the other."""
    options, tolerance = CASES[case]
    Training(KINDS[first], **options).run(until=HALF).accelerator.save_state("half")
    training = Training(KINDS[second], **options)
    training.accelerator.load_state("half")
    training.done = HALF
    resumed = training.run().outcome()
    if first == second:
        assert_same(resumed, uninterrupted(first, case))
    else:
        assert_near(resumed, uninterrupted("torch", case), tolerance)


def test_fp16_on_the_cpu_is_float32():
    """Accelerate keeps autocast and the scaler of fp16 for accelerators."""
    training = Training(KINDS["ours"], mixed_precision="fp16")
    assert training.optimizer.scaler is None
    assert_same(training.run().outcome(), uninterrupted("ours", "plain"))


def test_a_scaler_skips_the_steps_that_overflow():
    training = Training(KINDS["ours"], mixed_precision="fp16", half=True)
    skipped = 0
    for images, labels in training.batches:
        training.step(images, labels)
        skipped += training.optimizer.step_was_skipped
    assert skipped > 0
    assert training.outcome().states[0]["step"] == len(training.batches) - skipped


def test_the_example_runs():
    optimizer = run_snippet("trainers.md", "Accelerate")["optimizer"]
    assert outcome(optimizer.optimizer).states[0]["step"] == 8
