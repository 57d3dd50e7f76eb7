"""Memory of the server while somebody gives it the largest file that it takes, in a real browser.

    python -m benchmarks.uploads
    python -m benchmarks.uploads --megabytes 50

The server's resident size is looked at twenty times a second, that of its reader beside it: before the upload, at its
peak, and at rest with the table on the screen. Pages of files that are mapped count as long as they are in memory; the
system takes them back where it needs them, so that they are told apart, too. Linux only.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.need import line, patients
from tests.browser import chromium, server, visitor

LARGEST = 199.5
"""Just under what the server takes. [MB]"""

PIECE = 100_000
"""Rows that are made up at once. [count]"""

PATIENCE = 180_000
"""Milliseconds until a large table is on the screen."""


OWN = "RssAnon"
"""Resident memory that no file holds, as Linux calls it."""


@dataclass
class Watched:
    """What a server and its readers took, in the order of time."""

    server: list[int] = field(default_factory=list)
    """Resident sizes of the server. [bytes]"""

    own: list[int] = field(default_factory=list)
    """Of these, what is no file that is mapped. [bytes]"""

    readers: list[int] = field(default_factory=list)
    """The largest of its readers' at the same moments; 0 where there was none. [bytes]"""


def written(path: Path, megabytes: float) -> int:
    """Write a table of patients of that size, no row of which comes twice, and return its bytes."""
    most = int(megabytes * 1_000_000)
    with path.open("wb") as file:
        for seed in range(1_000):
            # as exports have them: a number of the patient, which is no feature, and two decimals
            made = patients(PIECE, seed).round(2).assign(patient_id=range(seed * PIECE, (seed + 1) * PIECE))
            text = made.to_csv(index=False, header=not seed, float_format="%.2f").encode()
            if file.tell() + len(text) > most:
                left = text[: most - file.tell()]
                file.write(left[: left.rindex(b"\n") + 1])
                break
            file.write(text)
        return file.tell()


def children(process: int) -> list[int]:
    """Return the processes that a process began."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []


def resident(process: int, which: str = "VmRSS") -> int:
    """Return the resident size of a process, or of a part of it; 0 when it is gone [bytes]."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(each.split()[1]) * 1024 for each in lines if each.startswith(which)), 0)


@contextmanager
def watching(process: int) -> Iterator[Watched]:
    """Look at the sizes of a server and of what it began, twenty times a second."""
    watched, done = Watched(), threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            begun = [each for child in children(process) for each in (child, *children(child))]
            watched.server.append(resident(process))
            watched.own.append(resident(process, OWN))
            watched.readers.append(max(map(resident, begun), default=0))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield watched
    finally:
        done.set()
        looking.join()


def the_server() -> int:
    """Return the process of the server that this program began."""
    return next(each for each in children(os.getpid()) if "streamlit" in Path(f"/proc/{each}/cmdline").read_text())


def main() -> None:
    """Print what was measured."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--megabytes", type=float, default=LARGEST)
    megabytes, path = asked.parse_args().megabytes, chromium.find()
    if path is None:
        print("uploads: not measured, there is no Chromium on this machine")
        return
    with tempfile.TemporaryDirectory() as folder, server.running() as address, sync_playwright() as playwright:
        file = Path(folder) / "largest.csv"
        size, process, browser = written(file, megabytes), the_server(), visitor.launch(playwright, path)
        with visitor.visit(browser, address) as (page, _):
            visitor.take_sample(page)
            page.wait_for_timeout(2000)
            before, own = resident(process), resident(process, OWN)
            with watching(process) as watched:
                begun = time.perf_counter()
                page.locator("input[type=file]").first.set_input_files(file)
                page.get_by_text("In use: largest.csv").wait_for(timeout=PATIENCE)
                visitor.settled(page)
                seconds = time.perf_counter() - begun
                page.wait_for_timeout(3000)
                at_rest, seen = resident(process), len(watched.server)
                visitor.go(page, "Prepare")
        browser.close()
    reader = max(watched.readers) / 1e6
    print(f"{size / 1e6:.1f} MB on the screen after {seconds:.0f} s; before {before / 1e6:.0f}, reader {reader:.0f} MB")
    for name, more, aim in (
        ("at its peak", max(watched.server[:seen]) - before, "none"),
        ("at its peak, without mapped files", max(watched.own[:seen]) - own, "at most 2"),
        ("at rest", at_rest - before, "none"),
        ("with Prepare opened", max(watched.server) - before, "none"),
    ):
        print(line(f"server {name}, beyond before, over the file [MB]", more / 1e6, size / 1e6, more / size, aim))


if __name__ == "__main__":
    main()
