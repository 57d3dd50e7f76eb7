"""Which small changes of the code there are: one operator or constant of medalloc is turned round."""

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("tables", "preparation", "need", "demand", "allocation", "scenarios", "jobs")

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


def changed(node: ast.AST) -> ast.AST | None:
    """Return what one operator or constant becomes; None where nothing of it is changed.

    >>> ast.unparse(changed(ast.parse("a < b", mode="eval").body))
    'a <= b'
    >>> ast.unparse(changed(ast.parse("not a", mode="eval").body))
    'a'
    """
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return ast.Compare(node.left, [OTHER[type(node.ops[0])]()], node.comparators)  # type: ignore[list-item]
    if isinstance(node, ast.BoolOp):
        return ast.BoolOp(OTHER[type(node.op)](), node.values)  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        return ast.BinOp(node.left, OTHER[type(node.op)](), node.right)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    if isinstance(node, ast.Constant) and (isinstance(node.value, bool) or node.value in (0, 1)):
        return ast.Constant(type(node.value)(not node.value))
    return None


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of code that runs: no annotation, and no text that stands for itself.

    Whether zip would refuse what is not alike in length is left out, and whether values are compared by what they hold:
    where nothing is, or none are, no law can tell.
    """
    if isinstance(tree, ast.keyword) and tree.arg in ("strict", "eq"):
        return
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            # what stands in a template has no place of its own in the file
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield child
                yield from places(child)


@dataclass(frozen=True)
class Change:
    """One expression of a file, at a character of its text, and what it becomes."""

    file: Path
    start: int
    old: str
    new: str
    is_run: bool
    """Whether it stands in a function: what runs when its module is loaded is run for all."""

    @property
    def end(self) -> int:
        return self.start + len(self.old)

    def __str__(self) -> str:
        line = (ROOT / self.file).read_text()[: self.start].count("\n") + 1
        return f"{self.file}:{line}: {' '.join(self.old.split())} -> {self.new}"


def chosen(seed: int, count: int, rooms: Sequence[str] = ROOMS) -> list[Change]:
    """Return so many changes of these rooms at random."""
    every = []
    for file in sorted(each for room in rooms for each in (ROOT / "medalloc" / room).rglob("*.py")):
        tree = ast.parse(file.read_text())
        run = {id(each) for node in ast.walk(tree) for part in body(node) for each in ast.walk(part)}
        for node in places(tree):
            new = changed(node)
            if new is not None and isinstance(node, ast.expr):
                every.append((file, node, f"({ast.unparse(new)})", id(node) in run))
    picked = random.Random(seed).sample(every, min(count, len(every)))
    return [change_of(file, file.read_text(), node, new, is_run) for file, node, new, is_run in picked]


def body(node: ast.AST) -> list[ast.AST]:
    """Return what runs when a function is called, and not before."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [*node.body]
    return [node.body] if isinstance(node, ast.Lambda) else []


def change_of(file: Path, text: str, node: ast.expr, new: str, is_run: bool) -> Change:
    """Return the change of a node, which knows its line and at which byte of it it begins."""
    lines = text.splitlines(keepends=True)
    start = len("".join(lines[: node.lineno - 1])) + len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
    old = ast.get_source_segment(text, node)
    assert old is not None
    return Change(file.relative_to(ROOT), start, old, new, is_run)
