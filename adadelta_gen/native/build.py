"""Compile a Python function to LLVM IR for any CPU. The only module that runs Numba's compiler.

Numba's own optimization depends on the features of the CPU that it runs on, and is left out. The
passes below only shorten the text: none of them unrolls, vectorises or schedules. The text contains
no CPU, address or version, and is the same from every process and every Python version.
``machine.py`` compiles it to machine code.

This uses private parts of Numba, and other versions of LLVM print other text: the toolchain is
pinned (the extra ``generate``).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from inspect import signature as signature_of
from typing import Any

from llvmlite import binding, ir
from numba import cfunc, types
from numba.core.codegen import CPUCodeLibrary
from numba.core.lowering import Lower

from adadelta_gen.native.abi import HALF_CONVERSIONS

LAUNCH = types.void(types.int64, types.int64, types.int64)
STEP = types.int64(types.int64, types.int64, types.int64)
# For functions that only native code calls.
WITHOUT_WRAPPERS = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

# Cost model of the passes only; the IR is for any CPU.
TRIPLE, CPU = "x86_64-unknown-linux-gnu", "x86-64"
PASSES = (
    "always_inliner",
    "global_dead_code_eliminate",
    "sroa",
    "simplify_cfg",
    "instruction_combine",
    "sroa",  # again: structs of structs come apart one after the other
    "jump_threading",
    "sccp",
    "simplify_cfg",
    "sroa",
    "instruction_combine",
    "new_gvn",
    "instruction_combine",
    "dead_store_elimination",
    "aggressive_dce",
    "simplify_cfg",
    "loop_simplify",
    "simplify_cfg",
    "global_dead_code_eliminate",
    # Functions that never raise need neither a status nor exception information.
    "ipsccp",
    "dead_arg_elimination",
    "instruction_combine",
    "simplify_cfg",
    "aggressive_dce",
    "global_dead_code_eliminate",
    "strip_dead_prototype",
)
NAME = r'"[^"\n]+"|[\w.$-]+'
LABEL = f"(?m)^({NAME}):"
PHI = r"(?m)^.* = phi .*$"
# Text that the parser adds, text that depends on the machine, and syntax unknown to LLVM 20.
NOISE = (
    r"^(; ModuleID|source_filename|target |; Function Attrs|attributes #|!\d+ = ).*\n",
    r" +; preds = .*",
    r"(, ![a-z.]+ !\d+)+",
    r"(?<=\)) #\d+(?=$| \{)",
    r" (captures\(none\)|readonly|immarg|noalias|noundef|nonnull|range\([^()]*\))(?=[ ,)])",
    r"(?<=zext) nneg|(?<=icmp) samesign|(?<=or) disjoint|(?<=trunc)( nuw| nsw)+",
)


def has_half_conversions(builder: Any) -> Any:
    """Emit the flag that ``machine.py`` sets: the CPU converts between float16 and float32."""
    module = builder.module
    if HALF_CONVERSIONS not in module.globals:
        flag = ir.GlobalVariable(module, ir.IntType(1), HALF_CONVERSIONS)
        flag.initializer = ir.Constant(ir.IntType(1), True)
        flag.global_constant = True
        flag.linkage = "weak"  # else the passes would fold the constant
    return builder.load(module.globals[HALF_CONVERSIONS])


def portable(function: Callable[..., Any], name: str, signature: Any) -> str:
    """Return the IR of a function, under the name ``name``.

    Raises:
        RuntimeError: the IR refers to global variables of this process.
    """
    with _as_lowered():
        compiled = cfunc(signature, error_model="numpy", forceinline=True)(function)
        text = compiled.inspect_llvm().replace(compiled.native_name, name)
    module = binding.parse_assembly(_with_functions_apart(text, function.__module__))
    for thing in (*module.functions, *module.global_variables):
        if not thing.is_declaration and thing.name not in (name, HALF_CONVERSIONS):
            thing.linkage = "internal"
    for argument, called in zip(
        module.get_function(name).arguments, signature_of(function).parameters, strict=True
    ):
        argument.name = called
    _run(module)
    if left := [v.name for v in module.global_variables if v.name != HALF_CONVERSIONS]:
        raise RuntimeError(
            f"the IR of {name} refers to global variables of this process: {', '.join(left)}"
        )
    text = _stable(str(module))
    if signature.return_type is types.void:  # Numba returns a null pointer
        text = text.replace(f"define ptr @{name}(", f"define void @{name}(")
        text = text.replace("  ret ptr null\n", "  ret void\n")
    return text


def _with_functions_apart(text: str, module: str) -> str:
    """Keep the functions of a Python module as separate functions, with their Python names."""
    # Numba marks its wrapper noinline; only if it is inlined can the function be nounwind.
    text = text.replace("noinline", "nounwind")
    path = "".join(f"{len(part)}{part}" for part in module.split("."))
    function = re.compile(rf"(?m)^define linkonce_odr .*@(_ZN{path}\d+(\w+?)B\dv\w+)\(.*$")
    taken: dict[str, int] = {}
    for match in list(function.finditer(text)):
        mangled, name = match[1], match[2].split("_3clocals_3e")[-1].lstrip("0123456789")
        number = taken[name] = taken.get(name, 0) + 1
        text = text.replace(match[0], re.sub(r" #\d+ \{$", " {", match[0]))
        text = re.sub(rf"@{mangled}\b", f"@{name}" + f".{number}" * (number > 1), text)
    return text


@contextmanager
def _as_lowered() -> Iterator[None]:
    """Make Numba link without optimizing, and name values after the Python variables."""
    # It emits machine code of that too, and would end the process if a function were missing.
    for unused in ("__extendhfsf2", "__truncsfhf2"):
        binding.add_symbol(unused, 1)
    store = Lower.storevar

    def named(self: Any, value: Any, name: str, **options: Any) -> None:
        variable = re.sub(r"^.*_v\d+_", "", name)  # of a function that Numba has inlined
        is_new = isinstance(value, ir.Instruction) and value.name.startswith(".")
        if is_new and not variable.startswith("$"):
            value.name = variable
        store(self, value, name, **options)

    with ExitStack() as stack:
        for method in ("_optimize_functions", "_optimize_final_module"):
            stack.enter_context(_replaced(CPUCodeLibrary, method, lambda self, module=None: None))
        stack.enter_context(_replaced(Lower, "storevar", named))
        yield


@contextmanager
def _replaced(owner: type, name: str, method: Callable[..., None]) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, method)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _run(module: Any) -> None:
    binding.initialize_all_targets()
    machine = binding.Target.from_triple(TRIPLE).create_target_machine(cpu=CPU, features="")
    builder = binding.create_pass_builder(machine, binding.create_pipeline_tuning_options(0))
    manager = builder.getModulePassManager()
    for name in PASSES:
        getattr(manager, f"add_{name}_pass")()
    manager.run(module, builder)


def _stable(text: str) -> str:
    """Remove text that depends on the build; order and number blocks and names by the code."""
    for pattern in NOISE:
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    parts = re.findall(r"(?ms)^define .*?^\}\n|^[^\n]+\n", text)
    functions = [_renamed(_in_order(part)) for part in parts if part.startswith("define")]
    others = [part for part in parts if not part.startswith("define")]
    return "".join(sorted(others)) + "\n" + "\n".join(functions)


def _in_order(function: str) -> str:
    """Sort the blocks of a function so that each follows one that branches to it."""
    head, body = function.split("\n", 1)
    blocks = body.removesuffix("}\n").strip("\n").split("\n\n")
    first, *rest = blocks
    by_label = {block.split(":", 1)[0]: block for block in rest}
    ordered, waiting = [], [first]
    while waiting:
        block = waiting.pop()
        ordered.append(block)
        targets = re.findall(f"label %({NAME})", block.rsplit("\n  br ", 1)[-1])
        waiting += [by_label.pop(label) for label in reversed(targets) if label in by_label]
    return "\n".join([head, "\n\n".join(ordered), "}\n"])


def _renamed(function: str) -> str:
    """Number blocks, and values of the same name, in order of appearance."""
    names = {label: f"block.{i}" for i, label in enumerate(re.findall(LABEL, function), 1)}
    taken: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        old = match[1]
        if old not in names:
            base = _base(old)
            number = taken[base] = taken.get(base, 0) + 1
            names[old] = base if number == 1 and base != "v" else f"{base}.{number}"
        return f"%{names[old]}"

    function = re.sub(PHI, lambda match: _in_order_of_blocks(match[0], names), function)
    function = re.sub(LABEL, lambda match: f"{names[match[1]]}:", function)
    return re.sub(f"%({NAME})", rename, function)


def _in_order_of_blocks(phi: str, names: dict[str, str]) -> str:
    """Sort the incoming values of a phi by block."""
    head, *sources = re.split(r"(?=\[ )", phi)

    def number(source: str) -> int:
        label = source[source.rindex("%") + 1 : source.rindex(" ]")]
        return int(names[label].removeprefix("block."))

    return head + ", ".join(sorted((source.rstrip(", ") for source in sources), key=number))


def _base(name: str) -> str:
    """Return the name of the variable that a value is named after, or ``v``."""
    name = re.sub(r"(\.i|\d+|\.)+$", "", name.strip('"').removeprefix("arg."))
    return name.rstrip("_") if re.match(r"[a-z]\w*$", name) else "v"
