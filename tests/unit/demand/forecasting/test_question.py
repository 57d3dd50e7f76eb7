import pytest

from medalloc.demand.forecasting.question import Question
from medalloc.errors import InputError


def test_a_question_comes_back_from_plain_data():
    asked = Question(7, ("auto", "lstm"), seeds=5, seed=3)
    assert Question.from_json(asked.to_json()) == asked


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as raised:
        Question(0, (), seeds=0, seed=-1)
    assert len(raised.value.faults) == 4


@pytest.mark.parametrize("data", [None, {"version": 99}, {"version": 1, "horizons": 3}])
def test_what_is_no_question_is_refused(data):
    with pytest.raises(InputError):
        Question.from_json(data)


def test_an_unknown_optimiser_is_refused_with_those_known():
    with pytest.raises(InputError, match="use one of: gd, sgd, adam"):
        Question(optimizer="newton")
