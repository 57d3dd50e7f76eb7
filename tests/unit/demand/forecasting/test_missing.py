import pytest

from medalloc.demand.forecasting.missing import SHOWN, gaps, missing_notes
from medalloc.demand.forecasting.reading import read_panel

TEXT = """date,A,B,C
2024-01-01,1,,1
2024-01-08,,2,1
2024-01-22,,3,1
2024-01-29,5,4,1
"""


def test_missing_periods_are_counted_by_region_whether_the_cell_is_blank_or_the_row_is_not_there(table):
    found = {each.region: (each.missing, each.longest, each.late) for each in gaps(read_panel(table(TEXT)).panel)}
    assert found == {"A": (3, 3, 0), "B": (1, 1, 1), "C": (1, 1, 0)}


def test_what_is_missing_is_told_by_region(table):
    said = " ".join(map(str, missing_notes(read_panel(table(TEXT)).panel)))
    assert "Missing: 5 of 14 counts" in said
    assert "“A”: 3 missing, the longest gap has 3 of the weeks." in said
    assert "“B” begins later than the first region and is left out before: 1 of the weeks." in said


def test_nothing_is_said_where_nothing_is_missing(weeks):
    assert missing_notes(weeks(missing=0)) == []


def test_a_region_that_is_no_longer_counted_is_told(weeks):
    panel = weeks(missing=0)
    panel.values[3, -20:] = float("nan")
    assert gaps(panel)[3].stopped == 20
    assert "“R3” was not counted in the last 20 weeks" in " ".join(map(str, missing_notes(panel)))


@pytest.mark.parametrize("regions", [SHOWN, SHOWN + 3])
@pytest.mark.parametrize(
    ("rows", "named", "rest"),
    [
        (slice(50, 53), "3 missing, the longest gap has 3", "Further regions with missing counts"),
        (slice(0, 7), "begins later than the first region", "Further regions that begin late"),
        (slice(-9, None), "was not counted in the last 9 weeks", "Further regions that ended early"),
    ],
)
def test_so_many_regions_are_named_and_the_rest_are_counted(weeks, regions, rows, named, rest):
    panel = weeks(regions=20, missing=0)
    panel.values[:regions, rows] = float("nan")
    said = list(map(str, missing_notes(panel)))
    assert sum(named in each for each in said) == SHOWN
    further = [each for each in said if rest in each]
    assert further == ([] if regions == SHOWN else [f"{rest}: 3."])


def test_regions_are_named_from_the_one_with_most_missing_on(weeks):
    panel = weeks(regions=9, missing=0)
    for region in range(9):
        panel.values[region, 50 : 50 + region] = float("nan")
    said = [str(each) for each in missing_notes(panel) if "the longest gap" in str(each)]
    assert [each.split("”")[0] for each in said] == [f"“R{region}" for region in (8, 7, 6, 5, 4)]
