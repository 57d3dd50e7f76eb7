import json
from pathlib import Path

import numpy as np

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.run import Run
from medalloc.jobs.worker import perform


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


def test_a_race_writes_the_runs_of_everybody(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.ask("race", {"rates": {"descent": 0.5, "adam": 0.01}, "batch": 16, "passes": 2, "seeds": 1})
    np.save(tmp_path / "inputs.npy", np.random.default_rng(1).normal(size=(40, 3)))
    np.save(tmp_path / "need.npy", np.arange(40) % 2)
    perform(run)
    assert run.status().state == "done"
    found = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert {way: len(runs) for way, runs in found.items()} == {"descent": 1, "adam": 1}
    assert len(found["adam"][0]["loss"]) == 2
