"""Which forecasters there are, what they are called, and which a history supports."""

from collections.abc import Mapping, Sequence

from medalloc.demand.forecasting.boosting import BoostingOnLags
from medalloc.demand.forecasting.calendar import Every, last_season, periods, spans
from medalloc.demand.forecasting.forecaster import Forecaster
from medalloc.demand.forecasting.naive import LastValue, SeasonBefore
from medalloc.demand.forecasting.networks import NetworkForecaster, training
from medalloc.demand.forecasting.origins import Origins
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.ridge import RidgeOnLags
from medalloc.demand.forecasting.seasons import fewest_periods, seasonal_pattern
from medalloc.demand.forecasting.simple import MeanOfSeveral, MedianOfSimple, Theta
from medalloc.demand.forecasting.smoothing import DampedSmoothing
from medalloc.errors import InputError
from medalloc.networks.backend import available
from medalloc.sentences import Sentence, counted, sentence, side_by_side

NAIVE = ("naive", "seasonal")
SIMPLE = ("damped", "ets", "theta", "median")
"""Each region by itself, in a fraction of a second; `SEASONAL` of them with a season where one comes back."""
SEASONAL = ("ets", "theta", "median")
MEAN_OF = ("ets", "theta", "ridge", "boosting")
"""Of which the mean is taken, two that see a region by itself and two that learn from all; those that a history
supports."""
QUICK = (*NAIVE, *SIMPLE, "ridge", "boosting", "mean")
NETWORKS = ("cnn", "rnn", "lstm")
MODELS = (*QUICK, *NETWORKS)
"""From the simplest to the least simple."""

IGNORE_COVARIATES = (*NAIVE, *SIMPLE)

FEWEST_WINDOWS: Mapping[str, int] = {"ridge": 60, "boosting": 200, "cnn": 500, "rnn": 500, "lstm": 500}
"""Windows, a region and period each, below which there is too little to learn from. [count]"""

FEWEST_PERIODS: Mapping[str, int] = {
    **dict.fromkeys(SIMPLE, 10),
    "ridge": 12,
    "boosting": 16,
    **dict.fromkeys(NETWORKS, 24),
}
"""Periods before the first target that is compared. [periods]"""


def made(
    model: str, horizon: int, seed: int, *, optimizer: str = "adam", mean_of: Sequence[str] = MEAN_OF
) -> Forecaster:
    """Return a forecaster that has learned nothing yet.

    Parameters
    ----------
    model : str
        One of `MODELS`.
    horizon : int
        Longest horizon that it will be asked for. [periods]
    seed : int
        The same seed gives the same forecasts.
    optimizer : str
        How a network learns; the others have none.
    mean_of : sequence of str
        Of which the mean is taken; the others have none.
    """
    match model:
        case "naive":
            return LastValue()
        case "seasonal":
            return SeasonBefore()
        case "damped":
            return DampedSmoothing(seasonal=False)
        case "ets":
            return DampedSmoothing(seasonal=True)
        case "theta":
            return Theta()
        case "median":
            return MedianOfSimple()
        case "ridge":
            return RidgeOnLags(horizon, seed)
        case "boosting":
            return BoostingOnLags(horizon, seed)
        case "mean":
            return MeanOfSeveral(tuple(made(each, horizon, seed) for each in mean_of))
        case "cnn" | "rnn" | "lstm":
            return NetworkForecaster(model, horizon, seed, training(optimizer))
        case _:
            raise InputError(_unknown(model))


def name(model: str, every: Every) -> Sentence:
    """Return what a forecaster is called."""
    match model:
        case "naive":
            return sentence("the last value")
        case "seasonal":
            return last_season(every)
        case "damped":
            return sentence("the damped trend")
        case "ets":
            return sentence("exponential smoothing")
        case "theta":
            return sentence("Theta")
        case "median":
            return sentence("the median of the simple ones")
        case "ridge":
            return sentence("ridge regression")
        case "boosting":
            return sentence("boosting")
        case "mean":
            return sentence("the mean of several")
        case "cnn":
            return sentence("the convolutional network")
        case "rnn":
            return sentence("the recurrent network")
        case _:
            return sentence("the LSTM")


