"""Demand that was hidden because it is small is an interval wherever demand is one."""

import numpy as np
import pandas as pd

from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.hidden import drawn_history
from medalloc.jobs.here import JobsHere
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory
from medalloc.study.steps import plans, sampling
from medalloc.tables.reading import read_bytes

REGIONS = b"region,demand\nNorth,<5\nSouth,30\nWest,12\nEast,0\nMid,<5\n"


def answers(content: bytes, **choices: object) -> Answers:
    files = FilesInMemory()
    resources = ({"name": "beds", "stock": 20.0},)
    study = Study().changed(file=files.keep(content), file_name="t.csv", resources=resources, **choices)
    return Answers(study, files, JobsHere())


def test_hidden_demand_is_said_with_its_ends_and_is_any_number_between_them_in_futures() -> None:
    asked = answers(REGIONS, futures_count=300)
    assert asked(plans.hidden_demand) == {"North": (1, 4), "Mid": (1, 4)}
    said = [str(each) for each in asked(plans.understood_columns) or ()]
    assert "Demand was hidden and lies between 1 and 4; planned is with 2.5: North, Mid." in said
    futures = asked(sampling.futures)
    assert futures is not None
    for region in ("North", "Mid"):
        assert set(futures.demand[:, futures.regions.index(region)].tolist()) == {1.0, 2.0, 3.0, 4.0}
    assert futures.demand[:, futures.regions.index("South")].std() > 0


def test_demand_of_which_nothing_was_hidden_is_no_interval_even_where_it_is_the_same_number() -> None:
    asked = answers(b"region,demand\nNorth,2.5\nSouth,30\n")
    assert asked(plans.hidden_demand) == {}


def test_a_forecast_says_how_many_counts_of_its_history_were_hidden_and_between_which_ends_they_are_drawn() -> None:
    counts = {("N", month): str(20 + month) for month in range(1, 13)} | {("S", month): "7" for month in range(1, 13)}

    def notes(cells: dict[tuple[str, int], str]) -> str:
        rows = [f"{name},2024-{month:02}-01,{count}" for (name, month), count in cells.items()]
        table = read_bytes("\n".join(["region,month,cases", *rows]).encode(), "c.csv")
        return " ".join(map(str, read_panel(table).panel.notes))

    assert (
        "drawn from 0 to 4, alike every time, so that the intervals allow for what is not known of them: 1 of 24, in S."
        in notes(counts | {("S", 3): "<5"})
    )
    assert "idden" not in notes(counts)


def test_a_history_of_hidden_counts_only_is_not_one_of_equal_counts() -> None:
    rows = [f"N,2024-{month:02}-01,{20 + month}" for month in range(1, 13)]
    rows += [f"S,2024-{month:02}-01,<5" for month in range(1, 13)]
    table = read_bytes("\n".join(["region,month,cases", *rows]).encode(), "c.csv")
    north, south = read_panel(table).panel.values
    assert north.tolist() == [20 + month for month in range(1, 13)]
    assert len(set(south)) > 2 and (south >= 0).all() and (south <= 4).all()
    assert (read_panel(table).panel.values[1] == south).all()


def test_in_a_history_every_number_between_the_ends_comes_and_no_other_and_what_was_counted_stays() -> None:
    columns, values = pd.Series(["cases"] * 300 + ["beds"] * 3), np.array([2.5] * 200 + [7.0] * 100 + [2.5] * 3)
    drawn = drawn_history({"cases": (1.0, 4.0)}, columns, values)
    assert set(drawn[:200].tolist()) == {1.0, 2.0, 3.0, 4.0}
    np.testing.assert_array_equal(drawn[200:], values[200:])
