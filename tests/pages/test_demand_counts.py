"""Demand from counts over time: empty, sample, bad file, forecast, region, set by hand, stale, newer file, plan."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import PATIENCE, go, look_closer, opened, sound, upload, with_sample

DATES = pd.date_range("2022-01-02", periods=120, freq="7D")


def wide(weeks: int = 120, *, revised: float | None = None) -> bytes:
    """Return counts of three regions, one column each."""
    draw = np.random.default_rng(3)
    season = 1 + 0.5 * np.sin(2 * np.pi * np.arange(120) / 52)
    frame = pd.DataFrame({"week": DATES.strftime("%Y-%m-%d")})
    for name, height in (("North", 30), ("South", 60), ("East", 10)):
        frame[name] = draw.poisson(height * season).astype(float)
    frame.loc[40:41, "East"] = np.nan
    if revised is not None:
        frame.loc[100, "South"] = revised
    return frame.head(weeks).to_csv(index=False).encode()


def button(visit: AppTest, label: str):
    return next(each for each in visit.button if each.label == label)


def forecast(visit: AppTest) -> AppTest:
    """Ask for the forecast and wait for it."""
    button(visit, "Forecast").click().run()
    end = time.monotonic() + PATIENCE
    while button(visit, "Forecast").disabled and time.monotonic() < end:
        time.sleep(0.3)
        visit.run()
    return visit


def table(visit: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in visit.dataframe if column in each.value.columns)


def said(visit: AppTest) -> str:
    return " ".join(each.value for each in visit.markdown)


@pytest.fixture
def counts() -> AppTest:
    """Stand on the Demand screen with counts of three regions."""
    return upload(opened("demand"), wide())


@pytest.fixture
def forecasted(counts: AppTest) -> AppTest:
    return forecast(counts)


def test_without_any_table_counts_can_be_taken_in_on_the_demand_screen() -> None:
    visit = opened("demand")
    sound(visit)
    assert visit.get("file_uploader") and button(visit, "Take the sample of counts")


def test_patients_stay_as_they_are_until_the_visitor_chooses_counts() -> None:
    visit = go(with_sample(), "demand")
    assert visit.button_group(key="choice_demand_from").value == "patients"
    visit.button_group(key="choice_demand_from").set_value("counts").run()
    sound(visit)
    assert any("no counts yet" in each.value for each in visit.info)


def test_the_sample_is_one_click_and_says_what_is_missing() -> None:
    visit = button(opened("demand"), "Take the sample of counts").click().run()
    sound(visit)
    assert any("weekly rates" in each.value for each in visit.info)
    assert "14 regions, 436 weeks" in said(visit) and "Missing: 427" in said(visit)


def test_a_table_of_counts_on_the_data_screen_needs_no_patient_steps() -> None:
    visit = upload(opened("data"), wide())
    sound(visit)
    assert any("counts over time" in each.label for each in visit.get("page_link"))
    go(visit, "demand")
    sound(visit)
    assert "3 regions, 120 weeks" in said(visit)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ["is empty"]),
        (b"region,date,count\nA,2024-01-07,x\nA,2024-01-14,-3\nA,soon,4\n", ["“x”", "“-3", "“soon”"]),
        (b"a,b\n1,2\n3,4\n", ["No column holds dates"]),
    ],
)
def test_a_bad_file_says_every_fault_and_loses_nothing(counts: AppTest, content: bytes, told: list[str]) -> None:
    upload(counts, content, "bad.csv")
    assert not counts.exception
    assert all(any(each in error.value for error in counts.error) for each in told)
    assert any("own.csv" in each.label for each in counts.expander)
    assert not button(counts, "Forecast").disabled


def test_a_table_in_use_with_faults_says_them_once_and_another_one_can_be_taken() -> None:
    visit = upload(opened("data"), b"region,date,value\nA,2024-01-07,3\nA,2024-01-14,-3\nA,2024-01-21,4\n")
    go(visit, "demand")
    assert not visit.exception
    assert len(visit.error) == 1 and "at least 0" in visit.error[0].value
    sound(upload(visit, wide()))
    assert button(visit, "Forecast")


def test_the_forecast_answers_with_numbers_and_an_interval(forecasted: AppTest) -> None:
    sound(forecasted)
    opening = forecasted.markdown[0].value
    assert opening.startswith("#### Next 4 weeks: ") and "most in South" in opening
    assert len(forecasted.metric) == 4
    shown = table(forecasted, "before")
    assert set(shown["region"]) == {"North", "South", "East"}
    assert ((shown["low"] <= shown["demand"]) & (shown["demand"] <= shown["high"])).all()
    assert {"hub_forecast_csv", "hub_forecast_xlsx"} <= {each.key for each in forecasted.get("download_button")}
    weeks = forecasted.segmented_control(key="choice_hub_weeks")
    assert weeks.value == ("last" if DATES[0].day_name() == "Saturday" else "first")


def test_a_forecast_survives_a_change_of_the_screen(forecasted: AppTest) -> None:
    opening = forecasted.markdown[0].value
    go(forecasted, "data")
    assert go(forecasted, "demand").markdown[0].value == opening


def test_a_single_period_is_less_than_all_of_them(forecasted: AppTest) -> None:
    every = table(forecasted, "before")["demand"].sum()
    forecasted.selectbox(key="choice_forecast_period").set_value(2).run()
    sound(forecasted)
    assert 0 < table(forecasted, "before")["demand"].sum() < every
    assert forecasted.markdown[0].value.startswith("#### Week from 2024-")


@pytest.mark.parametrize(("control", "value"), [("forecast_horizon", 6), ("forecast_seed", 5)])
def test_another_setting_makes_the_forecast_stale(forecasted: AppTest, control: str, value: int) -> None:
    forecasted.number_input(key=f"choice_{control}").set_value(value).run()
    assert any("out of date" in each.value for each in forecasted.warning)
    sound(go(forecasted, "allocate"))
    # the plan of the earlier forecast stays in reach, and is said to be older
    assert forecasted.metric
    assert any("earlier forecast" in each.value for each in forecasted.info)


def test_a_region_has_its_past_its_forecast_its_years_and_its_parts(forecasted: AppTest) -> None:
    forecasted.selectbox(key="choice_forecast_region").set_value("East").run()
    sound(forecasted)
    assert "in East" in said(forecasted) and "past dates it was off by" in said(forecasted)
    assert {"trend", "season", "rest"} <= set(table(forecasted, "trend").columns)
    assert set(table(forecasted, "year")["year"]) == {2022, 2023, 2024}


def by_hand(visit: AppTest, value: float, reason: str) -> AppTest:
    visit.number_input(key="by_hand_value_South").set_value(value)
    visit.text_input(key="by_hand_reason_South").set_value(reason)
    return button(visit, "Set").click().run()


def test_a_number_set_by_hand_needs_a_reason(forecasted: AppTest) -> None:
    before = table(forecasted, "before")["demand"].tolist()
    by_hand(forecasted, 500.0, " ")
    assert any("needs a reason" in each.value for each in forecasted.error)
    assert table(forecasted, "before")["demand"].tolist() == before


def test_a_number_set_by_hand_carries_its_reason_into_table_and_plan(forecasted: AppTest) -> None:
    by_hand(forecasted, 500.0, "a clinic opens")
    sound(forecasted)
    row = table(forecasted, "before").set_index("region").loc["South"]
    assert row["demand"] == pytest.approx(500) and row["set_by_hand"] == "a clinic opens" and row["forecast"] != 500
    assert row["low"] < 500 < row["high"]
    sound(look_closer(go(forecasted, "allocate"), "regions"))
    plan = table(forecasted, "set_by_hand").set_index("region")
    assert plan.loc["South", "set_by_hand"] == "a clinic opens"
    assert plan.loc["South", "demand"] == pytest.approx(500)
    go(forecasted, "demand")
    button(forecasted, "Back to the forecast").click().run()
    sound(forecasted)
    assert "set_by_hand" not in table(forecasted, "before").columns


def test_a_number_set_for_four_weeks_is_not_taken_for_six(forecasted: AppTest) -> None:
    by_hand(forecasted, 500.0, "a clinic opens")
    forecasted.number_input(key="choice_forecast_horizon").set_value(6).run()
    forecast(forecasted)
    assert any("not used any more: South" in each.value for each in forecasted.warning)
    assert "set_by_hand" not in table(forecasted, "before").columns
    button(forecasted, "Drop them").click().run()
    sound(forecasted)
    assert not forecasted.warning


def test_a_newer_file_is_compared_with_the_last_one() -> None:
    visit = forecast(upload(opened("demand"), wide(116)))
    upload(visit, wide(120, revised=999.0), "newer.csv")
    sound(visit)
    assert any("out of date" in each.value for each in visit.warning)
    assert "New: 4 weeks" in said(visit) and "regions concerned: 1." in said(visit)
    assert "12 counts that the last forecast spoke of" in said(visit)
    forecast(visit)
    sound(visit)
    assert "the forecast from now on differs from the last one by" in said(visit)
    changed = table(visit, "revised").set_index("region")
    assert changed.loc["South", "revised"] == 1 and changed.loc["North", "revised"] == 0


def test_the_plan_and_what_if_work_from_counts(forecasted: AppTest) -> None:
    expected = table(forecasted, "before").set_index("region")["demand"]
    sound(look_closer(go(forecasted, "allocate"), "regions"))
    plan = table(forecasted, "served").set_index("region")
    # the table shows one digit
    assert np.allclose(plan["demand"], expected[plan.index], atol=0.05)
    go(forecasted, "what_if").button_group(key="choice_what_if_view").set_value("closer").run()
    forecasted.button_group(key="choice_closer_part").set_value("futures").run()
    sound(forecasted)
    assert forecasted.radio(key="choice_futures_from").value == "forecast"
    button(forecasted, "Compare plans in these futures").click().run()
    end = time.monotonic() + PATIENCE
    while len(forecasted.metric) < 8 and time.monotonic() < end:
        time.sleep(0.3)
        forecasted.run()
    sound(forecasted)
    assert "of 200 demand scenarios" in said(forecasted)


def test_another_table_on_the_data_screen_takes_the_counts_along(forecasted: AppTest) -> None:
    upload(go(forecasted, "data"), b"region,demand\nMaine,90\nTexas,60\n")
    sound(look_closer(go(forecasted, "allocate"), "regions"))
    assert set(table(forecasted, "served")["region"]) == {"Maine", "Texas"}


def test_every_screen_is_sound_with_counts(forecasted: AppTest) -> None:
    for path in sorted((Path(__file__).parents[2] / "pages").glob("*.py")):
        sound(go(forecasted, path.stem))


def test_few_past_dates_are_told_instead_of_an_interval() -> None:
    visit = forecast(
        upload(
            opened("demand"),
            b"week,A\n" + b"".join(b"2024-01-%02d,%d\n" % (n, n) for n in (7, 14, 21, 28)) + b"2024-02-04,9\n",
        )
    )
    sound(visit)
    assert "too few past dates" in visit.markdown[0].value
    assert any("do not rely on any interval" in each.value for each in visit.warning)


def test_a_table_of_the_counted_regions_adds_population_and_must_know_their_names(forecasted: AppTest) -> None:
    uploader = forecasted.get("file_uploader")[-1]
    uploader.set_value(("regions.csv", b"region,population\nNorth,9\nWest,5\n", "text/csv"))
    forecasted.run()
    assert any("“South” has demand but no row" in each.value for each in forecasted.error)
    good = b"region,population,existing_beds\nNorth,900,1\nSouth,1900,2\nEast,500,0\n"
    forecasted.get("file_uploader")[-1].set_value(("regions.csv", good, "text/csv"))
    sound(forecasted.run())
    sound(look_closer(go(forecasted, "allocate"), "regions"))
    assert set(table(forecasted, "served")["population"]) == {900, 1900, 500}


def test_another_optimiser_makes_a_forecast_with_networks_stale_and_one_without_networks_not(
    forecasted: AppTest,
) -> None:
    visit = forecasted
    assert not [each for each in visit.get("button_group") if each.key == "choice_forecast_optimizer"]
    now = visit.session_state["visit"]
    now.choices = now.choices.changed({"forecast_optimizer": "sgd"})
    visit.run()
    assert not any("Forecast again" in each.value for each in visit.warning)
    visit.button_group(key="choice_forecast_models").set_value(["naive", "cnn"]).run()
    sound(visit)
    assert visit.button_group(key="choice_forecast_optimizer").value == "sgd"
    assert any("Forecast again" in each.value for each in visit.warning)


def test_several_rows_of_one_region_and_week_are_summed_on_one_click() -> None:
    long = "region,week,sex,count\n" + "".join(
        f"{region},{date:%Y-%m-%d},{sex},{5 + number % 7}\n"
        for region in ("North", "South")
        for sex in "fm"
        for number, date in enumerate(DATES[:60])
    )
    visit = upload(opened("demand"), long.encode())
    assert "sum them" in visit.error[0].value
    button(visit, "Sum rows of one region and period").click().run()
    sound(visit)
    assert "added to another row of their region and period: 120" in said(visit)
