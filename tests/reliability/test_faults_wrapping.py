"""S13 and S14: ``step`` is wrapped as in torch; optimizers can be built inside torch.compile."""

import pytest
import torch

from adadelta_gen import Adadelta
from reliability.child import run


def trained(optimizer, params, steps=2):
    for _ in range(steps):
        for p in params:
            p.grad = torch.ones_like(p)
        optimizer.step()


def subclass_of(base, **members):
    return type("Own", (base,), members)


@pytest.fixture(params=[Adadelta, torch.optim.Adadelta], ids=["ours", "torch's"])
def base(request):
    return request.param


def test_a_tool_that_wraps_inside_patch_step_function(base):
    calls = []

    def patch(self):
        super(kind, self)._patch_step_function()
        step = type(self).step

        def counted(self, *args, **kwargs):
            calls.append(self)
            return step(self, *args, **kwargs)

        counted.hooked = True
        type(self).step = counted

    kind = subclass_of(base, _patch_step_function=patch)
    params = [torch.nn.Parameter(torch.ones(3))]
    optimizer = kind(params)
    trained(optimizer, params)
    assert len(calls) == 2
    assert optimizer.state[params[0]]["step"] == 2


def test_a_tool_that_replaces_patch_step_function(base, monkeypatch):
    """As by tools that count or time the steps of all optimizers."""
    calls = []
    patch = torch.optim.Optimizer._patch_step_function

    def patched(self):
        patch(self)
        step = type(self).step

        def counted(self, *args, **kwargs):
            calls.append(self)
            return step(self, *args, **kwargs)

        counted.hooked = True
        type(self).step = counted

    monkeypatch.setattr(torch.optim.Optimizer, "_patch_step_function", patched)
    kind = subclass_of(base, step=lambda self, closure=None: base.step(self, closure))
    params = [torch.nn.Parameter(torch.ones(3))]
    trained(kind(params), params)
    assert len(calls) == 2


def test_a_tool_that_wraps_before_patch_step_function(base):
    calls = []

    def patch(self):
        step = type(self).step

        def counted(self, *args, **kwargs):
            calls.append(self)
            return step(self, *args, **kwargs)

        type(self).step = counted
        super(kind, self)._patch_step_function()

    kind = subclass_of(base, _patch_step_function=patch)
    params = [torch.nn.Parameter(torch.ones(3))]
    trained(kind(params), params)
    assert len(calls) == 2


def test_a_subclass_whose_step_is_hooked(base):
    calls = []

    def step(self, closure=None):
        calls.append(self)
        return base.step(self, closure)

    step.hooked = True
    kind = subclass_of(base, step=step)
    params = [torch.nn.Parameter(torch.ones(3))]
    trained(kind(params), params)
    assert len(calls) == 2


def test_a_subclass_with_a_step_of_its_own(base):
    def step(self, closure=None):
        result = base.step(self, closure)
        self.count = getattr(self, "count", 0) + 1
        return result

    kind = subclass_of(base, step=step)
    params = [torch.nn.Parameter(torch.ones(3))]
    optimizer = kind(params)
    trained(optimizer, params)
    assert optimizer.count == 2


@pytest.mark.parametrize("where", ["base", "kind"])
def test_a_replaced_profile_hook_step(base, where, monkeypatch):
    calls = []

    def hook(step):
        def profiled(self, *args, **kwargs):
            calls.append(self)
            return step(self, *args, **kwargs)

        return profiled

    members = {}
    if where == "base":
        monkeypatch.setattr(torch.optim.Optimizer, "profile_hook_step", staticmethod(hook))
    else:
        members["profile_hook_step"] = staticmethod(hook)
    kind = subclass_of(base, step=lambda self, closure=None: base.step(self, closure), **members)
    params = [torch.nn.Parameter(torch.ones(3))]
    trained(kind(params), params)
    assert len(calls) == 2


def test_a_step_set_on_the_instance(base):
    calls = []
    params = [torch.nn.Parameter(torch.ones(3))]
    optimizer = base(params)
    step = optimizer.step
    optimizer.step = lambda *args: (calls.append(1), step(*args))[1]
    trained(optimizer, params)
    assert len(calls) == 2


def test_hooks_run_as_often_as_torchs(base):
    calls = []
    params = [torch.nn.Parameter(torch.ones(3))]
    optimizer = base(params)
    optimizer.register_step_pre_hook(lambda *_: calls.append("pre"))
    optimizer.register_step_post_hook(lambda *_: calls.append("post"))
    trained(optimizer, params)
    assert calls == ["pre", "post"] * 2


