import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.jobs.pool import JobPool
from medalloc.jobs.protocol import Task
from medalloc.jobs.run import Run, Status
from medalloc.jobs.slots import MEMORY_OF_A_RUN, slots_here, worker_environment

PATIENCE = 120


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[JobPool]:
    opened = JobPool(root=tmp_path / "runs")
    yield opened
    opened.close()


@dataclass(frozen=True)
class Coffee(Task[str]):
    """A task that the worker does not know, so that only the pool is tried."""

    name: ClassVar[str] = "make coffee"
    prepare: Callable[[Path], object] = lambda folder: None  # noqa: ARG005

    def _inputs(self) -> dict[str, int]:
        return {"cups": 2}

    def ask(self, run: Run) -> None:
        super().ask(run)
        self.prepare(run.folder)

    @classmethod
    def answer(cls, folder: Path) -> str:
        return (folder / "input.txt").read_text()


def beans(folder: Path) -> None:
    (folder / "input.txt").write_text("beans")


def endless(folder: Path) -> None:
    """Make the worker wait for its request until somebody ends it."""
    (folder / "request.json").unlink()
    os.mkfifo(folder / "request.json")


def when(pool: JobPool, name: str, come: Callable[[Status], bool]) -> Status:
    deadline = time.monotonic() + PATIENCE
    while not come(status := pool.run(name).status()):
        assert time.monotonic() < deadline, f"still {status.state}"
        time.sleep(0.02)
    return status


def when_ended(pool: JobPool, name: str) -> Status:
    return when(pool, name, lambda status: status.ended)


def when_running(pool: JobPool, name: str) -> Status:
    return when(pool, name, lambda status: status.state == "running")


def ask_unknown(pool: JobPool) -> str:
    return pool.submit(Coffee())


def test_an_unknown_task_fails_with_a_sentence_and_the_worker_lives_on(pool: JobPool) -> None:
    for status in (when_ended(pool, ask_unknown(pool)) for _ in range(2)):
        assert (status.state, str(status.stage)) == ("failed", "There is no task “make coffee”.")
        worker = pool._workers[0].pid
    assert pool._workers[0].pid == worker
    assert pool._workers[0].poll() is None


def test_runs_are_served_in_the_order_they_came(pool: JobPool) -> None:
    names = [ask_unknown(pool) for _ in range(4)]
    assert len(set(names)) == 4
    began = [when_ended(pool, name).since for name in names]
    assert began == sorted(began)


def test_inputs_are_in_place_before_the_run_starts(pool: JobPool) -> None:
    name = pool.submit(Coffee(beans))
    assert (pool.run(name).folder / "input.txt").read_text() == "beans"
    assert pool.run(name).request()["arguments"] == {"cups": 2}


def test_inputs_that_cannot_be_prepared_leave_nothing_behind(pool: JobPool) -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(Coffee(lambda _: 1 / 0))
    assert list(pool.root.iterdir()) == []


def test_a_running_run_is_cancelled_and_the_next_one_is_served(pool: JobPool) -> None:
    name = pool.submit(Coffee(endless))
    when_running(pool, name)
    pool.cancel(name)
    assert (pool.run(name).status().state, str(pool.run(name).status().stage)) == ("cancelled", "Cancelled")
    assert [each.name for each in pool.run(name).folder.iterdir()] == ["status.json"]
    assert when_ended(pool, ask_unknown(pool)).state == "failed"
    assert pool.run(name).status().state == "cancelled"


def test_a_waiting_run_is_cancelled_without_disturbing_the_running_one(pool: JobPool) -> None:
    first, second = pool.submit(Coffee(endless)), ask_unknown(pool)
    when_running(pool, first)
    pool.cancel(second)
    assert [pool.run(name).status().state for name in (first, second)] == ["running", "cancelled"]
    pool.cancel(first)
    assert when_ended(pool, ask_unknown(pool)).state == "failed"
    assert pool.run(second).status().state == "cancelled"


def test_what_has_ended_or_never_was_cannot_be_cancelled(pool: JobPool) -> None:
    name = ask_unknown(pool)
    ended = when_ended(pool, name)
    pool.cancel(name)
    assert pool.run(name).status() == ended
    pool.cancel("no-such-run")
    assert pool.run("no-such-run").status().state == "lost"


def test_a_run_whose_worker_dies_is_lost_and_the_next_one_is_served(pool: JobPool) -> None:
    name = pool.submit(Coffee(endless))
    when_running(pool, name)
    pool._workers[0].kill()
    status = when_ended(pool, name)
    assert (status.state, str(status.stage)) == ("lost", "The worker process ended; run it again.")
    assert [each.name for each in pool.run(name).folder.iterdir()] == ["status.json"]
    assert when_ended(pool, ask_unknown(pool)).state == "failed"


def test_a_folder_taken_away_from_a_waiting_run_stops_nobody_else(pool: JobPool) -> None:
    first, second = pool.submit(Coffee(endless)), ask_unknown(pool)
    when_running(pool, first)
    shutil.rmtree(pool.run(second).folder)
    pool.cancel(first)
    assert when_ended(pool, ask_unknown(pool)).state == "failed"
    assert pool.run(second).status().state == "lost"


def test_slots_work_at_the_same_time(tmp_path: Path) -> None:
    pool = JobPool(slots=2, root=tmp_path)
    names = [pool.submit(Coffee(endless)) for _ in range(2)]
    for name in names:
        when_running(pool, name)
    pool.close()
    assert [pool.run(name).status().state for name in names] == ["lost", "lost"]


def test_closing_ends_workers_and_tells_which_runs_were_lost(pool: JobPool) -> None:
    running, waiting = pool.submit(Coffee(endless)), ask_unknown(pool)
    when_running(pool, running)
    pool.close()
    pool.close()
    assert [pool.run(name).status().state for name in (running, waiting)] == ["lost", "lost"]
    assert all(worker.poll() is not None for worker in pool._workers.values())
    with pytest.raises(RuntimeError, match="closed"):
        ask_unknown(pool)


def test_closing_removes_what_was_temporary() -> None:
    pool = JobPool()
    name = ask_unknown(pool)
    assert pool.run(name).folder.is_dir()
    pool.close()
    assert not pool.root.exists()
    assert pool.run(name).status().state == "lost"


@pytest.mark.parametrize("name", ["..", ".", "", "/", "../runs", "/etc", "a\0b", "a/../../b", "..\\x"])
def test_an_id_never_leads_out_of_the_root(pool: JobPool, name: str) -> None:
    folder = pool.run(name).folder
    assert folder.parent == pool.root
    assert folder.resolve() != pool.root.resolve()
    assert pool.run(name).status().state == "lost"


@pytest.mark.parametrize("slots", [1, 2, 1000])
def test_workers_share_the_cores_and_do_not_spin(slots: int) -> None:
    environment = worker_environment(slots)
    assert environment["OMP_WAIT_POLICY"] == "PASSIVE"
    assert 1 <= int(environment["OMP_NUM_THREADS"]) <= max(1, (os.cpu_count() or 1) // slots)


@given(st.integers(1, 64), st.floats(0, 1e12))
def test_runs_go_on_at_once_as_far_as_processors_and_memory_allow(processors: int, memory: float) -> None:
    slots = slots_here(processors, memory)
    assert 1 <= slots <= processors
    assert slots == 1 or slots * MEMORY_OF_A_RUN <= memory
    assert slots == processors or (slots + 1) * MEMORY_OF_A_RUN > memory
    assert slots_here() >= 1
