"""One page for busy people: the answer, four figures, and the aims that an allocation is judged by."""

from math import isfinite

from medalloc.allocation.explaining.telling import answer, in_short
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import kind_of
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Figure, Part
from medalloc.sentences import Sentence, sentence
from medalloc.study.steps import measures, worlds

NONE = sentence("No plan keeps all limits together. The part about decisions says which, and what would mend them.")


def short(asked: Asked) -> Part:
    """Return the page."""
    title, plan = sentence("In short"), asked.plan
    if plan is None:
        broken = () if asked.conflict is None else asked.conflict.conflicts
        return Part("short", title, (NONE, *(said for each in broken for said in (each.limit, each.repair))))
    lines = [answer(plan), *in_short(plan, asked.counted_in), *_against_today(asked, plan), *_promises(asked)]
    kind = kind_of(plan.problem.policy)
    best = sentence("What counts as best: {policy}. {meaning}", policy=kind.name, meaning=kind.meaning)
    return Part("short", title, (*lines, best), tuple(_figures(asked, plan)), sections=(_aims(asked),))


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


def _promises(asked: Asked) -> list[Sentence]:
    """Return which promises are broken, or that none is; nothing where none were made."""
    found = asked.answers(worlds.kept_promises) or ()
    broken = [each.said for each in found if not each.kept]
    return broken or ([sentence("Every promise that was made of this plan is kept.")] if found else [])


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


def _aims(asked: Asked) -> Section:
    """Return the aims as the screens tell them; what has no number says what it takes to have one."""
    rows: list[tuple[Cell, ...]] = [
        (
            each.name,
            each.measure,
            None
            if each.value is None or not isfinite(each.value)
            else each.value * (100 if each.unit == "fraction" else 1),
            sentence("%") if each.unit == "fraction" else sentence("hours"),
            each.meaning,
        )
        for each in asked.answers(measures.plan_aims) or ()
    ]
    head = (sentence("Aim"), sentence("Measure"), sentence("Figure"), sentence("Unit"), sentence("What it means"))
    return Section(sentence("Five aims"), grid=Grid(head, tuple(rows), (None, None, 1, None, None)))
