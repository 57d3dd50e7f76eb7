"""Jobs of a server that may have a cluster: there while its scheduler answers, here once somebody says so."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medalloc.errors import SourceError
from medalloc.jobs.cluster import ClusterJobs
from medalloc.jobs.pool import JobPool
from medalloc.jobs.protocol import Answer, Task
from medalloc.jobs.run import Status
from medalloc.jobs.slots import slots_here
from medalloc.saved import Objects


class PoolOrCluster:
    """Hands tasks to a cluster, or to the pool of this machine where none was named or it was said to stay here.

    Parameters
    ----------
    root : Path, optional
        Where runs live; of a cluster the workers see it, too.
    address : str, optional
        Of the scheduler.
    shared : Objects, optional
        The same for other servers; see `JobPool`.
    """

    def __init__(self, root: Path | None = None, address: str = "", shared: Objects | None = None) -> None:
        self._pool, self._address = JobPool(slots=slots_here(), root=root, shared=shared), address
        self._cluster: ClusterJobs | None = None
        self._at_cluster = set[str]()
        self.refused = False
        """Whether the cluster did not answer when it was asked last, and nobody said yet to stay here."""

    def stay_here(self) -> None:
        """Have everything done at this machine from now on."""
        self._address, self.refused = "", False

    def submit(self, task: Task[Any]) -> str:
        """Put a task in line and return the id of its run.

        Raises
        ------
        SourceError
            If the cluster that was named does not answer, or there is no room for what it is given.
        """
        if not self._address:
            return self._pool.submit(task)
        try:
            if self._cluster is None or not self._cluster.answers():
                self._cluster = ClusterJobs(self._address, self._pool.root)
        except SourceError:
            self._cluster, self.refused = None, True
            raise
        self.refused = False
        run = self._cluster.submit(task)
        self._at_cluster.add(run)
        return run

    def adopt(self, task: Task[Any], found: Mapping[str, bytes]) -> str:
        """Take over what a task found elsewhere and return the id of its run."""
        return self._pool.adopt(task, found)

    def status(self, run: str) -> Status:
        """Return how far a run is."""
        found = self._of(run).status(run)
        if found.ended and run in self._at_cluster:
            self._at_cluster.discard(run)
            self._pool.share(run)
        return found

    def cancel(self, run: str) -> None:
        """Stop a run; one that has ended stays as it is."""
        self._of(run).cancel(run)

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run that is done found."""
        return self._pool.result(run, task)

    def close(self) -> None:
        """End what this server began."""
        if self._cluster is not None:
            self._cluster.close()
        self._pool.close()

    def _of(self, run: str) -> "ClusterJobs | JobPool":
        return self._cluster if self._cluster is not None and self._cluster.has(run) else self._pool
