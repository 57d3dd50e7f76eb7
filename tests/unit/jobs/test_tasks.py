import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.demand.forecasting.question import Question
from medalloc.jobs.planning import HoldFutures
from medalloc.jobs.run import Run
from medalloc.jobs.tasks import Assess, Compete, Forecast, Search
from medalloc.jobs.worker import perform
from medalloc.need.evaluation.storage import load_assessment
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.model_file import load_model
from medalloc.need.training.patients import gather
from medalloc.need.training.training import split_patients
from medalloc.preparation.recipe import DEFAULT, Recipe, recipe_named
from medalloc.tables.apart import read_file
from medalloc.tables.table import Source, Table

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"


def test_a_run_over_futures_writes_the_answer_that_the_library_gives(tmp_path: Path) -> None:
    problem = Problem(("A", "B"), [20, 20], (Resource("beds", stock=20),), population=[1, 3], locked=[[4], [np.nan]])
    futures = Futures(problem.regions, [[20, 20], [0, 40], [40, 0]])
    run = Run(tmp_path)
    HoldFutures(problem, futures.demand).ask(run)
    perform(run)
    assert run.status().state == "done"
    assert json.loads((tmp_path / "answer.json").read_text(encoding="utf-8")) == futures_json(problem, futures)


def patients(gaps: bool) -> Table:
    draw = np.random.default_rng(1)
    frame = pd.DataFrame({"age": draw.normal(50, 10, 200), "visits": draw.poisson(2, 200).astype(float)})
    frame["need"] = (frame["age"] + draw.normal(0, 8, 200) > 52).astype(int)
    if gaps:
        frame.loc[::9, "visits"] = np.nan
    return Table(frame, {"age": "feature", "visits": "feature", "need": "need"}, Source("own", "0" * 64))


def assessed(folder: Path, *, gaps: bool, models: list[str], **more: Any) -> Run:
    run = Run(folder)
    Assess(patients(gaps), Recipe("plain", ()), tuple(models), 1, **more).ask(run)
    perform(run)
    return run


def test_one_model_that_cannot_learn_from_the_table_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    run = assessed(tmp_path, gaps=True, models=["logistic", "boosting"])
    assert run.status().state == "done"
    assert [each.name for each in (tmp_path / "models").iterdir()] == ["boosting"]
    refused = Assess.answer(tmp_path).refused
    assert list(refused) == ["logistic"]
    assert "missing values" in str(refused["logistic"])


def test_where_no_model_can_learn_the_run_fails_and_says_why(tmp_path: Path) -> None:
    run = assessed(tmp_path, gaps=True, models=["logistic", "svm"])
    assert run.status().state == "failed" and "missing values" in str(run.status().stage)


def test_options_and_calibration_reach_the_model(tmp_path: Path) -> None:
    assessed(tmp_path, gaps=False, models=["logistic"], options={"logistic": {"penalty": 9.0}}, calibration="isotonic")
    choice = load_assessment(tmp_path / "models" / "logistic").choice
    assert choice == ModelChoice("logistic", seed=1, options={"penalty": 9.0}, calibration="isotonic")


def test_a_search_writes_what_it_found(tmp_path: Path) -> None:
    run = Run(tmp_path)
    Search(patients(False), Recipe("plain", ()), "logistic", 1, 0.001).ask(run)
    perform(run)
    assert run.status().state == "done"
    found = Search.answer(tmp_path)
    assert found.choice.kind == "logistic" and found.tries[0].finished


def test_a_run_that_has_no_plan_says_why(tmp_path: Path) -> None:
    problem = Problem(("A",), [20], (Resource("beds", stock=1),), common_floor=0.5)
    run = Run(tmp_path)
    HoldFutures(problem, np.array([[20.0]])).ask(run)
    perform(run)
    assert run.status().state == "failed" and "Stock of beds" in str(run.status().stage)


def test_a_training_takes_the_options_of_its_models_and_writes_their_losses(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({"age": draw.normal(size=120)})
    frame["need"] = (frame["age"] + draw.normal(size=120) > 0).astype(int)
    table = Table(frame, {"age": "feature", "need": "need"}, Source("t", "0" * 64))
    options = {"mlp": {"optimizer": "gd", "epochs": 4, "units": 2}}
    run = Run(tmp_path)
    Assess(table, DEFAULT, ("mlp", "logistic"), 1, options).ask(run)
    perform(run)
    assert run.status().state == "done", run.status().stage
    assert load_assessment(tmp_path / "models" / "mlp").choice == ModelChoice("mlp", 1, options=options["mlp"])
    assert load_assessment(tmp_path / "models" / "logistic").choice == ModelChoice("logistic", 1)
    (kind, trainings), *others = Assess.answer(tmp_path).losses.items()
    assert kind == "mlp" and not others
    assert [len(each) for each in trainings] == [4] * 6


def test_an_option_that_no_model_takes_fails_with_its_sentence(tmp_path: Path) -> None:
    frame = pd.DataFrame({"age": np.arange(40.0), "need": np.arange(40) % 2})
    table = Table(frame, {"age": "feature", "need": "need"}, Source("t", "0" * 64))
    run = Run(tmp_path)
    Assess(table, DEFAULT, ("svm",), 1, {"svm": {"wings": 2}}).ask(run)
    perform(run)
    assert run.status().state == "failed" and "no option “wings”" in str(run.status().stage)


def test_a_race_writes_the_runs_of_everybody(tmp_path: Path) -> None:
    run = Run(tmp_path)
    inputs, need = np.random.default_rng(1).normal(size=(40, 3)), np.arange(40) % 2
    Compete({"descent": 0.5, "adam": 0.01}, 16, 2, 1, inputs, need).ask(run)
    perform(run)
    assert run.status().state == "done"
    found = Compete.answer(tmp_path)
    assert {way: len(runs) for way, runs in found.items()} == {"descent": 1, "adam": 1}
    assert len(found["adam"][0].loss) == 2


def test_a_training_keeps_each_model_beside_its_assessment(tmp_path: Path) -> None:
    table = read_file(SAMPLE)
    run = Run(tmp_path)
    Assess(table, recipe_named("default"), ("logistic",), 42).ask(run)
    perform(run)
    folder = tmp_path / "models" / "logistic"
    model, assessment = load_model(folder / "model.medalloc"), load_assessment(folder)
    assert model.scores == assessment.scores
    split = split_patients(gather(table, model.recipe), model.choice)
    np.testing.assert_array_equal(model.probability(table)[split.test], assessment.test_probability)


def test_a_forecast_of_a_table_is_kept_in_the_run(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    weeks = pd.date_range("2022-01-02", periods=60, freq="7D").strftime("%Y-%m-%d")
    frame = pd.DataFrame({"week": weeks, "A": draw.poisson(9, 60), "B": draw.poisson(4, 60)})
    roles = {"week": "date", "A": "ignored", "B": "ignored"}
    run = Run(tmp_path)
    Forecast(Table(frame, roles, Source("own", "0" * 64)), Question(3, ("naive", "ets"))).ask(run)
    perform(run)
    assert run.status().state == "done"
    found = Forecast.answer(tmp_path)
    assert found.panel.regions == ("A", "B") and found.forecast.horizon == 3
    assert "ets" in found.compared and "boosting" not in found.compared
