"""A server that is killed, a disk that is full, a folder that may only be read: nothing is corrupt, all is said."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

KILLED = """
import os, signal, sys, time
from pathlib import Path
from medalloc.workspace import Workspace

folder, last = Path(sys.argv[1]), 0
first = Workspace(folder)
study = first.begin({"study": {"limits": {"floor": 0}}}, owner="me").id
first.store.close()
for moment in range(50):
    said, says = os.pipe()
    child = os.fork()
    if child == 0:
        workspace = Workspace(folder)
        record = workspace.find(study)
        while True:
            number = record.form["study"]["limits"]["floor"] + 1
            file = workspace.files.keep(b"%d" % number)
            form = {"study": {"data": {"file": file, "file_name": "t.csv"}, "limits": {"floor": number}}}
            record = workspace.save(record, form, who="me")
            os.write(says, b"%d " % number)
    os.close(says)
    heard = os.read(said, 64)
    time.sleep(moment * 0.0003)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(said, 4096):
        heard += more
    os.close(said)
    workspace = Workspace(folder)
    found = workspace.find(study).form["study"]
    told = int(heard.split()[-1])
    # what was written but not yet told may be there
    assert told <= found["limits"]["floor"] <= told + 1, (told, found)
    assert workspace.files.content(found["data"]["file"], "t.csv") == b"%d" % found["limits"]["floor"]
    verified = workspace.verify()
    assert not verified.faults and verified.entries == found["limits"]["floor"] + 1, verified
    with workspace.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    workspace.store.close()
print("ended", found["limits"]["floor"] >= 50)
"""

FULL = """
import resource, sys
from pathlib import Path
from medalloc.errors import SourceError
from medalloc.workspace import Workspace

workspace = Workspace(Path(sys.argv[1]))
record = workspace.begin({"study": {"limits": {"floor": 0}}}, owner="me")
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
for keep in (lambda: workspace.files.keep(b"0" * 500_000), lambda: fill()):
    def fill():
        global record
        for number in range(1, 10_000):
            form = {"study": {"limits": {"floor": number}, "what": {"x": "y" * 9_000}}}
            record = workspace.save(record, form, who="me")
    try:
        keep()
    except SourceError as error:
        print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
again = Workspace(Path(sys.argv[1]))
assert again.find(record.id) == record and record.version > 2, (again.find(record.id), record)
assert again.save(record, {"study": {"limits": {"floor": -1}}}, who="me").form["study"]["limits"]["floor"] == -1
assert not again.verify().faults
print("ended", True)
"""

READ_ONLY = """
import os, sys
from pathlib import Path
from medalloc.errors import SourceError
from medalloc.workspace import Workspace

folder = Path(sys.argv[1])
workspace = Workspace(folder / "in")
record = workspace.begin({"study": {"limits": {"floor": 0}}}, owner="me")
workspace.store.close()
for each in (*folder.rglob("*"), folder):
    each.chmod(0o555 if each.is_dir() else 0o444)
if os.getuid() == 0:
    # root may write everywhere
    os.setuid(65534)
for attempt in (
    lambda: Workspace(folder / "in"),
    lambda: Workspace(folder / "new"),
    lambda: workspace.save(record, record.form, who="me"),
    lambda: workspace.files.keep(b"1"),
):
    try:
        attempt()
    except SourceError as error:
        print(error)
print("ended", True)
"""


def ended(script: str, folder: Path) -> list[str]:
    """Return what a script said, the last line of which says that it came to its end."""
    command = [sys.executable, "-W", "error", "-c", script, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    *said, last = done.stdout.splitlines()
    assert last == "ended True"
    return said


def test_a_writer_killed_at_fifty_moments_loses_at_most_the_last_write_and_corrupts_nothing(tmp_path: Path) -> None:
    assert ended(KILLED, tmp_path / "workspace") == []


def test_a_full_disk_is_a_sentence_and_what_was_saved_before_is_there_once_there_is_room(tmp_path: Path) -> None:
    file, database = ended(FULL, tmp_path / "workspace")
    assert "cannot be written" in file and "The workspace cannot be used" in database


def test_a_folder_that_may_only_be_read_is_a_sentence_each_time(tmp_path: Path) -> None:
    for each in (tmp_path, *list(tmp_path.parents)[:3]):
        # the user that root becomes there has to get in
        each.chmod(0o755)
    (tmp_path / "workspace").mkdir()
    said = ended(READ_ONLY, tmp_path / "workspace")
    assert len(said) == 4 and all("cannot be" in each for each in said), said
