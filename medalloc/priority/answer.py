"""The list as a table and as plain values."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.priority.choosing import OPEN
from medalloc.priority.fairness import GroupOutcome, LabelShift
from medalloc.priority.listing import WaitingList
from medalloc.priority.placing import Placement
from medalloc.priority.reasons import reasons, under, whereabouts
from medalloc.priority.scoring import ALIKE
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
    most: int | None = None,
) -> pd.DataFrame:
    """Return the list as a table: who gets a unit first, then by rank; no number that decided is left out.

    Parameters
    ----------
    other : WaitingList, optional
        The same by another rule.
    placed : Placement, optional
        Where they go.
    most : int, optional
        Rows from the first on; all when left out.
    """
    places = np.lexsort((found.rank, ~found.served))[:most]
    patients = np.array(found.waiting.patients, dtype=object)[places]
    made: dict[str, Any] = {"rank": found.rank[places], "patient": patients}
    made["decision"] = np.where(found.served[places], *write([DECISION[True], DECISION[False]]))
    made["reason"] = write(reasons(found, places))
    if placed is not None:
        there = placed.facility[places]
        made["facility"] = [(*placed.facilities.names, "")[each] for each in there]
        made["way"] = np.where(there >= 0, placed.facilities.way[places, there], np.nan)
        made["why_there"] = write(whereabouts(placed, places))
    if other is not None:
        made["by_other_rule"] = write(under(other, places))
    return pd.DataFrame({**made, **_numbers(found, places, write)})


def _numbers(found: WaitingList, places: NDArray[np.intp], write: Written) -> dict[str, Any]:
    """Return everything that decided, by what the column is called."""
    order, rule, made = found.order, found.rule, dict[str, Any]()
    if rule.terms:
        made["score"] = order.score[places]
    for term, name in enumerate(write([each.sentence for each in rule.terms])):
        made[f"points: {name}"] = order.points[places, term].round(ALIKE)
    if rule.bands:
        made["band"] = order.band[places] + 1
    if rule.waiting:
        made[f"waiting: {rule.waiting}"] = found.waiting.cells(rule.waiting).astype("str").to_numpy()[places]
    made["lottery"] = order.lot[places].round(ALIKE)
    if decided := {each.patient: f"{each.decision}: {each.reason}" for each in found.overrides}:
        made["override"] = [decided.get(found.waiting.patients[each], "") for each in places]
    return made


def in_short(found: WaitingList, other: WaitingList) -> Sentence:
    """Say how many get a unit, and how many of them had got none by another rule."""
    return sentence(
        "{served} of {patients} waiting get one of the units ({units}) by “{rule}”; {others} of them would get none "
        "by “{other}”.",
        served=int(found.served.sum()),
        patients=len(found.rank),
        units=found.units,
        rule=found.rule.called,
        other=other.rule.called,
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
