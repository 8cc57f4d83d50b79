"""Native steps that lack one of their checks, and the scenario that detects each.

``python -m reliability.verification_mutations`` compiles all mutants and prints how the scenario of
each detects it; with ``--each`` also other scenarios that do; names of mutants select these.
"""

import ast
import linecache
import os
import resource
import signal
import sys
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from subprocess import run
from typing import NamedTuple

import torch

from adadelta_gen import Adadelta, registry
from adadelta_gen.native import build, code, machine
from adadelta_gen.native import step as native_step
from adadelta_gen.spec import specs_of
from adadelta_gen.step import native_call
from reliability.verification_scenarios import SCENARIOS

SOURCE = Path(native_step.__file__)
SECONDS = 10  # of CPU time that a scenario may take, and three times as many in all


class Mutant(NamedTuple):
    """A change of the source of the native step.

    Args:
        name: name of the check, and its change.
        text: text that occurs once in the source.
        becomes: replacement of the text.
        noticed_by: scenario that detects the mutant, or an empty string.
        equivalent: why no scenario can detect it, or an empty string.
    """

    name: str
    text: str
    becomes: str
    noticed_by: str = ""
    equivalent: str = ""


def removed(name: str, text: str, noticed_by: str) -> Mutant:
    """A mutant without some text."""
    return Mutant(name, text, "", noticed_by)


def ignored(name: str, condition: str, noticed_by: str) -> Mutant:
    """A mutant in which a condition is never true."""
    assert condition.startswith("if ")
    return Mutant(name, condition, "if False and (" + condition[3:-1] + "):", noticed_by)


