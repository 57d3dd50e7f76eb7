"""A plan that takes long is a run of its own: the earlier plan stays, and the search can be stopped and begun again."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.program import needed
from medalloc.ui.visit import jobs
from tests.pages.test_allocate import choices, edit, look_closer, own, press, unfold
from tests.pages.test_screens import PATIENCE, go, sound

EARLIER = "is an earlier one"


@pytest.fixture(autouse=True)
def everything_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "LONG", 0)


@pytest.fixture
def standstill(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let every run wait for ever; undone, those that are submitted later are done."""
    monkeypatch.setattr(jobs()._pool._queue, "put", lambda _: None)
    return monkeypatch


def in_whole_beds() -> AppTest:
    return edit(unfold(own(), "more"), "more_resources_editor", {0: {"whole": True}})


def is_earlier(visit: AppTest) -> bool:
    return any(EARLIER in each.value for each in visit.info)


def runs_of(visit: AppTest, task: str) -> list[str]:
    return [jobs().status(each.id).state for each in choices(visit).tickets if each.task == task]


def found(visit: AppTest, task: str) -> AppTest:
    end = time.monotonic() + PATIENCE
    while runs_of(visit, task)[0] != "done" and time.monotonic() < end:
        time.sleep(0.1)
    return visit.run()


def test_the_earlier_plan_stays_while_another_is_searched_for_which_can_be_stopped_and_begun_again(
    standstill: pytest.MonkeyPatch,
) -> None:
    standstill.setattr(needed, "LONG", 1e9)
    visit = unfold(own(), "resources")
    edit(visit.toggle(key="choice_fractions").set_value(True).run(), "resources_editor", {0: {"stock": 8}})
    before = [each.value for each in visit.metric]
    standstill.setattr(needed, "LONG", 0)
    assert not runs_of(visit.run(), "searched_plan") and not is_earlier(visit)
    visit.toggle(key="choice_fractions").set_value(False).run()
    sound(visit)
    assert runs_of(visit, "searched_plan") == ["waiting"] and is_earlier(visit)
    assert [each.value for each in visit.metric] == before
    edit(visit, "resources_editor", {0: {"stock": 7}})
    assert runs_of(visit, "searched_plan") == ["waiting", "cancelled"]
    visit.button(key="searched_plan_cancel").click().run()
    visit.run()
    assert runs_of(visit, "searched_plan")[0] == "cancelled" and is_earlier(visit)
    assert any("search for the plan was cancelled" in each.value for each in visit.info)
    standstill.undo()
    standstill.setattr(needed, "LONG", 0)
    found(press(visit, "Search for the plan again"), "searched_plan")
    sound(visit)
    assert not is_earlier(visit) and [each.value for each in visit.metric] != before
    # what was searched for once is known when it is asked for again
    edit(visit, "resources_editor", {0: {"stock": 9}})
    edit(visit, "resources_editor", {0: {"stock": 7}})
    assert not is_earlier(visit)


def test_a_changed_world_is_searched_for_beside_the_base_and_limits_that_conflict_are_told_at_once() -> None:
    visit = go(found(in_whole_beds(), "searched_plan"), "what_if")
    sound(visit)
    assert not runs_of(visit, "searched_change") and len(visit.metric) == 6
    visit.slider(key="choice_demand_change").set_value(50).run()
    found(visit, "searched_change")
    sound(visit)
    assert not is_earlier(visit) and any("is met instead of" in each.value for each in visit.markdown)
    searched = len(runs_of(visit, "searched_change"))
    visit.slider(key="choice_floor_change").set_value(100).run()
    assert any("No plan keeps all these limits" in each.value for each in visit.error)
    assert len(runs_of(visit, "searched_change")) == searched


def test_the_other_policies_of_a_large_problem_are_found_by_a_job_while_the_page_stays_usable() -> None:
    visit = found(in_whole_beds(), "searched_plan")
    assert not runs_of(visit, "searched_rivals")
    look_closer(visit, "policies")
    sound(visit.toggle(key="rival_policies").set_value(True).run())
    assert len(runs_of(visit, "searched_rivals")) == 1
    sound(found(visit, "searched_rivals"))
    (rows,) = [each.value for each in visit.dataframe if "given_up" in each.value]
    assert len(rows) == len(CATALOGUE)
    assert not runs_of(visit, "searched_margin")
    look_closer(visit, "margin")
    sound(visit.toggle(key="exact_margin").set_value(True).run())
    assert not any("dual" in each.value for each in visit.dataframe)
    sound(found(visit, "searched_margin"))
    (rows,) = [each.value for each in visit.dataframe if "dual" in each.value]
    assert rows["limit"].tolist() == ["beds"]
