"""Damaged checkpoint files and folders, loaded by ours and by torch, and shown by ``explain``.

Both have to raise, or load the same and step alike; or ours refuses with an error that names the
parameter, with nothing written. ``explain`` prints the content, or an error of one or two lines.
"""

import io
import json
import logging
import pickle
import pickletools
import random
import shutil
import tempfile
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import parity.support as support
import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch import nn
from torch.distributed.checkpoint.api import CheckpointException
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict
from typer.testing import CliRunner

from adadelta_gen import Adadelta
from adadelta_gen.commands.app import app
from adadelta_gen.demo.checkpoints import CheckpointError, Checkpoints
from soak.beside import Beside
from soak.forked import forked

SHARE = 3
FILES = 10  # of a case
LONGEST = 2000  # characters of an error of `explain`
DTYPES = (torch.float32, torch.float32, torch.float64, torch.bfloat16)
SETTINGS = {"network": "MLP", "batch": 32}


# What is saved


class Net(nn.Module):
    def __init__(self, dtype: torch.dtype) -> None:
        super().__init__()
        self.first = nn.Linear(5, 4, dtype=dtype)
        self.second = nn.Linear(4, 3, bias=False, dtype=dtype)


class Training(NamedTuple):
    """A model and its optimizer, with two groups."""

    model: Net
    optimizer: torch.optim.Adadelta

    def set_grads(self, seed: int) -> None:
        for i, p in enumerate(self.model.parameters()):
            p.grad = support.random(*p.shape, dtype=p.dtype, seed=100 * seed + i)

    def dicts(self) -> tuple[Any, Any]:
        return self.model.state_dict(), self.optimizer.state_dict()


def training(kind: Any, dtype: torch.dtype, steps: int = 2) -> Training:
    """Return a training with the same weights for each call, after some steps."""
    model = Net(dtype)
    with torch.no_grad():
        for i, p in enumerate(model.parameters()):
            p.copy_(support.random(*p.shape, dtype=p.dtype, seed=i))
    groups = [
        {"params": list(model.first.parameters())},
        {"params": list(model.second.parameters()), "weight_decay": 0.1},
    ]
    made = Training(model, kind(groups, lr=0.5))
    for step in range(steps):
        made.set_grads(step)
        made.optimizer.step()
    return made


# Formats. ``save`` makes a file or a folder; ``load`` loads it into a training.


def _save_file(content: Callable[[Training], Any], **options: Any) -> Any:
    def save(made: Training, path: Path) -> None:
        torch.save(content(made), path, **options)

    return save


def _load_file(take: Callable[[Training, Any], object], **options: Any) -> Any:
    def load(made: Training, path: Path) -> None:
        take(made, torch.load(path, weights_only=True, **options))

    return load


def _all(made: Training) -> dict[str, Any]:
    model, optimizer = made.dicts()
    return {"epoch": 3, "model": model, "optimizer": optimizer}


def _take_all(made: Training, content: Any) -> None:
    made.model.load_state_dict(content["model"])
    made.optimizer.load_state_dict(content["optimizer"])


def _optimizer(made: Training) -> Any:
    return made.optimizer.state_dict()


def _take_optimizer(made: Training, content: Any) -> None:
    made.optimizer.load_state_dict(content)


def _save_folder(made: Training, path: Path) -> None:
    model, optimizer = get_state_dict(made.model, made.optimizer)
    dcp.save({"model": model, "optimizer": optimizer}, checkpoint_id=path, no_dist=True)


def _load_folder(made: Training, path: Path) -> None:
    model, optimizer = get_state_dict(made.model, made.optimizer)
    content = {"model": model, "optimizer": optimizer}
    dcp.load(content, checkpoint_id=path, no_dist=True)
    set_state_dict(made.model, made.optimizer, model_state_dict=model, optim_state_dict=optimizer)


@contextmanager
def _process_group() -> Any:
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    try:
        yield
    finally:
        dist.destroy_process_group()


def _save_demo(made: Training, path: Path) -> None:
    with _process_group():
        Checkpoints(path, SETTINGS).save(2, made.model, made.optimizer)


