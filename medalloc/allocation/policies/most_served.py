"""The most persons served."""

from medalloc.allocation.policies.kind import Aim, PolicyKind
from medalloc.sentences import sentence

MOST_SERVED = PolicyKind(
    kind="most-served",
    name=sentence("Maximise people served"),
    meaning=sentence("As many people as possible, shared as equally as that allows."),
    aim=lambda _: Aim(alpha=0.0),
    colour=("#0b6b6b", "#5cbcb6"),
)
