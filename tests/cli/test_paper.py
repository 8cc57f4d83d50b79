"""`paper`: its trainings, the files that the command writes, and the tables of docs/paper.md."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import torch

from adadelta_gen.demo import paper
from adadelta_gen.demo.data import bundled
from adadelta_gen.demo.paper import ALL_EPS, ALL_RHO, PAPER, Settings, StoppedError, Training, train
from adadelta_gen.demo.paper_report import Report, ReportError, markdown, picture, read, start

from .test_digits import write

DOCS = Path(__file__).parents[2] / "docs"
SETTINGS = Settings("relu", 40, "adadelta_gen", 1e-6, 0.95, seed=0)
SMALL = ("--eps", "1e-6", "--rho", "0.9", "--rho", "0.95", "--updates", 3)

pytestmark = pytest.mark.usefixtures("one_thread")


def figures(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def mnist(tmp_path):
    """Return a folder in MNIST's format with five images."""
    return write(tmp_path / "mnist")


@pytest.fixture
def trained(monkeypatch):
    """Train in this process; return the settings of all trainings."""
    found = []

    def run(all_settings, folder, jobs, finished):
        digits = paper.load(folder)
        for settings in all_settings:
            finished(train(settings, digits))
            found.append(settings)

    monkeypatch.setattr(paper, "run", run)
    return found


def test_paper_figures():
    relu, tanh = PAPER["relu"], PAPER["tanh"]
    assert list(relu) == list(product(ALL_EPS, ALL_RHO))
    assert (relu[1e-2, 0.9], relu[1e-2, 0.99]) == (2.59, 2.32)
    assert (relu[1e-6, 0.95], relu[1e-8, 0.9], relu[1e-8, 0.99]) == (1.83, 2.29, 2.00)
    assert tanh == {(1e-6, 0.95): 2.00}


def test_six_epochs_of_60000_images_are_3600_updates():
    class Sixty:
        train_labels = torch.zeros(60_000)

    assert paper.updates(paper.EPOCHS, Sixty) == 3600


def test_same_settings_same_result():
    digits = bundled()
    assert train(SETTINGS, digits) == train(SETTINGS, digits)


# The train loss changes by 5e-4 of itself (rho) or more.
@pytest.mark.parametrize(
    "other",
    [{"activation": "tanh"}, {"updates": 41}, {"eps": 1e-4}, {"rho": 0.99}, {"seed": 1}],
    ids=lambda other: next(iter(other)),
)
def test_every_setting_matters(other):
    digits = bundled()
    changed = train(replace(SETTINGS, **other), digits).train_loss
    assert changed != pytest.approx(train(SETTINGS, digits).train_loss, rel=1e-4)


# After these 40 updates of 6 settings the train loss differed by 1.3e-6 of itself at most.
@pytest.mark.parametrize("activation", paper.ACTIVATIONS)
def test_both_optimizers_train_alike(activation):
    ours = replace(SETTINGS, activation=activation)
    ours, theirs = (train(s, bundled()) for s in (ours, replace(ours, optimizer="torch")))
    assert theirs.train_loss == pytest.approx(ours.train_loss, rel=1e-5)
    assert theirs.test_error == ours.test_error


def test_training_lowers_the_error():
    after = train(replace(SETTINGS, updates=120), bundled())
    assert after.test_error < 0.15  # of 10 classes; 0.067 was measured
    assert 0 < after.train_loss < 0.5


def test_command_writes_tables_figures_and_picture(invoke, mnist, tmp_path, trained):
    output = tmp_path / "new" / "paper.md"
    both = ("--optimizer", "adadelta_gen", "--optimizer", "torch")
    result = invoke("paper", "--data", mnist, *SMALL, *both, "--seeds", 2, "--output", output)
    assert result.exit_code == 0, result.output
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    report = figures(output.with_suffix(".json"))
    assert report["environment"]["torch"] == torch.__version__
    (command,) = report["commands"]
    assert "--updates 3 --eps 1e-06 --rho 0.9 --rho 0.95 --seeds 2" in command
    keys = [(row["optimizer"], row["rho"], row["seed"]) for row in report["trainings"]]
    assert keys == list(product(("adadelta_gen", "torch"), (0.9, 0.95), (0, 1)))
    assert [(s.optimizer, s.rho, s.seed) for s in trained] != keys
    assert [s.seed for s in trained] == [0] * 4 + [1] * 4
    table = output.read_text(encoding="utf-8")
    assert result.stdout == table == markdown(read(output.with_suffix(".json")))
    assert "| 1e-6 | 0.95 | " in table
    assert "trainings" not in result.stderr, "no progress bar where nobody watches"


