"""Look for better options of a model within a budget of seconds, and say honestly whether they were found."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from medalloc.errors import require
from medalloc.need.comparison.comparison import SIGNIFICANCE, corrected_test
from medalloc.need.comparison.option_ranges import draw_options, search_ranges
from medalloc.need.comparison.tries import SearchResult, Try
from medalloc.need.evaluation.cross_validation import Progress
from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.options import ModelOption
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.splitting import Folds, plan_folds
from medalloc.need.training.training import predict_held_out
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import sentence
from medalloc.tables.table import Table

MOST_TRIES = 200


def search(
    table: Table,
    recipe: Recipe,
    choice: ModelChoice,
    *,
    seconds: float,
    tries: int = MOST_TRIES,
    clock: Callable[[], float] = time.monotonic,
    progress: Progress | None = None,
) -> SearchResult:
    """Try random options on the folds of the leaderboard until the time is up.

    Each try is tested on one fold after the other and dropped once it lies behind the best so far on the same folds by
    more than the best one's folds differ. Tries come from the seed alone: the same number of tries finds the same.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need`` and at least one with the role ``feature``.
    choice : ModelChoice
        Which model, with the seed of the folds and of the tries; its options do not matter.
    seconds : float
        No fold begins when they are over; the default options are tested in any case. [s]
    tries : int
        Most sets of options beside the default. [count]
    clock : callable
        Tells the time. [s]
    progress : callable, optional
        Told the fraction done and what is being done.

    Raises
    ------
    InputError
        If the model has nothing to search, the budget is no positive number, or table and recipe do not go together.
    """
    ranges = search_ranges(choice.kind)
    _require(choice.kind, ranges, seconds)
    start = clock()
    patients = gather(table, recipe)
    planned = plan_folds(patients.known, patients.need, patients.groups, patients.times, seed=choice.seed)
    plain = replace(choice, options={})
    done = [_tried(patients, recipe, plain, planned, lambda _: True)]
    draw = np.random.default_rng(choice.seed)

    def in_time() -> bool:
        return clock() - start < seconds

    while len(done) <= tries and in_time():
        spent = (clock() - start) / seconds
        if progress is not None:
            told = sentence(
                "Try {number}; highest ROC AUC so far: {auc}.", number=len(done), auc=f"{_best(done).mean:.3f}"
            )
            progress(min(0.99, max(spent, len(done) / (tries + 1))), told)
        drawn = replace(choice, options=draw_options(ranges, draw))
        best = _best(done)

        def goes_on(aucs: list[float], best: Try = best) -> bool:
            return in_time() and _keeps_up(aucs, best)

        done.append(_tried(patients, recipe, drawn, planned, goes_on))
    return _result(plain, tuple(done), planned)


def _tried(
    patients: Patients, recipe: Recipe, choice: ModelChoice, planned: Folds, goes_on: Callable[[list[float]], bool]
) -> Try:
    """Test options fold by fold as long as `goes_on` says so."""
    aucs: list[float] = []
    known = patients.known
    while len(aucs) < planned.count and goes_on(aucs):
        tested = known[planned.tested(len(aucs))]
        found = predict_held_out(patients, recipe, choice, known[planned.learnt(len(aucs))], tested)
        aucs.append(roc_auc(patients.need[tested], found.margin, patients.weights_at(tested)))
    return Try(choice.options, tuple(aucs), len(aucs) == planned.count)


def _keeps_up(aucs: list[float], best: Try) -> bool:
    """Whether a try is not behind the best on the same folds by more than the best one's folds differ."""
    behind = [theirs - own for own, theirs in zip(aucs, best.aucs, strict=False) if not math.isnan(own + theirs)]
    defined = [each for each in best.aucs if not math.isnan(each)]
    return not behind or float(np.mean(behind)) <= (float(np.std(defined, ddof=1)) if len(defined) > 1 else math.inf)


def _best(done: list[Try] | tuple[Try, ...]) -> Try:
    """Return the finished try with the highest mean; the earlier of equals."""
    return max((each for each in done if each.finished), key=lambda each: -1.0 if math.isnan(each.mean) else each.mean)


def _result(plain: ModelChoice, done: tuple[Try, ...], planned: Folds) -> SearchResult:
    default, best = done[0], _best(done)
    others = sum(each.finished for each in done) - 1
    if best is default:
        said = sentence(
            "Tries: {tries}. None ranks better than the default options (ROC AUC {auc}): keep them.",
            tries=len(done) - 1,
            auc=f"{default.mean:.3f}",
        )
        return SearchResult(plain, done, False, said)
    numbers = range(planned.count)
    test = corrected_test(
        np.subtract(best.aucs, default.aucs),
        [int(planned.learnt(number).sum()) for number in numbers],
        [int(planned.tested(number).sum()) for number in numbers],
    )
    # The best of many tries is partly luck: the level is shared out among them.
    better = test.mean > 0 and test.p_value < SIGNIFICANCE / max(others, 1)
    figures = {"tries": len(done) - 1, "auc": f"{best.mean:.3f}", "default": f"{default.mean:.3f}"}
    said = (
        sentence(
            "Tries: {tries}. The found options rank better than the default by more than the folds differ, also given "
            "the number of tries: ROC AUC {auc} against {default}.",
            **figures,
        )
        if better
        else sentence(
            "Tries: {tries}. The found options reach ROC AUC {auc}, the default {default}: given the number of tries, "
            "the difference is no more than chance between folds explains. The default is as good a choice.",
            **figures,
        )
    )
    return SearchResult(replace(plain, options=best.options), done, better, said)


def _require(kind: str, ranges: Mapping[str, ModelOption], seconds: float) -> None:
    faults = []
    if not ranges:
        faults.append(sentence("Model “{kind}” has no options to search; choose another model.", kind=kind))
    if not (math.isfinite(seconds) and seconds > 0):
        faults.append(
            sentence("The budget in seconds is {found}; it must be a number greater than 0.", found=repr(seconds))
        )
    require(*faults)
