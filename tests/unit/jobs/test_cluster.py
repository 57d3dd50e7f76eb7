"""A scheduler and two workers of Dask, for real: the same answers as here, whoever dies in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import futures_json, spread_futures
from medalloc.errors import SourceError
from medalloc.jobs.cluster import ClusterJobs, spread_over
from medalloc.jobs.either import PoolOrCluster
from medalloc.jobs.here import JobsHere
from medalloc.jobs.planning import FindPlan, HoldFutures
from medalloc.need.measures.bootstrap import Interval, score_intervals
from medalloc.need.measures.scores import roc_auc
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.partitions.folder import Part, partitions_of
from medalloc.partitions.sampling import CountStrata
from medalloc.partitions.working import Result, work_through
from medalloc.scenarios import Change, Scenario
from medalloc.scenarios.frontier import frontier
from medalloc.scenarios.grid import two_at_once
from medalloc.scenarios.sensitivity import Way, sensitivity
from medalloc.scenarios.side_by_side import side_by_side
from medalloc.sentences import Sentence, sentence
from medalloc.spreading import is_spread
from medalloc.tables.apart import read_file
from tests.stores import s3
from tests.unit.partitions.test_everything import in_parts, of_all, people

ROOT = Path(__file__).parents[3]

Cluster = tuple[str, list[subprocess.Popen[str]], subprocess.Popen[str]]
"""Address of the scheduler, the workers, and the scheduler itself."""


def _quiet(*_: object) -> None:
    """Tell nobody."""


def _started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    quiet = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "error", "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    return subprocess.Popen(
        command, cwd=ROOT, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )


@pytest.fixture(scope="module")
def store() -> Iterator[None]:
    """Start an object store, which the workers that are started afterwards reach as this process does."""
    if not (find_spec("s3fs") and find_spec("moto")):
        yield
        return
    with s3("ministry"):
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, store: None) -> Iterator[Cluster]:
    del store
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    here = ("--scheduler-file", str(told), "--no-dashboard", "--host", "127.0.0.1")
    scheduler = _started("scheduler", *here, "--port", "0")
    own = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder))
    workers = [_started("worker", *here, *own) for _ in range(2)]
    deadline = time.monotonic() + 60
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    yield json.loads(told.read_text())["address"], workers, scheduler
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
    cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = in_parts(people(20_000), tmp_path / "table", 6)
    here = of_all(place, 2000, trees=10)
    with spread_over(cluster[0]):
        there = of_all(place, 2000, trees=10)
    # a command prints its answer, and nothing else may be beside it
    assert capfd.readouterr().out == ""
    rows = people(20_000)
    rows.to_csv(tmp_path / "rows.csv", index=False)
    need, table = rows["need"].to_numpy(), read_file(tmp_path / "rows.csv")
    assert there.train_rows == here.train_rows
    found = [roc_auc(need, each.probability(table)) for each in (here, there)]
    assert abs(found[0] - found[1]) < 0.002
    # the same door as every model: it can be kept, and what was kept says the same
    kept = model_from_bytes(model_bytes(keep_model(there, read_file(tmp_path / "rows.csv"))))
    np.testing.assert_array_equal(kept.probability(table), there.probability(table))


@pytest.mark.skipif(not (find_spec("s3fs") and find_spec("moto")), reason="s3fs or moto is not installed")
def test_workers_read_a_table_where_it_lies_in_an_object_store_and_come_to_what_a_folder_comes_to(
    cluster: Cluster, tmp_path: Path
) -> None:
    import fsspec

    folder = in_parts(people(4000), tmp_path / "rows", 4)
    fsspec.filesystem("s3").put(f"{folder}/", "s3://ministry/rows/", recursive=True)
    strata, said = CountStrata(("region", "need")), sentence("Counting.")
    here = list(work_through(strata, partitions_of(folder).parts, tmp_path / "here", said, _quiet))
    far = partitions_of("s3://ministry/rows")
    with spread_over(cluster[0]):
        there = list(work_through(strata, far.parts, tmp_path / "there", said, _quiet))
    assert far.rows == 4000 and len(there) == 4
    counted = [Counter[str](), Counter[str]()]
    for total, found in zip(counted, (here, there), strict=True):
        for each in found:
            total.update(each.plain["strata"])
    assert counted[0] == counted[1] and counted[0].total() == 4000


def _problem() -> Problem:
    return Problem(("A", "B", "C"), [20, 30, 10], (Resource("beds", stock=20.5), Resource("vans", stock=25)))


def _swept() -> dict[str, object]:
    """Return what every sweep comes to."""
    problem = _problem()
    scenarios = [Scenario(f"{each}", (Change("stock", factor=each),)) for each in (0.5, 0.9, 1.2, 2)]
    futures = spread_futures(problem.regions, problem.demand, cv=0.3, common=0.5, samples=12, seed=3)
    draw = np.random.default_rng(2)
    need, said = draw.integers(0, 2, 300), draw.random(300)
    return {
        "frontier": [each.to_json() for each in frontier(problem, 8)],
        "scenarios": [each.plan.served.tolist() for each in side_by_side(problem, scenarios) if each.plan],
        "grid": two_at_once(problem, Way("demand"), Way("stock", "beds")).values,
        "sensitivity": [(each.low, each.high) for each in sensitivity(solve(problem))],
        "futures": futures_json(problem, futures),
        "bootstrap": score_intervals(need, said, patients=draw.integers(0, 90, 300), seed=4),
    }


def test_sweeps_on_a_cluster_come_to_what_they_come_to_here(cluster: Cluster) -> None:
    here = _swept()
    with spread_over(cluster[0]):
        assert is_spread()
        there = _swept()
    for name, each in here.items():
        assert _same(there[name], each), name


def _same(found: object, known: object) -> bool:
    """Whether nested plain values are the same, and numbers in them to 1e-9."""
    pairs = zip(_numbers(found), _numbers(known), strict=True)
    close = {"rel": 1e-9, "abs": 1e-9, "nan_ok": True}
    return all(one == (pytest.approx(other, **close) if isinstance(other, float) else other) for one, other in pairs)


def _numbers(told: object) -> list[object]:
    """Return everything in nested plain values, one after the other."""
    if isinstance(told, dict):
        return [one for each in told.values() for one in _numbers(each)]
    if isinstance(told, list | tuple | np.ndarray):
        return [one for each in told for one in _numbers(each)]
    return _numbers(vars(told)) if isinstance(told, Interval) else [told]


def test_futures_of_a_run_on_a_cluster_are_tasks_of_its_other_workers(cluster: Cluster, tmp_path: Path) -> None:
    problem = _problem()
    futures = spread_futures(problem.regions, problem.demand, cv=0.3, common=0.5, samples=12, seed=3)
    there, here = ClusterJobs(cluster[0], tmp_path), JobsHere()
    try:
        task = HoldFutures(problem, np.asarray(futures.demand))
        found = there.result(_ended(there, there.submit(task)), HoldFutures)
        known = here.result(here.submit(task), HoldFutures)
        assert _same(found, known)
    finally:
        there.close()


def _ended(jobs: ClusterJobs, run: str) -> str:
    deadline = time.monotonic() + 60
    while not jobs.status(run).ended and time.monotonic() < deadline:
        time.sleep(0.05)
    assert jobs.status(run).state == "done"
    return run


def test_parts_on_a_cluster_give_what_they_give_here_also_when_a_worker_is_killed_in_the_middle(
    cluster: Cluster, tmp_path: Path
) -> None:
    address, workers, _ = cluster
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
        found, known = there.result(_ended(there, run), FindPlan), here.result(other, FindPlan)
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


def test_a_scheduler_that_dies_in_the_middle_is_said_and_this_machine_goes_on_where_it_ended(
    cluster: Cluster, tmp_path: Path
) -> None:
    # the last one here: nobody has this cluster any more
    address, _, scheduler = cluster
    parts = partitions_of(_folder(tmp_path / "table")).parts
    seen = list[float]()

    def told(fraction: float, _stage: Sentence) -> None:
        if not seen:
            scheduler.kill()
        seen.append(fraction)

    with pytest.raises(SourceError, match=r"is gone\. What was finished is kept"), spread_over(address):
        work_through(Slowly(), parts, tmp_path / "found", sentence(""), told)
    before = len(seen)
    assert before < len(parts)
    found = work_through(Slowly(), parts, tmp_path / "found", sentence(""), told)
    assert len(seen) == len(parts)
    assert sum(sum(each.plain["strata"].values()) for each in found) == 4000
