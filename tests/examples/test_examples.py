"""The programs of docs/examples train with kernels, to the same parameters as with torch."""

import re
import sys

import pytest
import torch
from distributed import torchrun

from .programs import EXAMPLES, run

DEVICES = [
    "cpu",
    pytest.param(
        "cuda",
        marks=[
            pytest.mark.cuda,
            pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device"),
        ],
    ),
]
on_each_device = pytest.mark.parametrize("device", DEVICES)

# Packages that a program imports beside torch and scikit-learn; without them it is skipped.
NEEDS = {
    "accelerate_digits.py": "accelerate",
    "lightning_digits.py": "lightning",
    "schedule_free.py": "schedulefree",
}
# The arguments of each program for some seconds of training.
SHORT = {
    "accelerate_digits.py": ["--steps", 20, "--float32"],
    "cpu_offload.py": ["--steps", 10],
    "lightning_digits.py": ["--epochs", 2],
    "ocr_ctc.py": ["--steps", 4],
    "optimizer_in_backward.py": ["--steps", 10],
    "sam.py": ["--steps", 20],
    "schedule_free.py": ["--epochs", 1],
    "speech_lstm.py": ["--epochs", 4, "--steps", 10],
}

# How far a parameter may be from where torch's Adadelta takes it, with these arguments. The
# farthest was, on a CPU: 3.0e-7 (schedule_free.py), but 2.0e-6 for ocr_ctc.py, where eps=1e-8 makes
# large steps of small gradients.
TOLERANCE = 1e-6
TOLERANCE_OCR = 8e-6

pytestmark = [
    # Lightning 2.6 uses a function of torch's pytrees that is deprecated in torch 2.13.
    pytest.mark.filterwarnings(r"ignore:`isinstance\(treespec:FutureWarning:lightning"),
    # Advice for a machine with a GPU that the test leaves unused.
    pytest.mark.filterwarnings("ignore:GPU available but not used:UserWarning:lightning"),
]


