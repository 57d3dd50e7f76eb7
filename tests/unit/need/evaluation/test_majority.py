from medalloc.need.evaluation.majority import worth_nothing
from medalloc.need.measures.scores import scores


def test_an_accuracy_above_the_majoritys_is_not_belittled() -> None:
    need = [0] * 8 + [1, 1]
    assert worth_nothing(need, scores(need, [0.1] * 8 + [0.9, 0.2])) is None


def test_ninety_one_percent_of_ninety_one_is_worth_nothing() -> None:
    need = [0] * 91 + [1] * 9
    said = str(worth_nothing(need, scores(need, [0.2] * 100)))
    assert "an accuracy of 91% is worth nothing" in said
    assert "“no”" in said
    assert "“yes”" in str(worth_nothing([1 - each for each in need], scores([1 - each for each in need], [0.8] * 100)))


def test_shares_are_said_in_tenths_of_a_percent() -> None:
    need = [0, 0, 1]
    said = str(worth_nothing(need, scores(need, [0.2] * 3)))
    assert "right for 66.7% of them" in said and "an accuracy of 66.7%" in said
