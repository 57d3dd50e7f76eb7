"""Waits on the Allocate screen: nobody queues, somebody queues, everybody queues for ever, and the calculator."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_allocate import look_closer
from tests.pages.test_screens import go, opened, sound, upload, with_sample

REGIONS = b"region;demand;existing_beds\nOhio;3650;30\nIowa;730;4\nUtah;0;1\n"


def resource(stay: float | None, **given: Any) -> dict[str, Any]:
    row = {"name": "beds", "stock": 20.0, "requirement": 0.01, "unit_cost": 0.0} | given
    return row if stay is None else {**row, "length_of_stay": stay}


def allocate(*rows: dict[str, Any], table: bytes = REGIONS, **choices: Any) -> AppTest:
    """Return a visit to the Allocate screen with these resources."""
    visit = upload(opened("data"), table)
    now = visit.session_state["visit"]
    now.choices = now.choices.changed({"resources": rows, "plan_part": "waits", **choices})
    return go(visit, "allocate")


def told(visit: AppTest) -> str:
    return "\n".join(each.value for each in (*visit.markdown, *visit.caption))


def table(visit: AppTest) -> Any:
    return next(each.value for each in visit.dataframe if "wait_hours" in each.value)


def test_without_a_table_there_are_no_waits_and_nothing_fails() -> None:
    visit = opened("allocate")
    sound(visit)
    assert not any(each.key == "choice_plan_part" for each in visit.button_group)


def test_where_nobody_queues_the_length_of_stay_is_asked_for_and_nothing_else() -> None:
    visit = look_closer(go(with_sample("regions_world.csv"), "allocate"), "waits")
    sound(visit)
    asked = [each.label for each in visit.number_input if each.key.startswith("stay_")]
    assert asked == ["Length of stay, beds [hours]", "Length of stay, physicians [hours]"]
    assert "choice_target_wait" not in [each.key for each in visit.number_input]


def test_where_somebody_queues_the_answer_comes_in_one_sentence_and_by_region() -> None:
    visit = allocate(resource(48.0))
    sound(visit)
    assert "The mean wait for beds is" in told(visit)
    shown = table(visit)
    assert list(shown["region"])[-1] == "Utah" and shown["wait"].iloc[-1] == "no wait"
    assert shown["wait_hours"].is_monotonic_decreasing


@pytest.mark.parametrize("policy", ["today", "most-served"])
def test_a_wait_without_end_is_shown_in_words_and_never_as_a_number(policy: str) -> None:
    visit = allocate(resource(480.0), policy=policy)
    sound(visit)
    assert "no mean wait can be given" in told(visit) and "No division of the" in told(visit)
    assert "inf" not in told(visit).replace("infants", "")
    shown = table(visit)
    assert list(shown["wait"]) == ["the queue grows without end"] * 2 + ["no wait"]
    assert shown["wait_hours"].isna().tolist() == [True, True, False]


def test_the_target_and_the_share_move_the_answer() -> None:
    visit = allocate(resource(48.0), policy="today")
    before = table(visit)
    visit.number_input(key="choice_target_wait").set_value(48.0).run()
    sound(visit)
    after = table(visit)
    assert after["longer"].sum() < before["longer"].sum()
    assert after["lacking"].sum() < before["lacking"].sum()
    next(each for each in visit.slider if each.key == "choice_service_level").set_value(50).run()
    sound(visit)
    assert table(visit)["lacking"].sum() < after["lacking"].sum()


def test_a_target_that_is_cleared_stays_what_it_was() -> None:
    visit = allocate(resource(48.0))
    visit.number_input(key="choice_target_wait").set_value(None).run()
    sound(visit)
    assert visit.number_input(key="choice_target_wait").value == 4.0


def test_of_several_queues_one_is_chosen() -> None:
    visit = allocate(resource(48.0), resource(24.0, name="nurses", stock=90.0))
    sound(visit)
    assert "for beds" in told(visit)
    visit.selectbox(key="choice_queue").select("nurses").run()
    sound(visit)
    assert "for nurses" in told(visit)


def test_a_stay_longer_than_what_the_plan_reserves_is_said() -> None:
    assert any("Check both entries" in each.value for each in allocate(resource(480.0)).warning)
    assert not any("Check both entries" in each.value for each in allocate(resource(48.0)).warning)


def test_units_beyond_what_a_queue_takes_are_a_sentence_and_the_rest_of_the_screen_stands() -> None:
    visit = allocate(resource(48.0), table=b"region;demand;existing_beds\nOhio;3650;30000000\n")
    assert not visit.exception
    assert any("10,000,000" in each.value for each in visit.error)
    assert "Look closer" in [each.value for each in visit.subheader]
    assert any("may be on the list" in each.value for each in visit.markdown)


def test_every_input_of_the_calculator_moves_its_sentences() -> None:
    visit = allocate(resource(None))
    before = told(visit)
    assert "Up to 390 may be" in before and "61.2 have to be seen" in before
    for name, value in {"referrals": 40.0, "size": 2000.0, "target": 40.0, "weeks": 30.0, "wait": 10.0}.items():
        visit.number_input(key=f"choice_list_{name}").set_value(value).run()
        sound(visit)
        assert told(visit) != before
        before = told(visit)
    visit.number_input(key="choice_list_size").set_value(100.0).run()
    assert "enough to hold it" in told(visit)


def test_the_chinese_section_speaks_chinese() -> None:
    visit = allocate(resource(48.0), language="zh_CN")
    sound(visit)
    assert "等待床位的平均时间为" in told(visit)
    assert not any(english in told(visit) for english in ("mean wait", "no longer", "may be on the list"))


def test_the_length_of_stay_is_asked_where_waits_are_shown() -> None:
    visit = look_closer(go(upload(opened("data"), b"region,demand\nOhio,900\nIowa,600\n"), "allocate"), "waits")
    assert any("say how long a person keeps a unit busy" in each.value for each in visit.caption)
    visit.number_input(key="stay_0").set_value(96.0).run()
    sound(visit)
    assert any("mean wait" in each.value or "queue" in each.value for each in visit.markdown)
    assert not any(each.key == "stay_0" for each in visit.number_input)
