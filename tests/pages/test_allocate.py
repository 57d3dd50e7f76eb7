"""What a planner edits, locks and repairs on the Allocate screen, through the scripts a server would run."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policies.kind import Aim
from medalloc.sentences import sentence
from medalloc.ui.allocate import rivals
from medalloc.ui.allocate.fairness import _growing
from medalloc.ui.kit import picking
from tests.pages.test_screens import go, look_closer, opened, sound, upload, with_sample

OWN = (
    b"region;demand;population;existing_beds;cap_beds\n"
    b"Ohio;900;9000;3;2\nIowa;600;5000;1;2\nUtah;500;7000;0;9\nMaine;400;4000;0;9\n"
)
"People use a hundredth of a bed, so that full coverage takes 24 beds, of which 4 are there."


def own(content: bytes = OWN) -> AppTest:
    """Return a visit to the plan of a table, its regions looked at."""
    return look_closer(go(upload(opened("data"), content), "allocate"), "regions")


def choices(visit: AppTest):
    return visit.session_state["visit"].choices


def edit(visit: AppTest, editor: str, cells: dict[int, dict[str, object]], added: tuple = ()) -> AppTest:
    """Type into cells of an editor."""
    _says, (_frame, turn) = visit.session_state["visit"].editors[editor]
    visit.session_state[f"{editor}_{turn}"] = {"edited_rows": cells, "added_rows": list(added), "deleted_rows": []}
    return visit.run()


def unfold(visit: AppTest, part: str) -> AppTest:
    """Unfold what a plan is made of, and choose which part is changed."""
    visit.session_state["change_what_there_is"] = True
    visit.run()
    return visit.button_group(key="choice_changed_part").set_value(part).run()


def press(visit: AppTest, label: str) -> AppTest:
    next(each for each in visit.button if each.label.startswith(label)).click()
    return visit.run()


def labels(visit: AppTest) -> list[str]:
    return [each.label for each in visit.button]


def plan_of(visit: AppTest):
    """Return the table of the plan."""
    return next(each.value for each in visit.dataframe if "reason" in each.value)


def tick(visit: AppTest, *regions: str) -> AppTest:
    """Tick regions in the table of the plan."""
    shown = plan_of(visit)["region"]
    rows = [shown.tolist().index(region) for region in regions]
    visit.session_state[picking.key_of("plan_table", shown)] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    return visit.run()


def set_floor(visit: AppTest, floor: int) -> AppTest:
    next(each for each in visit.slider if each.key == "choice_floor").set_value(floor)
    return visit.run()


def test_everything_about_a_resource_can_be_typed_in_and_stays_through_a_page_switch() -> None:
    visit = unfold(own(), "resources")
    edit(visit, "resources_editor", {0: {"stock": 12}}, ({"name": "nurses", "stock": 40, "requirement": 0.04},))
    sound(visit)
    assert [each["name"] for each in choices(visit).choice("resources")] == ["beds"]
    edit(visit, "resources_editor", {}, ({"name": "nurses", "stock": 40, "requirement": 0.04, "unit_cost": 3},))
    more = {"whole": True, "movable": 25, "move_cost": 7, "productivity": 0.5, "stand_in_share": 30, "space": 2}
    edit(unfold(visit, "more"), "more_resources_editor", {1: {**more, "stands_in_for": "beds", "length_of_stay": 60}})
    sound(visit)
    go(go(visit, "data"), "allocate")
    sound(visit)
    nurses = choices(visit).choice("resources")[1]
    assert nurses == {
        **{"name": "nurses", "stock": 40, "requirement": 0.04, "unit_cost": 3, "space": 2, "whole": True},
        **{"movable": 0.25, "move_cost": 7, "stands_in_for": "beds", "productivity": 0.5, "stand_in_share": 0.3},
        "length_of_stay": 60,
    }
    assert json.loads(json.dumps(choices(visit).choice("resources"))) == list(choices(visit).choice("resources"))
    edit(unfold(visit, "resources"), "resources_editor", {0: {"name": "places"}})
    assert [each["stands_in_for"] for each in choices(visit).choice("resources")] == ["", "places"]


def test_a_table_of_resources_is_taken_from_a_file_or_refused_in_words() -> None:
    visit = unfold(own(), "more")
    visit.get("file_uploader")[0].set_value(("r.csv", b"resource,stock,whole\nbeds,7,yes\n", "text/csv")).run()
    sound(visit)
    assert [(each["name"], each["stock"], each["whole"]) for each in choices(visit).choice("resources")] == [
        ("beds", 7, True)
    ]
    visit.get("file_uploader")[0].set_value(("r.csv", b"resource,colour\nbeds,red\n", "text/csv")).run()
    assert any("colour" in each.value and "stock" in each.value for each in visit.error)
    assert choices(visit).choice("resources")[0]["stock"] == 7


def test_movable_units_are_headed_as_a_change() -> None:
    visit = unfold(own(), "more")
    edit(visit, "more_resources_editor", {0: {"movable": 50}})
    sound(visit)
    assert "Change in units: beds" in visit.selectbox(key="choice_picture").options


def test_edits_of_regions_change_the_plan_survive_a_page_switch_and_can_be_taken_back() -> None:
    visit = unfold(own(), "regions")
    before = visit.metric[0].value
    edit(visit, "regions_editor", {0: {"existing:beds": 8, "cap:beds": None, "floor": 35}, 2: {"locked:beds": 1}})
    sound(visit)
    assert choices(visit).choice("region_changes") == {
        "Ohio": {"existing:beds": 8, "cap:beds": None, "floor": 0.35},
        "Utah": {"locked:beds": 1},
    }
    assert visit.metric[0].value != before
    assert any("differ from the file: 4" in each.value for each in visit.caption)
    go(go(visit, "data"), "allocate")
    assert any("differ from the file: 4" in each.value for each in visit.caption)
    press(visit, "Take all edits back")
    sound(visit)
    assert choices(visit).choice("region_changes") == {} and visit.metric[0].value == before


def test_a_number_typed_back_to_the_files_is_no_change() -> None:
    visit = unfold(own(), "regions")
    edit(visit, "regions_editor", {0: {"demand": 1800}})
    edit(visit, "regions_editor", {0: {"demand": 900}, 1: {"demand": None}})
    sound(visit)
    assert choices(visit).choice("region_changes") == {}


def test_an_impossible_edit_is_told_and_can_still_be_mended() -> None:
    visit = unfold(own(), "regions")
    edit(visit, "regions_editor", {0: {"locked:beds": 5}})
    assert not visit.exception and any("more than the cap allows" in each.value for each in visit.error)
    press(visit, "Take all edits back")
    sound(visit)
    assert visit.metric


def test_a_ticked_region_is_locked_and_unlocked_with_one_click() -> None:
    visit = tick(own(), "Utah")
    assert any(each.value.startswith("**Utah:** Gets ") for each in visit.markdown)
    units = float(plan_of(visit).set_index("region").loc["Utah", "placed beds"])
    press(visit, "Lock Utah at")
    sound(visit)
    assert choices(visit).choice("region_changes") == {"Utah": {"locked:beds": units}}
    assert plan_of(visit).set_index("region")["locked"].to_dict()["Utah"] == "all"
    assert any("cost nobody" in each.value for each in visit.markdown)
    press(visit, "Unlock Utah")
    sound(visit)
    assert "locked" not in plan_of(visit)


def test_a_lock_away_from_the_best_says_what_it_costs_and_all_are_unlocked_at_once() -> None:
    visit = unfold(own(), "resources")
    edit(visit, "resources_editor", {0: {"stock": 6}})
    edit(unfold(visit, "regions"), "regions_editor", {2: {"locked:beds": 6}, 3: {"locked:beds": 0}})
    sound(visit)
    assert any("The locks cost 100 served people" in each.value for each in visit.markdown)
    press(visit, "Unlock all")
    sound(visit)
    assert not any("The locks cost" in each.value for each in visit.markdown)


def test_several_ticked_regions_are_locked_together() -> None:
    visit = tick(own(), "Ohio", "Iowa", "Utah", "Maine")
    press(visit, "Lock these 4 regions")
    sound(visit)
    assert set(choices(visit).choice("region_changes")) == {"Ohio", "Iowa", "Utah", "Maine"}
    press(visit, "Unlock these 4 regions")
    sound(visit)
    assert "locked" not in plan_of(visit)


@pytest.mark.parametrize(
    "repairs",
    [
        ["Change all"],
        ["Raise the stock of beds", "Raise the cap on beds in Ohio", "Raise the cap on beds in Iowa"],
        ["Set the floor to"],
    ],
)
def test_every_repair_of_a_conflict_is_one_click_and_leads_to_a_plan(repairs: list[str]) -> None:
    visit = set_floor(own(), 100)
    assert visit.error and not visit.metric
    for each in repairs:
        press(visit, each)
    sound(visit)
    assert visit.metric[0].label == "Served [people]"
    assert (visit.metric[1].value == "100.0%") == (choices(visit).choice("floor") == 1.0)


def test_a_budget_and_a_lock_are_repaired_with_one_click_each() -> None:
    visit = unfold(own(), "regions")
    edit(visit, "regions_editor", {2: {"locked:beds": 1}})
    visit.number_input(key="choice_budget").set_value(250_000.0).run()
    set_floor(visit, 50)
    press(visit, "Unlock beds in Utah")
    press(visit, "Raise the budget to")
    sound(visit)
    assert choices(visit).choice("budget") > 250_000 and visit.metric


def test_locks_that_break_a_limit_are_repaired_together_with_the_floors_that_show_only_then() -> None:
    visit = unfold(own(), "regions")
    edit(visit, "regions_editor", {2: {"locked:beds": 4}, 3: {"locked:beds": 9}})
    set_floor(visit, 60)
    edit(unfold(visit, "resources"), "resources_editor", {0: {"stock": 3}})
    assert visit.error and not visit.exception
    press(visit, "Change all" if any(each.startswith("Change all") for each in labels(visit)) else "Raise the stock")
    while visit.error:
        press(visit, next(each for each in labels(visit) if each.startswith(("Change all", "Raise", "Unlock"))))
    sound(visit)
    assert visit.metric


def test_thousands_of_regions_can_be_edited_and_repaired_together() -> None:
    visit = unfold(go(with_sample("regions_us_counties.csv"), "allocate"), "regions")
    edit(visit, "regions_editor", {row: {"cap:beds": 0} for row in range(40)})
    set_floor(visit, 80)
    assert len(visit.error) == 1 and not visit.exception
    press(visit, "Change all")
    sound(visit)
    assert visit.metric


def test_regions_whose_demand_is_no_amount_are_left_out_with_one_click_and_that_is_said() -> None:
    visit = own(b"region,demand,beds\nOhio,100,3\nIowa,about 300,4\nUtah,200,5\nMaine,-5,6\n")
    assert len(visit.error) == 1 and "about 300" in visit.error[0].value and "-5" in visit.error[0].value
    sound(look_closer(press(visit, "Continue without 2 rows"), "regions"))
    assert sorted(plan_of(visit)["region"]) == ["Ohio", "Utah"]
    assert any("Repairs left out 2 rows." in each.value for each in visit.caption)


def test_the_frontier_is_complete_after_it_grew_and_is_kept() -> None:
    visit = go(own(b"region;demand;value\nOhio;900;2\nIowa;600;1\n"), "what_if")
    visit.button_group(key="choice_what_if_view").set_value("closer").run()
    visit.button_group(key="choice_closer_part").set_value("fair").run()
    sound(visit)
    grown = visit.session_state["visit"].answers.kept.latest(_growing)
    assert grown.complete and len(grown.found) > 5
    assert not visit.get("progress")
    visit.run()
    assert visit.session_state["visit"].answers.kept.latest(_growing) is grown


def test_a_frontier_that_takes_long_is_drawn_again_and_again_while_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medalloc.ui.allocate.fairness.REDRAW", 0.0)
    visit = go(own(b"region;demand;value\nOhio;900;2\nIowa;600;1\n"), "what_if")
    visit.button_group(key="choice_what_if_view").set_value("closer").run()
    sound(visit.button_group(key="choice_closer_part").set_value("fair").run())


RESOURCES = (
    b"resource,stock,requirement,unit_cost,whole,movable,move_cost,stands_in_for,productivity,stand_in_share\n"
    b"beds,3,0.01,10,yes,0.5,2,,,\ndoctors,1,0.01,10,no,0.5,2,,,\nnurses,90,0.001,1,no,0,0,doctors,0.5,0.25\n"
)
CHOICES = (
    b"region;demand;population;existing_beds;existing_doctors;existing_nurses\n"
    b"Ohio;900;9000;9;9;0\nIowa;600;5000;1;2;0\nUtah;500;7000;9;0;0\nMaine;400;4000;0;0;0\n"
)


def with_resources(visit: AppTest, content: bytes = RESOURCES) -> AppTest:
    unfold(visit, "more")
    uploader = next(each for each in visit.get("file_uploader") if "resources" in each.label)
    uploader.set_value(("r.csv", content, "text/csv")).run()
    return visit


def test_units_that_move_stand_in_or_come_whole_are_told_and_have_columns_of_their_own() -> None:
    visit = with_resources(own(CHOICES))
    sound(visit)
    said = next(each.value for each in visit.markdown if " go to " in each.value)
    assert " are moved, most from " in said and "nurses stand in for doctors." in said and "Only whole units" in said
    table = plan_of(visit)
    assert {"moved beds", "moved doctors", "standing in nurses"} <= set(table) and "moved nurses" not in table
    assert any("(" in each and "from elsewhere)" in each for each in table["reason"])
    look_closer(visit, "margin")
    assert any("a guide, and not what this plan would gain" in each.value for each in visit.caption)
    visit.toggle(key="exact_margin").set_value(True).run()
    sound(visit)
    exact = next(each.value for each in visit.dataframe if "more" in each.value)
    sizes = exact[["dual", "more", "less"]].abs()
    assert not ((sizes > 0) & (sizes < 1e-7)).any(axis=None)


def test_persons_of_each_resource_are_shown_on_the_map_in_the_table_and_in_a_sentence() -> None:
    content = b"region;demand_beds;demand_masks\nOhio;900;300\nIowa;600;500\n"
    visit = with_resources(own(content), b"resource,stock,requirement\nbeds,6,0.01\nmasks,4,0.01\n")
    sound(visit)
    assert any("served are beds: 600 of 1,500 people; masks: 400 of 800" in each.value for each in visit.markdown)
    assert {"coverage beds", "served masks", "demand masks"} <= set(plan_of(visit))
    assert {"Coverage: beds", "Coverage: masks"} <= set(visit.selectbox(key="choice_picture").options)
    assert "each counted once" in visit.metric[0].help
    visit.selectbox(key="choice_picture").select("coverage:masks").run()
    sound(visit)


def test_rival_plans_that_take_long_are_made_on_request_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rivals, "MANY", 0)
    visit = look_closer(own(), "policies")
    assert any("given_up" in each.value for each in visit.dataframe)
    monkeypatch.setattr(rivals, "has_choices", lambda _: True)
    visit.run()
    assert not any("given_up" in each.value for each in visit.dataframe)
    visit.toggle(key="rival_policies").set_value(True).run()
    sound(visit)
    assert any("given_up" in each.value for each in visit.dataframe)


def test_a_what_if_that_fits_no_plan_leads_back_to_the_largest_floor_that_fits() -> None:
    visit = go(set_floor(own(), 30), "what_if")
    next(each for each in visit.slider if each.key == "choice_stock_change").set_value(-95).run()
    assert visit.error and "Stock of beds" in visit.error[0].value and not visit.exception
    next(each for each in visit.button if "largest floor that fits" in each.label).click().run()
    sound(visit)
    assert visit.metric and -30 <= choices(visit).choice("floor_change") < 0


def test_a_policy_that_is_added_to_the_catalogue_can_be_chosen_and_stands_beside_the_others(monkeypatch) -> None:
    nash = replace(CATALOGUE["most-served"], kind="nash", name=sentence("Nash"), aim=lambda _: Aim(alpha=1.0))
    monkeypatch.setitem(CATALOGUE, "nash", nash)
    visit = own()
    visit.radio(key="choice_policy").set_value("nash").run()
    sound(visit)
    assert "Nash" in visit.radio(key="choice_policy").options
    look_closer(visit, "policies")
    beside = next(each.value for each in visit.dataframe if "given_up" in each.value)
    assert beside["policy"].tolist()[-1] == "Nash"


def test_the_worst_off_region_of_several_alike_is_the_same_in_headline_figure_caption_and_table() -> None:
    content = b"region;demand;existing_beds\nUtah;100;1\nOhio;400;0\nIowa;400;0\nMaine;100;0\n"
    visit = with_resources(own(content), b"resource,stock,requirement\nbeds,0,0.01\n")
    sound(visit)
    first = plan_of(visit)["region"].iloc[0]
    headline = next(each.value for each in visit.markdown if "worst-off region" in each.value)
    assert f"worst-off region, {first}," in headline
    assert f"The worst-off region, {first}, gets " in visit.metric[1].help
    caption = next(each.value for each in visit.caption if "Coverage of 4 regions" in each.value)
    assert first == "Iowa" and f"in {first} to" in caption


def test_coverage_is_compared_by_any_column_of_the_regions() -> None:
    rows = "".join(f"R{place},{100 + place},{place % 5 + 1}\n" for place in range(20))
    visit = look_closer(own(f"region,demand,deprivation\n{rows}".encode()), "fair")
    choosing = visit.selectbox(key="choice_equity_by")
    choosing.set_value("deprivation").run()
    sound(visit)
    assert any("By deprivation, coverage goes from" in each.value for each in visit.markdown)
    visit.toggle(key="all_measures").set_value(True).run()
    assert any("Concentration index of coverage" in str(each.value) for each in visit.dataframe)


@pytest.mark.parametrize(("value", "unit"), [(5, "people times value"), (1, "people")])
def test_sums_in_which_people_count_by_value_are_never_called_people(value: int, unit: str) -> None:
    content = f"region;demand;value\nOhio;3000;{value}\nIowa;800;1\nUtah;600;1\n".encode()
    visit = look_closer(own(content), "margin")
    visit.toggle(key="exact_margin").set_value(True).run()
    sound(visit)

    def titles(column: str) -> dict[str, str]:
        shown = next(each for each in visit.dataframe if column in each.value)
        return {name: each.get("label", "") for name, each in json.loads(shown.proto.columns).items()}

    assert titles("gain")["gain"] in (f"One more unit serves [{unit}]", f"One more unit, at best [{unit}]")
    assert {titles("dual")[name].partition("[")[2] for name in ("dual", "more", "less")} == {f"{unit}]"}
    # what the next unit serves in a region is people, and as many as a unit can
    assert titles("beds")["region"].startswith("People the next unit")
    assert next(each.value for each in visit.dataframe if "beds" in each.value)["beds"].max() <= 100


def test_a_requirement_that_nobody_chose_is_an_assumption_until_its_source_is_said() -> None:
    visit = unfold(own(), "sources")

    def assumptions() -> int:
        return sum(each.value.count("Assumption") for each in visit.caption)

    before = assumptions()
    assert before
    edit(visit, "requirement_sources_editor", {0: {"source": "WHO 2010"}})
    sound(visit)
    assert assumptions() == before - 1


def test_regions_that_are_picked_by_name_are_alone_in_tables_and_sums_stay_of_all() -> None:
    visit = own()
    every = visit.metric[0].value
    visit.multiselect(key="choice_picked").set_value(["Iowa"]).run()
    sound(visit)
    assert plan_of(visit)["region"].tolist() == ["Iowa"]
    assert visit.metric[0].value == every
    visit.multiselect(key="choice_picked").set_value([]).run()
    assert len(plan_of(visit)) > 1


@pytest.mark.parametrize("part", ["who", "today"])
def test_a_slider_sends_other_numbers_to_pictures_that_stay_as_they_are(part: str) -> None:
    visit = set_floor(
        look_closer(own(b"region;demand;value\nOhio;900;3\nIowa;600;2\nUtah;500;1\nMaine;400;1\n"), part), 10
    )
    before = pictures_sent(visit)
    after = pictures_sent(set_floor(visit, 30))
    # what differs is drawn anew by the browser, which takes it longer than the plan takes the server
    assert [spec for spec, _numbers in before] == [spec for spec, _numbers in after] and len(before) == 2
    assert all(old != new for (_, old), (_, new) in zip(before, after, strict=True))


def pictures_sent(visit: AppTest) -> list[tuple[str, bytes]]:
    """Return how each chart is drawn, and its numbers."""
    charts = [each.proto for each in visit.get("vega_lite_chart")]
    return [(each.spec, b"".join(one.SerializeToString() for one in each.datasets)) for each in charts]
