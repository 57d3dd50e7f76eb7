"""Real processes that are killed: nobody outlives a server, and the next one clears up."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.jobs.planning import HoldFutures
from medalloc.jobs.pool import JobPool
from medalloc.jobs.private import PrivateFolder
from medalloc.jobs.run import Run
from medalloc.jobs.worker import perform

SECONDS = 2.0
"""How long a worker may outlive its server."""

STARTING = """
from medalloc.jobs.pool import JobPool

pool = JobPool()
while not pool._workers:
    pass
print(pool.root, flush=True)
pool._threads[0].join()
"""

BUSY = """
import sys
import time
from pathlib import Path
import numpy as np
import pandas as pd
from medalloc.jobs.pool import JobPool
from medalloc.jobs.tasks import Search
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Source, Table

pool = JobPool(root=Path(sys.argv[1]) if sys.argv[1:] else None)
draw = np.random.default_rng(1)
frame = pd.DataFrame({"age": draw.normal(size=2000), "need": draw.integers(0, 2, 2000)})
table = Table(frame, {"age": "feature", "need": "need"}, Source("own", "0" * 64))
run = pool.submit(Search(table, recipe_named("default"), "boosting", 1, 600.0))
while pool.status(run).fraction == 0:
    time.sleep(0.05)
print(pool.root, flush=True)
pool._threads[0].join()
"""


@pytest.mark.parametrize(("server", "sent"), [(STARTING, signal.SIGTERM), (BUSY, signal.SIGKILL)])
def test_no_worker_outlives_a_killed_server_and_the_next_one_sweeps(
    server: str, sent: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", server],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    with started:
        assert started.stdout is not None and started.stderr is not None
        root = Path(started.stdout.readline().rstrip("\n"))
        assert root.parent == tmp_path
        began = time.monotonic()
        started.send_signal(sent)
        # its worker holds the other end as well: this comes to an end when the last of them is gone
        said = started.stderr.read()
        assert time.monotonic() - began < SECONDS, said
    assert root.exists()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    following = PrivateFolder()
    assert list(tmp_path.iterdir()) == [following.path]


def test_runs_in_a_folder_that_stays_are_found_by_the_next_pool_and_those_of_a_killed_one_are_lost(
    tmp_path: Path,
) -> None:
    task = HoldFutures(Problem(("A", "B"), [30, 10], (Resource("beds", 20),)), np.array([[30.0, 10.0], [40.0, 5.0]]))
    task.ask(Run(tmp_path / "done"))
    perform(Run(tmp_path / "done"))
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    busy = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[3])
    with busy:
        assert busy.stdout is not None and busy.stderr is not None and busy.stdout.readline()
        (running,) = (each.name for each in tmp_path.iterdir() if each.name != "done")
        beside = JobPool(slots=0, root=tmp_path)
        assert beside.status(running).state == "running"
        busy.kill()
        # until its worker is gone, too
        busy.stderr.read()
    following = JobPool(slots=0, root=tmp_path)
    assert [following.status(each).state for each in ("done", running)] == ["done", "lost"]
    assert following.result("done", HoldFutures)["plans"]
    for each in (beside, following):
        each.close()
