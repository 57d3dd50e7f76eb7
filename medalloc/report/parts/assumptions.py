"""What the plan takes for granted, and where each number comes from: chosen by somebody, or a default of medalloc."""

from collections.abc import Iterator
from typing import Any

from medalloc.allocation.policy import kind_of
from medalloc.allocation.problem import Resource
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.quantities import those_of
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import Sentence, sentence
from medalloc.study import Study
from medalloc.study.steps import plans, tables

DEFAULT = sentence("assumption: the default of medalloc")
CHOSEN = sentence("chosen")
EXAMPLE = sentence("assumption: an example of medalloc")


def assumptions(asked: Asked) -> Part:
    """Return every assumption with its value and its source."""
    head = (sentence("Assumption"), sentence("Value in use"), sentence("Where it is from"))
    rows = (*_limits(asked), *_of_demand(asked))
    said = sentence("What nobody chose is a default: an assumption to be looked at, and no fact about these regions.")
    resources = Section(sentence("Resources"), grid=_resources(asked))
    return Part(
        "assumptions",
        sentence("Assumptions"),
        (said,),
        sections=(resources, Section(sentence("Everything else"), grid=Grid(head, tuple(rows)))),
    )


def _source(study: Study, name: str) -> Sentence:
    return DEFAULT if study.choice(name) == Study().choice(name) else CHOSEN


def _resources(asked: Asked) -> Grid:
    """Return what is said of each resource, one a row."""
    example, confirmed = asked.study.limits.resources is None, asked.answers(plans.requirements_confirmed) or {}
    rows: list[tuple[Cell, ...]] = []
    for resource in asked.problem.resources:
        for each in those_of("resource"):
            if each.field == "name":
                continue
            value, usual = getattr(resource, each.field), getattr(Resource("", 0.0), each.field, None)
            if each.field not in ("stock", "requirement", "unit_cost", "length_of_stay") and value == usual:
                continue
            source = EXAMPLE if example else DEFAULT if value == usual and each.field != "stock" else CHOSEN
            if each.field == "requirement" and resource.name in confirmed:
                source = sentence("confirmed; source: {source}", source=confirmed[resource.name])
            rows.append((resource.name, each.words, _value(value), source))
    head = (sentence("Resource"), sentence("Assumption"), sentence("Value in use"), sentence("Where it is from"))
    return Grid(head, tuple(rows))


def _value(value: Any) -> Cell:
    if value is None:
        return sentence("not said")
    if isinstance(value, bool):
        return sentence("yes") if value else sentence("no")
    return float(value) if isinstance(value, int | float) else str(value)


def _limits(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    study, problem = asked.study, asked.problem
    yield sentence("What counts as best"), kind_of(problem.policy).name, _source(study, "policy")
    if kind_of(problem.policy).number is not None:
        yield sentence("Its number (alpha)"), float(study.limits.alpha), _source(study, "alpha")
    yield sentence("Smallest coverage of every region [%]"), 100 * study.limits.floor, _source(study, "floor")
    budget = study.limits.budget
    yield sentence("Budget [money]"), sentence("no limit") if budget is None else budget, _source(study, "budget")
    yield (
        sentence("A person who is served in part"),
        sentence("does not count as served"),
        sentence("how medalloc counts"),
    )


def _of_demand(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    study = asked.study
    if asked.answers(tables.is_from_counts):
        for title, name in (
            (sentence("Periods looked ahead"), "forecast_horizon"),
            (sentence("Period planned for; 0 for all"), "forecast_period"),
        ):
            yield title, float(study.choice(name)), _source(study, name)
        return
    if asked.training is None:
        yield sentence("Demand"), sentence("as the table of regions says"), sentence("the table")
        return
    yield sentence("Seed of everything random"), float(study.need.seed), _source(study, "seed")
    yield sentence("Period of the demand [days]"), study.demand.period_days, _source(study, "period_days")
    for title, name in (
        (sentence("Patients stand for the whole population of their region"), "scale_to_population"),
        (sentence("Observed need moves a region beyond what its patients' features say"), "know_regions"),
        (sentence("Intervals hold the luck of who came as a patient"), "patients_anew"),
    ):
        yield title, _value(study.choice(name)), _source(study, name)
