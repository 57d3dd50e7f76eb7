"""The plan beside today and beside what the other policies would do within the same limits."""

from medalloc.allocation.policies.today import TODAY
from medalloc.allocation.policy import kind_of
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part, Picture
from medalloc.sentences import sentence
from medalloc.study.steps import worlds


def comparison(asked: Asked) -> Part | None:
    """Return the policies side by side."""
    plan = asked.plan
    if plan is None:
        return None
    made = dict(asked.policies)
    if TODAY.kind not in made and asked.today is not None:
        made[TODAY.kind] = asked.today
    order = sorted(made, key=lambda each: (-made[each].total_coverage, each))
    rows: list[tuple[Cell, ...]] = [
        (
            sentence("{policy} (this plan)", policy=kind_of(each).name)
            if each == plan.problem.policy
            else kind_of(each).name,
            float(made[each].served.sum()),
            100 * made[each].total_coverage,
            100 * made[each].lowest_coverage,
            made[each].gini,
            100 * made[each].price_of_fairness,
        )
        for each in order
    ]
    head = (
        sentence("Policy"),
        sentence("Served [{unit}]", unit=asked.unit),
        sentence("Coverage [%]"),
        sentence("Lowest coverage [%]"),
        sentence("Gini of coverage"),
        sentence("Given up against the most people served [%]"),
    )
    picture = Picture(
        "policies",
        sentence("Coverage"),
        sentence("Coverage of all regions together (full) and of the worst-off region (hollow) under every policy."),
        tuple(kind_of(each).name for each in order),
        tuple(made[each].total_coverage for each in order),
        tuple(made[each].lowest_coverage for each in order),
        colours=tuple(kind_of(each).colour[0] for each in order),
    )
    return Part(
        "comparison",
        sentence("Beside today and the other policies"),
        (sentence("Every policy keeps the same limits; today's units only are what happens if nothing is placed."),),
        pictures=(picture,),
        sections=(
            Section(sentence("The policies side by side"), grid=Grid(head, tuple(rows), (None, 0, 1, 1, 3, 1))),
            *_scenarios(asked),
        ),
    )


def _scenarios(asked: Asked) -> list[Section]:
    """Return what the scenarios that were kept would change; nothing where none were."""
    tried = asked.answers(worlds.kept_scenarios)
    if not tried:
        return []
    head = (
        sentence("Scenario"),
        sentence("Served [{unit}]", unit=asked.unit),
        sentence("Coverage [%]"),
        sentence("Lowest coverage [%]"),
        sentence("Why there is no plan"),
    )
    rows: list[tuple[Cell, ...]] = [
        (each.scenario.name, None, None, None, each.why_not or "")
        if each.plan is None
        else (
            each.scenario.name,
            float(each.plan.served.sum()),
            100 * each.plan.total_coverage,
            100 * each.plan.lowest_coverage,
            "",
        )
        for each in tried
    ]
    return [Section(sentence("What if"), grid=Grid(head, tuple(rows), (None, 0, 1, 1, None)))]
