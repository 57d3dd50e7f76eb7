"""Borders with fewer points: no region is lost, and neighbours still share theirs."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.geography.own.simplifying import simplified
from medalloc.geography.own.topology import Topology, cut, on_drawn_grid, rewound, signed_area
from tests.unit.geography.own import invented

sizes = st.tuples(st.integers(1, 5), st.integers(1, 40), st.integers(0, 100))


def segments(topology: Topology) -> "Counter[tuple[tuple[int, ...], tuple[int, ...]]]":
    """Count how often each piece of a border is walked, in either direction."""
    return Counter(
        tuple(sorted((tuple(one), tuple(other))))
        for region in topology.regions
        for polygon in region
        for ring in polygon
        for one, other in zip(topology.ring(ring)[:-1].tolist(), topology.ring(ring)[1:].tolist(), strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 300))
def test_every_region_keeps_an_area_and_every_ring_runs_the_way_the_map_wants(
    size: tuple[int, int, int], at_most: int
) -> None:
    regions = invented.country(*size)
    drawn = rewound(on_drawn_grid(simplified(cut([[[ring] for ring in rings] for rings in regions.values()]), at_most)))
    assert len(drawn.regions) == len(regions)
    for region in drawn.regions:
        assert region
        for polygon in region:
            assert signed_area(drawn.ring(polygon[0])) < 0
            assert all(signed_area(drawn.ring(hole)) > 0 for hole in polygon[1:])


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 300))
def test_a_border_of_two_regions_is_the_same_line_for_both(size: tuple[int, int, int], at_most: int) -> None:
    side, points, _seed = size
    regions = [[[rings[0]]] for rings in invented.country(*size).values()]
    before = cut(regions)
    # of a square of squares, the borders inside are walked twice and those outside once
    inside, outside = 2 * side * (side - 1) * points, 4 * side * points
    assert Counter(segments(before).values()) == Counter({1: outside, 2: inside} if inside else {1: outside})
    after = simplified(before, at_most)
    shared = {max(arc, ~arc) for region in after.regions for polygon in region for ring in polygon for arc in ring}
    assert len(shared) == len(after.arcs) <= len(before.arcs)
    assert set(segments(after).values()) == ({1, 2} if inside else {1})


def test_no_more_points_than_asked_where_no_corner_has_to_stay() -> None:
    regions = [[[rings[0]]] for rings in invented.country(4, 200).values()]
    slim = simplified(cut(regions), 300)
    assert sum(map(len, slim.arcs)) <= 300


def test_a_straight_border_loses_its_points_and_a_spike_stays() -> None:
    line = np.linspace(0, 10, 100_001)
    top = np.column_stack([line, np.where(np.arange(100_001) == 50_000, 5.0, 1.0)])
    ring = np.concatenate([[[0, 0]], top, [[10, 0], [0, 0]]])
    found = simplified(cut([[[ring]]]), 10)
    points = found.ring(found.regions[0][0][0]) * np.array(found.scale) + np.array(found.origin)
    assert len(points) <= 10
    assert points[:, 1].max() == 5.0


def test_an_enclave_fills_the_hole_that_it_lies_in() -> None:
    def square(low: float, high: float) -> np.ndarray:
        return np.array([[low, low], [high, low], [high, high], [low, high], [low, low]])

    around, within = [square(0, 10), square(4, 6)[::-1]], [square(4, 6)]
    found = rewound(on_drawn_grid(simplified(cut([[around], [within]]), 0)))
    (hole,), (outer,) = found.regions[0][0][1:], found.regions[1][0]
    assert [~arc for arc in reversed(hole)] == outer


def test_a_region_too_small_for_the_grid_is_still_there() -> None:
    def square(low: float, size: float) -> np.ndarray:
        return np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * size + low

    found = rewound(on_drawn_grid(simplified(cut([[[square(0, 100)]], [[square(120, 1e-7)]], [[square(130, 0)]]]), 0)))
    assert [len(region) for region in found.regions] == [1, 1, 1]