MUTANTS = [
    # _is_of_kind
    Mutant(
        "kind: layout",
        "    if _ask_int32(table, t.LAYOUT, handle) != load_int64(table, t.T_STRIDED):\n"
        "        return False\n"
        "    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(record, t.R_DEVICE_TYPE):",
        "    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(record, t.R_DEVICE_TYPE):",
        "an_empty_grad_becomes_sparse",
    ),
    ignored(
        "kind: device type",
        "if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(record, t.R_DEVICE_TYPE):",
        "an_empty_average_is_on_another_device",
    ),
    ignored(
        "kind: device index",
        "if index >= 0 and _ask_int32(table, t.DEVICE_INDEX, handle) != index:",
        "a_record_is_of_another_device_index",
    ),
    Mutant(
        "kind: dtype",
        "    if _ask_int32(table, t.DTYPE, handle) != dtype or _is_lazy(table, handle):\n"
        "        return False\n    ndim",
        "    if _is_lazy(table, handle):\n        return False\n    ndim",
        "an_average_becomes_integers",
    ),
    Mutant(
        "kind: laziness",
        " or _is_lazy(table, handle):\n        return False\n    ndim",
        ":\n        return False\n    ndim",
        "a_param_becomes_lazily_negated",
    ),
    Mutant(
        "lazy: negative",
        "call_bool_1(load_int64(table, t.T_IS_NEG), handle)",
        "call_bool_1(load_int64(table, t.T_IS_CONJ), handle)",
        "a_param_becomes_lazily_negated",
    ),
    Mutant(
        "lazy: conjugate",
        "call_bool_1(load_int64(table, t.T_IS_CONJ), handle)",
        "call_bool_1(load_int64(table, t.T_IS_NEG), handle)",
        "a_param_becomes_lazily_conjugated",
    ),
    ignored(
        "kind: ndim", "if _ask(table, t.DIM, handle) != ndim:", "a_param_gets_a_dimension_more"
    ),
    ignored(
        "kind: sizes",
        "if load_int64(sizes, d) != size:",
        "an_average_gets_fewer_elements",
    ),
    ignored(
        "kind: strides",
        "if not unused and load_int64(strides, d) != load_int64(expected, ndim + d):",
        "a_square_average_is_transposed_in_its_memory",
    ),
    # _is_writable
    ignored(
        "writable: inference",
        "if call_bool_1(load_int64(table, t.T_IS_INFERENCE), handle) != 0:",
        "a_param_becomes_an_inference_tensor",
    ),
    Mutant(
        "writable: bounds",
        "first < 0 or first + n_bytes > size:",
        "first < 0:",
        "the_storage_of_a_param_is_shrunk",
    ),
    Mutant(
        "writable: bounds of a gapped tensor",
        "return load_int64(layout, t.LAYOUT_SPAN)\n",
        "return load_int64(record, t.R_NUMEL)\n",
        "the_storage_of_a_gapped_param_is_shrunk",
    ),
    Mutant(
        "writable: a negative offset",
        "address == 0 or first < 0 or",
        "address == 0 or",
        "",
        "torch makes no storage offset below 0, and the getter fails only for other layouts",
    ),
    Mutant(
        "writable: null",
        "address == 0 or first < 0 or",
        "first < 0 or",
        "a_param_is_a_zero_without_memory",
    ),
    Mutant(
        "writable: madvise",
        "if madvise != 0 and is_on_cpu:",
        "if madvise == 1 and is_on_cpu:",
        "a_param_is_mapped_for_reading",
    ),
    Mutant(
        "writable: madvise of counters",
        "is_on_cpu = column == t.STEP or",
        "is_on_cpu = column != t.STEP and",
        "a_counter_is_mapped_for_reading",
    ),
    Mutant(
        "writable: the size is not compared",
        "if size == load_int64(record, t.R_STORAGES + column) and address",
        "if address",
        "the_storage_of_a_param_is_shrunk_at_the_same_address",
    ),
    Mutant(
        "writable: the address is not compared",
        " and address == load_int64(row, column):\n        return True",
        " and load_int64(row, column) != 0:\n        return True",
        "the_memory_of_a_param_is_replaced",
    ),
    Mutant(
        "writable: a move is not followed",
        "    store_int64(row, column, address)\n    store_int64(table, t.T_MOVED, 1)",
        "    if load_int64(row, column) == 0:\n        store_int64(row, column, address)\n"
        "    store_int64(table, t.T_MOVED, 1)",
        "the_memory_of_a_param_is_replaced",
    ),
    Mutant(
        "writable: a move is not noted",
        "    store_int64(table, t.T_MOVED, 1)\n    return True\n\n\n@compiled\ndef _value",
        "    return True\n\n\n@compiled\ndef _value",
        "two_averages_are_one_memory",
    ),
    Mutant(
        "writable: the size is not noted",
        "    store_int64(record, t.R_STORAGES + column, size)\n",
        "",
        "a_square_average_is_transposed_in_its_memory",
    ),
    # _state_is_own
    ignored("state: its dict", "if found != state:", "states_are_exchanged"),
    Mutant(
        "state: its tensors",
        "            same = False\n    _unlock(table)\n    return same\n\n\n"
        "@compiled\ndef _is_apart",
        "            same = same\n    _unlock(table)\n    return same\n\n\n"
        "@compiled\ndef _is_apart",
        "an_average_is_replaced",
    ),
    Mutant(
        "state: its counter",
        "    for column in range(t.SQUARE_AVG, t.TENSORS):\n        key",
        "    for column in range(t.SQUARE_AVG, t.STEP):\n        key",
        "a_counter_is_replaced",
    ),
    Mutant(
        "state: the key where it was last seen",
        "!= 0 and (\n        load_int64(scratch, 2) == key\n    ):",
        "!= 0:",
        "the_keys_of_a_state_change_places",
    ),
    Mutant(
        "state: the key where it is searched",
        "        if load_int64(scratch, 2) == key:\n            store",
        "        if load_int64(scratch, 2) != 0:\n            store",
        "the_keys_of_a_state_change_places",
    ),
    # _is_apart, _memory_is_apart
    ignored(
        "apart: grads",
        "if low < n and load_int64(ends + 8 * n, low) < address + n_bytes:",
        "a_grad_is_the_average_of_its_param",
    ),
    Mutant(
        "apart: a region that ends where a grad begins",
        "if load_int64(ends, middle) > address:",
        "if load_int64(ends, middle) >= address:",
        "",
        "it asks Python, which compares the memory exactly and lets the step go on",
    ),
    Mutant(
        "apart: a region that begins where a grad ends",
        "load_int64(ends + 8 * n, low) < address + n_bytes:",
        "load_int64(ends + 8 * n, low) <= address + n_bytes:",
        "",
        "it asks Python, which compares the memory exactly and lets the step go on",
    ),
    Mutant(
        "apart: where grads lay apart is not forgotten",
        "        store_int64(apart, i, 0)\n",
        "",
        "an_average_is_put_into_the_memory_of_a_grad",
    ),
    Mutant(
        "grad: not apart, and nothing has moved",
        "if load_int64(table, t.T_MOVED) == 0 and not _is_apart",
        "if load_int64(table, t.T_MOVED) == 2 and not _is_apart",
        "a_grad_is_the_average_of_its_param",
    ),
    ignored(
        "memory: grads",
        "if grad != 0 and n_bytes != 0 and not _is_apart(table, i, grad, n_bytes):",
        "a_grad_is_an_average_that_was_replaced",
    ),
    ignored(
        "memory: written twice",
        "if load_int64(regions, 2 * k) < load_int64(regions, 2 * k - 1):",
        "two_averages_are_one_memory",
    ),
    Mutant(
        "memory: side by side is shared",
        "if load_int64(regions, 2 * k) < load_int64(regions, 2 * k - 1):",
        "if load_int64(regions, 2 * k) <= load_int64(regions, 2 * k - 1):",
        "",
        "it asks Python, which compares the memory exactly and lets the step go on",
    ),
    Mutant(
        "memory: counters",
        "        for column in range(t.TENSORS):\n            n_bytes = 0",
        "        for column in range(t.STEP):\n            n_bytes = 0",
        "a_counter_is_in_an_average_of_another",
    ),
    Mutant(
        "memory: gaps",
        "                n_bytes = _span(record, column) * load_int64(record, t.R_ITEMSIZE)",
        "                n_bytes = load_int64(record, t.R_NUMEL) * "
        "load_int64(record, t.R_ITEMSIZE)",
        "",
        "where a tensor has gaps, Python compares the memory, and native code does not",
    ),
    Mutant(
        "memory: rows that come back",
        "if load_int64(record, t.R_BOUNDED) == 0:",
        "if load_int64(record, t.R_BOUNDED) == 2:",
        "a_param_without_a_grad_comes_back_over_another",
    ),
    Mutant(
        "memory: rows that come back are taken for known",
        "store_int64(record, t.R_BOUNDED, 1 if active else 0)",
        "store_int64(record, t.R_BOUNDED, 1)",
        "a_param_without_a_grad_comes_back_over_another",
    ),
    Mutant(
        "memory: not compared",
        "load_int64(table, t.T_SPECIAL) != 0 or not _memory_is_apart(table)",
        "load_int64(table, t.T_SPECIAL) != 0",
        "two_averages_are_one_memory",
    ),
    Mutant(
        "memory: rows of torch's",
        "load_int64(table, t.T_SPECIAL) != 0 or not _memory_is_apart(table)",
        "not _memory_is_apart(table)",
        "a_row_of_torchs_shares_an_average",
    ),
    # _own_grad, _given_grad, _grad_address
    Mutant(
        "grad: plain type",
        "return handle if made == 0 or _is_plain(table, made) else 1",
        "return handle",
        "a_grad_is_of_another_class",
    ),
    Mutant(
        "grad in a list: plain type",
        "return grad + load_int64(table, t.T_HANDLE_OFFSET) if _is_plain(table, grad) else 1",
        "return grad + load_int64(table, t.T_HANDLE_OFFSET)",
        "a_grad_in_a_list_is_of_another_class",
    ),
    Mutant(
        "grad: none",
        "if grad == load_int64(table, t.T_UNDEFINED):",
        "if grad == 1:",
        "",
        "a tensor that is not defined has no layout, and Python then sees that there is no grad",
    ),
    ignored(
        "grad in a list: none",
        "if grad == load_int64(table, t.T_NONE):",
        "a_list_of_grads_has_a_none",
    ),
    Mutant(
        "grad: what is no plain tensor",
        "    if handle == 1:\n        return 0\n    itemsize",
        "    itemsize",
        "a_grad_is_of_another_class",
    ),
    removed(
        "grad: kind",
        "    if not _is_of_kind(table, handle, record, dtype, load_int64(record, t.R_DIMS)):\n"
        "        return 0\n",
        "a_grad_gets_fewer_elements",
    ),
    Mutant(
        "grad: bounds",
        "if first < 0 or first + n_bytes > _ask(table, t.STORAGE_SIZE, handle):",
        "if first < 0:",
        "the_storage_of_a_grad_is_shrunk",
    ),
    Mutant(
        "grad: a negative offset",
        "if first < 0 or first + n_bytes > _ask(table, t.STORAGE_SIZE, handle):",
        "if first + n_bytes > _ask(table, t.STORAGE_SIZE, handle):",
        "",
        "torch makes no storage offset below 0, and the getter fails only for other layouts",
    ),
    # _step_is_countable
    ignored(
        "counter: plain type",
        "if not _is_plain(table, tensor):\n        return False\n    handle",
        "a_counter_is_of_another_class",
    )._replace(
        text="    if not _is_plain(table, tensor):\n        return False\n    handle",
        becomes="    handle",
    ),
    Mutant(
        "counter: layout",
        "    if _ask_int32(table, t.LAYOUT, handle) != load_int64(table, t.T_STRIDED):\n"
        "        return False\n"
        "    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(table, t.T_CPU):",
        "    if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(table, t.T_CPU):",
        "",
        "a counter of another layout has no storage offset, and so lies in no bounds",
    ),
    ignored(
        "counter: device type",
        "if _ask_int32(table, t.DEVICE_TYPE, handle) != load_int64(table, t.T_CPU):",
        "counters_are_on_another_device",
    ),
    ignored(
        "counter: float32 or float64",
        "if dtype != load_int64(table, t.T_FLOAT32) and dtype != load_int64(table, t.T_FLOAT64):",
        "a_record_is_of_a_counter_of_integers",
    ),
    Mutant(
        "counter: dtype",
        "    if _ask_int32(table, t.DTYPE, handle) != dtype or _is_lazy(table, handle):\n"
        "        return False\n    if",
        "    if _is_lazy(table, handle):\n        return False\n    if",
        "a_counter_becomes_an_integer",
    ),
    Mutant(
        "counter: laziness",
        " or _is_lazy(table, handle):\n        return False\n    if",
        ":\n        return False\n    if",
        "a_counter_becomes_lazily_negated",
    ),
    ignored(
        "counter: ndim",
        "if _ask(table, t.DIM, handle) != 0:",
        "a_counter_gets_a_dimension",
    ),
    Mutant(
        "counter: writable",
        "return _is_writable(table, record, row, t.STEP, itemsize, itemsize)",
        "return _is_writable(table, record, row, t.STEP, itemsize, itemsize) or True",
        "a_counter_is_mapped_for_reading",
    ),
    # _verify_row, _verify_rows
    Mutant(
        "row: param identity",
        "if param != load_int64(record, t.PARAM):",
        "if load_int64(record, t.PARAM) == 0:",
        "params_and_their_states_are_exchanged",
    ),
    Mutant(
        "row: forgotten",
        "if param != load_int64(record, t.PARAM):",
        "if load_int64(record, t.PARAM) != 0 and param != load_int64(record, t.PARAM):",
        "a_row_is_forgotten",
    ),
    Mutant(
        "row: plain type of the param",
        "if not _is_plain(table, param) or not _is_of_kind(table, param",
        "if not _is_of_kind(table, param",
        "a_param_is_of_another_class",
    ),
    Mutant(
        "row: kind of the param",
        "if not _is_plain(table, param) or not "
        "_is_of_kind(table, param + offset, record, dtype, dims):",
        "if not _is_plain(table, param):",
        "a_param_gets_a_dimension_more",
    ),
    ignored(
        "row: the param is writable",
        "if not _is_writable(table, record, row, t.PARAM, n_bytes, itemsize):",
        "the_storage_of_a_param_is_shrunk",
    )._replace(
        becomes="if not (_is_writable(table, record, row, t.PARAM, n_bytes, itemsize) or True):"
    ),
    ignored(
        "row: the state",
        "if not _state_is_own(table, states, param, record):",
        "an_average_is_replaced",
    ),
    Mutant(
        "row: plain type of the averages",
        "        if not _is_plain(table, tensor):\n            return False\n",
        "",
        "an_average_is_of_another_class",
    ),
    ignored(
        "row: kind of the averages",
        "if not _is_of_kind(table, tensor + offset, record, dtype, dims):",
        "an_average_becomes_integers",
    ),
    ignored(
        "row: the averages are writable",
        "if not _is_writable(table, record, row, column, n_bytes, itemsize):",
        "an_average_becomes_an_inference_tensor",
    )._replace(
        becomes="if not (_is_writable(table, record, row, column, n_bytes, itemsize) or True):"
    ),
    Mutant(
        "row: the counter",
        "if is_counted and not _step_is_countable(table, record, row):",
        "if is_counted and not (_step_is_countable(table, record, row) or True):",
        "a_counter_gets_a_dimension",
    ),
    Mutant(
        "row: a counter that is counted elsewhere",
        "if is_counted and not _step_is_countable",
        "if not _step_is_countable",
        "a_counter_is_counted_elsewhere",
    ),
    Mutant(
        "row: a grad that does not fit",
        "    if address == 0:\n        return False\n    if load_int64(record, t.R_BOUNDED)",
        "    if load_int64(record, t.R_BOUNDED)",
        "a_grad_gets_fewer_elements",
    ),
    Mutant(
        "rows: a param that is no tensor",
        "        elif _is_plain(table, param):\n            grad = _own_grad",
        "        else:\n            grad = _own_grad",
        "a_param_is_no_tensor",
    ),
    ignored("rows: all", "if n_changed != 0:", "an_average_is_replaced"),
    # _group_is_same, _verify_groups, _step
    ignored("group: its dict", "if group != load_int64(own, t.G_DICT):", "a_group_is_no_dict"),
    ignored(
        "group: its length",
        "if call_word_1(load_int64(table, t.T_DICT_SIZE), group) != n:",
        "a_group_gets_one_more_option",
    ),
    Mutant(
        "group: its keys",
        "if not same_key or load_int64",
        "if load_int64",
        "two_keys_of_a_group_change_places",
    ),
    Mutant(
        "group: its values",
        "if not same_key or load_int64(scratch, 3) != load_int64(items, 2 * i + 1):",
        "if not same_key:",
        "a_group_gets_another_number",
    ),
    Mutant(
        "group: how many params",
        "return call_word_1(load_int64(table, t.T_LIST_SIZE), params) == "
        "load_int64(own, t.G_N_PARAMS)",
        "return True",
        "a_param_goes_to_another_group",
    ),
    Mutant(
        "groups: the list",
        "if groups != load_int64(table, t.T_GROUPS) or states",
        "if states",
        "the_groups_are_a_tuple",
    ),
    Mutant(
        "groups: the states",
        " or states != load_int64(table, t.T_STATES):",
        ":",
        "the_states_are_no_dict",
    ),
    ignored(
        "groups: how many groups",
        "if call_word_1(load_int64(table, t.T_LIST_SIZE), groups) != "
        "load_int64(table, t.T_N_GROUPS):",
        "a_group_is_added",
    ),
    Mutant(
        "groups: how many states",
        "if call_word_1(load_int64(table, t.T_DICT_SIZE), states) != "
        "load_int64(table, t.T_N_STATES):",
        "if False:",
        "",
        "each row with a grad finds its own state in the dict, whatever else it holds",
    ),
    ignored(
        "groups: groups of the table that are gone",
        "if first + load_int64(table, t.T_N_OWN_GROUPS) > load_int64(table, t.T_N_GROUPS):",
        "",
    )._replace(equivalent="a list of another length is refused before, and a table fits its list"),
    ignored(
        "groups: each", "if not _group_is_same(table, group, own + 8 * t.GROUP_WORDS * g):", ""
    )._replace(noticed_by="a_group_gets_another_number"),
    ignored("groups: all", "if answer != t.DONE:", "a_group_is_added"),
    ignored(
        "step: the ticket",
        "if ticket != load_int64(table, t.T_TICKET):",
        "a_ticket_is_of_an_earlier_preparation",
    ),
    ignored(
        "step: how many params",
        "if call_word_1(size, params) != n_rows:",
        "a_list_of_params_is_too_short",
    ),
    ignored(
        "step: how many grads",
        "if grads != load_int64(table, t.T_NONE) and call_word_1(size, grads) != n_rows:",
        "a_list_of_grads_is_too_short",
    ),
    # _pin
    ignored(
        "pin: the address",
        "if _ask(table, t.DATA_PTR, load_int64(pins, column)) != load_int64(row, column):",
        "memory_is_replaced_while_it_is_pinned",
    ),
    ignored(
        "pin: failure",
        "if call_int_6(reinterpret, handle, ndim, sizes, sizes + 8 * ndim, 0, pin) != 0:",
        "memory_cannot_be_pinned",
    )._replace(
        becomes="if call_int_6(reinterpret, handle, ndim, sizes, sizes + 8 * ndim, 0, pin) == 77:",
    ),
    Mutant(
        "pin: what it answers",
        "    if (pinned or laid_out != 0) and not _pin(table, pinned):\n        _unpin(table)\n"
        "        return t.STALE\n",
        "    if pinned or laid_out != 0:\n        _pin(table, pinned)\n",
        "memory_is_replaced_while_it_is_pinned",
    ),
    Mutant(
        "pin: active rows only",
        "if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_REALS) == 0:",
        "if load_int64(record, t.R_REALS) == 0:",
        "a_pinned_row_has_no_grad",
    ),
    # _count
    Mutant(
        "count: float32 or float64",
        "        if load_int64(record, t.R_STEP_DTYPE) == float32:\n            store",
        "        if True:\n            store",
        "a_counter_has_64_bits",
    ),
    Mutant(
        "count: active rows only",
        "        if load_int64(row, t.GRAD) == 0:\n            continue\n        call_void_1(bump",
        "        call_void_1(bump",
        "a_param_has_no_grad",
    ),
    Mutant(
        "count: twice",
        "store_float32(step, 0, load_float32(step, 0) + 1)",
        "store_float32(step, 0, load_float32(step, 0) + 2)",
        "a_group_gets_another_number",
    ),
    removed(
        "count: versions",
        "        call_void_1(bump, load_int64(record, t.PARAM) + offset)\n",
        "params_get_memory_between_guards",
    ),
    Mutant(
        "count: counters elsewhere",
        "            store_int64(record, t.R_COUNTED, load_int64(record, t.R_COUNTED) + 1)\n"
        "            continue\n",
        "            pass\n",
        "a_counter_is_counted_elsewhere",
    ),
    removed(
        "count: steps of counters elsewhere",
        "            store_int64(record, t.R_COUNTED, load_int64(record, t.R_COUNTED) + 1)\n",
        "averages_whose_counter_is_elsewhere_are_rounded_by_the_steps_since",
    ),
    # _copy_rows
    Mutant(
        "copy: active rows only",
        "if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_LAYOUTS) == 0:\n"
        "            continue\n        by_torch",
        "if load_int64(record, t.R_LAYOUTS) == 0:\n            continue\n        by_torch",
        "a_param_with_gaps_and_without_a_grad_has_left_its_memory",
    ),
    Mutant(
        "copy: rows with layouts only",
        "if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_LAYOUTS) == 0:\n"
        "            continue\n        by_torch",
        "if load_int64(row, t.GRAD) == 0:\n            continue\n        by_torch",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: tensors that need one only",
        "if column == t.GRAD or copy == 0:",
        "if column == t.GRAD:",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: the itemsize of averages",
        "            if column != t.PARAM:\n"
        "                itemsize = load_int64(record, t.R_STATE_ITEMSIZE)\n            own",
        "            own",
        "a_wide_average_has_gaps",
    ),
    Mutant(
        "copy: back",
        "_copy(address, even, copy, own, sizes, ndim, numel, itemsize)",
        "pass",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: back to the elements",
        "_copy(address, even, copy, own, sizes, ndim, numel, itemsize)",
        "_copy(address, even, copy, even, sizes, ndim, numel, itemsize)",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: the address of the tensor is kept",
        "            store_int64(row, column, copy)\n"
        "            store_int64(layout, t.LAYOUT_COPY, address)\n",
        "            store_int64(row, column, copy)\n",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: after the kernels",
        "        _copy_rows(table, False)\n        good",
        "        good",
        "a_param_has_gaps",
    ),
    Mutant(
        "copy: not what torch copies",
        "            if not by_torch:\n",
        "            if True:\n",
        "",
        "the memory of the simulated GPU is the CPU's",
    ),
    # _dither
    Mutant(
        "dither: the counter's dtype",
        "                value = float64(load_float32(step, 0))",
        "                value = load_float64(step, 0)",
        "averages_are_rounded_by_the_dither_of_their_step",
    ),
    Mutant(
        "dither: the step that is taken now",
        "_of_step(taken + 1)",
        "_of_step(taken)",
        "averages_are_rounded_by_the_dither_of_their_step",
    ),
    Mutant(
        "dither: counters elsewhere",
        "taken = load_int64(record, t.R_COUNTED)",
        "taken = 0",
        "averages_whose_counter_is_elsewhere_are_rounded_by_the_steps_since",
    ),
    Mutant(
        "dither: no negative counter",
        "if value > 0 and value < 2.0**53:",
        "if value < 2.0**53:",
        "averages_are_rounded_by_the_dither_of_their_step",
    ),
    Mutant(
        "dither: no counter too large",
        "if value > 0 and value < 2.0**53:",
        "if value > 0:",
        "averages_are_rounded_by_the_dither_of_their_step",
    ),
    Mutant(
        "dither: rows with a grad only",
        "        if load_int64(row, t.GRAD) == 0:\n            continue\n"
        "        if load_int64(record, t.R_STEP_DTYPE) == t.COUNTED_ELSEWHERE:\n"
        "            taken",
        "        if load_int64(record, t.R_STEP_DTYPE) == t.COUNTED_ELSEWHERE:\n            taken",
        "the_counter_of_a_param_without_a_grad_is_unmapped",
    ),
    ignored(
        "dither: where it is wanted",
        "if load_int64(table, t.T_DITHERED) != 0:",
        "averages_are_rounded_by_the_dither_of_their_step",
    ),
    # _copy_address, _take_copies, _copy_by_torch
    Mutant(
        "torch's copies: plain type",
        "    if not _is_plain(table, tensor):\n        return 0\n    handle",
        "    handle",
        "a_copy_goes_to_what_is_no_tensor",
    ),
    Mutant(
        "torch's copies: the dtype of averages",
        "        dtype = load_int64(record, t.R_STATE_DTYPE)\n        itemsize",
        "        itemsize",
        "a_wide_average_on_cuda_has_gaps",
    ),
    Mutant(
        "torch's copies: active rows only",
        "if load_int64(row, t.GRAD) == 0 or load_int64(record, t.R_LAYOUTS) == 0:\n"
        "            continue\n        n_rows",
        "if load_int64(record, t.R_LAYOUTS) == 0:\n            continue\n        n_rows",
        "a_param_with_gaps_on_cuda_has_no_grad",
    ),
    ignored(
        "torch's copies: not those of the CPU",
        "if not _is_by_torch(table, record):",
        "a_param_has_gaps",
    ),
    Mutant(
        "torch's copies: tensors that need one only",
        "if load_int64(layout, t.LAYOUT_COPY) == 0:\n"
        "                continue\n            if taken",
        "if taken",
        "a_param_on_cuda_has_gaps",
    ),
    ignored("torch's copies: enough", "if taken == n:", "there_are_too_few_copies"),
    Mutant(
        "torch's copies: what fits",
        "            if address == 0:\n                return -1\n",
        "",
        "a_copy_does_not_fit",
    ),
    ignored("torch's copies: all there", "if laid_out < 0:", "there_are_too_few_copies"),
    Mutant(
        "torch's copies: pins as the tensors lie",
        "if by_torch and column != t.GRAD:",
        "if False:",
        "a_param_on_cuda_has_gaps",
    ),
    Mutant(
        "torch's copies: made for active rows only",
        "if load_int64(row, t.GRAD) == 0 or not _is_by_torch(table, record):",
        "if not _is_by_torch(table, record):",
        "a_param_with_gaps_on_cuda_has_no_grad",
    ),
    Mutant(
        "torch's copies: made for what needs one only",
        "if load_int64(layout, t.LAYOUT_COPY) == 0:\n                continue  # it is dense",
        "if False:\n                continue",
        "a_param_on_cuda_has_gaps",
    ),
    Mutant(
        "torch's copies: to the dense one",
        "source, target = own, dense\n",
        "source, target = dense, own\n",
        "a_param_on_cuda_has_gaps",
    ),
    ignored(
        "torch's copies: failure",
        "if not _copy_by_torch(table, True):",
        "torch_cannot_copy",
    ),
    Mutant(
        "torch's copies: back",
        "        good = _copy_by_torch(table, False)\n",
        "        good = True\n",
        "a_param_on_cuda_has_gaps",
    ),
    Mutant(
        "torch's copies: failure on the way back",
        "    if good:\n        return t.DONE\n    return t.COPY_FAILED",
        "    return t.DONE",
        "torch_cannot_copy_back",
    ),
    Mutant(
        "torch's copies: back after a launch was refused",
        "                    _copy_by_torch(table, False)\n                    _count(table)\n",
        "                    _count(table)\n",
        "a_launch_of_copies_is_refused_after_another",
    ),
    # _add_up, _set_clip, _clip, and what _run does with them
    Mutant(
        "sum: begins with 0",
        "        store_float64(squares, i, 0)\n    launches",
        "        pass\n    launches",
        "grads_are_clipped",
    ),
    Mutant(
        "sum: on the CPU only",
        "if load_int64(launch, t.L_CUDA) != 0:\n            continue\n        job",
        "if False:\n            continue\n        job",
        "grads_on_cuda_are_looked_at",
    ),
    Mutant(
        "sum: all segments",
        "load_int64(load_int64(job, t.CHUNKS), load_int64(job, t.N_CHUNKS))):",
        "load_int64(load_int64(job, t.CHUNKS), load_int64(job, t.N_CHUNKS)) - 1):",
        "a_large_grad_is_clipped",
    ),
    Mutant(
        "sum: of all segments of a row",
        "load_float64(squares, i) + load_float64(sums, s))",
        "load_float64(sums, s))",
        "a_large_grad_is_clipped",
    ),
    Mutant(
        "sum: of its row",
        "i = load_int64(segments, t.SEGMENT_WORDS * s + t.ROW)",
        "i = 0",
        "wide_and_narrow_grads_are_clipped",
    ),
    Mutant(
        "factor: on the CPU only",
        "if load_int64(launch, t.L_CUDA) != 0:\n            continue\n        scalars",
        "if False:\n            continue\n        scalars",
        "a_table_on_cuda_is_told_to_clip",
    ),
    ignored(
        "factor: float64 for its kernels",
        "if load_int64(launch, t.L_WIDE) != 0:",
        "wide_grads_are_clipped",
    ),
    Mutant(
        "norm: active rows only",
        "        if load_int64(row, t.GRAD) != 0:\n            launch",
        "        if True:\n            launch",
        "wide_and_narrow_grads_are_clipped",
    ),
    Mutant("norm: of all rows", "total += load", "total = load", "grads_are_clipped"),
    Mutant("norm: the root", "norm = sqrt(total)", "norm = total", "grads_are_clipped"),
    Mutant("norm: float64", "if wide != 0:", "if wide == 2:", "wide_grads_are_clipped"),
    removed(
        "norm: says that it is float64",
        "    store_int64(table, t.T_NORM_IS_WIDE, wide)\n",
        "wide_grads_are_clipped",
    ),
    Mutant("factor: 1e-6, float64", "(norm + 1e-6))\n", "norm)\n", "wide_grads_are_clipped"),
    Mutant("factor: 1e-6", "np.float32(1e-6)", "np.float32(0)", "grads_are_clipped"),
    Mutant(
        "factor: two roundings, float64",
        "max_norm * (1 / (norm + 1e-6))\n",
        "max_norm / (norm + 1e-6)\n",
        "wide_grads_are_clipped",
    ),
    Mutant(
        "factor: two roundings",
        "np.float32(max_norm) * (one / (np.float32(norm) + small))",
        "np.float32(max_norm) / (np.float32(norm) + small)",
        "grads_are_clipped",
    ),
    Mutant(
        "factor: in float32",
        "np.float64(np.float32(max_norm) * (one / (np.float32(norm) + small)))",
        "max_norm * (1 / (norm + 1e-6))",
        "grads_are_clipped",
    ),
    ignored("factor: at most 1", "if factor > 1:", "grads_are_smaller_than_the_limit"),
    ignored("factor: NaN", "if factor != factor:", "a_grad_has_a_nan_of_all_bits"),
    removed("factor: is set", "    _set_clip(table, factor)\n", "grads_are_clipped"),
    Mutant(
        "factor: is taken back",
        "        _set_clip(table, 1.0)",
        "        _set_clip(table, 0.5)",
        "the_limit_is_taken_away",
    ),
    Mutant(
        "run: clips",
        "clips = load_int64(table, t.T_MAX_NORM) != 0",
        "clips = False",
        "grads_are_clipped",
    ),
    Mutant(
        "run: clips where it is told to",
        "clips = load_int64(table, t.T_MAX_NORM) != 0",
        "clips = True",
        "an_average_is_replaced",
    ),
    removed(
        "run: reads the grads",
        "        _run_all_on_cpu(table, t.L_FINDER, threads)\n",
        "grads_are_clipped",
    ),
    Mutant(
        "run: reads the grads to clip them",
        "if what != t.RUN or clips:",
        "if what != t.RUN:",
        "grads_are_clipped",
    ),
    removed("run: adds up", "        _add_up(table)\n", "grads_are_clipped"),
    Mutant(
        "run: looking updates nothing",
        "    if what == t.RUN:\n        _run_all_on_cpu",
        "    if True:\n        _run_all_on_cpu",
        "a_group_gets_one_more_option",
    ),
]
UNCHANGED = Mutant("unchanged", "", "")
BY_NAME = {mutant.name: mutant for mutant in (*MUTANTS, UNCHANGED)}


