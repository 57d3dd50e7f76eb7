import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.comparison.comparison import compare, corrected_test
from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.evaluation.cross_validation import CrossValidation
from medalloc.need.measures.scores import Scores
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Table

AUCS = st.lists(st.floats(0.3, 0.95), min_size=5, max_size=5)


def assessed(kind: str, aucs: list[float], accuracy: float = 0.8, majority: float = 0.7) -> Assessment:
    """Return an assessment with these ROC AUC over five folds."""
    by_fold = tuple(Scores(accuracy, majority, 0.6, auc, 0.5, 0.2) for auc in aucs)
    mean = replace(by_fold[0], roc_auc=float(np.mean(aucs)))
    spread = Scores(0.0, 0.0, 0.0, float(np.std(aucs, ddof=1)), 0.0, 0.0)
    folds = CrossValidation(5, mean, spread, "chance", by_fold, (80,) * 5, (20,) * 5)
    return Assessment(
        rows=100,
        train_rows=80,
        test_rows=20,
        features=("age",),
        choice=ModelChoice(kind),
        recipe=DEFAULT,
        sha256="0",
        scores=mean,
        cross_validation=folds,
        importances=(),
        warnings=(),
        test_need=np.tile([0, 1], 10).astype(np.int8),
        test_probability=np.full(20, 0.5),
        probability=None,
        explanations=None,
        fit_seconds=0.1,
    )


def test_the_corrected_test_is_nadeau_and_bengios_by_hand() -> None:
    differences = [0.03, 0.01, 0.02, 0.05, -0.01]
    # mean 0.02, squared deviations 0.0001 + 0.0001 + 0 + 0.0009 + 0.0009 = 0.002, variance 0.002 / 4 = 0.0005
    # corrected variance of the mean (1/5 + 20/80) * 0.0005 = 0.000225, t = 0.02 / 0.015 = 4/3 with 4 degrees of freedom
    found = corrected_test(differences, [80] * 5, [20] * 5)
    assert found.mean == pytest.approx(0.02)
    # Student's distribution with 4 degrees of freedom in closed form
    x = (4 / 3) / math.sqrt((4 / 3) ** 2 + 4)
    assert found.p_value == pytest.approx(1 - 1.5 * (x - x**3 / 3))


def test_the_uncorrected_test_would_be_surer() -> None:
    from scipy.stats import ttest_1samp

    differences = [0.03, 0.01, 0.02, 0.05, -0.01]
    naive = ttest_1samp(differences, 0.0).pvalue
    assert corrected_test(differences, [80] * 5, [20] * 5).p_value > naive
    assert corrected_test(differences, [10**12] * 5, [1] * 5).p_value == pytest.approx(naive)


def test_equal_folds_and_single_folds_tell_nothing() -> None:
    assert corrected_test([0.0] * 5, [80] * 5, [20] * 5).p_value == 1
    assert corrected_test([0.1], [80], [20]).p_value == 1
    assert corrected_test([0.1, math.nan], [80] * 2, [20] * 2).p_value == 1
    assert corrected_test([0.1] * 5, [80] * 5, [20] * 5).p_value == 0


@given(AUCS, AUCS, AUCS)
@settings(max_examples=60)
def test_no_winner_is_named_inside_the_spread(one: list[float], two: list[float], three: list[float]) -> None:
    every = {kind: assessed(kind, aucs) for kind, aucs in (("logistic", one), ("forest", two), ("boosting", three))}
    found = compare(every)
    said = " ".join(map(str, found.verdict))
    aucs = {"logistic": one, "forest": two, "boosting": three}
    leader = found.models[0].kind
    for kind, values in aucs.items():
        apart = corrected_test(np.subtract(aucs[leader], values), [80] * 5, [20] * 5).p_value < 0.05
        assert (kind in found.together) == (not apart)
    assert "best" not in said
    if len(found.together) > 1:
        assert "cannot be told apart on your data" in said
        assert "better than every other model" not in said
        halves = {kind: corrected_test(np.subtract(aucs[kind], 0.5), [80] * 5, [20] * 5) for kind in found.together}
        above = [kind for kind, test in halves.items() if test.mean > 0 and test.p_value < 0.05]
        assert found.chosen == min(above or found.together, key=["logistic", "forest", "boosting"].index)
        assert found.beats_guessing == bool(above)
    else:
        assert f"{leader} ranks patients better than every other model" in said
        assert found.chosen == leader


def test_what_cannot_be_told_from_guessing_is_said() -> None:
    found = compare({kind: assessed(kind, [0.48, 0.55, 0.5, 0.53, 0.47]) for kind in ("logistic", "boosting")})
    assert not found.beats_guessing
    assert "logistic cannot be told apart from guessing" in " ".join(map(str, found.verdict))
    assert compare({"svm": assessed("svm", [0.8, 0.82, 0.79, 0.81, 0.8])}).beats_guessing


def test_a_simple_model_that_ranks_like_a_coin_is_not_taken_for_one_that_does_better() -> None:
    found = compare(
        {
            "logistic": assessed("logistic", [0.35, 0.8, 0.5, 0.75, 0.45]),
            "boosting": assessed("boosting", [0.62, 0.64, 0.63, 0.65, 0.61]),
        }
    )
    assert set(found.together) == {"logistic", "boosting"}
    assert found.chosen == "boosting" and found.beats_guessing
    assert "The simplest of those that rank better than guessing is chosen: boosting" in str(found.verdict[0])


def test_ninety_one_percent_in_the_majority_is_worth_nothing() -> None:
    found = compare({"logistic": assessed("logistic", [0.7] * 5, accuracy=0.91, majority=0.91)})
    assert "Its accuracy of 91% is worth nothing" in " ".join(map(str, found.verdict))
    assert found.majority.accuracy == 0.91
    better = compare({"logistic": assessed("logistic", [0.7] * 5, accuracy=0.93, majority=0.91)})
    assert "worth nothing" not in " ".join(map(str, better.verdict))


def test_one_model_alone_has_nothing_to_be_compared_with() -> None:
    (said,) = compare({"svm": assessed("svm", [0.8, 0.82, 0.79, 0.81, 0.8])}, {"svm": "Margins"}).verdict
    assert "Margins is the only model that was trained" in str(said)


def test_other_folds_and_no_folds_are_not_compared() -> None:
    one = assessed("svm", [0.8] * 5)
    assert one.cross_validation is not None
    other = replace(assessed("logistic", [0.8] * 5), cross_validation=replace(one.cross_validation, tested=(19,) * 5))
    with pytest.raises(ValueError, match="same folds"):
        compare({"svm": one, "logistic": other})
    with pytest.raises(ValueError, match="not cross-validated"):
        compare({"svm": replace(one, cross_validation=None)})


def test_every_model_of_a_table_is_tested_on_the_same_rows(table: Table) -> None:
    every = {kind: assess(table, DEFAULT, ModelChoice(kind)) for kind in ("boosting", "logistic", "forest-article")}
    found = compare(every)
    assert found.kind == "chance" and found.folds == 5
    assert len({each.cross_validation.tested for each in every.values() if each.cross_validation}) == 1
    means = [row.mean.roc_auc for row in found.models]
    assert means == sorted(means, reverse=True)
    assert all(row.fit_seconds > 0 for row in found.models)
