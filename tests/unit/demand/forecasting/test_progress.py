"""How far a forecast is."""

from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.progress import Counter
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
