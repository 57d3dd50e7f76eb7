"""Every screen through the scripts a server would run: empty, sample, bad file, happy."""

import time
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
SCREENS = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PATIENCE = 120
"""Seconds; several times what a loaded machine takes."""


def opened(screen: str = "home", address: str = "") -> AppTest:
    """Return a fresh visit that begins on a screen, of the study that is kept under an address if one is given."""
    visit = AppTest.from_file(str(ROOT / "medalloc" / "ui" / "frame" / "entry.py"), default_timeout=PATIENCE)
    if address:
        visit.query_params["visit"] = address
    # home is what there is without a name
    return visit.run() if screen == "home" else go(visit, screen)


def go(visit: AppTest, screen: str) -> AppTest:
    visit.switch_page(str(ROOT / "pages" / f"{screen}.py"))
    return visit.run()


def look_closer(visit: AppTest, part: str) -> AppTest:
    """Choose what is asked about the plan, where there is one."""
    chosen = [each for each in visit.button_group if each.key == "choice_plan_part"]
    return chosen[0].set_value(part).run() if chosen else visit


def sound(visit: AppTest) -> None:
    """Nothing unforeseen was raised and nothing is reported as wrong."""
    assert not visit.exception, [each.value for each in visit.exception]
    assert not visit.error, [each.value for each in visit.error]


def with_sample(file: str = "patients_rand_hie.csv") -> AppTest:
    visit = opened("data")
    visit.selectbox(key="choice_sample").select(file).run()
    return visit.button(key="data_use").click().run()


def address_of(visit: AppTest) -> str:
    """Return what finds a study again."""
    return str(visit.session_state["visit"].token)


@cache
def kept(file: str) -> str:
    """Return the address of a study of a sample."""
    return address_of(with_sample(file))


def upload(visit: AppTest, content: bytes, name: str = "own.csv") -> AppTest:
    visit.get("file_uploader")[0].set_value((name, content, "text/csv"))
    return visit.run()


def asked_about(visit: AppTest, part: str) -> AppTest:
    """Choose what is looked at of the chosen model."""
    return visit.button_group(key="choice_need_part").set_value(part).run()


def trained(visit: AppTest, models: list[str]) -> AppTest:
    """Train on the Need screen and wait for the end of the job."""
    go(visit, "need")
    visit.button_group(key="choice_models").set_value(models).run()
    next(each for each in visit.button if each.label == "Train").click().run()
    end = time.monotonic() + PATIENCE
    while not visit.dataframe and time.monotonic() < end:
        time.sleep(0.5)
        visit.run()
    return visit


@pytest.mark.parametrize("screen", SCREENS)
def test_an_empty_screen_is_sound_and_leads_on(screen: str) -> None:
    visit = opened(screen)
    sound(visit)
    assert visit.title[0].value
    assert visit.get("page_link") or visit.get("file_uploader") or visit.dataframe


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "file", ["patients_rand_hie.csv", "regions_world.csv", "regions_us_counties.csv", "patients_nhanes.csv"]
)
def test_a_screen_is_sound_on_every_sample_before_training(screen: str, file: str) -> None:
    visit = opened(screen, kept(file))
    sound(visit)
    assert address_of(visit) == kept(file)