def _load_demo(made: Training, path: Path) -> None:
    with _process_group():
        if not Checkpoints(path, SETTINGS).load(made.model, made.optimizer):
            raise FileNotFoundError("no complete checkpoint")


FORMATS: dict[str, tuple[Any, Any]] = {
    "optimizer": (_save_file(_optimizer), _load_file(_take_optimizer)),
    "model and optimizer": (_save_file(_all), _load_file(_take_all)),
    "mapped": (_save_file(_all), _load_file(_take_all, mmap=True)),
    "legacy": (
        _save_file(_all, _use_new_zipfile_serialization=False),
        _load_file(_take_all),
    ),
    "distributed": (_save_folder, _load_folder),
    "demo": (_save_demo, _load_demo),
}
FOLDERS = ("distributed", "demo")


# Damages: functions of the content of a file


def _flipped(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 3, 8])):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _span(dice: random.Random, data: bytes) -> tuple[int, int]:
    begin = dice.randrange(len(data))
    return begin, min(len(data), begin + dice.choice([1, 2, 4, 8, 64, 1000]))


def _cut(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.choice([0, 1, 2, 3, dice.randrange(len(data)), len(data) - 1])]


def _removed(dice: random.Random, data: bytes) -> bytes:
    begin, end = _span(dice, data)
    return data[:begin] + data[end:]


