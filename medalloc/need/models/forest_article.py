"""The random forest of the article."""

from typing import Any

from medalloc.need.models.kind import MANY_ROWS, ModelKind, Settings
from medalloc.need.models.options import THREADS
from medalloc.sentences import sentence


def _build(choice: Settings, _rows: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=100, random_state=choice.seed, n_jobs=choice.count("threads"))


FOREST_ARTICLE = ModelKind(
    kind="forest-article",
    name=sentence("The article's forest"),
    fits=sentence("As in the article: a hundred full trees and a split by row. It is there to be compared with."),
    cost=sentence(
        "Costs most memory of all, because its trees grow until every leaf is pure; with repeated patients its "
        "scores are too good."
    ),
    parameters={"threads": THREADS},
    build=_build,
    accepts_missing=True,
    splits_by_row=True,
    as_printed=True,
    unasked_up_to=MANY_ROWS,
)
