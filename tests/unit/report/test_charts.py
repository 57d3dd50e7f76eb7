import re

import pytest

from medalloc.colours import LAND
from medalloc.languages import Language
from medalloc.report.charts import svg
from medalloc.report.report import Picture
from medalloc.sentences import Sentence

TITLE = Sentence("Coverage")


def fills(drawn: bytes) -> list[str]:
    """Return the colours of all shapes of the map, the land's left out."""
    shapes = re.findall(r'<path aria-label="[^"]*"[^>]*|<path [^>]*role="graphics-symbol"[^>]*', drawn.decode())
    found = [re.search(r'fill="([^"]+)"', each) for each in shapes]
    return [each[1] for each in found if each and each[1] != LAND["light"]]


def test_only_regions_with_a_number_are_filled_each_by_its_own() -> None:
    drawn = svg(
        Picture(
            "map",
            TITLE,
            TITLE,
            ("Ohio", "Iowa"),
            (0.0, 1.0),
            boundaries="us_states",
            ids=("39", "19"),
            places=(None, None),
        ),
        Language("en"),
    )
    assert len(fills(drawn)) == 2
    assert len(set(fills(drawn))) == 2


def test_regions_of_which_only_the_place_is_known_are_circles() -> None:
    shown = Picture("map", TITLE, TITLE, ("North", "South"), (0.2, 0.9), places=((-71.1, 42.3), (-71.0, 42.4)))
    drawn = svg(shown, Language("en")).decode()
    assert "North" in drawn
    assert "South" in drawn


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'a"b', "x]]>", "[0]", "image"])
def test_a_name_is_a_word_in_a_chart(name: str) -> None:
    drawn = svg(Picture("coverage", TITLE, TITLE, (name, "other"), (0.4, 0.5), (0.1, 0.2)), Language("en")).decode()
    assert "<script" not in drawn
    assert "<image" not in drawn
    assert drawn.count("<svg") == 1
