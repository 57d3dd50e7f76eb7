"""Explanations and groups on the Need screen: before and after training, one patient changed, groups compared."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import address_of, asked_about, go, opened, sound, trained, with_sample


@pytest.fixture(scope="module")
def token() -> str:
    """Train once on the sample and return what finds this visit again."""
    visit = trained(with_sample(), ["logistic", "boosting"])
    sound(visit)
    return address_of(visit)


def again(token: str, model: str, part: str = "patient") -> AppTest:
    """Return the trained visit on the Need screen, with one question about one model."""
    visit = opened("need", token)
    return asked_about(visit.button_group(key="choice_model").set_value(model).run(), part)


def control(visit: AppTest, kind: str, label: str):
    return next(each for each in visit.get(kind) if each.label == label)


def figure(visit: AppTest, label: str) -> str:
    return next(each.value for each in visit.metric if each.label == label)


def test_nothing_is_explained_before_a_training() -> None:
    for visit in (opened("need"), go(with_sample(), "need")):
        sound(visit)
        assert not [each for each in visit.get("button_group") if each.key == "choice_need_part"]


@pytest.mark.parametrize(("model", "way"), [("logistic", "Coefficient times deviation"), ("boosting", "TreeSHAP")])
def test_a_patient_is_taken_apart_in_words_and_the_way_is_named(token: str, model: str, way: str) -> None:
    visit = again(token, model)
    sound(visit)
    assert any(each.value.startswith(way) or f"Exact {way}" in each.value for each in visit.caption)
    words = next(each.value for each in visit.markdown if " points." in each.value)
    assert "typical is" in words
    assert any("training patients most like this one" in each.value for each in visit.markdown)


def test_a_changed_value_moves_the_probability_and_can_be_taken_back(token: str) -> None:
    visit = again(token, "logistic")
    before = figure(visit, "Probability of need")
    visits = next(each for each in visit.number_input if each.label == "visits_last_year")
    visits.set_value(visits.value + 8).run()
    sound(visit)
    assert figure(visit, "Probability of need") != before
    assert next(each for each in visit.metric if each.label == "Probability of need").delta
    next(each for each in visit.button if each.label == "Back to the patient's own values").click().run()
    assert figure(visit, "Probability of need") == before


def test_a_value_outside_the_training_data_is_warned_of(token: str) -> None:
    visit = again(token, "boosting")
    next(each for each in visit.number_input if each.label == "family_size").set_value(99).run()
    sound(visit)
    assert any("99 lies outside the training data" in each.value for each in visit.warning)
    next(each for each in visit.button if each.label == "Back to the patient's own values").click().run()
    assert not any("outside the training data" in each.value for each in visit.warning)


def test_nothing_crosses_the_threshold_where_no_column_may_change(token: str) -> None:
    visit = again(token, "logistic")
    columns = visit.multiselect(key="choice_changeable")
    assert not {"age", "gender", "visits_last_year"} & set(columns.value)
    assert "family_size" in columns.value
    columns.set_value([]).run()
    assert any("No change of the columns marked changeable crosses" in each.value for each in visit.markdown)
    visit.multiselect(key="choice_changeable").set_value(["visits_last_year", "age"]).run()
    sound(visit)
    assert any("Smallest change that would" in each.value for each in visit.markdown)


@pytest.mark.parametrize("column", ["age", "gender", "self_rated_health", "family_size"])
def test_the_effect_of_a_column_of_any_kind_is_shown_and_said(token: str, column: str) -> None:
    visit = again(token, "logistic", "reliance")
    visit.selectbox(key="choice_effect_of").select(column).run()
    sound(visit)
    said = next(each.value for each in visit.markdown if each.value.startswith("With "))
    assert "the model says" in said
    for toggle in (each for each in visit.toggle if each.label == "Start all curves at 0"):
        toggle.set_value(True).run()
        sound(visit)


@pytest.mark.parametrize("column", ["region", "race_head", "age"])
def test_groups_of_any_column_are_compared_and_cost_units(token: str, column: str) -> None:
    visit = again(token, "boosting", "groups")
    visit.selectbox(key="choice_group_by").select(column).run()
    sound(visit)
    assert any("eed is predicted too" in each.value or "In no group" in each.value for each in visit.markdown)
    assert figure(visit, "Largest difference of flagged").endswith("points")
    assert any(
        "if need were predicted as it was observed" in each.value or "place the same units" in each.value
        for each in visit.markdown
    )


def test_a_model_that_flags_nobody_is_not_called_even_handed(token: str) -> None:
    visit = again(token, "logistic", "action")
    next(each for each in visit.slider if each.key == "choice_threshold").set_value(1.0).run()
    asked_about(visit, "groups")
    assert any("calls nobody in need" in each.value for each in visit.warning)
    assert figure(visit, "Largest difference of flagged") == "–"


def test_only_a_column_with_too_many_values_is_refused_and_the_rest_of_the_screen_stays(token: str) -> None:
    visit = again(token, "logistic", "groups")
    assert "patient_id" not in visit.selectbox(key="choice_group_by").options
    assert "need" not in visit.selectbox(key="choice_group_by").options
