"""Seconds that many visitors at once wait for a slider or a screen, while somebody trains.

    python -m benchmarks.load --visitors 30 --seconds 120

Every visitor speaks the protocol of the browser with a server on this machine; nothing is drawn, so that it alone
is measured. Each opens a finished plan, then moves a slider or changes the screen every four seconds.
"""

import argparse
import asyncio
import random
import resource
import secrets
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from medalloc.ui.visit import BROWSER
from tests.browser import server

PAUSE = 4.0
"""From one move of a visitor to the next, on average. [s]"""
PATIENCE = 60.0
"""What takes longer is an error. [s]"""
STORIES = ("the world", "Boston")
SCREENS = ("home", "data", "need", "demand", "allocate", "what_if", "report", "learn")
LARGEST = 64_000_000


@dataclass
class Visitor:
    """One browser as the server sees it."""

    line: ClientConnection
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    """Hash of each screen, by its name in addresses."""
    query: str = ""
    shown: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Controls on the screen by id, each with the fragment it is in."""

    async def run(self, *states: WidgetState, page: str | None = None, fragment: str = "") -> float:
        """Have the screen run, and return the seconds until it has."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self.page if page is None else page
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.widgets.extend(states)
        begun = time.perf_counter()
        await self.line.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._is_done(ForwardMsg.FromString(await self.line.recv()), fragment):
                pass
        return time.perf_counter() - begun

    def _is_done(self, said: ForwardMsg, fragment: str) -> bool:
        kind = said.WhichOneof("type")
        if kind == "new_session":
            self.page = said.new_session.page_script_hash
            if not fragment:
                self.shown.clear()
        elif kind == "navigation":
            self.pages = {each.url_pathname or "home": each.page_script_hash for each in said.navigation.app_pages}
        elif kind == "page_info_changed":
            self.query = said.page_info_changed.query_string
        elif kind == "delta":
            element = said.delta.new_element
            what = element.WhichOneof("type") if said.delta.WhichOneof("type") == "new_element" else ""
            if what == "exception":
                raise RuntimeError(element.exception.message)
            if what in ("slider", "button"):
                control = getattr(element, what)
                self.shown[control.id] = (control, said.delta.fragment_id)
        elif kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError("The script ended with an error.")
        return kind == "script_finished" and said.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        )

    async def press(self, label: str) -> float:
        """Press the first button whose label begins so."""
        if (button := self.button(label)) is None:
            raise RuntimeError(f"There is no button “{label}”.")
        return await self.run(WidgetState(id=button.id, trigger_value=True))

    def button(self, label: str) -> Any:
        """Return the first button whose label begins so and that can be pressed, or None."""
        found = (each for each, _ in self.shown.values() if not hasattr(each, "step") and each.label.startswith(label))
        return next((each for each in found if not each.disabled), None)

    async def move(self, chance: random.Random) -> tuple[str, float]:
        """Move a slider or change the screen, and return which of them with the seconds that took."""
        seconds = None if chance.random() < 0.5 else await self.slide(chance)
        if seconds is None:
            name = chance.choice([each for each in SCREENS if self.pages.get(each) not in (None, self.page)])
            return f"to {name}", await self.run(page=self.pages[name])
        here = next((name for name, each in self.pages.items() if each == self.page), "home")
        return f"slider on {here}", seconds

    async def slide(self, chance: random.Random) -> float | None:
        """Move a slider, and return the seconds that took; None where the screen has none."""
        sliders = [pair for pair in self.shown.values() if hasattr(pair[0], "step") and not pair[0].disabled]
        if not sliders:
            return None
        slider, fragment = chance.choice(sliders)
        state = WidgetState(id=slider.id)
        # as a hand does, a few steps at a time
        by = chance.choice([-3, -2, -1, 1, 2, 3]) * slider.step
        values = slider.value if slider.set_value else slider.default
        state.double_array_value.data.extend(min(slider.max, max(slider.min, each + by)) for each in values)
        return await self.run(state, fragment=fragment)


@dataclass
class Heard:
    """What all visitors waited for."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    trainings: int = 0


def opened(address: str) -> Any:
    """Return a line to the server, as a browser with a name of its own has it."""
    cookie = {"Cookie": f"{BROWSER}={secrets.token_urlsafe(32)}"}
    at = address.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(at, subprotocols=["streamlit"], additional_headers=cookie, max_size=LARGEST)  # type: ignore[list-item]


async def visits(address: str, number: int, until: float, heard: Heard) -> None:
    """Be one visitor until the time is over."""
    chance = random.Random(number)
    try:
        async with opened(address) as line:
            visitor = Visitor(line)
            await visitor.run()
            await visitor.press(f"Open the plan of {STORIES[number % len(STORIES)]}")
            while time.monotonic() < until:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE)
                kind, seconds = await visitor.move(chance)
                heard.seconds[kind].append(seconds)
    except Exception as error:
        # whatever happens to one of them is counted, and the others go on
        heard.errors[f"{type(error).__name__}: {error}"[:200]] += 1


async def trains(address: str, until: float, heard: Heard) -> None:
    """Train on the sample, again and again, until the time is over."""
    try:
        async with opened(address) as line:
            visitor = Visitor(line)
            await visitor.run()
            await visitor.run(page=visitor.pages["data"])
            await visitor.press("Use this sample")
            await visitor.run(page=visitor.pages["need"])
            while time.monotonic() < until:
                if visitor.button("Train") is not None:
                    await visitor.press("Train")
                    heard.trainings += 1
                await asyncio.sleep(5)
                await visitor.run()
    except Exception as error:
        heard.errors[f"training: {type(error).__name__}: {error}"[:200]] += 1


async def everybody(addresses: list[str], visitors: int, seconds: float) -> Heard:
    """Have so many visitors and one who trains come one after the other, and stay."""
    heard, until = Heard(), time.monotonic() + seconds + visitors * 0.5
    async with asyncio.TaskGroup() as group:
        group.create_task(trains(addresses[0], until, heard))
        for number in range(visitors):
            group.create_task(visits(addresses[number % len(addresses)], number, until, heard))
            await asyncio.sleep(0.5)
        # those who come first wait for those who come last; only a full house counts
        heard.seconds.clear()
    return heard


def main(given: list[str] | None = None) -> None:
    """Print how long many visitors wait."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--servers", type=int, default=1, help="that share a workspace, as behind one proxy")
    asked = parser.parse_args(given)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        shared = {"MEDALLOC_PRIVATE": "", "MEDALLOC_WORKSPACE": folder, "MEDALLOC_VISITORS": str(asked.visitors + 1)}
        addresses = [running.enter_context(server.running(shared)) for _ in range(asked.servers)]
        heard = asyncio.run(everybody(addresses, asked.visitors, asked.seconds))
        running.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for kind, seconds in (*sorted(heard.seconds.items()), ("all", [*chain(*heard.seconds.values())])):
        if seconds:
            half, most = np.quantile(seconds, [0.5, 0.95])
            print(f"{kind}: {len(seconds)} times, median {half:.2f} s, p95 {most:.2f} s, longest {max(seconds):.2f} s")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"Visitors {asked.visitors}, trainings begun {heard.trainings}, errors {heard.errors.total()}.")
    print(f"CPU of the servers, start and trainings included: {used:.0f} s.")
    for said, count in heard.errors.items():
        print(f"{count} x {said}")


if __name__ == "__main__":
    main()
