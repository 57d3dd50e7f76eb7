"""Nothing new."""

from medalloc.allocation.policies.kind import Aim, PolicyKind
from medalloc.sentences import sentence

TODAY = PolicyKind(
    kind="today",
    name=sentence("Existing units only"),
    meaning=sentence("Nothing is placed: what the existing units serve by themselves."),
    aim=lambda _: Aim(),
    colour=("#6c7a7c", "#9aa7aa"),
)
