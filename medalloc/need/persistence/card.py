"""A model's card: what it is, what it learned from, how good it is, and where it must not be believed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from medalloc.need.evaluation.amount_assessment import AmountAssessment, AnyAssessment
from medalloc.need.measures.amounts import AmountScores
from medalloc.need.measures.scores import Scores
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.persistence.contents import contents
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.profile import ColumnProfile
from medalloc.preparation.arriving import KINDS
from medalloc.preparation.recipe import describe
from medalloc.sentences import Sentence, counted, sentence

Cell = str | float | Sentence | None
"""None where there is nothing to say."""

SCORE_NAMES: Mapping[str, Sentence] = {
    "accuracy": sentence("Accuracy"),
    "majority_accuracy": sentence("Accuracy of always giving the majority answer"),
    "balanced_accuracy": sentence("Balanced accuracy"),
    "roc_auc": sentence("ROC AUC"),
    "average_precision": sentence("Average precision"),
    "brier": sentence("Brier score"),
    "deviance": sentence("Deviance"),
    "explained": sentence("Share of the deviance explained"),
    "mae": sentence("Mean absolute error"),
    "rmse": sentence("Root mean squared error"),
    "ratio": sentence("Observed over expected"),
}

FEW_TEST_ROWS = 200
"""Test rows below which scores are said to be uncertain."""


@dataclass(frozen=True)
class Grid:
    """A small table."""

    head: tuple[Sentence, ...]
    """Names of the columns."""

    rows: tuple[tuple[Cell, ...], ...]
    """Cells, row by row."""

    digits: tuple[int | None, ...] = ()
    """Digits behind the decimal sign of the numbers of each column; None, as left out, for those a reader can use."""


@dataclass(frozen=True)
class Section:
    """A part of a document: a heading, sentences, and perhaps a table."""

    title: Sentence
    """The heading."""

    lines: tuple[Sentence, ...] = ()
    """What is said, one after the other."""

    grid: Grid | None = None
    """Numbers that belong to it."""


def card(model: KeptModel, assessment: AnyAssessment | None = None, further: Sequence[Section] = ()) -> list[Section]:
    """Return a model's card, every sentence made from its numbers.

    Parameters
    ----------
    assessment : Assessment, optional
        Adds cross-validated scores, intervals and what the model goes by.
    further : sequence of Section
        What else is known, such as scores by group; comes after the scores.
    """
    made = [_what(model), _data(model), _scores(model, assessment)]
    if assessment is not None and assessment.importances:
        made.append(_importances(assessment))
    return [*made, *further, Section(sentence("Limits"), tuple(_limits(model, assessment))), _making(model)]


def title(model: KeptModel) -> Sentence:
    """Return the heading of a card."""
    return sentence(
        "Model card: {model} for “{need}”",
        model=EVERY_KIND[model.choice.kind].name,
        need=model.training.need,
    )


def _what(model: KeptModel) -> Section:
    options = ", ".join(f"{name} = {value}" for name, value in model.choice.options.items())
    lines = [
        *(() if model.is_of_amounts else (_probability(model),)),
        model.predicts,
        sentence("Options other than the defaults: {options}.", options=options)
        if options
        else sentence("Every option of the model has its default."),
        contents(model.fitted.model),
        sentence("Cells are prepared by recipe “{recipe}”:", recipe=model.recipe.name),
        *(describe(step) for step in model.recipe.steps),
    ]
    return Section(sentence("What it is"), tuple(lines))


def _probability(model: KeptModel) -> Sentence:
    return sentence(
        "Predicts the probability that a patient is in need, as column “{need}” of the table says it.",
        need=model.training.need,
    )


def _data(model: KeptModel) -> Section:
    about = model.training
    lines = [
        counted(
            "Table “{table}” with {rows} row.",
            "Table “{table}” with {rows} rows.",
            "rows",
            table=about.table,
            rows=about.rows,
        ),
        sentence(
            "Rows to learn from: {train}, with {mean} on average; rows set aside for the test: {test}.",
            train=about.train_rows,
            mean=about.train_mean,
            test=about.test_rows,
        )
        if about.train_mean is not None
        else sentence(
            "Rows to learn from: {train}, of which {share}% are in need; rows set aside for the test: {test}.",
            train=about.train_rows,
            share=round(100 * about.train_need, 1),
            test=about.test_rows,
        ),
    ]
    if about.by_patient:
        lines.append(sentence("Patients repeat; the rows of one patient are kept on one side of the split."))
    head = (sentence("Column"), sentence("Holds"), sentence("Missing [%]"), sentence("Range or most frequent"))
    rows = tuple(
        (each.name, KINDS[each.kind], round(100 * each.missing / max(each.rows, 1), 1), _range(each))
        for each in model.columns
    )
    return Section(sentence("What it learned from"), tuple(lines), Grid(head, rows))


def _range(column: ColumnProfile) -> Cell:
    if column.is_text:
        return ", ".join(column.levels[:5])
    if column.low is None:
        return ""
    return sentence("{low} to {high}", low=column.low, high=column.high)


def _worth(found: Scores | AmountScores) -> Sentence:
    """Say in one sentence whether the scores are worth anything."""
    if isinstance(found, AmountScores):
        return sentence(
            "Explains {explained}% of the deviance of the test rows around their mean, and errs by {error} on average.",
            explained=round(100 * found.explained, 1),
            error=found.mae,
        )
    gain = found.accuracy - found.majority_accuracy
    return (
        sentence(
            "Right for {accuracy}% of the test rows, where always giving the majority answer is right for {majority}%.",
            accuracy=round(100 * found.accuracy, 1),
            majority=round(100 * found.majority_accuracy, 1),
        )
        if gain > 0
        else sentence(
            "No better than always giving the majority answer: right for {accuracy}% of the test rows "
            "against {majority}%.",
            accuracy=round(100 * found.accuracy, 1),
            majority=round(100 * found.majority_accuracy, 1),
        )
    )


def _scores(model: KeptModel, assessment: AnyAssessment | None) -> Section:
    found = model.scores
    intervals: Mapping[str, Any] = getattr(assessment, "intervals", {})
    folds = None if assessment is None else assessment.cross_validation
    head = [sentence("Score"), sentence("Test rows")]
    if intervals:
        head.append(sentence("Interval"))
    if folds is not None:
        head.append(sentence("Folds: mean ± standard deviation"))
    rows = []
    for name in (field.name for field in fields(found)):
        row: list[Cell] = [SCORE_NAMES.get(name, name), f"{getattr(found, name):.3f}"]
        if intervals:
            row.append(_interval(intervals.get(name)))
        if folds is not None:
            row.append(f"{getattr(folds.mean, name):.3f} ± {getattr(folds.spread, name):.3f}")
        rows.append(tuple(row))
    return Section(sentence("How good it is"), (_worth(found),), Grid(tuple(head), tuple(rows)))


def _interval(found: Any) -> Cell:
    return "" if found is None else sentence("{low} to {high}", low=f"{found.low:.3f}", high=f"{found.high:.3f}")


def _importances(assessment: AnyAssessment) -> Section:
    of_amounts = isinstance(assessment, AmountAssessment)
    shuffled = sentence("Rise of the deviance when the column is shuffled")
    head = (sentence("Column"), shuffled if of_amounts else sentence("Loss of ROC AUC when the column is shuffled"))
    rows = tuple((each.feature, f"{each.permutation:.4f}") for each in assessment.importances[:10])
    return Section(
        sentence("What it relies on"),
        (sentence("An importance says what the model relies on, not what causes need."),),
        Grid(head, rows),
    )


def _limits(model: KeptModel, assessment: AnyAssessment | None) -> Iterator[Sentence]:
    yield from model.warnings if assessment is None else assessment.warnings
    about = model.training
    if about.test_rows < FEW_TEST_ROWS:
        yield counted(
            "Tested on {rows} row only: the scores are uncertain.",
            "Tested on {rows} rows only: the scores are uncertain.",
            "rows",
            rows=about.test_rows,
        )
    yield sentence(
        "Learned from and tested on one table, “{table}”: for patients of another place or time it must be tested "
        "again.",
        table=about.table,
    )
    yield sentence(
        "Values outside the ranges above, and categories it has never met, are beyond what it knows; scoring a file "
        "counts them."
    )
    many = [each.name for each in model.columns if each.is_text and not each.knows_every_level]
    if many:
        yield sentence(
            "Columns with so many categories that new ones are not recognised: {columns}.", columns=", ".join(many)
        )
    yield sentence("It says who is likely to be in need, not why, and nothing about what care would change.")


def _making(model: KeptModel) -> Section:
    about = model.training
    lines = [
        sentence("Saved {date} (UTC).", date=about.date.replace("T", " ").removesuffix("+00:00")),
        sentence(
            "Seed: {seed}. The same table, recipe, model and seed give the same model.", seed=str(model.choice.seed)
        ),
        sentence(
            "Libraries: {libraries}.", libraries=", ".join(f"{name} {found}" for name, found in model.libraries.items())
        ),
        sentence("SHA-256 of the table's file: {sha256}.", sha256=about.sha256),
    ]
    return Section(sentence("How it was made"), tuple(lines))
