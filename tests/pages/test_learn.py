"""Every step of the Learn screen, every control of it, and what is kept."""

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import PATIENCE, go, opened, sound, with_sample

STEPS = ("leak", "margin", "forest", "boosting", "convolution", "race", "rare", "recurrent", "fairness")
TURNS: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "leak": (
        ("radio", "learn_leak", "scaling"),
        ("radio", "learn_model", "logistic"),
        ("slider", "learn_repeats", 100),
        ("slider", "learn_patients", 300),
    ),
    "margin": (
        ("selectbox", "learn_across", "income_usd"),
        ("selectbox", "learn_up", "family_size"),
        ("select_slider", "learn_cost", 10.0),
        ("radio", "learn_kernel", "rbf"),
    ),
    "forest": (
        ("selectbox", "learn_across", "income_usd"),
        ("selectbox", "learn_up", "family_size"),
        ("slider", "learn_trees", 3),
        ("slider", "learn_depth", 12),
    ),
    "boosting": (
        ("slider", "learn_rounds", 40),
        ("select_slider", "learn_rate", 1.0),
        ("slider", "learn_boost_depth", 4),
        ("selectbox", "learn_column", "age"),
    ),
    "convolution": (
        ("radio", "learn_preset", "edge"),
        ("slider", "learn_bias", -1.0),
        ("slider", "learn_ahead", 1),
        ("selectbox", "learn_place", "Roxbury"),
        ("slider", "learn_week", 33),
    ),
    "race": (
        ("select_slider", "learn_rate_descent", 0.1),
        ("select_slider", "learn_rate_sgd", 0.1),
        ("select_slider", "learn_rate_adam", 0.1),
        ("select_slider", "learn_rate_adam_printed", 0.001),
        ("radio", "learn_axis", "passes"),
        ("select_slider", "learn_batch", 4),
        ("slider", "learn_seeds", 2),
        ("slider", "learn_stretch", 1.0),
        ("button_group", "learn_ways", ["descent", "adam"]),
    ),
    "rare": (
        ("select_slider", "learn_share", 0.1),
        ("slider", "learn_called", 20),
        ("radio", "learn_weighing", "balanced"),
    ),
    "recurrent": (
        ("slider", "learn_recurrent", 1.2),
        ("select_slider", "learn_keep", 0.5),
        ("slider", "learn_let_in", 50),
        ("slider", "learn_steps", 40),
    ),
    "fairness": (
        ("select_slider", "learn_fair", "max-min"),
        ("radio", "learn_regions", 6),
        ("slider", "learn_stock", 30),
        ("slider", "learn_effort", 5.0),
        ("slider", "learn_room", 20),
    ),
}
"""By step: kind of each control, the choice it is tied to, and another value."""


def at_step(step: str, visit: AppTest | None = None) -> AppTest:
    visit = go(visit or opened(), "learn")
    return visit.button_group(key="choice_learn_step").set_value(step).run()


def turn(visit: AppTest, kind: str, name: str, value: Any) -> None:
    (control,) = [each for each in visit.get(kind) if each.key == f"choice_{name}"]
    control.set_value(value).run()


def seen(visit: AppTest) -> list[str]:
    """Return everything that is drawn or told on the page, but no control."""
    page = visit.main
    told = [each.value for each in (*page.markdown, *page.caption, *page.warning)]
    drawn = [str(each.proto) for kind in ("plotly_chart", "vega_lite_chart") for each in page.get(kind)]
    return [*told, *drawn, *(each.value for each in page.metric)]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_formula_its_pictures_its_numbers_and_questions_without_any_table(step: str) -> None:
    visit = at_step(step)
    sound(visit)
    assert visit.markdown[0].value.startswith("####"), "the answer comes first"
    assert visit.get("latex")
    assert visit.get("plotly_chart") or visit.get("vega_lite_chart")
    assert visit.dataframe
    labels = [each.label for each in visit.expander]
    assert sum(label.endswith("?") or label.startswith("A ") for label in labels) >= 3


@pytest.mark.parametrize("step", STEPS)
def test_every_control_of_a_step_changes_what_is_seen(step: str) -> None:
    visit = at_step(step)
    turned = {f"choice_{name}" for _, name, _ in TURNS[step]} | {"choice_learn_step", "choice_language"}
    kinds = ("slider", "select_slider", "radio", "selectbox", "button_group", "text_input", "number_input")
    assert {each.key for kind in kinds for each in visit.get(kind)} <= turned
    for kind, name, value in TURNS[step]:
        before = seen(visit)
        turn(visit, kind, name, value)
        sound(visit)
        assert seen(visit) != before, name


def test_what_was_chosen_is_there_after_another_screen_and_a_table_changes_nothing() -> None:
    visit = at_step("forest")
    turn(visit, "slider", "learn_trees", 7)
    before = seen(visit)
    go(visit, "home")
    next(each for each in visit.button if each.label.startswith("Open the plan of the world")).click().run()
    go(visit, "learn")
    sound(visit)
    assert seen(visit) == before