def test_another_run_adds_to_the_files(invoke, mnist, tmp_path, trained):
    options = ("--data", mnist, *SMALL, "--output", tmp_path / "paper.md")
    assert invoke("paper", *options, "--seeds", 1).exit_code == 0
    before = figures(tmp_path / "paper.json")["trainings"]
    trained.clear()
    assert invoke("paper", *options, "--seeds", 2).exit_code == 0
    assert [settings.seed for settings in trained] == [1, 1]
    trained.clear()
    result = invoke("paper", *options, "--seeds", 1)
    assert trained == []
    assert "mean of 2 seeds" in result.stdout
    report = figures(tmp_path / "paper.json")
    assert len(report["commands"]) == 2
    assert [row for row in report["trainings"] if row["seed"] == 0] == before


def test_json_is_all_that_is_printed(invoke, mnist, tmp_path, trained):
    output = tmp_path / "paper.md"
    result = invoke("paper", "--data", mnist, *SMALL, "--seeds", 1, "--output", output, "--json")
    assert json.loads(result.stdout) == figures(tmp_path / "paper.json")


def test_epochs_are_counted_in_updates(invoke, mnist, tmp_path, trained):
    options = ("--eps", "1e-6", "--rho", "0.9", "--seeds", 1, "--output", tmp_path / "paper.md")
    assert invoke("paper", "--data", mnist, *options).exit_code == 0
    assert invoke("paper", "--data", mnist, *options, "--epochs", 2).exit_code == 0
    assert [settings.updates for settings in trained] == [6, 2]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--epochs", 6, "--updates", 3600), 2, "give only one of"),
        (("--activation", "relo"), 2, "did you mean: relu"),
        (("--optimizer", "adadelta"), 2, "did you mean: adadelta_gen"),
        (("--output", "paper.json"), 2, "must end in .md"),
        (("--data", "nowhere"), 1, "nowhere contains none of train-images-idx3-ubyte"),
    ],
    ids=["both", "activation", "optimizer", "output", "data"],
)
def test_wrong_options_are_refused(invoke, options, code, message):
    result = invoke("paper", *options)
    assert result.exit_code == code
    assert message in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not a report of this command (JSONDecodeError"),
        ("{}", "(KeyError: 'trainings')"),
        ('{"trainings": [{"seed": 1}]}', "(TypeError"),
        ("[]", "(TypeError"),
    ],
)
def test_file_that_is_no_report_is_refused(invoke, mnist, tmp_path, content, message):
    path = tmp_path / "paper.json"
    path.write_text(content, encoding="utf-8")
    result = invoke("paper", "--data", mnist, "--output", tmp_path / "paper.md")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "choose another --output, or remove the file" in result.stderr
    assert path.read_text(encoding="utf-8") == content


def test_file_that_cannot_be_written_is_an_error_before_training(invoke, mnist, tmp_path, trained):
    (tmp_path / "file").touch()
    result = invoke("paper", "--data", mnist, "--output", tmp_path / "file" / "paper.md")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert trained == []


