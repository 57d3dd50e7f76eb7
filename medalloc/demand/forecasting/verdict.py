"""Which forecaster is used, and why: read off the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from medalloc.demand.forecasting.calendar import Every
from medalloc.demand.forecasting.catalogue import MODELS, NAIVE, NETWORKS, SIMPLE, name
from medalloc.demand.forecasting.scoring import Score, Scores
from medalloc.sentences import Sentence, counted, sentence

CLEAR = 1.0
"""Standard errors by which a forecaster must be better than a simpler one to be clearly so."""

DOUBT = 0.001
"""Chance of luck up to which one forecaster is better than the mean of several beyond doubt. [fraction]"""

KINDS = ((*NAIVE, *SIMPLE), ("ridge", "boosting", "mean"), NETWORKS)
"""Kinds of forecasters, from the simplest on."""

MEDIAN, MEAN = "median", "mean"

FAR_LESS = 0.9
"""Share of what is left unmet below which plans made from another forecaster are told to be better. [fraction]"""


@dataclass(frozen=True)
class Verdict:
    """Which forecaster is used."""

    chosen: str
    """One of the catalogue's: the mean of several unless another was better beyond doubt; without a mean, none that was
    worse on the dates compared than the better naive one."""

    better_naive: str
    """The better of the naive ones."""

    said: tuple[Sentence, ...]
    """Why, read off the numbers; the first sentence names the chosen one."""


def judged(compared: Mapping[str, Scores], every: Every, *, step: int = 1) -> Verdict:
    """Choose a forecaster.

    Parameters
    ----------
    compared : mapping
        Scores of each forecaster, from the same origins.
    every : str
        Length of a period, for words.
    step : int
        Periods between two origins; where forecasts overlap, fewer of them count as independent. [periods]

    Notes
    -----
    Where the mean of several was compared, it is used unless another, be it the last value, was better beyond doubt:
    by the intervals (WIS), because a plan rests on them, in Student's test of the difference at the same origins. Which
    single forecaster was best on a few past dates says little of which will be next; on public panels
    (``benchmarks/README.md``) the mean came nearer to the one that would have been best than any rule that picks one.

    Else, of three kinds, naive, learning in seconds and networks, the simplest is used whose best the best of all does
    not clearly beat: by more than one standard error of the difference. None that is further off than the better naive
    one (MASE) is. Where none of the simplest kind clearly beats the median of several, it is their best: the middle of
    several is seldom far off.
    """
    order = [each for each in MODELS if each in compared]
    # where nothing was counted, nothing can be told apart, and the simplest is used
    off, score = ({each: _finite(getattr(compared[each].overall, what)) for each in order} for what in ("mase", "wis"))
    naive = min((each for each in NAIVE if each in compared), key=lambda each: off[each])
    if MEAN in compared:
        best = min(order, key=lambda each: score[each])
        chosen = best if _beyond_doubt(compared[best], compared[MEAN], step) else MEAN
    else:
        admitted = [each for each in order if off[each] <= off[naive]]
        best = min(admitted, key=lambda each: score[each])
        chosen = _simplest(compared, admitted, score, step)
    said = [_headline(compared, every, chosen, best, naive)]
    said += [_beside(compared[each], compared[chosen], every, step) for each in order if each not in (chosen, *NAIVE)]
    said += _of_plans(compared, chosen, every)
    return Verdict(chosen, naive, tuple(said))


def _simplest(compared: Mapping[str, Scores], admitted: Sequence[str], score: Mapping[str, float], step: int) -> str:
    """Return the best of the simplest kind that the best of all does not clearly beat."""
    kinds = [[each for each in admitted if each in kind] for kind in KINDS]
    leading = [min(kind, key=lambda each: score[each]) for kind in kinds if kind]
    best = compared[min(admitted, key=lambda each: score[each])]
    if MEDIAN in kinds[0] and not _clearly(compared[leading[0]], compared[MEDIAN], step):
        leading[0] = MEDIAN
    return next(each for each in leading if not _clearly(best, compared[each], step))


def _finite(number: float) -> float:
    return number if np.isfinite(number) else float(np.inf)


def kept_words(chosen: Score, naive: Score, every: Every) -> Sentence:
    """Say how the chosen forecaster did on the season that was kept aside."""
    if chosen.model == naive.model:
        return sentence(
            "On the last season, kept aside, {model} has an error of {found} (MASE).",
            model=name(chosen.model, every),
            found=_figure(chosen.mase),
        )
    if chosen.mase <= naive.mase:
        return sentence(
            "On the last season, kept aside, {model} has an error of {found} (MASE) against {other} of {naive}.",
            model=name(chosen.model, every),
            found=_figure(chosen.mase),
            other=_figure(naive.mase),
            naive=name(naive.model, every),
        )
    return sentence(
        "Beware: on the last season, kept aside, {model} was worse than {naive} ({found} against {other}, MASE).",
        model=name(chosen.model, every),
        naive=name(naive.model, every),
        found=_figure(chosen.mase),
        other=_figure(naive.mase),
    )


def _clearly(better: Scores, other: Scores, step: int) -> bool:
    """Whether one forecaster beats another by more than chance, judged origin by origin."""
    return _ahead(better, other, step)[0] > CLEAR


def _beyond_doubt(better: Scores, other: Scores, step: int) -> bool:
    """Whether hardly any luck lets one forecaster beat another by so much; the fewer the origins, the more it takes."""
    errors, independent = _ahead(better, other, step)
    return independent >= 2 and bool(errors > stdtrit(independent - 1, 1 - DOUBT))


def _ahead(better: Scores, other: Scores, step: int) -> tuple[float, float]:
    """Return by how many standard errors one forecaster is better than another, and from how many origins' worth."""
    difference = other.by_origin - better.by_origin
    difference = difference[np.isfinite(difference)]
    # forecasts that overlap are of the same surprises
    independent = max(len(difference) * min(1.0, step / len(better.by_horizon)), 1.0)
    if len(difference) < 2 or not difference.mean() > 0:
        return 0.0, independent
    error = difference.std(ddof=1) / independent**0.5
    return float(difference.mean() / error) if error > 0 else float("inf"), independent


