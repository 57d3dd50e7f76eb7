import numpy as np
import pytest

from medalloc.allocation.program import going_on
from medalloc.allocation.program.live import Live
from medalloc.jobs.here import JobsHere
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory
from medalloc.study.steps import plans, worlds

NURSES = {"name": "nurses", "stock": 3000.0, "requirement": 0.1, "unit_cost": 1.0, "movable": 0.2, "move_cost": 0.5}


@pytest.fixture
def opened():
    """Open a page on 700 regions whose nurses can be moved."""
    draw = np.random.default_rng(5)
    rows = zip(draw.integers(20, 200, 700).tolist(), draw.integers(0, 10, 700).tolist(), strict=True)
    lines = [
        "region,demand,nurses (existing)",
        *(f"r{place},{need},{there}" for place, (need, there) in enumerate(rows)),
    ]
    files = FilesInMemory()
    kept = {"file": files.keep("\n".join(lines).encode()), "file_name": "regions.csv"}
    study = Study().changed(**kept, resources=(NURSES,), budget=2500.0)
    return lambda asked=study: Answers(asked, files, JobsHere())


def test_a_slider_goes_on_from_the_program_that_the_page_has_loaded(opened, monkeypatch):
    loaded = []
    monkeypatch.setattr(going_on, "Live", lambda model: loaded.append(model) or Live(model))
    page = opened()
    assert page(plans.plan).gap == 0 and len(loaded) == 1
    for moved in (-1, -2, 5, 0):
        page = page.after(page.study.changed(budget_change=moved), ())
        plan = page(worlds.changed_plan)
        assert len(loaded) == 1
        assert plan.problem.budget == pytest.approx(2500 * (1 + moved / 100))
    page = page.after(page.study.changed(stock_change=-10), ())
    plan, loaded_before = page(worlds.changed_plan), len(loaded)
    alone = opened(page.study)(worlds.changed_plan)
    assert loaded_before == 1 and np.allclose(plan.units, alone.units, rtol=1e-9, atol=1e-9)
    assert np.allclose(plan.shadow_price, alone.shadow_price, rtol=1e-9, atol=1e-9)


def test_a_change_of_many_counties_is_answered_at_once_where_their_own_plan_is_searched_for(opened, monkeypatch):
    monkeypatch.setattr("medalloc.allocation.program.needed.LONG", 1.0)
    page = opened()
    assert page(plans.plan) is None and page(plans.large_problem) is not None
    page = page.after(page.study.changed(budget_change=-1), ())
    assert page(worlds.large_change) is None and page(worlds.changed_plan).problem.budget == pytest.approx(2475)
