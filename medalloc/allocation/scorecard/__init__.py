"""How fair is a plan? Every measure with its level, its best value and its meaning in plain words."""

from medalloc.allocation.scorecard.aims import Aim, aims, aims_json
from medalloc.allocation.scorecard.card import measures_json, scorecard
from medalloc.allocation.scorecard.score import Score

__all__ = ["Aim", "Score", "aims", "aims_json", "measures_json", "scorecard"]
