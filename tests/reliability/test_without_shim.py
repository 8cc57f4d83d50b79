"""If torch lacks a function that native code calls, torch updates everything, with a warning."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import torch
from parity.support import Pair, kernels, random, reasons

from adadelta_gen import Adadelta
from adadelta_gen.native import abi, shim
from adadelta_gen.registry import target
from adadelta_gen.step import kinds, native_call
from reliability.child import run

pytestmark = pytest.mark.filterwarnings("ignore:torch, not adadelta_gen, updates:UserWarning")
NO_LIBRARY = "torch's CPU library was not found on this platform"
NO_FUNCTION = "torch's CPU library lacks a function that the native step calls"
NO_LAYOUT = "the layout of torch's Python objects is unknown"
NO_GIL = "the objects of this Python, which has no GIL, have another layout than in the IR"
MISSING = {
    "libtorch": NO_LIBRARY,
    "getters": NO_FUNCTION,
    "functions": NO_FUNCTION,
    "handle_offset": NO_LAYOUT,
    "type_offset": NO_LAYOUT,
    "BYTES_WORD": NO_GIL,
}


@pytest.fixture
def forget():
    """Return a function that clears the caches of all look-ups; also called afterwards."""

    found = (
        *(shim.getters, shim.functions, shim.grad_words, shim.unavailable),
        *(shim.dtype_number, shim.device_numbers, shim.strided_number),
        *(kinds._kind, native_call.words_of_the_process),
    )

    def clear():
        for function in found:
            function.cache_clear()

    yield clear
    clear()


@pytest.fixture(params=MISSING)
def missing(request, monkeypatch, forget):
    """Remove a function; return the reason that is reported."""
    with monkeypatch.context() as patch:
        forget()
        patch.setattr(shim, request.param, lambda *_: None)
        yield MISSING[request.param]


def test_torch_updates_everything(missing):
    pair = Pair([random(4), random(6)[::2], random(3)], weight_decay=0.1)
    pair.step(3)
    assert kernels(pair.ours) == [None] * 3
    assert set(reasons(pair.ours)) == {missing}
    assert target("cpu").unavailable() == missing


def test_fused_raises(missing):
    pair = Pair([random(4), random(3)], fused=True)
    pair.random_grads()
    before = [p.detach().clone() for p in pair.params]
    with pytest.raises(RuntimeError, match=f"parameters of group 0: {re.escape(missing)}"):
        pair.ours.step()
    assert all((p == old).all() for p, old in zip(pair.params, before, strict=True))
    assert not pair.ours.state or not any(s["step"] for s in pair.ours.state.values())


@pytest.mark.parametrize("missing", MISSING)
def test_a_process_without_the_function_from_the_start(missing):
    """Values cached for all optimizers must not need it either."""
    why = run(
        """
        import sys
        import warnings
        import torch
        from adadelta_gen import Adadelta
        from adadelta_gen.native import shim

        setattr(shim, sys.argv[1], lambda: None)
        warnings.simplefilter("ignore", UserWarning)
        p, q = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
        ours, torchs = Adadelta([p]), torch.optim.Adadelta([q])
        for _ in range(2):
            p.grad = q.grad = torch.ones(3)
            ours.step()
            torchs.step()
        assert torch.equal(p, q)
        assert ours.state[p]["step"] == 2
        print(ours.explain()[0].why)
        """,
        missing,
    )
    assert why.strip() == MISSING[missing]


@pytest.mark.parametrize("word", abi.TORCH_FUNCTIONS)
def test_a_library_without_a_function(word, monkeypatch, forget):
    monkeypatch.setitem(abi.TORCH_FUNCTIONS, word, "no_such_function")
    forget()
    pair = Pair([random(4), random(3)])
    pair.step(2)  # versions are checked, too
    assert set(reasons(pair.ours)) == {NO_FUNCTION}
    pair.random_grads(skip=[0])
    pair.step_with_grads()


@pytest.mark.parametrize("getter", range(len(abi.GETTERS)), ids=abi.GETTERS.__getitem__)
def test_a_library_without_a_getter(getter, monkeypatch, forget):
    names = list(abi.GETTERS)
    names[getter] = "no_such_function"
    monkeypatch.setattr(abi, "GETTERS", tuple(names))
    forget()
    pair = Pair([random(4), random(3)])
    pair.step(2)
    assert set(reasons(pair.ours)) == {NO_FUNCTION}


def test_a_library_in_which_grads_are_not_to_be_found(monkeypatch, forget):
    """Kernels still update: Python reads the grads."""
    monkeypatch.setattr(shim, "grad_words", lambda: None)
    forget()
    pair = Pair([random(4), random(6), random(3)], fused=True)
    pair.step(3)
    pair.random_grads(skip=[1])
    pair.step_with_grads()
    pair.step_with_grads()
    pair.step(2)


def test_no_library(monkeypatch, forget):
    monkeypatch.setattr(shim, "libtorch", lambda *_: None)
    forget()
    assert shim.getters() is None
    assert shim.functions() is None
    assert shim.unavailable() == NO_LIBRARY


def test_nothing_is_missing_on_this_platform(forget):
    forget()
    assert shim.unavailable() == ""
    assert kernels(Adadelta([random(3).requires_grad_()])) == ["adadelta_cpu_float32_min_nowd"]


def test_there_is_one_warning(missing, recwarn):
    native_call._warn.cache_clear()
    for _ in range(2):
        Pair([random(4), random(3)]).step(2)
    said = [str(warning.message) for warning in recwarn]
    assert said.count(f"torch, not adadelta_gen, updates all parameters: {missing}") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/maps")
def test_a_second_copy_of_torchs_library_is_not_loaded(tmp_path, monkeypatch):
    """Programs frozen by PyInstaller may contain one; loading it would end the process."""
    name = "libtorch_cpu.so"
    library = Path(torch.__file__).parent / "lib"
    copy = tmp_path / "lib" / name
    copy.parent.mkdir()
    shutil.copy(library / "libtorch_global_deps.so", copy)  # smaller, and could be loaded
    monkeypatch.setattr(torch, "__file__", str(tmp_path / "__init__.py"))
    found = shim.libtorch.__wrapped__()
    assert getattr(found, abi.GETTERS[0])
    assert str(copy) not in Path("/proc/self/maps").read_text(encoding="utf-8")
