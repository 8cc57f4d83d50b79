"""Plots of the benchmarks."""

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter, ScalarFormatter

from adadelta_gen.bench import bandwidth, iterations, launches, limit
from adadelta_gen.bench.suite import Report
from adadelta_gen.spec import specs_of

_COLORS = [f"C{i}" for i in range(10) if i != 7]  # the grey looks like a grid line


def plot(report: Report, path: Path) -> None:
    """Plot the step time of every rival, one group of bars per case, on a logarithmic axis."""
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
    _save(figure, path)


def plot_bandwidth(report: bandwidth.Report, path: Path) -> None:
    """Plot the fraction of the copy bandwidth that each kernel reaches, one bar each."""
    timings = report.timings
    figure = Figure(figsize=(7.0, 1.2 + 0.2 * len(timings)), layout="constrained")
    axes = figure.subplots()
    drawn = axes.barh([t.kernel for t in timings], [100 * t.share for t in timings])
    axes.bar_label(drawn, [f"{100 * t.share:.1f}" for t in timings], fontsize=6)
    axes.axvline(100, color="black", linewidth=0.8)
    axes.invert_yaxis()
    axes.tick_params(axis="y", labelsize=6)
    axes.set_xlabel("bandwidth, % of that of a copy of as many bytes")
    axes.set_title(str(report.environment.get("gpu", "")), fontsize=8)
    _save(figure, path)


def plot_launches(report: launches.Report, path: Path) -> None:
    """Plot host and GPU time of a step, one pair of bars per rival and number of tensors."""
    timings = report.timings
    figure = Figure(figsize=(7.0, 1.2 + 0.4 * len(timings)), layout="constrained")
    axes = figure.subplots()
    bars = {
        "host": [1e6 * timing.host_seconds for timing in timings],
        "GPU": [1e6 * timing.gpu_seconds for timing in timings],
    }
    for shift, (what, microseconds) in zip((-0.2, 0.2), bars.items(), strict=True):
        places = [position + shift for position in range(len(timings))]
        drawn = axes.barh(places, microseconds, 0.4, label=what)
        axes.bar_label(drawn, [f"{value:.3g}" for value in microseconds], fontsize=6)
    names = [f"{t.rival}\n{t.tensors} of {t.elements}" for t in timings]
    axes.set_yticks(range(len(timings)), names, fontsize=6)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("step, median (us)")
    axes.set_title(str(report.environment.get("gpu", "")), fontsize=8)
    axes.legend(fontsize=7)
    _save(figure, path)


def plot_iterations(report: iterations.Report, path: Path) -> None:
    """Plot the time of an iteration and of its step, one panel per model."""
    models = list(dict.fromkeys(timing.model for timing in report.timings))
    figure = Figure(figsize=(1.5 + 3.0 * len(models), 4.0), layout="constrained")
    panels = figure.subplots(1, len(models), squeeze=False)[0]
    for axes, model in zip(panels, models, strict=True):
        own = [timing for timing in report.timings if timing.model == model]
        names = [timing.rival.replace(" ", "\n") for timing in own]
        steps = [1e3 * timing.step_seconds for timing in own]
        rest = [1e3 * timing.seconds - step for timing, step in zip(own, steps, strict=True)]
        axes.bar(names, rest, label="zero_grad, forward, backward")
        drawn = axes.bar(names, steps, bottom=rest, label="step")
        axes.bar_label(drawn, [f"{timing.ratio:.2f}x" for timing in own], fontsize=7)
        axes.tick_params(axis="x", labelsize=6)
        axes.set_title(model, fontsize=9)
    panels[0].set_ylabel("iteration, median (ms)")
    panels[0].legend(fontsize=7, loc="lower left")
    environment = report.environment
    figure.suptitle(f"{environment['cpu']}, {environment['threads']} threads", fontsize=9)
    _save(figure, path)


def plot_limit(report: limit.Report, path: Path) -> None:
    """Plot bytes per second over elements, one panel per number of threads, bare loops dashed."""
    timings = [t for t in report.timings if t.tensors == 1]
    drawn = [t for t in timings if not t.disturbed]
    threads = sorted({t.threads for t in drawn})
    kernels = {t.kernel: f"{_format(t.kernel)}: {t.bytes_an_element} bytes" for t in drawn}
    figure = Figure(figsize=(1.5 + 5.0 * len(threads), 6.0), layout="constrained")
    panels = figure.subplots(1, len(threads), squeeze=False, sharex=True, sharey=True)[0]
    for axes, n in zip(panels, threads, strict=True):
        for i, (kernel, label) in enumerate(kernels.items()):
            own = [t for t in drawn if (t.kernel, t.threads) == (kernel, n)]
            elements = [t.elements for t in own]
            color = _COLORS[i % len(_COLORS)]
            marker = "os^"[i // len(_COLORS) % 3]
            speeds = [t.bandwidth / 1e9 for t in own], [t.bare_bandwidth / 1e9 for t in own]
            axes.plot(elements, speeds[0], f"{marker}-", color=color, label=label, markersize=4)
            axes.plot(elements, speeds[1], "--", color=color, linewidth=1)
        axes.set_title(f"{n} thread{'s' * (n > 1)}", fontsize=9)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("elements")
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("read and written (GB/s)")
    panels[0].yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    panels[0].yaxis.set_major_formatter(ScalarFormatter())
    panels[0].yaxis.set_minor_formatter(NullFormatter())
    title = f"{report.environment['cpu']}: kernels, and dashed a bare loop over as many bytes"
    if left_out := len(timings) - len(drawn):
        title += f"\nleft out: {left_out} on several threads, which other programs disturbed"
    figure.suptitle(title, fontsize=9)
    labelled = panels[0].get_legend_handles_labels()
    figure.legend(*labelled, fontsize=7, ncols=2 * len(threads), loc="outside lower center")
    _save(figure, path)


def _format(kernel: str) -> str:
    (spec,) = (spec for spec in specs_of("cpu") if spec.name == kernel)
    return spec.description.replace(", minimize, no weight decay", "")


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def _machine(report: Report) -> str:
    environment = report.environment
    if report.device != "cpu":
        return str(environment["gpu"])
    return f"{environment['cpu']}, {environment['threads']} threads"
