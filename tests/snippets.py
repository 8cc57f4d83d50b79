"""The Python examples of the Markdown pages, and the means to run them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NOT_RUN = re.compile(r"<!-- not run: (.+?) -->\s*$")


@dataclass(frozen=True)
class Snippet:
    """A fenced block of code.

    Args:
        page: its path relative to the root of the repository.
        section: title of the heading above it.
        line: of its first line of code, from 1.
        language: the word after the opening fence, or an empty string.
        code: without the fences.
        why_not_run: from a line ``<!-- not run: REASON -->`` directly before it; empty without one.
    """

    page: str
    section: str
    line: int
    language: str
    code: str
    why_not_run: str

    def run(self, names: dict[str, Any]) -> None:
        """Execute the code with ``names`` as its globals; tracebacks show the page and the line."""
        code = "\n" * (self.line - 1) + self.code
        exec(compile(code, str(ROOT / self.page), "exec"), names)


@cache
def pages() -> tuple[str, ...]:
    """Return the paths of all pages that people read, relative to the root of the repository."""
    found = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


@cache
def tokens_of(page: str) -> list[Token]:
    """Return a page as markdown-it reads it."""
    markdown = MarkdownIt("commonmark").enable("table")
    return markdown.parse((ROOT / page).read_text(encoding="utf-8"))


@cache
def snippets_of(page: str) -> tuple[Snippet, ...]:
    """Return the fenced blocks of a page, in their order."""
    found, section, before = [], "", None
    for token in tokens_of(page):
        if token.type == "inline" and before is not None and before.type == "heading_open":
            section = token.content
        if token.type == "fence":
            assert token.map is not None
            is_marked = before is not None and before.type == "html_block"
            marker = NOT_RUN.search(before.content) if before is not None and is_marked else None
            language = token.info.split()[0] if token.info.strip() else ""
            why_not = marker.group(1) if marker else ""
            line = token.map[0] + 2
            found.append(Snippet(page, section, line, language, token.content, why_not))
        before = token
    return tuple(found)


def python_of(page: str) -> list[Snippet]:
    """Return the blocks of a page that are Python."""
    return [snippet for snippet in snippets_of(page) if snippet.language == "python"]


def run_snippet(page: str, title: str) -> dict[str, Any]:
    """Execute the Python of the section of a page in docs with this title; return its names."""
    (snippet,) = (one for one in python_of(f"docs/{page}") if one.section == title)
    names: dict[str, Any] = {"__name__": "__main__"}
    snippet.run(names)
    return names
