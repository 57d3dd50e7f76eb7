"""If demand turns out differently, on the What-if screen: given, uploaded and refused futures."""

import time

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from medalloc.report.tables import as_xlsx
from tests.pages.test_screens import PATIENCE, go, opened, sound, upload, with_sample

REGIONS = b"region,demand,population,existing_beds\nOhio,900,9000,3\nIowa,600,3000,1\nUtah,300,3000,0\n"
GOOD = b"sample,Iowa,Ohio,Utah\n1,500,900,300\n2,700,950,200\n3,600,800,900\n4,650,910,310\n"
ASK = "Compare plans in these futures"


@pytest.fixture
def regions() -> AppTest:
    """Stand on the What-if screen with three regions of one's own."""
    return asked(go(upload(opened("data"), REGIONS), "what_if"))


def asked(visit: AppTest) -> AppTest:
    """Ask what happens if demand differs."""
    return choose(visit, what_if_view="closer", closer_part="futures")


def button(visit: AppTest, label: str = ASK):
    return next(each for each in visit.button if each.label == label)


def compared(visit: AppTest) -> AppTest:
    button(visit).click().run()
    end = time.monotonic() + PATIENCE
    while len(visit.metric) < 8 and not visit.error and time.monotonic() < end:
        time.sleep(0.3)
        visit.run()
    return visit


def said(visit: AppTest) -> str:
    return next(each.value for each in visit.markdown if "demand scenarios" in each.value)


def from_file(visit: AppTest, content: bytes, name: str = "futures.csv") -> AppTest:
    visit.radio(key="choice_futures_from").set_value("file").run()
    return upload(visit, content, name)


def table(visit: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in visit.dataframe if column in each.value.columns)


def test_nothing_is_computed_before_somebody_asks(regions: AppTest) -> None:
    sound(regions)
    assert len(regions.metric) == 6 and not button(regions).disabled


def test_a_stated_uncertainty_gives_the_sentence_the_figures_and_the_plans(regions: AppTest) -> None:
    compared(regions)
    sound(regions)
    assert "of 200 demand scenarios this plan serves within 5" in said(regions)
    plans = table(regions, "regret")
    assert plans["plan"].tolist() == [
        "This plan: Maximise people served",
        "Best on average",
        "Risk-averse (CVaR)",
        "Per capita",
        "Proportional to demand",
    ]
    assert plans["served"].max() == plans["served"][1]
    units = table(regions, "sample-average")
    assert set(units["region"]) == {"Ohio", "Iowa", "Utah"} and {"most-served", "cautious"} <= set(units.columns)


@pytest.mark.parametrize(("control", "value"), [("cv", 60), ("common", 100), ("count", 60), ("seed", 9)])
def test_every_control_makes_the_comparison_stale_and_moves_the_answer(
    regions: AppTest, control: str, value: int
) -> None:
    before = table(compared(regions), "regret")
    key = f"choice_futures_{control}"
    next(each for each in (*regions.slider, *regions.number_input) if each.key == key).set_value(value).run()
    assert any("its results are out of date" in each.value for each in regions.warning)
    button(regions).click().run()
    end = time.monotonic() + PATIENCE
    while regions.warning or button(regions).disabled:
        assert time.monotonic() < end
        time.sleep(0.3)
        regions.run()
    assert not table(regions, "regret").drop(columns="plan").equals(before.drop(columns="plan"))


def test_a_comparison_survives_a_change_of_the_screen(regions: AppTest) -> None:
    first = said(compared(regions))
    go(regions, "data")
    assert said(go(regions, "what_if")) == first


def test_an_own_file_of_futures_is_used_whatever_the_order_of_its_columns(regions: AppTest) -> None:
    from_file(regions, GOOD)
    sound(regions)
    assert any("futures.csv" in each.value for each in regions.caption)
    assert "choice_futures_seed" not in [each.key for each in regions.number_input]
    assert "of 4 demand scenarios" in said(compared(regions))


