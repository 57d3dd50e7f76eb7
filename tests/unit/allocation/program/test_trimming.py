"""Units that serve nobody are not placed."""

import math
from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.model import model_of
from medalloc.allocation.program.trimming import trimmed


@pytest.mark.parametrize("budget", [None, 1_000.0])
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_left_over_in_a_region_stays_in_stock_but_for_what_is_locked(budget, whole):
    both = (Resource("beds", 40, unit_cost=1, whole=whole, movable=0.5), Resource("hours", 40, requirement=0.5))
    asked = Problem(("A", "B"), [3, 4], both, existing=[[1, 0], [0, 0]], cap=[[20, 20], [20, 20]], budget=budget)
    for locked, beds in ((np.nan, [2, 4]), (7.0, [7, 4])):
        model = model_of(replace(asked, locked=[[locked, np.nan], [np.nan, np.nan]]))
        amounts = np.zeros(model.layout.columns)
        amounts[model.layout.served], amounts[model.layout.new] = [3, 4], [[9, 3], [6, 3]]
        amounts[model.layout.new[:, 0]] = np.minimum(model.ends.column_upper[model.layout.new[:, 0]], [9, 6])
        made = trimmed(model, amounts, math.inf)
        assert made[model.layout.new] == pytest.approx(np.transpose([beds, [1.5, 2]]))
        assert made[model.layout.served] == pytest.approx([3, 4])
