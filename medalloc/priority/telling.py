"""Groups on a list as they may be told where few wait or few are served."""

from collections.abc import Sequence

import numpy as np

from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule
from medalloc.priority.fairness import GroupOutcome, LabelShift


def told_outcomes(outcomes: Sequence[GroupOutcome], rule: Rule, column: str = "") -> tuple[GroupOutcome, ...]:
    """Return the groups that may be told: enough wait, and nobody or enough are served, and left."""
    if rule.tells_all:
        return tuple(outcomes)
    names = [each.group for each in outcomes]
    counts = told_counts(
        [(each.waiting, each.served) for each in outcomes], rule, of=f"waiting by {column}", rows=names
    )
    return tuple(
        GroupOutcome(each.group, round(waiting), round(served), each.need_waiting, each.need_served, each.need_left)
        for each, (waiting, served) in zip(outcomes, counts, strict=True)
        if not np.isnan(waiting + served)
    )


def told_shifts(shifts: Sequence[LabelShift], rule: Rule, column: str = "") -> tuple[LabelShift, ...]:
    """Return the groups of which enough wait; the places are expected ones and stay as they are."""
    if rule.tells_all:
        return tuple(shifts)
    names = [each.group for each in shifts]
    waiting = told_counts([(each.waiting,) for each in shifts], rule, of=f"waiting by {column}", rows=names)[:, 0]
    return tuple(
        LabelShift(each.group, round(count), each.by_need, each.by_cost)
        for each, count in zip(shifts, waiting, strict=True)
        if not np.isnan(count)
    )
