"""What the command line prints about a scored file."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.tally import Scoring
from medalloc.sentences import Sentence


def scoring_json(model: KeptModel, scored: Scoring, warnings: Sequence[Sentence]) -> dict[str, Any]:
    """Return a scoring as plain data, its warnings in English."""
    amounts = ("expected_amount", "mean_amount")
    names = amounts if model.is_of_amounts else ("expected_in_need", "mean_probability")
    return {
        "model": model.choice.kind,
        "rows": scored.rows,
        "without_prediction": scored.without_prediction,
        "left_out": scored.left_out,
        names[0]: scored.expected,
        names[1]: None if math.isnan(scored.mean) else scored.mean,
        "regions": [asdict(each) for each in scored.regions],
        "without_region": scored.without_region,
        "columns": [{**asdict(each), "examples": list(each.examples)} for each in scored.columns],
        "warnings": [str(each) for each in warnings],
        "need": {"column": model.training.need, "means_need": list(model.training.means_need)},
    }
