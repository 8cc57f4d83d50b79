"""Compile LLVM IR to machine code for a CPU with llvmlite, and load it into the process."""

import re
from functools import cache
from typing import Any, NamedTuple

import llvmlite
from llvmlite import binding

from adadelta_gen.native.abi import HALF_CONVERSIONS
from adadelta_gen.native.lifetime import keep

# Conversions between float16 and float32. For a CPU without them, LLVM emits function calls.
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
# Places in assembly where a function is named: calls and jumps, constants, tables.
_SYMBOL = re.compile(
    r"^\t(?:callq?|jmpq?|bl|b|jal|tail)\s+([A-Za-z_][\w.$]*)|(?<![\w.])\$([A-Za-z_][\w.$]*)"
    r"|(?<![\w.])([\w.]+)@|^\t\.(?:quad|xword|8byte|dword)\s+([A-Za-z_][\w.$]*)$",
    re.MULTILINE,
)


class CodeError(RuntimeError):
    """The IR cannot be compiled to machine code on this machine."""


class Cpu(NamedTuple):
    """A CPU, as LLVM describes it.

    Args:
        triple: architecture and operating system.
        name: LLVM's name of the CPU.
        features: features to add to or remove from those of the name (``+avx2,-avx512f,...``).
    """

    triple: str
    name: str
    features: str = ""

    def has(self, feature: str) -> bool:
        """Whether ``features`` adds this feature."""
        return f"+{feature}" in self.features.split(",")

    def target_machine(self, level: int = 3) -> Any:
        """Return LLVM's code generator for the CPU, with optimization level 0 to 3."""
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
# The CPUs of `show --asm --cpu`, besides that of this machine, and of tests/kernels.
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
    """Return the CPU of this machine."""
    name = str(binding.get_host_cpu_name())
    features = "" if name == "generic" else str(binding.get_host_cpu_features().flatten())
    return Cpu(str(binding.get_process_triple()), name, features)


@cache
def _initialize() -> None:
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()


@cache
def has_half_conversions(cpu: Cpu) -> bool:
    """Whether a CPU has instructions that convert between float16 and float32."""
    module = binding.parse_assembly(_HALF_CONVERSIONS)
    return not called_functions(cpu.target_machine().emit_assembly(module))


def called_functions(assembly: str) -> list[str]:
    """Return the external functions that an assembly text names."""
    defined = set(re.findall(r"^([\w.$]+):", assembly, re.MULTILINE)) | {"_GLOBAL_OFFSET_TABLE_"}
    lines = re.findall(r"^\t(?:[a-z]|\.(?:quad|xword|8byte|dword)).*$", assembly, re.MULTILINE)
    named = {name for names in _SYMBOL.findall("\n".join(lines)) for name in names}
    return sorted(named - defined - {""})


def optimized(ir: str, cpu: Cpu, level: int = 3) -> Any:
    """Return IR as an LLVM module, optimized for a CPU.

    Args:
        ir: the text.
        cpu: the CPU.
        level: 3: all optimizations; 0: only inline functions.

    Raises:
        CodeError: the installed llvmlite cannot parse the IR.
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
    tuning.slp_vectorization = False  # compiles faster; the code is no slower without it
    builder = binding.create_pass_builder(machine, tuning)
    manager = builder.getModulePassManager()
    for name in () if level else _INLINING:
        getattr(manager, f"add_{name}_pass")()
    manager.run(module, builder)
    return module


def parsed(ir: str) -> Any:
    """Return IR as an LLVM module, without optimization.

    Raises:
        CodeError: the installed llvmlite cannot parse the IR.
    """
    try:
        return binding.parse_assembly(ir)
    except RuntimeError as error:
        lines = str(error).strip().splitlines()
        what = next((line for line in lines if "error: " in line), " ".join(lines))
        raise CodeError(f"llvmlite {llvmlite.__version__} cannot parse it: {what}") from error


def object_code(ir: str, cpu: Cpu, level: int = 3) -> bytes:
    """Return IR as relocatable machine code.

    Raises:
        CodeError: the installed llvmlite cannot parse the IR, or the code would call functions
            that no library provides.
    """
    module = optimized(ir, cpu, level)
    machine = cpu.target_machine(max(level, 1))
    if not cpu.triple.startswith(("x86_64", "aarch64", "arm64")):
        # Code for these CPUs is untested; a call of a missing function would end the process.
        calls = called_functions(machine.emit_assembly(module))
        if calls:
            raise CodeError(
                f"the code for {cpu.name} ({cpu.triple}) would call {', '.join(calls)}, which no "
                "library provides"
            )
    return bytes(machine.emit_object(module))


def assembly(ir: str, cpu: Cpu, level: int = 3) -> str:
    """Return IR as assembly, from the same optimizations as ``object_code``."""
    return str(cpu.target_machine(max(level, 1)).emit_assembly(optimized(ir, cpu, level)))


def load(object_code: bytes, function: str) -> int:
    """Load object code into the process and return the address of one of its functions.

    Args:
        object_code: result of ``object_code``; LLVM ends the process on invalid bytes.
        function: name of the function.

    Raises:
        RuntimeError: the object code does not define the function.
    """
    module = binding.parse_assembly("")
    module.triple = binding.get_process_triple()
    engine = binding.create_mcjit_compiler(module, host().target_machine())
    engine.add_object_file(binding.ObjectFileRef.from_data(object_code))
    engine.finalize_object()
    address = int(engine.get_function_address(function))
    if not address:
        raise RuntimeError(f"the object code does not define the function {function!r}")
    keep(engine)
    return address
