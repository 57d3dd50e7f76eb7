"""Killed at any moment, on a full disk, beside another server: nothing is half written, nothing stays."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from medalloc.errors import SourceError
from medalloc.jobs.pool import JobPool
from medalloc.jobs.run import Run
from medalloc.jobs.tasks import Compete
from medalloc.saved import Objects
from medalloc.study.files import KeptFiles

ROOT = Path(__file__).parents[3]

MOMENTS = """
# One process loads everything; each moment is a child of it, which is killed while it writes all that a server writes.
import json, os, signal, sys, tempfile, time
from pathlib import Path
from medalloc.errors import MedallocError
from medalloc.jobs.private import PrivateFolder
from medalloc.jobs.run import Run, Status
from medalloc.saved import Objects, read_form, write_form
from medalloc.sentences import sentence
from medalloc.study import Study
from medalloc.study.files import KeptFiles

signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

def work(told):
    folder = PrivateFolder()
    os.write(told, str(folder.path).encode())
    run, files, place = Run(folder.path / "run"), KeptFiles(Objects(folder.path / "files")), folder.path / "visit.json"
    run.ask("search", {})
    for number in range(10**6):
        write_form(place, Study().changed(file_name=str(number) * 200), private=True)
        files.keep(str(number).encode() * 500)
        run.report(Status("running", number / 10**6, sentence("x" * 3000)))
        run.tell({"n": [number] * 300})

for moment in range(50):
    sent = (signal.SIGKILL, signal.SIGTERM)[moment % 2]
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            work(told)
        except SystemExit:
            # what atexit and finalisers do at the end of any process
            import weakref
            weakref.finalize._exitfunc()
        finally:
            os._exit(0)
    os.close(told)
    folder = Path(os.read(read, 4096).decode())
    os.close(read)
    time.sleep(0.0013 * moment)
    os.kill(child, sent)
    os.waitpid(child, 0)
    if sent == signal.SIGTERM:
        assert not folder.exists(), moment
        continue
    for kept in (folder / "files").glob("[0-9a-f]*"):
        KeptFiles(Objects(folder / "files")).keep(kept.read_bytes())
        assert len(kept.read_bytes()) % 500 == 0, moment
    if (folder / "visit.json").exists():
        assert len(read_form(folder / "visit.json", Study, sentence("study")).choice("file_name")) % 200 == 0, moment
    Run(folder / "run").status()
    Run(folder / "run").told()
    following = PrivateFolder()
    assert not folder.exists() and following.path.exists(), moment
    following.remove()
print(len(list(Path(tempfile.gettempdir()).iterdir())), "left")
"""


WORKERS = """
# One process loads everything; each worker is a child of it, which is killed at another moment of a run.
import os, signal, subprocess, sys, tempfile, time
from contextlib import suppress
from medalloc.allocation.problem import Problem, Resource
from medalloc.jobs.planning import FindPlan
from medalloc.jobs.pool import JobPool
from medalloc.jobs.worker import main

