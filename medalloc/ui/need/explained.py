"""The trained model that is looked at, beside the table it learned from."""

from dataclasses import dataclass

from medalloc.jobs.tasks import Assessed
from medalloc.need.evaluation.amount_assessment import AnyAssessment
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.contributions import every_range
from medalloc.need.explanation.ranges import ColumnRange
from medalloc.need.explanation.subject import Subject
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.training.patients import gather
from medalloc.need.training.training import split_patients
from medalloc.tables.table import Table
from medalloc.ui import state


@dataclass(frozen=True)
class Trained:
    """The model that is looked at, and the training that it comes from."""

    of: Assessment
    """What was found about it."""

    training: Assessed
    """Everything that was learned with it."""

    run: str
    """Which training that was."""

    every: tuple[Assessed, ...] = ()
    """All trainings that are still known, the newest first."""

    @property
    def model(self) -> KeptModel | None:
        """The model that the training kept, or None where there is none of this kind."""
        return self.training.model(self.of.choice.kind)

    @property
    def table(self) -> Table:
        """The table that it learned from, which the table in use may no longer be."""
        return self.training.learned_from


def subject(trained: Trained) -> Subject | None:
    """Return what explanations ask, or None where the model was not kept."""
    return None if trained.model is None else state.keep(subject_of, trained.of, trained.model, trained.table)


def ranges(of: Subject) -> dict[str, ColumnRange]:
    """Return what each feature holds among the training rows."""
    return state.keep(every_range, of)


def subject_of(of: AnyAssessment, kept: KeptModel, table: Table) -> Subject:
    """Return what explanations ask of a model of need or of amounts."""
    parts = split_patients(gather(table, of.recipe), of.choice)
    prepared = kept.fitted.prepared
    return Subject(table, prepared.sources, parts.train, parts.test, kept.probability, prepared, kept.fitted)