def program(name, device, *arguments):
    """Run a program for a few steps, if what it imports is installed; return its global names."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    if package := NEEDS.get(name):
        pytest.importorskip(package, reason=f"{package} is not installed")
    if name == "cpu_offload.py" and device == "cuda":
        pytest.importorskip("torchao", reason="torchao is not installed")
    return run(name, *SHORT[name], *arguments, "--device", device)


@pytest.fixture(autouse=True)
def _forget():
    """Let each program choose its device: Accelerate keeps the first one of a process."""
    yield
    state = sys.modules.get("accelerate.state")
    if state:
        state.AcceleratorState._reset_state(reset_partial_state=True)
        state.GradientState._reset_state()


def optimizers(names):
    """Return the optimizers that a program leaves, one for each parameter or one for all."""
    return names.get("optimizers") or [names["optimizer"]]


def params(names):
    groups = (group for optimizer in optimizers(names) for group in optimizer.param_groups)
    return [p.detach() for group in groups for p in group["params"]]


def kernels(names):
    """Return the kernels of the training; Lightning moves the parameters to the CPU after it."""
    if hasattr(names.get("model"), "explanation"):
        explanations = [names["model"].explanation]
    else:
        explanations = [optimizer.explain() for optimizer in optimizers(names)]
    return {row.kernel for rows in explanations for row in rows}


@on_each_device
@pytest.mark.parametrize("name", SHORT)
def test_trains_with_kernels(name, device):
    """The loss falls, a kernel updates each parameter, and on a CPU torch ends in the same place.

    On a GPU the backward passes of the LSTM, of the convolutions and of CTC add in no fixed order,
    so that two trainings with the same optimizer differ too.
    """
    ours = program(name, device)
    first, last = ours["losses"][0], ours["losses"][-1]
    assert last < first
    variant = "wd" if name == "lightning_digits.py" else "nowd"
    wanted = {f"adadelta_{device}_float32_min_{variant}"}
    if name == "cpu_offload.py":
        wanted.add("adadelta_cpu_float32_min_nowd")
    assert kernels(ours) == wanted
    if device == "cpu":
        theirs = program(name, device, "--torch")
        pairs = list(zip(params(ours), params(theirs), strict=True))
        tolerance = TOLERANCE_OCR if name == "ocr_ctc.py" else TOLERANCE
        assert max(float((p - q).abs().max()) for p, q in pairs) <= tolerance
        assert theirs["losses"][-1] < theirs["losses"][0]


def test_ocr_clips_as_clip_grad_norm_does(capsys):
    ours = program("ocr_ctc.py", "cpu")
    assert "clipped" in capsys.readouterr().out
    theirs = program("ocr_ctc.py", "cpu", "--torch")
    assert max(ours["norms"]) > ours["MAX_NORM"], "nothing is clipped"
    assert ours["norms"] == pytest.approx(theirs["norms"], rel=1e-4)


def test_speech_decays_eps_after_each_epoch_below_the_best(capsys):
    names = program("speech_lstm.py", "cpu", "--epochs", 12, "--steps", 10)
    eps, best, decayed = 1e-8, 0.0, 0
    for accuracy in names["accuracies"]:
        if accuracy < best:
            eps, decayed = eps * 0.01, decayed + 1
        best = max(best, accuracy)
    assert decayed > 0
    assert names["optimizer"].param_groups[0]["eps"] == pytest.approx(eps)
    assert f"best accuracy: {best:.1%}" in capsys.readouterr().out


def test_lightning_resumes_with_the_states_and_the_lr():
    names = program("lightning_digits.py", "cpu")
    assert names["step"] == len(names["losses"]) == 2 * 23  # batches of an epoch
    assert names["optimizer"].param_groups[0]["lr"] == pytest.approx(0.8**2)


def test_accelerate_steps_once_in_two_batches():
    names = program("accelerate_digits.py", "cpu")
    assert len(names["losses"]) == 40
    assert {int(state["step"]) for state in names["optimizer"].state.values()} == {20}


def test_step_in_backward_holds_few_gradients():
    names = program("optimizer_in_backward.py", "cpu")
    assert names["equal"]
    usual, in_backward = names["peaks"].values()
    sizes = [p.nbytes for p in params(names)]
    assert usual == sum(sizes)
    assert in_backward <= 2 * max(sizes)


def test_sam_steps_with_the_gradient_beside_the_weights():
    sam = program("sam.py", "cpu")["SAM"]
    weight = torch.nn.Parameter(torch.tensor([3.0, 4.0]))
    seen = []

    def closure():
        weight.grad = weight.detach() ** 2
        seen.append(weight.detach().clone())
        return weight.sum()

    step = sam(torch.optim.SGD([weight], lr=0.1), radius=2.0).step(closure)
    assert step == 7
    before, beside = seen
    direction = before**2 / (before**2).norm()
    torch.testing.assert_close(beside, before + 2 * direction)
    torch.testing.assert_close(weight.detach(), before - 0.1 * beside**2)


def test_schedule_free_starts_with_states_and_the_same_weights():
    make = program("schedule_free.py", "cpu")["make"]
    (plain, _, _), (wrapped, optimizer, stepper) = make(False), make(True)
    assert all(map(torch.equal, plain.parameters(), wrapped.parameters()))
    for state in optimizer.state.values():
        assert not state["square_avg"].any()
        assert not state["acc_delta"].any()
    assert stepper.base is optimizer


def test_schedule_free_ends_at_the_average_of_the_weights():
    names = program("schedule_free.py", "cpu")
    (group,) = names["optimizer"].param_groups
    assert group["k"] == len(names["losses"])
    for param, state in names["optimizer"].state.items():
        assert not torch.equal(param, state["z"])
    steps = names["losses"]
    assert sum(steps[-20:]) < sum(steps[:20]) / 2


def test_offload_on_a_cpu_reports_that_nothing_is_offloaded(capsys):
    names = program("cpu_offload.py", "cpu")
    assert "nothing is offloaded" in capsys.readouterr().out
    assert names["held"] == {"cpu": 2 * sum(p.nbytes for p in params(names))}


needs_distributed = pytest.mark.skipif(
    not torch.distributed.is_available(), reason="torch is built without torch.distributed"
)


def fsdp2(*arguments):
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    done = torchrun.run(*arguments)
    assert done.returncode == 0, done.stderr
    losses = [float(loss) for loss in re.findall(r"^step \d+: loss ([\d.]+)", done.stdout, re.M)]
    assert losses, done.stdout
    return done.stdout, losses


@needs_distributed
def test_fsdp2_on_two_ranks():
    program = [EXAMPLES / "fsdp2_digits.py", "--device", "cpu", "--steps", 60]
    output, losses = fsdp2(*program)
    assert losses[-1] < 1  # 2.3 in the beginning
    assert "rank 0 of 2 holds 92905 of 185810 elements" in output
    assert output.count("adadelta_cpu_float32_min_nowd  for a local tensor of shape") == 6
    assert "over all ranks" in output
    assert fsdp2(*program, "--torch")[1] == losses  # to the third decimal, as printed


@needs_distributed
@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device")
@pytest.mark.parametrize("offload", [[], ["--offload"]], ids=["sharded", "offloaded"])
def test_fsdp2_on_each_gpu(offload):
    ranks = f"--nproc-per-node={torch.cuda.device_count()}"
    program = [ranks, EXAMPLES / "fsdp2_digits.py", "--device", "cuda", "--steps", 60, *offload]
    output, losses = fsdp2(*program)
    assert losses[-1] < 1
    target = "cpu" if offload else "cuda"
    assert output.count(f"adadelta_{target}_float32_min_nowd") == 6


@needs_distributed
def test_fsdp2_without_torchrun_prints_the_command(monkeypatch, capsys):
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    monkeypatch.delenv("RANK", raising=False)
    with pytest.raises(SystemExit):
        run("fsdp2_digits.py")
    assert "start it with torchrun" in capsys.readouterr().err
