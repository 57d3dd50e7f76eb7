"""Comparing models on the Need screen: verdict, intervals, costs, calibration, clear answers, search."""

import time

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from medalloc.need.models.catalogue import CATALOGUE
from medalloc.preparation.recipe import Recipe, Step
from tests.pages.test_screens import PATIENCE, asked_about, go, opened, sound, trained, upload, with_sample


def patients(rows: int = 300, share: float = 0.4, **columns: object) -> bytes:
    """Return a table as CSV whose need has nothing to do with its features."""
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"年龄": draw.normal(50, 10, rows).round(1), "sex": draw.choice(["m", "f"], rows), **columns})
    return frame.assign(need=(np.arange(rows) * 37 % rows < share * rows).astype(int)).to_csv(index=False).encode()


def told(visit: AppTest) -> str:
    return "\n".join(each.value for each in (*visit.markdown, *visit.caption, *visit.warning))


def board(visit: AppTest) -> pd.DataFrame:
    found: pd.DataFrame = next(each.value for each in visit.dataframe if "fold_auc" in each.value)
    return found


def ended(visit: AppTest, sign: str) -> AppTest:
    """Run until the screen says what is waited for."""
    end = time.monotonic() + PATIENCE
    while sign not in told(visit) and time.monotonic() < end:
        time.sleep(0.5)
        visit.run()
    return visit


def test_ninety_one_percent_in_the_majority_is_worth_nothing_and_the_page_says_so() -> None:
    visit = trained(upload(opened("data"), patients(share=0.09)), ["logistic"])
    sound(visit)
    assert "is worth nothing" in visit.markdown[0].value
    assert any("so that an accuracy of" in each.value and "is worth nothing" in each.value for each in visit.warning)
    assert "cannot be told apart from guessing" in told(visit)
    (last,) = board(visit).tail(1)["accuracy"]
    assert float(last) == 91.0
    asked_about(visit, "action")
    # at any threshold that calls nobody, too
    visit.slider(key="choice_threshold").set_value(1.0).run()
    assert sum("is worth nothing" in each.value for each in visit.warning) == 2


def test_one_click_compares_every_model_and_the_verdict_decides_which_is_looked_at() -> None:
    visit = go(upload(opened("data"), patients()), "need")
    next(each for each in visit.button if each.label == "Compare all").click().run()
    ended(visit, "Folds:")
    sound(visit)
    shown = board(visit)
    assert len(shown) == len(CATALOGUE) + 1
    assert shown["model"].iloc[-1] == "Always the majority answer"
    assert "cannot be told apart on your data" in told(visit)
    assert "The simplest of them is chosen: Logistic regression" in told(visit)
    assert visit.button_group(key="choice_model").value == "logistic"


def test_the_baseline_is_on_the_board_even_when_it_was_not_asked_for() -> None:
    visit = trained(with_sample(), ["boosting"])
    sound(visit)
    assert set(board(visit)["model"]) == {
        "Gradient boosting",
        "Logistic regression",
        "Always the majority answer",
    }
    assert board(visit)["auc"].str.contains("–").sum() == 2
    asked_about(visit, "action")
    # the first three stand at the head of the screen, whatever is asked
    assert all(each.delta for each in visit.metric[3:7])


def test_a_model_that_cannot_learn_from_the_table_does_not_take_the_others_with_it() -> None:
    gaps = np.where(np.arange(300) % 7 == 0, np.nan, np.arange(300.0))
    visit = upload(opened("data"), patients(gaps=gaps))
    now = visit.session_state["visit"]
    now.choices = now.choices.changed({"recipe": Recipe("plain", (Step("one_hot", "text"),)).to_json()})
    trained(visit, ["boosting"])
    assert not visit.exception
    assert any("Logistic regression" in each.value and "missing values" in each.value for each in visit.info)
    assert "is the only model that was trained" in told(visit)


def test_dates_make_the_folds_go_by_time() -> None:
    dates = pd.date_range("2023-01-01", periods=300).strftime("%Y-%m-%d")
    visit = trained(upload(opened("data"), patients(date=dates)), ["logistic"])
    sound(visit)
    assert "by time: each model learns from earlier rows and is tested on later ones" in told(visit)


def test_costs_move_the_threshold_and_one_click_takes_it_over() -> None:
    visit = asked_about(trained(with_sample(), ["logistic"]), "action")
    visit.number_input(key="choice_cost_missed").set_value(4.0).run()
    sound(visit)
    by_ratio = next(each for each in visit.metric if each.label == "Cheapest by the costs")
    assert by_ratio.value == "20.0%"
    next(each for each in visit.button if each.label == "Set the threshold to 20%").click().run()
    sound(visit)
    assert visit.slider(key="choice_threshold").value == 0.2
    assert "At 20%" in told(visit)
    for cost in ("choice_cost_missed", "choice_cost_false"):
        visit.number_input(key=cost).set_value(0.0).run()
    assert not visit.exception
    assert any("both cost 0" in each.value for each in visit.error)


def test_some_answers_must_be_either() -> None:
    visit = asked_about(trained(with_sample(), ["boosting"]), "action")
    assert "get “either”" in told(visit)


def test_another_calibration_asks_for_another_training() -> None:
    visit = asked_about(trained(with_sample(), ["boosting"]), "calibration")
    assert "probabilities truer" in told(visit)
    visit.button_group(key="choice_calibration").set_value("isotonic").run()
    assert any("Train again" in each.value for each in visit.warning)


def test_a_search_ends_in_options_that_the_next_training_uses() -> None:
    visit = trained(upload(opened("data"), patients()), ["logistic"])
    visit.selectbox(key="choice_search_model").select("logistic").run()
    visit.number_input(key="choice_search_seconds").set_value(5).run()
    visit.button(key="search_start").click().run()
    ended(visit, "Tries:")
    sound(visit)
    tries = next(each.value for each in visit.dataframe if "try" in each.value)
    assert "Default" in set(tries["try"])
    if "keep them" in told(visit):
        return
    visit.button(key="search_use").click().run()
    assert "logistic" in visit.session_state["visit"].choices.choice("model_options")
    assert any("Train again" in each.value for each in visit.warning)
