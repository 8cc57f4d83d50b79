"""Small changes of a module: every mutant of its functions that the operators below can make.

Operators: delete a statement; leave out a ``with`` or a ``finally``; exchange two neighbouring
statements; negate a condition; change a comparison; leave out one operand of ``and`` or ``or``, or
exchange the two; exchange ``+`` and ``-``; change an integer, True or False. Error messages,
annotations and defaults of arguments stay as they are.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import NamedTuple

OTHERS = {
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
BLOCKS = ("body", "orelse", "finalbody")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DELETED = (
    *(ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise),
    *(ast.Continue, ast.Break, ast.Delete),
)


class Mutant(NamedTuple):
    """A change of one function.

    Args:
        path: file of the module.
        line: line of the change.
        statement: first line of the changed statement.
        function: qualified name of the function.
        before, after: the changed statement, or the first line of a compound statement.
        tree: the changed module; valid until the next mutant is made.
    """

    path: Path
    line: int
    statement: int
    function: str
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.function}: {self.before} => {self.after}"

    def code(self) -> CodeType:
        return compile(self.tree, str(self.path), "exec")


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Make the mutants of a module, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    seen = set()
    for name, function in _functions(tree, ""):
        for block in _blocks(function):
            for i in range(len(block)):
                for line, before, after in _changes(block, i):
                    now = name, block[i].lineno, before, after
                    if before != after and now not in seen:
                        seen.add(now)
                        ast.fix_missing_locations(tree)
                        yield Mutant(path, line, block[i].lineno, name, before, after, tree)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            yield prefix + child.name, child
            yield from _functions(child, f"{prefix}{child.name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Return the blocks of a function, without those of functions in it."""
    for field in BLOCKS:
        block = getattr(node, field, None)
        if isinstance(block, list) and block:
            yield block
            for statement in block:
                if not isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                    yield from _blocks(statement)
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _blocks(part)


def _changes(block: list[ast.stmt], i: int) -> Iterator[tuple[int, str, str]]:
    """Change a statement of a block; the change holds until the iterator goes on."""
    statement = block[i]
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef, ast.Assert)) or _is_text(statement):
        return
    line, before = statement.lineno, _head(statement)
    if isinstance(statement, DELETED):
        # Not left out: names that are assigned stay local, and free variables stay free.
        never = ast.If(ast.Constant(False), [statement], [])
        block[i] = ast.copy_location(never, statement)
        yield line, before, "pass"
        block[i] = statement
    if isinstance(statement, ast.With):
        always = ast.If(ast.Constant(True), statement.body, [])
        block[i] = ast.copy_location(always, statement)
        yield line, before, "pass"
        block[i] = statement
    if isinstance(statement, ast.Try) and statement.finalbody:
        last, statement.finalbody = statement.finalbody, []
        if statement.handlers:
            yield line, f"finally: {_head(last[0])}", "pass"
        else:
            block[i] = ast.copy_location(ast.If(ast.Constant(True), statement.body, []), statement)
            yield line, f"finally: {_head(last[0])}", "pass"
            block[i] = statement
        statement.finalbody = last
    if i + 1 < len(block) and _may_matter(statement, block[i + 1]):
        block[i], block[i + 1] = block[i + 1], statement
        yield line, f"{before}; {_head(block[i])}", f"{_head(block[i])}; {before}"
        block[i], block[i + 1] = statement, block[i]
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, (ast.Add, ast.Sub)):
        own_op = statement.op
        statement.op = ast.Sub() if isinstance(own_op, ast.Add) else ast.Add()
        yield line, before, _head(statement)
        statement.op = own_op
    if not isinstance(statement, ast.Raise):
        for slot in _slots(statement):
            own = slot.expression
            for other in _others(own, slot.is_condition):
                slot.fill(other if hasattr(other, "lineno") else ast.copy_location(other, own))
                yield own.lineno, before, _head(statement)
            slot.fill(own)


def _may_matter(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether the order of two statements may matter: one is for its effect, and so is the other
    unless it only gives a value to a local name."""
    pair = (first, second)
    if not all(isinstance(s, (ast.Expr, ast.Assign, ast.AugAssign, ast.Delete)) for s in pair):
        return False
    return any(isinstance(s, (ast.Expr, ast.Delete)) for s in pair) and all(map(_acts, pair))


def _acts(statement: ast.stmt) -> bool:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return not (_is_text(statement) or all(isinstance(target, ast.Name) for target in targets))


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _head(statement: ast.stmt) -> str:
    return ast.unparse(statement).split("\n")[0]


class Slot(NamedTuple):
    """The place of an expression: a field of a node, or an item of such a field."""

    node: ast.AST
    field: str
    index: int | None
    expression: ast.expr

    @property
    def is_condition(self) -> bool:
        return self.field in ("test", "ifs")

    def fill(self, expression: ast.expr) -> None:
        if self.index is None:
            setattr(self.node, self.field, expression)
        else:
            getattr(self.node, self.field)[self.index] = expression


def _slots(node: ast.AST) -> Iterator[Slot]:
    """Return the places of all expressions that belong to a statement itself."""
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.stmt) and field in (*BLOCKS, "handlers", "cases", "annotation"):
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.JoinedStr) or getattr(child, "arg", "") == "strict":
                continue  # zip(strict=True) only checks
            if isinstance(child, ast.expr):
                yield Slot(node, field, index, child)
            if isinstance(child, (ast.expr, ast.comprehension, ast.keyword, ast.withitem)):
                yield from _slots(child)


def _others(own: ast.expr, is_condition: bool) -> Iterator[ast.expr]:
    """Return what an expression is changed into."""
    if isinstance(own, ast.Compare):
        for i, operator in enumerate(own.ops):
            for other in OTHERS[type(operator)]:
                ops = [*own.ops[:i], other(), *own.ops[i + 1 :]]
                yield ast.Compare(own.left, ops, own.comparators)
    elif isinstance(own, ast.UnaryOp) and isinstance(own.op, (ast.Not, ast.USub)):
        yield own.operand
    elif is_condition:
        yield ast.UnaryOp(ast.Not(), own)
    if isinstance(own, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(own.op, ast.And) else ast.And(), own.values)
        for i in range(len(own.values)):
            rest = [*own.values[:i], *own.values[i + 1 :]]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(own.op, rest)
    elif isinstance(own, ast.BinOp) and isinstance(own.op, (ast.Add, ast.Sub)):
        yield ast.BinOp(
            own.left, ast.Sub() if isinstance(own.op, ast.Add) else ast.Add(), own.right
        )
    elif isinstance(own, ast.Constant) and isinstance(own.value, bool):
        yield ast.Constant(not own.value)
    elif isinstance(own, ast.Constant) and isinstance(own.value, int):
        yield ast.Constant(own.value + 1)
