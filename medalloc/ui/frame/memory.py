"""What the server does about its memory: arrays that go back to the system, garbage that is seldom looked for."""

import ctypes
import gc
from contextlib import suppress
from importlib import import_module
from threading import Timer
from time import monotonic

from streamlit.runtime.scriptrunner import script_runner

MMAP_THRESHOLD, LARGE = -3, 1 << 20
"""Option of the C library by its number, and from how many bytes on an array is memory of its own. [bytes]"""

READING = 8.0
"""How long a first visitor looks at Home before anything else is asked for. [s]"""

COLLECT = 10.0
"""From one look through all objects to the next. [s]"""


class Seldom:
    """What streamlit asks after every run to collect garbage, which would be a third of a busy server's work."""

    def __init__(self, pause: float) -> None:
        """Let it look through everything once in so many seconds."""
        self._pause, self._next = pause, 0.0

    def collect(self, generation: int = 2) -> int:
        """Look for what can go, unless that was done a moment ago."""
        now = monotonic()
        if now < self._next:
            return 0
        self._next = now + self._pause
        return gc.collect(generation)


def collect_seldom() -> None:
    """Have streamlit look for garbage seldom, and never among what is loaded by now."""
    script_runner.gc = Seldom(COLLECT)  # type: ignore[attr-defined, assignment]
    _set_aside()


def load_models_later() -> Timer:
    """Load what lessons learn with while the first visitor reads: the start would take a second and more with it."""
    later = Timer(READING, _load_models)
    later.daemon = True
    later.start()
    return later


def give_back() -> None:
    """Have the memory of large arrays go back to the system when nobody needs them, where the C library can be told.

    It keeps what was freed for what is asked for next otherwise, and the larger a freed array was, the more.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def _load_models() -> None:
    import_module("sklearn.ensemble")
    _set_aside()


def _set_aside() -> None:
    """Leave what is in use out of later looks for garbage; what is garbage already goes first."""
    gc.collect()
    gc.freeze()
