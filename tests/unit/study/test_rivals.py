"""Demand by another forecaster is what that forecaster would make of it, in the scenario alone."""

from pathlib import Path

import numpy as np
import pytest

from medalloc.errors import InputError
from medalloc.jobs.here import JobsHere
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.steps import demands, plans, rivals, worlds
from medalloc.study.tickets import with_ticket


def forecast(folder: Path) -> Answers:
    days = np.arange(np.datetime64("2025-01-06"), 40 * 7 + np.datetime64("2025-01-06"), 7)
    rows = [
        f"{day},{region},{size + 3 * (week % 4)}" for week, day in enumerate(days) for region, size in COUNTED.items()
    ]
    (folder / "counts.csv").write_text("\n".join(("week,region,cases", *rows)))
    study = Study().changed(
        counts_file="counts.csv", counts_name="counts.csv", forecast_models=("damped",), forecast_horizon=2
    )
    answers = Answers(study, NamedFiles(folder), JobsHere())
    ticket = answers.submit(demands.outlook)
    assert ticket is not None
    return answers.after(study, with_ticket((), ticket))


COUNTED = {"North": 20, "South": 50}


def swapped(answers: Answers, model: str) -> Answers:
    return answers.after(answers.study.changed(changes=({"what": "model", "value": model},)), answers.tickets)


def test_a_scenario_takes_the_demand_of_another_forecaster_and_the_base_keeps_its_own(tmp_path: Path) -> None:
    answers = forecast(tmp_path)
    base, outlook = answers(plans.problem), answers(demands.outlook)
    assert base is not None and outlook is not None
    chosen = swapped(answers, outlook.verdict.chosen)
    assert {"naive", "seasonal", "damped"} >= set(chosen(rivals.other_models) or ()) >= {"naive", "damped"}
    same = chosen(worlds.changed_problem)
    assert same is not None and same.demand.tolist() == base.demand.tolist()
    other = next(each for each in ("naive", "damped") if each != outlook.verdict.chosen)
    changed = swapped(answers, other)
    problem, by_model = changed(worlds.changed_problem), changed(rivals.model_demands)
    assert problem is not None and by_model is not None and set(by_model) == {other}
    assert dict(zip(problem.regions, problem.demand.tolist(), strict=True)) == by_model[other]
    assert problem.demand.tolist() != base.demand.tolist()
    assert changed(plans.problem) == base


def test_a_forecaster_that_was_not_compared_is_refused_with_those_that_were(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no demand by “lstm” here.*"):
        swapped(forecast(tmp_path), "lstm")(worlds.changed_problem)
