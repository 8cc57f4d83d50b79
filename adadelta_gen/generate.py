"""Render ``templates/`` into ``generated/``, or prove that they are in step.

Nothing here imports generated code, so a broken generated file can always be repaired.
"""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

from adadelta_gen.cuda import ptx
from adadelta_gen.layout import (
    GENERATED,
    MANIFEST,
    TEMPLATES,
    digest,
    replace_file,
    template_digests,
)
from adadelta_gen.spec import ALL_SPECS, TARGETS, KernelSpec


def environment(templates: Path = TEMPLATES) -> jinja2.Environment:
    """Return the jinja2 environment of the build: a misspelt name in a template raises."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def render(spec: KernelSpec, templates: Path = TEMPLATES) -> str:
    """Return the source text of one kernel.

    Raises:
        jinja2.TemplateError: a template is missing, malformed or uses an undefined name.
    """
    return _render(spec, environment(templates))


def _render(spec: KernelSpec, prepared: jinja2.Environment) -> str:
    return prepared.get_template(f"{spec.target}.py.j2").render(spec=spec)


def render_all(templates: Path = TEMPLATES) -> dict[str, str]:
    """Return every file of ``generated/`` by its path relative to that folder."""
    prepared = environment(templates)  # one for all: it compiles a template once
    package = prepared.get_template("package.py.j2")
    files = {"__init__.py": package.render(place="")}
    for target in TARGETS:
        files[f"{target}/__init__.py"] = package.render(place=f" of the {target} target")
    kernels = {
        spec.name: (f"{spec.target}/{spec.name}.py", _render(spec, prepared)) for spec in ALL_SPECS
    }
    files.update(kernels.values())
    manifest = {
        "kernels": {name: digest(text) for name, (_, text) in kernels.items()},
        "templates": template_digests(templates),
    }
    files[MANIFEST] = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    return files


@dataclass(frozen=True)
class Difference:
    """One file of ``generated/`` that is not what the templates say: missing, stale or changed."""

    path: str
    kind: str
    diff: str


def differences(generated: Path = GENERATED, templates: Path = TEMPLATES) -> list[Difference]:
    """Compare ``generated/`` with what the templates render; nothing found means in step."""
    expected = render_all(templates)
    present = dict(_present(generated))
    found = []
    for path in sorted(expected.keys() | present.keys()):
        want, have = expected.get(path), present.get(path)
        if want == have:
            continue
        kind = "missing" if have is None else "stale" if want is None else "changed"
        diff = difflib.unified_diff(
            (have or "").splitlines(keepends=True),
            (want or "").splitlines(keepends=True),
            f"generated/{path}",
            f"templates -> {path}",
        )
        found.append(Difference(path, kind, "".join(diff)))
    return found


def write(generated: Path = GENERATED, templates: Path = TEMPLATES) -> list[Difference]:
    """Make ``generated/`` what the templates say and return what had to change.

    Everything is rendered before the first byte is written; each file is replaced atomically.
    """
    expected = render_all(templates)
    changed = differences(generated, templates)
    for difference in changed:
        path = generated / difference.path
        if difference.kind == "stale":
            path.unlink()
        else:
            replace_file(path, expected[difference.path])
    return changed


def _present(generated: Path) -> Iterator[tuple[str, str]]:
    compiled = ptx.files(generated)  # from sources, not from templates: ptx.py answers for them
    for path in generated.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path not in compiled:
            text = path.read_bytes().decode("utf-8", errors="replace")
            yield path.relative_to(generated).as_posix(), text
