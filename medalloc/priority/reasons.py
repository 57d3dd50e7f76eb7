"""One sentence for every decision, and what another rule would have said."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.priority.choosing import OPEN
from medalloc.priority.listing import NOWHERE, WITHHELD, WaitingList
from medalloc.priority.placing import Placement
from medalloc.sentences import Sentence, sentence, together

Places = NDArray[np.intp] | None
"""Of patients in the table; all of them where it is None."""


def reasons(found: WaitingList, places: Places = None) -> tuple[Sentence, ...]:
    """Return why patients get a unit or none."""
    last = {each: _last(found, each) for each in (OPEN, *range(len(found.rule.reserves)))}
    return tuple(together(_parts(found, place, last)) for place in _all(found, places))


def under(other: WaitingList, places: Places = None) -> tuple[Sentence, ...]:
    """Return what another rule alone says of patients."""
    name = other.rule.called
    gets, lacks = (
        sentence("would get a unit"),
        sentence("would get none"),
    )
    return tuple(
        sentence("By “{rule}”: rank {rank}, {outcome}.", rule=name, rank=int(rank), outcome=gets if served else lacks)
        for rank, served in ((other.rank[place], other.by_rule[place]) for place in _all(other, places))
    )


def whereabouts(placed: Placement, places: Places = None) -> tuple[Sentence, ...]:
    """Return where patients go and why there; an empty sentence for those who go nowhere."""
    names, unit = placed.facilities.names, placed.facilities.unit
    nearest = placed.facilities.way.argmin(axis=1)
    said = []
    for place in _all(placed.found, places):
        there = int(placed.facility[place])
        ways = placed.facilities.way[place]
        values = {"facility": names[there], "way": float(ways[there]), "unit": unit}
        near = int(nearest[place])
        if there < 0:
            said.append(Sentence(""))
        elif ways[there] <= ways[near]:
            said.append(sentence("Goes to {facility} ({way} {unit}), the nearest.", **values))
        else:
            values |= {"nearer": names[near], "less": float(ways[near])}
            said.append(
                sentence(
                    "Goes to {facility} ({way} {unit}); {nearer} ({less}) is nearer, but an exchange would lengthen "
                    "the travel of others by as much or more.",
                    **values,
                )
            )
    return tuple(said)


def _all(found: WaitingList, places: Places) -> list[int]:
    return list(range(len(found.rank))) if places is None else places.tolist()


def _last(found: WaitingList, category: int) -> int | None:
    """Return the place of the last patient by rank who has a unit of a category, overrides aside."""
    given = {each.patient for each in found.overrides}
    having = [each for each in np.flatnonzero(found.category == category) if found.waiting.patients[each] not in given]
    return int(max(having, key=lambda each: found.rank[each])) if having else None


def _parts(found: WaitingList, place: int, last: dict[int, int | None]) -> Iterator[Sentence]:
    """Yield what is to be said of one patient."""
    category = int(found.category[place])
    if (override := found.override(place)) is not None:
        yield _overridden(found, place, override.reason)
    where = {"rank": int(found.rank[place]), "patients": len(found.rank), "standing": _standing(found, place)}
    if category == WITHHELD:
        yield sentence("No unit: rank {rank} of {patients}{standing}.", **where)
    elif category == NOWHERE:
        yield sentence(
            "No unit, because no facility within reach has a place left: rank {rank} of {patients}{standing}.", **where
        )
    elif category >= 0:
        name = found.rule.reserves[category].name
        yield sentence("A unit reserved for “{name}”: rank {rank} of {patients}{standing}.", **where, name=name)
    elif category == OPEN:
        yield sentence("An open unit: rank {rank} of {patients}{standing}.", **where, units=found.open_units)
    else:
        yield from _without(found, place, where, last)


def _without(
    found: WaitingList, place: int, where: dict[str, object], last: dict[int, int | None]
) -> Iterator[Sentence]:
    cut = last[OPEN]
    if cut is None:
        yield sentence(
            "No unit, because none that is open to all is left: rank {rank} of {patients}{standing}.", **where
        )
    else:
        rank = int(found.rank[cut])
        yield sentence(
            "No unit: the last open one goes to rank {last}, this is rank {rank} of {patients}{standing}.",
            **where,
            last=rank,
        )
        if found.order.alike(place, cut, found.rule):
            yield sentence("Both are equal; the lottery with seed {seed} decided.", seed=str(found.rule.seed))
    for each in np.flatnonzero(found.member[place]):
        if (cut := last[int(each)]) is not None:
            name = found.rule.reserves[int(each)].name
            yield sentence(
                "The last one reserved for “{name}” goes to rank {last}.", name=name, last=int(found.rank[cut])
            )


def _standing(found: WaitingList, place: int) -> Sentence:
    """Return the points and the time waited in words; nothing where a rule goes by neither."""
    rule, said = found.rule, []
    if rule.terms:
        score = float(found.order.score[place])
        band, bands = int(found.order.band[place]) + 1, len(rule.bands) + 1
        how = sentence(", score {score} (band {band} of {bands})") if rule.bands else sentence(", score {score}")
        said.append(replace(how, values={"score": score, "band": band, "bands": bands}))
    if rule.waiting:
        cell = "–" if np.isnan(found.order.waited[place]) else str(found.waiting.cells(rule.waiting).iat[place])
        said.append(sentence(", {column} {cell}", column=rule.waiting, cell=cell))
    parts = {f"part{place}": each for place, each in enumerate(said)}
    return Sentence("".join(f"{{{name}}}" for name in parts), parts)


def _overridden(found: WaitingList, place: int, reason: str) -> Sentence:
    if found.by_rule[place]:
        return sentence("Decided by people: {reason}. The rule alone gives a unit.", reason=reason.rstrip("."))
    return sentence("Decided by people: {reason}. The rule alone gives none.", reason=reason.rstrip("."))
