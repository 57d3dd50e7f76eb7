"""The Patients screen: a list with reasons, a rule changed with the mouse, overrides, facilities, fairness."""

import json

import pytest

from tests.pages.test_allocate import edit
from tests.pages.test_screens import go, opened, sound, trained, with_sample

RULE = {
    "version": 1,
    "name": "Own",
    "terms": [{"points": 2, "factors": [{"column": "urgency_invented"}]}],
    "reserves": [
        {"name": "Staff", "units": 4, "who": {"column": "works_in_care_invented", "how": "is", "value": "yes"}}
    ],
}


def waiting():
    visit = opened("patients")
    return next(each for each in visit.button if each.label.startswith("Take the sample")).click().run()


def chosen(visit, patient):
    """Return the row of a patient in the list."""
    frame = visit.dataframe[0].value
    return frame[frame["patient"] == patient].iloc[0]


def test_one_click_gives_a_list_with_a_reason_each_and_what_was_guessed() -> None:
    visit = waiting()
    sound(visit)
    frame = visit.dataframe[0].value
    assert len(frame) == 300 and (frame["decision"] == "gets a unit").sum() == 30
    assert frame["reason"].str.contains("rank ").all() and frame["by_other_rule"].str.contains("Lottery").all()
    assert (frame["facility"] != "").sum() == 30
    said = " ".join(each.value for each in visit.caption)
    assert "Nobody has said who is first" in said and "one for every tenth patient was taken: 30" in said


def test_an_override_needs_a_reason_is_kept_and_can_be_withdrawn() -> None:
    visit = waiting()
    last = visit.dataframe[0].value["patient"].iloc[-1]
    record = next(each for each in visit.button if each.label == "Record override")
    visit.selectbox(key="override_patient").select(last)
    visit = record.click().run()
    assert any("reason" in each.value for each in visit.error)
    visit.selectbox(key="override_patient").select(last)
    visit.text_input(key="override_reason").set_value("Seen on the ward round")
    visit = next(each for each in visit.button if each.label == "Record override").click().run()
    sound(visit)
    assert chosen(visit, last)["decision"] == "gets a unit"
    assert "Seen on the ward round" in chosen(visit, last)["reason"]
    visit = next(each for each in visit.button if each.label == "Withdraw").click().run()
    assert chosen(visit, last)["decision"] == "gets none"


def test_a_rule_from_a_file_reserves_units_and_its_controls_start_from_it() -> None:
    visit = waiting()
    place = next(each for each in visit.get("file_uploader") if each.label == "Or use a rule from a file")
    place.set_value(("rule.json", json.dumps(RULE).encode(), "application/json"))
    visit = visit.run()
    sound(visit)
    assert visit.dataframe[0].value["reason"].str.contains("reserved for “Staff”").sum() >= 4
    assert visit.text_input(key="rule_name").value == "Own"
    visit.text_input(key="rule_bands").set_value("4, x").run()
    assert any("write numbers with commas" in each.value for each in visit.error)
    visit.text_input(key="rule_bands").set_value("4, 8").run()
    sound(visit)
    assert set(visit.dataframe[0].value["band"]) == {1, 2, 3}
    visit.toggle(key="rule_lowest_first").set_value(True).run()
    assert visit.dataframe[0].value["band"].iloc[0] == 1
    next(each for each in visit.button if each.label == "Back to the suggested rule").click().run()
    sound(visit)
    assert visit.text_input(key="rule_name").value == "urgency_invented"


def test_points_are_changed_in_their_table_and_an_unfinished_row_waits() -> None:
    visit = edit(waiting(), "rule_terms", {0: {"points": 3.0}}, ({"points": 5.0},))
    sound(visit)
    assert visit.dataframe[0].value["score"].max() == 15
    visit = edit(visit, "rule_terms", {}, ({"points": 5.0, "column": "age", "how": "above", "value": "old"},))
    assert any("“value” is" in each.value for each in visit.error)
    visit = edit(
        visit, "rule_reserves", {}, ({"name": "Old", "units": 2, "column": "age", "how": "at least", "value": "50"},)
    )
    assert visit.dataframe[0].value["reason"].str.contains("reserved for “Old”.").any()


def test_units_the_rival_rule_and_the_groups_move_the_answer() -> None:
    visit = waiting()
    visit.number_input(key="choice_units_given").set_value(50).run()
    assert visit.metric[0].value == "50"
    visit.selectbox(key="choice_other_rule").select("urgency_invented").run()
    sound(visit)
    assert visit.metric[3].value == "0"
    visit.selectbox(key="choice_fairness_group").select("gender").run()
    sound(visit)
    groups = [each.value["group"].tolist() for each in visit.dataframe if "group" in each.value]
    assert groups == [["female", "male"]] * 2
    visit.number_input(key="choice_longest_way").set_value(5.0).run()
    sound(visit)
    assert visit.metric[0].value == "0"


def test_a_bad_file_of_facilities_is_refused_and_the_list_stays() -> None:
    visit = waiting()
    place = next(each for each in visit.get("file_uploader") if each.label == "Table of facilities")
    place.set_value(("bad.csv", b"", "text/csv"))
    visit = visit.run()
    assert any("is empty" in each.value for each in visit.error) and len(visit.dataframe[0].value) == 300


def test_probabilities_of_a_trained_model_make_the_suggested_rule() -> None:
    visit = go(trained(with_sample("patients_waiting.csv"), ["logistic"]), "patients")
    sound(visit)
    assert visit.text_input(key="rule_name").value == "Need"
    assert visit.dataframe[0].value["points: need_probability"].iloc[0] == pytest.approx(
        visit.dataframe[0].value["score"].max()
    )


def test_regions_are_no_patients_and_the_screen_says_so() -> None:
    visit = go(with_sample("regions_world.csv"), "patients")
    sound(visit)
    assert any("a row each" in each.value for each in visit.info)
