import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from medalloc.demand.conversions import Conversion, PersonsToUnits
from medalloc.demand.forecasting.question import Question
from medalloc.demand.surge_assumptions import SurgeAssumptions
from medalloc.errors import InputError, require
from medalloc.networks.architecture import Architecture
from medalloc.networks.training import Training
from medalloc.preparation.recipe import ARTICLE, DEFAULT
from medalloc.saved import Cells, Length, Limits, Name, field_faults, from_plain, to_plain
from medalloc.sentences import sentence

WHAT = sentence("study")


@dataclass(frozen=True)
class Resource:
    name: Annotated[str, Name()]
    stock: Annotated[float, Limits()]
    whole: bool = False

    def __post_init__(self) -> None:
        require(*field_faults(self))
        if self.stock > 100 and self.whole:
            raise InputError(sentence("that is too much."))


@dataclass(frozen=True)
class Part:
    resources: tuple[Resource, ...] = ()
    caps: Mapping[str, Annotated[int, Limits(0, 9)]] = field(default_factory=dict)
    pair: tuple[int, str] | None = None
    columns: Literal["all", "none"] | tuple[str, ...] = "all"
    floor: float | str | None = None
    layers: Annotated[tuple[Annotated[int, Limits(1, 100)], ...], Length(1, 3)] = (3,)
    repairs: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Study:
    version: ClassVar[int] = 3

    limits: Part = Part()
    recipe: Part | None = None
    seed: int = 1


BEDS = Resource("beds", 2.5)
FORMS = [
    Study(Part((BEDS, Resource("床", 3, True)), {"North": 3, "a b": 0}, (1, "x"), ("age",), "none", (1, 2)), Part()),
    PersonsToUnits(8760, (Conversion("beds", stay_hours=144, at_once=True), Conversion("money", "EUR", 4000))),
    Question(7, ("auto", "lstm")),
    SurgeAssumptions(population=100_000, infected_hospitalized=20),
    Architecture("lstm", (26, 2), hidden=(8, 4)),
    Training("sgd", epochs=20),
    DEFAULT,
    ARTICLE,
]
WRONG = {"§": None}
"""No field of these forms takes it."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=3), part, max_size=3),
    max_leaves=5,
)

Place = tuple[str | int, ...]


def places(data: Any, path: Place = ()) -> Iterator[Place]:
    """Every entry, but for options, which take anything until their step is known; their faults name the step."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for place, each in parts:
        if place != "options":
            yield (*path, place)
            yield from places(each, (*path, place))


def named(path: Place) -> str:
    said = ""
    for place in path:
        word = isinstance(place, str) and place.isidentifier()
        said += f".{place}" if word and said else str(place) if word else f"[{place!r}]"
    return said


def corrupted(plain: Any, path: Place, value: object) -> Any:
    changed = deepcopy(plain)
    inner = changed
    for place in path[:-1]:
        inner = inner[place]
    inner[path[-1]] = value
    return changed


def faults(form: Any, data: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        from_plain(type(form), data, WHAT)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: type(form).__name__)
def test_a_form_survives_json(form: Any) -> None:
    assert from_plain(type(form), json.loads(json.dumps(to_plain(form))), WHAT) == form


@given(st.sampled_from(FORMS), st.data())
def test_one_wrong_entry_is_said_with_its_path(form: Any, data: st.DataObject) -> None:
    plain = to_plain(form)
    path = data.draw(st.sampled_from(list(places(plain))))
    said = faults(form, corrupted(plain, path, WRONG))
    assert any(named(path) in one for one in said)
    assert all(named(path) in one for one in said)


@given(st.sampled_from(FORMS), st.data())
def test_two_wrong_entries_are_said_in_two_sentences(form: Any, data: st.DataObject) -> None:
    plain = to_plain(form)
    one, other = data.draw(st.lists(st.sampled_from(list(places(plain))), min_size=2, max_size=2, unique=True))
    if one[: len(other)] == other or other[: len(one)] == one:
        return
    said = faults(form, corrupted(corrupted(plain, one, WRONG), other, WRONG))
    first = {place for place, each in enumerate(said) if named(one) in each}
    second = {place for place, each in enumerate(said) if named(other) in each}
    assert first and second and len(first | second) >= 2


@given(st.sampled_from(FORMS), st.data(), JSON)
def test_whatever_an_entry_is_it_is_taken_or_refused_in_a_sentence(
    form: Any, data: st.DataObject, value: object
) -> None:
    plain = to_plain(form)
    path = data.draw(st.sampled_from([(), *places(plain)]))
    changed = corrupted(plain, path, value) if path else value
    try:
        read = from_plain(type(form), changed, WHAT)
    except InputError as error:
        assert error.faults and str(error)
    else:
        assert from_plain(type(form), json.loads(json.dumps(to_plain(read), allow_nan=False)), WHAT) == read


