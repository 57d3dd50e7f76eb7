"""How fair the plan is, by every measure that what is known of the regions allows."""

from collections.abc import Sequence

import numpy as np

from medalloc.allocation.explaining.telling import share
from medalloc.allocation.scorecard import Score
from medalloc.allocation.scorecard.equity import Equity
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import sentence
from medalloc.study.steps import measures


def fairness(asked: Asked) -> Part | None:
    """Return the measures, and those of groups of regions where a column says in which each is."""
    plan = asked.plan
    if plan is None:
        return None
    said = sentence(
        "Read them beside the level: {level} of expected need is met. Nobody served would be perfectly equal.",
        level=share(plan.total_coverage, 1),
    )
    scores = asked.answers(measures.plan_scores) or ()
    sections = [Section(sentence("Measures of fairness"), grid=_grid(scores))]
    compared = asked.answers(measures.plan_equity)
    sections += [] if compared is None else [_by_column(asked, compared)]
    return Part("fairness", sentence("How fair it is"), (said,), sections=tuple(sections))


def _by_column(asked: Asked, compared: Equity) -> Section:
    """Return who is served by the column that was chosen."""
    head = (
        sentence("Group"),
        sentence("Regions"),
        sentence("Demand [{unit}]", unit=asked.unit),
        sentence("Served [{unit}]", unit=asked.unit),
        sentence("Coverage [%]"),
    )
    columns = (compared.demand, compared.served, 100 * compared.coverage)
    rows: list[tuple[Cell, ...]] = list(
        zip(compared.groups, map(float, compared.regions), *(each.tolist() for each in columns), strict=True)
    )
    return Section(
        sentence("By {column}", column=compared.by), (compared.said,), Grid(head, tuple(rows), (None, 0, 0, 0, 1))
    )


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
    return Grid(head, tuple(rows))
