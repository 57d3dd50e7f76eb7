"""Whether the tests notice a change: one operator of medalloc is turned round, and its mirrored tests are run.

`make mutate N=100` prints each change that no test of its mirrored folder noticed, and the share that was noticed.
"""

import argparse
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.changes import ROOMS, ROOT, Change, chosen

OF_ALL = "tests/unit/test_dataclasses.py"
"""Laws of the code of every room."""
PATIENCE = 600
"""A change is noticed when its tests work for longer than this. [CPU s]"""
PASSED = (0, 5)
"""Codes with which pytest ends where no test failed, or none was there."""
WAITED = 20
"""How many times that is waited for tests that do nothing."""
FORKS = multiprocessing.get_context("forkserver")
LOADED = ["pytest", "hypothesis.strategies", "numpy", "pandas", "pyarrow", "scipy.optimize", "scipy.stats", "highspy"]
"""What most tests stand on is loaded once; each change is tried in a process that begins from there."""
WORKED = "worked.txt"
"""Beside the copies of the project: what each process worked. [CPU s]"""
FAILED = "failed.txt"
"""In a copy: the first test that failed."""
ALREADY_LOADED = "ignore::pytest.PytestAssertRewriteWarning"


class FirstFailure:
    """Writes down which test or file failed first."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not Path(FAILED).exists():
            Path(FAILED).write_text(report.nodeid)


def nearest(change: Change) -> list[str]:
    """Return what is run first: the tests of its name or folder, the laws of all code, and the examples in its file."""
    below = change.file.relative_to("medalloc")
    own = Path("tests/unit", below.parent, f"test_{below.name}")
    if not (ROOT / own).exists():
        own = Path("tests/unit", below.parent, f"test_{below.parent.name}.py")
    of_all = [] if change.is_run else [OF_ALL]
    # the file comes last: pytest puts it in the place of a function of its name in its folder
    return [*([str(own)] if (ROOT / own).exists() else []), *of_all, str(change.file)]


def quiet_pytest(home: Path, tests: list[str]) -> None:
    """Run pytest in a copy of the project, in this process, which ends with its code."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    os.setsid()
    with open(os.devnull, "w") as nowhere:
        for out in (1, 2):
            os.dup2(nowhere.fileno(), out)
    # what is compiled once is there for the next change
    sys.dont_write_bytecode = False
    os.chdir(home)
    sys.path[0] = str(home)
    Path(FAILED).unlink(missing_ok=True)
    alone = ["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-W", ALREADY_LOADED]
    code = pytest.main([*alone, *tests], [FirstFailure()])
    with open(home.parent / WORKED, "a") as worked:
        print(sum(os.times()[:4]), file=worked)
    os._exit(code)


def ended(home: Path, tests: list[str]) -> int:
    """Return with which code pytest ends, less than 0 where it works for longer than its patience."""
    process = FORKS.Process(target=quiet_pytest, args=(home, tests))
    process.start()
    process.join(WAITED * PATIENCE)
    if process.exitcode is None and process.pid is not None:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return -1 if process.exitcode is None else process.exitcode


def is_noticed(home: Path, change: Change, tests: list[str]) -> bool:
    """Whether tests fail when a copy of the project is changed at one place, and not without that."""
    target = home / change.file
    text, before = target.read_text(), target.stat()
    target.write_text(text[: change.start] + change.new + text[change.end :])
    # what was compiled of a text is told by its size and second alone, and no two changes have the same second
    os.utime(target, (before.st_mtime + 2 + change.start,) * 2)
    try:
        code = ended(home, tests)
    finally:
        target.write_text(text)
        os.utime(target, (before.st_mtime,) * 2)
    # what is killed before a test failed worked without end
    if code in PASSED or not (home / FAILED).exists():
        return code not in PASSED
    failed = (home / FAILED).read_text()
    if ended(home, [failed]) in PASSED:
        return True
    print(f"{failed} fails without a change", flush=True)
    return False


def mirrored(change: Change) -> list[str]:
    """Return what is run where these let a change pass: the other tests of its folder, or of the one above it."""
    below = Path("tests/unit", change.file.parent.relative_to("medalloc"))
    folder = next(each for each in (below, *below.parents) if any((ROOT / each).glob("test_*.py")))
    of_folder = (str(each.relative_to(ROOT)) for each in sorted((ROOT / folder).glob("test_*.py")))
    return [each for each in of_folder if each not in nearest(change)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=ROOMS)
    given = parser.parse_args()
    changes = chosen(given.seed, given.count, given.rooms)
    count = len(changes)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    FORKS.set_forkserver_preload(LOADED)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.at_once) as pool:
        homes: SimpleQueue[Path] = SimpleQueue()
        for number in range(given.at_once):
            left_out = shutil.ignore_patterns(".*", "shots", "__pycache__")
            homes.put(shutil.copytree(ROOT, Path(folder, str(number)), ignore=left_out))

        def unnoticed(tests: Callable[[Change], list[str]], changes: list[Change]) -> list[Change]:
            """Return which of these changes none of their tests notices."""

            def is_left(change: Change) -> bool:
                files, home = tests(change), homes.get()
                try:
                    return not (files and is_noticed(home, change, files))
                finally:
                    homes.put(home)

            left = []
            for change, passed in zip(changes, pool.map(is_left, changes), strict=True):
                if passed:
                    left.append(change)
                    print(f"{change}: not noticed by {' '.join(tests(change)[:4])}", flush=True)
            return left

        left = unnoticed(nearest, changes)
        print(f"{count - len(left)} of {count} were noticed by the nearest tests; now those of the folder.", flush=True)
        left = unnoticed(mirrored, left)
        worked = sum(map(float, Path(folder, WORKED).read_text().split()))
    noticed = count - len(left)
    print(f"{noticed} of {count} changes were noticed: {noticed / count:.0%} (seed {given.seed}, {worked:.0f} CPU s)")


if __name__ == "__main__":
    main()