def _headline(compared: Mapping[str, Scores], every: Every, chosen: str, best: str, naive: str) -> Sentence:
    if set(compared) == {chosen}:
        return sentence("Nothing but {model} suits this history; it is used.", model=name(chosen, every))
    if chosen in NAIVE and best == chosen:
        return sentence("Nothing beats {model}; it is used.", model=name(chosen, every))
    told = {"best": name(best, every), "error": _figure(compared[best].overall.wis)}
    told |= {"model": name(chosen, every), "other": _figure(compared[chosen].overall.wis)}
    if chosen != best and chosen == MEAN:
        return sentence(
            "Used is {model} ({other}, WIS): {best} ({error}) is not clearly better, and which single one was best in "
            "the past says little of which will be next.",
            **told,
        )
    if chosen != best and chosen == MEDIAN:
        return sentence(
            "No clear winner: {best} ({error}, WIS) is within chance of {model} ({other}), which is used, because the "
            "middle of several is seldom far off.",
            **told,
        )
    if chosen != best:
        return sentence(
            "No clear winner: {best} ({error}, WIS) is within chance of {model} ({other}); the simplest is used, "
            "{model}.",
            **told,
        )
    return sentence(
        "Used is {model}: its error is {error} (MASE), against {other} of {naive}, and that of its intervals {score} "
        "(WIS), against {beside}.",
        model=name(chosen, every),
        naive=name(naive, every),
        score=_figure(compared[chosen].overall.wis),
        beside=_figure(compared[naive].overall.wis),
        error=_figure(compared[chosen].overall.mase),
        other=_figure(compared[naive].overall.mase),
    )


def _beside(other: Scores, chosen: Scores, every: Every, step: int) -> Sentence:
    """Say how another forecaster did beside the chosen one."""
    seeds = other.overall.seeds
    figures = {"found": _figure(other.overall.wis), "error": _figure(chosen.overall.wis)}
    numbers = (
        sentence("{found} against {error}", **figures)
        if len(seeds) == 1
        else counted(
            "{found} against {error}; {seeds} seed, MASE {low} to {high}",
            "{found} against {error}; {seeds} seeds, MASE {low} to {high}",
            "seeds",
            **figures,
            seeds=len(seeds),
            low=_figure(min(seeds)),
            high=_figure(max(seeds)),
        )
    )
    names = {"model": name(other.model, every), "chosen": name(chosen.model, every), "numbers": numbers}
    if other.overall.wis < chosen.overall.wis:
        return sentence("Not clearly better than {chosen}: {model} ({numbers}).", **names)
    if not _clearly(chosen, other, step):
        return sentence("No better than {chosen}, though within chance: {model} ({numbers}).", **names)
    return sentence("No better than {chosen}: {model} ({numbers}).", **names)


def _of_plans(compared: Mapping[str, Scores], chosen: str, every: Every) -> list[Sentence]:
    """Say so where plans made from another forecaster would have left less unmet than those of the chosen one."""
    least = min(compared, key=lambda each: _finite(compared[each].unmet))
    found, other = (round(100 * _finite(compared[each].unmet), 1) for each in (least, chosen))
    if not found < FAR_LESS * other < np.inf:
        return []
    return [
        sentence(
            "Errors and plans disagree: plans made from {model} would have left {found}% of need unmet that could have "
            "been met, those made from {chosen} {other}%.",
            model=name(least, every),
            chosen=name(chosen, every),
            found=found,
            other=other,
        )
    ]


def _figure(error: float) -> str:
    """Write an error with two decimal places, so that two of them can be compared."""
    return f"{error:.2f}"