@pytest.mark.parametrize("name", ["data", "digest", "cpu", "torch", "adadelta-gen"])
def test_trainings_of_other_data_and_versions_do_not_mix(tmp_path, name):
    report = start(tmp_path / "paper.json", bundled())
    report.trainings[SETTINGS] = Training(SETTINGS, 0.1, 0.02)
    report.write(tmp_path / "paper.json")
    assert start(tmp_path / "paper.json", bundled()).trainings == report.trainings
    content = report.as_dict()
    (content if name in content else content["environment"])[name] = "another"
    (tmp_path / "paper.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ReportError, match=f"has trainings with {name} another"):
        start(tmp_path / "paper.json", bundled())


def test_exception_stops_the_training_that_runs(mnist):
    """The second one would take hours."""
    short = replace(SETTINGS, updates=1)
    long = replace(SETTINGS, updates=10**8)

    def finished(training):
        assert training == train(short, paper.load(mnist))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        paper.run([short, long], mnist, 1, finished)


def test_training_stops_when_told():
    answers = iter([False, False, True])
    with pytest.raises(StoppedError):
        train(SETTINGS, bundled(), lambda: next(answers))
    assert next(answers, None) is None


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_interrupted_command_writes_what_is_finished_and_continues(
    invoke, mnist, tmp_path, trained
):
    output = tmp_path / "paper.md"
    options = ("paper", "--data", mnist, *SMALL, "--output", output)
    command = [sys.executable, "-m", "adadelta_gen", *options, "--seeds", 2000, "--jobs", 1]
    process = subprocess.Popen(
        [*map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background has ignored the signal for all of them.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not (
        output.with_suffix(".json").exists() and read(output.with_suffix(".json")).trainings
    ):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
    stdout, stderr = process.communicate()  # returns when all processes have closed theirs
    assert process.returncode == 130, stderr
    assert "trainings are finished; the same command continues" in stderr
    assert "Traceback" not in stderr
    done = read(output.with_suffix(".json"))
    assert stdout == output.read_text(encoding="utf-8") == markdown(done)
    assert output.with_suffix(".png").exists()
    seeds = 1 + max(settings.seed for settings in done.trainings)
    assert invoke(*options, "--seeds", seeds + 1).exit_code == 0
    assert set(trained).isdisjoint(done.trainings)
    assert len(read(output.with_suffix(".json")).trainings) == 2 * (seeds + 1)


def made_up(errors):
    """Return a report with these test errors, by optimizer and seed, for two values of rho."""
    report = Report("few digits", "0" * 16, {})
    for (name, found), rho in product(errors.items(), (0.9, 0.95)):
        for seed, error in enumerate(found):
            settings = replace(SETTINGS, optimizer=name, rho=rho, seed=seed)
            report.trainings[settings] = Training(settings, 0.25, error)
    return report


def test_table():
    report = made_up({"adadelta_gen": [0.05, 0.07], "torch": [0.05, 0.06]})
    assert markdown(report) == (
        "Test error in percent; few digits.\n"
        "\n"
        "**relu, 40 updates**, mean of 2 seeds (least to greatest):\n"
        "\n"
        "| eps | rho | adadelta_gen | torch | Zeiler 2012, 60,000 images "
        "| train loss of adadelta_gen |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 1e-6 | 0.9 | 6.00 (5.0 to 7.0) | 5.50 (5.0 to 6.0) | 1.90 | 2.5e-01 |\n"
        "| 1e-6 | 0.95 | 6.00 (5.0 to 7.0) | 5.50 (5.0 to 6.0) | 1.83 | 2.5e-01 |\n"
        "\n"
        "adadelta_gen minus torch, the 4 pairs of trainings with the same seed: "
        "mean +0.50 percentage points, +0.0 to +1.0.\n"
    )


def test_unfinished_table_and_picture(tmp_path):
    """After an interruption, some cells have no trainings or fewer seeds than others."""
    report = made_up({"torch": [0.05]})
    alone = replace(SETTINGS, activation="tanh", eps=0.5, seed=3)
    others = [replace(alone, seed=4), replace(alone, optimizer="torch", rho=0.5)]
    for settings in (alone, *others):
        report.trainings[settings] = Training(settings, float("nan"), 0.9)
    text = markdown(report)
    assert "| eps | rho | torch | Zeiler" in text
    assert "adadelta_gen minus torch" not in text
    assert "mean of 1 seed (" in text
    assert "mean of 0 to 2 seeds" in text
    assert "| 5e-1 | 0.5 |  | 90.00 (90.0 to 90.0) |  |  |" in text
    picture(report, tmp_path / "new" / "picture.png")
    assert (tmp_path / "new" / "picture.png").read_bytes().startswith(b"\x89PNG")
    report.write(tmp_path / "paper.json")
    assert figures(tmp_path / "paper.json")["trainings"][-1]["train_loss"] is None
    assert markdown(read(tmp_path / "paper.json")) == text


def test_documented_tables_agree_with_the_figures():
    report = read(DOCS / "paper.json")
    assert report.digest == paper.digest(paper.load(None))
    page = (DOCS / "paper.md").read_text(encoding="utf-8")
    for block in markdown(report).split("\n\n"):
        assert block.strip() in page
    done = {
        (settings.optimizer, settings.eps, settings.rho, settings.seed)
        for settings in report.trainings
        if (settings.activation, settings.updates) == ("relu", 240)
    }
    assert done == set(product(("adadelta_gen", "torch"), ALL_EPS, ALL_RHO, range(5)))
    assert (DOCS / "paper.png").read_bytes().startswith(b"\x89PNG")
