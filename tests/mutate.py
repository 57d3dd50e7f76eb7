"""Whether the tests notice a change: one operator of medalloc is turned round, and its mirrored tests are run.

`make mutate N=100` prints each change that no test of its room noticed, and the share that was noticed.
"""

import argparse
import ast
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("tables", "preparation", "need", "demand", "allocation", "scenarios", "jobs")
OF_ALL = "tests/unit/test_dataclasses.py"
"""Laws of the code of every room."""
PATIENCE, SLOWER = 60, 5
"""A change is noticed when its tests work for longer than this [CPU s] and so many times what they do without it."""
WAITED = 20
"""How many times that is waited for tests that do nothing."""
FORKS = multiprocessing.get_context("forkserver")
LOADED = ["pytest", "hypothesis.strategies", "numpy", "pandas", "pyarrow", "scipy.optimize", "scipy.stats", "highspy"]
"""What most tests stand on is loaded once; each change is tried in a process that begins from there."""
ALREADY_LOADED = "ignore::pytest.PytestAssertRewriteWarning"

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

    @property
    def room(self) -> Path:
        return Path("tests/unit", self.file.parts[1])

    def __str__(self) -> str:
        line = (ROOT / self.file).read_text()[: self.start].count("\n") + 1
        return f"{self.file}:{line}: {' '.join(self.old.split())} -> {self.new}"


def chosen(seed: int, count: int) -> list[Change]:
    """Return so many changes at random."""
    every = []
    for file in sorted(each for room in ROOMS for each in (ROOT / "medalloc" / room).rglob("*.py")):
        tree = ast.parse(file.read_text())
        run = {id(each) for node in ast.walk(tree) for part in body(node) for each in ast.walk(part)}
        for node in places(tree):
            new = changed(node)
            if new is not None:
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


def watched(text: str, places: dict[int, Change]) -> str:
    """Return the text of a file with a call of `here` before each place, by its number.

    >>> watched("a + b < c", {7: Change(Path(), 0, "a + b", "", True)})
    '(__import__("medalloc.reached", fromlist="_").here(7) or (a + b)) < c'
    """
    # where one place ends, another may begin, and one may hold the other
    marks = [(each.end, 0, -each.start, "))") for each in places.values()]
    for number, each in places.items():
        call = f'(__import__("medalloc.reached", fromlist="_").here({number}) or ('
        marks.append((each.start, 1, -each.end, call))
    for at, _, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def nearest(change: Change) -> list[str]:
    """Return what is run first: the tests of its name or folder, the laws of all code, and the examples in its file."""
    below = change.file.relative_to("medalloc")
    own = Path("tests/unit", below.parent, f"test_{below.name}")
    if not (ROOT / own).exists():
        # the room as a whole comes later, and only those of its tests that come by
        own = Path("tests/unit", below.parent, f"test_{below.parent.name}.py")
    of_all = [] if change.is_run else [OF_ALL]
    # the file comes last: pytest puts it in the place of a function of its name in its folder
    return [*([str(own)] if (ROOT / own).exists() else []), *of_all, str(change.file)]


def quiet_pytest(home: Path, arguments: list[str], patience: float) -> None:
    """Run pytest in a copy of the project, in this process, which ends with its code."""
    if patience < float("inf"):
        resource.setrlimit(resource.RLIMIT_CPU, (int(patience), int(patience)))
    os.setsid()
    with open(os.devnull, "w") as nowhere:
        for out in (1, 2):
            os.dup2(nowhere.fileno(), out)
    os.chdir(home)
    sys.path[0] = str(home)
    os._exit(pytest.main(["-q", "-p", "no:cacheprovider", "-W", ALREADY_LOADED, *arguments]))


def ended(home: Path, arguments: list[str], patience: float = float("inf")) -> int:
    """Return with which code pytest ends, less than 0 where it works for longer than its patience."""
    process = FORKS.Process(target=quiet_pytest, args=(home, arguments, patience))
    process.start()
    process.join(None if patience == float("inf") else WAITED * patience)
    if process.exitcode is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode


