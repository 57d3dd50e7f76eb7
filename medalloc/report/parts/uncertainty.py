"""How sure the demand is, and what the plan is worth where demand differs."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty.answer import IN_PARTS
from medalloc.demand import Demand
from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.telling import PATIENTS
from medalloc.disclosure.hiding import told
from medalloc.disclosure.laplace import expected_error
from medalloc.disclosure.rule import Rule
from medalloc.errors import InfeasibleError
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.scenarios import Change, Scenario, apply
from medalloc.scenarios.noise import price_of_noise
from medalloc.sentences import Sentence, counted, sentence
from medalloc.study.steps import demands, plans, sampling, tables

TRIED = (0.8, 0.9, 1.1, 1.2)
"""Parts of the expected demand for which a plan is made, too. [fraction]"""


def uncertainty(asked: Asked) -> Part:
    """Return intervals of demand, and plans for more and for less of it."""
    counted = asked.answers(tables.is_from_counts)
    known: Demand | Expected | None = (
        asked.answers(demands.expected_counts) if counted else asked.answers(demands.patients_demand)
    )
    sections, lines = [], []
    if known is None:
        lines.append(sentence("The table of regions does not say how sure its demand is."))
    elif isinstance(known, Expected) and not known.is_interval_known:
        lines.append(sentence("There are too few past dates to say how sure the forecast is."))
    else:
        lines.append(
            sentence(
                "The true demand of a region lies in its interval with a chance of {level}%, if the assumptions hold.",
                level=round(100 * known.level),
            )
        )
        outlook = asked.answers(demands.outlook) if counted else None
        lines += outlook.coverage.said if outlook is not None else ()
        sections.append(_intervals(asked, known))
    sections += [each for each in (_if_demand_differs(asked), _futures(asked)) if each is not None]
    return Part("uncertainty", sentence("How sure it is"), tuple(lines), sections=tuple(sections))


def _intervals(asked: Asked, known: Demand | Expected) -> Section:
    head = [
        sentence("Region"),
        sentence("Expected [{unit}]", unit=asked.unit),
        sentence("Low end [{unit}]", unit=asked.unit),
        sentence("High end [{unit}]", unit=asked.unit),
    ]
    rows: list[tuple[Cell, ...]] = list(
        zip(known.regions, known.mean.tolist(), known.low.tolist(), known.high.tolist(), strict=True)
    )
    digits: tuple[int | None, ...] = (None, 0, 0, 0)
    lines: tuple[Sentence, ...] = ()
    if isinstance(known, Demand):
        head += [sentence("Patients in the table"), sentence("Of them in need")]
        rule = replace(asked.rule, fewest=asked.made.fewest, rounded_to=asked.made.rounded_to)
        cells, lines = _patients(known, rule)
        lines += _noise(asked)
        rows = [(*row, *patients) for row, patients in zip(rows, cells, strict=True)]
        digits = (*digits, 0, 0)
    return Section(sentence("Demand with its interval"), lines, Grid(tuple(head), tuple(rows), digits))


def _noise(asked: Asked) -> tuple[Sentence, ...]:
    """Say that the numbers of patients carry noise, and what it costs the plan."""
    epsilon = asked.rule.epsilon
    if epsilon is None:
        return ()
    said = sentence(
        "Numbers of patients carry noise (discrete Laplace, epsilon {epsilon}): they are off by {error} on average.",
        epsilon=f"{epsilon:g}",
        error=f"{expected_error(epsilon):.1f}",
    )
    plan = asked.plan if asked.answers(plans.large_problem) is None else None
    price = None if plan is None else price_of_noise(plan, epsilon)
    return (said,) if price is None else (said, price.said)


def _patients(known: Demand, rule: Rule) -> tuple[list[tuple[Cell, ...]], tuple[Sentence, ...]]:
    """Return how many patients are in the table and how many of them in need, small numbers hidden."""
    observed = np.where(np.isnan(known.observed), 0, known.observed)
    table = np.column_stack([known.patients, np.rint(observed)])
    counts = told(table, rule, of=PATIENTS, rows=known.regions)
    hidden = sentence("not told")
    rows: list[tuple[Cell, ...]] = [
        tuple(hidden if np.isnan(each) else each for each in row) for row in counts.tolist()
    ]
    count = int(np.isnan(counts).sum())
    if not count:
        return rows, ()
    return rows, (
        counted(
            "Numbers of fewer than {fewest} patients are not told, nor those from which they could be worked out: "
            "{count} cell.",
            "Numbers of fewer than {fewest} patients are not told, nor those from which they could be worked out: "
            "{count} cells.",
            fewest=rule.fewest,
            count=count,
        ),
    )


def _if_demand_differs(asked: Asked) -> Section | None:
    """Return how much of the need is met if demand is higher or lower than expected; nothing where that is a search."""
    plan = asked.plan
    if plan is None or asked.answers(plans.large_problem) is not None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for factor in TRIED:
        try:
            other = solve(apply(plan.problem, Scenario("tried", (Change("demand", factor=factor),))))
        except InfeasibleError:
            rows.append((round(100 * (factor - 1), 6), None, None, None))
            continue
        kept = float(np.minimum(plan.served, other.problem.demand).sum() / max(other.problem.demand.sum(), 1e-300))
        rows.append((round(100 * (factor - 1), 6), 100 * other.total_coverage, 100 * other.lowest_coverage, 100 * kept))
    head = (
        sentence("Change of demand [%]"),
        sentence("Coverage of a new plan [%]"),
        sentence("Its lowest coverage [%]"),
        sentence("Coverage if this plan is kept, at least [%]"),
    )
    return Section(sentence("If demand is not as expected"), grid=Grid(head, tuple(rows), (0, 1, 1, 1)))


def _futures(asked: Asked) -> Section | None:
    """Return how the plan and others fare in sampled futures, where somebody held them against these."""
    found = asked.answers(sampling.held_futures) if asked.made.futures else None
    if not found:
        return None
    head = (
        sentence("Plan"),
        sentence("Served on average [{unit}]", unit=asked.unit),
        sentence("Served in the worst tenth [{unit}]", unit=asked.unit),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(each["plan"]), float(each["expected_served"]), float(each["served_in_worst_tenth"]))
        for each in found["plans"]
    ]
    said = [sentence("Demand scenarios: {count}.", count=int(found["futures"]))]
    if found["in_parts"]:
        said.append(IN_PARTS)
    return Section(sentence("In many futures"), tuple(said), Grid(head, tuple(rows), (None, 0, 0)))
