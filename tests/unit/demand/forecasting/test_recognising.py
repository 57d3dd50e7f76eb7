"""Which tables are counts over time."""

from pathlib import Path

import pytest

from medalloc.demand.forecasting.recognising import is_counts
from medalloc.tables.apart import read_file

SAMPLES = Path(__file__).parents[4] / "sample_data"


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.csv")), ids=lambda each: each.name)
def test_of_the_samples_only_the_weekly_one_is_counts(file: Path) -> None:
    assert is_counts(read_file(file)) == file.name.startswith("weekly")


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("region,date,count\nA,2024-01,1\nB,2024-01,2\nA,2024-02,3\nB,2024-02,4\n", True),
        ("week,A,B\n2024-01-07,1,2\n2024-01-14,3,4\n", True),
        ("region,2024-01,2024-02\nA,1,2\nB,3,4\n", True),
        ("region,date,count\nA,2024-01,x\nA,2024-02,-3\nA,2024-03,4\n", True),
        ("region,date,demand\nA,2024-01,1\nB,2024-01,2\nC,2024-02,3\n", False),
        ("region,date,age\n" + "A,2024-01-07,30\nA,2024-01-08,50\n" * 9, False),
        ("region,demand\nA,1\nB,2\n", False),
        ("seen,age,weight\n2024-01-07,30,70\n2024-01-09,50,80\n2024-02-20,41,90\n2024-05-02,9,30\n", False),
        ("seen,age,weight\n" + "2024-01-07,30,70\n2024-01-08,50,80\n" * 3, False),
    ],
)
def test_counts_have_regions_in_several_periods_once_each(table, text: str, is_so: bool) -> None:
    assert is_counts(table(text)) == is_so
