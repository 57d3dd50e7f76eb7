import json
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.priority.facilities import Facilities, facilities_of, great_circle
from medalloc.priority.placing import place
from medalloc.priority.reasons import reasons, whereabouts
from medalloc.priority.rule import Factor, Minimum, Override, Rule, Term
from medalloc.sentences import sentence
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Source, Table

URGENCY = Rule("Urgency", terms=(Term(1, (Factor("urgency"),)),))


def facilities(ways, places):
    names = tuple(f"F{each}" for each in range(len(places)))
    return Facilities(names, np.array(places), np.array(ways, dtype=float), sentence("km"), ())


@st.composite
def situations(draw):
    patients, count = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    way = st.integers(0, 9).map(float) | st.just(np.inf)
    ways = draw(st.lists(st.lists(way, min_size=count, max_size=count), min_size=patients, max_size=patients))
    places = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    urgency = draw(st.permutations(range(patients)))
    rural = draw(st.lists(st.integers(0, 1), min_size=patients, max_size=patients))
    return ways, places, urgency, rural, draw(st.integers(0, 6))


def every_placement(who, ways, places):
    """Yield all ways to send these patients somewhere."""
    for there in product(range(len(places)), repeat=len(who)):
        full = any(there.count(each) > room for each, room in enumerate(places))
        if not full and all(np.isfinite(ways[one][into]) for one, into in zip(who, there, strict=True)):
            yield there


@given(situations(), st.sampled_from((None, 5.0)))
def test_the_first_who_can_be_placed_are_and_their_ways_are_the_shortest(waits, situation, longest):
    ways, places, urgency, _, units = situation
    found = place(waits(urgency=list(urgency)), URGENCY, units, (), facilities(ways, places), longest)
    allowed = [[each if longest is None or each <= longest else np.inf for each in row] for row in ways]
    who: list[int] = []
    for one in np.argsort(-np.array(urgency)):
        if len(who) < units and any(True for _ in every_placement([*who, one], allowed, places)):
            who.append(int(one))
    assert sorted(who) == np.flatnonzero(found.facility >= 0).tolist() == np.flatnonzero(found.found.served).tolist()
    least = min(
        (
            sum(allowed[one][into] for one, into in zip(who, there, strict=True))
            for there in every_placement(who, allowed, places)
        ),
        default=0.0,
    )
    assert found.value == pytest.approx(least) and found.bound == pytest.approx(least)
    assert found.status == "optimal" and found.gap == 0
    assert (found.taken() <= np.array(places)).all()


@given(situations())
def test_no_exchange_brings_somebody_nearer_without_sending_another_further(waits, situation):
    ways, places, urgency, _, units = situation
    found = place(waits(urgency=list(urgency)), URGENCY, units, (), facilities(ways, places))
    who, there = np.flatnonzero(found.facility >= 0), found.facility
    for one in who:
        free = np.flatnonzero(found.taken() < np.array(places))
        assert all(ways[one][into] >= ways[one][there[one]] for into in free)
    for one, other in permutations(who, 2):
        together = ways[one][there[other]] + ways[other][there[one]]
        assert together >= ways[one][there[one]] + ways[other][there[other]]


@settings(max_examples=60)
@given(situations(), st.sampled_from((0.3, 0.5)))
def test_minimum_shares_are_kept_at_the_least_cost_or_refused(waits, situation, share):
    ways, places, urgency, rural, units = situation
    patients = waits(urgency=list(urgency), rural=rural)
    rule = Rule("Rural", terms=URGENCY.terms, minimums=(Minimum(Factor("rural"), share),))
    who = np.flatnonzero(place(patients, URGENCY, units, (), facilities(ways, places)).found.served)
    possible = [
        sum(ways[one][into] for one, into in zip(who, there, strict=True))
        for there in every_placement(who, ways, places)
        if all(
            sum(rural[one] for one, into in zip(who, there, strict=True) if into == each) >= np.ceil(share * room)
            for each, room in enumerate(places)
        )
    ]
    if possible and len(who):
        assert place(patients, rule, units, (), facilities(ways, places)).value == pytest.approx(min(possible))
    elif len(who):
        with pytest.raises(InputError, match="minimum shares cannot be kept"):
            place(patients, rule, units, (), facilities(ways, places))


def test_who_is_given_a_unit_by_people_is_placed_first(waits):
    found = place(
        waits(patient=["A", "B"], urgency=[9, 1]), URGENCY, 2, [Override("B", "give", "x")], facilities([[1], [5]], [1])
    )
    assert found.facility.tolist() == [-1, 0]
    assert "none that is open to all is left" in str(reasons(found.found)[0])


def test_it_is_said_where_each_goes_and_why_there(waits):
    found = place(waits(urgency=[3, 2, 1]), URGENCY, 2, (), facilities([[1, 9], [2, 4], [0, 0]], [1, 1]))
    said = [str(each) for each in whereabouts(found)]
    assert said[0] == "Goes to F0 (1 km), the nearest." and said[2] == ""
    assert said[1].startswith("Goes to F1 (4 km); F0 (2) is nearer, but an exchange")


def test_ways_are_read_from_places_on_the_globe_or_from_columns_called_like_regions(waits):
    points = pd.DataFrame({"region": ["North", "South"], "longitude": [0.0, 0.0], "latitude": [1.0, -1.0]})
    patients = waits(region=["North", "South", "North"])
    table = Table(pd.DataFrame({"hospital": ["H"], "beds": [2], "lat": [0.0], "lon": [0.0]}), {}, Source("f", ""))
    read = facilities_of(table, patients, points)
    assert read.way.round(1).tolist() == [[111.2], [111.2], [111.2]] and str(read.unit) == "km"
    assert "“beds”" in str(read.notes[0])
    matrix = Table(pd.DataFrame({"site": ["H"], "capacity": [2], "North": [10], "South": [None]}), {}, Source("f", ""))
    assert facilities_of(matrix, patients).way.tolist() == [[10], [np.inf], [10]]
    with pytest.raises(InputError, match="no column for the regions: South"):
        facilities_of(Table(matrix.frame.drop(columns="South"), {}, Source("f", "")), patients)
    with pytest.raises(InputError, match="Nothing says how far"):
        facilities_of(table, patients)
    with pytest.raises(InputError, match="needs a column for the name"):
        facilities_of(Table(pd.DataFrame({"x": [1]}), {}, Source("f", "")), patients)
    with pytest.raises(InputError, match="whole numbers"):
        facilities_of(Table(table.frame.assign(beds=1.5), {}, Source("f", "")), patients, points)


def test_facilities_that_are_points_of_geojson_are_where_they_lie(waits):
    shape = {"type": "Point", "coordinates": [0.0, 1.0]}
    found = [{"type": "Feature", "properties": {"name": "H", "beds": 2}, "geometry": shape}]
    content = json.dumps({"type": "FeatureCollection", "features": found}).encode()
    points = pd.DataFrame({"region": ["North"], "longitude": [0.0], "latitude": [0.0]})
    read = facilities_of(read_bytes(content, "h.geojson"), waits(region=["North"]), points)
    assert (read.names, read.way.round(1).tolist()) == (("H",), [[111.2]])


@given(*[st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(np.array)] * 3)
def test_a_great_circle_is_a_distance(one, other, third):
    there = great_circle(one, other)
    assert there == pytest.approx(great_circle(other, one), abs=1e-6)
    assert 0 <= there <= 20_016 and there <= great_circle(one, third) + great_circle(third, other) + 1e-3
