"""Jobs on a cluster of Dask: tasks of whoever asks, and parts of a table, run where its workers are."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from medalloc.errors import unreached
from medalloc.jobs.growing import grown_over
from medalloc.jobs.private import hold
from medalloc.jobs.protocol import Answer, Task, answer_of
from medalloc.jobs.run import Run, Status
from medalloc.partitions.everything import grown_by
from medalloc.sentences import sentence
from medalloc.spreading import spread_by

SECONDS = 5.0
"""Time in which a scheduler has to answer. [s]"""

Work = Callable[[Any], Any]

RETRIES = 3
"""Times that a part is tried again after the worker that had it was lost. [count]"""


def connected(address: str) -> Any:
    """Return a client of the scheduler at an address.

    Raises
    ------
    SourceError
        If none answers there, or what a cluster needs is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise unreached(
            "A cluster needs what is in requirements-scale.txt; install it, or leave --cluster out."
        ) from error
    try:
        return Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise unreached(
            "No scheduler of Dask answers at “{address}”; start one there (dask scheduler), or leave --cluster "
            "out: the same is then done on this machine.",
            address=address,
        ) from error


@contextmanager
def spread_over(address: str) -> Iterator[None]:
    """Have the parts of a table, and everything else that can be done apart, run on a cluster.

    Raises
    ------
    SourceError
        If no scheduler answers, or it is gone before all is done; what was finished is kept.
    """
    client = connected(address)
    try:
        with spread_by(partial(_each, client, address)), grown_by(partial(grown_over, client)):
            yield
    finally:
        client.close(timeout=1)


def _each(client: Any, address: str, work: Work, items: Mapping[int, Any]) -> Iterator[tuple[int, Any]]:
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    left, tries = dict(items), 0
    while left:
        try:
            for number, found in _tried(client, work, left):
                del left[number]
                yield number, found
        except (CommClosedError, FutureCancelledError, TimeoutError) as error:
            # with a worker may go what was laid there for all: then the rest is handed out again
            tries += 1
            if client.status == "running" and tries <= RETRIES:
                continue
            raise unreached(
                "The scheduler at “{address}” is gone. What was finished is kept: ask again to go on, or without "
                "--cluster to go on at this machine.",
                address=address,
            ) from error


def _tried(client: Any, work: Work, items: Mapping[int, Any]) -> Iterator[tuple[int, Any]]:
    from distributed import as_completed

    shared = client.scatter(work, broadcast=True, hash=False)
    futures = {
        client.submit(_done, shared, each, pure=False, retries=RETRIES): number for number, each in items.items()
    }
    for future in as_completed(list(futures), loop=client.loop):
        found = future.result()
        # its answer is written down here: the cluster need not hold it
        future.release()
        yield futures[future], found


def _done(work: Work, item: Any) -> Any:
    return work(item)


class ClusterJobs:
    """Hands tasks to a cluster whose workers see the folder of the runs.

    Parameters
    ----------
    address : str
        Of the scheduler.
    root : Path
        Where runs live, for this process and for the workers.
    """

    def __init__(self, address: str, root: Path) -> None:
        self.root = root
        self._client = connected(address)
        self._futures: dict[str, Any] = {}
        self._held: dict[str, int] = {}

    def answers(self) -> bool:
        """Whether the scheduler is there."""
        return bool(self._client.status == "running")

    def has(self, run: str) -> bool:
        """Whether this is one of its runs."""
        return run in self._futures

    def submit(self, task: Task[Any]) -> str:
        """Hand a task over and return the id of its run."""
        name = secrets.token_urlsafe(12)
        task.ask(self._run(name))
        # another server that starts now must not take the run for one of the dead
        self._held[name] = hold(self._run(name).folder)
        self._futures[name] = self._client.submit(_performed, str(self._run(name).folder), pure=False, retries=RETRIES)
        return name

    def status(self, run: str) -> Status:
        """Return how far a run is; one whose workers or scheduler are gone is lost."""
        if _marker(self._run(run).folder).exists():
            return CANCELLED
        found, future = self._run(run).status(), self._futures.get(run)
        if not found.ended and (future is None or future.status in ("error", "lost", "cancelled")):
            return Status("lost", 1.0, sentence("The cluster lost this run; run it again."))
        return found

    def cancel(self, run: str) -> None:
        """Stop a run; one that has ended stays as it is, and a worker stops at the next step that it tells."""
        if self.status(run).ended:
            return
        _marker(self._run(run).folder).touch()
        self._futures[run].cancel(force=True)

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run that is done found."""
        return answer_of(self._run(run), task)

    def close(self) -> None:
        """Leave the cluster; runs that have not ended are lost."""
        self._client.close(timeout=1)
        for each in self._held.values():
            os.close(each)
        self._held.clear()

    def _run(self, name: str) -> Run:
        return Run(self.root / (Path(name).name or "none"))


CANCELLED = Status("cancelled", 1.0, sentence("Cancelled"))


class _StoppedError(Exception):
    """Whoever asked for the run takes it back."""


class _Watched(Run):
    """A run on a worker, which ends when it is cancelled: nobody may kill the process of a worker."""

    def report(self, status: Status) -> None:
        """Write the status, unless nobody waits for it any more."""
        if _marker(self.folder).exists():
            raise _StoppedError
        super().report(status)


def _marker(folder: Path) -> Path:
    """Return the file that says that a run was cancelled, beside its folder."""
    return folder.with_name(f"{folder.name}.cancelled")


def _performed(folder: str) -> None:
    """Do a run on a worker, from its beginning, unless it has ended."""
    from distributed import get_client

    from medalloc.jobs.worker import perform

    if not Run(Path(folder)).status().ended:
        client = get_client()
        # plans and futures of the run are tasks of their own, for which this one makes room
        with suppress(_StoppedError), spread_by(partial(_aside, client, client.scheduler.address)):
            perform(_Watched(Path(folder)))


def _aside(client: Any, address: str, work: Work, items: Mapping[int, Any]) -> Iterator[tuple[int, Any]]:
    from distributed import rejoin, secede

    secede()
    try:
        yield from _each(client, address, work, items)
    finally:
        rejoin()
