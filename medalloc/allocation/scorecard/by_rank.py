"""Do the better off get more? Inequality of coverage along a social rank."""

from numpy.typing import ArrayLike

from medalloc.allocation import measures
from medalloc.allocation.plan import Plan
from medalloc.allocation.scorecard.score import Score, coverage, people, percent
from medalloc.sentences import Sentence, sentence


def by_rank(plan: Plan, rank: ArrayLike) -> list[Score]:
    """Return the concentration index of coverage by rank, plain and corrected by Erreygers."""
    persons, level = people(plan), plan.total_coverage
    index = measures.concentration_index(coverage(plan), rank, persons)
    corrected = measures.erreygers_index(coverage(plan), rank, persons)
    return [
        Score(
            key="concentration_index",
            name=sentence("Concentration index of coverage"),
            value=index,
            best=0.0,
            meaning=_moved(index),
            level=level,
            unit="1",
        ),
        Score(
            key="erreygers_index",
            name=sentence("Concentration index of coverage, corrected by Erreygers"),
            value=corrected,
            best=0.0,
            meaning=sentence(
                "{percent}% of the widest gap: half of the people, by rank, served in full, the other half not at all.",
                percent=percent(abs(corrected)),
            ),
            level=level,
            unit="1",
        ),
    ]


def _moved(index: float) -> Sentence:
    """Return what would have to change hands along the rank."""
    moved = percent(0.75 * abs(index))
    if moved == 0:
        return sentence("Coverage leans neither to the better off nor to the worse off.")
    if index > 0:
        return sentence(
            "Coverage leans to the better off: about {percent}% of it would have to move to the worse-off half.",
            percent=moved,
        )
    return sentence(
        "Coverage leans to the worse off: about {percent}% of it would have to move to the better-off half.",
        percent=moved,
    )
