"""The table of kernels in README.md."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

from adadelta_gen.formats import DTYPES, FORMATS, Format
from adadelta_gen.generate import files
from adadelta_gen.generate.files import Difference
from adadelta_gen.paths import GeneratedCodeError
from adadelta_gen.spec import KernelSpec

README = "README.md"
BEGIN = "<!-- @generated table of kernels: run `make generate` -->"
END = "<!-- end of the table -->"
# The formats that an option selects.
OPTIONS: dict[str, Callable[[Format], bool]] = {
    "state_dtype=torch.float32": lambda f: not f.dithered and f.state_dtype != f.dtype,
    "state_dtype=torch.bfloat16": lambda f: f.dithered and f.dtype != "bfloat16",
    "dithered_rounding=True": lambda f: f.dithered and f.dtype == "bfloat16",
}


def table() -> str:
    """Return the table: one column per dtype; one row per pair of flags and per option."""
    rows = [["", *DTYPES], ["---"] * (1 + len(DTYPES))]
    for maximize, weight_decay in product((False, True), repeat=2):
        names = [KernelSpec("cpu", dtype, maximize, weight_decay).name for dtype in DTYPES]
        if len(rows) > 2:
            names = [name.replace("adadelta_cpu", "…") for name in names]
        flags = ("maximize" if maximize else "minimize") + ", weight decay" * weight_decay
        rows.append([flags, *(f"`{name}`" for name in names)])
    for option, applies in OPTIONS.items():
        rows.append([f"`{option}`", *(_ends(dtype, applies) for dtype in DTYPES)])
    rows.append(["computes in", *(KernelSpec("cpu", dtype).compute_dtype for dtype in DTYPES)])
    return "".join(f"| {' | '.join(row)} |\n".replace("|  |", "| |") for row in rows)


def _ends(dtype: str, applies: Callable[[Format], bool]) -> str:
    """Return the suffixes of the kernel names for a dtype and the formats of an option."""
    plain = len(KernelSpec("cpu", dtype).name)
    ends = [
        KernelSpec("cpu", dtype, state_dtype=f.state_dtype, dithered=f.dithered).name[plain:]
        for f in FORMATS
        if f.dtype == dtype and applies(f)
    ]
    return ", ".join(f"`…{end}`" for end in ends)


def differences(root: Path) -> list[Difference]:
    """Compare the table in a folder's README, if there is one, with the expected table.

    Raises:
        GeneratedCodeError: README is not text, or lacks the marks around the table.
    """
    return files.differences(root, _expected(root))


def write(root: Path) -> list[Difference]:
    """Update the table and return the differences; raises as ``differences``."""
    return files.write(root, _expected(root))


def _expected(root: Path) -> dict[str, str]:
    path = root / README
    if not path.is_file():  # an installed package
        return {}
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise GeneratedCodeError(f"{path} is not text in UTF-8 ({error}): restore it") from error
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise GeneratedCodeError(
            f"{path} lacks the line {BEGIN if not begin else END}, which marks the table: add it"
        )
    return {README: f"{before}{BEGIN}\n\n{table()}\n{END}{after}"}
