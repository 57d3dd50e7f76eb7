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