def test_a_workbook_with_a_row_for_each_region_and_future_is_used(regions: AppTest) -> None:
    wide = pd.DataFrame(np.array([[900, 600, 300], [800, 700, 350]]), columns=["Ohio", "Iowa", "Utah"])
    rows = wide.reset_index(names="sample").melt(id_vars="sample", var_name="region", value_name="value")
    from_file(regions, as_xlsx(rows), "futures.xlsx")
    sound(regions)
    assert "of 2 demand scenarios" in said(compared(regions))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"sample,Iowa,Ohio,Utah\n1,500,many,300\n2,,950,200\n", ["no number: many", "empty cells"]),
        (b"sample,Iowa,Ohio\n1,500,900\n", ["have no demand for: Utah"]),
        (b"sample,Iowa,Ohio,Utah,Guam\n1,1,1,1,1\n", ["does not have: Guam"]),
        (b"region,value\nIowa,3\n", ["call one of them"]),
        (b"", ["is empty"]),
    ],
)
def test_a_bad_file_of_futures_says_every_fault_and_loses_nothing(
    regions: AppTest, content: bytes, told: list[str]
) -> None:
    from_file(regions, GOOD)
    upload(regions, content, "bad.csv")
    assert not regions.exception
    assert all(any(each in error.value for error in regions.error) for each in told)
    assert any("futures.csv" in each.value for each in regions.caption) and not button(regions).disabled
    upload(regions, GOOD, "better.csv")
    sound(regions)


def test_without_a_file_there_is_nothing_to_ask_yet(regions: AppTest) -> None:
    regions.radio(key="choice_futures_from").set_value("file").run()
    sound(regions)
    assert button(regions).disabled


def test_another_table_takes_the_file_and_the_comparison_of_the_last_one_along(regions: AppTest) -> None:
    compared(from_file(regions, GOOD))
    go(regions, "data")
    upload(regions, b"region,demand\nMaine,90\nTexas,60\n")
    go(regions, "what_if")
    sound(regions)
    assert len(regions.metric) == 6 and not any("futures.csv" in each.value for each in regions.caption)


def choose(visit: AppTest, **chosen: object) -> AppTest:
    """Choose what other screens have controls for."""
    known = visit.session_state["visit"]
    known.choices = known.choices.changed(chosen)
    return visit.run()


def test_limits_that_cannot_be_kept_leave_a_sentence(regions: AppTest) -> None:
    choose(regions, floor=1.0)
    assert not regions.exception
    assert any("until the base keeps its limits" in each.value for each in regions.info)


def test_a_setting_that_futures_cannot_be_planned_with_leaves_its_sentence(regions: AppTest) -> None:
    beds = {"name": "beds", "stock": 9.0, "requirement": 0.01, "unit_cost": 0.0, "movable": 0.5}
    choose(regions, resources=(beds,))
    sound(regions)
    assert any("do not take these settings into account: movable" in each.value for each in regions.info)
    assert ASK not in [each.label for each in regions.button]


def test_the_world_is_compared_too() -> None:
    visit = compared(asked(go(with_sample("regions_world.csv"), "what_if")))
    sound(visit)
    assert "demand scenarios" in said(visit)


def test_people_are_people_however_much_each_is_worth() -> None:
    content = b"region,demand,population,existing_beds,value\nOhio,900,9000,3,5\nIowa,600,3000,1,1\nUtah,300,3000,0,1\n"
    visit = compared(asked(go(upload(opened("data"), content), "what_if")))
    sound(visit)
    figures = {each.label: float(each.value.replace(",", "")) for each in visit.metric[-3:]}
    assert list(figures) == ["Served [people]", "Unserved at worst", "Largest regret [people times value]"]
    # of about 1,800 people in need
    assert figures["Served [people]"] < 1800 and figures["Unserved at worst"] < 3000
    plans = table(visit, "regret")
    assert (plans["served"] < 1800).all() and (plans["unmet"] < 3000).all()
