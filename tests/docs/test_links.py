"""Links between pages and to files have a target, on GitHub and on the site."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import unquote

import pytest
from snippets import ROOT, pages, tokens_of

INSIDE = [page for page in pages() if (ROOT / page).read_text(encoding="utf-8").strip()]


def inline_of(page):
    for token in tokens_of(page):
        yield from token.children or ()


def links_of(page):
    return [
        str(token.attrs[key])
        for token in inline_of(page)
        for key in ("href", "src")
        if key in token.attrs
    ]


def anchors_of(page):
    """Return the anchors that GitHub gives to the headings of a page."""
    tokens, found, seen = tokens_of(page), set(), Counter()
    for opening, title in pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(child.content for child in title.children)
            anchor = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
            seen[anchor] += 1
    return found


@pytest.mark.parametrize("page", INSIDE)
def test_links_have_a_target(page):
    for link in links_of(page):
        if re.match(r"(https?|mailto):", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: no file {path}"
        assert target.resolve().is_relative_to(ROOT), f"{page}: {path} is not in the repository"
        if anchor:
            name = target.resolve().relative_to(ROOT).as_posix()
            assert anchor in anchors_of(name), f"{page}: no heading {anchor} in {name}"


def test_pictures_have_an_alternative_text():
    for page in pages():
        for token in inline_of(page):
            assert token.type != "image" or len(token.content) > 10, f"{page}: {token.attrs['src']}"


def test_every_page_is_linked_from_the_index():
    here = {
        (ROOT / "docs" / link.partition("#")[0]).resolve()
        for link in links_of("docs/index.md")
        if not link.startswith("http")
    }
    # These only include the file of the repository that the index links.
    included = {f"docs/{name}.md" for name in ("changelog", "contributing", "security", "index")}
    linked = {path.relative_to(ROOT).as_posix() for path in here}
    assert {page for page in pages() if page.startswith("docs/")} - linked == included