def test_the_profile_shows_an_annotation(tmp_path):
    import json

    found = []
    for base in (Adadelta, torch.optim.Adadelta):
        params = [torch.nn.Parameter(torch.ones(3))]
        optimizer = base(params)
        trained(optimizer, params)
        activities = [torch.profiler.ProfilerActivity.CPU]
        with torch.profiler.profile(activities=activities, acc_events=True) as profile:
            trained(optimizer, params, 1)
        path = tmp_path / f"{len(found)}.json"
        profile.export_chrome_trace(str(path))
        events = json.loads(path.read_text())["traceEvents"]
        found.append([e["cat"] for e in events if "Optimizer.step" in e.get("name", "")])
    assert found[0] == found[1]
    assert found[0]


def test_a_subclass_of_main_can_be_cloudpickled(tmp_path):
    pytest.importorskip("cloudpickle")
    path = tmp_path / "sent"
    run(
        """
    import sys, cloudpickle, torch
    from adadelta_gen import Adadelta
    class Own(Adadelta):
        def step(self, closure=None):
            self.count = getattr(self, "count", 0) + 1
            return super().step(closure)
    class Plain(Adadelta):
        pass
    for kind in (Own, Plain):
        p = torch.nn.Parameter(torch.ones(3)); p.grad = torch.ones(3)
        o = kind([p]); o.step()
    sent = [kind([torch.nn.Parameter(torch.ones(3))]) for kind in (Own, Plain)]
    sent[0].param_groups[0]["params"][0].grad = torch.ones(3)
    sent[0].step()
    open(sys.argv[1], "wb").write(cloudpickle.dumps((sent, Own, Plain)))
    """,
        path,
    )
    run(
        """
    import sys, pickle, torch
    sent, *kinds = pickle.load(open(sys.argv[1], "rb"))
    for o in [*sent, *(kind([torch.nn.Parameter(torch.ones(3))]) for kind in kinds)]:
        p, = o.param_groups[0]["params"]
        for _ in range(2):
            p.grad = torch.ones(3)
            o.step()
        assert o.state[p]["step"] >= 2
    assert sent[0].count == 2  # torch sends no other attributes
    """,
        path,
    )


# S14: built inside torch.compile


@pytest.mark.parametrize("options", [{}, {"nonfinite": "skip"}, {"weight_decay": 0.5}], ids=str)
def test_built_inside_compile(options):
    torch._dynamo.reset()
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in "ab")

    @torch.compile(backend="eager")
    def build(p):
        return Adadelta([p], **options)

    optimizer = build(p)
    trained(optimizer, [p], 3)
    plain = {k: v for k, v in options.items() if k == "weight_decay"}
    trained(torch.optim.Adadelta([q], **plain), [q], 3)
    torch.testing.assert_close(p, q)
    assert optimizer.skipped == {}
    assert optimizer.state[p]["step"] == 3
    optimizer.load_state_dict(optimizer.state_dict())
    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(2))]})
    trained(optimizer, [p], 1)
    assert {k: optimizer.defaults.get(k) for k in options} == options


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_built_and_stepped_inside_compile():
    torch._dynamo.reset()
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in "ab")

    def train(p, kind):
        optimizer = kind([p])
        p.grad = torch.ones(3)
        optimizer.step()
        return optimizer

    optimizer = torch.compile(train, backend="eager")(p, Adadelta)
    trained(optimizer, [p], 2)
    trained(train(q, torch.optim.Adadelta), [q], 2)
    torch.testing.assert_close(p, q)


@pytest.mark.parametrize(
    "options",
    [{"nonfinite": "skip"}, {"amp_scaling": True}, {"dithered_rounding": True}],
    ids=str,
)
def test_options_are_not_ignored_inside_compile(options, monkeypatch):
    """Also with torch 2.11 and 2.12, where is_compiling is False in ``_init_group``."""
    torch._dynamo.reset()
    p = torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))
    p.grad = torch.ones(3, dtype=torch.bfloat16)
    optimizer = Adadelta([p], **options)
    step = torch.compile(optimizer.step, backend="eager")
    with pytest.raises(RuntimeError, match=r"inside torch\.compile"):
        step()
    assert torch.equal(p, torch.ones(3, dtype=torch.bfloat16))


def test_a_subclass_that_skips_our_constructor():
    """A subclass that calls only torch's constructor can take steps, and explain them."""

    class Own(Adadelta):
        def __init__(self, params):
            torch.optim.Adadelta.__init__(self, params)

    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in "ab")
    trained(Own([p]), [p])
    trained(torch.optim.Adadelta([q]), [q])
    torch.testing.assert_close(p, q)
    assert [row.kernel for row in Own([p]).explain()] == ["adadelta_cpu_float32_min_nowd"]
