"""A fixed number of worker processes that every visitor's runs share."""

import atexit
import os
import queue
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from medalloc.errors import SourceError, reason_of, unreached
from medalloc.jobs.private import OWNER, PrivateFolder, hold, is_held
from medalloc.jobs.protocol import Answer, Task, adopt, answer_of
from medalloc.jobs.run import STATUS, Run, Status
from medalloc.jobs.slots import discard, hand_over, started
from medalloc.saved import Objects
from medalloc.sentences import sentence


class JobPool:
    """Runs wait in one line; each slot has one warm worker process that takes the next.

    Parameters
    ----------
    root : Path, optional
        Where runs live, those of earlier pools too; a private temporary folder that is removed on exit when left out.
    shared : Objects, optional
        The same for other servers, where they do not see that folder: what is done is sent there, and had from there.
    """

    def __init__(self, *, slots: int = 1, root: Path | None = None, shared: Objects | None = None) -> None:
        self._slots = slots
        self._private: PrivateFolder | None = None
        if root is None:
            self._private = PrivateFolder()
            root = self._private.path
        self.root, self._shared = root, shared or Objects(root)
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._workers: dict[int, subprocess.Popen[str]] = {}
        self._running: dict[str, int] = {}
        self._cancelled: set[str] = set()
        self._unwritten: dict[str, Status] = {}
        self._held: dict[str, int] = {}
        self._lock = threading.Lock()
        self._closed = False
        if self._private is None:
            self._lose_those_of_the_dead()
        self._threads = [threading.Thread(target=self._serve, args=(slot,), daemon=True) for slot in range(slots)]
        for thread in self._threads:
            thread.start()
        atexit.register(self.close)

    def submit(self, task: Task[Any]) -> str:
        """Put a task in line and return the id of its run.

        Raises
        ------
        RuntimeError
            If the pool is closed: the run would wait for ever.
        SourceError
            If there is no room for what it is given.
        """
        if self._closed:
            raise RuntimeError("The pool is closed.")
        name = secrets.token_urlsafe(12)
        try:
            self.run(name).folder.mkdir(mode=0o700, parents=True)
            self._held[name] = hold(self.run(name).folder)
            task.ask(self.run(name))
        except Exception as error:
            # nobody will learn the id of this run
            self._let_go(name)
            shutil.rmtree(self.run(name).folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise _no_room(error) from error
            raise
        self._queue.put(name)
        return name

    def adopt(self, task: Task[Any], found: Mapping[str, bytes]) -> str:
        """Take over what a task found elsewhere and return the id of its run.

        Raises
        ------
        SourceError
            If there is no room for it.
        """
        name = secrets.token_urlsafe(12)
        try:
            adopt(self.run(name), task, found)
        except OSError as error:
            raise _no_room(error) from error
        self.share(name)
        return name

    def status(self, run: str) -> Status:
        """Return how far a run is, with what it told so far; one that is not known is lost."""
        at = self.run(run)
        if not (at.folder / STATUS).exists():
            # it may be one that another server did
            with suppress(SourceError):
                self._shared.fetch(_last_its_status(each.name for each in self._shared.found(at.folder.name)))
        return self._unwritten.get(run) or at.status()

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run that is done found."""
        return answer_of(self.run(run), task)

    def run(self, name: str) -> Run:
        """Return the run with this id; its status is lost when there is none."""
        # ids come back from addresses in the browser: nothing in them may lead out of the root
        return Run(self.root / (re.sub(r"[^\w-]", "", name) or "none"))

    def cancel(self, name: str) -> None:
        """Stop a run, waiting or running; one that has ended stays as it is."""
        with self._lock:
            if self.run(name).status().ended:
                return
            self._cancelled.add(name)
            slot = self._running.get(name)
            if slot is not None:
                self._workers[slot].kill()
                # a dying worker could still overwrite the status
                self._workers[slot].wait()
            self.run(name).report(Status("cancelled", 1.0, sentence("Cancelled")))
            self._let_go(name)

    def close(self) -> None:
        """End the workers and remove what was temporary; a run that has not ended is lost."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for worker in self._workers.values():
                worker.kill()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(timeout=5)
        for name in list(self._held):
            self._let_go(name)
        if self._private is not None:
            self._private.remove()

    def _serve(self, slot: int) -> None:
        worker = self._start(slot)
        while (name := self._queue.get()) is not None:
            if worker.poll() is not None and not self._closed:
                discard(worker)
                worker = self._start(slot)
            with self._lock:
                if name in self._cancelled:
                    continue
                if self._closed:
                    self._lose(name)
                    continue
                self._running[name] = slot
            ended = hand_over(worker, self.run(name).folder)
            with self._lock:
                del self._running[name]
                if not ended:
                    worker.wait()
                if not ended and name not in self._cancelled:
                    self._lose(name)
                self._let_go(name)
            self.share(name)
        discard(worker)

    def share(self, name: str) -> None:
        """Let other servers have what a run found, once it is done."""
        if self.run(name).status().state == "done":
            files = {each.name for each in Objects(self.root).found(name)} - {f"{name}/{OWNER}"}
            try:
                self._shared.share(_last_its_status(files))
            except (SourceError, OSError) as error:
                # who asked for it has it here
                print(f"medalloc: {error}", file=sys.stderr)

    def _let_go(self, name: str) -> None:
        """Have others see that nobody works at a run any longer."""
        if (held := self._held.pop(name, None)) is not None:
            os.close(held)

    def _lose_those_of_the_dead(self) -> None:
        """Report that runs will not end whose pool was killed; what it finished is found as it is."""
        for folder in self.root.glob("*"):
            if not is_held(folder):
                self._lose(folder.name)

    def _lose(self, name: str) -> None:
        """Report that a run will not end by itself, unless it just did, or its folder was taken away."""
        run = self.run(name)
        if run.folder.exists() and not run.status().ended:
            lost = Status("lost", 1.0, sentence("The worker process ended; run it again."))
            try:
                run.report(lost)
            except OSError:
                # a full disk must not take the line with it
                self._unwritten[name] = lost

    def _start(self, slot: int) -> subprocess.Popen[str]:
        worker = started(self._slots)
        with self._lock:
            self._workers[slot] = worker
        return worker


def _no_room(error: OSError) -> SourceError:
    reason = reason_of(error)
    return unreached("A run cannot begin, as what it is given cannot be kept: {reason}.", reason=reason)


def _last_its_status(files: Iterable[str]) -> list[str]:
    """Return the files of a run in an order in which it is done once all of it is there."""
    return sorted(files, key=lambda each: (each.endswith(f"/{STATUS}"), each))
