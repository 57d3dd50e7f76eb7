"""How much does everyone get, the worst off above all? Levels, and who is below the floor."""

from medalloc.allocation import measures
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array
from medalloc.allocation.scorecard.score import ROUNDING, Score, coverage, people, percent
from medalloc.sentences import counted, sentence


def levels(plan: Plan, floor: Array) -> list[Score]:
    """Return the lowest and the highest coverage where somebody is in need, and the share of people below the floor."""
    demand, level = plan.problem.demand, plan.total_coverage
    reached = coverage(plan)
    lowest = plan.lowest_coverage
    highest = float(reached.max(where=demand > 0, initial=0.0)) if demand.any() else 1.0
    ratio = measures.lowest_over_highest(reached, demand)
    worst = sentence(
        "In {region}, the worst-off region, {percent}% of those in need are served.",
        region=plan.worst_region,
        percent=percent(lowest),
    )
    most = sentence("In the best-off region, {percent}% of those in need are served.", percent=percent(highest))
    if not demand.any():
        worst = most = sentence("Nobody is in need.")
    return [
        Score(
            key="lowest_coverage",
            name=sentence("Lowest coverage"),
            value=lowest,
            best=1.0,
            meaning=worst,
            level=level,
            unit="fraction",
        ),
        Score(
            key="highest_coverage",
            name=sentence("Highest coverage"),
            value=highest,
            best=1.0,
            meaning=most,
            level=level,
            unit="fraction",
        ),
        Score(
            key="lowest_over_highest",
            name=sentence("Lowest over highest coverage"),
            value=ratio,
            best=1.0,
            meaning=sentence(
                "The worst-off region has {percent}% of the coverage of the best-off one.", percent=percent(ratio)
            ),
            level=level,
            unit="fraction",
        ),
        _below_floor(plan, floor),
    ]


def _below_floor(plan: Plan, floor: Array) -> Score:
    persons = people(plan)
    below = measures.share_below(coverage(plan), floor - ROUNDING, persons)
    if (floor <= 0).all():
        meaning = sentence("No floor is set.")
    else:
        meaning = counted(
            "{persons} of {people} people is in a region that is covered below its floor.",
            "{persons} of {people} people are in regions that are covered below their floor.",
            "persons",
            persons=round(below * float(persons.sum())),
            people=round(float(persons.sum())),
        )
    name = sentence("People below the floor")
    return Score("below_floor", name, below, 0.0, meaning, plan.total_coverage, "fraction")
