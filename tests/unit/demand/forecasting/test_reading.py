import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.layout import Columns
from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.forecasting.repeats import would_be_mended
from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table


def written(text: str) -> Table:
    return read_bytes(text.encode(), "counts.csv")


def test_rows_in_any_order_become_one_grid_with_gaps(table):
    text = "region,date,count\nB,2024-01-15,4\nA,2024-01-01,1\nA,2024-01-15,\nB,2024-01-01,3\nA,2024-01-08,2\n"
    panel = read_panel(table(text)).panel
    assert panel.regions == ("A", "B")
    np.testing.assert_array_equal(panel.values, [[1, 2, np.nan], [3, np.nan, 4]])
    assert [each.date().isoformat() for each in panel.dates] == ["2024-01-01", "2024-01-08", "2024-01-15"]


def test_every_fault_is_told_at_once_with_row_column_what_was_found_and_how_to_mend_it(table):
    text = (
        "region,date,count\nA,2024-01-01,3\nA,soon,4\nA,2024-01-02,-3\nA,2024-01-03,many\n"
        ",2024-01-03,2\nA,2024-01-01,5\nA,2024-01-04,inf\n"
    )
    with pytest.raises(InputError) as raised:
        read_panel(table(text), Columns(value="count"))
    said = str(raised.value)
    assert len(raised.value.faults) == 6
    for part in (
        "Row 2, column “date”: found “soon”",
        "Row 3, column “count”: found “-3”",
        "Row 4, column “count”: found “many”",
        "Row 5, column “region”",
        "Row 6: “A” has a count for 2024-01-01 already",
        "Row 7, column “count”: found “inf”",
    ):
        assert part in said


def test_many_faults_of_one_kind_are_counted(table):
    text = "region,date,count\n" + "".join(f"A,2024-01-{day:02},-1\n" for day in range(1, 29))
    with pytest.raises(InputError) as raised:
        read_panel(table(text))
    assert len(raised.value.faults) == 11
    assert "Further cells with the same fault: 18." in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region,date,count\nA,2024-01-01,1\nB,2024-01-01,2\n", "at least two"),
        ("region,date,count\nA,2024-01-01,1\nA,2024-01-11,2\nA,2024-01-24,2\n", "neither days nor weeks nor months"),
        ("region,date,count\nA,2024-01-01,1\nA,2024-01-02,2\nB,2024-01-02,\n", "“B” has no count at all"),
        ("region,date,count\nA,1924-01-01,1\nA,2024-01-02,2\nA,2024-01-03,2\nA,2024-01-04,2\n", "mistyped year"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_the_reason(table, text, said):
    with pytest.raises(InputError, match=said):
        read_panel(table(text))


def test_blank_counts_at_the_end_only_carry_what_is_known_in_advance(table):
    rows = "".join(f"A,2024-01-{day:02},{day if day < 20 else ''},{day % 2}\n" for day in range(1, 25))
    panel = read_panel(table("region,date,count,rain\n" + rows), Columns(value="count", covariates=("rain",))).panel
    assert panel.length == 19
    assert panel.covariates[0].values.shape == (1, 24)
    assert panel.covariate_names() == ("rain",)


def test_numbers_written_with_thousands_are_read(table):
    panel = read_panel(table('region,date,count\nA,2024-01-01,"1,200"\nA,2024-01-02,"1,300"\n')).panel
    assert panel.values.tolist() == [[1200, 1300]]


def test_a_column_of_dates_is_recognised_by_its_cells(table):
    panel = read_panel(table("region,when it was,count\nA,2024-01-01,1\nA,2024-01-02,2\n")).panel
    assert panel.values.tolist() == [[1, 2]]


def test_a_region_that_is_the_sum_of_the_others_in_every_period_is_left_out_in_every_layout(table) -> None:
    weeks = pd.date_range("2024-01-07", periods=8, freq="7D").strftime("%Y-%m-%d")
    drawn = np.random.default_rng(3).integers(5, 50, (3, 8))
    wide = pd.DataFrame(
        {"date": weeks, "North": drawn[0], "South": drawn[1], "East": drawn[2], "England": drawn.sum(axis=0)}
    )
    long = wide.melt(id_vars="date", var_name="region", value_name="value")
    for frame in (wide, long):
        read = table(frame.to_csv(index=False))
        panel = read_panel(read).panel
        assert set(panel.regions) == {"North", "South", "East"} and panel.values.sum() == drawn.sum()
        assert any("England" in str(each) for each in panel.notes)
        assert len(read_panel(read, summary_rows="keep").panel.regions) == 4


REGIONS = "ABCDEFGH"
ROWS = st.lists(
    st.tuples(st.sampled_from(REGIONS), st.integers(1, 9), st.one_of(st.none(), st.integers(0, 50))),
    min_size=48,
    max_size=160,
)


@given(ROWS)
@settings(max_examples=12)
def test_rows_of_one_region_and_period_are_summed_as_one_would_before(rows):
    every = [(region, day, 1) for region in REGIONS for day in range(1, 11)] + rows
    read = written(
        "region,date,count\n" + "".join(f"{r},2024-01-{d:02},{'' if v is None else v}\n" for r, d, v in every)
    )
    found = read_panel(read, sum_rows=True).panel
    expected = pd.DataFrame(every, columns=["r", "d", "v"]).groupby(["r", "d"])["v"].sum(min_count=1)
    np.testing.assert_array_equal(found.values, expected.to_numpy().reshape(len(REGIONS), -1))
    with pytest.raises(InputError) as raised:
        read_panel(read)
    assert would_be_mended(raised.value) and "sum them (--sum)" in str(raised.value)


def test_summing_takes_names_that_differ_by_case_and_spaces_for_one_region_and_says_so():
    text = "region,date,count\n" + "".join(
        f"{name},2024-01-{day:02},{day}\n" for day in range(1, 4) for name in ("North", "North", "north ", "South")
    )
    panel = read_panel(written(text), sum_rows=True).panel
    assert panel.regions == ("North", "South")
    np.testing.assert_array_equal(panel.values, [[3, 6, 9], [1, 2, 3]])
    said = " ".join(map(str, panel.notes))
    assert "added to another row of their region and period: 6" in said and "one region: north." in said


def test_names_that_differ_in_spelling_only_are_told_where_they_stay_apart():
    text = "region,date,count\n" + "".join(
        f"{name},2024-01-{day:02},{day}\n" for day in range(1, 4) for name in ("North", "north", "South")
    )
    panel = read_panel(written(text)).panel
    assert panel.regions == ("North", "South", "north")
    assert any("“north” and “North” differ in spelling only" in str(each) for each in panel.notes)
    assert not any("kept apart" in str(each) for each in read_panel(written(text), sum_rows=True).panel.notes)


def test_quarters_are_periods_with_a_season_of_a_year():
    dates = [f"{year}-{month:02}-01" for year in (2021, 2022, 2023) for month in (2, 5, 8, 11)]
    panel = read_panel(written("region,date,count\n" + "".join(f"A,{each},5\n" for each in dates))).panel
    assert (panel.calendar.every, panel.calendar.season, panel.length) == ("quarter", 4, 12)
    assert [each.date().isoformat() for each in panel.dates] == dates
    assert "12 quarters from 2021-02-01" in " ".join(map(str, panel.notes))
