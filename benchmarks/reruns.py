"""CPU seconds that the server takes for one run of each screen, which do not depend on what else the machine does.

    python -m benchmarks.reruns

One visitor of each story opens every screen and moves its sliders, several times; the protocol is the browser's. The
server's main thread sends and packs, another runs the script.
"""

import argparse
import asyncio
import os
import random
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.load import SCREENS, STORIES, Visitor, opened
from tests.browser import server

TICK = 1 / os.sysconf("SC_CLK_TCK")
"""What the system counts a process's time in. [s]"""


def used(process: int, thread: int | None = None) -> float:
    """Return the seconds of a processor that a process, or a thread of it, has used so far."""
    task = f"/task/{thread}" if thread else ""
    said = Path(f"/proc/{process}{task}/stat").read_text().rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) * TICK


async def measured(address: str, process: int, times: int) -> dict[str, list[tuple[float, float]]]:
    """Return the CPU seconds that each kind of run took of the server: all, and of its main thread alone."""
    found = defaultdict(list)
    chance = random.Random(0)
    for story in STORIES:
        async with opened(address) as line:
            visitor = Visitor(line)
            await visitor.run()
            await visitor.press(f"Open the plan of {story}")
            while visitor.page != visitor.pages["allocate"]:
                # what its plan waits for is worked out
                await asyncio.sleep(1)
                await visitor.run()
            for turn in range(times + 1):
                for name in SCREENS:
                    for kind in ("to", "slider on", "slider on"):
                        before = used(process), used(process, process)
                        page = visitor.pages[name]
                        if await (visitor.run(page=page) if kind == "to" else visitor.slide(chance)) is None:
                            continue
                        # what the server still does once the page is there is of this run, too
                        await asyncio.sleep(0.3)
                        after = used(process), used(process, process)
                        key = f"{story}: {kind} {name}" + (" (first)" if not turn and kind == "to" else "")
                        found[key].append((after[0] - before[0], after[1] - before[1]))
    return found


def main(given: list[str] | None = None) -> None:
    """Print what each kind of run takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        shared = {"MEDALLOC_PRIVATE": "", "MEDALLOC_WORKSPACE": folder}
        with server.running(shared) as address:
            process = int(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()[0])
            found = asyncio.run(measured(address, process, asked.times))
    for key, taken in sorted(found.items()):
        every, main_thread = np.mean(taken, axis=0)
        print(f"{key}: {len(taken)} runs, {every * 1e3:.0f} ms, main thread {main_thread * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
