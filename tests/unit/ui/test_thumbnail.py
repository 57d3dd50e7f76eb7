"""The small picture of a study's map."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from medalloc.geography.boundaries import SETS, boundaries, every_set
from medalloc.geography.matching import find_places
from medalloc.geography.outlines import paths, rings
from medalloc.ui.kit import colours, palette, thumbnail


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "shade", lambda: "light")


def drawn(regions, coverage, points=None):
    problem = SimpleNamespace(regions=tuple(regions), demand=np.arange(1.0, len(regions) + 1))
    plan = SimpleNamespace(problem=problem, coverage=np.array(coverage))
    return thumbnail.picture(plan, find_places(problem.regions), points)


def of_shade(picture, shade):
    return "".join(re.findall(f'<path fill="{shade}" d="([^"]*)"', picture))


def places(path):
    """Return all points of a path, which goes on in steps."""
    found = []
    for line in re.findall(r"M([-\d ]+)l([-\d ]+)z", path):
        begin, steps = (np.array(each.split(), dtype=float).reshape(-1, 2) for each in line)
        found.append(np.cumsum(np.concatenate([begin, steps]), axis=0))
    return np.concatenate(found)


def test_a_region_has_the_colour_of_its_coverage_as_on_the_large_map() -> None:
    shades = colours.between(colours.breaks(np.array([0.5]), (0.0, 1.0), colours.STEPS))
    picture = drawn(["Gulu", "Kampala"], [0.1, 0.95])
    assert of_shade(picture, shades[1]) and of_shade(picture, shades[9])
    # a number at the end of a step is in the step above
    assert not of_shade(picture, shades[0])


@pytest.mark.parametrize("name", ["us_states", "china_provinces", "world", "countries/es", "countries/fr"])
def test_everything_lies_in_the_picture_also_what_is_far_away(name: str) -> None:
    regions = [each.names[1] for each in boundaries(name)]
    picture = drawn(regions, np.linspace(0, 1, len(regions)))
    for path in re.findall(r' d="([^"]+)"', picture):
        at = places(path)
        assert at.min() >= 0 and at[:, 0].max() <= thumbnail.ACROSS and at[:, 1].max() <= thumbnail.DOWN


@pytest.mark.parametrize("of", [each for each in SETS if each.name != "us_counties"], ids=lambda each: each.name)
def test_steps_of_a_path_lead_along_the_boundary_to_where_it_began(of) -> None:
    found = paths(of, frozenset(rings(of)), None, (0, 0, 4000, 4000))
    for id, path in found.items():
        for line in re.findall(r"M[^M]*", path):
            at = places(line)
            # what is left out is the last step, which closes it
            assert np.abs(at[-1] - at[0]).max() < 400, id


def test_alaska_and_hawaii_alone_fill_the_picture_and_beside_the_others_lie_in_corners() -> None:
    alone, all_of_them = drawn(["Alaska", "Hawaii"], [0.5, 0.5]), drawn(["Alaska", "Hawaii", "Ohio"], [0.5, 0.5, 0.9])
    shade = colours.between(colours.breaks(np.array([0.5]), (0.0, 1.0), colours.STEPS))[5]
    assert np.ptp(places(of_shade(alone, shade)), axis=0).max() > thumbnail.DOWN / 2
    assert places(of_shade(all_of_them, shade)).min(axis=0)[1] >= thumbnail.DOWN - thumbnail.CORNER - thumbnail.EDGE


def test_nothing_lies_across_the_picture_where_a_country_crosses_the_date_line() -> None:
    world = every_set()["world"]
    for lines in rings(world).values():
        assert all(np.abs(np.diff(line[:, 0])).max() < 90 for line in lines)


def test_a_place_without_a_boundary_is_a_circle_and_the_largest_lies_below() -> None:
    points = pd.DataFrame({"region": ["a", "b", "c"], "longitude": [0.0, 1.0, 0.5], "latitude": [0.0, 1.0, 0.2]})
    radius = [float(each) for each in re.findall(r' r="([\d.]+)"', drawn("abc", [0.1, 0.5, 0.9], points))]
    assert radius == sorted(radius, reverse=True) and radius[0] == thumbnail.LARGEST
    assert drawn("abc", [0.1, 0.5, 0.9]) is None
