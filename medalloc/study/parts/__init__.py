"""What can be chosen on the way from a table to a what-if: one dataclass for each part of the story.

Names of fields are unique over all parts: a step asks for what it needs by name.
"""

from medalloc.study.parts.demand import Demand
from medalloc.study.parts.need import Need
from medalloc.study.parts.plan import Limits
from medalloc.study.parts.priority import Priority
from medalloc.study.parts.table import Data, Preparation
from medalloc.study.parts.what_if import WhatIf

__all__ = ["Data", "Demand", "Limits", "Need", "Preparation", "Priority", "WhatIf"]
