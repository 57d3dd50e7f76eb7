"""The process that does the work: reads folders from standard input, one run after the other.

Started by the pool as ``python -m medalloc.jobs.worker``. It ends when its input ends, so it never outlives its server
by more than the run it is in.
"""

import os
import sys
import time
from pathlib import Path

from medalloc.errors import InputError, MedallocError
from medalloc.jobs.run import Run, Status
from medalloc.jobs.tasks import TASKS
from medalloc.sentences import Sentence, sentence


def main() -> None:
    """Serve runs until standard input ends."""
    with os.fdopen(os.dup(1), "w") as answers:
        # what a task or one of its libraries prints must not pass for an answer
        os.dup2(2, 1)
        for line in sys.stdin:
            perform(Run(Path(line.rstrip("\n"))))
            print("ended", file=answers, flush=True)


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
        if request["task"] not in TASKS:
            raise InputError(sentence("There is no task “{task}”.", task=request["task"]))
        TASKS[request["task"]].perform(run.folder, request["arguments"], progress)
    except MedallocError as error:
        run.report(Status("failed", 1.0, error.said, since))
    except Exception:
        # the bug surfaces in the server's log with its traceback; the reader gets a sentence
        run.report(Status("failed", 1.0, sentence("An unexpected fault; the server's log tells more."), since))
        sys.excepthook(*sys.exc_info())
    else:
        run.report(Status("done", 1.0, sentence("Done"), since))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    main()
