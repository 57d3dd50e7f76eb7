"""How far a forecast is."""

from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.progress import KEPT, Counter
from medalloc.demand.forecasting.question import Question
from medalloc.sentences import Sentence


def test_progress_never_goes_back_and_ends_at_most_at_the_whole(weeks) -> None:
    told: list[float] = []
    said: list[Sentence] = []

    def progress(fraction: float, stage: Sentence) -> None:
        told.append(fraction)
        said.append(stage)

    panel, question = weeks(2, 80), Question(models=("auto",))
    outlook(panel, question, told=Counter(panel, question, progress).told)
    assert told == sorted(told) and 0.5 < told[-1] <= 1
    assert str(said[0]).startswith("Trying the last value on past dates: 1 of ")


def test_a_trial_counts_as_much_as_its_past_dates_that_are_over(weeks) -> None:
    told: list[float] = []
    panel, question = weeks(2, 80), Question(models=("naive", "cnn"), seeds=3)
    counter = Counter(panel, question, lambda fraction, _: told.append(fraction))
    # two naive ones, boosting and three seeds of the network
    assert counter.trials == 2 + 1 + 3 + KEPT
    for done in (1, 2, 4):
        counter.told("naive", done, 4)
    counter.told("cnn", 1, 2)
    assert told == [share / counter.trials for share in (0.25, 0.5, 1, 1.5)]
