from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from medalloc.demand.forecasting.catalogue import MODELS
from medalloc.demand.forecasting.scoring import Score, Scores
from medalloc.demand.forecasting.verdict import DOUBT, judged, kept_words


def made_up(model: str, by_origin: np.ndarray, seeds: tuple[float, ...] = ()) -> Scores:
    error = float(np.mean(by_origin))
    score = Score(model, error, 0.3, 5.0, error, seeds or (error,))
    return Scores(model, score, (score,), np.array([error]), {}, by_origin)


def steady(**errors: float) -> dict[str, Scores]:
    return {model: made_up(model, np.full(20, error)) for model, error in errors.items()}


@given(st.integers(0, 10**6), st.sets(st.sampled_from([each for each in MODELS[1:] if each != "mean"])))
@settings(max_examples=200)
def test_without_a_mean_the_chosen_one_is_never_worse_than_the_better_naive_one(seed, others):
    draw = np.random.default_rng(seed)
    errors = draw.uniform(0.1, 5, (1 + len(others), draw.integers(2, 31)))
    errors[draw.random(errors.shape) < draw.choice([0, 0.1])] = np.nan
    models = ["naive", *sorted(others)]
    compared = {model: made_up(model, each) for model, each in zip(models, errors, strict=True)}
    verdict = judged(compared, "week", step=2)
    known = [compared[each].overall.mase for each in ("naive", "seasonal") if each in compared]
    known = [each for each in known if np.isfinite(each)]
    if known:
        assert compared[verdict.chosen].overall.mase <= min(known)
        assert compared[verdict.better_naive].overall.mase == min(known)
    assert all("{" not in str(each) for each in verdict.said)


@given(st.integers(0, 10**6), st.integers(2, 30), st.floats(0, 2))
def test_the_mean_is_used_unless_luck_hardly_lets_another_be_so_much_better(seed, origins, lead):
    draw = np.random.default_rng(seed)
    compared = {each: made_up(each, draw.normal(3, 1, origins)) for each in ("naive", "seasonal", "ridge", "mean")}
    compared["boosting"] = made_up("boosting", compared["mean"].by_origin - lead - draw.normal(0, 0.3, origins))
    best = min(compared.values(), key=lambda each: each.overall.wis)
    difference = compared["mean"].by_origin - best.by_origin
    better = best.model != "mean" and ttest_1samp(difference, 0, alternative="greater").pvalue < DOUBT
    assert judged(compared, "week").chosen == (best.model if better else "mean")


def test_the_best_one_is_used_where_it_is_clearly_best():
    verdict = judged(steady(naive=2.0, seasonal=1.8, ridge=1.6, boosting=1.2), "week")
    assert verdict.chosen == "boosting"
    assert str(verdict.said[0]) == (
        "Used is boosting: its error is 1.20 (MASE), against 1.80 of last year's same week, and that of its intervals "
        "1.20 (WIS), against 1.80."
    )
    assert str(verdict.said[1]) == "No better than boosting: ridge regression (1.60 against 1.20)."


def test_a_network_is_told_with_its_seeds():
    compared = steady(naive=2.0, boosting=1.49)
    compared["lstm"] = made_up("lstm", np.full(20, 1.63), (1.55, 1.63, 1.71))
    verdict = judged(compared, "week")
    assert verdict.chosen == "boosting"
    said = "No better than boosting: the LSTM (1.63 against 1.49; 3 seeds, MASE 1.55 to 1.71)."
    assert said in map(str, verdict.said)


def test_nothing_beats_the_season_before_where_nothing_does():
    verdict = judged(steady(naive=2.0, seasonal=1.0, ridge=1.3, boosting=1.2), "week")
    assert verdict.chosen == "seasonal"
    assert str(verdict.said[0]) == "Nothing beats last year's same week; it is used."


def near(model: str, error: float) -> Scores:
    noise = np.random.default_rng(1).normal(0, 0.5, 20)
    return made_up(model, error + noise - noise.mean())


def test_without_a_clear_winner_the_simplest_kind_is_used():
    verdict = judged({**steady(naive=1.2), "boosting": near("boosting", 1.19)}, "week")
    assert verdict.chosen == "naive"
    assert "No clear winner: boosting (1.19, WIS) is within chance of the last value (1.20)" in str(verdict.said[0])
    assert str(verdict.said[1]) == "Not clearly better than the last value: boosting (1.19 against 1.20)."


def test_a_network_is_used_only_where_it_clearly_beats_what_learns_in_seconds():
    quick = steady(naive=2.0, ridge=1.3, boosting=1.2)
    assert judged({**quick, "lstm": near("lstm", 1.19)}, "week").chosen == "boosting"
    assert judged({**quick, **steady(lstm=1.1)}, "week").chosen == "lstm"


