"""Who is first among 100,000 patients, and who goes where among some thousands: `python -m benchmarks.priority`."""

from time import process_time

import numpy as np
import pandas as pd

from medalloc.priority.choosing import choose
from medalloc.priority.facilities import Facilities
from medalloc.priority.listing import prioritise
from medalloc.priority.placing import place
from medalloc.priority.rule import Factor, Reserve, Rule, Term
from medalloc.priority.waiting import Waiting, waiting_of
from medalloc.sentences import Sentence
from medalloc.tables.table import Source, Table

PATIENTS, CATEGORIES, AIM = 100_000, 10, 1.0


def patients(count: int) -> Waiting:
    drawn = np.random.default_rng(1)
    columns = {f"category_{each}": drawn.integers(0, 5, count) for each in range(CATEGORIES)}
    frame = pd.DataFrame({"patient": np.arange(count).astype(str), "urgency": drawn.random(count), **columns})
    return waiting_of(Table(frame, {"patient": "patient id"}, Source("drawn", "")))


def rule(*, open_first: bool) -> Rule:
    reserves = tuple(Reserve(f"{each}", 3_000, Factor(f"category_{each}", "is", 1)) for each in range(CATEGORIES))
    return Rule("Urgency", terms=(Term(1.0, (Factor("urgency"),)),), reserves=reserves, open_first=open_first)


def chosen(*, open_first: bool) -> float:
    """Return how long the reserves take, patients in their order. [CPU s]."""
    drawn = np.random.default_rng(2)
    eligible, reserved = drawn.random((PATIENTS, CATEGORIES)) < 0.2, drawn.integers(1_000, 12_000, CATEGORIES)
    begun = process_time()
    choose(eligible, reserved, 20_000, open_first=open_first, keep_unfilled=False)
    return process_time() - begun


def listed(*, open_first: bool) -> float:
    """Return how long a whole list takes: points, lottery, categories, reserves. [CPU s]."""
    waiting, by = patients(PATIENTS), rule(open_first=open_first)
    begun = process_time()
    prioritise(waiting, by, 40_000)
    return process_time() - begun


def placed(count: int, facilities: int) -> float:
    """Return how long it takes to place patients, each with a place of their own. [CPU s]."""
    drawn = np.random.default_rng(3)
    way = np.linalg.norm(drawn.random((count, 1, 2)) - drawn.random((1, facilities, 2)), axis=2)
    names = tuple(map(str, range(facilities)))
    there = Facilities(names, np.full(facilities, count // (2 * facilities)), way, Sentence("km"), ())
    begun = process_time()
    place(patients(count), Rule(terms=(Term(1.0, (Factor("urgency"),)),)), count, (), there)
    return process_time() - begun


def main() -> None:
    """Print every row."""
    for name, seconds in (
        ("reserves given first", chosen(open_first=False)),
        ("open units given first", chosen(open_first=True)),
        ("the whole list, reserves given first", listed(open_first=False)),
        ("the whole list, open units given first", listed(open_first=True)),
    ):
        said = f"{PATIENTS:,} patients x {CATEGORIES} categories, {name} [CPU s]"
        print(f"{said}: {seconds:.2f}, {AIM:g}, {seconds / AIM:.2f}, at most 1")
    for count, facilities in ((1_000, 20), (4_000, 50)):
        print(f"{count:,} patients to {facilities} facilities [CPU s]: {placed(count, facilities):.2f}")


if __name__ == "__main__":
    main()
