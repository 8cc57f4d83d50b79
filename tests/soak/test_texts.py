"""The part ``texts``: one case with few damages, and a fault that it has to notice."""

import pytest

from soak.parts import texts


def test_damaged_texts_are_refused(monkeypatch):
    monkeypatch.setattr(texts, "DAMAGES", 60)
    words = texts.case(1)
    assert words.total() == 60
    assert words["refused"] > 20
    assert words["the same numbers"] > 5


def test_a_digest_that_is_not_compared_is_noticed(monkeypatch):
    def unchecked(folder):
        site = install(folder)
        module = site / "adadelta_gen" / "committed.py"
        code = module.read_text(encoding="utf-8")
        line = "    if compiled != digest(content):"
        assert code.count(line) == 1
        module.write_text(code.replace(line, "    if False:"), encoding="utf-8")
        return site

    install = texts.install
    monkeypatch.setattr(texts, "install", unchecked)
    with pytest.raises(AssertionError, match="another text was loaded"):
        texts.case(1)
