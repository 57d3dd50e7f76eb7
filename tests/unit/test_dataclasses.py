"""What is kept as a value cannot be changed."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("tables", "preparation", "need", "demand", "allocation", "scenarios", "jobs")


def is_frozen(node: ast.ClassDef) -> bool:
    """Whether a class is no dataclass, or one whose values cannot be changed."""
    said = [ast.unparse(each) for each in node.decorator_list if ast.unparse(each).startswith("dataclass")]
    return all("frozen=True" in each for each in said)


def test_a_dataclass_is_frozen_or_says_that_it_is_changed_in_place() -> None:
    found = []
    for file in sorted(each for room in ROOMS for each in (ROOT / "medalloc" / room).rglob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and not is_frozen(node):
                found += [] if "in place" in (ast.get_docstring(node) or "") else [f"{file}: {node.name}"]
    assert found == []
