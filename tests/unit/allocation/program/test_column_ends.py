"""Columns end where nothing more could be of use, and not far beyond what there is."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.program.column_ends import BEYOND, column_ends
from medalloc.allocation.program.layout import layout_of
from medalloc.allocation.program.persons import persons_of


@settings(max_examples=60)
@given(data=st.data(), seed=st.integers(0, 10**6), small=st.sampled_from([1e-4, 1.0]))
def test_every_column_has_room_for_what_could_be_of_use_and_not_for_far_more(data, seed, small, with_choices):
    problem, draw = data.draw(with_choices(whole=st.booleans())), np.random.default_rng(seed)
    settled = draw.random(problem.cap.shape) < 0.2
    cap = np.where(settled, np.maximum(problem.cap, 2.0), problem.cap)
    # beside large regions there may be little of anything
    kinds = tuple(replace(one, stock=one.stock if one.whole else small * one.stock) for one in problem.resources)
    budget = None if problem.budget is None else small * problem.budget
    problem = replace(
        problem,
        resources=kinds,
        budget=budget,
        cap=cap,
        locked=np.where(settled, draw.integers(0, 3, cap.shape), np.nan),
    )
    layout, persons = layout_of(problem), persons_of(problem)
    lower, upper = column_ends(problem, layout, persons, roomy=False)
    assert np.isfinite(upper).all() and (lower >= 0).all() and (lower <= upper).all()
    there, paid = problem.stock + problem.existing.sum(axis=0), budget if budget else np.inf
    for g, (demand, uses) in enumerate(zip(persons.demand, persons.uses, strict=True)):
        most = min((there[k] / use for k, use in enumerate(uses) if use > 0), default=np.inf)
        assert lower[g] == min(persons.floor[g], demand)
        if layout.helps or most == 0:
            assert upper[g] == demand
            continue
        assert min(demand, most) <= upper[g] <= min(demand, max(persons.floor[g], BEYOND * most * (1 + 1e-9)))
    crowded = np.isfinite(problem.space).any()
    for k, one in enumerate(problem.resources):
        place = layout.movable.index(k) if k in layout.movable else None
        goes = np.maximum(0.0, problem.existing[:, k] - problem.staying[:, k])
        goes = np.where(settled[:, k], 0.0, np.floor(goes + 1e-9) if one.whole else goes)
        for r in range(len(problem.regions)):
            mine = persons.region == r
            need = float(persons.uses[mine, k] @ persons.demand[mine])
            for j, other in enumerate(problem.resources):
                if one.stands_in_for == other.name:
                    stood_in = float(persons.uses[mine, j] @ persons.demand[mine]) / one.productivity
                    assert upper[layout.helped[r, [h for h, _ in layout.helps].index(k)]] == stood_in
                    need += stood_in
            new = layout.new[r, k]
            if settled[r, k]:
                assert lower[new] == upper[new] == problem.locked[r, k]
            else:
                affordable = paid / problem.unit_cost[r, k] if problem.unit_cost[r, k] else np.inf
                # a whole unit more than what is used in parts
                of_use = (
                    np.ceil(max(0.0, need - problem.existing[r, k])) if one.whole else need - problem.existing[r, k]
                )
                could = min(of_use, cap[r, k], one.stock, affordable)
                assert lower[new] == 0 and (could if not one.whole else np.floor(could)) <= upper[new] + 1e-9
                assert upper[new] <= min(cap[r, k], max(one.whole, BEYOND * min(one.stock or 1 / BEYOND, affordable)))
            if place is None:
                continue
            taken, given_ = upper[layout.taken[r, place]], upper[layout.given[r, place]]
            others = goes.sum() - goes[r]
            if settled[r, k]:
                assert taken == given_ == 0
                continue
            room = min(cap[r, k], others)
            assert min(room, np.inf if crowded and one.space else need) <= taken + 1e-9 and taken <= room + 1e-9
            assert given_ <= goes[r] and (one.move_cost == 0 or given_ <= max(one.whole, BEYOND * paid / one.move_cost))
