"""The mean of all amounts, whoever the patient is: what every model of amounts has to beat."""

from typing import Any

from medalloc.need.models.amount_linear import linear
from medalloc.need.models.family import FAMILY_PARAMETER
from medalloc.need.models.kind import ModelKind, Settings
from medalloc.sentences import sentence

NO_SLOPE = 1e15
"""Penalty under which nothing but the intercept is left."""


def _build(choice: Settings, rows: int) -> Any:
    return linear(choice.text("family"), NO_SLOPE, rows)


AMOUNT_MEAN = ModelKind(
    kind="mean",
    name=sentence("The mean of all"),
    fits=sentence("Says the same amount for everybody: a model that does no better has learned nothing."),
    cost=sentence("Costs nothing."),
    parameters={"family": FAMILY_PARAMETER},
    build=_build,
)