class Child:
    def __init__(self):
        (asked, self.stdin), (self.stdout, answer) = os.pipe(), os.pipe()
        server = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(asked, 0)
            os.dup2(answer, 1)
            for each in (asked, answer, self.stdin, self.stdout):
                os.close(each)
            sys.stdin = open(0)
            try:
                main(server)
            finally:
                os._exit(0)
        os.close(asked)
        os.close(answer)
        self.stdin, self.stdout, self.ended = open(self.stdin, "w"), open(self.stdout), False
    def poll(self):
        self.ended = self.ended or os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return 0 if self.ended else None
    def wait(self):
        while self.poll() is None:
            time.sleep(0.001)
    def kill(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

class Pool(JobPool):
    def _start(self, slot):
        with self._lock:
            self._workers[slot] = Child()
        return self._workers[slot]

asked = Problem(("A", "B"), [30, 10], (Resource("beds", 20, whole=True), Resource("nurses", 9)))
task, ends = FindPlan(asked, None), []
pool = Pool()
def ended(run):
    while not pool.status(run).ended:
        time.sleep(0.001)
    return pool.status(run).state
assert ended(first := pool.submit(task)) == "done"
expected = pool.result(first, FindPlan).units.tolist()
began = time.monotonic()
assert ended(pool.submit(task)) == "done"
takes = time.monotonic() - began
for moment in range(50):
    run = pool.submit(task)
    # from no time at all to twice what a run takes on this machine, and now and then when it has ended
    time.sleep(takes * moment / 25)
    if moment % 10 == 9:
        ended(run)
    # one that was killed when it had nothing to do is replaced when its turn comes
    with suppress(ProcessLookupError):
        os.kill(pool._workers[0].pid, (signal.SIGKILL, signal.SIGTERM)[moment % 2])
    ends.append(ended(run))
    if ends[-1] == "done":
        assert pool.result(run, FindPlan).units.tolist() == expected, moment
    else:
        assert ends[-1] == "lost" and "run it again" in str(pool.status(run).stage), moment
        assert [each.name for each in pool.run(run).folder.iterdir()] == ["status.json"], moment
assert ended(pool.submit(task)) == "done"
pool.close()
print(sorted(set(ends)), len(os.listdir(tempfile.gettempdir())), "left")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(("script", "said"), [(MOMENTS, "0 left\n"), (WORKERS, "['done', 'lost'] 0 left\n")])
def test_at_whichever_of_fifty_moments_a_server_or_a_worker_is_killed_nothing_is_half_written_and_nothing_stays(
    script: str, said: str, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout == said, ended.stderr


class NoRoom(Compete):
    """A task whose inputs nobody can keep."""

    def ask(self, run: Run) -> None:
        run.folder.mkdir(parents=True, exist_ok=True)
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_run_for_which_there_is_no_room_is_refused_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    pool = JobPool(root=tmp_path / "runs")
    try:
        with pytest.raises(SourceError, match="cannot be kept: no space left"):
            pool.submit(NoRoom({}, 1, 1, 1, np.zeros((1, 1)), np.zeros(1, np.int8)))
        assert not list((tmp_path / "runs").iterdir())
    finally:
        pool.close()


def test_a_loss_that_cannot_be_written_down_is_known_all_the_same(tmp_path: Path) -> None:
    pool = JobPool(root=tmp_path)
    try:
        run = pool.run("full")
        run.ask("search", {})
        # nothing can be written beside a folder of that name
        (run.folder / "status.draft").mkdir()
        pool._lose("full")
        assert pool.status("full").state == "lost"
        assert "run it again" in str(pool.status("full").stage)
    finally:
        pool.close()


def test_an_upload_that_cannot_be_kept_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="cannot be written"):
        KeptFiles(Objects(tmp_path / "file" / "files")).keep(b"region,demand")


READING = """
import sys
from medalloc.tables.apart import Reader
from medalloc.tables.options import ReadOptions

reader = Reader()
reader.start()
print(reader._process.pid, flush=True)
connection = reader._connection()
# a child waits for the rest of a file that never comes
connection.sendall(b'{"name": "t", "options": {}, "bytes": 1000, "memory": 1000000000}\\n')
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files are not read apart there")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_no_reader_outlives_its_server(sent: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READING], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        group = int(server.stdout.readline())
        while len(members(group)) < 2:
            time.sleep(0.01)
        server.send_signal(sent)
        server.wait()
        end = time.monotonic() + 2
        while members(group) and time.monotonic() < end:
            time.sleep(0.01)
        assert not members(group)


def members(group: int) -> list[str]:
    """Return the living processes of a group."""
    found = subprocess.run(["ps", "-eo", "pgid=,stat=,pid="], capture_output=True, text=True, check=True).stdout
    return [each for each in found.splitlines() if each.split()[0] == str(group) and "Z" not in each.split()[1]]
