"""Whole units near amounts in parts, within every limit."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.deciding import relaxation
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.rounding import _shared, in_whole, keeps, rounded, with_floors

PARTS = st.lists(st.integers(0, 20).map(lambda fifths: fifths / 5), min_size=1, max_size=6)


@given(parts=PARTS, total=st.integers(0, 30), data=st.data())
def test_so_many_are_shared_as_fit_each_near_its_part_and_the_largest_fractions_are_rounded_up(parts, total, data):
    upper = np.array([float(np.ceil(each)) + data.draw(st.integers(-1, 1)) for each in parts]).clip(0)
    found, wanted = _shared(np.array(parts), total, upper), np.array(parts)
    assert (found == np.round(found)).all() and (found >= 0).all() and (found <= upper).all() and found.sum() <= total
    down = np.minimum(np.floor(wanted + 1e-7), upper)
    if down.sum() > total:
        assert found.sum() == total and (found <= down).all()
        return
    up = np.flatnonzero(found > down)
    assert (found - down <= 1).all() and (wanted[up] > down[up]).all()
    could = np.setdiff1d(np.flatnonzero((wanted > down + 1e-7) & (down + 1 <= upper)), up)
    assert found.sum() == total or not could.size
    if up.size and could.size:
        assert (wanted - down)[up].min() >= (wanted - down)[could].max() - 1e-9


def asked(**changes):
    beds = Resource("beds", 8, whole=True, movable=0.5, unit_cost=1)
    given_ = {"existing": [[6, 0], [0, 0], [0, 0]], "demand_of": None, **changes}
    both = (beds, Resource("hours", 99, 0.5))
    return Problem(("A", "B", "C"), [3, 9, 9], both, **given_)


def amounts_of(model, **amounts):
    made = np.zeros(model.layout.columns)
    for name, cells in amounts.items():
        made[getattr(model.layout, name)] = cells
    return made


def test_what_lies_beyond_a_row_or_an_end_by_more_than_rounding_is_not_kept():
    model = model_of(asked())
    fine = amounts_of(model, new=[[0, 1.5], [5, 2.5], [3, 1.5]], served=[3, 5, 3])
    assert keeps(model, fine)
    layout = model.layout
    for more, kept in ((1e-11, True), (1e-4, False)):
        for place in (layout.new[1, 0], layout.served[1]):
            assert keeps(model, fine + more * (np.arange(fine.size) == place)) == kept
    # what comes to a region went from another
    assert not keeps(model, fine + 0.1 * (np.arange(fine.size) == layout.taken[2, 0]))
    assert not keeps(model, fine - 0.1 * (np.arange(fine.size) == model.layout.new[0, 0]))


def test_parts_are_cut_off_and_as_many_come_as_go():
    model = model_of(asked())
    parts = amounts_of(
        model, new=[[0, 1.5], [3.6, 2.5], [2.999999999, 1.5]], taken=[[0], [1.4], [1.4]], given=[[2.8], [0], [0]]
    )
    made = in_whole(model, parts)
    assert made[model.layout.new].tolist() == [[0, 1.5], [3, 2.5], [3, 1.5]]
    assert made[model.layout.given].sum() == made[model.layout.taken].sum() == 2
    assert made[model.layout.taken].ravel().tolist() == [0, 1, 1]


def test_what_a_floor_takes_comes_from_whoever_has_most_to_spare():
    model = model_of(asked(existing=[[0, 0]] * 3, floor=[0.9, 0, 0]))
    made = with_floors(model, amounts_of(model, new=[[2, 1.4], [5, 3], [1, 3]]))
    assert made[model.layout.new].tolist() == [[3, 1.4], [4, 3], [1, 3]]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_rounded_keeps_every_limit_in_whole_units_and_is_worth_no_more_than_parts(data, with_choices):
    problem = data.draw(with_choices(whole=st.booleans(), floors=False))
    problem = replace(problem, resources=tuple(replace(one, stands_in_for="") for one in problem.resources))
    model = model_of(problem)
    goal = goal_of(model, model.persons.value)
    best = relaxation(replace(model, whole=np.zeros_like(model.whole)), goal, np.inf)
    made = rounded(model, best.amounts, np.abs(best.price))
    assert made is not None and keeps(model, made)
    assert (made[model.in_units] == np.round(made[model.in_units])).all()
    assert goal @ made <= best.value * (1 + 1e-6) + 1e-6


def test_units_that_stand_in_are_not_rounded():
    helped = (Resource("doctors", 2), Resource("nurses", 6, whole=True, stands_in_for="doctors", stand_in_share=0.5))
    model = model_of(Problem(("A",), [7], helped))
    assert rounded(model, np.zeros(model.layout.columns), np.zeros(model.matrix.shape[0])) is None
