"""Whether the tests notice a change: one operator of medalloc is turned round, and its mirrored tests are run.

`make mutate N=100` prints each change that no test of its room noticed, and the share that was noticed.
"""

import argparse
import ast
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
ROOMS = ("tables", "preparation", "need", "demand", "allocation", "scenarios", "jobs")
OF_ALL = "tests/unit/test_dataclasses.py"
"""Laws of the code of every room."""
PATIENCE = 300
"""After which a change that makes its tests run for ever counts as noticed, however busy the machine is. [CPU s]"""
WAITED = 20
"""How many times that is waited for tests that do nothing."""

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
    """Yield the nodes of code that runs: no annotation, and no text that stands for itself."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            # what stands in a template has no place of its own in the file
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield child
                yield from places(child)


def chosen(seed: int, count: int) -> list[tuple[Path, int, str, str]]:
    """Return so many changes at random: the file, its line, the old and the new expression."""
    every = []
    for file in sorted(each for room in ROOMS for each in (ROOT / "medalloc" / room).rglob("*.py")):
        text = file.read_text()
        for node in places(ast.parse(text)):
            new = changed(node)
            old = None if new is None else ast.get_source_segment(text, node)
            if old is not None and new is not None:
                every.append((file.relative_to(ROOT), node, old, f"({ast.unparse(new)})"))
    picked = random.Random(seed).sample(every, min(count, len(every)))
    return [(file, place(ROOT / file, node), old, new) for file, node, old, new in picked]


def place(file: Path, node: ast.AST) -> int:
    """Return at which character of its file a node begins."""
    lines = file.read_text().splitlines(keepends=True)
    line, column = node.lineno - 1, node.col_offset  # type: ignore[attr-defined]
    return len("".join(lines[:line])) + len(lines[line].encode()[:column].decode())


def tests_of(file: Path) -> list[list[str]]:
    """Return what is run for a file of medalloc, the nearest tests first: its own and those of all, then its room's."""
    below = file.relative_to("medalloc")
    own = Path("tests/unit", below.parent, f"test_{below.name}")
    nearest = own if (ROOT / own).exists() else Path("tests/unit", below.parent)
    room = Path("tests/unit", below.parts[0])
    first = [str(file), OF_ALL, *([str(nearest)] if (ROOT / nearest).exists() else [])]
    return [first, *([] if nearest == room else [[str(room)]])]


def is_noticed(home: Path, file: Path, start: int, old: str, new: str) -> bool:
    """Whether tests fail when a copy of the project is changed at one place."""
    target, text = home / file, (ROOT / file).read_text()
    target.write_text(text[:start] + new + text[start + len(old) :])
    quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        for tests in tests_of(file):
            command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
            ended = subprocess.run(
                command, cwd=home, env=quiet, capture_output=True, timeout=WAITED * PATIENCE, preexec_fn=_work_for
            )
            # 5: nothing was collected, which notices nothing
            if ended.returncode not in (0, 5):
                return True
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(text)
    return False


def _work_for() -> None:
    """Let this process and each it starts work so long at most."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    changes = chosen(given.seed, given.count)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.at_once) as pool:
        homes: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.at_once):
            left_out = shutil.ignore_patterns(".*", "shots", "__pycache__")
            homes.put(shutil.copytree(ROOT, Path(folder, str(number)), ignore=left_out))

        def tried(change: tuple[Path, int, str, str]) -> bool:
            home = homes.get()
            try:
                return is_noticed(home, *change)
            finally:
                homes.put(home)

        noticed = 0
        for number, (change, seen) in enumerate(zip(changes, pool.map(tried, changes), strict=True), 1):
            noticed += seen
            if not seen:
                file, start, old, new = change
                line = (ROOT / file).read_text()[:start].count("\n") + 1
                print(f"{file}:{line}: {' '.join(old.split())} -> {new}: no test noticed", flush=True)
            elif number % 20 == 0:
                print(f"{number} of {len(changes)} tried, {noticed} noticed", flush=True)
    print(f"{noticed} of {len(changes)} changes were noticed: {noticed / max(len(changes), 1):.0%}")


if __name__ == "__main__":
    main()
