"""What intervals held of what they promised."""

from dataclasses import dataclass, field

from medalloc.demand.forecasting.quantiles import TOLD
from medalloc.sentences import Sentence, counted


@dataclass(frozen=True)
class Coverage:
    """What intervals held on past dates, each date judged with the intervals of what was known by then."""

    counts: dict[float, float] = field(default_factory=dict)
    """Share of the counts that lay within their interval, by the chance that it promised; empty when no date was
    judged. [fraction]"""

    sums: float = float("nan")
    """The same of sums over regions, by the interval whose coverage is told; NaN when no date was judged. [fraction]"""

    dates: int = 0
    """Past dates that were judged. [count]"""

    @property
    def said(self) -> tuple[Sentence, ...]:
        """The same in words, to stand beside intervals; empty when no date was judged."""
        if not self.dates:
            return ()
        return (
            counted(
                "On the last {count} past date, with what was known by then, intervals that promise {chance}% held "
                "{share}% of the counts and {sums}% of their sums over the regions.",
                "On the last {count} past dates, each with what was known by then, intervals that promise {chance}% "
                "held {share}% of the counts and {sums}% of their sums over the regions.",
                count=self.dates,
                chance=round(100 * TOLD),
                share=round(100 * self.counts[TOLD]),
                sums=round(100 * self.sums),
            ),
        )
