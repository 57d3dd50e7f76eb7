"""Fairness by one number."""

from medalloc.allocation.policies.kind import Aim, Number, PolicyKind
from medalloc.sentences import sentence

ALPHA_FAIR = PolicyKind(
    kind="alpha",
    name=sentence("Alpha-fair"),
    meaning=sentence("Between serving the most and raising the worst-off, by one number."),
    aim=lambda alpha: Aim(alpha=alpha),
    number=Number(
        sentence("Alpha: how much more the worst-off count"),
        sentence("0 serves the most; the larger it is, the closer the plan comes to raising the worst-off first."),
        highest=10.0,
    ),
    value=sentence(
        "Value and bound are as many people as would be served, each counted with the value of the region, "
        "at the one coverage for all that is worth as much."
    ),
    colour=("#4f5fae", "#a3b0f2"),
)
