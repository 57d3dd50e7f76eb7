"""Where the plan puts what: the map, coverage beside today's, who gets what and why, units by region."""

from collections.abc import Sequence

import numpy as np

from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.plan import Plan
from medalloc.geography.matching import find_places
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part, Picture
from medalloc.sentences import Sentence, counted, sentence
from medalloc.study.steps import maps, plans

DRAWN = 25
"""Regions in a chart; of more, those with the most people left unserved. [count]"""

COLUMNS = 3
"""Resources of one table of units; more go into further tables. [count]"""


def regions(asked: Asked) -> Part | None:
    """Return what every region gets, the worst-off first."""
    plan = asked.plan
    if plan is None:
        return None
    order = plan.worst_first.tolist()
    units = [_units(plan, order, start) for start in range(0, len(plan.problem.resources), COLUMNS)]
    return Part(
        "regions",
        sentence("Who gets what, and why"),
        pictures=(*_map(asked, plan), _coverage(asked, plan)),
        sections=(_served(asked, plan, order), *units),
    )


def _map(asked: Asked, plan: Plan) -> list[Picture]:
    """Return the map; nothing where nobody says where the regions are."""
    ground = asked.answers(maps.ground)
    names, found = plan.problem.regions, None if ground is None else find_places(plan.problem.regions, ground)
    at: dict[str, tuple[float, float]] = {}
    if ground is not None and ground.points is not None:
        columns = (ground.points[each].tolist() for each in ("region", "longitude", "latitude"))
        at = {str(region): (float(x), float(y)) for region, x, y in zip(*columns, strict=True)}
    if not (found and found.ids) and not any(name in at for name in names):
        return []
    alt = counted(
        "Map of coverage of {count} region, from {low}% in {lowest} to {high}%.",
        "Map of coverage of {count} regions, from {low}% in {lowest} to {high}%.",
        count=len(names),
        low=round(100 * plan.lowest_coverage),
        lowest=plan.worst_region,
        high=round(100 * float(plan.coverage.max())),
    )
    return [
        Picture(
            "map",
            sentence("Coverage"),
            alt,
            names,
            tuple(plan.coverage.tolist()),
            boundaries="" if found is None or found.boundary_set.shapes else found.boundary_set.name,
            shapes="" if found is None else found.boundary_set.shapes,
            ids=() if found is None else tuple(found.ids.get(each, "") for each in names),
            places=tuple(at.get(each) for each in names),
        )
    ]


def _coverage(asked: Asked, plan: Plan) -> Picture:
    unmet, order = plan.unmet, plan.worst_first
    if len(order) > DRAWN:
        most = set(np.argsort(-unmet, kind="stable")[:DRAWN].tolist())
        order = np.array([each for each in order.tolist() if each in most])
    today = () if asked.today is None else tuple(asked.today.coverage[order].tolist())
    title = sentence("Served, of those in need")
    said = sentence("Coverage by region, the lowest first; the tick is what today's units serve.")
    if len(plan.problem.regions) > len(order):
        said = counted(
            "Coverage of the {count} region with the most people left unserved, of {all}; the tick is what today's "
            "units serve.",
            "Coverage of the {count} regions with the most people left unserved, of {all}; the tick is what today's "
            "units serve.",
            count=len(order),
            all=len(plan.problem.regions),
        )
    names = tuple(plan.problem.regions[each] for each in order.tolist())
    return Picture("coverage", title, said, names, tuple(plan.coverage[order].tolist()), today)


def _served(asked: Asked, plan: Plan, order: Sequence[int]) -> Section:
    why = asked.answers(plans.plan_reasons) or reasons(plan)
    head = [
        sentence("Region"),
        sentence("Demand [{unit}]", unit=asked.unit),
        sentence("Served [{unit}]", unit=asked.unit),
        sentence("Coverage [%]"),
        sentence("Today [%]"),
        sentence("Why"),
    ]
    today = None if asked.today is None else asked.today.coverage
    rows = [
        (
            plan.problem.regions[each],
            float(plan.problem.demand[each]),
            float(plan.served[each]),
            100 * float(plan.coverage[each]),
            None if today is None else 100 * float(today[each]),
            why[each],
        )
        for each in order
    ]
    return Section(sentence("Who is served, and why"), grid=Grid(tuple(head), tuple(rows), (None, 0, 0, 1, 1, None)))


def _units(plan: Plan, order: Sequence[int], start: int) -> Section:
    """Return existing and placed units of some resources; also moved ones and those that stand in, where there are."""
    head: list[Sentence] = [sentence("Region")]
    columns: list[Sequence[float]] = []
    digits: list[int | None] = [None]
    for place, one in list(enumerate(plan.problem.resources))[start : start + COLUMNS]:
        shown = [
            (sentence("{resource}: there today [units]", resource=one.name), plan.problem.existing),
            (sentence("{resource}: placed [units]", resource=one.name), plan.units),
        ]
        if plan.moved is not None and one.is_moved:
            shown.append((sentence("{resource}: moved here [units]", resource=one.name), plan.moved))
        if plan.standing_in is not None and one.stands_in_for:
            shown.append((sentence("{resource}: standing in [units]", resource=one.name), plan.standing_in))
        for name, units in shown:
            head.append(name)
            columns.append(units[:, place].tolist())
            digits.append(0 if one.whole else 1)
    rows: list[tuple[Cell, ...]] = [
        (plan.problem.regions[each], *(column[each] for column in columns)) for each in order
    ]
    rows.append((sentence("All regions"), *(float(sum(column)) for column in columns)))
    return Section(sentence("Units by region"), grid=Grid(tuple(head), tuple(rows), tuple(digits)))
