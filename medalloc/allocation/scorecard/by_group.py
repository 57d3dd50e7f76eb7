"""Within groups of regions and between them: where inequality comes from, and what each group gets."""

from collections.abc import Sequence

from medalloc.allocation import measures
from medalloc.allocation.plan import Plan
from medalloc.allocation.scorecard.score import Score, coverage, people, percent
from medalloc.sentences import sentence

EQUAL = 1e-12
"""Theil index below which all inequality is rounding. [1]"""


def by_group(plan: Plan, groups: Sequence[object]) -> list[Score]:
    """Return the parts of the Theil index between and within the groups, and the coverage of every group."""
    parts = measures.theil_by_group(coverage(plan), groups, people(plan))
    split = [
        (
            "theil_between_groups",
            sentence("Theil index between groups"),
            parts.between,
            sentence("{percent}% of the inequality is between the groups.", percent=percent(parts.share_between)),
        ),
        (
            "theil_within_groups",
            sentence("Theil index within groups"),
            parts.within,
            sentence("{percent}% of the inequality is within the groups.", percent=percent(1 - parts.share_between)),
        ),
    ]
    if parts.total < EQUAL:
        none = sentence("Everyone has the same coverage: there is no inequality to split.")
        split = [(key, name, part, none) for key, name, part, _ in split]
    level = plan.total_coverage
    scores = [Score(key, name, part, 0.0, meaning, level, "1") for key, name, part, meaning in split]
    return scores + _coverage_of_groups(plan, groups)


def _coverage_of_groups(plan: Plan, groups: Sequence[object]) -> list[Score]:
    demand = plan.problem.demand
    in_need = {str(group) for group, persons in zip(groups, demand.tolist(), strict=True) if persons > 0}
    return [
        Score(
            key=f"coverage:{group}",
            name=sentence("Coverage of {group}", group=group),
            value=mean,
            best=1.0,
            meaning=sentence(
                "Of the people in need in {group}, {percent}% are served.", group=group, percent=percent(mean)
            )
            if group in in_need
            else sentence("Nobody is in need in {group}.", group=group),
            level=plan.total_coverage,
            unit="fraction",
        )
        for group, mean in measures.group_means(coverage(plan), groups, demand).items()
    ]
