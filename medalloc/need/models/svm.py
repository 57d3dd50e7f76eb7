"""The support vector machine with a curved border."""

from typing import Any

from medalloc.need.models.kind import ModelKind, Settings
from medalloc.need.models.options import COST, ModelOption, Parameter
from medalloc.sentences import Sentence, sentence

NYSTROEM_COMPONENTS = 300


def _build(choice: Settings, rows: int) -> Any:
    from sklearn.svm import SVC

    if rows <= choice.count("exact_rows"):
        return SVC(C=choice.option("cost"))
    from sklearn.kernel_approximation import Nystroem
    from sklearn.pipeline import make_pipeline

    from medalloc.need.models.newton_svc import NewtonSVC

    return make_pipeline(
        Nystroem(n_components=NYSTROEM_COMPONENTS, random_state=choice.seed), NewtonSVC(C=choice.option("cost"))
    )


def _remarks(choice: Settings, rows: int) -> list[Sentence]:
    if rows <= choice.count("exact_rows"):
        return []
    return [
        sentence(
            "With {rows} training rows an exact support vector machine would take too long; its kernel was "
            "approximated with {components} landmarks (Nystroem).",
            rows=rows,
            components=NYSTROEM_COMPONENTS,
        )
    ]


SVM = ModelKind(
    kind="svm",
    name=sentence("Support vector machine"),
    fits=sentence("Fits up to a few thousand rows, when the border between the two answers is curved but smooth."),
    cost=sentence(
        "Costs much: time grows with the square of the rows, so that above the limit below its kernel is "
        "approximated (Nystroem)."
    ),
    parameters={
        "cost": COST,
        "exact_rows": Parameter(
            ModelOption(100, 20000, default=5000, whole=True),
            sentence("Exact up to [rows]"),
            sentence("With more training rows than this the kernel is approximated with landmarks (Nystroem)."),
            searched=False,
        ),
    },
    build=_build,
    remarks=_remarks,
    permuted_rows=500,
    dependence_rows=100,
)
