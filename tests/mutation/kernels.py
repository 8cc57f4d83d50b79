"""Mutants of the update rule, of the loops around it, and of what they call."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from kernels.mutations import all_mutations, noticed

from mutation.judged import Judged


def judged(every: int) -> Iterator[Judged]:
    for mutation in all_mutations()[::every]:
        with tempfile.TemporaryDirectory() as folder:
            how = noticed(mutation, Path(folder))
        yield Judged(f"kernels: {mutation.kind}", str(mutation), how)
