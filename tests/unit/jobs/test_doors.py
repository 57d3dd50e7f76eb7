"""Four verbs: the same task gives the same answer from the pool and at once, and a run that is not done gives none."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import SourceError
from medalloc.jobs.here import JobsHere
from medalloc.jobs.planning import HoldFutures
from medalloc.jobs.pool import JobPool
from medalloc.jobs.protocol import Jobs
from medalloc.jobs.run import Run
from medalloc.jobs.tasks import TASKS, Assess, Forecast
from medalloc.jobs.worker import perform
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Source, Table
from tests.unit.jobs.test_pool import when_ended

DRAW = np.random.default_rng(1)
PATIENTS = Table(
    pd.DataFrame({"age": DRAW.integers(1, 90, 300), "need": (DRAW.random(300) < 0.4).astype(int)}),
    {"age": "feature", "need": "need"},
    Source("patients", "0" * 64),
)
FUTURES = HoldFutures(Problem(("A", "B"), [30, 10], (Resource("beds", 20),)), np.array([[30.0, 10.0], [40.0, 5.0]]))


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobPool]:
    opened = JobPool(root=tmp_path_factory.mktemp("runs"))
    yield opened
    opened.close()


def test_every_task_is_called_by_its_own_name() -> None:
    # making a report joins them once its room is loaded
    own = {name: each for name, each in TASKS.items() if name != "report"}
    assert all(name == each.name for name, each in own.items()) and len(own) == 9


def test_the_same_task_gives_the_same_answer_from_the_pool_and_at_once(pool: JobPool) -> None:
    here: Jobs = JobsHere()
    task = Assess(PATIENTS, recipe_named("default"), ("logistic",), 1)
    waited = pool.submit(task)
    assert when_ended(pool, waited).state == "done"
    first, second = pool.result(waited, Assess), here.result(here.submit(task), Assess)
    assert first.learned_from.frame.equals(PATIENTS.frame) and first.refused == {}
    of = [each.assessments["logistic"].probability for each in (first, second)]
    assert of[0] is not None and np.array_equal(*of)
    assert first.model("logistic") is not None and first.model("svm") is None
    held, again = pool.submit(FUTURES), here.result(here.submit(FUTURES), HoldFutures)
    assert when_ended(pool, held).state == "done"
    assert pool.result(held, HoldFutures)["plans"][0] == again["plans"][0]
    with pytest.raises(SourceError, match="run it again"):
        pool.result(held, Assess)


@pytest.mark.parametrize("jobs", [JobsHere(), None], ids=["here", "pool"])
def test_a_run_that_is_gone_has_a_sentence_and_no_answer(jobs: Jobs | None, tmp_path: Path) -> None:
    asked = jobs or JobPool(root=tmp_path)
    assert asked.status("no-such-run").state == "lost"
    asked.cancel("no-such-run")
    with pytest.raises(SourceError, match="gone or not there yet"):
        asked.result("no-such-run", Forecast)
    if isinstance(asked, JobPool):
        asked.close()


@pytest.mark.parametrize("damaged", ["status.json", "request.json", "answer.json"])
@pytest.mark.parametrize("content", ["", "{}", None], ids=["empty", "another form", "gone"])
def test_a_run_that_a_power_cut_or_another_version_left_otherwise_is_a_sentence(
    damaged: str, content: str | None, tmp_path: Path
) -> None:
    jobs = JobPool(slots=0, root=tmp_path)
    folder = jobs.run("kept").folder
    FUTURES.ask(Run(folder))
    perform(Run(folder))
    assert jobs.result("kept", HoldFutures)["plans"] and (folder / damaged).exists()
    if content is None:
        (folder / damaged).unlink()
    else:
        (folder / damaged).write_text(content)
    assert jobs.status("kept").state in ("done", "lost")
    try:
        # what can still be read is what was written
        assert jobs.result("kept", HoldFutures) == {}
    except SourceError as error:
        assert "run it again" in str(error)
    jobs.close()
