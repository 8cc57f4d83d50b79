"""Every Python example of README.md, of docs and of the other pages runs."""

import pytest
from snippets import ROOT, pages, python_of, run_snippet, snippets_of

# Pages whose examples other tests run, because they need ranks, a GPU or a trainer, or because
# their results are checked.
TESTS = {
    "docs/cuda.md": ["cuda/test_guide.py"],
    "docs/distributed.md": ["distributed/test_guide.py"],
    "docs/trainers.md": [
        "trainers/test_accelerate.py",
        "trainers/test_lightning.py",
        "trainers/test_transformers.py",
    ],
    "docs/tuning.md": ["diagnostics/test_guide.py"],
}


@pytest.mark.parametrize(
    "page", [page for page in pages() if python_of(page) and page not in TESTS]
)
def test_the_examples_of_a_page_run(page, tmp_path, monkeypatch):
    # One after the other, as a reader would type them: a later one may use names of an earlier one.
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    for snippet in python_of(page):
        if not snippet.why_not_run:
            snippet.run(names)


@pytest.mark.parametrize("page", TESTS)
def test_the_examples_of_the_other_pages_are_in_their_tests(page):
    texts = [(ROOT / "tests" / path).read_text(encoding="utf-8") for path in TESTS[page]]
    assert python_of(page)
    for snippet in python_of(page):
        assert snippet.why_not_run or any(f'"{snippet.section}"' in text for text in texts)


def test_python_blocks_are_marked_as_python():
    # A block with another name for Python, or with none, would not be run.
    for page in pages():
        for snippet in snippets_of(page):
            where = f"{page}, line {snippet.line}"
            assert snippet.language not in ("py", "python3", "Python", "pycon"), where
            is_python = "import torch" in snippet.code or "adadelta_gen import" in snippet.code
            assert not is_python or snippet.language in ("python", "diff"), where


PAGE = """\
# Title

```python
x = 1
```

## Section

- In a list:

  <!-- not run: needs two GPUs -->
  ```python
  x = undefined
  ```

```
x is 1
```
"""


def test_blocks_are_found_wherever_they_are(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr("snippets.ROOT", tmp_path)
    first, second, third = snippets_of("docs/page.md")
    assert (first.section, first.line, first.code) == ("Title", 4, "x = 1\n")
    assert (second.section, second.line, second.code) == ("Section", 13, "x = undefined\n")
    assert [one.why_not_run for one in (first, second, third)] == ["", "needs two GPUs", ""]
    assert python_of("docs/page.md") == [first, second]
    assert run_snippet("page.md", "Title")["x"] == 1
    with pytest.raises(NameError):
        run_snippet("page.md", "Section")
