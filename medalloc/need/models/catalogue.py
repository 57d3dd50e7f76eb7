"""Which models there are, from the simplest to the most complex."""

from collections.abc import Mapping

from medalloc.need.models.boosting import BOOSTING
from medalloc.need.models.cnn import CNN
from medalloc.need.models.forest import FOREST
from medalloc.need.models.forest_article import FOREST_ARTICLE
from medalloc.need.models.kind import ModelKind
from medalloc.need.models.linear_svm import LINEAR_SVM
from medalloc.need.models.logistic import LOGISTIC
from medalloc.need.models.mlp import MLP
from medalloc.need.models.svm import SVM

CATALOGUE: Mapping[str, ModelKind] = {
    each.kind: each for each in (LOGISTIC, LINEAR_SVM, SVM, FOREST, FOREST_ARTICLE, BOOSTING, MLP, CNN)
}
"""Every kind of model: the simpler is taken where scores do not tell two apart."""

NETWORKS = tuple(kind for kind, each in CATALOGUE.items() if each.needs_networks)
"""Kinds of model that need what `medalloc.networks` needs."""
