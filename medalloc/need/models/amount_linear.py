"""The linear model of amounts: a generalised one for counts and amounts above 0, ridge regression for any numbers."""

from typing import Any

from medalloc.need.models.family import FAMILY_PARAMETER
from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import PENALTY, ModelOption, Parameter
from medalloc.sentences import sentence


def linear(family: str, penalty: float, rows: int) -> Any:
    """Return an unfitted linear model.

    Parameters
    ----------
    family : str
        ``poisson`` and ``gamma`` are linear in the logarithm, ``squared`` in the amount itself.
    penalty : float
        Weight of the squared coefficients beside the summed deviance of the rows.
    rows : int
        Training rows. [count]
    """
    from medalloc.need.models.amount_building import ScikitAmounts

    if family == "squared":
        from sklearn.linear_model import Ridge

        return ScikitAmounts(Ridge(alpha=penalty))
    from sklearn.linear_model import GammaRegressor, PoissonRegressor

    kind = {"poisson": PoissonRegressor, "gamma": GammaRegressor}[family]
    # scikit-learn weighs the mean deviance of a row against the penalty
    return ScikitAmounts(kind(alpha=penalty / max(rows, 1), solver="newton-cholesky", max_iter=300))


def _build(choice: Settings, rows: int) -> Any:
    return linear(choice.text("family"), choice.option("penalty"), rows)


AMOUNT_LINEAR = ModelKind(
    kind="linear",
    name=sentence("Linear model"),
    fits=sentence(
        "Fits when each column makes the amount so many per cent larger, or so much; every other model has to beat it."
    ),
    cost=sentence("Costs next to nothing, whatever the size of the table; it sees no interplay between columns."),
    parameters={
        "penalty": Parameter(ModelOption(1e-6, 1e6, default=1.0), *PENALTY),
        "family": FAMILY_PARAMETER,
    },
    build=_build,
    permuted_rows=10_000,
)
