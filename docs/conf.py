"""How Sphinx builds this folder: `make docs`."""

import re
import subprocess
import sys
from pathlib import Path

import torch

from adadelta_gen import __version__

project = "adadelta_gen"
author = "adadelta_gen developers"
copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["benchmarks"]
myst_heading_anchors = 4  # GitHub's anchors, so that links to sections work on both

# There are no links to the documentation of other packages, which would need a network.
nitpick_ignore = [("py:exc", "GeneratedCodeError")]  # docstrings name it without its module
nitpick_ignore_regex = [
    ("py:.*", r"(torch|collections|typing)\..*"),
    ("py:class", r"(bool|int|float|str|tuple|dict|None|optional|Any|Tensor|Callable|iterable)"),
]
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # docstrings say the types
napoleon_custom_sections = [("Additional args", "params_style")]

smartquotes = False  # they would turn the two hyphens of --help into a dash

highlight_language = "none"  # of blocks that do not name theirs
html_theme = "furo"
pygments_dark_style = "monokai"
html_title = f"adadelta_gen {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
linkcheck_timeout = 20
copybutton_exclude = ".linenos, .gp, .go"  # not the prompt and the output of an example

# Files outside this folder, and the pages that include them. On GitHub links lead to the files.
INCLUDED = {
    "../CHANGELOG.md": "changelog.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../SECURITY.md": "security.md",
}
TORCHS = "https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html"


def edit_source(app, docname, source):
    """Adapt a page to the site, and append all help texts to the page of the commands.

    Links to the files of ``INCLUDED`` lead to their pages. Links to folders become plain text,
    because GitHub shows a folder but the site has no page for it. A heading that is a link to a
    file gets the link below it, because Sphinx cannot list such a heading.
    """
    for file, page in INCLUDED.items():
        source[0] = source[0].replace(f"]({file}", f"]({page}")
    source[0] = re.sub(r"\[([^\]\n]+)\]\((?!https?:)[^)\s]+/\)", r"\1", source[0])
    heading = r"^(#+) \[([^\]\n]+)\]\(([^)\s]+)\)$"
    source[0] = re.sub(heading, r"\1 \2\n\n[\3](\3)", source[0], flags=re.MULTILINE)
    if docname == "commands":
        command = ["typer", "adadelta_gen.commands.app", "utils", "docs", "--name", "adadelta-gen"]
        _, _, commands = _output([sys.executable, "-m", *command]).partition("\n")  # no title
        source[0] += "\n## All options\n" + re.sub("^##", "###", commands, flags=re.MULTILINE)


def _output(command):
    root = Path(__file__).parents[1]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def link_torchs_documentation(app, what, name, obj, options, lines):
    """Replace torch's documentation, which the docstring of the class ends with, by a link."""
    begin = torch.optim.Adadelta.__doc__.strip().splitlines()[0]
    for i, line in enumerate(lines):
        if begin in line:
            lines[i:] = [f"The other arguments are those of `torch.optim.Adadelta <{TORCHS}>`_."]
            return


def setup(app):
    """Called by Sphinx."""
    app.connect("source-read", edit_source)
    app.connect("autodoc-process-docstring", link_torchs_documentation, priority=100)
