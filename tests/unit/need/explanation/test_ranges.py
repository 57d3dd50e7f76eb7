"""What a column held among the rows a model learned from, and what lies outside of it."""

from collections.abc import Callable

import numpy as np
import pytest

from medalloc.need.explanation.ranges import as_numbers, column_range
from medalloc.need.explanation.subject import Subject

Subjects = Callable[[str], Subject]


@pytest.mark.parametrize("column", ["age", "性别", "visits", "diabetic", "seen", "same"])
def test_a_range_holds_every_value_that_was_learned_from_its_typical_one_and_none_beyond(
    subject: Subjects, column: str
) -> None:
    model = subject("logistic")
    known = model.cells[column].iloc[model.train].dropna()
    found = column_range(model, column)
    assert all(map(found.holds, known.tolist())) and found.holds(found.typical) and found.holds(None)
    assert found.typical in known.tolist() and found.levels == tuple(sorted(set(known.tolist())))
    if found.low is None:
        assert not found.holds("never seen")
        assert (known == found.typical).sum() == known.value_counts().max()
    else:
        assert (found.low, found.high) == (known.min(), known.max())
        numbers = as_numbers(known)
        assert found.spread == pytest.approx(numbers.std() or 1.0)
        assert found.whole == all(float(each).is_integer() for each in numbers)
        assert found.inside == tuple(known.sort_values().iloc[[int(each * (len(known) - 1)) for each in (0.01, 0.99)]])
        beyond = np.timedelta64(1, "s") if found.kind == "date" else 1e-6
        assert not found.holds(found.low - beyond) and not found.holds(found.high + beyond)
        assert (known <= found.typical).mean() >= 0.5 - 1 / len(known) <= (known >= found.typical).mean()


def test_of_a_column_without_values_every_number_lies_outside(subject: Subjects) -> None:
    model = subject("logistic")
    cells = model.cells["age"].mask(np.ones(len(model.cells), dtype=bool))
    model.cells["empty"] = cells
    found = column_range(model, "empty")
    assert found.typical is None and not found.holds(3.0) and found.holds(float("nan"))
