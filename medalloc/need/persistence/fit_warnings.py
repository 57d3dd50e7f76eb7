"""What a reader should know about a file that was scored, in sentences made from its numbers."""

import math
from collections.abc import Iterator

from medalloc.need.persistence.drift import CHANCE, ColumnFit, shifted
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.profile import ColumnProfile
from medalloc.need.persistence.tally import Scoring
from medalloc.sentences import Sentence, counted, sentence

MORE_MISSING = 0.1
"""Share of rows without a value, above that of the training rows, from which it is told. [fraction]"""


def fit_warnings(model: KeptModel, scored: Scoring) -> list[Sentence]:
    """Say where a file does not fit the model that scored it; nothing when it does.

    Parameters
    ----------
    scored : Scoring
        What `scoring.score_file` returned.
    """
    made = []
    if model.training.weight:
        made.append(
            sentence(
                "Each row counts once in these sums; when the model was trained, it counted as column “{column}” said.",
                column=model.training.weight,
            )
        )
    if scored.left_out:
        made.append(
            sentence(
                "Rows left out by the model's recipe, without a prediction: {count} of {rows}.",
                count=scored.left_out,
                rows=scored.rows,
            )
        )
    if scored.without_prediction > scored.left_out:
        made.append(
            sentence(
                "Rows without a prediction because a value is missing: {count} of {rows}.",
                count=scored.without_prediction - scored.left_out,
                rows=scored.rows,
            )
        )
    if scored.without_region:
        made.append(
            sentence("Rows without a region: {count}. No region's sum holds them.", count=scored.without_region)
        )
    for profile, column in zip(model.columns, scored.columns, strict=True):
        made += _unknown(profile, column, scored.rows, len(model.columns))
        before, now = profile.missing / max(profile.rows, 1), column.missing / scored.rows
        if now > before + MORE_MISSING:
            made.append(
                sentence(
                    "Column “{column}” is blank in {now}% of the rows; when the model was trained it was {before}%.",
                    column=column.name,
                    now=round(100 * now, 1),
                    before=round(100 * before, 1),
                )
            )
    return made + _drift(shifted(scored.columns))


def _unknown(profile: ColumnProfile, column: ColumnFit, rows: int, columns: int) -> Iterator[Sentence]:
    if column.unseen:
        yield counted(
            "Column “{column}” holds categories the model has never met in {count} of {rows} row, such as {examples}; "
            "it treats them as none of those it knows.",
            "Column “{column}” holds categories the model has never met in {count} of {rows} rows, such as "
            "{examples}; it treats them as none of those it knows.",
            "rows",
            column=column.name,
            count=column.unseen,
            rows=rows,
            examples=", ".join(f"“{each}”" for each in column.examples),
        )
    known, learned_from = rows - column.missing, profile.rows - profile.missing
    if chance_outside(max(column.below, column.above), known, learned_from) < CHANCE / (2 * columns):
        yield counted(
            "Column “{column}” lies outside what the model has learned from ({low} to {high}) in {count} of {rows} "
            "row: below in {below}, above in {above}.",
            "Column “{column}” lies outside what the model has learned from ({low} to {high}) in {count} of {rows} "
            "rows: below in {below}, above in {above}.",
            "rows",
            column=column.name,
            low=column.low,
            high=column.high,
            count=column.below + column.above,
            rows=rows,
            below=column.below,
            above=column.above,
        )


def chance_outside(outside: int, rows: int, learned_from: int) -> float:
    """Return how often so many rows lie beyond one end of the training range in a file of the same population.

    Parameters
    ----------
    outside : int
        Rows beyond the largest (or below the smallest) of the training rows. [count]
    rows : int
        Rows of the file with a value. [count]
    learned_from : int
        Training rows with a value. [count]

    Notes
    -----
    Whatever the distribution, that `outside` rows or more are beyond has the chance that the largest of all rows
    together, one after the other, are all in the file.

    Examples
    --------
    >>> chance_outside(0, 100, 80_000), round(chance_outside(1, 100, 100), 9), round(chance_outside(2, 2, 1), 9)
    (1.0, 0.5, 0.333333333)
    """
    every = rows + learned_from
    above = math.lgamma(rows + 1) - math.lgamma(rows - outside + 1)
    below = math.lgamma(every + 1) - math.lgamma(every - outside + 1)
    return math.exp(above - below)


def _drift(columns: list[ColumnFit]) -> list[Sentence]:
    said = {
        word: ", ".join(f"“{each.name}” ({each.drift:.2f})" for each in columns if each.shifted == word)
        for word in ("strongly", "somewhat")
    }
    made = []
    if said["strongly"]:
        made.append(
            sentence(
                "Distributed quite differently from the rows the model learned from (stability index in brackets): "
                "{columns}. Do not rely on these probabilities before the model has been tested on rows like these.",
                columns=said["strongly"],
            )
        )
    if said["somewhat"]:
        made.append(
            sentence(
                "Distributed somewhat differently from the rows the model learned from (stability index in brackets): "
                "{columns}.",
                columns=said["somewhat"],
            )
        )
    return made
