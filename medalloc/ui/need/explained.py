"""The trained model that is looked at, beside the table it learned from."""

from medalloc.need.explaining.contributions import every_range
from medalloc.need.explaining.ranges import ColumnRange
from medalloc.need.explaining.subject import Subject
from medalloc.need.judging.assessment import Assessment
from medalloc.need.keeping.model_file import KeptModel
from medalloc.need.learning.patients import gather
from medalloc.need.learning.training import split_patients
from medalloc.tables.storage import load_table
from medalloc.tables.table import Table
from medalloc.ui import chain, state


def learned_from() -> Table | None:
    """Return the table that the finished run learned from, which the table in use may no longer be."""
    run = state.get().run
    if run is None:
        return None
    folder = state.jobs().run(run).folder
    return state.remember("learned from", run, lambda: load_table(folder / "table"))


def subject(of: Assessment) -> Subject | None:
    """Return what explanations ask, or None where the model was not kept."""
    kept, table = chain.trained(of.choice.kind), learned_from()
    if kept is None or table is None:
        return None
    return state.remember("explained", state.Same(kept), lambda: _subject(of, kept, table))


def ranges(of: Subject) -> dict[str, ColumnRange]:
    """Return what each feature holds among the training rows."""
    return state.remember("ranges", state.Same(of), lambda: every_range(of))


def _subject(of: Assessment, kept: KeptModel, table: Table) -> Subject:
    parts = split_patients(gather(table, of.recipe), of.choice)
    prepared = kept.fitted.prepared
    return Subject(table, prepared.sources, parts.train, parts.test, kept.probability, prepared, kept.fitted)
