import json
from pathlib import Path

import numpy as np

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.run import Run
from medalloc.jobs.worker import perform
from medalloc.need.model_file import load_model
from medalloc.need.patients import gather
from medalloc.need.storage import load_assessment
from medalloc.need.training import split_patients
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.reading import read_file
from medalloc.tables.storage import save_table

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"


def test_a_run_over_futures_writes_the_answer_that_the_library_gives(tmp_path: Path) -> None:
    problem = Problem(("A", "B"), [20, 20], (Resource("beds", stock=20),), population=[1, 3], locked=[[4], [np.nan]])
    futures = Futures(problem.regions, [[20, 20], [0, 40], [40, 0]])
    run = Run(tmp_path)
    run.ask("futures", {"problem": problem.to_json()})
    np.save(tmp_path / "demand.npy", futures.demand)
    perform(run)
    assert run.status().state == "done"
    assert json.loads((tmp_path / "answer.json").read_text(encoding="utf-8")) == futures_json(problem, futures)


def test_a_run_that_has_no_plan_says_why(tmp_path: Path) -> None:
    problem = Problem(("A",), [20], (Resource("beds", stock=1),), common_floor=0.5)
    run = Run(tmp_path)
    run.ask("futures", {"problem": problem.to_json()})
    np.save(tmp_path / "demand.npy", [[20.0]])
    perform(run)
    assert run.status().state == "failed" and "Stock of beds" in str(run.status().stage)


def test_a_training_keeps_each_model_beside_its_assessment(tmp_path: Path) -> None:
    table = read_file(SAMPLE)
    run = Run(tmp_path)
    run.ask("assess", {"recipe": recipe_named("default").to_json(), "models": ["logistic"], "seed": 42})
    save_table(table, tmp_path / "table")
    perform(run)
    folder = tmp_path / "models" / "logistic"
    model, assessment = load_model(folder / "model.medalloc"), load_assessment(folder)
    assert model.scores == assessment.scores
    split = split_patients(gather(table, model.recipe), model.choice)
    np.testing.assert_array_equal(model.probability(table)[split.test], assessment.test_probability)
