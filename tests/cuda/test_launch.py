"""A launch on CUDA: its table, its chunks, and the values that kernels read from device memory."""

import numpy as np
import pytest
import torch
from attacks import Executed
from kernels.jobs import DITHER, Row
from kernels.reference import Hyper
from kernels.values import random_state
from parity.support import Pair, random
from torch.utils._python_dispatch import TorchDispatchMode

from adadelta_gen.cuda import launch
from adadelta_gen.cuda.launch import LARGEST_CHUNK, SMALLEST_CHUNK, chunk_size
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step import groups, numbers

pytestmark = pytest.mark.usefixtures("simulator")


@pytest.mark.parametrize("elements", [0, 1, 10**3, 1 << 17, 32 * 4097, 10**6, 10**8, 3 * 10**11])
@pytest.mark.parametrize("multiprocessors", [1, 108, 132])
def test_chunk_size(elements, multiprocessors):
    size = chunk_size(elements, multiprocessors)
    assert SMALLEST_CHUNK == 1 << 11 <= size <= LARGEST_CHUNK == 1 << 15
    assert size & (size - 1) == 0
    blocks = elements / size
    assert size == 1 << 15 or blocks <= multiprocessors * launch.BLOCKS_PER_MULTIPROCESSOR
    assert size == 1 << 11 or 2 * blocks > multiprocessors * launch.BLOCKS_PER_MULTIPROCESSOR


def test_the_table_says_where_the_rows_are():
    spec = KernelSpec("cuda", "float32")
    rows = [Row(random_state(spec, n, seed)) for seed, n in enumerate((10, 0, 7000, 2049))]
    executed = Executed(spec, rows, Hyper())
    ((launch, own),) = zip(executed.launches, executed.table._launch_words, strict=True)
    words = launch._table[:4]
    assert words[:, 4].tolist() == [7000, 4 << 40 | 2049, 6 << 40 | 10, 0]
    assert own[abi.L_BLOCKS] == 7
    executed.run()
    assert words[:, 4].tolist() == [7000, 4 << 40 | 2049, 6 << 40 | 10, 0]
    assert words[:, :4].tolist() == [*(rows[i].addresses[:4] for i in (2, 3, 0)), [0] * 4]
    assert words[:, 5].tolist() == [DITHER, DITHER, DITHER, 0]
    assert not launch._table[4:].any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("lr_dtype", [torch.float32, torch.float64], ids=str)
def test_kernels_read_a_tensor_lr(monkeypatch, lr_dtype, dtype):
    """As with capturable=True on a GPU: the scalar lr is 0."""

    def lr_of(group):
        return group["lr"] if isinstance(group["lr"], torch.Tensor) else None

    monkeypatch.setattr(numbers, "lr_on_device", lr_of)
    monkeypatch.setattr(groups, "lr_on_device", lr_of)
    pair = Pair([random(70, dtype=dtype), random(3, dtype=dtype)])
    pair.edit(lr=torch.tensor(0.25, dtype=lr_dtype))
    pair.step(2)
    pair.each(lambda optimizer: optimizer.param_groups[0]["lr"].fill_(0.5))
    pair.step()
    pair.edit(lr=0.75)
    pair.step()


class Copies(TorchDispatchMode):
    """Notes the device, dtype and blocking of each copy."""

    def __init__(self):
        super().__init__()
        self.made = []

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        if operation is torch.ops.aten._to_copy.default:
            self.made.append((kwargs["device"], kwargs["dtype"], kwargs["non_blocking"]))
        return operation(*args, **(kwargs or {}))


DEVICE = torch.device("cpu", 0)  # for torch another device than "cpu"


def launch_of(rows, compute_dtype=np.float32):
    words = np.zeros(abi.LAUNCH_WORDS, np.int64)
    table = np.zeros((len(rows), abi.ROW_WORDS), np.int64)
    return launch.Launch(DEVICE, table, rows, np.zeros(7, compute_dtype), words)


@pytest.mark.parametrize("wide", [torch.float32, torch.float64], ids=str)
def test_values_are_copied_to_the_device_without_waiting(wide):
    made = launch_of([(0, 70)], np.float32 if wide is torch.float32 else np.float64)
    values = [torch.tensor(number, dtype=torch.float16) for number in (0.5, 8.0, 1.0, 0.25)]
    with Copies() as copies:
        made.set_device_values(*values)
    narrow = torch.float32
    expected = {"lr": wide, "grad_scale": narrow, "found_inf": narrow, "clip": wide}
    assert sorted(copies.made, key=str) == sorted(
        [(DEVICE, dtype, True) for dtype in expected.values()], key=str
    )
    kept = made._alive
    assert {name: copy.dtype for name, copy in kept.items()} == expected
    assert [kept[name].item() for name in expected] == values
    pointed = {name: words.tolist() for name, words in made._pointed.items()}
    assert pointed == {name: [copy.data_ptr()] for name, copy in kept.items()}


def test_nonfinite_grads_of_a_launch_are_found():
    made = launch_of([(0, 2), (1, 2), (3, 2), (4, 0), (5, 4)])
    bad = torch.tensor([1.0, torch.nan])
    grads = [torch.ones(2), bad, bad, None, torch.ones(0), torch.complex(bad, bad)]
    found = np.zeros(len(grads), np.int64)
    made.find_nonfinite("float32", grads, found)
    assert found.tolist() == [0, 1, 0, 0, 0, 1]  # row 2 is of another launch