def test_of_one_kind_the_best_is_used_and_what_is_within_chance_of_it_is_told():
    verdict = judged({**steady(naive=2.0, boosting=1.2), "ridge": near("ridge", 1.21)}, "week")
    assert verdict.chosen == "boosting"
    said = "No better than boosting, though within chance: ridge regression (1.21 against 1.20)."
    assert said in map(str, verdict.said)


def test_of_the_last_value_and_the_simple_ones_the_best_is_used_without_having_to_win_clearly():
    simple = near("theta", 1.19)
    assert judged({**steady(naive=1.2), "theta": simple}, "week").chosen == "theta"


def test_the_median_is_used_where_none_of_the_simple_ones_clearly_beats_it():
    within = judged({**steady(naive=1.5, median=1.2), "theta": near("theta", 1.19)}, "week")
    assert within.chosen == "median" and "seldom far off" in str(within.said[0])
    assert judged(steady(naive=1.5, median=1.2, theta=1.1), "week").chosen == "theta"
    assert judged(steady(naive=1.0, median=1.2), "week").chosen == "naive"


def test_where_the_mean_of_several_was_compared_one_of_them_is_used_only_if_it_beats_the_mean_far_beyond_chance():
    naive, mean = steady(naive=1.5, ridge=1.3), steady(mean=1.2)
    within = judged({**naive, **mean, "boosting": near("boosting", 1.1)}, "week")
    assert within.chosen == "mean"
    assert str(within.said[0]).startswith(
        "Used is the mean of several (1.20, WIS): boosting (1.10) is not clearly better"
    )
    assert judged({**naive, **mean, "boosting": near("boosting", 0.7)}, "week").chosen == "boosting"
    assert judged({**naive, **mean, "lstm": near("lstm", 1.1)}, "week").chosen == "mean"


def test_the_last_value_takes_the_place_of_the_mean_only_where_it_was_better_beyond_doubt():
    by_a_hair = judged({"naive": near("naive", 1.1), **steady(mean=1.2)}, "week")
    assert by_a_hair.chosen == "mean" and "the last value (1.10) is not clearly better" in str(by_a_hair.said[0])
    assert judged(steady(naive=1.0, mean=1.2), "week").chosen == "naive"


def test_dates_that_overlap_or_are_few_leave_more_doubt():
    errors = np.tile([0.0, 0.5], 10)
    for count, step, chosen in ((20, 4, "boosting"), (20, 1, "mean"), (4, 4, "mean")):
        better = replace(
            made_up("boosting", 1.5 + errors[:count]), by_horizon=(made_up("boosting", errors).overall,) * 4
        )
        compared = {**steady(naive=3.0), "mean": made_up("mean", np.full(count, 2.0)), "boosting": better}
        assert judged(compared, "week", step=step).chosen == chosen


def test_the_one_with_the_better_intervals_is_used_though_another_is_nearer_in_the_middle():
    better = made_up("ridge", np.full(20, 1.0))
    nearer = replace(made_up("boosting", np.full(20, 1.0)), by_origin=np.full(20, 1.1))
    nearer = replace(nearer, overall=replace(nearer.overall, mase=0.8, wis=1.1))
    assert judged({**steady(naive=2.0), "ridge": better, "boosting": nearer}, "week").chosen == "ridge"


def test_where_plans_of_another_would_have_left_far_less_unmet_that_is_told():
    compared = steady(naive=2.0, ridge=1.6, boosting=1.2)
    unmet = {"naive": 0.05, "ridge": 0.02, "boosting": 0.03}
    told = judged({each: replace(scores, unmet=unmet[each]) for each, scores in compared.items()}, "week")
    assert told.chosen == "boosting" and str(told.said[-1]) == (
        "Errors and plans disagree: plans made from ridge regression would have left 2% of need unmet that could "
        "have been met, those made from boosting 3%."
    )
    near_it = {**unmet, "ridge": 0.029}
    said = judged({each: replace(scores, unmet=near_it[each]) for each, scores in compared.items()}, "week").said
    assert not any("plans" in str(each) for each in (*said, *judged(compared, "week").said))


def test_a_forecaster_that_fails_on_the_season_kept_aside_is_told_to():
    good, bad = (Score("boosting", error, 0.3, 5.0, 2.0, (error,)) for error in (1.0, 3.0))
    naive = Score("naive", 2.0, 0.3, 5.0, 2.0, (2.0,))
    assert str(kept_words(bad, naive, "week")).startswith("Beware")
    assert "1.00 (MASE) against 2.00 of the last value" in str(kept_words(good, naive, "week"))
