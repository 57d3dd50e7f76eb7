"""How fair the plan is, by every measure that what is known of the regions allows."""

from collections.abc import Sequence

import numpy as np

from medalloc.allocation.explaining.telling import share
from medalloc.allocation.plan import Plan
from medalloc.allocation.scorecard import Score, scorecard
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import sentence
from medalloc.study.steps import demands, plans
from medalloc.tables.table import Table


def fairness(asked: Asked) -> Part | None:
    """Return the measures, and those of groups of regions where a column says in which each is."""
    plan = asked.plan
    if plan is None:
        return None
    said = sentence(
        "Read them beside the level: {level} of expected need is met. Nobody served would be perfectly equal.",
        level=share(plan.total_coverage, 1),
    )
    scores = asked.answers(plans.plan_scores) or ()
    sections = [Section(sentence("Measures of fairness"), grid=_grid(scores))]
    start = asked.answers(demands.region_table)
    if start is not None:
        sections += [_by_group(plan, start, column, len(scores)) for column in start.columns("group")]
    return Part("fairness", sentence("How fair it is"), (said,), sections=tuple(sections))


def _by_group(plan: Plan, start: Table, column: str, known: int) -> Section:
    """Return the measures that groups of regions add to those that are known without them."""
    names = start.frame[start.required("region")].astype(str).str.strip()
    of = dict(zip(names, start.frame[column], strict=True))
    further = scorecard(plan, groups=[str(of.get(each, "")) for each in plan.problem.regions])[known:]
    return Section(sentence("By {column}", column=column), grid=_grid(further))


def _grid(scores: Sequence[Score]) -> Grid:
    def number(score: Score, value: float) -> float | None:
        return (100 * value if score.unit == "fraction" else value) if np.isfinite(value) else None

    rows: list[tuple[Cell, ...]] = [
        (
            each.name,
            number(each, each.value),
            number(each, each.best),
            sentence("%") if each.unit == "fraction" else "",
            each.meaning,
        )
        for each in scores
    ]
    head = (
        sentence("Measure"),
        sentence("This plan"),
        sentence("At best"),
        sentence("Unit"),
        sentence("What it means"),
    )
    return Grid(head, tuple(rows), (None, 3, 0, None, None))
