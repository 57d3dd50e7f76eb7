"""Every step that a recipe may contain."""

from collections.abc import Mapping

from medalloc.preparation.kind import StepKind, which
from medalloc.preparation.steps import columns, filling, iterative, levels, rows, scaling, target
from medalloc.sentences import sentence

STEP_KINDS: Mapping[str, StepKind] = {
    **columns.KINDS,
    **rows.KINDS,
    "drop_missing_rows": StepKind(
        sentence("Leave out rows with missing values"),
        "all",
        lambda _, columns: sentence("Leave out rows with a missing value in {columns}.", columns=which(columns)),
    ),
    **filling.KINDS,
    **iterative.KINDS,
    **levels.KINDS,
    **target.KINDS,
    **scaling.KINDS,
}
"""Every step a recipe may contain, by name. Yes-or-no columns a step makes (levels, missing flags) stay 0 and 1."""
