"""`bench --case code`: both codes are the expected ones; not the speed."""

import json

import pytest
import torch

from adadelta_gen.bench import code
from adadelta_gen.generate.toolchain import missing
from adadelta_gen.spec import specs_of

pytestmark = pytest.mark.skipif(bool(missing("ll")), reason=f"needs {missing('ll')}")
SPECS = (specs_of("cpu")[0], specs_of("cpu")[-1])  # float16, which has two conversions, and float64


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_both_codes_give_the_same_bits(spec):
    results = []
    for function in code.functions(spec):
        job = code.Job(spec, 1000)
        before = [tensor.clone() for tensor in job.tensors]
        job.run(function)
        assert not torch.equal(job.tensors[0], before[0])
        assert torch.equal(job.tensors[1], before[1])
        results.append(job.tensors)
    for ours, theirs in zip(*results, strict=True):
        assert torch.equal(ours, theirs)


def test_command_writes_table_and_figures(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(code, "SIZES", (64,))
    monkeypatch.setattr(code, "ROUND_ELEMENTS", 64)
    run = code.run
    monkeypatch.setattr(code, "run", lambda announce: run(announce, SPECS))
    output = tmp_path / "code.json"
    result = invoke("bench", "--case", "code", "--output", output)
    assert result.exit_code == 0, result.output
    report = json.loads(output.read_text(encoding="utf-8"))
    assert [timing["kernel"] for timing in report["timings"]] == [spec.name for spec in SPECS]
    for timing in report["timings"]:
        assert min(timing["of_ir"], timing["of_numba"], timing["ratio"]) > 0
        assert timing["kernel"] in result.stdout
