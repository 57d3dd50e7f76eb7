"""Trained models that travel with a study: taken along as they are, and taken over instead of training again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from medalloc.errors import MedallocError, refused
from medalloc.jobs.protocol import Jobs
from medalloc.jobs.tasks import Assess, Assessed
from medalloc.need.evaluation.amount_assessment import AnyAssessment
from medalloc.study import Answers
from medalloc.study.steps import needs
from medalloc.study.tickets import Ticket
from medalloc.workspace.packed import Packed, models_in


def trained_files(tickets: tuple[Ticket, ...], jobs: Jobs) -> tuple[Mapping[str, Any], Mapping[str, bytes]] | None:
    """Return what the newest training that is done was given, and the files of its models; None where there is none."""
    own = (each for each in tickets if each.task == needs.training.__name__)
    done = next((each for each in own if jobs.status(each.id).state == "done"), None)
    return None if done is None else (done.of, jobs.result(done.id, Assess).files())


def with_models(answers: Answers, packed: bytes, name: str, found: Packed) -> tuple[Ticket, ...]:
    """Return the tickets of a study with that of the models in its file; they are left where they are of another.

    Parameters
    ----------
    name : str
        What it is called, for messages.
    found : Packed
        What `unpack` returned.

    Raises
    ------
    InputError
        If the models were changed into something that cannot be read.
    """
    if found.trained is None:
        return answers.tickets
    try:
        ticket = answers.adopt(needs.training, found.trained.of, models_in(packed, name, found.trained))
        if ticket is None:
            return answers.tickets
        _require_rows(answers.result(needs.training, ticket), name)
    except MedallocError as error:
        raise refused("The models in “{file}” cannot be used: {reason}", file=name, reason=error.said) from error
    return (ticket, *answers.tickets)


def _require_rows(trained: Assessed, name: str) -> None:
    """See that what was found is of the table that the study names."""
    rows = len(trained.learned_from.frame)
    every: list[AnyAssessment] = [*trained.assessments.values(), *trained.amounts.values()]
    if not every or any(each.rows != rows or not _fit(each, rows) for each in every):
        raise refused("“{file}” was changed after it was packed.", file=name)


def _fit(one: AnyAssessment, rows: int) -> bool:
    arrays = {name: each for name, each in vars(one).items() if isinstance(each, np.ndarray)}
    return all(len(each) == (one.test_rows if name.startswith("test_") else rows) for name, each in arrays.items())
