"""What a map shows: all of its regions, whatever their country, with those far away apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.geography.boundaries import boundaries, every_set
from medalloc.geography.extent import corners, views


def shown(country: str) -> dict[str, np.ndarray]:
    return corners(every_set()[f"countries/{country}"])


def apart(country: str) -> set[str]:
    names = {each.id: each.names[1] for each in boundaries(f"countries/{country}")}
    return {names[code] for view in views(shown(country))[1] for code in view.regions}


@pytest.mark.parametrize(
    ("country", "middle"), [("ug", (32.3, 1.4)), ("pe", (-75, -9)), ("de", (10.5, 51)), ("fj", (179.4, -15.8))]
)
def test_a_country_is_seen_from_above_its_middle_on_both_sides_of_the_date_line(country: str, middle: object) -> None:
    view, far = views(shown(country))
    assert view is not None
    assert view.middle == pytest.approx(middle, abs=1.2)
    assert far == ()


def test_far_islands_have_maps_of_their_own_and_neighbours_share_one() -> None:
    assert apart("es") == {"Las Palmas", "Santa Cruz de Tenerife"}
    assert apart("fr") == {"Guyane française", "La Réunion", "Mayotte", "Guadeloupe", "Martinique"}
    assert len(views(shown("fr"))[1]) == 4
    assert apart("gb") == apart("jp") == set()


def test_regions_all_over_the_earth_are_on_one_map_of_it() -> None:
    assert views(corners(every_set()["world"])) == (None, ())
    assert views({}) == (None, ())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=12), st.integers(0, 5))
def test_every_region_is_on_the_large_map_or_on_one_small_one(
    places: list[tuple[float, float]], most_apart: int
) -> None:
    regions = {str(number): np.array([place]) for number, place in enumerate(places)}
    main, far = views(regions, most_apart)
    named = [name for view in far for name in view.regions]
    assert len(named) == len(set(named)) < len(regions)
    assert len(far) <= most_apart
    for view in (main, *far):
        assert view is None or len(view.edge) >= 1
