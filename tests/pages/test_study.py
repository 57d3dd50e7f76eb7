"""One visit, one study: the order of clicks changes no answer, and no older answer is lost."""

import re
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from medalloc.allocation import solving
from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.study.steps import plans
from medalloc.ui.kept import workspace
from medalloc.workspace.schema import STUDIES
from tests.pages.test_screens import address_of, go, opened, sound, trained, upload, with_sample

REGIONS = b"region,demand,expected_2027,staff_now\nOhio,3000,9000,10\nIowa,1000,5000,5\n"
ROLES = {"demand": "ignored", "expected_2027": "demand", "staff_now": "existing:nurses"}


def chosen(visit: AppTest, **choices: Any) -> AppTest:
    """Choose as controls do, and run the screen again."""
    now = visit.session_state["visit"]
    now.choices = now.choices.changed(choices)
    return visit.run()


def told(visit: AppTest) -> tuple[str, ...]:
    """Return what Allocate and What if say on top and in their figures."""
    said = []
    for screen in ("allocate", "what_if"):
        go(visit, screen)
        said += [visit.markdown[0].value, *(each.value for each in visit.metric), *(each.value for each in visit.error)]
    return tuple(said)


CHOICES: dict[str, tuple[Any, ...]] = {
    "roles": ({}, ROLES),
    "repairs": ((), (("duplicated rows", None),)),
    "floor": (0.0, 0.25),
    "budget": (None, 500_000.0),
    "policy": ("most-served", "max-min"),
    "stock_change": (0, 50),
}
MOVES = st.lists(
    st.sampled_from(sorted(CHOICES)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(CHOICES[name])))
    | st.tuples(st.just("look"), st.sampled_from(("data", "allocate", "what_if"))),
    min_size=3,
    max_size=8,
)


@given(MOVES)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_of_the_same_choices_shows_the_same_plan(moves: list[tuple[str, Any]]) -> None:
    visit = upload(opened("data"), REGIONS)
    for name, value in moves:
        go(visit, value) if name == "look" else chosen(visit, **{name: value})
    straight = chosen(upload(opened("data"), REGIONS), **{name: each for name, each in moves if name != "look"})
    assert told(visit) == told(straight)


def test_roles_that_are_mended_after_the_plan_was_seen_give_the_plan_of_those_roles() -> None:
    later = go(upload(opened("data"), REGIONS), "allocate")
    chosen(later, roles=ROLES)
    first = chosen(upload(opened("data"), REGIONS), roles=ROLES)
    assert told(later) == told(first)
    assert [each.name for each in later.session_state["visit"].answers(plans.resources_in_use)] == ["nurses"]


def test_a_training_that_is_cancelled_leaves_the_plan_of_the_one_before() -> None:
    visit = trained(with_sample(), ["logistic"])
    before = told(visit)
    go(visit, "need")
    visit.number_input(key="choice_seed").set_value(7).run()
    next(each for each in visit.button if each.label == "Train").click().run()
    visit.button(key="training_cancel").click().run()
    assert visit.dataframe and any("out of date" in each.value for each in visit.warning)
    assert told(visit) == before
    assert any("earlier training" in each.value for each in visit.info)
    go(visit, "need")
    visit.number_input(key="choice_seed").set_value(42).run()
    assert not any("out of date" in each.value for each in visit.warning)
    assert told(visit) == before and not any("earlier training" in each.value for each in visit.info)


def test_one_move_of_a_slider_looks_up_little_and_solves_once(monkeypatch: pytest.MonkeyPatch) -> None:
    visit = go(upload(opened("data"), REGIONS), "what_if")
    kept, solved = visit.session_state["visit"].answers.kept, []
    # every solve goes by this check, whoever asks for it
    monkeypatch.setattr(
        solving, "require_feasible", lambda problem: (solved.append(problem), require_feasible(problem))
    )
    asked = kept.asked
    next(each for each in visit.slider if each.key == "choice_demand_change").set_value(25).run()
    sound(visit)
    assert len(solved) == 1
    assert kept.asked - asked <= 20


@pytest.mark.parametrize("damage", ["", "{", '{"version": 1, "study": {"limits": {"floor": "high"}}}', "[" * 100_000])
def test_a_visit_whose_saved_choices_are_damaged_begins_anew_with_a_sentence(damage: str) -> None:
    first = with_sample("regions_world.csv")
    token = address_of(first)
    with workspace().store.writing() as connection:
        connection.execute(update(STUDIES).where(STUDIES.c.id == token).values(form=damage))
    again = opened("home", token)
    sound(again)
    assert any("you start from the beginning" in each.value for each in again.warning)
    assert again.session_state["visit"].token != token
    sound(go(again, "allocate"))


