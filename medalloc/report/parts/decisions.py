"""What keeps the plan from being more, which limits cannot be kept together, and what people decided by hand."""

from collections.abc import Iterator

import numpy as np

from medalloc.allocation.explaining.marginal import binding
from medalloc.allocation.plan import Plan
from medalloc.demand.region_table import reasons_of
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.quantities import quantity_of
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import Sentence, counted, sentence
from medalloc.study.steps import demands, plans, worlds


def decisions(asked: Asked) -> Part:
    """Return limits with what one more unit would bring, conflicts, and overrides with their reasons."""
    lines: list[Sentence] = []
    sections: list[Section] = []
    if asked.conflict is not None:
        lines.append(sentence("No plan keeps all limits together."))
        sections.append(_conflicts(asked))
    elif asked.plan is not None:
        lines += [sentence("All limits are kept together."), *binding(asked.plan)]
        sections.append(_prices(asked, asked.plan))
        sections += _promises(asked)
    lines += _locks(asked)
    if by_hand := [*_numbers_by_hand(asked), *_demand_by_hand(asked)]:
        head = (sentence("Region"), sentence("What was set"), sentence("To"), sentence("Reason given"))
        sections.append(Section(sentence("Set by hand"), grid=Grid(head, tuple(by_hand))))
    else:
        lines.append(sentence("Nobody set a number of a region by hand."))
    return Part(
        "decisions", sentence("Limits, conflicts and decisions by hand"), tuple(lines), sections=tuple(sections)
    )


def _conflicts(asked: Asked) -> Section:
    head = (sentence("Limit"), sentence("Required"), sentence("Available"), sentence("Repair"))
    found = asked.conflict.conflicts if asked.conflict else ()
    rows = tuple((each.limit, float(each.required), float(each.available), each.repair) for each in found)
    return Section(sentence("Limits that conflict"), grid=Grid(head, rows))


def _prices(asked: Asked, plan: Plan) -> Section:
    rough = plan.shadow_price_kind == "relaxed"
    gain = sentence("One more unit, at best [{unit}]") if rough else sentence("One more unit serves [{unit}]")
    head = (
        sentence("Resource"),
        sentence("Stock [units]"),
        sentence("Placed [units]"),
        sentence("Unallocated [units]"),
        Sentence(gain.template, {"unit": asked.unit}),
    )
    columns = (plan.problem.stock, plan.used, plan.left, plan.shadow_price)
    rows: list[tuple[Cell, ...]] = list(
        zip(plan.problem.resource_names, *(np.asarray(each).tolist() for each in columns), strict=True)
    )
    said: list[Sentence] = []
    if plan.problem.budget is not None:
        said.append(
            sentence("Spent: {spent} of a budget of {budget}.", spent=round(plan.spent), budget=plan.problem.budget)
        )
    return Section(
        sentence("Marginal value of one more unit"), tuple(said), Grid(head, tuple(rows), (None, 0, 0, 0, 2))
    )


def _promises(asked: Asked) -> list[Section]:
    """Return which promises the plan keeps; nothing where none were made."""
    kept = tuple(each.said for each in asked.answers(worlds.kept_promises) or ())
    return [Section(sentence("Promises"), kept)] if kept else []


def _locks(asked: Asked) -> list[Sentence]:
    settled = ~np.isnan(asked.problem.locked)
    if not settled.any():
        return []
    said = [
        counted(
            "Units that are locked, whatever the policy says: in {count} region.",
            "Units that are locked, whatever the policy says: in {count} regions.",
            count=int(settled.any(axis=1).sum()),
        )
    ]
    if asked.plan is not None and asked.answers(plans.large_problem) is None:
        cost = asked.answers(plans.locks_cost) or 0.0
        said.append(
            sentence("Without the locks, {more} more {unit} would be served.", more=round(cost), unit=asked.unit)
        )
    return said


def _numbers_by_hand(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    known = set(asked.problem.regions)
    for region, numbers in asked.study.limits.region_changes.items():
        for role, value in numbers.items() if region in known else ():
            _, _, resource = role.partition(":")
            quantity = quantity_of(role)
            name = (
                sentence("{quantity} ({resource})", quantity=quantity.title, resource=resource)
                if resource
                else quantity.title
            )
            yield region, name, sentence("no limit") if value is None else float(value), ""


def _demand_by_hand(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    start = asked.answers(demands.region_table)
    if start is None:
        return
    demand = dict(zip(asked.problem.regions, asked.problem.demand.tolist(), strict=True))
    for region, reason in reasons_of(start).items():
        yield region, sentence("demand"), demand.get(region), reason
