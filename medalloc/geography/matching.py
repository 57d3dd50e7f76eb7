"""Which boundary each region of a table is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from medalloc.geography.boundaries import COUNTRIES, SETS, BoundarySet, boundaries, every_set
from medalloc.geography.spelling import Spellings

ENOUGH = 0.6
"""Share of regions that must be found before a set of boundaries is used by itself."""

ENOUGH_NUMBERS = 10
"""Regions called by short numbers, such as 39, are found only when they are this many and each one is a code."""

AUTO, NO_MAP = "auto", "none"
"""The set that knows most regions, and none."""


@dataclass(frozen=True)
class Places:
    """The boundaries of a table's regions."""

    boundary_set: BoundarySet
    """Where the boundaries are."""

    ids: Mapping[str, str]
    """Boundary by region, each boundary at most once; regions without one of their own are left out."""

    unmatched: tuple[str, ...]
    """Regions without a boundary of their own: unknown ones, and those that name the same boundary as another."""

    near: Mapping[str, str] = field(default_factory=dict)
    """Of the regions above, those that are nearly called as a boundary, with its name."""

    ties: tuple[str, ...] = ()
    """Other sets that know as many of the regions; where all are single countries, no region has a boundary until one
    is chosen."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What was chosen about maps, and where regions are of which no boundary is known."""

    chosen: str = AUTO
    """Name of a set that ships, ``auto`` for one's own or else the one that knows most regions, ``none``."""

    own: BoundarySet | None = None
    """Boundaries that somebody brought."""

    by_hand: Mapping[str, str] = field(default_factory=dict)
    """Name or code of the boundary, nothing for none, by region; where it is not the one that is found."""

    points: Any = None
    """DataFrame with the columns ``region``, ``longitude`` and ``latitude`` [degrees], or None."""


@cache
def spellings(name: str) -> Spellings:
    """Return the names of a set that ships."""
    return Spellings(boundaries(name))


def names_in(boundary_set: BoundarySet) -> Spellings:
    """Return the names of a set."""
    return Spellings(boundary_set.own) if boundary_set.own else spellings(boundary_set.name)


def find_places(regions: Sequence[str], ground: Ground | None = None) -> Places | None:
    """Return the boundaries of regions in the set that was chosen or else knows most of them; None where none does.

    Two regions such as "Ohio" and "OH" that name the same boundary both stay without it: on a map either alone would
    pass for the whole.

    Parameters
    ----------
    regions : sequence of str
        Names or codes of countries, of their regions, of US counties, or as boundaries of one's own have them.
    ground : Ground, optional
        What was chosen.

    Examples
    --------
    >>> places = find_places(["Ohio", "wa", "South Carolina"])
    >>> places.boundary_set.name, places.ids["wa"]
    ('us_states', '53')
    >>> find_places(["Kampala", "Gulu", "Mbararra"]).near
    {'Mbararra': 'Mbarara'}
    >>> find_places(["North ward", "South ward"]) is None
    True
    """
    names, ground = list(dict.fromkeys(regions)), ground or Ground()
    if ground.chosen == NO_MAP or not names:
        return None
    if ground.chosen in every_set():
        return matched(names, every_set()[ground.chosen], ground.by_hand)
    if ground.own is not None:
        return matched(names, ground.own, ground.by_hand)
    best, others = _best(names)
    if best is None:
        return None
    if others and best.name.startswith(COUNTRIES):
        # North and South are of several countries: a map of any of them would be a guess
        return Places(best, {}, tuple(names), ties=tuple(others))
    found = matched(names, best, ground.by_hand, tuple(others))
    return found if found.ids else None


def _best(names: list[str]) -> tuple[BoundarySet | None, list[str]]:
    """Return the set that knows most of the regions, and others that know as many."""
    counts = {each.name: _count(names, each.name) for each in SETS}
    if max(counts.values()) < len(names):
        counts |= {name: _count(names, name) for name in every_set()}
    most = max(counts.values())
    if most == 0 or most < _needed(names):
        return None, []
    # of sets that know as many, one that is not of a single country, then the one of which least is left out
    tied = [name for name, count in counts.items() if count == most]
    tied.sort(key=lambda name: (name.startswith(COUNTRIES), len(boundaries(name))))
    # one name such as North is a district of some country, and says nothing
    if most == 1 and tied[0].startswith(COUNTRIES):
        return None, []
    return every_set()[tied[0]], tied[1:]


def _count(names: list[str], boundary_set: str) -> int:
    known = spellings(boundary_set)
    return sum(known.find(name) is not None for name in names)


def _needed(names: list[str]) -> float:
    """Return how many regions must be found: districts that are merely numbered are not US states by their codes."""
    short_numbers = all(name.strip().isdigit() and len(name.strip()) < 5 for name in names)
    return max(len(names), ENOUGH_NUMBERS) if short_numbers else ENOUGH * len(names)


def matched(
    names: Sequence[str], boundary_set: BoundarySet, by_hand: Mapping[str, str], ties: tuple[str, ...] = ()
) -> Places:
    """Return the boundaries of regions in one set: by hand, by code or name, else by one that is nearly the same."""
    known = names_in(boundary_set)
    said = {name: by_hand[name] for name in names if name in by_hand}
    sure = {name: known.find(said.get(name, name)) for name in names}
    claims = Counter(each for each in sure.values() if each is not None)
    ids = {name: each for name, each in sure.items() if each is not None and claims[each] == 1}
    lost = [name for name, each in sure.items() if each is None and name not in said]
    guesses = {name: each for name in lost if (each := known.near(name)) is not None and each not in claims}
    wanted = Counter(guesses.values())
    near = {name: each for name, each in guesses.items() if wanted[each] == 1}
    return Places(
        boundary_set,
        ids | near,
        tuple(name for name in names if name not in ids and name not in near),
        {name: known.names[each] for name, each in near.items()},
        ties,
    )
