"""Which models of amounts there are, from the simplest to the most complex."""

from collections.abc import Mapping

from medalloc.need.models.amount_boosting import AMOUNT_BOOSTING
from medalloc.need.models.amount_linear import AMOUNT_LINEAR
from medalloc.need.models.amount_mean import AMOUNT_MEAN
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.kind import ModelKind

AMOUNTS: Mapping[str, ModelKind] = {each.kind: each for each in (AMOUNT_MEAN, AMOUNT_LINEAR, AMOUNT_BOOSTING)}
"""Every kind of model of amounts: the simpler is taken where deviances do not tell two apart."""

SAME_METHOD = {"boosting": "amount-boosting"}
"""What a method is called where it learns amounts, by what it is called where it learns answers."""

EVERY_KIND: Mapping[str, ModelKind] = {**CATALOGUE, **AMOUNTS}
"""Every kind of model, of need and of amounts."""
