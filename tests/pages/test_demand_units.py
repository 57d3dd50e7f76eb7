"""Demand in beds, hours and money, and patients weighted by age and sex, through the scripts a server would run."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_need_score import give
from tests.pages.test_screens import address_of, opened, sound, trained, with_sample

SITES = ("Charleston SC", "Dayton OH", "Fitchburg MA", "Franklin County MA", "Georgetown County SC", "Seattle WA")


@pytest.fixture(scope="module")
def token() -> str:
    return address_of(trained(with_sample(), ["logistic"]))


def again(token: str) -> AppTest:
    return opened("demand", token)


def said(visit: AppTest) -> str:
    return next(each.value for each in visit.markdown if each.value.startswith("Meeting all of it takes"))


def test_demand_is_told_in_units_with_ranges_and_a_longer_period_takes_fewer_beds(token: str) -> None:
    visit = again(token)
    sound(visit)
    before = said(visit)
    assert "beds (" in before and "hours (" in before and "with 90" in before
    visit.number_input(key="choice_period_days").set_value(730.0).run()
    sound(visit)
    assert said(visit).split(";")[0] != before.split(";")[0]
    assert said(visit).split(";")[1] == before.split(";")[1]
    visit.number_input(key="choice_period_days").set_value(365.0).run()


def test_the_requirement_of_a_bed_is_taken_over_into_the_plan(token: str) -> None:
    visit = again(token)
    button = next(each for each in visit.button if each.label == "Plan with these requirements of beds")
    button.click().run()
    sound(visit)
    beds = visit.session_state["visit"].choices.choice("resources")[0]
    assert beds["name"] == "beds" and beds["requirement"] == pytest.approx(84 / (8760 * 0.85))


def test_patients_are_weighted_by_age_and_sex_and_a_wrong_table_leaves_everything_as_it_was(token: str) -> None:
    visit = again(token)
    before = said(visit)
    people = pd.DataFrame(
        [
            (site, band, sex, persons)
            for site in SITES
            for band, persons in (("0-17", 10_000), ("18+", 90_000))
            for sex in ("male", "female")
        ],
        columns=["region", "age_band", "sex", "population"],
    )
    give(visit, "population_upload", b"region,nothing\nDayton OH,1\n", "wrong.csv")
    assert visit.error and said(visit) == before
    give(visit, "population_upload", people.to_csv(index=False).encode(), "people.csv")
    sound(visit)
    assert said(visit) != before
    assert any("In use: people.csv" in each.value for each in visit.caption)
    next(each for each in visit.button if each.label == "Stop weighting").click().run()
    assert said(visit) == before


def test_the_luck_of_who_came_widens_the_intervals(token: str) -> None:
    visit = again(token)

    def width() -> float:
        shown = next(each.value for each in visit.dataframe if "ratio" in each.value)
        return float((shown["high"] - shown["low"]).sum())

    visit.toggle(key="choice_scale_to_population").set_value(False).run()
    before = width()
    visit.toggle(key="choice_patients_anew").set_value(True).run()
    sound(visit)
    assert width() > before
    visit.toggle(key="choice_patients_anew").set_value(False).run()
    visit.toggle(key="choice_scale_to_population").set_value(True).run()
