"""Mutants that no test can notice, each with the reason."""

from itertools import pairwise

# (module, mutant, or the beginning of its text up to "...", reason)
EXPLAINED: list[tuple[str, str, str]] = [
    (
        "native/rounding.py",
        "round_bfloat16: return builder.select(is_nan, ir.Constant(INT32, 2143289344), rounded) => "
        "return builder.select(is_nan, ir.Constant(INT32, 2143289345), rounded)",
        "the lower 16 bits are not stored",
    ),
    (
        "cpu/intrinsics.py",
        "prefetch_ahead: for line in range(0, min(n * itemsize, PREFETCH_BYTES), 64): => "
        "for line in range(1, ...",
        "a prefetch changes no result",
    ),
    (
        "cpu/intrinsics.py",
        "_rms_ratio: return ratio => pass",
        "runs when the module is imported, before the change is made",
    ),
    (
        "cpu/launch.py",
        "_cut: for first in range(0, max(numel, 1), CHUNK): => "
        "for first in range(0, max(numel, 2), CHUNK):",
        "a row without elements has one segment in both",
    ),
    *(
        (
            "cuda/launch.py",
            f"Launch.set_device_values: {first}; {second} => {second}; {first}",
            "each sets an address and a reference of its own",
        )
        for first, second in pairwise(
            (
                "self._point('lr', lr, wide)",
                "self._point('clip', clip, wide)",
                "self._point('grad_scale', grad_scale, torch.float32)",
                "self._point('found_inf', found_inf, torch.float32)",
            )
        )
    ),
    (
        "options/amp.py",
        "HandedOver.__set_name__: self._key = f'_handed_over_{name}' => pass",
        "runs when the class is made, before the change is",
    ),
    (
        "options/amp.py",
        "Scaling.is_given: return self.grad_scale is not None or self.found_inf is not None => "
        "return self.grad_scale is not None",
        "found_inf alone matters on a GPU; on the CPU the step has ended before, or it is 0",
    ),
    (
        "options/amp.py",
        "Scaling.is_on_device: return any((value is not None and value.device.type != 'cpu' for "
        "value in self)) => pass",
        "needs a tensor on a GPU",
    ),
    (
        "step/groups.py",
        "Group._remember: self._words[abi.G_DICT] = 0 => self._words[abi.G_DICT] = 1",
        "no dict has address 0 or 1",
    ),
    (
        "step/groups.py",
        "Group._remember: return => pass",
        "of the two, the one after the changed values: all is stored again, 13 us instead of 0.6",
    ),
    (
        "step/plan.py",
        "Plan.cause_of: self._causes.pop(id(groups[position]), None) => pass",
        "only takes time: a cause that no longer holds is examined again at each step",
    ),
    (
        "step/plan.py",
        "Plan.cause_of: return None => pass",
        "the value of a function that ends, too",
    ),
    (
        "step/table.py",
        "Table.__init__: self._make_words(len(groups)); self._take_over(old) => "
        "self._take_over(old); self._make_words(len(groups))",
        "neither reads what the other writes",
    ),
    (
        "step/table.py",
        "Table._make_groups: self.groups.append(own); self._group_of += [own] * own.size => "
        "self._group_of += [own] * own.size; self.groups.append(own)",
        "neither reads what the other writes",
    ),
    (
        "step/table.py",
        "Table.repeat_changed: return False => pass",
        "None is as false as False",
    ),
    (
        "step/table.py",
        "Table.repeat_changed: if answer > 0: => if answer >= 0:",
        "0 is DONE, which was returned before",
    ),
    (
        "step/table.py",
        "Table.resolve: if answer > 0: => if answer >= 0:",
        "0 is DONE, which callers do not pass",
    ),
    (
        "step/table.py",
        "Table.find_nonfinite: self._found[:] = 0; self._set_finders(tensors.grads) => "
        "self._set_finders(tensors.grads); self._found[:] = 0",
        "the flags are written by the call after both",
    ),
    (
        "step/table.py",
        "Table.find_nonfinite: if route.is_by_torch and grad is not None and (not "
        "is_finite(grad)): => if grad is not None and (not is_finite(grad)):",
        "rows that a kernel updates were searched already, with the same result",
    ),
    (
        "step/table.py",
        "_counted: return int(taken) if 0 < taken < 2 ** 53 else 0 => "
        "return int(taken) if 0 <= taken < 2 ** 53 else 0",
        "both return 0 for 0",
    ),
    (
        "step/table.py",
        "Table.resolve: raise Outdated => pass",
        "callers try again, get the same answer, and raise it themselves",
    ),
    (
        "step/examine.py",
        "_why_torch: return target_of(param.device.type).unavailable(param.device, "
        "KERNEL_DTYPES[param.dtype]) => pass",
        "on the CPU, the answer is an empty string for every dtype",
    ),
    (
        "step/examine.py",
        "_route_by_state: if group['capturable'] and (not _is_counted_on_device(param, "
        "state['step'])): => if group['capturable']:",
        "only a param on a GPU gets here with capturable=True",
    ),
    (
        "step/examine.py",
        "is_simple: return param.is_contiguous() and ...",
        "decides whether examine runs before native code verifies the row, or after it refuses it",
    ),
    (
        "step/table.py",
        "Table._lay_out: if self._special[row].by != 'grad copy' or type(grad) not in "
        "PLAIN_TYPES: => if type(grad) not in PLAIN_TYPES:",
        "native code refuses the grad of a row that needs more, and the row is examined then",
    ),
    (
        "step/table.py",
        "Table._compare_memory: self._apart[:] = rows[:, abi.GRAD] => pass",
        "native code then compares each grad with the bounds itself, once",
    ),
    (
        "step/table.py",
        "Table._look_at: if not is_known or row in self._unverified or needs_mappings(): => "
        "if not is_known or row in self._unverified:",
        "needs an old kernel of the system, which cannot tell whether memory is writable",
    ),
    (
        "step/table.py",
        "_layouts: words = array('q', bytes(8 * abi.LAYOUT_WORDS * abi.STEP)) => "
        "words = array('q', bytes(9 * abi.LAYOUT_WORDS * abi.STEP))",
        "words that nothing reads",
    ),
    (
        "step/table.py",
        "_layouts: words[at + abi.LAYOUT_COPY] = address + -address % ALIGNMENT; "
        "alive.append(room) => alive.append(room); ...",
        "neither reads what the other writes",
    ),
    (
        "step/table.py",
        "_layouts: words[at + abi.LAYOUT_SPAN] = span_of(facts.shape, strides); "
        "alive.append(dims) => alive.append(dims); ...",
        "neither reads what the other writes",
    ),
    (
        "step/memory.py",
        "regions_of: return Regions(*np.array(rows, np.int64).reshape(-1, 3).T) => "
        "return Regions(*np.array(rows, np.int64).reshape(-2, 3).T)",
        "NumPy takes any negative number for the unknown size",
    ),
    (
        "step/update.py",
        "Update._take_next_part: self._update_group_by_torch(first); self._done += 1 => "
        "self._done += 1; self._update_group_by_torch(first)",
        "an error of torch ends the step, and nothing reads the number again",
    ),
    (
        "step/update.py",
        "Update._run: self._update_by_torch(group, columns, any((p.is_complex() for p in "
        "columns[0]))) => self._update_by_torch(group, columns, any((p.is_complex() for p in "
        "columns[1])))",
        "these grads have the dtypes of their params: others leave the whole group to torch",
    ),
    (
        "step/update.py",
        "Update._update_group_by_torch: if param.grad is not None and (not "
        "self._optimizer.state.get(param)): => if not self._optimizer.state.get(param):",
        "torch makes no state without a grad: only speed",
    ),
    (
        "step/update.py",
        "Update._take_next_part: if whole_step and first[0].static_ticket and is_repeatable: => "
        "if whole_step and is_repeatable:",
        "native code refuses to repeat a call with the ticket 0: only speed",
    ),
    (
        "step/update.py",
        "Update._collect: if group.locals is not None: => if group.locals is None:",
        "noticed by distributed/test_tensor_parallel.py, in processes of its own",
    ),
    (
        "step/update.py",
        "Update._collect: self._grads_of(group.position, group.params) => pass",
        "noticed by distributed/test_tensor_parallel.py, in processes of its own",
    ),
    (
        "step/update.py",
        "Update._take_next_part: if len(parts) > 1 or self._has_options or table.complex_rows: => "
        "if len(parts) >= 1 or self._has_options or table.complex_rows:",
        "the native call verifies all rows again: only speed",
    ),
    (
        "optimizer.py",
        "Adadelta.__setstate__: super().__setstate__(state); self._reset_plan() => self._rese"
        "t_plan(); super().__setstate__(state)",
        "a table checks which groups and states it was made for",
    ),
    (
        "optimizer.py",
        "Adadelta.fit_state: if param.is_cuda and self._step_supports_amp_scaling and ('step'"
        " in state): => if param.is_cuda and self._step_supports_amp_scaling and ('step' not "
        "in state):",
        "needs a tensor on a GPU",
    ),
    (
        "step/update.py",
        "Update.take: if tries > TRIES + len(self._groups): => if tries >= TRIES + len(self._"
        "groups):",
        "one try less",
    ),
    (
        "step/table.py",
        "Table._make_words: self._only_list = only if type(only) is list and self._has_native"
        "_grads else None => self._only_list = only if type(only) is list else None",
        "the native call compares the params and grads of both lists with the rows",
    ),
    (
        "step/groups.py",
        "Group.fits: return group is self.dict and group['params'] is self.params and (len(se"
        "lf.params) == self.size) and (2 * len(group) <= len(self._ids)) and ([group.get(opti"
        "on) for option in TABLE_OPTIONS] == self.options) => return group is self.dict and g"
        "roup['params'] is self.params and (len(self.params) == self.size) and (3 * len(group"
        ") <= len(self._ids)) and ([group.get(option) for option in TABLE_OPTIONS] == self.op"
        "tions)",
        "another table is made although there is room: only speed",
    ),
    (
        "step/groups.py",
        "pieces: if capacity is None or len(parts) <= capacity: => if capacity is None or len"
        "(parts) < capacity:",
        "a launch that is just full is one piece in both",
    ),
    (
        "step/numbers.py",
        "lr_on_device: if isinstance(lr, Tensor) and group['capturable'] and (lr.device.type "
        "!= 'cpu'): => if isinstance(lr, Tensor) and group['capturable']:",
        "a number on the CPU is copied to the GPU, and is the same",
    ),
    (
        "step/examine.py",
        "_check_tensors: if tensor is None or not _is_ordinary(tensor): => if not _is_ord"
        "inary(tensor):",
        "None is not ordinary",
    ),
    (
        "step/examine.py",
        "_may_overlap_itself: return False => pass",
        "None is false, too",
    ),
]


def explains(text: str, mutant: str) -> bool:
    return mutant.startswith(text[:-3]) if text.endswith("...") else mutant == text


def why(module: str, mutant: str) -> str:
    """Return why a mutant changes no result, or an empty string."""
    reasons = (reason for of, text, reason in EXPLAINED if of == module and explains(text, mutant))
    return next(reasons, "")
