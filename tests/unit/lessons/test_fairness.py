import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.lessons.fairness import WAYS, asked, shared

ASKED = st.tuples(st.sampled_from([2, 6]), st.floats(0.1, 0.9), st.floats(1.1, 5.0), st.floats(0.1, 1.0))


@given(ASKED)
@settings(max_examples=15, deadline=None)
def test_the_fairer_the_fewer_are_served_and_the_better_for_the_worst_off(
    given_: tuple[int, float, float, float],
) -> None:
    regions, stock, effort, room = given_
    problem = asked(regions, stock=stock, effort=effort, room=room)
    ways = shared(problem)
    assert tuple(each.way for each in ways) == WAYS
    served, lowest = np.array([(each.served.sum(), each.coverage.min()) for each in ways]).T
    assert (np.diff(served) <= 1e-4 * served[0]).all()
    assert (np.diff(lowest) >= -1e-4).all()
    for each in ways:
        assert each.unused >= -1e-6
        assert each.unused == pytest.approx(problem.stock[0] - each.served @ problem.requirement[:, 0], abs=1e-4)


def test_alpha_shares_by_the_root_of_what_a_person_takes() -> None:
    """Formula of the screen: c is in proportion to r to the power of -1/alpha while nobody is fully covered."""
    ways = {each.way: each.coverage for each in shared(asked(2, stock=0.3, effort=4.0, room=1.0))}
    for alpha in (1, 2, 5):
        city, hills = ways[f"alpha:{alpha}"]
        assert city / hills == pytest.approx(4 ** (1 / alpha), rel=1e-4)


def test_only_where_a_region_has_no_room_do_equal_coverage_and_max_min_differ() -> None:
    roomy, full = (shared(asked(2, stock=0.5, effort=3.0, room=each)) for each in (1.0, 0.2))
    assert roomy[-1].served.tolist() == pytest.approx(roomy[-2].served.tolist()) and roomy[-1].unused < 1e-6
    assert full[-1].coverage.tolist() == pytest.approx([0.2, 0.2]) and full[-1].unused > 1
    assert full[-2].coverage[0] > 0.5
