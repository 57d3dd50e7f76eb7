"""Groups as they may be told where few patients are in one."""

from dataclasses import replace

import numpy as np

from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule
from medalloc.need.groups.comparison import Groups
from medalloc.need.groups.scores import GroupScores

NOT_TOLD = (np.nan, np.nan)


def told(groups: Groups, rule: Rule) -> Groups:
    """Return groups of which those with few patients, or few in need or not in need, have no numbers.

    A group beside them is hidden too where the total would tell of one alone.
    """
    if rule.tells_all:
        return groups
    of, names = f"groups by {groups.column}", [each.group for each in groups.groups]
    counts = told_counts([(each.persons, each.in_need) for each in groups.groups], rule, of=of, rows=names)
    rows = told_counts([(each.rows,) for each in groups.groups], rule, of=of, rows=names)[:, 0]
    few = np.isnan(counts).any(axis=1) | np.isnan(rows)
    together = zip(groups.groups, rows, counts, few, strict=True)
    shown = (_without_numbers(each) if hidden else _as_told(each, row, *two) for each, row, two, hidden in together)
    return replace(groups, groups=tuple(shown))


def _as_told(one: GroupScores, rows: float, persons: float, in_need: float) -> GroupScores:
    return replace(one, rows=round(rows), persons=persons, in_need=in_need)


def _without_numbers(one: GroupScores) -> GroupScores:
    measures = (np.nan, NOT_TOLD) * 5
    return GroupScores(one.group, 0, np.nan, np.nan, np.nan, *measures)
