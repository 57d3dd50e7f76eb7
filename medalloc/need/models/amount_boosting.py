"""Boosted trees for amounts."""

from typing import Any

from medalloc.need.models.boosting import BOOSTING
from medalloc.need.models.family import FAMILY_PARAMETER
from medalloc.need.models.kind import ModelKind, Settings


def _build(choice: Settings, _rows: int) -> Any:
    from medalloc.need.models.amount_building import BoostedAmounts, histogram_amounts
    from medalloc.need.models.lightgbm_library import library

    return histogram_amounts(choice) if library() is None else BoostedAmounts(choice)


AMOUNT_BOOSTING = ModelKind(
    kind="amount-boosting",
    name=BOOSTING.name,
    fits=BOOSTING.fits,
    cost=BOOSTING.cost,
    parameters={**BOOSTING.parameters, "family": FAMILY_PARAMETER},
    build=_build,
    remarks=BOOSTING.remarks,
    accepts_missing=True,
    permuted_rows=BOOSTING.permuted_rows,
)
