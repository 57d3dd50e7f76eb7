"""A model that was chosen and was not trained: which one is used instead is said where its numbers are."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_comparing import ended, told
from tests.pages.test_screens import go, sound, trained, with_sample


@pytest.fixture(scope="module")
def visit() -> AppTest:
    return trained(with_sample(), ["logistic"])


def choose(visit: AppTest, model: str) -> None:
    kept = visit.session_state["visit"]
    kept.choices = kept.choices.changed({"model": model})


@pytest.mark.parametrize("screen", ["need", "demand", "allocate", "what_if"])
def test_what_is_used_instead_is_said_and_the_verdicts_model_is_one_click_away(visit: AppTest, screen: str) -> None:
    choose(visit, "boosting")
    go(visit, screen)
    sound(visit)
    assert "was chosen but was not trained; Logistic regression is used" in told(visit)
    visit.button(key="stay_with_model").click().run()
    sound(visit)
    assert "was not trained" not in told(visit)
    assert visit.session_state["visit"].choices.choice("model") is None


def test_the_chosen_model_is_trained_with_one_click(visit: AppTest) -> None:
    choose(visit, "boosting")
    go(visit, "demand")
    visit.button(key="train_model").click().run()
    go(visit, "need")
    ended(visit, "is right for")
    assert "boosting" in visit.session_state["visit"].choices.choice("models")
    while "was not trained" in told(visit):
        visit.run()
    sound(visit)
