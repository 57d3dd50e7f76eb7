from collections.abc import Callable

import numpy as np
import pytest

from medalloc.need.explanation.ranges import as_numbers, column_range
from medalloc.need.explanation.smallest_change import change_in_words, smallest_change
from medalloc.need.explanation.subject import Subject

Subjects = Callable[[str], Subject]
MAY_CHANGE = ("visits", "seen", "性别")


def size_by_hand(model: Subject, row: int, column: str, value: object) -> float:
    if column == "性别":
        return 1.0
    trained = model.cells[column].iloc[model.train]
    pair = as_numbers(type(trained)([model.cells[column].iloc[row], value]))
    return float(abs(pair[1] - pair[0]) / as_numbers(trained).std())


@pytest.mark.parametrize("kind", ["logistic", "boosting"])
@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_the_smallest_change_crosses_and_no_smaller_one_of_a_single_column_does(
    subject: Subjects, kind: str, threshold: float
) -> None:
    model = subject(kind)
    seen = set()
    for row in model.test[:6]:
        cells = model.cells.iloc[[row]]
        now = model.probability(cells)[0]
        found = smallest_change(model, cells, MAY_CHANGE, threshold=threshold)
        assert found.to_need == (not now > threshold)
        seen.add(len(found.steps))
        crossing = []
        for column in MAY_CHANGE:
            for value in model.cells[column].iloc[model.train].dropna().unique():
                said = model.probability(model.with_values(cells, column, [value]))[0]
                if (said > threshold) != (now > threshold):
                    crossing.append(size_by_hand(model, row, column, value))
        if not crossing:
            assert len(found.steps) != 1
        else:
            assert len(found.steps) == 1
            assert found.size == pytest.approx(min(crossing))
        turned = cells
        for step in found.steps:
            assert step.column in MAY_CHANGE
            turned = model.with_values(turned, step.column, [step.after])
        assert model.probability(turned)[0] == pytest.approx(found.probability)
        if found.steps:
            assert (found.probability > threshold) != (now > threshold)
    assert 1 in seen or threshold > 0.5


def test_two_columns_are_changed_where_one_alone_does_not_do_it(subject: Subjects) -> None:
    model = subject("logistic")
    for row in model.test:
        cells = model.cells.iloc[[row]]
        alone = [smallest_change(model, cells, (name,), threshold=0.93).steps for name in ("diabetic", "visits")]
        both = smallest_change(model, cells, ("diabetic", "visits"), threshold=0.93)
        if len(both.steps) == 2:
            assert alone == [(), ()]
            assert both.size == pytest.approx(
                np.hypot(1.0, abs(both.steps[0].after - both.steps[0].before) / column_range(model, "visits").spread)
            )
            assert " and " in str(change_in_words(both, 0.93))
            return
    raise AssertionError("no patient of the sample needs two changes")


def test_nothing_crosses_where_nothing_may_change_or_the_threshold_is_out_of_reach(subject: Subjects) -> None:
    model = subject("logistic")
    cells = model.cells.iloc[[model.test[0]]]
    for columns, threshold in (((), 0.5), (("same", "seen"), 0.9999)):
        found = smallest_change(model, cells, columns, threshold=threshold)
        assert found.steps == ()
        assert np.isnan(found.size)
        assert str(change_in_words(found, threshold)).startswith("No change of the columns marked changeable crosses")


def test_a_value_that_is_not_known_may_become_known(subject: Subjects) -> None:
    model = subject("logistic")
    row = next(row for row in model.test if np.isnan(model.cells["age"].iloc[row]))
    cells = model.cells.iloc[[row]]
    found = smallest_change(model, cells, ("age",), threshold=float(model.probability(cells)[0]) + 0.02)
    assert found.steps[0].before is None
    assert "age from not known to" in str(change_in_words(found, 0.5))


def test_pairs_of_columns_with_many_values_are_said_to_be_thinned(subject: Subjects) -> None:
    model = subject("logistic")
    found = smallest_change(model, model.cells.iloc[[model.test[0]]], ("seen", "same"), threshold=0.9999)
    assert not found.every_pair
    for one in ("diabetic", "seen"):
        assert smallest_change(model, model.cells.iloc[[model.test[0]]], (one,), threshold=0.9999).every_pair


def test_a_value_that_hardly_anybody_has_is_said_to_be_extreme(subject: Subjects) -> None:
    model = subject("logistic")
    about = column_range(model, "age")
    told = set()
    for row in model.test[:40]:
        cells = model.cells.iloc[[row]]
        found = smallest_change(model, cells, ("age",), threshold=0.5)
        for step in found.steps:
            assert step.usual == (about.inside[0] <= step.after <= about.inside[1])
            assert ("so extreme a value of age" in str(change_in_words(found, 0.5))) == (not step.usual)
            told.add(step.usual)
    assert True in told