def test_the_lessons_are_those_of_the_built_in_sample_whatever_table_was_chosen() -> None:
    assert seen(at_step("leak", with_sample("regions_world.csv"))) == seen(at_step("leak"))


def test_a_kernel_that_cannot_be_read_is_told_and_kept_to_be_mended() -> None:
    visit = at_step("convolution")
    turn(visit, "radio", "learn_preset", "own")
    visit.text_input(key="choice_learn_weights").set_value("1 x").run()
    assert not visit.exception
    assert any("Number 2 of the kernel" in each.value for each in visit.error)
    assert visit.text_input(key="choice_learn_weights").value == "1 x"
    visit.text_input(key="choice_learn_weights").set_value("-1 2 -1").run()
    sound(visit)


def test_one_column_cannot_be_both() -> None:
    visit = at_step("margin")
    turn(visit, "selectbox", "learn_across", "visits_last_year")
    sound(visit)
    assert visit.selectbox(key="choice_learn_up").value != "visits_last_year"


def test_without_anybody_in_the_race_it_says_so() -> None:
    visit = at_step("race")
    turn(visit, "button_group", "learn_ways", [])
    sound(visit)
    assert any("at least one optimiser" in each.value for each in visit.info)


def test_the_next_step_is_one_click_away() -> None:
    visit = at_step("leak")
    visit.button(key="learn_to_margin").click().run()
    sound(visit)
    assert "margin" in visit.subheader[0].value


def test_the_race_in_a_library_runs_as_a_job_and_its_picture_grows_stale() -> None:
    visit = at_step("race")
    turn(visit, "slider", "learn_seeds", 1)
    pictures = len(visit.get("plotly_chart"))
    visit.button(key="learn_run").click().run()
    end = time.monotonic() + PATIENCE
    while len(visit.get("plotly_chart")) == pictures and time.monotonic() < end:
        time.sleep(0.5)
        visit.run()
    sound(visit)
    assert len(visit.get("plotly_chart")) == pictures + 1
    assert not visit.warning
    turn(visit, "select_slider", "learn_rate_adam", 0.01)
    assert any("out of date" in each.value for each in visit.warning)


def own(rows: int = 400, *, need: str = "need", share: float = 0.4) -> bytes:
    """Return a class's table of patients as CSV, with columns that the sample does not have."""
    draw = np.random.default_rng(5)
    weight, pulse = draw.normal(70, 12, rows), draw.normal(75, 10, rows)
    odds = 0.08 * (weight - 70) + 0.03 * (pulse - 75) + np.log(share / (1 - share))
    sick = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    frame = pd.DataFrame({"weight_kg": weight.round(1), "pulse": pulse.round(), "smoker": draw.integers(0, 2, rows)})
    return frame.assign(**{need: sick}).to_csv(index=False).encode()


def with_own(visit: AppTest, content: bytes) -> AppTest:
    visit.file_uploader(key="learn_file_given").set_value(("class.csv", content, "text/csv")).run()
    return visit


@pytest.mark.parametrize("step", ["leak", "margin", "forest", "boosting", "race", "rare"])
def test_the_class_s_own_table_takes_the_sample_s_place_in_every_step_of_patients(step: str) -> None:
    visit = at_step(step)
    before = seen(visit)
    with_own(visit, own())
    sound(visit)
    assert not visit.error and seen(visit) != before
    assert visit.radio(key="choice_learn_from").value == "file"
    visit.radio(key="choice_learn_from").set_value("sample").run()
    sound(visit)
    if step != "boosting" and step != "margin" and step != "forest":
        assert seen(visit) == before


def test_what_a_step_cannot_do_with_a_table_is_said_and_the_way_back_stays() -> None:
    visit = with_own(at_step("margin"), own(60, share=0.05))
    assert not visit.exception
    assert any("needs at least 20 of each" in each.value for each in visit.error)
    visit.radio(key="choice_learn_from").set_value("sample").run()
    sound(visit)
    assert not visit.error


def test_a_table_without_need_and_a_file_that_cannot_be_read_are_told() -> None:
    visit = at_step("rare")
    with_own(visit, own(need="pressure"))
    assert not visit.exception and visit.error
    with_own(visit, b"")
    assert not visit.exception and len(visit.error) > 1


def test_the_table_on_data_can_be_taken_and_keeps_what_was_chosen_there() -> None:
    visit = at_step("rare", with_sample("patients_nhanes.csv"))
    before = seen(visit)
    visit.radio(key="choice_learn_from").set_value("table").run()
    sound(visit)
    assert not visit.error and seen(visit) != before


def test_steps_that_look_at_no_patients_ask_for_none() -> None:
    for step in ("convolution", "recurrent", "fairness"):
        assert not at_step(step).get("file_uploader")


def test_the_plan_that_serves_the_most_says_who_would_lose_nothing() -> None:
    visit = at_step("fairness")
    turn(visit, "select_slider", "learn_fair", "most-served")
    assert "no plan serves more" in visit.markdown[0].value
    turn(visit, "select_slider", "learn_fair", "max-min")
    assert "City loses" in visit.markdown[0].value and "Hills gains" in visit.markdown[0].value
