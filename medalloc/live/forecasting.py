"""Demand that follows the counts: a region whose count comes in is forecast anew, the others stay."""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.demand.forecasting.calendar import spans
from medalloc.demand.forecasting.catalogue import MEAN_OF, NAIVE, NETWORKS, SIMPLE, made, name
from medalloc.demand.forecasting.following import Followed, followed
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.quantiles import Spread
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.widening import joined
from medalloc.live.judged import PROMISED, Judged, Said
from medalloc.live.past import Rows, order_of
from medalloc.sentences import Sentence, sentence

USUAL = "median"
"""What forecasts where no forecast was compared: it asks for the least, and no single one of the simple ones is it."""

MOST_COUNTS = 100_000
"""Counts up to which what learns from all regions together learns again for this. [count]"""

FEWEST_PERIODS = 12
"""Periods of counts below which nothing is forecast. [periods]"""


@dataclass(frozen=True)
class Ahead:
    """Which periods ahead a plan is for."""

    horizon: int
    """Periods that are looked ahead. [periods]"""

    period: int | None = None
    """The one that is planned for, the first being 1; None for all of them together."""

    @property
    def periods(self) -> float:
        """How many that is. [periods]."""
        return float(self.horizon) if self.period is None else 1.0

    @property
    def places(self) -> slice:
        """Which of the periods ahead count."""
        return slice(0, self.horizon) if self.period is None else slice(self.period - 1, self.period)


@dataclass(frozen=True, eq=False)
class Forecasting:
    """A forecaster, and what it expects of every region by now."""

    model: str
    """One of the catalogue's."""

    followed: Followed
    """Where it stands."""

    ahead: Ahead
    """Which periods count."""

    demand: Array
    """Expected over these where something new came in, NaN elsewhere, shape (n_regions,). [count]"""

    order: Rows
    """Places of the plan's regions among those that were counted."""

    spread: Spread | None
    """How far it was off in the past; None where that is not known."""

    said: Sentence
    """Which one it is, and why."""

    judged: Judged = field(default_factory=Judged)
    """What was forecast a period ahead, beside what then came in."""

    def heard(self, rows: Rows, counts: Array, period: int) -> Self:
        """Return it after a period was counted in some regions of the plan: these alone are forecast again."""
        after = self.followed.heard(self.order[rows], counts, period)
        judged = self.judged.heard(rows, counts, period, self._said_of(rows, period), len(self.demand))
        heard = replace(self, followed=after, demand=self.demand.copy(), judged=judged)
        heard.demand[rows] = heard.expected(rows, period)
        return heard

    def _said_of(self, rows: Rows, period: int) -> Said:
        """Return what was forecast of a period before it was counted."""
        point, spread = self.followed.ahead(self.order[rows], 1, period - 1), self._spread(rows)
        if spread is None:
            unknown = np.full(len(rows), np.nan)
            return Said(point[:, 0], unknown, unknown)
        low, high = spread.quantiles(point, ((1 - PROMISED) / 2, (1 + PROMISED) / 2))[:, :, 0]
        return Said(spread.mean(point)[:, 0], low, high)

    def _spread(self, rows: Rows) -> Spread | None:
        of = self.order[rows]
        return self.spread and replace(self.spread, width=self.spread.width[of], usual=self.spread.usual[of])

    def expected(self, rows: Rows, period: int) -> Array:
        """Return what some regions of the plan are expected to count after a period, shape (n_rows,). [count]."""
        point, spread = self.followed.ahead(self.order[rows], self.ahead.horizon, period), self._spread(rows)
        point = point if spread is None else spread.mean(point)
        return np.asarray(point[:, self.ahead.places].sum(axis=1))


def ahead_of(horizon: int, period: int) -> Ahead:
    """Return which periods a study plans for; a period that is not among those ahead is all of them."""
    return Ahead(horizon, period if 1 <= period <= horizon else None)


def forecasting_of(panel: Panel, regions: tuple[str, ...], ahead: Ahead, outlook: Outlook | None) -> Forecasting | None:
    """Return the forecaster of a study, ready to hear what comes after some counts; None for too short a history.

    Parameters
    ----------
    panel : Panel
        Counts to learn from; those of the outlook, or as many as were known at an earlier time.
    outlook : Outlook, optional
        The forecast of the study; without one `USUAL` is taken.

    Notes
    -----
    Networks, and what learns from all regions of a large history together, do not learn again here: of those that go
    on from count to count, the one with the smallest past errors then speaks for them, and that is said.
    """
    if panel.length < max(FEWEST_PERIODS, ahead.horizon + 1):
        return None
    model = USUAL if outlook is None else _of_outlook(outlook, panel)
    mean_of = () if outlook is None else tuple(each for each in MEAN_OF if each in outlook.trials)
    fitted = made(model, ahead.horizon, 0 if outlook is None else outlook.question.seed, mean_of=mean_of).fit(panel)
    return Forecasting(
        model,
        followed(fitted, panel),
        ahead,
        np.full(len(regions), np.nan),
        order_of(panel.regions, regions),
        None if outlook is None else _spread(outlook, model, panel.length),
        _said(model, outlook, panel, ahead),
    )


def _of_outlook(outlook: Outlook, panel: Panel) -> str:
    chosen = outlook.verdict.chosen
    quick = [each for each in (*NAIVE, *SIMPLE) if each in outlook.compared]
    if chosen in quick or (chosen not in NETWORKS and panel.values.size <= MOST_COUNTS):
        return chosen
    return min(quick, key=lambda each: outlook.compared[each].overall.mase)


def _spread(outlook: Outlook, model: str, length: int) -> Spread | None:
    """Return how far a forecaster was off, as far as that was known after so many periods."""
    if length >= outlook.panel.length and model == outlook.forecast.model:
        return outlook.forecast.spread
    known = [_until(each, length) for each in outlook.trials[model]]
    return joined(known) if all(each.origins for each in known) else None


def _until(trial: Trial, length: int) -> Trial:
    """Return the origins all of whose targets were counted after so many periods."""
    kept = [place for place, origin in enumerate(trial.origins) if origin + trial.predicted.shape[2] < length]
    return replace(
        trial,
        origins=tuple(trial.origins[place] for place in kept),
        predicted=trial.predicted[kept],
        actual=trial.actual[kept],
    )


def _said(model: str, outlook: Outlook | None, panel: Panel, ahead: Ahead) -> Sentence:
    every = panel.calendar.every
    span, called = spans(ahead.horizon, every), name(model, every)
    if outlook is None:
        return sentence(
            "Whenever a region's count comes in, its next {span} are forecast again, by {model}, because no forecast "
            "was compared on the Demand screen yet.",
            span=span,
            model=called,
        )
    if model == outlook.verdict.chosen:
        return sentence(
            "Whenever a region's count comes in, its next {span} are forecast again, by {model} as on the Demand "
            "screen.",
            span=span,
            model=called,
        )
    return sentence(
        "Whenever a region's count comes in, its next {span} are forecast again, by {model}: {chosen}, which the "
        "Demand screen uses, takes too long to learn for that.",
        span=span,
        model=called,
        chosen=name(outlook.verdict.chosen, every),
    )
