"""The example of docs/tuning.md runs."""

import math

from snippets import DOCS, run_snippet


def test_the_example_of_the_guide_runs(capsys):
    names = run_snippet("tuning.md", "What diagnostics() measures")
    assert names["numbers"].keys() == names["found"].as_dict().keys()
    assert all(map(math.isfinite, names["numbers"].values()))
    assert "0.weight" in capsys.readouterr().out


def test_every_number_is_in_the_guide():
    text = (DOCS / "tuning.md").read_text(encoding="utf-8")
    names = run_snippet("tuning.md", "What diagnostics() measures")
    for key in names["numbers"]:
        _, name, *part = key.split("/")
        assert f"`{name}`" in text
        assert all(f"`{of}`" in text for of in part)
