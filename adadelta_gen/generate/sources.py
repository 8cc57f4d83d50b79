"""Render templates to Python sources, with a manifest of their digests."""

import json
from pathlib import Path

import jinja2

from adadelta_gen.committed import template_digests
from adadelta_gen.cuda import table
from adadelta_gen.generate import files
from adadelta_gen.generate.files import MARK, Difference
from adadelta_gen.native import abi
from adadelta_gen.paths import MANIFEST, digest
from adadelta_gen.spec import ALL_SPECS, TARGETS, KernelSpec

SUFFIXES = (".py",)


def environment(templates: Path) -> jinja2.Environment:
    """Return the jinja2 environment; an undefined name in a template raises."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def render(spec: KernelSpec, templates: Path) -> str:
    """Return the source text of one kernel.

    Raises:
        jinja2.TemplateError: a template is missing, malformed or uses an undefined name.
    """
    return _render(spec, environment(templates))


def _render(spec: KernelSpec, prepared: jinja2.Environment) -> str:
    return prepared.get_template(f"{spec.target}.py.j2").render(spec=spec, abi=abi, cuda=table)


def render_all(templates: Path) -> dict[str, str]:
    """Return all sources of ``generated/``, by path relative to that folder.

    Raises:
        GeneratedCodeError: a template cannot be read.
        jinja2.TemplateError: a template is missing, malformed or uses an undefined name.
    """
    digests = template_digests(templates)
    prepared = environment(templates)  # shared: it compiles each template once
    package = prepared.get_template("package.py.j2")
    texts = {"__init__.py": package.render(place="")}
    for target in TARGETS:
        texts[f"{target}/__init__.py"] = package.render(place=f" of the {target} target")
    kernels = {
        spec.name: (f"{spec.target}/{spec.name}.py", _render(spec, prepared)) for spec in ALL_SPECS
    }
    texts.update(kernels.values())
    manifest = {
        MARK: "from templates/ by `make generate`. DO NOT EDIT.",
        "kernels": {name: digest(text) for name, (_, text) in kernels.items()},
        "templates": digests,
    }
    texts[MANIFEST] = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    return texts


def differences(generated: Path, templates: Path) -> list[Difference]:
    """Compare the sources in a folder with the rendered templates."""
    return files.differences(generated, render_all(templates), SUFFIXES)


def write(generated: Path, templates: Path) -> list[Difference]:
    """Write the rendered templates that differ and return the differences.

    Renders everything before the first write; replaces each file atomically.
    """
    return files.write(generated, render_all(templates), SUFFIXES)
