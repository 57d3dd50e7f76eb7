"""Boosted trees."""

from typing import Any

from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import PENALTY, SMALLEST_LEAF, THREADS, ModelOption, Parameter
from medalloc.sentences import Sentence, sentence


def _build(choice: Settings, _rows: int) -> Any:
    from medalloc.need.models.boosted_trees import BoostedTrees, histogram_trees
    from medalloc.need.models.lightgbm_library import library

    return histogram_trees(choice) if library() is None else BoostedTrees(choice)


def _remarks(_choice: Settings, _rows: int) -> list[Sentence]:
    from medalloc.need.models.lightgbm_library import library

    if library() is not None:
        return []
    return [sentence("LightGBM cannot be loaded on this computer; scikit-learn's boosted trees were used instead.")]


BOOSTING = ModelKind(
    kind="boosting",
    name=sentence("Gradient boosting"),
    fits=sentence("Fits most tables best, in particular large ones; it takes missing values as they are."),
    cost=sentence("Costs little time; with few rows and many trees it overfits."),
    parameters={
        "trees": Parameter(
            ModelOption(1, 5000, default=40, whole=True),
            sentence("Trees"),
            sentence("Each tree corrects those before it: too few miss the pattern, too many learn chance."),
        ),
        "leaves": Parameter(
            ModelOption(2, 512, default=12, whole=True),
            sentence("Leaves of a tree"),
            sentence("More leaves let a tree see interplay between more columns, and chance as well."),
        ),
        "learning_rate": Parameter(
            ModelOption(0.001, 1.0, default=0.15),
            sentence("Learning rate"),
            sentence("How much of its correction each tree is allowed: less of it needs more trees and is calmer."),
        ),
        "smallest_leaf": Parameter(ModelOption(1, 10000, default=50, whole=True), *SMALLEST_LEAF),
        "penalty": Parameter(ModelOption(0.0, 1e6, default=10.0), *PENALTY),
        "bins": Parameter(
            ModelOption(2, 255, default=63, whole=True),
            sentence("Bins of a column"),
            sentence("Values of a column are rounded into so many groups: fewer are faster and coarser."),
        ),
        "threads": THREADS,
    },
    build=_build,
    remarks=_remarks,
    accepts_missing=True,
    permuted_rows=5000,
)
