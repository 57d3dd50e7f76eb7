"""The trained model that is looked at, beside the table it learned from."""

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.contributions import every_range
from medalloc.need.explanation.ranges import ColumnRange
from medalloc.need.explanation.subject import Subject
from medalloc.need.persistence.model_file import KeptModel
from medalloc.need.training.patients import gather
from medalloc.need.training.training import split_patients
from medalloc.study.steps import needs
from medalloc.tables.table import Table
from medalloc.ui import state


def trained(of: Assessment) -> KeptModel | None:
    """Return the model that the training kept, or None where there is none of this kind."""
    training = state.ask(needs.training)
    return None if training is None else training.model(of.choice.kind)


def learned_from() -> Table | None:
    """Return the table that the models learned from, which the table in use may no longer be."""
    training = state.ask(needs.training)
    return None if training is None else training.learned_from


def subject(of: Assessment) -> Subject | None:
    """Return what explanations ask, or None where the model was not kept."""
    kept, table = trained(of), learned_from()
    if kept is None or table is None:
        return None
    return state.keep(_subject, of, kept, table)


def ranges(of: Subject) -> dict[str, ColumnRange]:
    """Return what each feature holds among the training rows."""
    return state.keep(every_range, of)


def _subject(of: Assessment, kept: KeptModel, table: Table) -> Subject:
    parts = split_patients(gather(table, of.recipe), of.choice)
    prepared = kept.fitted.prepared
    return Subject(table, prepared.sources, parts.train, parts.test, kept.probability, prepared, kept.fitted)
