"""What a newer file changes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.revising import forecast_change, kept_word, revision


@pytest.fixture
def panel(weeks) -> Panel:
    return weeks(3, 120, missing=0.0)


@pytest.fixture(scope="module")
def found(weeks) -> Outlook:
    return outlook(weeks(3, 120, missing=0.0).until(116), Question(models=("naive",)))


def revised(panel: Panel, changes: dict[tuple[int, int], float]) -> Panel:
    values = panel.values.copy()
    for place, number in changes.items():
        values[place] = number
    return replace(panel, values=values)


def test_the_same_file_brings_nothing(panel: Panel) -> None:
    made = revision(panel, panel)
    assert made.came == () and made.table[["revised", "filled", "withdrawn"]].to_numpy().sum() == 0
    assert [str(each) for each in made.said] == [
        "No period is new: both files end at 2022-04-17.",
        "Of 360 past counts, none was revised.",
    ]


def test_new_periods_are_no_revisions(panel: Panel) -> None:
    made = revision(panel.until(116), panel)
    assert len(made.came) == 4 and made.table["revised"].sum() == 0
    assert str(made.said[0]) == "New: 4 weeks, 2022-03-27 to 2022-04-17."


def test_every_revision_is_counted_and_the_largest_is_named(panel: Panel) -> None:
    before = revised(panel, {(0, 5): np.nan})
    now = revised(panel, {(1, 3): panel.values[1, 3] + 2, (1, 9): panel.values[1, 9] - 7, (2, 4): np.nan})
    made = revision(before, now)
    rows = made.table.set_index("region")
    assert rows["revised"].tolist() == [0, 2, 0]
    assert rows.loc["R1", "largest"] == pytest.approx(-7) and rows.loc["R1", "when"] == "2020-03-08"
    assert rows.loc["R0", "filled"] == 1 and rows.loc["R2", "withdrawn"] == 1
    assert "that were revised: 2 of 360; regions concerned: 1. The largest revision is in R1, 2020-03-08: -7" in str(
        made.said[-1]
    )


def test_regions_that_come_or_go_are_named(panel: Panel) -> None:
    made = revision(panel, replace(panel, regions=("R0", "R1", "New")))
    said = " ".join(str(each) for each in made.said)
    assert "new: 1 (New)" in said and "gone: 1 (R2)" in said and len(made.table) == 2


def test_weeks_and_months_are_not_compared(panel: Panel) -> None:
    months = replace(panel, calendar=Calendar("month", pd.Timestamp("2020-01-01")))
    assert str(revision(panel, months).said[0]) == "The files cannot be compared: one counts weeks, the other months."


def test_the_last_forecast_is_held_against_what_came(found: Outlook, panel: Panel) -> None:
    assert str(kept_word(found.forecast, panel)).startswith("Of 12 counts that the last forecast spoke of, ")
    assert kept_word(found.forecast, panel.until(116)) is None


def test_the_forecast_of_every_region_of_both_is_held_against_its_earlier_one(found: Outlook) -> None:
    before = found.forecast
    assert (forecast_change(before, before)["change"] == 0).all()
    other = replace(before, regions=("new", *before.regions[1:][::-1]))
    told = forecast_change(before, other)
    rows = before.mean.mean(axis=1)
    assert told["region"].tolist() == list(other.regions[1:])
    assert told["before"].tolist() == pytest.approx([rows[2], rows[1]])
    assert told["now"].tolist() == pytest.approx([rows[1], rows[2]])
    assert told["change"].tolist() == pytest.approx([rows[1] - rows[2], rows[2] - rows[1]])
