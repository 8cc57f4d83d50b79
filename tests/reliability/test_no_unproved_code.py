"""Each place of the package that runs code, loads a library or unpickles is listed, with a reason.

A new place fails, until someone has looked at what it can be given and has added it here.
"""

import ast
import re

import pytest

from adadelta_gen.paths import GENERATED, PACKAGE
from adadelta_gen.run import processes

BUILTINS = {"__import__", "compile", "eval", "exec"}
MODULES = {
    *("_pickle", "builtins", "cloudpickle", "codeop", "dill", "imp", "joblib", "marshal", "pickle"),
    *("runpy", "shelve", "subprocess", "yaml", "zipimport"),
}
OF_MODULES = {
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "importlib": {"reload"},
    "jinja2": {"Environment", "Template"},
    "np": {"load"},
    "numpy": {"load"},
    "os": {
        *("execl", "execle", "execlp", "execv", "execve", "execvp", "execvpe", "popen"),
        *("posix_spawn", "posix_spawnp", "spawnl", "spawnv", "spawnve", "startfile", "system"),
    },
    "torch": {"load"},
}
ANYWHERE = {
    *("CDLL", "LoadLibrary", "OleDLL", "PyDLL", "WinDLL", "load_library"),  # libraries
    *("CFUNCTYPE", "PYFUNCTYPE", "WINFUNCTYPE", "PyCFunction_NewEx"),  # functions at addresses
    *("add_object_file", "cuLibraryLoadData", "cuModuleLoadData", "parse_assembly"),
    *("parse_bitcode", "exec_module", "import_module", "load_module", "module_from_spec"),
    *("spec_from_file_location", "InteractiveInterpreter", "_get_main_module_details"),
    *("_get_module_details", "from_string", "all_gather_object", "broadcast_object_list"),
    *("gather_object", "recv_object_list", "scatter_object_list"),  # unpickle what a rank sent
}
NEVER = {("shell", True), ("allow_pickle", True), ("weights_only", False)}

OWN = "a module whose name is written in the package"
USERS = "the user's own program, which the command is asked to run"
CHILD = "this Python, with a list of arguments and no shell; the code is part of the package"
CHECKED = "IR or PTX whose digest committed.load has checked"
COMPILED = "what LLVM has just made from checked IR"
SOURCE = "source whose digest was checked, or that was just compared with the templates"
NUMBA = "IR that Numba has just made from such source, while generating or measuring"
FIXED = "a text that is written in the module"
PROCESS = "a library that the process has already loaded"
ADDRESS = "the address of a function of torch or of the package"
RESTRICTED = "only tensors and numbers, or the names that torch writes into .metadata"
RANKS = "ranks of one training trust one another, as torch.distributed does"
ALLOWED = {
    ("__init__.py", "__getattr__", "import_module"): OWN,
    ("bench/code.py", "numba_code", "parse_assembly"): NUMBA,
    ("bench/environment.py", "version_of", "import_module"): OWN,
    ("bench/jobs.py", "", "CFUNCTYPE"): ADDRESS,
    ("bench/resident.py", "peak_growth_bytes", "subprocess.PIPE"): CHILD,
    ("bench/resident.py", "peak_growth_bytes", "subprocess.run"): CHILD,
    ("bench/startup.py", "seconds", "subprocess.PIPE"): CHILD,
    ("bench/startup.py", "seconds", "subprocess.run"): CHILD,
    ("commands/checkpoint.py", "_loaded", "torch.load"): RESTRICTED,
    ("commands/checkpoint.py", "read", "pickle.UnpicklingError"): "an error",
    ("commands/explain.py", "_call", "import_module"): USERS,
    ("cpu/build.py", "kernel_function", "compile"): SOURCE,
    ("cpu/build.py", "kernel_function", "exec"): SOURCE,
    ("cuda/build.py", "_function", "compile"): SOURCE,
    ("cuda/build.py", "_function", "exec"): SOURCE,
    ("cuda/driver.py", "functions", "CDLL"): "the CUDA driver, which cuda.bindings has loaded",
    ("cuda/driver.py", "load", "'cuLibraryLoadData'"): CHECKED,
    ("demo/checkpoints.py", "_on_first_rank", "broadcast_object_list"): RANKS,
    ("demo/distributed.py", "Training.outcome", "all_gather_object"): RANKS,
    ("demo/reading.py", "Planner.load_bytes", "pickle.UnpicklingError"): "an error",
    ("demo/reading.py", "Planner.load_bytes", "torch.load"): RESTRICTED,
    ("demo/reading.py", "Reader.read_metadata", "pickle.UnpicklingError"): "an error",
    ("demo/reading.py", "_Unpickler", "pickle.Unpickler"): RESTRICTED,
    ("demo/reading.py", "_Unpickler.find_class", "pickle.UnpicklingError"): "an error",
    ("generate/sources.py", "_render", "jinja2.Environment"): "a type annotation",
    ("generate/sources.py", "environment", "jinja2.Environment"): "templates of the checkout",
    ("native/build.py", "portable", "parse_assembly"): NUMBA,
    ("native/machine.py", "has_half_conversions", "parse_assembly"): FIXED,
    ("native/machine.py", "load", "add_object_file"): COMPILED,
    ("native/machine.py", "load", "parse_assembly"): FIXED,
    ("native/machine.py", "parsed", "parse_assembly"): CHECKED,
    ("native/memory.py", "_asked_madvise", "CDLL"): PROCESS,
    ("native/memory.py", "madvise", "CDLL"): PROCESS,
    ("native/shim.py", "_ask", "CFUNCTYPE"): ADDRESS,
    ("native/shim.py", "_core", "CDLL"): PROCESS,
    ("native/shim.py", "grad_words", "CFUNCTYPE"): ADDRESS,
    ("native/shim.py", "libtorch", "CDLL"): PROCESS,
    ("run/children/sitecustomize.py", "_import_the_next_one", "import_module"): (
        "the sitecustomize that Python would have imported"
    ),
    ("run/program.py", "Program._file", "compile"): USERS,
    ("run/program.py", "Program._file", "runpy._get_main_module_details"): USERS,
    ("run/program.py", "Program._module", "runpy._get_module_details"): USERS,
    ("run/program.py", "Program.ready", "exec"): USERS,
    ("run/swap.py", "_Finder.find_spec", "exec_module"): "torch, by the loader that Python found",
    ("run/swap.py", "_Finder.find_spec.execute_and_swap", "exec_module"): (
        "removes the attribute that find_spec has set"
    ),
    ("step/native_call.py", "bound", "PyCFunction_NewEx"): ADDRESS,
}


