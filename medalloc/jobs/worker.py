"""The process that does the work: reads folders from standard input, one run after the other.

Started by the pool as ``python -m medalloc.jobs.worker SERVER``. It ends when its input ends, and in the middle of a
run when its server is gone, except on Windows, where nobody adopts an orphan.
"""

import errno
import os
import sys
import threading
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medalloc.errors import MedallocError, reason_of, refused
from medalloc.jobs.run import Run, Status
from medalloc.sentences import Sentence, sentence

if TYPE_CHECKING:
    # loaded later: until then nobody would see the server end
    from medalloc.jobs.protocol import Task

ABOVE = ("medalloc.report.task",)
"""Rooms above this one that have tasks of their own."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""Ways in which a disk takes no more."""

SECONDS_ORPHANED = 0.5
"""How long a worker goes on at most without its server."""


def main(server: int) -> None:
    """Serve runs until standard input ends, or the process with this number does."""
    if sys.platform != "win32":
        threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    with os.fdopen(os.dup(1), "w") as answers:
        # what a task or one of its libraries prints must not pass for an answer
        os.dup2(2, 1)
        known_tasks()
        for line in sys.stdin:
            perform(Run(Path(line.rstrip("\n"))))
            print("ended", file=answers, flush=True)


def _end_with(server: int) -> None:
    """End this process, whatever it is doing, when its server was killed and so another process adopted it."""
    while os.getppid() == server:
        time.sleep(SECONDS_ORPHANED)
    os._exit(1)


def known_tasks() -> Mapping[str, type["Task[Any]"]]:
    """Return every kind of task by name; the first time loads all that they need, which takes seconds."""
    from medalloc.jobs.tasks import TASKS

    for room in ABOVE:
        # each adds its own tasks; by name, because nothing here stands on what is above it
        import_module(room)
    return TASKS


def perform(run: Run) -> None:
    """Do one run and write how it ended.

    Parameters
    ----------
    run : Run
        With its request and inputs in place.
    """
    since = time.time()

    def progress(fraction: float, stage: Sentence) -> None:
        run.report(Status("running", fraction, stage, since))

    progress(0.0, sentence("Starting"))
    try:
        request = run.request()
        if request["task"] not in known_tasks():
            raise refused("There is no task “{task}”.", task=request["task"])
        known_tasks()[request["task"]].asked(run).perform(run.folder, progress)
    except MedallocError as error:
        run.report(Status("failed", 1.0, error.said, since))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            reason = reason_of(error)
            said = sentence("What was found cannot be kept ({reason}); make room and run it again.", reason=reason)
            run.report(Status("failed", 1.0, said, since))
            return
        # the bug surfaces in the server's log with its traceback; the reader gets a sentence
        run.report(Status("failed", 1.0, sentence("An unexpected fault; the server's log tells more."), since))
        sys.excepthook(*sys.exc_info())
    else:
        run.report(Status("done", 1.0, sentence("Done"), since))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    main(int(sys.argv[1]))
