import pytest

from medalloc.need.comparison.verdict import guessing, listed
from medalloc.need.measures.scores import scores


def test_names_are_listed_as_one_speaks() -> None:
    assert str(listed(["A"])) == "A"
    assert str(listed(["A", "B"])) == "A and B"
    assert str(listed(["A", "B", "C", "D"])) == "A, B, C and D"


@pytest.mark.parametrize("positives", [1, 3, 7, 9])
def test_guessing_scores_as_giving_everyone_the_share_in_need(positives: int) -> None:
    need = [1] * positives + [0] * (10 - positives)
    by_hand = scores(need, [positives / 10] * 10)
    found = guessing(need, max(positives, 10 - positives) / 10)
    for name, value in vars(found).items():
        assert value == pytest.approx(getattr(by_hand, name)), name
