"""Which policies there are, in the order in which they are offered."""

from collections.abc import Mapping

from medalloc.allocation.policies.alpha_fair import ALPHA_FAIR
from medalloc.allocation.policies.kind import PolicyKind
from medalloc.allocation.policies.max_min import MAX_MIN
from medalloc.allocation.policies.most_served import MOST_SERVED
from medalloc.allocation.policies.per_head import PER_HEAD
from medalloc.allocation.policies.proportional import PROPORTIONAL
from medalloc.allocation.policies.today import TODAY

CATALOGUE: Mapping[str, PolicyKind] = {
    each.kind: each for each in (MOST_SERVED, ALPHA_FAIR, MAX_MIN, PER_HEAD, PROPORTIONAL, TODAY)
}
"""Every policy, or kind of policies that differ by a number."""
