"""The folder of checkpoints: complete and partial checkpoints, removal, and foreign files."""

import json

import pytest
import torch

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)

from adadelta_gen.demo.checkpoints import complete, remove_old, remove_partial

FOREIGN = (
    "step-12",
    "step-0000011",
    "step-000012.old",
    "step-0000013.partial",
    "step-000013.partial.bak",
    "xstep-000014",
)


def make(folder, *names):
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "settings.json").write_text(json.dumps({}))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_newest_checkpoint_is_the_last(tmp_path):
    make(tmp_path, "step-000090", "step-1000000", "step-000009")
    assert list(complete(tmp_path)) == [9, 90, 1000000]
    assert complete(tmp_path)[90] == tmp_path / "step-000090"


def test_a_missing_folder_has_no_checkpoints(tmp_path):
    assert complete(tmp_path / "none") == {}
    remove_partial(tmp_path / "none")
    remove_old(tmp_path / "none")
    assert names(tmp_path) == []


def test_only_complete_checkpoints_count(tmp_path):
    make(tmp_path, "step-000003", "step-000004.partial", *FOREIGN)
    (tmp_path / "step-000005").mkdir()  # without settings
    (tmp_path / "step-000006").write_text("a file")
    (tmp_path / "step-000007").symlink_to(tmp_path / "step-000003")
    assert complete(tmp_path) == {3: tmp_path / "step-000003"}


def test_only_partial_checkpoints_are_removed(tmp_path):
    make(tmp_path, "step-000003", "step-000004.partial", "step-1000000.partial", *FOREIGN)
    make(tmp_path, "elsewhere/step-000001.partial")
    (tmp_path / "step-000005.partial").write_text("a file")
    (tmp_path / "step-000006.partial").symlink_to(tmp_path / "elsewhere")
    remove_partial(tmp_path)
    kept = ["elsewhere", "step-000003", "step-000005.partial", "step-000006.partial", *FOREIGN]
    assert names(tmp_path) == sorted(kept)
    assert names(tmp_path / "elsewhere") == ["step-000001.partial"]


def test_the_two_newest_checkpoints_and_foreign_files_are_kept(tmp_path):
    make(tmp_path, "step-000003", "step-000006", "step-000009", "step-000010", *FOREIGN)
    (tmp_path / "step-000001").mkdir()  # without settings
    remove_old(tmp_path)
    assert names(tmp_path) == sorted(["step-000001", "step-000009", "step-000010", *FOREIGN])


def test_a_partly_removed_checkpoint_is_partial(tmp_path, monkeypatch):
    def die(path):
        raise KeyboardInterrupt

    make(tmp_path, "step-000003", "step-000006", "step-000009")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", die)
        with pytest.raises(KeyboardInterrupt):
            remove_old(tmp_path)
    assert list(complete(tmp_path)) == [6, 9]
    remove_partial(tmp_path)
    assert names(tmp_path) == ["step-000006", "step-000009"]
