"""LLVM IR -> machine code for a CPU, by llvmlite alone, brought into the process."""

import re
from functools import cache
from typing import Any, NamedTuple

import llvmlite
from llvmlite import binding

from adadelta_gen.native.abi import HALF_CONVERSIONS
from adadelta_gen.native.lifetime import keep

# Converts between float16 and float32; where the CPU does not, LLVM calls functions for it.
_HALF_CONVERSIONS = """
define half @narrow(float %x) {
  %y = fptrunc float %x to half
  ret half %y
}
define float @widen(half %x) {
  %y = fpext half %x to float
  ret float %y
}
"""
_INLINING = ("always_inliner", "global_dead_code_eliminate", "sroa", "instruction_combine")
# Where a function can be named: in a call or jump, a constant, a table.
_SYMBOL = re.compile(
    r"^\t(?:callq?|jmpq?|bl|b|jal|tail)\s+([A-Za-z_][\w.$]*)|(?<![\w.])\$([A-Za-z_][\w.$]*)"
    r"|(?<![\w.])([\w.]+)@|^\t\.(?:quad|xword|8byte|dword)\s+([A-Za-z_][\w.$]*)$",
    re.MULTILINE,
)


class CodeError(RuntimeError):
    """No machine code can be made of the IR here."""


class Cpu(NamedTuple):
    """A CPU as LLVM knows it.

    Args:
        triple: its architecture and system.
        name: LLVM's name of it.
        features: that it has beyond those of its name, or has not (``+avx2,-avx512f,...``).
    """

    triple: str
    name: str
    features: str = ""

    def has(self, feature: str) -> bool:
        """Whether the features say that it has this one."""
        return f"+{feature}" in self.features.split(",")

    def target_machine(self, level: int = 3) -> Any:
        """Return LLVM's code generator for it, which takes more or less care (0 to 3)."""
        _initialize()
        target = binding.Target.from_triple(self.triple)
        return target.create_target_machine(
            cpu=self.name,
            features=self.features,
            opt=level,
            reloc="pic",
            codemodel="jitdefault",
            jit=True,
        )


X86, ARM = "x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"
# What `show --asm --cpu` knows beside the CPU of this machine, and the tests look at.
CPUS = {
    cpu.name: cpu
    for cpu in (
        Cpu(X86, "x86-64"),
        Cpu(X86, "nehalem"),
        Cpu(X86, "sandybridge"),
        Cpu(X86, "haswell"),
        Cpu(X86, "skylake-avx512"),
        Cpu(X86, "emeraldrapids"),
        Cpu(X86, "znver4"),
        Cpu(ARM, "generic"),
        Cpu(ARM, "cortex-a72"),
        Cpu(ARM, "neoverse-n1"),
        Cpu(ARM, "neoverse-v1"),
        Cpu(ARM, "neoverse-v2"),
        Cpu(ARM, "apple-m1"),
    )
}


@cache
def host() -> Cpu:
    """The CPU of this machine."""
    name = str(binding.get_host_cpu_name())
    features = "" if name == "generic" else str(binding.get_host_cpu_features().flatten())
    return Cpu(str(binding.get_process_triple()), name, features)


@cache
def _initialize() -> None:
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()


@cache
def has_half_conversions(cpu: Cpu) -> bool:
    """Whether a CPU converts between float16 and float32 by itself."""
    module = binding.parse_assembly(_HALF_CONVERSIONS)
    return not called_functions(cpu.target_machine().emit_assembly(module))


def called_functions(assembly: str) -> list[str]:
    """Return the functions of other libraries that an assembly text names."""
    defined = set(re.findall(r"^([\w.$]+):", assembly, re.MULTILINE)) | {"_GLOBAL_OFFSET_TABLE_"}
    lines = re.findall(r"^\t(?:[a-z]|\.(?:quad|xword|8byte|dword)).*$", assembly, re.MULTILINE)
    named = {name for names in _SYMBOL.findall("\n".join(lines)) for name in names}
    return sorted(named - defined - {""})


def optimized(ir: str, cpu: Cpu, level: int = 3) -> Any:
    """Return IR as LLVM's module for a CPU.

    Args:
        ir: the text.
        cpu: for which.
        level: 3 makes loops quick; 0 only puts functions in the places of their calls.

    Raises:
        CodeError: this llvmlite cannot read it.
    """
    flag = f"@{HALF_CONVERSIONS} = "
    if flag in ir:
        answer = f"{flag}internal constant i1 {str(has_half_conversions(cpu)).lower()}"
        ir = re.sub(f"^{re.escape(flag)}.*", answer, ir, flags=re.MULTILINE)
    if level == 0:
        ir = re.sub(r"^(define internal .*\)) \{$", r"\1 alwaysinline {", ir, flags=re.MULTILINE)
    module = parsed(ir)
    machine = cpu.target_machine(level)
    module.triple = machine.triple
    module.data_layout = str(machine.target_data)
    tuning = binding.create_pipeline_tuning_options(level)
    tuning.loop_vectorization = level > 0
    tuning.slp_vectorization = False  # which gains nothing here and takes time
    builder = binding.create_pass_builder(machine, tuning)
    manager = builder.getModulePassManager()
    for name in () if level else _INLINING:
        getattr(manager, f"add_{name}_pass")()
    manager.run(module, builder)
    return module


def parsed(ir: str) -> Any:
    """Return IR as LLVM's module, as it is.

    Raises:
        CodeError: this llvmlite cannot read it.
    """
    try:
        return binding.parse_assembly(ir)
    except RuntimeError as error:
        lines = str(error).strip().splitlines()
        what = next((line for line in lines if "error: " in line), " ".join(lines))
        raise CodeError(f"llvmlite {llvmlite.__version__} cannot read it: {what}") from error


def object_code(ir: str, cpu: Cpu, level: int = 3) -> bytes:
    """Return IR as relocatable machine code.

    Raises:
        CodeError: this llvmlite cannot read it, or the code would call what nothing provides.
    """
    module = optimized(ir, cpu, level)
    machine = cpu.target_machine(max(level, 1))
    if not cpu.triple.startswith(("x86_64", "aarch64", "arm64")):
        # Nobody has looked at the code for these; a call that leads nowhere ends the process.
        calls = called_functions(machine.emit_assembly(module))
        if calls:
            raise CodeError(f"the code would call {', '.join(calls)}, which nothing provides")
    return bytes(machine.emit_object(module))


def assembly(ir: str, cpu: Cpu, level: int = 3) -> str:
    """Return the same code as text."""
    return str(cpu.target_machine(max(level, 1)).emit_assembly(optimized(ir, cpu, level)))


def load(object_code: bytes, function: str) -> int:
    """Bring object code into the process, for good, and return the address of one of its functions.

    Args:
        object_code: what ``object_code`` made; LLVM ends the process on other bytes.
        function: its name.

    Raises:
        RuntimeError: it defines no such function.
    """
    module = binding.parse_assembly("")
    module.triple = binding.get_process_triple()
    engine = binding.create_mcjit_compiler(module, host().target_machine())
    engine.add_object_file(binding.ObjectFileRef.from_data(object_code))
    engine.finalize_object()
    address = int(engine.get_function_address(function))
    if not address:
        raise RuntimeError(f"the object code defines no function {function!r}")
    keep(engine)
    return address