def _inserted(dice: random.Random, data: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    begin, end = _span(dice, data)
    piece = dice.choice([b"\0" * 8, dice.randbytes(5), data[begin:end], b"\n"])
    return data[:at] + piece + data[at:]


def _overwritten(dice: random.Random, data: bytes) -> bytes:
    begin, end = _span(dice, data)
    fill = dice.choice([b"\0", b"\xff", dice.randbytes(1)]) * (end - begin)
    return data[:begin] + fill + data[end:]


def _moved(dice: random.Random, data: bytes) -> bytes:
    a, b = sorted(dice.sample(range(len(data) + 1), 2))
    c = dice.randrange(b, len(data) + 1)
    return data[:a] + data[b:c] + data[a:b] + data[c:]


RAW = (_flipped, _flipped, _flipped, _cut, _removed, _inserted, _overwritten, _moved)


def _with_entries(data: bytes, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    """Write a zip file again, with other entries and right checksums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    edit(entries)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def _damaged_entry(dice: random.Random, data: bytes) -> bytes:
    def edit(entries: dict[str, bytes]) -> None:
        name = dice.choice(sorted(name for name in entries if entries[name]))
        entries[name] = dice.choice(RAW)(dice, entries[name])

    return _with_entries(data, edit)


def _other_entries(dice: random.Random, data: bytes) -> bytes:
    def edit(entries: dict[str, bytes]) -> None:
        a, b = dice.sample(sorted(entries), 2)
        what = dice.choice(["exchange", "remove", "empty", "rename", "longer", "shorter"])
        if what == "exchange":
            entries[a], entries[b] = entries[b], entries[a]
        elif what == "remove":
            del entries[a]
        elif what == "empty":
            entries[a] = b""
        elif what == "rename":
            entries[a + "x"] = entries.pop(a)
        elif what == "longer":
            entries[a] += entries[b]
        else:
            entries[a] = entries[a][: len(entries[a]) // 2]

    return _with_entries(data, edit)


def edited_pickle(dice: random.Random, data: bytes) -> bytes:
    """Change, remove, repeat or exchange instructions of a pickle; the rest stays readable."""
    # The beginnings of all instructions of the pickles that follow one another, and the end.
    begins, at = [], 0
    try:
        while at < len(data):
            stream = io.BytesIO(data[at:])
            begins += [at + position for _, _, position in pickletools.genops(stream)]
            at += stream.tell()
    except ValueError:  # a file of the former format ends with the elements of the tensors
        pass
    pieces = [data[a:b] for a, b in zip(begins, [*begins[1:], at], strict=True)]
    rest = data[at:]
    for _ in range(dice.choice([1, 1, 2, 4])):
        i = dice.randrange(2, len(pieces))
        what = dice.choice(["argument", "argument", "argument", "remove", "repeat", "exchange"])
        if what == "argument":
            pieces[i] = _other_argument(dice, pieces[i])
        elif what == "remove":
            pieces[i] = b""
        elif what == "repeat":
            pieces[i] *= 2
        else:
            j = dice.randrange(2, len(pieces))
            pieces[i], pieces[j] = pieces[j], pieces[i]
    return b"".join(pieces) + rest


WORDS = ("step", "square_avg", "acc_delta", "state", "params", "lr", "cpu", "cuda:0", "meta", "0")
OBJECTS = (0, 1, -1, 2, 7, 255, 1 << 31, -(1 << 31), 1 << 40, 1 << 62, None, True, False, 0.5, -1.0)


def _other_argument(dice: random.Random, piece: bytes) -> bytes:
    """Return an instruction that pushes another number or text; others are changed in a byte."""
    code = piece[:1]
    if code in b"KMJ\x8a\x88\x89NG":  # integers, bools, None and floats
        value = dice.choice([*OBJECTS, float("nan"), float("inf"), 1e300, 1e-45])
        return pickle.dumps(value, 2)[2:-1]
    if code in b"X\x8c":
        return pickle.dumps(dice.choice(WORDS), 2)[2:-1].partition(b"q")[0]
    changed = bytearray(piece)
    if changed:
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _edited_entry(dice: random.Random, data: bytes) -> bytes:
    def edit(entries: dict[str, bytes]) -> None:
        name = next(name for name in entries if name.endswith("data.pkl"))
        entries[name] = edited_pickle(dice, entries[name])

    return _with_entries(data, edit)


DAMAGES: dict[str, tuple[Callable[[random.Random, bytes], bytes], ...]] = {
    "zip": (*RAW, *(_damaged_entry, _other_entries, _edited_entry, _edited_entry) * 3),
    "legacy": (*RAW, *(edited_pickle,) * 6),
    "metadata": (*RAW, *(edited_pickle,) * 6),
    "other": RAW,
}


def damage(dice: random.Random, path: Path) -> str:
    """Damage a file, or a file of a folder; return how."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        file = dice.choice(files)
        if dice.random() < 0.1:
            what = dice.choice(["removed", "a folder", "exchanged"])
            other = dice.choice(files)
            old = file.read_bytes()
            if what == "exchanged":
                file.write_bytes(other.read_bytes())
                other.write_bytes(old)
            else:
                file.unlink()
                if what == "a folder":
                    file.mkdir()
            return f"{file.name} {what}"
    else:
        file = path
    data = file.read_bytes()
    kind = "metadata" if file.name == ".metadata" else "other"
    if not path.is_dir():
        kind = "zip" if data.startswith(b"PK") else "legacy"
    change = dice.choice(DAMAGES[kind])
    for _ in range(dice.choice([1, 1, 1, 2])):
        try:
            data = change(dice, data)
        except (ValueError, IndexError, zipfile.BadZipFile):  # damaged by the first change
            break
        if not data:
            break
    file.write_bytes(data)
    return f"{file.name} {change.__name__.strip('_')}"


# Trials


def _load_and_step(
    load: Callable[[Training, Path], None], path: Path, dtype: torch.dtype, options: dict[str, Any]
) -> str:
    """Load a checkpoint into both, and take two steps."""
    ours = training(lambda groups, **own: Adadelta(groups, **own, **options), dtype, 0)
    theirs = training(torch.optim.Adadelta, dtype, 0)
    by_id = {id(made.optimizer): made for made in (ours, theirs)}
    pair = Beside(ours.optimizer, theirs.optimizer, "state_dtype" in options)
    word = pair.load(lambda optimizer: load(by_id[id(optimizer)], path))
    if word != "loaded":
        return f"loading: {word}"
    if "state_dtype" in options and _shares_memory(theirs.optimizer):
        return "loaded, memory is shared"  # by torch's states only: ours were converted
    for step in range(2):
        for made in (ours, theirs):
            made.set_grads(10 + step)
        word = pair.step()
        if word != "as torch's":
            return word
    return word


def _shares_memory(optimizer: torch.optim.Optimizer) -> bool:
    """Whether two averages share memory, as damaged offsets can make them."""
    averages = [
        state[key]
        for state in optimizer.state.values()
        for key in ("square_avg", "acc_delta")
        if isinstance(state.get(key), torch.Tensor)
    ]
    spans = sorted((t.data_ptr(), t.data_ptr() + t.numel() * t.element_size()) for t in averages)
    return any(end > begin for (_, end), (begin, _) in pairwise(spans))


def _only_torch(load: Callable[[Training, Path], None], path: Path, dtype: torch.dtype) -> str:
    made = training(torch.optim.Adadelta, dtype, 0)
    try:
        load(made, path)
        for step in range(2):
            made.set_grads(10 + step)
            made.optimizer.step()
    except (Exception, CheckpointException) as error:
        return type(error).__name__
    return "loaded"


def _demo(path: Path, dtype: torch.dtype) -> str:
    """The demo has to load the checkpoint or raise the error that its command prints."""
    try:
        _load_demo(training(Adadelta, dtype, 0), path)
    except CheckpointError as error:
        text = str(error)
        assert len(text.splitlines()) <= 2, f"the demo's error has more than two lines: {text}"
        return "demo: clean error"
    except FileNotFoundError:
        return "demo: no complete checkpoint"
    return "demo: loaded"


def _explained(path: Path, as_json: bool) -> str:
    arguments = ["explain", str(path), *(["--json"] if as_json else [])]
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code == 0:
        assert not result.stderr, f"explain printed {result.stderr}"
        if as_json:
            json.loads(result.stdout)
        return "explain: shown"
    assert result.exit_code == 1, f"explain: exit status {result.exit_code}: {result.output}"
    text = result.stderr
    assert text.startswith("error: "), text
    assert len(text.splitlines()) <= 2, f"explain's error has more than two lines: {text}"
    assert len(text) < LONGEST, f"explain's error has {len(text)} characters: {text[:200]}..."
    return "explain: clean error"


OPTIONS: tuple[dict[str, Any], ...] = (
    *({}, {}, {}, {"fused": True}, {"nonfinite": "skip"}, {"max_grad_norm": 1e9}),
    {"state_dtype": torch.bfloat16},
)


def case(seed: int) -> Counter[str]:
    """Damage ten checkpoints, and try each in children."""
    dice = random.Random(seed)
    words: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FILES):
            words += _tried(dice, Path(folder) / str(number))
    return words


def _tried(dice: random.Random, folder: Path) -> Counter[str]:
    name = dice.choice(sorted(FORMATS))
    save, load = FORMATS[name]
    dtype = dice.choice(DTYPES)
    kind = dice.choice([Adadelta, torch.optim.Adadelta])
    # Each option of a group has to be in a distributed checkpoint.
    options = {} if name in FOLDERS else dice.choice(OPTIONS)
    folder.mkdir()
    path = folder / "saved"
    made = training(kind, dtype)
    saved = forked(lambda: _quiet(lambda: save(made, path)))
    assert saved == (None, "", ""), f"saving: {saved}"
    how = damage(dice, path)
    as_json = dice.random() < 0.5
    about = f"{name}, {dtype}, saved by {kind.__module__}, {options}, {how}"
    tries: list[tuple[str, Callable[[], str]]] = [
        ("explain", lambda: _explained(path, as_json)),
        ("load", lambda: _load_and_step(load, path, dtype, options)),
    ]
    if name == "demo":
        tries[1:] = [("demo", lambda: _demo(path, dtype)), *tries[1:]]
    words: Counter[str] = Counter()
    for what, work in tries:
        ended = forked(lambda work=work: _quiet(work))
        assert not ended.error, f"{about}: {what}: {ended.error}"
        if ended.death:
            alone = forked(lambda: _quiet(lambda: _only_torch(load, path, dtype)))
            assert alone.death, f"{about}: {what}: {ended.death}, torch alone: {alone}"
            words[f"torch alone ended with {alone.death}"] += 1
            continue
        words[ended.result] += 1
    shutil.rmtree(folder)
    return words


def _quiet(work: Callable[[], Any]) -> Any:
    """Call a function without warnings and log messages of torch."""
    logging.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work()
