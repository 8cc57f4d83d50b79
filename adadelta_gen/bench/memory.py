"""What a step allocates and frees again, exact to the byte, as torch's own allocator counts it."""

import json
import os
import tempfile
from pathlib import Path

import torch
from torch.profiler import ProfilerActivity, profile

from adadelta_gen.bench.rivals import Step


def temporary_bytes(step: Step) -> int:
    """Return the peak of what torch's allocator hands out during one step."""
    os.environ.setdefault("KINETO_LOG_LEVEL", "6")  # or the profiler greets on stderr
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiler:
        step()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.json"
        profiler.export_chrome_trace(str(trace))
        events = json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]
    changes = sorted(
        (event["ts"], event["args"]["Bytes"]) for event in events if event.get("name") == "[memory]"
    )
    allocated = peak = 0
    for _, change in changes:
        allocated += change
        peak = max(peak, allocated)
    return peak


def temporary_cuda_bytes(step: Step) -> int:
    """Return the same of the current GPU's memory."""
    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    step()
    torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated() - before
