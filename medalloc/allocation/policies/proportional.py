"""Shares by demand."""

from medalloc.allocation.policies.kind import Aim, PolicyKind, Rule
from medalloc.sentences import sentence

BY_DEMAND = Rule(
    lambda _, in_need: in_need,
    lambda names: sentence("its share of {resources} by demand serves no more", resources=names),
)

PROPORTIONAL = PolicyKind(
    kind="proportional",
    name=sentence("Proportional to demand"),
    meaning=sentence("Units in proportion to demand."),
    aim=lambda _: Aim(rule=BY_DEMAND),
    colour=("#6b6f2a", "#c4c86e"),
)
