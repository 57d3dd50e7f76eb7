"""One page for busy people: the answer, four figures, and the aims that an allocation is judged by."""

import numpy as np

from medalloc.allocation.explaining.telling import answer, in_short
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import kind_of
from medalloc.allocation.waiting.of_plan import in_one_sentence, waits_of
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Figure, Part
from medalloc.sentences import Sentence, sentence

NONE = sentence("No plan keeps all limits together. The part about decisions says which, and what would mend them.")


def short(asked: Asked) -> Part:
    """Return the page."""
    title, plan = sentence("In short"), asked.plan
    if plan is None:
        return Part("short", title, (NONE,))
    lines = [answer(plan), *in_short(plan, asked.counted_in), *_against_today(asked, plan)]
    kind = kind_of(plan.problem.policy)
    best = sentence("What counts as best: {policy}. {meaning}", policy=kind.name, meaning=kind.meaning)
    return Part("short", title, (*lines, best), tuple(_figures(asked, plan)), sections=(_aims(plan),))


def _against_today(asked: Asked, plan: Plan) -> list[Sentence]:
    if asked.today is None:
        return []
    today, now = float(asked.today.served.sum()), float(plan.served.sum())
    return [
        sentence(
            "Today's units alone serve {today} of {demand} {unit}; with this plan it is {more} more.",
            today=round(today),
            demand=round(float(plan.problem.demand.sum())),
            unit=asked.unit,
            more=round(now - today),
        )
    ]


def _figures(asked: Asked, plan: Plan) -> list[Figure]:
    demand = round(float(plan.problem.demand.sum()))
    return [
        Figure(
            sentence("Served [{unit}]", unit=asked.unit),
            float(plan.served.sum()),
            0,
            False,
            sentence("of {demand} expected in need", demand=demand),
        ),
        Figure(sentence("Coverage"), plan.total_coverage, 1, True, sentence("served of those in need")),
        Figure(
            sentence("Lowest coverage"),
            plan.lowest_coverage,
            1,
            True,
            sentence("Worst-off region: {region}.", region=plan.worst_region),
        ),
        Figure(sentence("Gini of coverage"), plan.gini, 3, False, sentence("0: every region alike")),
    ]


def _aims(plan: Plan) -> Section:
    percent, stock = sentence("%"), plan.problem.stock
    left = float(np.mean(plan.left[stock > 0] / stock[stock > 0])) if (stock > 0).any() else 0.0
    rows: list[tuple[Cell, ...]] = [
        (
            sentence("Fair"),
            100 * plan.lowest_coverage,
            percent,
            sentence(
                "Of those in need in the worst-off region, {region}, so many are served.", region=plan.worst_region
            ),
        ),
        (
            sentence("Efficient"),
            100 * (1 - plan.price_of_fairness),
            percent,
            sentence("Of the most whom any plan within these limits could serve, so many are served."),
        ),
        (
            sentence("Little waste"),
            100 * left,
            percent,
            sentence("Of the units there are to place, so many stay in stock, on average over the resources."),
        ),
        *_waits(plan),
        (
            sentence("Quality"),
            100 * plan.total_coverage,
            percent,
            sentence("Of those in need, so many get all they require of every resource; who gets less is not counted."),
        ),
    ]
    head = (sentence("Aim"), sentence("Figure"), sentence("Unit"), sentence("What it means"))
    return Section(sentence("Five aims"), grid=Grid(head, tuple(rows), (None, 1, None, None)))


def _waits(plan: Plan) -> list[tuple[Cell, ...]]:
    """Return the mean wait for every resource that people queue for; that it is not known where there is none."""
    name, hours = sentence("Short waits"), sentence("hours")
    queues = waits_of(plan)
    if not queues:
        unknown = sentence("Not known: nothing says how long a person keeps a unit busy.")
        return [(name, None, hours, unknown)]
    regions = plan.problem.regions
    return [
        (
            name,
            found.overall_wait if np.isfinite(found.overall_wait) else None,
            hours,
            in_one_sentence(each, regions, found),
        )
        for each, found in queues.items()
    ]
