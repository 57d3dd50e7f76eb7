"""Use a kept model on a new file of any length, and say where the file does not fit it."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import pandas as pd

from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.tally import Floats, Scoring, Tally
from medalloc.preparation.shaping import shaping_steps
from medalloc.sentences import Sentence
from medalloc.tables.pieces import AsRead, pieces

Sink = Callable[[pd.DataFrame, bool], None]
"""Takes some rows with their probabilities, and whether they are the first ones."""

PROBABILITY = "need_probability"


def score_file(
    model: KeptModel,
    file: BinaryIO,
    name: str,
    *,
    region: str | None = None,
    sink: Sink | None = None,
    how: AsRead | None = None,
    told: Callable[[Sentence], None] = lambda _said: None,
) -> Scoring:
    """Predict every row of a file, some rows at a time.

    Parameters
    ----------
    model : KeptModel
        As `model_file.load_model` returned it.
    file : file
        Any that can be read, at its beginning.
    name : str
        File name, for messages only.
    region : str, optional
        Column by which the probabilities are summed.
    sink : callable, optional
        Given every piece of the file with a column of probabilities more, in order.
    how, told
        As for `pieces.pieces`.

    Raises
    ------
    InputError
        If the file is no table, or columns are missing or hold something else than they did; all faults at once.
    """
    needed = [*(each.name for each in model.columns), *([region] if region else [])]
    every = sink is not None or bool(shaping_steps(model.recipe))
    return score_pieces(
        model, pieces(file, name, None if every else needed, how=how, told=told), region=region, sink=sink
    )


def score_pieces(
    model: KeptModel, cells: Iterable[Any], *, region: str | None = None, sink: Sink | None = None
) -> Scoring:
    """Do what `score_file` does, on pieces that are read already: data frames or batches of Parquet."""
    tally, first = Tally(model, region), True
    for given in cells:
        piece, probability = tally.add(given)
        if sink is not None:
            sink(with_probability(piece, probability, predicted_name(model)), first)
        first = False
    return tally.scoring()


def predicted_name(model: KeptModel) -> str:
    """Return what the column of predictions is called in a file that was scored."""
    return f"expected_{model.training.need}" if model.is_of_amounts else PROBABILITY


def with_probability(piece: Any, probability: Floats, called: str) -> pd.DataFrame:
    """Return rows with a column of probabilities more."""
    frame: pd.DataFrame = piece if isinstance(piece, pd.DataFrame) else piece.to_pandas()
    name, number = called, 2
    while name in frame.columns:
        # A file that was scored before keeps its earlier column.
        name, number = f"{called}_{number}", number + 1
    return frame.assign(**{name: probability})
