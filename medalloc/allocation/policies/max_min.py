"""The worst off first."""

import math

from medalloc.allocation.policies.kind import Aim, PolicyKind
from medalloc.sentences import sentence

MAX_MIN = PolicyKind(
    kind="max-min",
    name=sentence("Max-min: lowest coverage first"),
    meaning=sentence("The lowest coverage is raised first, then the next, until nothing is left."),
    aim=lambda _: Aim(alpha=math.inf),
    value=sentence("Value and bound are as many people as would be served if everybody had the lowest coverage."),
    colour=("#a3365f", "#ee8fb2"),
)
