"""The editor of roles offers what the commands know, and shows what is in force."""

from streamlit.testing.v1 import AppTest

from medalloc.quantities import PER_RESOURCE, ROLES
from medalloc.study.steps import plans
from medalloc.ui.data.columns import offered
from tests.pages.test_allocate import edit
from tests.pages.test_screens import go, opened, sound, upload

REGIONS = b"region,demand,here,most,price\nOhio,900,3,1,10\nIowa,600,1,2,20\n"


def shown(visit: AppTest) -> dict[str, str]:
    """Return the role of every column as the editor shows it."""
    (_language, says), (frame, _turn) = visit.session_state["visit"].editors["roles"]
    return dict(zip(frame["column"], says, strict=True))


def test_every_role_of_any_resource_can_be_given_and_the_plan_keeps_it() -> None:
    visit = upload(opened("data"), REGIONS)
    visit.text_input(key="another_resource").set_value("icu beds").run()
    roles = {2: {"role": "existing:icu beds"}, 3: {"role": "cap:icu beds"}, 4: {"role": "cost:icu beds"}}
    sound(edit(visit, "roles", roles))
    assert shown(visit)["most"] == "cap:icu beds"
    go(visit, "allocate")
    sound(visit)
    plan = visit.session_state["visit"].answers(plans.plan)
    assert plan.problem.resource_names == ("icu beds",)
    assert plan.problem.cap.ravel().tolist() == [1, 2] and plan.problem.unit_cost.ravel().tolist() == [10, 20]
    assert (plan.units.ravel() <= [1, 2]).all() and plan.units.sum() > 0
    assert shown(go(visit, "data"))["price"] == "cost:icu beds"


def test_the_editor_shows_what_became_a_feature_because_a_need_was_named() -> None:
    rows = "".join(f"{20 + n % 50},{n % 7},{n % 2}\n" for n in range(60))
    visit = upload(opened("data"), f"age,x,ill\n{rows}".encode())
    assert shown(visit) == {"age": "ignored", "x": "ignored", "ill": "ignored"}
    sound(edit(visit, "roles", {2: {"role": "need"}}))
    assert shown(visit) == {"age": "feature", "x": "feature", "ill": "need"}
    assert shown(go(go(visit, "home"), "data")) == {"age": "feature", "x": "feature", "ill": "need"}


def test_a_role_given_twice_is_a_sentence_and_can_be_mended_in_the_editor() -> None:
    visit = upload(opened("data"), REGIONS)
    edit(visit, "roles", {2: {"role": "demand"}})
    assert not visit.exception and any("Only one column can be the demand" in each.value for each in visit.error)
    sound(edit(visit, "roles", {2: {"role": "ignored"}}))


def test_roles_of_every_kind_are_offered() -> None:
    every = offered(["cap:ventilators"])
    assert set(ROLES) <= set(every) and "cap:ventilators" in every
    assert {f"{kind}:beds" for kind in PER_RESOURCE} <= {*every}


def test_the_editor_shows_the_roles_in_force_after_a_repair() -> None:
    rows = "".join(f"{20 + n % 50},1,{n * 7 % 2}\n" for n in range(60))
    visit = upload(opened("data"), f"age,ward,need\n{rows}".encode())
    assert shown(visit)["ward"] == "feature"
    findings = next(each.value for each in visit.dataframe if "apply" in each.value)
    assert findings["finding"].str.contains("same value in every row").any()
    accepted = visit.session_state["visit"].choices.changed({"repairs": (("constant", "ward"),)})
    visit.session_state["visit"].choices = accepted
    sound(visit.run())
    assert shown(visit)["ward"] == "ignored" and shown(go(go(visit, "home"), "data"))["ward"] == "ignored"


def test_roles_given_by_hand_hold_for_the_next_file_with_the_same_columns_which_is_said_and_can_be_undone() -> None:
    edit(visit := upload(opened("data"), REGIONS, "may.csv"), "roles", {3: {"role": "demand"}, 1: {"role": "ignored"}})
    sound(upload(visit, b"a,b\nx,1\ny,2\n", "other.csv"))
    assert set(shown(visit).values()) != {"demand"} and not any("May" in each.value for each in visit.info)
    sound(upload(visit, REGIONS.replace(b"900", b"901").replace(b"region,", b"REGION,"), "june.csv"))
    assert (shown(visit)["most"], shown(visit)["demand"]) == ("demand", "ignored")
    assert any("As in may.csv" in each.value.replace("\\", "") for each in visit.info)
    sound(visit.button(key="roles_as_suggested").click().run())
    assert (shown(visit)["most"], shown(visit)["demand"]) == ("ignored", "demand")
    assert not any("As in may.csv" in each.value.replace("\\", "") for each in visit.info)


def test_every_column_says_what_it_holds_what_shows_it_and_how_sure_its_role_is() -> None:
    visit = upload(opened("data"), REGIONS)
    frame = visit.session_state["visit"].editors["roles"][1][0]
    told = frame.set_index("column")[["why", "kind", "evidence"]]
    assert told.loc["demand"].tolist() == ["sure: it is called so", "count", "from 600 to 900"]
    edit(visit, "roles", {2: {"role": "existing:beds"}})
    frame = visit.session_state["visit"].editors["roles"][1][0]
    assert frame.set_index("column").loc["here", "why"] == "given by hand"


def test_which_end_of_a_priority_comes_first_is_asked_where_there_is_one() -> None:
    visit = upload(opened("data"), b"region,demand,priority\nNorth,15,1\nSouth,45,3\nEast,20,2\n")
    visit.selectbox(key="choice_value_order").set_value("smaller").run()
    sound(visit)
    assert any("1 is taken for 3" in each.value for each in visit.info)
    plain = upload(opened("data"), REGIONS)
    assert not any(each.key == "choice_value_order" for each in plain.selectbox)
