from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from medalloc.need.explanation.contributions import contributions, in_words
from medalloc.need.explanation.subject import Subject

Subjects = Callable[[str], Subject]


@pytest.mark.parametrize(("kind", "method"), [("boosting", "shap"), ("logistic", "coefficients")])
def test_contributions_and_base_add_up_to_the_log_odds(subject: Subjects, kind: str, method: str) -> None:
    model = subject(kind)
    for row in model.test[:6]:
        found = contributions(model, model.cells.iloc[[row]])
        assert found.method == method
        assert found.base is not None
        margin = found.base + sum(part.log_odds or 0 for part in found.parts)
        assert margin == pytest.approx(np.log(found.probability / (1 - found.probability)), abs=1e-5)
        for part in found.parts:
            without = 1 / (1 + np.exp(-(margin - (part.log_odds or 0))))
            assert part.points == pytest.approx(found.probability - without, abs=1e-6)


def test_a_patient_at_the_training_mean_owes_nothing_to_a_coefficient(subject: Subjects) -> None:
    model = subject("logistic")
    found = contributions(model, model.cells.iloc[[model.test[0]]])
    same = next(part for part in found.parts if part.column == "same")
    assert same.log_odds == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("kind", ["svm", "forest"])
def test_other_models_are_asked_again_with_each_column_at_its_typical_value(subject: Subjects, kind: str) -> None:
    model = subject(kind)
    one = model.cells.iloc[[model.test[1]]]
    found = contributions(model, one)
    assert found.method == "typical"
    for part in found.parts:
        assert part.log_odds is None
        asked = model.with_values(one, part.column, [part.typical])
        assert part.points == pytest.approx(found.probability - model.probability(asked)[0], abs=1e-9)
        if part.value == part.typical:
            assert part.points == pytest.approx(0, abs=1e-9)


def test_a_model_of_which_only_answers_are_known_is_asked_again_too(subject: Subjects) -> None:
    model = replace(subject("boosting"), fitted=None)
    assert contributions(model, model.cells.iloc[[model.test[0]]]).method == "typical"


def test_the_strongest_comes_first_and_words_agree_with_the_sign(subject: Subjects) -> None:
    model = subject("boosting")
    parts = contributions(model, model.cells.iloc[[model.test[2]]]).parts
    sizes = [abs(part.points) for part in parts]
    assert sizes == sorted(sizes, reverse=True)
    for part in parts:
        said = str(in_words(part))
        assert said.startswith(part.column)
        if round(abs(part.points) * 100, 1) > 0:
            assert ("adds" in said) == (part.points > 0)
            assert ("takes off" in said) == (part.points < 0)
