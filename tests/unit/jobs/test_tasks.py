import json
from pathlib import Path

import numpy as np
import pandas as pd

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.losses import losses
from medalloc.jobs.run import Run
from medalloc.jobs.worker import perform
from medalloc.need.choice import ModelChoice
from medalloc.need.storage import load_assessment
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.storage import save_table
from medalloc.tables.table import Source, Table


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


def test_a_training_takes_the_options_of_its_models_and_writes_their_losses(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({"age": draw.normal(size=120)})
    frame["need"] = (frame["age"] + draw.normal(size=120) > 0).astype(int)
    save_table(Table(frame, {"age": "feature", "need": "need"}, Source("t", "0" * 64)), tmp_path / "table")
    options = {"mlp": {"optimizer": "gd", "epochs": 4, "units": 2}}
    run = Run(tmp_path)
    run.ask("assess", {"recipe": DEFAULT.to_json(), "models": ["mlp", "logistic"], "seed": 1, "options": options})
    perform(run)
    assert run.status().state == "done", run.status().stage
    assert load_assessment(tmp_path / "models" / "mlp").choice == ModelChoice("mlp", 1, options=options["mlp"])
    assert load_assessment(tmp_path / "models" / "logistic").choice == ModelChoice("logistic", 1)
    (kind, trainings), *others = losses(tmp_path).items()
    assert kind == "mlp" and not others
    assert [len(each) for each in trainings] == [4] * 6


def test_an_option_that_no_model_takes_fails_with_its_sentence(tmp_path: Path) -> None:
    frame = pd.DataFrame({"age": np.arange(40.0), "need": np.arange(40) % 2})
    save_table(Table(frame, {"age": "feature", "need": "need"}, Source("t", "0" * 64)), tmp_path / "table")
    run = Run(tmp_path)
    asked = {"recipe": DEFAULT.to_json(), "models": ["svm"], "seed": 1, "options": {"svm": {"wings": 2}}}
    run.ask("assess", asked)
    perform(run)
    assert run.status().state == "failed" and "no option “wings”" in str(run.status().stage)
