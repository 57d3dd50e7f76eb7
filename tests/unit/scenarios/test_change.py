import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.scenarios import Change, Scenario

CHANGES = st.sampled_from(
    [
        Change("demand", factor=1.2),
        Change("demand", value=30.5, region="North"),
        Change("stock", factor=0.5, resource="beds"),
        Change("requirement", value=2.0, resource="beds"),
        Change("budget", value="unlimited"),
        Change("floor", value=0.3),
        Change("cap", value=5.0, resource="beds", region="North"),
        Change("space", value="unlimited"),
        Change("demand", factor=2.0, resource="beds"),
        Change("movable", value=0.2, resource="beds"),
        Change("length_of_stay", factor=2.0),
        Change("stock", added=-5.0, resource="beds"),
        Change("budget", added=50.0),
        Change("policy", value="per-head"),
        Change("policy", value="alpha:2"),
        Change("site", value=120.0, region="West"),
        Change("model", value="forest"),
    ]
)


@settings(max_examples=30)
@given(name=st.text(), changes=st.lists(CHANGES, max_size=4).map(tuple))
def test_a_scenario_written_as_json_text_comes_back_exactly(name, changes):
    scenario = Scenario(name, changes)
    assert Scenario.from_json(json.loads(json.dumps(scenario.to_json(), allow_nan=False))) == scenario


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": "weather", "factor": 2}, "“weather” cannot be changed; use one of: stock"),
        ({"what": "demand"}, "either a factor or a value"),
        ({"what": "site", "value": 5}, "needs the region"),
        ({"what": "site", "factor": 2, "region": "West"}, "takes its demand as a value"),
        ({"what": "model", "value": "oracle"}, "“oracle” is no model"),
        ({"what": "demand", "factor": 2, "value": 3}, "either a factor or a value"),
        ({"what": "demand", "factor": -1}, "found -1; give a number of at least 0"),
        ({"what": "demand", "factor": float("nan")}, "found nan"),
        ({"what": "value", "factor": 2, "resource": "beds"}, "value has no resource; leave “beds” out"),
        ({"what": "stock", "factor": 2, "region": "North"}, "stock has no region"),
        ({"what": "demand", "factor": 2, "added": 3}, "either a factor or a value"),
        ({"what": "demand", "added": 3}, "needs the region"),
        ({"what": "stock", "added": 5}, "needs the resource"),
        ({"what": "budget", "added": float("inf")}, "found inf; give a number"),
        ({"what": "policy", "added": 2}, "is no policy"),
        ({"what": "stock", "value": 5}, "needs the resource"),
        ({"what": "demand", "value": 5}, "needs the region"),
        ({"what": "stock", "value": "unlimited", "resource": "beds"}, "found unlimited"),
        ({"what": "movable", "value": 0.2}, "needs the resource"),
        ({"what": "length_of_stay", "value": 5, "resource": "beds", "region": "North"}, "length_of_stay has no region"),
        ({"what": "space", "value": 5, "resource": "beds"}, "space has no resource"),
        ({"what": "policy", "value": "best"}, "“best” is no policy"),
        ({"what": "policy", "factor": 2}, "is no policy"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        Change(**change)


def test_every_fault_of_a_saved_scenario_is_said_at_once():
    with pytest.raises(InputError) as caught:
        Scenario.from_json({"version": 2, "name": 1, "changes": [{"what": "x"}, {"size": 3, "what": "demand"}], "z": 0})
    assert len(caught.value.faults) == 5
    said = [str(fault) for fault in caught.value.faults]
    assert "“name” is 1; it must be text." in said and any(each.startswith("In “changes[0]”: “x”") for each in said)
    known = "what, factor, value, added, resource, region"
    assert f"A saved scenario has no entry called: changes[1].size. Known are: {known}." in said


@pytest.mark.parametrize("saved", [[], {"version": 1}, {"version": 1, "name": "x", "changes": [3]}])
def test_a_saved_scenario_that_is_none_is_refused(saved):
    with pytest.raises(InputError):
        Scenario.from_json(saved)


def test_a_change_is_said_with_titles_and_not_with_keys():
    said = {
        "length of stay (beds): plus 3": Change("length_of_stay", added=3, resource="beds"),
        "cap (beds, North): unlimited": Change("cap", value="unlimited", resource="beds", region="North"),
        "budget: minus 50": Change("budget", added=-50.0),
        "policy: Alpha-fair (2)": Change("policy", value="alpha:2"),
    }
    assert {str(change.sentence): change for change in said.values()} == said
    translated = said["budget: minus 50"].sentence.render(
        {"budget": "预算", "{about}: minus {number}": "{about}：减{number}"}.get
    )
    assert translated == "预算：减50"
