from medalloc.demand.forecasting.missing import gaps, missing_notes
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
