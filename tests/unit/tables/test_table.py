import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.tables.table import Source, Table, column_kind

FRAME = pd.DataFrame({"id": [1, 2], "age": [30, 40], "sick": [0, 1], "place": ["A", "B"]})


def table(**roles: str) -> Table:
    return Table(FRAME, {name: roles.get(name, "ignored") for name in FRAME.columns}, Source("t.csv", ""))


def test_columns_are_found_by_their_role() -> None:
    given = table(age="feature", sick="feature", place="region")
    assert given.column("region") == "place"
    assert given.column("need") is None
    assert given.columns("feature") == ["age", "sick"]
    assert given.required("region") == "place"


def test_a_missing_role_is_told_with_the_columns_that_could_have_it() -> None:
    with pytest.raises(
        InputError, match="No column has the role “need”; give that role to one of: id, age, sick, place"
    ):
        table().required("need")


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ({"sick": "need", "age": "demand"}, "patients"),
        ({"age": "demand"}, "regions"),
        ({"age": "population"}, "regions"),
        ({"age": "demand:beds"}, "regions"),
        ({"age": "existing:beds"}, "patients"),
        ({}, "patients"),
    ],
)
def test_need_makes_rows_patients_and_demand_or_population_makes_them_regions(roles: dict[str, str], kind: str) -> None:
    assert table(**roles).kind == kind


def test_new_roles_leave_the_old_table_as_it_is() -> None:
    before = table(age="feature")
    after = before.with_roles({"sick": "group"})
    assert (before.roles["sick"], after.roles["sick"], after.roles["age"]) == ("ignored", "group", "feature")
    assert after.frame is before.frame


def test_columns_become_features_when_a_table_is_first_told_its_need() -> None:
    after = table(place="region", age="existing:beds").with_roles({"sick": "need"})
    assert dict(after.roles) == {"id": "feature", "age": "feature", "sick": "need", "place": "region"}


def test_columns_are_those_of_regions_when_what_looked_like_need_counts_people() -> None:
    frame = pd.DataFrame({"place": ["A", "A"], "age": [3, 4], "number of beds": [5, 6], "need": [0, 1]})
    roles = {"place": "group", "age": "feature", "number of beds": "feature", "need": "need"}
    before = Table(frame, roles, Source("t.csv", ""))
    as_regions = {"place": "ignored", "age": "ignored", "number of beds": "existing:beds", "need": "demand"}
    assert before.with_roles({"need": "demand"}).roles == as_regions
    assert before.with_roles({"need": "demand", "place": "region"}).roles == {**as_regions, "place": "region"}
    assert before.with_roles({"need": "feature", "age": "need"}).roles["number of beds"] == "feature"


def test_every_fault_of_new_roles_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        table(id="region").with_roles({"name": "feature", "age": "years", "place": "region"})
    assert [str(fault) for fault in caught.value.faults] == [
        "There is no column “name”; the table has: id, age, sick, place.",
        "Column “age”: “years” is not a role; use one of: patient id, region, date, need, weight, population, demand, "
        "value, floor, space, longitude, latitude, group, feature, ignored, existing:NAME, cap:NAME, requirement:NAME, "
        "cost:NAME, demand:NAME, locked:NAME, staying:NAME.",
        "Only one column can be the region, but id, place are; keep one.",
    ]


@pytest.mark.parametrize("role", ["existing", "existing:", "cap", "need:beds", "", ":", "demand:", "space:beds"])
def test_only_units_name_a_resource_and_they_must(role: str) -> None:
    with pytest.raises(InputError, match="is not a role"):
        table().with_roles({"age": role})


def test_units_of_one_resource_are_in_one_column() -> None:
    with pytest.raises(InputError, match="Only one column can be the existing:beds, but id, age are"):
        table(id="existing:beds").with_roles({"age": "existing:beds"})
    assert table(id="existing:beds").with_roles({"age": "existing:nurses", "sick": "cap:beds"})


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pd.Series([True, False]), "yes or no"),
        (pd.Series([1, 2.5]), "number"),
        (pd.to_datetime(pd.Series(["2020-01-01"])), "date"),
        (pd.Series(["a", None]), "text"),
    ],
)
def test_the_kind_of_a_column_is_a_word(column: pd.Series, kind: str) -> None:
    assert column_kind(column) == kind
