import pytest

from medalloc.geography.boundaries import FOLDER, SETS, boundaries


@pytest.mark.parametrize(
    ("name", "count"), [("us_states", 51), ("us_counties", 3142), ("china_provinces", 34), ("world", 240)]
)
def test_every_boundary_has_a_code_of_its_own_and_a_name(name: str, count: int) -> None:
    found = boundaries(name)
    assert len({boundary.id for boundary in found}) == len(found) == count
    assert all(boundary.names[0] == boundary.id and all(boundary.names) for boundary in found)


def test_every_set_has_its_file_and_every_file_its_set() -> None:
    assert {each.name for each in SETS} == {path.stem for path in FOLDER.glob("*.json")}
    assert SETS[0].address == "boundaries/us_states.json"


def test_counties_are_named_with_their_state_in_short_and_in_full() -> None:
    (king,) = (boundary for boundary in boundaries("us_counties") if boundary.id == "53033")
    assert king.names == ("53033", "King County, WA", "King County, Washington")


def test_provinces_are_named_in_both_languages() -> None:
    (beijing,) = (boundary for boundary in boundaries("china_provinces") if boundary.id == "110000")
    assert beijing.names == ("110000", "Beijing", "北京")
