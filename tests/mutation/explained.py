"""Mutants that no test can notice, each with the reason."""

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
]


def explains(text: str, mutant: str) -> bool:
    return mutant.startswith(text[:-3]) if text.endswith("...") else mutant == text


def why(module: str, mutant: str) -> str:
    """Return why a mutant changes no result, or an empty string."""
    reasons = (reason for of, text, reason in EXPLAINED if of == module and explains(text, mutant))
    return next(reasons, "")
