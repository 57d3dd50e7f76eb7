"""How many runs go on at once on this machine, and the process that does them."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

PACKAGE_PARENT = Path(__file__).parents[2]

MEMORY_OF_A_RUN = 2_000_000_000
"""Memory of the machine that there must be for each run that goes on at once: a million patients take half. [bytes]"""


def slots_here(processors: int | None = None, memory: float | None = None) -> int:
    """Return how many runs may go on at once on this machine: one a processor, each with memory of its own.

    Parameters
    ----------
    processors : int, optional
        Those that this process may use; looked up when left out. [count]
    memory : float, optional
        What the machine, or the container that this runs in, has; looked up when left out. [bytes]

    Examples
    --------
    >>> slots_here(2, 16e9), slots_here(8, 5e9), slots_here(4, 1e9)
    (2, 2, 1)
    """
    if processors is None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if memory is None:
        memory = _memory()
    return max(1, min(processors, int(memory // MEMORY_OF_A_RUN)))


def _memory() -> float:
    """Return how much memory there is for this process and its workers [bytes]."""
    known = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")] if hasattr(os, "sysconf") else [MEMORY_OF_A_RUN]
    with suppress(OSError, ValueError):
        # "max" where the container has no limit of its own
        known.append(int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return float(min(known))


def worker_environment(slots: int) -> dict[str, str]:
    """Return the settings that keep a worker from slowing everybody else.

    Spinning OpenMP threads make a shared machine many times slower, and the setting is read when the library loads:
    it must be in the environment before the process starts.
    """
    threads = str(max(1, (os.cpu_count() or 1) // (slots + 1)))
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {"OMP_WAIT_POLICY": "PASSIVE", **dict.fromkeys(names, threads)}


def started(slots: int) -> subprocess.Popen[str]:
    """Start a worker of a pool with so many; it is given folders of runs, and ends with this process."""
    return subprocess.Popen(
        [sys.executable, "-m", "medalloc.jobs.worker", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PACKAGE_PARENT,
        env=os.environ | worker_environment(slots),
    )


def hand_over(worker: subprocess.Popen[str], folder: Path) -> bool:
    """Give a run to a worker and wait; false when the worker ended before the run did."""
    if worker.stdin is None or worker.stdout is None:
        return False
    try:
        worker.stdin.write(f"{folder}\n")
        worker.stdin.flush()
    except BrokenPipeError:
        return False
    return bool(worker.stdout.readline())


def discard(worker: subprocess.Popen[str]) -> None:
    """End a worker."""
    worker.kill()
    worker.wait()
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue
