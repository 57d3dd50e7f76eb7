"""The recipe as a list, through the scripts a server would run."""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from streamlit.testing.v1 import AppTest

from medalloc.preparation.recipe import DEFAULT
from tests.pages.test_screens import go, sound, with_sample


def prepared() -> AppTest:
    return go(with_sample(), "prepare")


def recipe(visit: AppTest) -> list[str]:
    given = recipe_or_none(visit)
    return [step.name for step in DEFAULT.steps] if given is None else [each["name"] for each in given["steps"]]


def recipe_or_none(visit: AppTest) -> dict[str, Any] | None:
    return visit.session_state["visit"].choices.choice("recipe")


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


def test_steps_are_added_changed_removed_undone_and_redone_and_each_says_what_it_does() -> None:
    visit = prepared()
    before = recipe(visit)
    told = [each.value for each in visit.caption]
    assert any("Changes nothing in this table" in each for each in told) and any("New columns" in each for each in told)
    visit.selectbox(key="new_step").select("filter_rows").run()
    visit.multiselect(key="new_filter_rows_columns").set_value(["age"])
    visit.selectbox(key="new_filter_rows_keep").select("at least").run()
    visit.number_input(key="new_filter_rows_number").set_value(30.0).run()
    visit.button(key="add_step").click().run()
    sound(visit)
    assert recipe(visit) == ["filter_rows", *before]
    assert any("Rows left out: 3,457 of 5,473" in each.value for each in visit.caption)
    use = next(each for each in visit.button if str(each.key).startswith("step_0") and str(each.key).endswith("_use"))
    assert use.disabled
    visit.number_input(key=use.key.removesuffix("_use") + "_number").set_value(40.0).run()
    visit.button(key=use.key).click().run()
    sound(visit)
    assert not any("3,457" in each.value for each in visit.caption)
    for _ in range(2):
        visit.button(key="undo").click().run()
    assert recipe(visit) == before and visit.button(key="undo").disabled
    visit.button(key="redo").click().run()
    assert recipe(visit) == ["filter_rows", *before]
    assert any("3,457" in each.value for each in visit.caption)
    visit.button(key="remove_0_filter_rows").click().run()
    assert recipe(visit) == before and visit.button(key="redo").disabled


def test_a_step_that_cannot_be_is_refused_in_a_sentence_and_nothing_changes() -> None:
    visit = prepared()
    before = recipe_or_none(visit)
    visit.selectbox(key="new_step").select("rename").run()
    visit.button(key="add_step").click().run()
    assert any("name this many columns" in each.value for each in visit.error) and not visit.exception
    assert recipe_or_none(visit) == before


def test_a_recipe_of_another_table_names_every_step_that_cannot_be_done_and_can_go_on_without() -> None:
    visit = prepared()
    steps = [
        {"name": "drop", "columns": ["nobody"]},
        {"name": "rename", "columns": ["gender"], "options": {"to": "sex"}},
        {"name": "impute_median", "columns": ["gone"]},
        {"name": "one_hot", "columns": "text"},
    ]
    content = json.dumps({"version": 1, "name": "own", "steps": steps}).encode()
    visit.get("file_uploader")[0].set_value(("recipe.json", content, "application/json"))
    visit.run()
    said = " ".join(each.value for each in visit.error)
    assert "Step 1" in said and "nobody" in said and "Step 3" in said and "gone" in said and not visit.exception
    go(visit, "data")
    sound(visit)  # the table is shown whatever its recipe
    go(visit, "prepare")
    visit.button(key="leave_steps_out").click().run()
    assert recipe(visit) == ["rename", "impute_median", "one_hot"] and not visit.exception
    visit.button(key="adapt").click().run()
    sound(visit)
    shown = next(each.value for each in visit.dataframe if "shape before" in each.value)
    assert "sex" in set(shown["column"])


def test_the_articles_leak_is_shown_with_its_size() -> None:
    visit = prepared()
    visit.button(key="take_article").click().run()
    visit.button(key="adapt").click().run()
    sound(visit)
    assert any("standard deviations" in each.value for each in visit.warning)


class Moves(RuleBasedStateMachine):
    """A visitor moves steps of the screen, undoes and redoes; the recipes so far are the obvious way."""

    def __init__(self) -> None:
        super().__init__()
        self.visit = prepared()
        self.every, self.at = [recipe(self.visit)], 0

    @rule(place=st.integers(0, 3), by=st.sampled_from([-1, 1]))
    def move(self, place: int, by: int) -> None:
        button = self.visit.button(key=f"move_{place}_{by}")
        assert button.disabled == (not 0 <= place + by < 4)
        if not button.disabled:
            button.click().run()
            steps = list(self.every[self.at])
            steps.insert(place + by, steps.pop(place))
            self.every = [*self.every[: self.at + 1], steps]
            self.at += 1

    @rule()
    def undo(self) -> None:
        if not self.visit.button(key="undo").disabled:
            self.visit.button(key="undo").click().run()
            self.at -= 1

    @rule()
    def redo(self) -> None:
        if not self.visit.button(key="redo").disabled:
            self.visit.button(key="redo").click().run()
            self.at += 1

    @invariant()
    def it_is_the_recipe_of_the_list(self) -> None:
        assert recipe(self.visit) == self.every[self.at]
        assert not self.visit.exception


TestMoves = Moves.TestCase
TestMoves.settings = settings(max_examples=1, stateful_step_count=6, deadline=None, derandomize=True)


def test_every_column_has_a_picture_of_its_values_before_and_after() -> None:
    visit = prepared()
    sound(visit)
    shown = next(each.value for each in visit.dataframe if "shape before" in each.value)
    assert all(len(each) and sum(each) for each in (*shown["shape before"], *shown["shape after"]))
