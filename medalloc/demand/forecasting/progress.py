"""How far a forecast is, for those who wait for it."""

from collections.abc import Callable
from dataclasses import dataclass

from medalloc.demand.forecasting.catalogue import NETWORKS, candidates, name
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.sentences import Sentence, sentence

KEPT = 2
"""Trials on the season kept aside, at most: of the chosen forecaster and the better naive one. [count]"""


@dataclass
class Counter:
    """Counts the trials that are done, of those that are asked for. Changed in place."""

    panel: Panel
    """What is forecast."""

    question: Question
    """What is asked of it."""

    progress: Callable[[float, Sentence], None]
    """Told the fraction done and what is being done."""

    done: int = 0
    """Trials that are over. [count]"""

    @property
    def trials(self) -> int:
        """Trials that are asked for; those of forecasters that the history does not support are never made."""
        wanted = candidates(self.question.models)
        return sum(self.question.seeds if each in NETWORKS else 1 for each in wanted) + KEPT

    def told(self, model: str, done: int, of: int) -> None:
        """Take note of a past date that a forecaster was tried on, and pass on how far the whole is."""
        fraction = min((self.done + done / of) / self.trials, 1.0)
        self.done += done == of
        self.progress(
            fraction,
            sentence(
                "Trying {model} on past dates: {done} of {count}.",
                model=name(model, self.panel.calendar.every),
                done=done,
                count=of,
            ),
        )
