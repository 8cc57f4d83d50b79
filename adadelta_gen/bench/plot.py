"""Step time of every rival on every case, as a picture."""

from pathlib import Path

from matplotlib.figure import Figure

from adadelta_gen.bench.suite import Report


def plot(report: Report, path: Path) -> None:
    """Draw one group of bars a case on a logarithmic axis."""
    results = report.results
    names = list(dict.fromkeys(t.rival for result in results for t in result.timings))
    width = 0.8 / len(names)
    figure = Figure(figsize=(max(6.0, 1.8 * len(results)), 4.5), layout="constrained")
    axes = figure.subplots()
    for i, name in enumerate(names):
        bars = [
            (position + (i + 0.5) * width - 0.4, timing)
            for position, result in enumerate(results)
            for timing in result.timings
            if timing.rival == name
        ]
        drawn = axes.bar(
            [x for x, _ in bars], [1e3 * timing.seconds for _, timing in bars], width, label=name
        )
        axes.bar_label(drawn, [f"{timing.ratio:.3g}x" for _, timing in bars], fontsize=6)
    axes.set_yscale("log")
    axes.set_ylabel("step, median (ms)")
    axes.set_xticks(range(len(results)), [f"{r.title}\n{r.dtype}" for r in results], fontsize=7)
    axes.set_title(_machine(report), fontsize=8)
    axes.legend(fontsize=7)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def _machine(report: Report) -> str:
    environment = report.environment
    if report.device != "cpu":
        return str(environment["gpu"])
    return f"{environment['cpu']}, {environment['threads']} threads"
