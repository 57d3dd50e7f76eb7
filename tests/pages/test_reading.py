"""How a file was read is said on Data, and can be changed there."""

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
