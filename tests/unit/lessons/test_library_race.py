import numpy as np

from medalloc.lessons.library_race import LIBRARY_NAMES, library_race
from medalloc.sentences import Sentence

ROWS = 96


def test_every_optimiser_learns_counts_its_steps_and_tells_how_far_it_is() -> None:
    draw = np.random.default_rng(1)
    inputs = draw.normal(size=(ROWS, 3))
    told: list[float] = []

    def progress(fraction: float, stage: Sentence) -> None:
        assert stage.values["passes"] == 6
        told.append(fraction)

    made = library_race(
        inputs,
        (inputs[:, 0] > 0).astype(np.int8),
        {"descent": 0.5, "sgd": 0.3, "adam": 0.02},
        batch=32,
        passes=6,
        seeds=1,
        progress=progress,
    )
    assert set(made) == set(LIBRARY_NAMES)
    assert told == sorted(told)
    assert told[-1] == 1
    for way, (one,) in made.items():
        assert one.loss[-1] < one.loss[0]
        assert one.updates.tolist() == [place * (1 if way == "descent" else 3) for place in range(1, 7)]
        assert one.seconds[0] == 0
