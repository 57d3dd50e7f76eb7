from dataclasses import replace
from itertools import chain

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.fitting.remedies import remedied, remedies


@settings(max_examples=150)
@given(data=st.data())
def test_all_remedies_together_make_it_fit_even_where_one_limit_stands_before_another(data, problems):
    problem = data.draw(problems())
    size = problem.cap.size
    settled = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))).reshape(problem.cap.shape)
    locked = np.where(settled, np.minimum(problem.cap, data.draw(st.integers(0, 40))), np.nan)
    problem = replace(problem, locked=locked)
    found = conflicts(problem)
    every = [each.remedies for each in found]
    assert conflicts(remedied(problem, remedies(chain(*every)))) == []
    for place in range(len(found)):
        assert conflicts(remedied(problem, remedies(chain(*every[:place], *every[place + 1 :])))) != []
