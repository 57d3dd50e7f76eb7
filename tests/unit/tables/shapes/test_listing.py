"""The page about known shapes says what the program knows."""

from dataclasses import fields
from pathlib import Path

from docs.build import page
from medalloc.tables.shapes.catalogue import KNOWN
from medalloc.tables.shapes.shape import Shape


def test_the_page_in_docs_is_made_from_the_shapes() -> None:
    assert (Path(__file__).parents[4] / "docs" / "files.md").read_text("utf-8") == page()


def test_the_page_names_every_shape_and_every_entry() -> None:
    assert all(f"`--shape {each.name}`" in page() for each in KNOWN)
    assert all(f"- `{each.name}`: " in page() for each in fields(Shape))
