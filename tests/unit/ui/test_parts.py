"""Screens ask what they need and hand it to their parts; a part knows no more of the visit than its controls."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "medalloc" / "ui"
ROOMS = ("data", "prepare", "need", "demand", "allocate", "patients")
ROOMS += ("what_if", "live", "report", "present", "learn", "check")
SCREENS = {
    UI / "demand" / "counts.py",
    UI / "what_if" / "changing.py",
    UI / "what_if" / "looking.py",
    UI / "live" / "following.py",
}
"""Modules in the rooms that are screens themselves, or one of the views that a screen shows in turn."""

FORBIDDEN = {"medalloc.ui.asking", "medalloc.ui.visit"}
PARTS = sorted(
    {path for room in ROOMS for path in (*(UI / room).glob("**/*.py"), UI / f"{room}.py") if path.exists()} - SCREENS
)


def imported(source: str) -> Iterator[str]:
    """Return the full name of everything that a module imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("part", PARTS, ids=lambda path: str(path.relative_to(UI)))
def test_a_part_takes_what_it_shows_and_asks_for_nothing(part: Path) -> None:
    assert not FORBIDDEN & set(imported(part.read_text(encoding="utf-8")))


def test_a_part_that_asks_would_be_noticed() -> None:
    assert len(PARTS) > 60
    for source in (
        "from medalloc.ui import asking, state",
        "import medalloc.ui.visit",
        "from medalloc.ui.asking import ask",
    ):
        assert FORBIDDEN & set(imported(source))
    assert not FORBIDDEN & set(imported("from medalloc.ui import state"))
