"""The Trainer of Hugging Face trains with it as with torch's Adadelta."""

import functools

import pytest
import torch
from snippets import run_snippet
from torch.utils.data import Dataset

from adadelta_gen import Adadelta
from trainers.comparison import KINDS, RESUMPTIONS, assert_near, assert_same, distance, outcome
from trainers.digits import BATCH, digits

transformers = pytest.importorskip("transformers", reason="the extra `trainers` is not installed")
pytest.importorskip("accelerate", reason="the extra `trainers` is not installed")

STEPS, HALF = 18, 8  # HALF is in the middle of an epoch


class Digits(Dataset):
    """Digits as sentences: every fourth pixel is a word, its grey one of 17."""

    def __init__(self):
        images, self.labels = digits()
        self.words = (images.flatten(1)[:, ::4] * 16).long()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return {"input_ids": self.words[index], "labels": self.labels[index]}


def bert():
    # Not a ViT: transformers 5.23 does not find its weights in the checkpoint that it wrote.
    torch.manual_seed(0)
    return transformers.BertForSequenceClassification(
        transformers.BertConfig(
            vocab_size=17,
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=16,
            num_labels=10,
        )
    )


def trainer(make, by_class=True, half=False, **options):
    arguments = {
        "max_steps": STEPS,
        "per_device_train_batch_size": BATCH,
        "weight_decay": 1e-3,
        "lr_scheduler_type": "linear",
        "warmup_steps": 4,
        "save_strategy": "no",
        "report_to": "none",
        "disable_tqdm": True,
        "use_cpu": True,
        **options,
    }
    model = bert()
    chosen = (
        {"optimizer_cls_and_kwargs": (make, {"lr": 1.0})}
        if by_class
        else {"optimizers": (make(model.parameters(), lr=1.0, weight_decay=1e-3), None)}
    )
    made = transformers.Trainer(
        model,
        transformers.TrainingArguments("out", **arguments),
        train_dataset=Digits(),
        **chosen,
    )
    if half:  # what fp16=True is on a GPU; the first scales overflow
        made.accelerator.native_amp = True
        made.accelerator.scaler = torch.amp.GradScaler("cpu", init_scale=2.0**20)
    return made


def trained(made, resume=None):
    made.train(resume_from_checkpoint=resume)
    return outcome(made.optimizer.optimizer)


# Arguments, and how far a parameter may be from torch's. Of five seeds, the farthest was: 1.2e-7,
# an ulp of a LayerNorm's weight, in float32; 5.2e-6 with autocast, where the last bit of a weight
# may tip its rounding to 16 bits. (Torch's own, from weights that begin an ulp beside, ends as far
# from itself: 1.8e-7 and 6.4e-6.)
CASES = {
    "plain": ({"max_grad_norm": 0}, 5e-7),
    "optimizers": ({"max_grad_norm": 0, "by_class": False}, 5e-7),
    "norm": ({"max_grad_norm": 0.1}, 5e-7),
    "accumulation": ({"max_grad_norm": 0, "gradient_accumulation_steps": 2}, 5e-7),
    "bf16": ({"max_grad_norm": 0, "bf16": True}, 2e-5),
    "fp16": ({"max_grad_norm": 0, "fp16": True, "half": True}, 2e-5),
    "fp16 and norm": ({"max_grad_norm": 0.1, "fp16": True, "half": True}, 2e-5),
}


@functools.cache
def uninterrupted(kind, case):
    return trained(trainer(KINDS[kind], **CASES[case][0]))


@pytest.mark.parametrize("case", CASES)
def test_goes_where_torch_goes(case):
    ours, theirs = (uninterrupted(kind, case) for kind in KINDS)
    assert_near(ours, theirs, CASES[case][1])
    if case not in ("plain", "optimizers"):
        assert distance(ours, uninterrupted("ours", "plain")) > 0, "the option does nothing"


class StopInTheMiddle(transformers.TrainerCallback):
    def on_step_end(self, args, state, control, **_):
        control.should_save = control.should_training_stop = state.global_step == HALF


@pytest.mark.parametrize(
    ("first", "second", "case"),
    [(*kinds, "plain") for kinds in RESUMPTIONS] + [("ours", "ours", "fp16")],
)
def test_resumes(first, second, case):
    """Exactly where ours goes on with ours; a checkpoint of either goes into the other."""
    options, tolerance = CASES[case]
    interrupted = trainer(KINDS[first], **options)
    interrupted.add_callback(StopInTheMiddle)
    interrupted.train()
    resumed = trained(trainer(KINDS[second], **options), f"out/checkpoint-{HALF}")
    if first == second:
        assert_same(resumed, uninterrupted(first, case))
    else:
        assert_near(resumed, uninterrupted("torch", case), tolerance)


def test_the_trainer_sets_the_weight_decay():
    """In two groups, of which one is spared; the lr is ours."""
    made = trainer(Adadelta, learning_rate=0.5)
    groups = made.create_optimizer().param_groups
    assert [(g["lr"], g["weight_decay"]) for g in groups] == [(1.0, 1e-3), (1.0, 0.0)]


def test_fp16_on_the_cpu_is_float32():
    assert_same(
        trained(trainer(Adadelta, fp16=True, max_grad_norm=0)), uninterrupted("ours", "plain")
    )


# The Trainer pins the batches in memory for a GPU, also where there is none.
@pytest.mark.filterwarnings("ignore:'pin_memory' argument is set as true:UserWarning:torch")
def test_the_example_runs():
    trainer = run_snippet("trainers.md", "Transformers")["trainer"]
    assert outcome(trainer.optimizer.optimizer).states[0]["step"] == 16
