"""The random forest."""

from typing import Any

from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import SMALLEST_LEAF, THREADS, ModelOption, Parameter
from medalloc.sentences import sentence


def _build(choice: Settings, rows: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(
        n_estimators=choice.count("trees"),
        min_samples_leaf=choice.count("smallest_leaf"),
        max_samples=min(rows, choice.count("rows_a_tree")),
        random_state=choice.seed,
        n_jobs=choice.count("threads"),
    )


FOREST = ModelKind(
    kind="forest",
    name=sentence("Random forest"),
    fits=sentence("Fits most tables as it is: curved effects, interplay between columns, no care about scale."),
    cost=sentence("Costs seconds to minutes; each tree sees a sample of the rows, which keeps large tables cheap."),
    parameters={
        "trees": Parameter(
            ModelOption(1, 2000, default=100, whole=True),
            sentence("Trees"),
            sentence("More trees steady the answer and cost time; they do not learn chance."),
        ),
        "smallest_leaf": Parameter(ModelOption(1, 10000, default=20, whole=True), *SMALLEST_LEAF),
        "rows_a_tree": Parameter(
            ModelOption(100, 1_000_000, default=15000, whole=True),
            sentence("Sample of a tree, at most [rows]"),
            sentence(
                "Each tree learns from so many rows, sampled with replacement; with fewer training rows, "
                "from as many as those."
            ),
        ),
        "threads": THREADS,
    },
    build=_build,
    accepts_missing=True,
)
