"""A button acts on what stands beside it when it is pressed, not on what stood there in the run before."""

from tests.pages.test_prepare import prepared, recipe, recipe_or_none
from tests.pages.test_screens import opened, sound


def test_the_sample_that_is_chosen_and_taken_at_once_is_taken() -> None:
    visit = opened("data")
    # both come in one message, as from whoever clicks before the server has answered
    visit.selectbox(key="choice_sample").select("regions_world.csv")
    sound(visit.button(key="data_use").click().run())
    assert visit.session_state["visit"].choices.choice("file_name") == "regions_world.csv"


def test_a_step_whose_number_is_set_and_added_at_once_has_that_number() -> None:
    visit = prepared()
    visit.selectbox(key="new_step").select("filter_rows").run()
    visit.multiselect(key="new_filter_rows_columns").set_value(["age"])
    visit.selectbox(key="new_filter_rows_keep").select("at least").run()
    visit.number_input(key="new_filter_rows_number").set_value(30.0)
    sound(visit.button(key="add_step").click().run())
    assert recipe(visit)[0] == "filter_rows"
    given = recipe_or_none(visit)
    assert given is not None and "30" in str(given["steps"][0])
    assert any("Rows left out: 3,457 of 5,473" in each.value for each in visit.caption)
