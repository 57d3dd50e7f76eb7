"""Roles that were given by hand come back with the next file, to who gave them."""

from medalloc.tables.mapping import MOST, Mapped
from medalloc.workspace.mappings import keep_mapping, kept_mapping
from tests.unit.workspace.conftest import Opened


def test_roles_come_back_for_the_same_columns_to_who_gave_them_until_they_are_taken_back(opened: Opened) -> None:
    may = Mapped("May.csv", {"n": "demand"})
    keep_mapping(opened(), ["area", "n"], may, owner="ann")
    later = opened()
    assert kept_mapping(later, ["N", "Area "], owner="ann") == Mapped("May.csv", {"N": "demand"})
    assert kept_mapping(later, ["area", "n"], owner="bob") is None
    assert kept_mapping(later, ["area", "n"], owner=None) == may
    assert kept_mapping(later, ["area", "n", "k"], owner="ann") is None
    keep_mapping(later, ["area", "n"], Mapped("June.csv", {}), owner="ann")
    assert kept_mapping(later, ["area", "n"], owner="ann") is None


def test_the_headers_used_last_are_kept(opened: Opened) -> None:
    workspace = opened()
    for number in range(MOST + 1):
        keep_mapping(workspace, [f"c{number}"], Mapped("t.csv", {f"c{number}": "region"}), owner="ann")
    assert kept_mapping(workspace, ["c0"], owner="ann") is None
    assert kept_mapping(workspace, ["c1"], owner="ann") is not None
