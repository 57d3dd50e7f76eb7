"""The recipe as a list, through the scripts a server would run."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import go, sound, with_sample


def prepared() -> AppTest:
    return go(with_sample(), "prepare")


def recipe(visit: AppTest) -> list[str]:
    return [each["name"] for each in visit.session_state["visit"].choices.choice("recipe")["steps"]]


@pytest.mark.parametrize("button", ["adapt", "leave_text_out"])
def test_the_articles_recipe_can_be_tried_on_any_table_with_one_click_that_says_so(button: str) -> None:
    visit = prepared()
    visit.button(key="take_article").click().run()
    assert visit.error and not visit.exception
    label = visit.button(key=button).label
    assert "health" in label and ("Encode" in label or "Leave" in label)
    visit.button(key=button).click().run()
    sound(visit)
    shown = next(each.value for each in visit.dataframe if "shape before" in each.value)
    assert ("self_rated_health" in set(shown["column"])) == (button == "adapt")
    assert recipe(visit)[:2] == ["drop_missing_rows", "standard_scale"]


def test_a_step_moves_up_and_down_and_an_order_that_cannot_be_is_refused() -> None:
    visit = prepared()
    visit.button(key="move_1_-1").click().run()
    sound(visit)
    assert recipe(visit) == ["impute_most_frequent", "impute_median", "one_hot", "standard_scale"]
    assert visit.button(key="move_0_-1").disabled and visit.button(key="move_3_1").disabled
    visit.button(key="move_0_1").click().run()
    assert recipe(visit)[0] == "impute_median"
    visit.button(key="take_article").click().run()
    visit.button(key="move_0_1").click().run()
    assert any("leaves out rows" in each.value for each in visit.error) and not visit.exception


def test_every_column_has_a_picture_of_its_values_before_and_after() -> None:
    visit = prepared()
    sound(visit)
    shown = next(each.value for each in visit.dataframe if "shape before" in each.value)
    assert all(len(each) and sum(each) for each in (*shown["shape before"], *shown["shape after"]))