def test_a_visit_is_found_again_by_its_address() -> None:
    first = go(with_sample("regions_world.csv"), "allocate")
    next(each for each in first.slider if each.key == "choice_floor").set_value(30).run()
    again = opened("home", address_of(first))
    assert again.session_state["visit"].choices.study.limits.floor == 0.3


def test_two_visits_at_one_address_both_go_on_whatever_the_other_writes() -> None:
    first = go(upload(opened("data"), REGIONS), "allocate")
    second = opened("allocate", address_of(first))
    for floor in (10, 30, 20):
        for one, other in ((first, second), (second, first)):
            next(each for each in one.slider if each.key == "choice_floor").set_value(floor).run()
            sound(one)
            sound(other.run())
    third = opened("home", address_of(first))
    sound(go(third, "allocate"))
    assert third.session_state["visit"].choices.study.limits.floor == 0.2


@pytest.mark.parametrize("address", ["abc", "a" * 300, "../../etc/passwd", "%00"])
def test_an_address_that_somebody_made_up_is_not_adopted(address: str) -> None:
    visit = opened("home", address)
    sound(visit)
    token = address_of(visit)
    assert token != address and re.fullmatch(r"[\w-]{22}", token)
    assert any("under one of your own" in each.value for each in visit.warning)
    assert len(visit.run().warning) == 1 and not visit.button(key="understood_unknown").click().run().warning


def test_a_visitor_who_clears_streamlits_caches_takes_nothing_from_anybody() -> None:
    content = b"region,demand\nNorth,10\nSouth,30\n"
    first = go(upload(opened("data"), content), "allocate")
    before = [each.value for each in first.metric]
    # what the message clear_cache of any visitor does
    streamlit.cache_data.clear()
    streamlit.cache_resource.clear()
    sound(first.run())
    assert [each.value for each in first.metric] == before
    again = opened("home", address_of(first))
    sound(go(again, "allocate"))
    assert [each.value for each in again.metric] == before


def test_a_visit_in_which_nothing_was_chosen_has_no_address_and_is_not_kept() -> None:
    visit = opened("data")
    assert "visit" not in visit.query_params and workspace().find(visit.session_state["visit"].token) is None
    sound(visit.button(key="data_use").click().run())
    assert visit.query_params["visit"] == visit.session_state["visit"].token


def test_a_second_tab_shows_what_the_first_chose_with_its_runs() -> None:
    first = trained(with_sample(), ["logistic"])
    second = opened("home", address_of(first))
    assert told(second) == told(first) and second.metric


def test_two_tabs_that_choose_at_once_are_told_and_both_versions_are_kept() -> None:
    first = go(with_sample("regions_world.csv"), "allocate")
    token = address_of(first)
    second = opened("allocate", token)
    first.slider(key="choice_floor").set_value(10).run()
    second.slider(key="choice_floor").set_value(30).run()
    assert ["Both versions" in each.value for each in second.warning] == [True]
    assert ["in a copy now" in each.value for each in second.toast] == [True]
    sound(second.run())
    assert len(second.warning) == 1 and not second.toast
    sound(second.button(key="understood_parted").click().run())
    assert not second.warning and second.slider(key="choice_floor").value == 30
    copy = second.session_state["visit"].record
    assert copy.id != token and copy.name.startswith("regions_world.csv (copy made at ")
    assert second.query_params["visit"] == copy.id
    kept = [workspace().find(each) for each in (token, copy.id)]
    assert [each and each.form["study"]["limits"]["floor"] for each in kept] == [0.1, 0.3]
    first.slider(key="choice_floor").set_value(20).run()
    sound(first)
    assert first.session_state["visit"].token == token and not first.warning


def test_two_tabs_of_which_one_only_looks_about_stay_on_one_study() -> None:
    first = go(with_sample("regions_world.csv"), "allocate")
    token = address_of(first)
    second = opened("home", token)
    chosen_by = [each.session_state["visit"] for each in (first, second)]
    first.slider(key="choice_floor").set_value(10).run()
    second.button_group(key="choice_language").set_value("zh_CN").run()
    first.slider(key="choice_floor").set_value(20).run()
    assert not first.warning and [each.token for each in chosen_by] == [token, token]
    kept = workspace().find(token)
    assert kept is not None and kept.form["study"]["limits"]["floor"] == 0.2
