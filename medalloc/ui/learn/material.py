"""What the lessons are taught on: built-in samples, or the class's own patients."""

from collections.abc import Callable
from functools import partial
from threading import RLock
from typing import Any, Generic, TypeVar

from medalloc.errors import refused
from medalloc.lessons.convolution import Series, weekly
from medalloc.lessons.sample import Sample, few, halves, numbers_of
from medalloc.study.kept import Kept
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.kit import other_tables, samples

PATIENTS = "patients_article.csv"
WEEKS = "weekly_boston_flu.csv"
SEED = 7
"""Decides which patients a class looks at."""

SHOWN = 150
"""Patients of a picture of single patients."""

LEARNT = 1200
"""Patients that trees learn from and are tested on, half and half."""


T = TypeVar("T")


LOOKING, WORKING = RLock(), RLock()
"""Lessons are worked out one after the other, so that other screens stay quick; what is known waits for none."""


class _Once(Generic[T]):
    """What is worked out by the first who asks for it."""

    def __init__(self, function: Callable[..., T], *inputs: Any, **named: Any) -> None:
        self._work = partial(function, *inputs, **named)

    def answer(self) -> T:
        if not hasattr(self, "_answer"):
            with WORKING:
                if not hasattr(self, "_answer"):
                    self._answer = self._work()
        return self._answer


OF_ALL = Kept(shelf=600)
"""What follows from the samples is everybody's: a class does not wait for each of them to work it out."""


def keep(function: Callable[..., T], *inputs: Any, **named: Any) -> T:
    """Return what a function gives, worked out once: for all where it is of samples, else for this visit alone."""
    if state.learn().learn_from != "sample":
        return state.keep(function, *inputs, **named)
    with LOOKING:
        once: _Once[T] = OF_ALL.answer(_Once, function, *inputs, **named)
    return once.answer()


def table() -> Table:
    """Return the patients of the steps: the sample as the article prepares it, unless another table took its place.

    Raises
    ------
    InputError
        If the table that is to take its place cannot be read, or there is none.
    """
    chosen = state.learn()
    if chosen.learn_from == "sample":
        return keep(_read, PATIENTS)
    if chosen.learn_from == "file":
        found = other_tables.of_file(chosen.learn_file, chosen.learn_file_name)
    else:
        found = other_tables.in_use()
    if found is None:
        raise refused("There is no table in use any more; choose other patients for the steps.")
    return found


def patients() -> Sample:
    """Return the same as numbers."""
    return keep(numbers_of, table())


def shown(columns: tuple[str, str]) -> Sample:
    """Return a few patients, as many in need as not, by two columns."""
    return few(patients(), SHOWN, seed=SEED, even=True).of(columns)


def parts(columns: tuple[str, ...]) -> tuple[Sample, Sample]:
    """Return patients to learn from and to test on, by some columns."""
    return halves(few(patients(), LEARNT, seed=SEED).of(columns), share=0.5, seed=SEED)


def weeks() -> Table:
    """Return the weekly sample."""
    return keep(_read, WEEKS)


def series(place: str) -> Series:
    """Return the weekly series of a region, or the mean of all when none is named."""
    return keep(weekly, weeks(), place or None)


def _read(file: str) -> Table:
    return read_bytes((samples.FOLDER / file).read_bytes(), file)
