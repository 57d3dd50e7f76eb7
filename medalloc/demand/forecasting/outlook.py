"""From counts to a forecast that has earned its place: tried on the past, chosen by the numbers, measured again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import periods, spans
from medalloc.demand.forecasting.catalogue import (
    MEAN_OF,
    MODELS,
    NAIVE,
    NETWORKS,
    candidates,
    made,
    remarks,
    unsupported,
)
from medalloc.demand.forecasting.coverage import Coverage
from medalloc.demand.forecasting.forecast import Forecast, forecast_of
from medalloc.demand.forecasting.origins import Origins, planned
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.quantiles import Spread
from medalloc.demand.forecasting.question import FEWEST_SEEDS, Question
from medalloc.demand.forecasting.scoring import Scores, scores, yardstick
from medalloc.demand.forecasting.trial import Told, Trial, mean_trial, tried
from medalloc.demand.forecasting.verdict import Verdict, judged, kept_words
from medalloc.demand.forecasting.widening import joined, tracked
from medalloc.errors import InputError
from medalloc.sentences import Sentence, counted, sentence

Floats = NDArray[np.float64]

FEWEST_PERIODS = 4
FEWEST_FOR_MEAN = 2


@dataclass(frozen=True, eq=False)
class Outlook:
    """A forecast, and why it is to be believed."""

    panel: Panel
    """What was counted."""

    question: Question
    """What was asked."""

    origins: Origins
    """From which past dates forecasters were tried."""

    compared: dict[str, Scores]
    """Scores of every forecaster, from the simplest on, from the same past dates."""

    trials: dict[str, tuple[Trial, ...]]
    """What every forecaster would have said then, one trial a seed."""

    verdict: Verdict
    """Which one is used, and why."""

    kept: dict[str, Scores]
    """Scores on the season kept aside, of the chosen one and the naive ones; empty when none was kept."""

    coverage: Coverage
    """What intervals held on past dates: those of the season kept aside, or all where none was."""

    forecast: Forecast
    """What comes next; its intervals come from all past dates, those of the last season included."""

    notes: tuple[Sentence, ...]
    """What reading had to decide, what is missing, which forecasters were left out and why."""


def outlook(panel: Panel, question: Question | None = None, *, told: Told | None = None) -> Outlook:
    """Compare forecasters on the past, choose one, and let it say what comes next.

    Parameters
    ----------
    panel : Panel
        What was counted.
    question : Question, optional
        How far to look ahead, which forecasters to compare.
    told : callable, optional
        Told after every past date that a forecaster was tried on; what it raises ends the work.

    Raises
    ------
    InputError
        If the horizon does not suit the history, or a forecaster is unknown.
    """
    question = question or Question()
    wanted = _checked(panel, question)
    origins = planned(panel.length, question.horizon, panel.calendar.every)
    left_out = _unsupported(wanted, panel, origins, question.horizon)
    models = [each for each in wanted if each not in left_out]
    tries = _Tries(panel, question, told, _members(models))
    trials, yard = tries.compared(models, origins.compared), yardstick(panel, origins.compared[0])
    compared = {each: scores(trials[each], panel, yard) for each in models}
    verdict = judged(compared, panel.calendar.every, step=origins.step)
    last = (verdict.chosen, *(each for each in NAIVE if each in models and each != verdict.chosen))
    later = {each: tries.through(each, origins.kept) for each in last if origins.kept}
    kept = {each: scores(found, panel, yard) for each, found in later.items()}
    intervals = tracked([*trials[verdict.chosen], *later.get(verdict.chosen, ())])
    coverage = intervals.held(origins.kept[0] if origins.kept else 0)
    forecast = _forecast(panel, question, verdict.chosen, intervals.spread, tries.mean_of)
    return Outlook(
        panel=panel,
        question=question,
        origins=origins,
        compared=compared,
        trials=trials,
        verdict=_with_kept(verdict, kept, coverage, panel),
        kept=kept,
        coverage=coverage,
        forecast=forecast,
        notes=(*panel.notes, *left_out.values(), *remarks(models, panel, origins), *_short(forecast, origins)),
    )


@dataclass(frozen=True, eq=False)
class _Tries:
    """How forecasters are tried."""

    panel: Panel
    question: Question
    told: Told | None
    mean_of: Sequence[str]

    def compared(self, models: Sequence[str], past: Sequence[int]) -> dict[str, tuple[Trial, ...]]:
        """Try every forecaster; what the mean is taken of is tried once."""
        trials = {each: self.through(each, past) for each in models if each != "mean"}
        if "mean" in models:
            trials["mean"] = (mean_trial([trials[each][0] for each in self.mean_of]),)
        return trials

    def through(self, model: str, past: Sequence[int]) -> tuple[Trial, ...]:
        """Try a forecaster, with every seed."""
        optimizer, horizon = self.question.optimizer, self.question.horizon
        asked = partial(tried, model, self.panel, past, horizon, optimizer=optimizer, told=self.told)
        return tuple(asked(seed=seed, mean_of=self.mean_of) for seed in _seeds(model, self.question))


def _members(models: Sequence[str]) -> list[str]:
    """Return of which of some forecasters a mean is taken."""
    return [each for each in MEAN_OF if each in models]


def _unsupported(wanted: Sequence[str], panel: Panel, origins: Origins, horizon: int) -> dict[str, Sentence]:
    """Return which forecasters a history does not support, and why."""
    reasons = {each: unsupported(each, panel, origins, horizon) for each in wanted}
    found = {each: why for each, why in reasons.items() if why is not None}
    if "mean" in wanted and len(_members([each for each in wanted if each not in found])) < FEWEST_FOR_MEAN:
        found["mean"] = sentence("Left out is the mean of several: this history supports too few of them.")
    return found


def _short(forecast: Forecast, origins: Origins) -> list[Sentence]:
    """Say where the past is too short for what is promised."""
    found = [] if origins.note is None else [origins.note]
    if forecast.spread.few is None:
        return found
    few = counted(
        "Intervals rest on only {count} past error; do not rely on them.",
        "Intervals rest on only {count} past errors; do not rely on them.",
        count=forecast.spread.few,
    )
    return [few, *found]


def _checked(panel: Panel, question: Question) -> tuple[str, ...]:
    """Return the forecasters to compare, or refuse what was asked."""
    faults: list[Sentence] = []
    called = periods(panel.calendar.every)
    if panel.length < FEWEST_PERIODS:
        faults.append(
            sentence(
                "The counts are of {periods}; a forecast needs at least {needed}.",
                periods=spans(panel.length, panel.calendar.every),
                needed=FEWEST_PERIODS,
            )
        )
    elif not 1 <= question.horizon <= panel.length // 2:
        faults.append(
            sentence(
                "The horizon is {found}; it must lie between 1 and {most}, half of the {length} {periods} of counts.",
                found=question.horizon,
                most=panel.length // 2,
                length=panel.length,
                periods=called,
            )
        )
    if question.seeds < FEWEST_SEEDS and set(candidates(_known(question.models))) & set(NETWORKS):
        faults.append(
            sentence(
                "The number of seeds is {found}; a network is judged by at least {least}.",
                found=question.seeds,
                least=FEWEST_SEEDS,
            )
        )
    try:
        wanted = candidates(question.models)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(*faults)
    return wanted


def _known(models: Sequence[str]) -> list[str]:
    return [each for each in models if each in (*MODELS, "auto", "all")]


def _seeds(model: str, question: Question) -> range:
    """Return the seeds a forecaster is tried with: several of a network, which depends on its start the most."""
    return range(question.seed, question.seed + (question.seeds if model in NETWORKS else 1))


def _forecast(panel: Panel, question: Question, model: str, spread: Spread, mean_of: Sequence[str]) -> Forecast:
    """Let the chosen forecaster learn from everything; several networks speak with their mean."""
    horizon = question.horizon
    points = [
        made(model, horizon, seed, optimizer=question.optimizer, mean_of=mean_of).fit(panel).predict(horizon)
        for seed in _seeds(model, question)
    ]
    dates = panel.calendar.dates(np.arange(panel.length, panel.length + horizon))
    point: Floats = np.mean(points, axis=0)
    return forecast_of(model, panel.regions, tuple(dates), point, spread)


def forecast_by(found: Outlook, model: str) -> Forecast:
    """Return what another of the forecasters that were compared says comes next; networks learn anew, which takes long.

    Its intervals come from the past dates on which all were compared.
    """
    if model == found.forecast.model:
        return found.forecast
    return _forecast(found.panel, found.question, model, joined(found.trials[model]), _members(list(found.trials)))


def _with_kept(verdict: Verdict, kept: dict[str, Scores], coverage: Coverage, panel: Panel) -> Verdict:
    if not kept:
        return replace(verdict, said=(*verdict.said, *coverage.said))
    # the naive one that was better there, which need not be the one that was before
    naive = min(
        (kept[each].overall for each in NAIVE if each in kept), key=lambda each: np.nan_to_num(each.mase, nan=np.inf)
    )
    words = kept_words(kept[verdict.chosen].overall, naive, panel.calendar.every)
    return replace(verdict, said=(*verdict.said, words, *coverage.said))
