"""How many runs a machine holds at once, and how they share it."""

import os

import pytest

from medalloc.jobs.slots import MEMORY_OF_A_RUN, slots_here, worker_environment


@pytest.mark.parametrize(
    ("processors", "runs_of_memory", "slots"), [(4, 9, 4), (4, 4, 4), (4, 3.99, 3), (4, 0.5, 1), (1, 9, 1)]
)
def test_as_many_runs_as_processors_and_memory_hold_and_one_in_any_case(
    processors: int, runs_of_memory: float, slots: int
) -> None:
    assert slots_here(processors, runs_of_memory * MEMORY_OF_A_RUN) == slots


def test_what_the_machine_has_is_looked_up() -> None:
    assert 1 <= slots_here() <= (os.cpu_count() or 1)
    assert slots_here(processors=3, memory=1e15) == 3


@pytest.mark.parametrize(("processors", "slots", "threads"), [(8, 1, 4), (8, 3, 2), (2, 2, 1), (None, 1, 1)])
def test_runs_and_the_server_share_the_processors(
    monkeypatch: pytest.MonkeyPatch, processors: int | None, slots: int, threads: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    found = worker_environment(slots)
    assert found.pop("OMP_WAIT_POLICY") == "PASSIVE" and set(found.values()) == {str(threads)}
