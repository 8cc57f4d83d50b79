"""`make docs` builds the site without a warning, with all pages, pictures and public names."""

import re
import subprocess
import sys

import pytest
from snippets import DOCS, ROOT, pages

import adadelta_gen

pytest.importorskip("sphinx", reason="needs the extra docs")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    output = tmp_path_factory.mktemp("site")
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (options,) = re.findall(r"^\t\$\(RUN\) sphinx (.*) -b html -d \S+ docs build/docs$", text, re.M)
    command = [sys.executable, "-m", "sphinx", *options.split(), "-q", "-d", output / "read"]
    command += ["-b", "html", DOCS, output / "html"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return output / "html"


def test_every_page_is_built_and_can_be_searched(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    for page in pages():
        if page.startswith("docs/"):
            name = page.removeprefix("docs/").removesuffix(".md")
            assert (site / f"{name}.html").exists()
            assert f'"{name}"' in index


def test_every_public_name_is_in_the_reference(site):
    text = (site / "api.html").read_text(encoding="utf-8")
    for name in adadelta_gen.__all__:
        assert f'id="adadelta_gen.{name}"' in text
    for method in ("step", "explain", "diagnostics", "grad_norm", "skipped"):
        assert f'id="adadelta_gen.Adadelta.{method}"' in text


def test_every_command_is_on_its_page(site):
    from adadelta_gen.commands.app import app

    text = (site / "commands.html").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert len(names) > 5
    for name in names:
        assert f'id="adadelta-gen-{name}"' in text


def test_pictures_are_copied_and_described(site):
    for page in site.rglob("*.html"):
        for tag in re.findall(r"<img [^>]*>", page.read_text(encoding="utf-8")):
            (source,) = re.findall(r'src="([^"]+)"', tag)
            (description,) = re.findall(r'alt="([^"]*)"', tag)
            assert (page.parent / source).exists()
            assert len(description) > 10
