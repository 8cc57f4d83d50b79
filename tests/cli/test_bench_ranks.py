"""`bench --ranks`: what it measures and how it evaluates it, not the speed."""

import json
import threading
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest
import torch

from adadelta_gen.bench import cases, disturbance, ranks
from adadelta_gen.bench.cases import CASES, Case
from adadelta_gen.bench.ranks import MINIMUM_ROUNDS, NAMES
from adadelta_gen.bench.rivals import parameters

TINY = Case("tiny", "tiny model", ((3, 5), (), (7,)))


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr(cases, "CASES", (TINY,))
    monkeypatch.setattr(ranks, "ROUND_SECONDS", 1e-3)


def test_command_measures_two_ranks(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(disturbance.Watch, "cpus", lambda self: 0.0)
    monkeypatch.setattr(ranks, "TOLERATED", 1e9)
    output = tmp_path / "new" / "ranks.json"
    result = invoke("bench", "--ranks", 2, "--case", "tiny", "--seconds", 0, "--output", output)
    assert result.exit_code == 0, result.output
    assert "1e+09 met" in result.stdout
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["command"].startswith("adadelta-gen bench --ranks 2 --dtype float32 --case tiny")
    assert report["ranks"] == 2
    assert report["environment"]["threads"] == 1
    assert report["environment"]["torch"] == torch.__version__
    (measured,) = report["results"]
    assert (measured["case"], measured["dtype"]) == ("tiny", "float32")
    assert (measured["elements"], measured["moved_bytes"]) == (23, 28 * 23)
    assert (measured["rounds"], measured["disturbance"]) == (MINIMUM_ROUNDS, 0)
    assert [timing["name"] for timing in measured["timings"]] == list(NAMES)
    for timing in measured["timings"]:
        assert timing["name"] in result.stdout
        for spread in (timing["alone"], timing["together"]):
            assert 0 < spread["lower"] <= spread["seconds"] <= spread["upper"]


@pytest.mark.parametrize("others", [(0.1, "missed"), (1.0, "unknown")])
def test_disturbance_by_other_programs_is_reported(invoke, tmp_path, monkeypatch, others):
    cpus, verdict = others
    timings = ranks.summary([[([1.0] * 2, [4.0] * 2)] * 3 + [([1.0] * 2, [2.0] * 2)]], 28)
    result = ranks.Result("tiny", "tiny model", "float32", 1, 28, 2, cpus, timings)
    monkeypatch.setattr(ranks, "measure", lambda *arguments: result)
    monkeypatch.setattr(disturbance.os, "cpu_count", lambda: 4)
    done = invoke("bench", "--ranks", 4, "--case", "tiny", "--output", tmp_path / "ranks.json")
    assert f"1.3 {verdict}" in done.stdout
    assert ("tiny model, float32: unreliable" in done.stderr) == (verdict == "unknown")


def times(alone, together):
    return list(zip(alone, together, strict=True))


def test_summary():
    """The medians of the first rank alone, and of the slowest rank in each round together."""
    first = times(
        [[1.0, 9.0, 2.0], [1.0] * 3, [1.0] * 3, [4.0] * 3],
        [[3.0, 3.0, 9.0], [2.0] * 3, [1.0] * 3, [6.0] * 3],
    )
    second = times([[]] * 4, [[5.0, 2.0, 4.0], [3.0] * 3, [1.0] * 3, [5.0] * 3])
    ours, adadelta, adam, copied = ranks.summary([first, second], 120)
    assert (ours.alone, ours.together) == (
        ranks.Spread(2.0, 1.5, 5.5),
        ranks.Spread(5.0, 4.0, 7.0),
    )
    assert [t.ratio for t in (ours, adadelta, adam, copied)] == [2.5, 3.0, 1.0, 1.5]
    assert [t.beside_copy for t in (ours, adadelta, adam, copied)] == [2.5 / 1.5, 2, 1 / 1.5, 1]
    assert (ours.alone_bandwidth, ours.together_bandwidth) == (60, 24)
    assert (copied.alone_bandwidth, copied.together_bandwidth) == (30, 20)
    assert adam.alone_bandwidth is adadelta.together_bandwidth is None


@pytest.mark.parametrize(("dtype", "size"), [("float32", 4), ("bfloat16", 2), ("float64", 8)])
def test_the_copy_moves_what_a_step_moves_in_the_memory_of_a_step(dtype, size):
    params = parameters(TINY, dtype)
    cells = [cell.cell_contents for cell in ranks.copy(params).__closure__]
    # Sources and targets: each byte is read once and written once.
    assert sum(tensor.nbytes for tensor in cells) == ranks.moved_bytes(TINY, dtype)
    assert ranks.moved_bytes(TINY, dtype) == 7 * 23 * size
    storages = {tensor.data_ptr(): tensor.untyped_storage().nbytes() for tensor in cells}
    assert sum(storages.values()) == 4 * 23 * size


@pytest.mark.parametrize(("seconds", "steps"), [(0.0, 2), (0.25, 4), (0.05, 2)])
def test_pace_takes_steps_for_a_time(monkeypatch, seconds, steps):
    now = [0.0]

    def step():
        now.append(now[-1] + 0.1)

    monkeypatch.setattr(ranks.time, "perf_counter", lambda: now[-1])
    assert ranks.pace(step, seconds) == pytest.approx(0.1)
    assert len(now) - 1 == steps  # one of them is not timed


class Rank(threading.Thread):
    """Records between which barriers of the ranks it takes which steps."""

    def __init__(self, number, barrier):
        super().__init__()
        self.number, self.barrier = number, barrier
        self.meetings, self.taken = 0, []

    def run(self):
        steps = [partial(self.step, "a"), partial(self.step, "b")]
        self.times = ranks._interleaved(steps, self.number == 0, 2, 0.0, self)

    def wait(self):
        self.barrier.wait()
        self.meetings += 1

    def step(self, name):
        self.taken.append((self.meetings, name))


def test_the_others_rest_while_the_first_is_alone():
    barrier = threading.Barrier(3)
    first, *others = threads = [Rank(number, barrier) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Alone goes first in one round and last in the next, and so does each program.
    order = list(enumerate("aabbbbaa", 1))
    assert list(dict.fromkeys(first.taken)) == order
    assert [tuple(map(len, pair)) for pair in first.times] == [(2, 2)] * 2
    for other in others:
        assert list(dict.fromkeys(other.taken)) == [order[i] for i in (1, 3, 4, 6)]
        assert [tuple(map(len, pair)) for pair in other.times] == [(0, 2)] * 2


def test_a_failed_rank_does_not_block_the_others(monkeypatch):
    barrier = threading.Barrier(2)
    monkeypatch.setattr(ranks, "_all_ranks", [barrier])
    with pytest.raises(AttributeError, match="float31"):
        ranks._times(TINY, "float31", True, 1, 0.0)
    with pytest.raises(threading.BrokenBarrierError):
        ranks._times(TINY, "float32", False, 1, 0.0)


def test_the_error_is_the_first_cause():
    futures = [Future(), Future()]
    futures[0].set_exception(threading.BrokenBarrierError())
    futures[1].set_exception(MemoryError("too large"))
    with pytest.raises(MemoryError, match="too large"):
        ranks._results(futures)


def test_a_killed_rank(invoke, monkeypatch, tmp_path):
    def run(*arguments):
        raise BrokenProcessPool

    monkeypatch.setattr(ranks, "run", run)
    result = invoke("bench", "--ranks", 2, "--case", "tiny", "--output", tmp_path / "ranks.json")
    assert result.exit_code == 1
    assert "a rank was killed" in result.stderr
    assert not (tmp_path / "ranks.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--device", "cuda"), "--ranks is not possible with"),
        (("--compiled",), "is not possible with"),
        (("--case", "tin"), "did you mean: tiny"),
        (("--dtype", "float31"), "did you mean: float32"),
    ],
)
def test_options_that_are_incompatible_with_ranks(invoke, options, message):
    result = invoke("bench", "--ranks", 2, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_zero_ranks_are_refused(invoke):
    result = invoke("bench", "--ranks", 0)
    assert result.exit_code == 2
    assert "--ranks" in result.stderr


def test_the_default_cases_exist():
    assert set(ranks.CASE_NAMES) <= {case.name for case in CASES}
