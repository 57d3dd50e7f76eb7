"""Logistic regression."""

from typing import Any

from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import PENALTY, ModelOption, Parameter
from medalloc.sentences import sentence


def _build(choice: Settings, _rows: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1 / choice.option("penalty"), max_iter=1000)


LOGISTIC = ModelKind(
    kind="logistic",
    name=sentence("Logistic regression"),
    fits=sentence(
        "Fits when each column pushes the chance of need up or down on its own; the baseline that every other "
        "model has to beat."
    ),
    cost=sentence("Costs next to nothing, whatever the size of the table; it sees no interplay between columns."),
    parameters={"penalty": Parameter(ModelOption(1e-6, 1e6, default=1.0), *PENALTY)},
    build=_build,
    permuted_rows=10_000,
)
