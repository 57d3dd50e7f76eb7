"""Which places of the code each file of tests comes by, and how long it works: a plugin for `tests/mutate.py`.

Lies in a copy of medalloc, in whose code `here` stands before each place that is watched.
"""

import functools
import gc
import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

LINES = Path(__file__).parents[1] / "reached.jsonl"
NOW = "MEDALLOC_REACHED_BY"
"""The variable, known to the processes a test starts as well, that says by whom: tests, or what is kept for several."""
_written: set[str] = set()
_here: set[tuple[str, int]] = set()


def here(place: int) -> None:
    """Write down, once, who came by this place."""
    seen = os.environ.get(NOW, ""), place
    if seen not in _here:
        _here.add(seen)
        _write({"by": seen[0], "place": place})


def _write(said: dict[str, Any]) -> None:
    line = json.dumps(said) + "\n"
    if line not in _written:
        _written.add(line)
        with open(LINES, "a") as out:
            out.write(line)


def _worked() -> float:
    """Return how long this process and those it started have worked. [CPU s]"""
    return sum(os.times()[:4])


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def pytest_collection_finish(session: pytest.Session) -> None:
    for item in session.items:
        for name in getattr(item, "fixturenames", ()):
            _write({"file": _file(item), "uses": f"fixture {name}"})


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    before = os.environ.get(NOW, "")
    if fixturedef.scope in ("session", "package"):
        os.environ[NOW] = f"fixture {fixturedef.argname}"
    try:
        return (yield)
    finally:
        os.environ[NOW] = before


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, Any, Any]:
    os.environ[NOW], before = _file(item), _worked()
    done = yield
    _write({"file": _file(item), "test": item.nodeid, "seconds": round(_worked() - before, 3)})
    if nextitem is None or _file(nextitem) != _file(item):
        _forget()
    return done


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        _write({"failed": report.nodeid})


def _forget() -> None:
    """Let the next file work out by itself what this one has kept."""
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith(("medalloc", "tests")):
            kept.cache_clear()
