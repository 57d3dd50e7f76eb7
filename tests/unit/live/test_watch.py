from dataclasses import replace

import numpy as np

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program import live as module
from medalloc.allocation.program.going_on import MOST_TO_SPREAD, Programs
from medalloc.allocation.solving import solve
from medalloc.live.heard import Number, State
from medalloc.live.watch import Watch, told, watch_of
from medalloc.study.parts import Live


def test_one_message_after_the_other_proposes_what_each_alone_does_with_a_tenth_of_the_steps(monkeypatch) -> None:
    watch, steps = many(), list[int]()
    run = module.Live._run

    def counted(self, *given, **options):
        found = run(self, *given, **options)
        steps.append(self.solver.getInfo().simplex_iteration_count)
        return found

    monkeypatch.setattr(module.Live, "_run", counted)
    draw = np.random.default_rng(3)
    counts = watch.problem.demand * draw.uniform(0.7, 1.3, watch.problem.demand.size)
    told(watch, heard(watch, counts))
    going_on, alone = [], []
    for row in draw.integers(counts.size, size=4):
        counts[row] *= 1.5
        steps.clear()
        after = told(watch, heard(watch, counts)).replan
        going_on.append(sum(steps))
        steps.clear()
        begun = told(replace(watch, programs=Programs()), heard(watch, counts)).replan
        alone.append(sum(steps))
        np.testing.assert_allclose(after.served_after, begun.served_after, rtol=1e-9)
        assert [each.to for each in after.moves] == [each.to for each in begun.moves]
    assert sum(going_on) < 0.1 * sum(alone)


def many() -> Watch:
    draw = np.random.default_rng(2)
    demand = draw.lognormal(5, 1, MOST_TO_SPREAD + 1).round()
    kinds = Resource("beds", round(0.005 * demand.sum())), Resource("nurses", round(0.01 * demand.sum()), 0.02)
    names = tuple(f"county {each}" for each in range(demand.size))
    plan = solve(Problem(names, demand, (replace(kinds[0], requirement=0.01), kinds[1])))
    return watch_of(Live(move_share=5), plan.problem, plan.units)


def heard(watch: Watch, counts: np.ndarray) -> State:
    at = "2026-01-04T00:00:00+00:00"
    numbers = zip(watch.problem.regions, counts.tolist(), strict=True)
    return State(1, at, {name: Number(count, at, "test") for name, count in numbers})