def is_noticed(home: Path, change: Change, files: list[str], patience: float) -> bool:
    """Whether tests fail when a copy of the project is changed at one place."""
    target = home / change.file
    text, before = target.read_text(), target.stat()
    target.write_text(text[: change.start] + change.new + text[change.end :])
    # what was compiled of a text is told by its size and second alone, and no two changes have the same second
    os.utime(target, (before.st_mtime + 2 + change.start,) * 2)
    try:
        # 5: nothing was collected, which notices nothing
        return ended(home, ["-x", "-p", "no:xdist", *files], patience) not in (0, 5)
    finally:
        target.write_text(text)
        os.utime(target, (before.st_mtime,) * 2)


@dataclass(frozen=True)
class Reach:
    """What one run of the tests of some rooms has shown of the changes to come."""

    seconds: dict[str, float]
    """How long each file of tests works. [CPU s]"""
    by: dict[int, set[str]]
    """Which files of tests come by each change."""

    def tests(self, number: int, change: Change) -> list[str]:
        """Return the files of tests of its room that come by a change, the quickest first."""
        room = {each for each in self.seconds if Path(each).is_relative_to(change.room)}
        coming = room & self.by[number] if change.is_run else room
        return sorted(coming, key=self.seconds.__getitem__)


def reached(home: Path, changes: dict[int, Change], at_once: int) -> Reach:
    """Run the tests of the rooms once, unchanged, and see which of them come by which change."""
    shutil.copy(ROOT / "tests/reached.py", home / "medalloc/reached.py")
    texts = {each.file: (home / each.file).read_text() for each in changes.values()}
    for file, text in texts.items():
        there = {number: each for number, each in changes.items() if each.file == file and each.is_run}
        (home / file).write_text(watched(text, there))
    rooms = sorted({str(each.room) for each in changes.values()})
    split = ["-n", str(at_once)] if at_once > 1 else []
    code = ended(home, ["-p", "medalloc.reached", *split, *rooms])
    said = [json.loads(line) for line in (home / "reached.jsonl").read_text().splitlines()]
    for failed in (each["failed"] for each in said if "failed" in each):
        print(f"{failed} fails without a change", flush=True)
    if code not in (0, 1):
        raise SystemExit(f"The tests did not run to their end ({code}).")
    seconds: dict[str, float] = defaultdict(float)
    uses, by = defaultdict(set), defaultdict(set)
    for each in said:
        if "test" in each:
            seconds[each["file"]] += each["seconds"]
        elif "uses" in each:
            uses[each["uses"]].add(each["file"])
    for each in said:
        if "place" in each:
            by[each["place"]] |= uses.get(each["by"]) or {each["by"]}
    for file, text in texts.items():
        (home / file).write_text(text)
    return Reach(dict(seconds), by)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    changes = dict(enumerate(chosen(given.seed, given.count)))
    # what is compiled once is there for the next change
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    FORKS.set_forkserver_preload(LOADED)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.at_once) as pool:
        homes: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.at_once):
            left_out = shutil.ignore_patterns(".*", "shots", "__pycache__")
            homes.put(shutil.copytree(ROOT, Path(folder, str(number)), ignore=left_out))

        def unnoticed(files_of: Callable[[int], list[str]], seconds: dict[str, float]) -> dict[int, Change]:
            """Return which of the changes that are left none of these tests notices."""

            def tried(number: int) -> bool:
                files, home = files_of(number), homes.get()
                patience = PATIENCE + SLOWER * sum(seconds.get(each, 0) for each in files)
                try:
                    return not files or not is_noticed(home, changes[number], files, patience)
                finally:
                    homes.put(home)

            left = []
            for number, is_left in zip(changes, pool.map(tried, changes), strict=True):
                if is_left:
                    left.append(number)
                    print(f"{changes[number]}: not noticed by {' '.join(files_of(number)[:4])}", flush=True)
            return {number: changes[number] for number in left}

        count = len(changes)
        changes = unnoticed(lambda number: nearest(changes[number]), {})
        print(
            f"{count - len(changes)} of {count} were noticed by the nearest tests; now those that come by.", flush=True
        )
        if changes:
            home = homes.get()
            reach = reached(home, changes, given.at_once)
            homes.put(home)
            changes = unnoticed(lambda number: reach.tests(number, changes[number]), reach.seconds)
    share = f"{(count - len(changes)) / max(count, 1):.0%}"
    print(f"{count - len(changes)} of {count} changes were noticed: {share} (seed {given.seed})")


if __name__ == "__main__":
    main()