@given(st.sampled_from(FORMS), st.data())
def test_an_entry_that_is_lacking_is_as_by_default_or_named(form: Any, data: st.DataObject) -> None:
    plain = to_plain(form)
    path = data.draw(st.sampled_from([each for each in places(plain) if isinstance(each[-1], str)]))
    changed = deepcopy(plain)
    inner = changed
    for place in path[:-1]:
        inner = inner[place]
    del inner[path[-1]]
    try:
        from_plain(type(form), changed, WHAT)
    except InputError as error:
        assert named(path) in str(error) or f"In “{named(path[:-1])}”" in str(error) or len(path) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": True}, "“seed” is True; it must be a whole number."),
        ({"seed": "3"}, "“seed” is '3'; it must be a whole number."),
        ({"seed": 10**5000}, "“seed” is int(…); it must be a whole number."),
        ({"limits": []}, "“limits” is []; it must be an object."),
        ({"recipe": {"pair": [1]}}, "“recipe.pair” is [1]; it must be a list of 2 entries."),
        ({"recipe": {"columns": 1}}, "“recipe.columns” is 1; it must be one of: all, none or a list."),
        ({"recipe": {"floor": float("nan")}}, "“recipe.floor” is nan; it must be a finite number."),
        ({"recipe": {"floor": "\ud800"}}, "“recipe.floor” is '\\ud800'; it must be text."),
        ({"recipe": {"floor": []}}, "“recipe.floor” is []; it must be a finite number or text."),
        ({"recipe": {"caps": {"a b": 10}}}, "“recipe.caps['a b']” is 10; it must be a whole number from 0 to 9."),
        ({"recipe": {"layers": []}}, "“recipe.layers” is []; it must be a list of 1 to 3 entries."),
        ({"recipe": {"resources": [{"name": "a"}]}},
         "In the saved study this is missing: recipe.resources[0].stock. It must be a number of at least 0."),
        ({"recipe": {"resources": [{"name": "a", "stock": 200, "whole": True}]}},
         "In “recipe.resources[0]”: that is too much."),
        ({"recipe": {"colour": 1}},
         "A saved study has no entry called: recipe.colour. Known are: resources, caps, pair, columns, floor, layers, "
         "repairs."),
        ({"version": 2}, "The saved study has version 2; this program reads version 3."),
        ({"version": True}, "The saved study has version True; this program reads version 3."),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_would_do(change: dict[str, object], said: str) -> None:
    assert faults(Study(), {**to_plain(Study()), **change}) == [said]


def test_a_whole_number_may_be_written_with_a_point_in_json_and_is_whole_afterwards() -> None:
    assert type(from_plain(Study, {"version": 3, "seed": 7.0}, WHAT).seed) is int
    assert [str(each) for each in field_faults(Study(seed=7.0))] == ["“seed” is 7.0; it must be a whole number."]  # type: ignore[arg-type]


def test_what_is_nested_without_end_is_refused() -> None:
    @dataclass(frozen=True)
    class Free:
        anything: object = None

    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert faults(Free(), {"anything": deep}) == ["“anything” is nested too deeply; it has been damaged."]
    assert from_plain(Free, {"anything": [1, {"a": (2.5, None)}]}, WHAT).anything == [1, {"a": [2.5, None]}]


def test_a_bug_in_a_form_is_no_fault_of_the_file() -> None:
    @dataclass(frozen=True)
    class Broken:
        size: int = 0

        def __post_init__(self) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        from_plain(Broken, {}, WHAT)


@dataclass(frozen=True, eq=False)
class Grid:
    cap: Annotated[NDArray[np.float64], Cells(2, Limits(), nothing=np.inf)]
    demand: Annotated[NDArray[np.float64], Cells()]


@given(st.lists(st.lists(st.none() | st.floats(0, 1e300), min_size=2, max_size=2), max_size=3))
def test_arrays_are_nested_lists_with_null_for_what_is_infinite(rows: list[list[float | None]]) -> None:
    grid = from_plain(Grid, {"cap": rows, "demand": [1, 2]}, WHAT)
    assert to_plain(grid) == {"cap": rows, "demand": [1, 2]}
    assert np.isinf(grid.cap).sum() == sum(cell is None for row in rows for cell in row)
    assert not grid.cap.flags.writeable


def test_every_wrong_cell_of_an_array_is_said() -> None:
    form = Grid(np.zeros((1, 1)), np.zeros(1))
    assert faults(form, {"cap": [[1, -1], [True, 2], 3], "demand": [None, "x"]}) == [
        "“cap[0][1]” is -1; it must be a number of at least 0.",
        "“cap[1][0]” is True; it must be a number of at least 0.",
        "“cap[2]” is 3; it must be a list of numbers.",
        "“demand[0]” is None; it must be a finite number.",
        "“demand[1]” is 'x'; it must be a finite number.",
    ]
    assert "of the same length" in faults(form, {"cap": [[1], [1, 2]], "demand": []})[0]
