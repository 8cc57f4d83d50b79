"""The result of a distributed training as a table."""

from rich import box
from rich.table import Table

from adadelta_gen.demo.distributed import Outcome


def table(kind: str, ranks: int, network: str, outcome: Outcome) -> Table:
    """Return one row."""
    least, most = (f"{held / 1e6:.2f}" for held in outcome.held_bytes)
    seconds = outcome.step_seconds
    cells = {
        "train loss": f"{outcome.train_loss:.6f}",
        "test accuracy": f"{outcome.accuracy:.2%}",
        "step (us)": "" if seconds is None else f"{1e6 * seconds:.0f}",
        "parameters and states per rank (MB)": least if least == most else f"{least} to {most}",
    }
    result = Table("network", "distributed", box=box.MARKDOWN)
    for column in ("ranks", *cells):
        result.add_column(column, justify="right")
    result.add_row(network, kind, str(ranks), *cells.values())
    return result