def candidates(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the forecasters that are compared when some are asked for: both naive ones are always among them.

    Parameters
    ----------
    asked : sequence of str
        Of `MODELS`, ``auto`` for the quick ones, ``all`` for every one; a network is compared with boosting, too, and a
        mean with what it is taken of.

    Raises
    ------
    InputError
        If one is unknown.

    Examples
    --------
    >>> candidates(["lstm"])
    ('naive', 'seasonal', 'boosting', 'lstm')
    """
    faults = [_unknown(each) for each in asked if each not in (*MODELS, "auto", "all")]
    if faults:
        raise InputError(*faults)
    wanted = {*NAIVE, *asked}
    wanted |= set(MODELS) if "all" in asked else set()
    wanted |= set(QUICK) if "auto" in asked else set()
    wanted |= {"boosting"} if wanted & set(NETWORKS) else set()
    wanted |= set(MEAN_OF) if "mean" in wanted else set()
    return tuple(each for each in MODELS if each in wanted)


def unsupported(model: str, panel: Panel, origins: Origins, horizon: int) -> Sentence | None:
    """Return why a history does not support a forecaster; None when it does.

    Parameters
    ----------
    model : str
        One of `MODELS`.
    panel : Panel
        All counts.
    origins : Origins
        From which forecasts are tried; at the first one, the forecaster must have enough to learn from.
    horizon : int
        Periods to look ahead. [periods]
    """
    called, every = name(model, panel.calendar.every), panel.calendar.every
    learned = origins.compared[0] + 1
    if model == "seasonal" and learned < panel.calendar.season:
        return _too_short(called, every, panel.calendar.season, learned)
    if learned - horizon < FEWEST_PERIODS.get(model, 0):
        return _too_short(called, every, FEWEST_PERIODS[model] + horizon, learned)
    windows = len(panel.regions) * (learned - horizon)
    if windows < FEWEST_WINDOWS.get(model, 0):
        return counted(
            "Left out is {model}: before the first date that is compared there is {found} window of the past to learn "
            "from, and it needs {needed}.",
            "Left out is {model}: before the first date that is compared there are {found} windows of the past to "
            "learn from, and it needs {needed}.",
            "found",
            model=called,
            found=windows,
            needed=FEWEST_WINDOWS[model],
        )
    return available().reason if model in NETWORKS else None


def remarks(models: Sequence[str], panel: Panel, origins: Origins) -> list[Sentence]:
    """Return what a reader should know of the forecasters that are compared."""
    said = [_season(panel, origins)] if set(models) & set(SEASONAL) else []
    every = panel.calendar.every
    if "mean" in models:
        names = side_by_side(name(each, every) for each in MEAN_OF if each in models)
        said += [sentence("In the mean of several each of these counts as much: {names}.", names=names)]
    blind = [each for each in models if each in IGNORE_COVARIATES]
    if panel.covariates and blind:
        said += [sentence("What is known in advance is not used by {model}.", model=name(m, every)) for m in blind]
    return said


def _season(panel: Panel, origins: Origins) -> Sentence:
    """Say whether a season comes back, in so much of the past as forecasters are first tried on."""
    every, season = panel.calendar.every, panel.calendar.season
    learned = origins.compared[0] + 1
    if learned < fewest_periods(season):
        return sentence(
            "Smoothing and Theta are compared without a season: it takes {needed} {periods} before the first date that "
            "is compared.",
            needed=fewest_periods(season),
            periods=periods(every),
        )
    found = int(seasonal_pattern(panel.until(learned)).any(axis=1).sum())
    if not found:
        return sentence("Smoothing and Theta are without a season: none comes back in the counts by more than chance.")
    return counted(
        "Smoothing and Theta use a season in {count} of {all} region: there it comes back by more than chance.",
        "Smoothing and Theta use a season in {count} of {all} regions: there it comes back by more than chance.",
        "all",
        count=found,
        all=len(panel.regions),
    )


def _too_short(called: Sentence, every: Every, needed: int, found: int) -> Sentence:
    return sentence(
        "Left out is {model}: before the first date that is compared there are {periods} only; it needs {needed}.",
        model=called,
        needed=needed,
        periods=spans(found, every),
    )


def _unknown(model: str) -> Sentence:
    return sentence(
        "“{found}” is no forecaster; use one of: {models}.", found=model, models=", ".join(("auto", *MODELS))
    )