def mutated(mutant: Mutant) -> str:
    """Return the source of the native step with the change."""
    text = SOURCE.read_text(encoding="utf-8")
    if not mutant.text:
        return text
    count = text.count(mutant.text)
    assert count == 1, f"{mutant.name}: {count} places, not 1: change the mutants with the source"
    return text.replace(mutant.text, mutant.becomes)


def executed(text: str, path: str) -> types.ModuleType:
    linecache.cache[path] = len(text), None, text.splitlines(True), path
    module = types.ModuleType("adadelta_gen.native.mutated_step")
    exec(compile(text, path, "exec"), module.__dict__)
    return module


def object_code(module: types.ModuleType, cpu: machine.Cpu | None = None) -> bytes:
    ir = build.portable(module.step, "adadelta_step", build.STEP)
    return machine.object_code(ir, cpu or machine.host(), level=0)


@cache
def unchanged() -> types.ModuleType:
    """The native step as it stands, compiled."""
    module = executed(mutated(UNCHANGED), "<native step>")
    object_code(module)
    return module


def functions_of(text: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


def affected(text: str) -> set[str]:
    """Return the changed functions and all functions that call them, directly or indirectly."""
    before, now = functions_of(mutated(UNCHANGED)), functions_of(text)
    found = {name for name in now if ast.dump(now[name]) != ast.dump(before[name])}
    names = {
        name: {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        for name, function in now.items()
    }
    while more := {name for name in now if names[name] & found} - found:
        found |= more
    return found


def module_of(mutant: Mutant) -> types.ModuleType:
    """Return the module of the native step with the change.

    Functions that the change does not affect are compiled only once.
    """
    text = mutated(mutant)
    module = executed(text, f"<native step, {mutant.name}>")
    for name in functions_of(text).keys() - affected(text) - {"step"}:
        setattr(module, name, getattr(unchanged(), name))
    return module


def compiled(mutant: Mutant) -> int:
    """Return the address of the native step with the change."""
    return machine.load(object_code(module_of(mutant)), "adadelta_step")


def attempt(name: str, address: int) -> str:
    """Run a scenario with a native step in a forked process; return its failure or ""."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            signal.alarm(3 * SECONDS)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 2)  # C++ prints there why it ends the process
            code.step = lambda: address
            SCENARIOS[name]()
            status = 0
        except BaseException as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())
            os.write(writing, said[:300].encode())
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if status < 0:
        return f"the process died of {signal.Signals(-status).name}"
    return said or (f"exit status {status}" if status else "")


def scenarios_of(mutant: Mutant, all_scenarios: bool) -> list[str]:
    if mutant.noticed_by and not all_scenarios:
        return [mutant.noticed_by]
    return list(SCENARIOS)


def prepare() -> None:
    """Prepare once what every forked process needs."""
    torch.set_num_threads(1)
    native_call.words_of_the_process()
    for spec in specs_of("cpu"):
        if not (spec.maximize or spec.weight_decay or spec.dithered):
            registry.load(spec)
    for kind, options in ((Adadelta, {"fused": False}), (torch.optim.Adadelta, {})):
        p = torch.nn.Parameter(torch.ones(3))
        p.grad = torch.ones(3)
        kind([p], **options).step()


def judge(names: list[str], all_scenarios: bool, say: Callable[[str], object] = print) -> list[str]:
    """Compile mutants and run their scenarios; return the unexpected outcomes."""
    prepare()
    faults = []
    for name in names:
        mutant = BY_NAME[name]
        address = compiled(mutant)
        tried = {s: attempt(s, address) for s in scenarios_of(mutant, all_scenarios)}
        noticed = {scenario: how for scenario, how in tried.items() if how}
        if mutant.noticed_by:
            first = noticed.pop(mutant.noticed_by, "")
            say(f"{name} | {mutant.noticed_by} | {first or 'NOT NOTICED'} | {', '.join(noticed)}")
            if not first:
                faults.append(f"{name}: not noticed by {mutant.noticed_by}")
        else:
            said = "; ".join(f"{scenario}: {how}" for scenario, how in noticed.items())
            say(f"{name} | no scenario | {said or mutant.equivalent or 'all pass'} | ")
            faults += [f"{name}: noticed by {scenario}: {how}" for scenario, how in noticed.items()]
    return faults


def main(arguments: list[str]) -> None:
    """Judge all mutants or the named ones, in two processes."""
    if arguments[:1] == ["worker"]:
        faults = judge(arguments[2:], arguments[1] == "each", lambda line: print(line, flush=True))
        sys.exit("\n".join(faults) if faults else 0)
    scenarios = "each" if "--each" in arguments else "named"
    names = [name for name in arguments if name != "--each"] or list(BY_NAME)
    command = [sys.executable, "-m", "reliability.verification_mutations", "worker", scenarios]
    with ThreadPoolExecutor(2) as pool:
        parts = [names[i::2] for i in range(2)]
        ended = pool.map(lambda part: run([*command, *part], check=False).returncode, parts)
        sys.exit(max(map(abs, ended)))


if __name__ == "__main__":
    main(sys.argv[1:])
