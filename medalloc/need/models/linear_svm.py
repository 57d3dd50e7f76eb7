"""The support vector machine with a straight border."""

from typing import Any

from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import COST
from medalloc.sentences import sentence


def _build(choice: Settings, _rows: int) -> Any:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import LinearSVC

    # Without a common scale the price of the margin falls on the columns of large numbers, and fitting takes long.
    return make_pipeline(
        StandardScaler(), LinearSVC(C=choice.option("cost"), dual=False, max_iter=5000, random_state=choice.seed)
    )


LINEAR_SVM = ModelKind(
    kind="linear-svm",
    name=sentence("Linear support vector machine"),
    fits=sentence(
        "Fits when those in need and the others can be parted by a straight border, with many columns and few rows."
    ),
    cost=sentence(
        "Costs little; its distances from the border have to be turned into probabilities, for which it is trained "
        "three times more."
    ),
    parameters={"cost": COST},
    build=_build,
)
