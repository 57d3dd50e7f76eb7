"""The list as a table and as plain values."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from medalloc.priority.choosing import OPEN
from medalloc.priority.fairness import GroupOutcome, LabelShift
from medalloc.priority.listing import WaitingList
from medalloc.priority.placing import Placement
from medalloc.priority.reasons import reasons, under, whereabouts
from medalloc.sentences import Sentence, sentence

DECISION = {True: sentence("gets a unit"), False: sentence("gets none")}

Written = Callable[[Iterable[Sentence]], list[str]]


def in_english(said: Iterable[Sentence]) -> list[str]:
    """Return sentences in English."""
    return [str(each) for each in said]


def list_frame(
    found: WaitingList,
    other: WaitingList | None = None,
    placed: Placement | None = None,
    write: Written = in_english,
    why: tuple[Sentence, ...] | None = None,
) -> pd.DataFrame:
    """Return the list as a table: who gets a unit first, then by rank; no number that decided is left out.

    Parameters
    ----------
    found : WaitingList
        Who gets a unit.
    other : WaitingList, optional
        The same by another rule.
    placed : Placement, optional
        Where they go.
    write : callable
        Puts sentences into words.
    why : tuple of Sentence, optional
        Reasons, where they are known already.
    """
    order, rule = found.order, found.rule
    frame = pd.DataFrame({"rank": found.rank, "patient": found.waiting.patients})
    frame["decision"] = np.where(found.served, *write([DECISION[True], DECISION[False]]))
    if placed is not None:
        names = (*placed.facilities.names, "")
        frame["facility"] = [names[each] for each in placed.facility]
        ways = placed.facilities.way[np.arange(len(frame)), placed.facility]
        frame["way"] = np.where(placed.facility >= 0, ways, np.nan)
    frame["reason"] = write(reasons(found) if why is None else why)
    if placed is not None:
        frame["why_there"] = write(whereabouts(placed))
    if other is not None:
        frame["by_other_rule"] = write(under(other))
    if rule.terms:
        frame["score"] = order.score
    for place, term in enumerate(rule.terms):
        frame[f"points: {write([term.sentence])[0]}"] = order.points[:, place].round(9)
    if rule.bands:
        frame["band"] = order.band + 1
    if rule.waiting:
        frame[f"waiting: {rule.waiting}"] = found.waiting.table.frame[rule.waiting].astype("str").to_numpy()
    frame["lottery"] = order.lot.round(9)
    overridden = {each.patient: f"{each.decision}: {each.reason}" for each in found.overrides}
    if overridden:
        frame["override"] = [overridden.get(each, "") for each in found.waiting.patients]
    return frame.iloc[np.lexsort((found.rank, ~found.served))].reset_index(drop=True)


def in_short(found: WaitingList, other: WaitingList) -> Sentence:
    """Say how many get a unit, and how many of them had got none by another rule."""
    return sentence(
        "{served} of {patients} patients get one of {units} units by “{rule}”; {others} of them would get none by "
        "“{other}”.",
        served=int(found.served.sum()),
        patients=len(found.rank),
        units=found.units,
        rule=found.rule.name,
        other=other.rule.name,
        others=int((found.served & ~other.served).sum()),
    )


def priority_json(
    found: WaitingList,
    other: WaitingList,
    placed: Placement | None,
    groups: tuple[GroupOutcome, ...] | None,
    shifts: tuple[LabelShift, ...] | None,
) -> dict[str, Any]:
    """Return the list and what it means for groups as plain values; a row of ``patients`` is one of `list_frame`."""
    frame = list_frame(found, other, placed)
    told: dict[str, Any] = {
        "units": found.units,
        "served": int(found.served.sum()),
        "waiting": len(found.rank),
        "rule": found.rule.to_json(),
        "other_rule": other.rule.to_json(),
        "overrides": [each.to_json() for each in found.overrides],
        "open_units": found.open_units,
        "reserves": _reserves(found),
        "patients": frame.astype(object).where(frame.notna(), None).to_dict("records"),
    }
    if placed is not None:
        told["placement"] = {
            "status": placed.status,
            "value": placed.value,
            "bound": placed.bound,
            "gap": placed.gap,
            "unit": str(placed.facilities.unit),
            "facilities": [
                {"facility": name, "places": int(places), "taken": int(taken)}
                for name, places, taken in zip(
                    placed.facilities.names, placed.facilities.places, placed.taken(), strict=True
                )
            ],
        }
    if groups is not None:
        told["groups"] = [{**asdict(each), "share": each.share} for each in groups]
    if shifts is not None:
        told["labels"] = [asdict(each) for each in shifts]
    return told


def _reserves(found: WaitingList) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "units": each.units,
            "eligible": int(found.member[:, place].sum()),
            "given": int((found.category == place).sum()),
            "given_openly": int((found.member[:, place] & (found.category == OPEN)).sum()),
        }
        for place, each in enumerate(found.rule.reserves)
    ]
