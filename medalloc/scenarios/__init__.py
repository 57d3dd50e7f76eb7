"""What if? A name and a list of changes to a base problem, and what they do to the plan."""

from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Change, Scenario
from medalloc.scenarios.comparing import without_effect
from medalloc.scenarios.near_optimal import NearPlan, near_optimal
from medalloc.scenarios.parsing import parse_change

__all__ = ["Change", "NearPlan", "Scenario", "apply", "near_optimal", "parse_change", "without_effect"]
