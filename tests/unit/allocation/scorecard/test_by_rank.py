import pytest


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        ([1, 2, 3], "Coverage leans to the better off: about 20% of it would have to move to the worse-off half."),
        ([3, 2, 1], "Coverage leans to the worse off: about 20% of it would have to move to the better-off half."),
        ([1, 1, 1], "Coverage leans neither to the better off nor to the worse off."),
    ],
)
def test_which_end_of_the_rank_has_more_is_said_in_words(rank, said, plan_with, scores):
    """By hand: 2 / 0.5 times the mean of 0.2 * -1/3 and 0.8 * 1/3 is 4 / 15, and three quarters of that are 20%."""
    plan = plan_with([0.2, 0.5, 0.8], demand=[1, 1, 1])
    assert str(scores(plan, rank=rank)["concentration_index"].meaning) == said
