"""A scheduler and two workers of Dask, for real: the same answers as here, whoever dies in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import SourceError
from medalloc.jobs.cluster import ClusterJobs, spread_over
from medalloc.jobs.either import PoolOrCluster
from medalloc.jobs.here import JobsHere
from medalloc.jobs.planning import FindPlan
from medalloc.need.measures.scores import roc_auc
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.partitions.folder import Part, partitions_of
from medalloc.partitions.sampling import CountStrata
from medalloc.partitions.working import Result, work_through
from medalloc.sentences import Sentence, sentence
from medalloc.tables.reading import read_file
from tests.unit.partitions.test_everything import in_parts, of_all, people

ROOT = Path(__file__).parents[3]

Cluster = tuple[str, list[subprocess.Popen[str]]]
"""Address of the scheduler, and the workers."""


def _quiet(*_: object) -> None:
    """Tell nobody."""


def _started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    quiet = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "error", "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    return subprocess.Popen(
        command, cwd=ROOT, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    here = ("--scheduler-file", str(told), "--no-dashboard", "--host", "127.0.0.1")
    scheduler = _started("scheduler", *here, "--port", "0")
    own = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder))
    workers = [_started("worker", *here, *own) for _ in range(2)]
    deadline = time.monotonic() + 60
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    yield json.loads(told.read_text())["address"], workers
    for each in (*workers, scheduler):
        each.kill()
        each.wait()


def _folder(place: Path) -> Path:
    place.mkdir()
    draw = np.random.default_rng(1)
    frame = pd.DataFrame({"region": draw.choice(["North", "South"], 4000), "need": draw.integers(0, 2, 4000)})
    for number in range(40):
        frame.iloc[number * 100 : number * 100 + 100].to_parquet(place / f"{number}.parquet", index=False)
    return place


@dataclass(frozen=True)
class Slowly:
    """Takes a moment for each part, so that there is a middle in which somebody can die."""

    def __call__(self, part: Part) -> Result:
        time.sleep(0.1)
        return CountStrata(("region", "need"))(part)


def test_trees_that_learn_from_everything_on_a_cluster_are_as_good_as_those_from_here(
    cluster: Cluster, tmp_path: Path
) -> None:
    place = in_parts(people(20_000), tmp_path / "table", 6)
    here = of_all(place, 2000)
    with spread_over(cluster[0]):
        there = of_all(place, 2000)
    rows = people(20_000)
    rows.to_csv(tmp_path / "rows.csv", index=False)
    need, table = rows["need"].to_numpy(), read_file(tmp_path / "rows.csv")
    assert there.train_rows == here.train_rows
    found = [roc_auc(need, each.probability(table)) for each in (here, there)]
    assert abs(found[0] - found[1]) < 0.002
    # the same door as every model: it can be kept, and what was kept says the same
    kept = model_from_bytes(model_bytes(keep_model(there, read_file(tmp_path / "rows.csv"))))
    np.testing.assert_array_equal(kept.probability(table), there.probability(table))


def test_parts_on_a_cluster_give_what_they_give_here_also_when_a_worker_is_killed_in_the_middle(
    cluster: Cluster, tmp_path: Path
) -> None:
    address, workers = cluster
    parts = partitions_of(_folder(tmp_path / "table")).parts
    here = work_through(Slowly(), parts, tmp_path / "here", sentence(""), _quiet)
    seen = list[float]()

    def told(fraction: float, _stage: Sentence) -> None:
        if not seen:
            os.kill(workers[0].pid, signal.SIGKILL)
        seen.append(fraction)

    with spread_over(address):
        there = work_through(Slowly(), parts, tmp_path / "there", sentence(""), told)
    assert len(seen) == len(parts)
    assert [each.plain for each in there] == [each.plain for each in here]


def test_a_task_on_a_cluster_gives_what_it_gives_here(cluster: Cluster, tmp_path: Path) -> None:
    problem = Problem(("A", "B"), [20, 30], (Resource("beds", stock=20),))
    there, here = ClusterJobs(cluster[0], tmp_path), JobsHere()
    try:
        run, other = there.submit(FindPlan(problem, None)), here.submit(FindPlan(problem, None))
        deadline = time.monotonic() + 60
        while not there.status(run).ended and time.monotonic() < deadline:
            time.sleep(0.05)
        assert there.status(run).state == "done"
        found, known = there.result(run, FindPlan), here.result(other, FindPlan)
        np.testing.assert_allclose(found.units, known.units, rtol=1e-9)
        there.cancel(run)
        assert there.status(run).state == "done"
    finally:
        there.close()


def test_a_run_that_is_cancelled_stays_so(cluster: Cluster, tmp_path: Path) -> None:
    there = ClusterJobs(cluster[0], tmp_path)
    try:
        run = there.submit(FindPlan(Problem(("A",), [20], (Resource("beds", stock=20),)), None))
        there.cancel(run)
        state = there.status(run).state
        assert state in ("cancelled", "done")
        time.sleep(0.3)
        assert there.status(run).state == state
        assert there.status("no such run").state == "lost"
    finally:
        there.close()


def test_a_scheduler_that_is_not_there_is_named_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="leave --cluster out"), spread_over("tcp://127.0.0.1:9"):
        pass


def test_a_server_whose_cluster_is_gone_says_so_and_goes_on_here_once_that_is_said(tmp_path: Path) -> None:
    either = PoolOrCluster(tmp_path, "tcp://127.0.0.1:9")
    task = FindPlan(Problem(("A",), [20], (Resource("beds", stock=20),)), None)
    try:
        with pytest.raises(SourceError, match="No scheduler"):
            either.submit(task)
        assert either.refused
        either.stay_here()
        assert not either.refused
        assert either.status(either.submit(task)).state in ("waiting", "running", "done")
    finally:
        either.close()
