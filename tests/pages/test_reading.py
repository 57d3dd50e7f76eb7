"""How a file was read is said on Data, and can be changed there."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import go, opened, sound, upload


def preview(visit: AppTest) -> list[str]:
    return list(visit.dataframe[-1].value.columns)


def test_titles_that_were_left_out_are_said_and_another_line_can_hold_the_names() -> None:
    visit = upload(opened("data"), b"Beds 2024\nregion,population,demand\nNorth,1000,100\nSouth,2000,300\n")
    sound(visit)
    assert any("“Beds 2024”" in each.value for each in visit.info)
    assert preview(visit) == ["region", "population", "demand"]
    visit.number_input(key="choice_header_row").set_value(3).run()
    sound(visit)
    assert preview(visit) == ["North", "1000", "100"]
    assert go(go(visit, "home"), "data").number_input(key="choice_header_row").value == 3


def test_a_word_can_be_said_to_mean_blank() -> None:
    visit = upload(opened("data"), b"country,demand\nNA,250\nKE,400\nZA,500\n")
    assert any("“NA” is a value like any other" in each.value for each in visit.info)
    visit.multiselect(key="choice_blanks").set_value(["NA"]).run()
    sound(visit)
    assert visit.dataframe[-1].value["country"].isna().tolist() == [True, False, False]


REJECTED = (
    b"Beds 2024\nregion,population,demand\nNorth,1000,100\nSouth,2000,300\nEast,500\nTotal,3000,400\n\nSource: us\n"
)


def test_every_line_is_accounted_for_and_rejected_rows_can_be_downloaded() -> None:
    visit = upload(opened("data"), REJECTED)
    sound(visit)
    said = "Lines of the file: 8 = 2 rows + 1 line of names + 1 title + 1 note + 1 blank"
    assert any(f"{said} + 1 sum of others + 1 rejected." in each.value.replace("\\", "") for each in visit.caption)
    rejects = next(each.value for each in visit.dataframe if "reason" in each.value)
    assert rejects.to_dict("list") == {
        "line": [5],
        "text": ["East,500"],
        "reason": ["Cells found: 2, expected: 3."],
    }
    raw = next(each.value for each in visit.dataframe if "taken" in each.value)
    assert raw["text"].tolist() == REJECTED.decode().splitlines()
    assert raw["taken"].tolist()[4:6] == ["rejected", "sums of others"]


@pytest.mark.parametrize(
    ("lines", "button", "regions"),
    [
        ([2], "lines_header", ["South", "Total"]),
        ([3], "lines_first", ["South", "Total"]),
        ([2], "lines_last", ["North"]),
        ([2, 4], "lines_out", ["South", "Total"]),
    ],
)
def test_a_line_is_what_the_visitor_says_it_is(lines: list[int], button: str, regions: list[str]) -> None:
    visit = upload(opened("data"), REJECTED)
    choose_lines(visit, lines)
    visit.button(key=button).click().run()
    sound(visit)
    assert preview_column(visit) == regions
    visit.button(key="lines_again").click().run()
    assert preview_column(visit) == ["North", "South", "Total"]


def choose_lines(visit: AppTest, lines: list[int]) -> None:
    shown = next(each for each in visit.dataframe if "taken" in each.value)
    key = re.search(r"raw_lines_\d+", shown.proto.id)
    assert key is not None
    visit.session_state[key[0]] = {"selection": {"rows": lines, "columns": [], "cells": []}}
    visit.run()


def test_a_choice_of_lines_ends_with_what_is_done_about_them() -> None:
    visit = upload(opened("data"), REJECTED)
    choose_lines(visit, [2])
    visit.button(key="lines_out").click().run()
    assert visit.button(key="lines_out").disabled
    choose_lines(visit, [3])
    assert not visit.button(key="lines_first").disabled


def test_there_is_a_way_back_from_choices_that_leave_no_table() -> None:
    visit = upload(opened("data"), REJECTED)
    visit.multiselect(key="choice_lines_left_out").set_value(["3"]).run()
    visit.number_input(key="choice_header_row").set_value(8).run()
    assert visit.error
    visit.button(key="read_again").click().run()
    sound(visit)
    assert preview_column(visit) == ["North", "South", "Total"]


def test_a_table_that_lies_is_turned_with_one_click_and_turned_back() -> None:
    visit = upload(opened("data"), b"of,North,South\nPopulation,1000,2000\nBeds,10,20\nAdmissions,100,300\n")
    visit.button(key="shape_turned").click().run()
    sound(visit)
    assert visit.dataframe[-1].value.to_dict("list")["Admissions"] == [100, 300]
    visit.selectbox(key="choice_shape").set_value("none").run()
    assert preview(visit) == ["of", "North", "South"]


def test_what_a_title_calls_thousands_is_multiplied_when_somebody_says_so() -> None:
    text = b"Demand (in thousands)\nregion,population,demand\nNorth,120.5,1.5\nSouth,80,0.5\nTotal,200.5,2\n"
    visit = upload(opened("data"), text)
    assert any("speaks of multiples of 1,000" in each.value for each in visit.info)
    visit.selectbox(key="choice_multiple").set_value(1000).run()
    visit.multiselect(key="choice_multiplied").set_value(["demand"]).run()
    sound(visit)
    assert any("“demand” is multiplied by 1,000, as it was chosen" in each.value for each in visit.info)
    assert not any("“population” is multiplied" in each.value for each in visit.info)
    roles = next(each.value for each in visit.dataframe if "evidence" in each.value)
    # of the regions alone, without their total
    assert roles["evidence"].tolist()[1:] == ["from 80 to 120", "from 500 to 1,500"]


def test_findings_that_were_repaired_are_no_longer_counted() -> None:
    rows = "".join(f"{20 + place % 50},1,{place * 7 % 2}\n" for place in range(60))
    visit = upload(opened("data"), f"age,ward,need\n{rows}".encode())
    found = int(visit.metric[-1].value)
    accepted = visit.session_state["visit"].choices.changed({"repairs": (("constant", "ward"),)})
    visit.session_state["visit"].choices = accepted
    assert int(visit.run().metric[-1].value) == found - 1


def preview_column(visit: AppTest) -> list[str]:
    return visit.dataframe[-1].value.iloc[:, 0].tolist()


def test_further_files_with_the_same_columns_come_below_and_can_be_taken_out() -> None:
    visit = upload(opened("data"), REJECTED, "may.csv")
    visit.file_uploader(key="further_files").set_value([("june.csv", REJECTED, "text/csv")]).run()
    sound(visit)
    assert visit.dataframe[-1].value["file"].tolist() == ["may.csv"] * 3 + ["june.csv"] * 3
    visit.button(key="further_out").click().run()
    assert preview_column(visit) == ["North", "South", "Total"]


def test_which_of_day_and_month_comes_first_is_said_on_the_screen() -> None:
    visit = upload(opened("data"), b"region,date,cases\nNorth,01/02/2021,5\nNorth,03/05/2021,6\n")
    assert any("month first" in each.value for each in visit.info)
    visit.selectbox(key="choice_day_first").set_value(True).run()
    sound(visit)
    assert visit.dataframe[-1].value["date"].tolist() == ["2021-02-01", "2021-05-03"]
    assert not any("month first" in each.value for each in visit.info)


def test_a_column_for_each_period_becomes_a_row_for_each_with_one_click() -> None:
    visit = upload(opened("data"), b"region,2021,2022,2023\nNorth,1,2,3\nSouth,4,5,6\n")
    visit.button(key="shape_long").click().run()
    sound(visit)
    assert preview(visit) == ["region", "period", "number"] and len(visit.dataframe[-1].value) == 6
    assert not [each for each in visit.button if each.key == "shape_long"]
