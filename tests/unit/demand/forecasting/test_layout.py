import pytest

from medalloc.demand.forecasting.layout import Columns, as_long
from medalloc.errors import InputError

LONG = "region,date,count\nA,2024-01-01,1\nA,2024-01-08,2\nB,2024-01-01,3\nB,2024-01-08,4\n"
BY_REGION = "date,A,B\n2024-01-01,1,3\n2024-01-08,2,4\n"
BY_DATE = "region,2024-01-01,2024-01-08\nA,1,2\nB,3,4\n"


@pytest.mark.parametrize(("text", "form"), [(LONG, "long"), (BY_REGION, "column a region"), (BY_DATE, "column a date")])
def test_the_same_counts_are_read_from_every_layout_and_the_layout_is_told(table, text, form):
    found = as_long(table(text), Columns())
    rows = sorted(zip(found.region, map(str, found.date), map(float, found.value), strict=True))
    expected = [("A", "2024-01-01", 1.0), ("A", "2024-01-08", 2.0), ("B", "2024-01-01", 3.0), ("B", "2024-01-08", 4.0)]
    assert rows == expected
    assert found.form == form
    assert "Read as one" in str(found.note)


def test_a_column_that_is_known_in_advance_is_no_region(table):
    found = as_long(table("date,A,B,rain\n2024-01-01,1,3,0\n2024-01-08,2,4,9\n"), Columns(covariates=("rain",)))
    assert found.form == "column a region" and set(found.region) == {"A", "B"}


def test_chinese_column_names_are_understood(table):
    found = as_long(table("地区,日期,就诊量\n北京,2024-01-01,3\n北京,2024-01-02,4\n"), Columns())
    assert list(found.value) == [3, 4]
    assert set(found.region) == {"北京"}


def test_what_is_asked_for_goes_before_what_is_guessed(table):
    text = "region,date,count,beds\nA,2024-01-01,1,7\nA,2024-01-08,2,8\n"
    assert list(as_long(table(text), Columns(value="beds")).value) == [7, 8]


def test_a_table_without_regions_is_one_region(table):
    found = as_long(table("date,visits\n2024-01-01,1\n2024-01-02,2\n"), Columns(value="visits"))
    assert set(found.region) == {"all"}


def test_every_unknown_column_is_named_at_once(table):
    with pytest.raises(InputError) as raised:
        as_long(table(LONG), Columns(region="town", date="day", covariates=("rain",)))
    assert len(raised.value.faults) == 3
    assert all(name in str(raised.value) for name in ("town", "day", "rain"))


def test_a_table_without_dates_is_refused(table):
    with pytest.raises(InputError, match="No column holds dates"):
        as_long(table("region,count\nA,1\nB,2\n"), Columns())


def test_several_columns_of_numbers_beside_region_and_date_must_be_told_apart(table):
    with pytest.raises(InputError, match="not clear which column"):
        as_long(table("region,date,beds,nurses\nA,2024-01-01,1,7\nA,2024-01-08,2,8\n"), Columns())
