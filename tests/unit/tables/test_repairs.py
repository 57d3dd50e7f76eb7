import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.quality import findings
from medalloc.tables.repairs import Repair, rejected_rows, repaired
from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Source, Table


def table(**columns: object) -> Table:
    frame = pd.DataFrame(columns)
    return Table(frame, suggest_roles(frame), Source("t", ""))


WORDS = st.sampled_from(["1,5", "2,5", "3", "x", None])
COLUMNS = {
    "patient_id": st.integers(1, 6),
    "age": st.sampled_from([30.0, 40.0, -1.0, 200.0, np.nan, np.inf]),
    "cost": WORDS,
    "region": st.sampled_from(["A", "B", None]),
    "ward": st.sampled_from(["x", "x", "x", "y"]),
    "need": st.sampled_from([0, 1, 1, None]),
    "demand": st.sampled_from([1.0, 2.0, None]),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True))
    count = draw(st.integers(1, 12))
    cells = {name: draw(st.lists(COLUMNS[name], min_size=count, max_size=count)) for name in names}
    frame = pd.DataFrame({name: pd.Series(column, dtype=None) for name, column in cells.items()})
    objects = [name for name in names if frame[name].dtype == object]
    frame = frame.astype(dict.fromkeys(objects, "str"))
    return Table(frame, suggest_roles(frame), Source("t", ""))


@settings(max_examples=150, deadline=None)
@given(tables())
def test_every_finding_that_can_be_repaired_is_gone_after_its_repair(given_table: Table) -> None:
    for found in findings(given_table):
        if found.repairable:
            mended = repaired(given_table, [Repair(found.kind, found.column)])
            left = {(each.kind, each.column) for each in findings(mended)}
            assert (found.kind, found.column) not in left


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_repair_that_only_leaves_out_rows_keeps_the_others_and_says_which(given_table: Table) -> None:
    rows = [Repair(each.kind, each.column) for each in findings(given_table) if each.kind.startswith("duplicated")]
    out = rejected_rows(given_table, rows)
    kept = repaired(given_table, rows).frame
    pd.testing.assert_frame_equal(kept, given_table.frame[~out].reset_index(drop=True))


TWO_WARDS = pd.DataFrame(
    {
        "region": ["A", "A", None, "A", "A"],
        "age": [30.0] * 5,
        "ward": ["x", "y", "x", "y", "y"],
        "cost": ["1,5"] * 5,
        "demand": [1.0] * 5,
    }
)
"""Two wards of one name, told apart by the larger region of one of them."""


@settings(max_examples=60, deadline=None)
@example(
    Table(TWO_WARDS, dict.fromkeys(TWO_WARDS, "ignored") | {"ward": "region", "demand": "demand"}, Source("t", ""))
)
@given(tables())
def test_the_count_of_duplicates_is_the_number_of_rows_left_out(given_table: Table) -> None:
    for found in findings(given_table):
        if found.kind.startswith("duplicated") or (found.kind == "missing" and found.repairable):
            assert rejected_rows(given_table, [Repair(found.kind, found.column)]).sum() == found.count


def test_regions_of_one_name_in_two_larger_ones_are_no_duplicates_and_stay() -> None:
    given_table = table(
        state=["Ohio", "Ohio", "Iowa", "Iowa"], county=["Adams", "Polk", "Adams", "Adams"], demand=[3, 4, 5, 6]
    )
    (found,) = (each for each in findings(given_table) if each.kind == "duplicated ids")
    kept = repaired(given_table, [Repair("duplicated ids", found.column)]).frame
    assert kept["demand"].tolist() == [3, 4, 5] and kept["county"].tolist() == ["Adams", "Polk", "Adams"]


def test_without_repairs_nothing_changes() -> None:
    given_table = table(age=[1, 200], need=[0, 1])
    pd.testing.assert_frame_equal(repaired(given_table, []).frame, given_table.frame)


def test_the_table_as_it_came_in_is_never_changed() -> None:
    given_table = table(age=[1, 200, 200], need=[0, 1, 1])
    before = given_table.frame.copy()
    repaired(given_table, [Repair("impossible values", "age"), Repair("duplicated rows")])
    pd.testing.assert_frame_equal(given_table.frame, before)


def test_impossible_values_become_missing() -> None:
    mended = repaired(table(age=[30, -1, 200]), [Repair("impossible values", "age")])
    assert mended.frame["age"].fillna(-9).tolist() == [30, -9, -9]


def test_text_becomes_numbers() -> None:
    mended = repaired(table(cost=["1,5", "2,5", "x"]), [Repair("text numbers", "cost")])
    assert mended.frame["cost"].fillna(-9).tolist() == [1.5, 2.5, -9]


@pytest.mark.parametrize("kind", ["constant", "leakage suspect"])
def test_a_column_is_left_out_by_its_role_not_by_its_cells(kind: str) -> None:
    mended = repaired(table(x=[1, 1], need=[0, 1]), [Repair(kind, "x")])
    assert dict(mended.roles) == {"x": "ignored", "need": "need"}
    assert list(mended.frame) == ["x", "need"]


def test_cells_are_mended_before_rows_are_judged() -> None:
    given_table = table(age=[30, 200, 40], need=[0, 1, 1])
    mended = repaired(given_table, [Repair("missing", "age"), Repair("impossible values", "age")])
    assert mended.frame["age"].tolist() == [30, 40]


def test_regions_without_a_demand_are_left_out_and_no_others() -> None:
    given_table = table(region=["a", "b", "c", "d"], demand=["0", "many", None, "-1"])
    (found,) = [each for each in findings(given_table) if each.kind == "unusable rows"]
    assert found.count == 3 and "many" in str(found.message)
    assert repaired(given_table, [Repair(found.kind, found.column)]).frame["region"].tolist() == ["a"]


def test_the_first_of_each_is_kept() -> None:
    mended = repaired(
        table(patient_id=[1, 1, 2], age=[5, 6, 7], need=[0, 1, 0]), [Repair("duplicated ids", "patient_id")]
    )
    assert mended.frame["age"].tolist() == [5, 7]


def test_unknown_repairs_are_all_told() -> None:
    with pytest.raises(InputError) as caught:
        repaired(table(age=[1]), [Repair("polish", "age"), Repair("missing", "name"), Repair("missing")])
    said = str(caught.value)
    assert "“polish” is not a repair; use one of: duplicated rows" in said
    assert "no column “name”" in said
    assert len(caught.value.faults) == 3


def test_repairs_never_leave_an_empty_table() -> None:
    with pytest.raises(InputError, match="would leave no row; take one of them back"):
        repaired(table(age=[None, None], x=[1, 2]), [Repair("missing", "age")])
