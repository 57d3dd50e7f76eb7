"""What rows are called where several columns name them, and sums that have no name of their own."""

import time

import pandas as pd

from medalloc.tables.reading import read_bytes
from medalloc.tables.row_names import with_row_names
from medalloc.tables.summary_rows import summaries, without_summaries
from medalloc.tables.table import Table

STATES = """state,county,population,demand
Ohio,Adams,100,30
Ohio,Polk,50,7
Ohio,Total,150,37
Iowa,Adams,410,44
Iowa,Linn,300,51
Iowa,Total,710,95
Total,,860,132
"""


def table(text: str) -> Table:
    return read_bytes(text.encode(), "r.csv")


def regions(used: Table) -> list[str]:
    return used.frame[used.required("region")].tolist()


def test_sums_of_one_name_are_called_as_what_they_sum_up_and_can_be_planned_for() -> None:
    given = table(STATES)
    found = summaries(given)
    assert found.sure == ("Ohio", "Iowa", "Total")
    assert regions(without_summaries(given, found)) == ["Adams, Ohio", "Polk", "Adams, Iowa", "Linn"]
    above = without_summaries(given, found, level=1)
    assert regions(above) == ["Ohio", "Iowa"] and above.frame["demand"].tolist() == [37, 95]


def test_a_sum_is_found_where_its_word_stands_under_another_column_and_the_region_is_blank() -> None:
    given = table("Provincia,Distretto,Casi\nA,A1,3\nA,A2,4\nB,B1,5\nA,,7\nTotale,,99\n")
    assert summaries(given).sure == ("A", "Totale")
    assert regions(without_summaries(given, summaries(given))) == ["A1", "A2", "B1"]


def test_names_that_nothing_tells_apart_and_names_that_stand_once_stay_as_they_are() -> None:
    for text in (
        "county,demand\nA,1\nA,2\n",
        "state,county,cases\nO,A,1\nO,A,2\n",
        "state,county,cases\nO,A,1\nO,B,2\n",
    ):
        given = table(text)
        assert with_row_names(given) is given


def test_the_time_that_names_take_grows_with_the_rows_and_not_with_their_square() -> None:
    def taken(rows: int) -> float:
        frame = pd.DataFrame({"county": [f"C{each}" for each in range(rows)], "demand": range(rows)})
        given = read_bytes(frame.to_csv(index=False).encode(), "r.csv")
        begun = time.process_time()
        with_row_names(given)
        return time.process_time() - begun

    assert taken(16_000) < 10 * taken(4_000)
