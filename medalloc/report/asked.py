"""What the parts of a report are made from: a study's answers, by the steps of screens and commands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from medalloc.allocation.plan import Plan, counted_in
from medalloc.allocation.problem import Problem
from medalloc.disclosure.rule import Rule
from medalloc.errors import InfeasibleError, refused
from medalloc.jobs.tasks import Assessed
from medalloc.report.report import Made
from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers, Study
from medalloc.study.steps import demands, needs, plans, tables
from medalloc.tables.table import Table


@dataclass(frozen=True)
class Asked:
    """A study with its answers."""

    answers: Answers
    """Of the study; what takes long has been done."""

    made: Made
    """What is chosen about the report."""

    rule: Rule
    """How numbers of people are told, and where it is remembered what was told."""

    @property
    def study(self) -> Study:
        """What was chosen."""
        return self.answers.study

    @cached_property
    def problem(self) -> Problem:
        """What is to be solved.

        Raises
        ------
        InputError
            Where something before it is missing.
        """
        found = self.answers(plans.problem)
        if found is None:
            raise refused("There is no plan to report yet: a table, its demand or what is placed is missing.")
        return found

    @cached_property
    def plan(self) -> Plan | None:
        """The plan; None where limits cannot be kept together."""
        try:
            found = self.answers(plans.plan)
        except InfeasibleError:
            return None
        # what is missing before it is said first
        if found is None and self.problem is not None:
            raise refused("The plan is still searched for; make the report when it is there.")
        return found

    @cached_property
    def conflict(self) -> InfeasibleError | None:
        """Which limits cannot be kept together; None where they can."""
        try:
            self.answers(plans.plan)
        except InfeasibleError as error:
            return error
        return None

    @cached_property
    def today(self) -> Plan | None:
        """What the existing units serve; None where that takes a search."""
        return self.answers(plans.todays_plan)

    @cached_property
    def policies(self) -> Mapping[str, Plan]:
        """The plan under every policy; those of the plan and of today where the others take a search."""
        if self.plan is None:
            return {}
        if self.answers(plans.large_problem) is None:
            return self.answers(plans.every_policy) or {}
        return {self.plan.problem.policy: self.plan}

    @property
    def unit(self) -> str | Sentence:
        """What demand is counted in."""
        return counted_in(self.counted_in)

    @cached_property
    def counted_in(self) -> str | None:
        """The same; None for people."""
        return self.answers(demands.demand_unit) or None

    @cached_property
    def training(self) -> Assessed | None:
        """What was learnt; None where demand does not come from patients."""
        return None if self.answers(tables.is_from_counts) else self.answers(needs.training)

    @cached_property
    def read(self) -> list[tuple[Sentence, Table]]:
        """Every table that an answer follows from, and what it is for."""
        counts, regions = sentence("counts over time"), sentence("regions")
        own = self.answers(tables.table)
        rows = regions if own is not None and own.kind == "regions" else sentence("patients")
        uses: dict[Callable[..., Table | None], Sentence] = (
            {tables.counts: counts, tables.regions_of_counts: regions}
            if self.answers(tables.is_from_counts)
            else {tables.table: rows, tables.regions: regions, tables.people: sentence("population")}
        )
        found = ((use, self.answers(step)) for step, use in uses.items())
        return [(use, table) for use, table in found if table is not None]


def notes(asked: Asked) -> Iterator[Sentence]:
    """Yield what a reader must know before quoting a number: what was guessed, what is doubtful."""
    for _, table in asked.read:
        yield from table.notes
    answers = asked.answers
    yield from answers(plans.understood_columns) or ()
    yield from answers(plans.idle_choices) or ()
    assessment = answers(needs.assessment) or answers(needs.amount_assessment)
    if asked.training is not None and assessment is not None:
        yield from asked.training.refused.values()
        yield from assessment.warnings
        patients = answers(demands.patients_demand)
        yield from () if patients is None else patients.warnings
    if (outlook := answers(demands.outlook)) is not None and answers(tables.is_from_counts):
        yield from outlook.notes
    if asked.study.limits.resources is None:
        placed = ", ".join(f"{each.name}={each.stock:g}" for each in answers(plans.resources_in_use) or ())
        yield sentence("Nothing was said of what is placed; an example is: {placed}.", placed=placed)
