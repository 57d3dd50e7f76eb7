"""Whether the tests notice a change: one operator of medalloc is turned round, and its mirrored tests are run.

`make mutate N=100` prints each change that no test of its room noticed, and the share that was noticed.
"""

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.changes import ROOT, Change, chosen, watched

OF_ALL = "tests/unit/test_dataclasses.py"
"""Laws of the code of every room."""
PATIENCE, SLOWER = 300, 5
"""A change is noticed when its tests work for longer than this [CPU s] and so many times what they do without it."""
WAITED = 20
"""How many times that is waited for tests that do nothing."""
FORKS = multiprocessing.get_context("forkserver")
LOADED = ["pytest", "hypothesis.strategies", "numpy", "pandas", "pyarrow", "scipy.optimize", "scipy.stats", "highspy"]
"""What most tests stand on is loaded once; each change is tried in a process that begins from there."""
WORKED = "worked.txt"
"""Beside the copies of the project: what each process worked. [CPU s]"""
ALREADY_LOADED = "ignore::pytest.PytestAssertRewriteWarning"


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
    # what is compiled once is there for the next change
    sys.dont_write_bytecode = False
    os.chdir(home)
    sys.path[0] = str(home)
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-W", ALREADY_LOADED, *arguments])
    with open(home.parent / WORKED, "a") as out:
        print(sum(os.times()[:4]), file=out)
    os._exit(code)


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
        worked = sum(map(float, Path(folder, WORKED).read_text().split()))
    noticed = count - len(changes)
    print(f"{noticed} of {count} changes were noticed: {noticed / count:.0%} (seed {given.seed}, {worked:.0f} CPU s)")


if __name__ == "__main__":
    main()