class Finder(ast.NodeVisitor):
    def __init__(self, path):
        self.path, self.inside, self.found = path, [], set()

    def note(self, what):
        self.found.add((self.path, ".".join(self.inside), what))

    def nested(self, node):
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = nested

    def visit_Import(self, node):
        for alias in node.names:
            if alias.asname and alias.name in MODULES | OF_MODULES.keys() - {"numpy"}:
                self.note(f"import {alias.name} as {alias.asname}")

    def visit_ImportFrom(self, node):
        for alias in node.names:
            is_watched = alias.name in OF_MODULES.get(node.module, ())
            if node.module in MODULES or is_watched or (alias.name in ANYWHERE and alias.asname):
                self.note(f"from {node.module} import {alias.name}")

    def visit_Name(self, node):
        if node.id in BUILTINS | ANYWHERE:
            self.note(node.id)

    def visit_Attribute(self, node):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner in MODULES or node.attr in OF_MODULES.get(owner, ()):
            self.note(f"{owner}.{node.attr}")
        elif node.attr in ANYWHERE:
            self.note(node.attr)
        self.generic_visit(node)

    def visit_Constant(self, node):
        if node.value in ANYWHERE:  # a name for getattr
            self.note(repr(node.value))

    def visit_keyword(self, node):
        value = node.value.value if isinstance(node.value, ast.Constant) else None
        if (node.arg, value) in NEVER:
            self.note(f"{node.arg}={value}")
        self.generic_visit(node)


def found(source, path=""):
    finder = Finder(path)
    finder.visit(ast.parse(source))
    return finder.found


@pytest.mark.parametrize(
    "line",
    [
        "eval(text)",
        "run = exec",
        "import pickle as p",
        "import pickle; pickle.load(file)",
        "from pickle import loads",
        "from os import system",
        "import os; os.system(command)",
        "import subprocess; subprocess.run(command)",
        "run(command, shell=True)",
        "torch.load(path)",
        "load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(text)",
        "ctypes.CDLL(path)",
        "ctypes.cdll.LoadLibrary(path)",
        "binding.parse_assembly(text)",
        "getattr(binding, 'parse_bitcode')(text)",
        "from importlib import import_module as f",
        "jinja2.Template(text)",
        "environment.from_string(text)",
    ],
)
def test_a_new_place_is_found(line):
    assert found(line)


def test_every_place_is_listed():
    places = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        places |= found(text, path.relative_to(PACKAGE).as_posix())
    assert places == ALLOWED.keys()


def test_generated_sources_have_none():
    for path in sorted(GENERATED.rglob("*.py")):
        assert not found(path.read_text(encoding="utf-8")), path


class Variables(ast.NodeVisitor):
    """Collects the names that are looked up in ``os.environ``."""

    def __init__(self):
        self.names = set()

    def visit_Subscript(self, node):
        self.add(node.value, node.slice)
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.args:
            self.add(node.func.value, node.args[0])
        self.generic_visit(node)

    def add(self, owner, name):
        if isinstance(owner, ast.Attribute) and owner.attr == "environ":
            self.names.add(ast.unparse(name).strip("'"))


def test_security_names_every_environment_variable():
    security = PACKAGE.parent / "SECURITY.md"
    if not security.exists():
        pytest.skip("needs a checkout")
    variables = Variables()
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "getenv" not in text, path
        variables.visit(ast.parse(text))
    names = variables.names - {"VARIABLE"} | {processes.VARIABLE}
    named = set(re.findall(r"`([A-Z_]+)`", security.read_text(encoding="utf-8")))
    assert len(names) > 9
    assert names <= named, names - named