def test_every_screen_is_sound_after_training() -> None:
    visit = trained(with_sample(), ["logistic"])
    sound(visit)
    for screen in SCREENS:
        sound(go(visit, screen))
    go(visit, "allocate")
    assert "of expected need is met" in visit.markdown[0].value
    assert visit.metric[0].label == "Served [people]"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "is empty"),
        (b"a,b\n1\n2,3,4\n", "ragged.csv", "Line 3"),
        (b"PK\x03\x04nonsense", "broken.xlsx", "is not a workbook"),
        (b"\x00\x01\x02\x03" * 50, "image.csv", "binary"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_keeps_the_table_in_use(content: bytes, name: str, said: str) -> None:
    visit = upload(with_sample(), content, name)
    assert not visit.exception
    assert any(said in each.value for each in visit.error)
    assert any("patients\\_rand\\_hie.csv" in each.value for each in visit.caption)


def test_an_own_table_of_regions_gets_a_plan_without_the_patient_steps() -> None:
    visit = upload(opened("data"), b"region;demand;existing_beds\nOhio;900;3\nIowa;600;1\n")
    sound(visit)
    go(visit, "allocate")
    sound(visit)
    assert visit.metric[0].label == "Served [people]"


def test_an_infeasible_floor_names_its_limits_and_one_click_repairs_it() -> None:
    visit = go(with_sample("regions_world.csv"), "allocate")
    next(each for each in visit.slider if each.key == "choice_floor").set_value(100).run()
    assert any("No plan keeps all these limits" in each.value for each in visit.error)
    next(each for each in visit.button if each.label.startswith("Set the floor to")).click().run()
    sound(visit)
    assert visit.metric[0].label == "Served [people]"


def test_every_policy_changes_the_plan_of_the_world() -> None:
    visit = go(with_sample("regions_world.csv"), "allocate")
    lowest = {}
    for policy in ("most-served", "proportional", "per-head"):
        visit.radio(key="choice_policy").set_value(policy).run()
        sound(visit)
        lowest[policy] = visit.metric[1].value
    assert len(set(lowest.values())) == 3


def test_without_a_budget_there_is_no_slider_for_it_and_the_screen_says_why() -> None:
    visit = go(with_sample("regions_world.csv"), "what_if")
    assert "choice_budget_change" not in [each.key for each in visit.slider]
    assert any("No budget limits the base" in each.value for each in visit.caption)


def test_with_a_budget_its_slider_moves_the_answer() -> None:
    visit = go(with_sample("regions_world.csv"), "allocate")
    visit.number_input(key="choice_budget").set_value(20_000_000_000.0).run()
    go(visit, "what_if")
    before = visit.metric[0].value
    next(each for each in visit.slider if each.key == "choice_budget_change").set_value(-50).run()
    assert visit.metric[0].value != before


@pytest.mark.parametrize("name", ["demand_change", "stock_change"])
def test_every_slider_of_what_if_moves_the_answer(name: str) -> None:
    visit = go(with_sample("regions_world.csv"), "what_if")
    before = visit.metric[0].value
    next(each for each in visit.slider if each.key == f"choice_{name}").set_value(-20).run()
    sound(visit)
    assert visit.metric[0].value != before
    assert visit.metric[0].delta


def test_removing_a_step_of_the_recipe_can_be_undone() -> None:
    visit = go(with_sample(), "prepare")
    before = len([each for each in visit.button if each.label == "✕"])
    next(each for each in visit.button if each.label == "✕").click().run()
    assert len([each for each in visit.button if each.label == "✕"]) == before - 1
    next(each for each in visit.button if each.label == "Undo").click().run()
    assert len([each for each in visit.button if each.label == "✕"]) == before


def test_a_change_of_the_recipe_makes_the_training_stale() -> None:
    visit = trained(with_sample(), ["logistic"])
    go(visit, "prepare")
    next(each for each in visit.button if each.label == "✕").click().run()
    go(visit, "need")
    assert any("out of date" in each.value for each in visit.warning)
    go(visit, "allocate")
    # the plan of the earlier training stays in reach, and is said to be older
    assert visit.metric
    assert any("earlier training" in each.value for each in visit.info)


def test_a_switch_that_is_let_go_keeps_the_choice_that_stands() -> None:
    visit = opened()
    visit.button_group(key="choice_language").set_value("zh_CN").run()
    visit.button_group(key="choice_language").set_value(None).run()
    sound(visit)
    assert visit.title[0].value == "medalloc"
    assert any("打开世界各国的方案" in each.label for each in visit.button)


def test_the_chinese_catalogue_covers_navigation_home_and_data() -> None:
    visit = opened()
    visit.button_group(key="choice_language").set_value("zh_CN").run()
    sound(visit)
    shown = [each.value for each in (*visit.markdown, *visit.subheader, *visit.info)] + [
        each.label for each in visit.button
    ]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in text) for text in shown if text)
