"""For any two orders of the same changes, and however often somebody looked between them, the answers are equal."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import MedallocError
from medalloc.jobs.here import JobsHere
from medalloc.jobs.run import Status
from medalloc.saved import from_plain, to_plain
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.steps import demands, measures, needs, plans, tables, worlds
from medalloc.study.tickets import with_ticket
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

REGIONS = b"region,demand,expected_2027,staff_now\nNorth,100,1000,4\nSouth,300,500,9\nEast,200,900,0\n"
PATIENTS = (Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv").read_bytes()


# what a file says is no matter of the order of choices: each is read once
read = cache(read_bytes)


class Shelf:
    """Files by name; any name is that of the table of regions."""

    def __init__(self, **known: bytes) -> None:
        self.known = known

    def table(self, file: str, name: str, options: ReadOptions | None = None) -> Table:
        return read(self.known.get(file, REGIONS), name, options)


CHANGES: dict[str, tuple[Any, ...]] = {
    "file": ("regions", "others"),
    "roles": ({}, {"expected_2027": "demand", "demand": "ignored", "staff_now": "existing:nurses"}),
    "repairs": ((), (("duplicated rows", None),)),
    "resources": (None, ({"name": "nurses", "stock": 50.0, "requirement": 0.04},)),
    "region_changes": ({}, {"North": {"demand": 50.0}}),
    "budget": (None, 1e6),
    "floor": (0.0, 0.2),
    "policy": ("most-served", "alpha", "max-min"),
    "alpha": (2.0, 5.0),
    "demand_change": (0, 25),
    "stock_change": (0, -50),
}
LOOKS = (tables.table, plans.plan, plans.resources_in_use, worlds.changed_plan, plans.every_policy)


def looked(answers: Answers, step: Any) -> Any:
    """Return the answer of a step as plain values, or what it says instead."""
    try:
        answer = answers(step)
    except MedallocError as error:
        return str(error)
    if step in (plans.plan, worlds.changed_plan) and answer is not None:
        return (answer.problem.to_json(), answer.units.tolist(), answer.value)
    return None if step in (tables.table, plans.every_policy) else answer


MOVES = st.lists(
    st.sampled_from(sorted(CHANGES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(CHANGES[name]), st.none() | st.sampled_from(LOOKS))
    ),
    max_size=12,
)


@given(MOVES)
@settings(max_examples=60)
def test_any_order_of_the_same_choices_gives_the_same_answer(moves: list[tuple[str, Any, Any]]) -> None:
    files, jobs = Shelf(others=REGIONS.replace(b"300", b"320")), JobsHere()
    answers = Answers(Study().changed(file="regions", file_name="regions.csv"), files, jobs)
    for name, value, look in moves:
        answers = answers.after(answers.study.changed(**{name: value}), answers.tickets)
        if look is not None:
            looked(answers, look)
    fresh = Answers(answers.study, files, jobs)
    for step in LOOKS:
        assert looked(answers, step) == looked(fresh, step)


def test_roles_set_before_or_after_the_plan_was_looked_at_suggest_the_same_resources() -> None:
    roles = CHANGES["roles"][1]
    first = Answers(Study().changed(file="regions", file_name="r.csv", roles=roles), Shelf(), JobsHere())
    later = Answers(Study().changed(file="regions", file_name="r.csv"), Shelf(), JobsHere())
    assert [each.name for each in later(plans.resources_in_use) or ()] == ["beds"]
    later(plans.plan)
    later = later.after(later.study.changed(roles=roles), ())
    assert [each.name for each in later(plans.resources_in_use) or ()] == ["nurses"]
    assert looked(first, plans.plan) == looked(later, plans.plan)


def test_a_slider_asks_a_few_steps_and_solves_once() -> None:
    answers = Answers(Study().changed(file="regions", file_name="r.csv"), Shelf(), JobsHere())
    for step in (plans.plan, worlds.changed_plan, plans.plan_reasons, measures.plan_scores):
        answers(step)
    asked, worked_out = answers.kept.asked, answers.kept.worked_out
    moved = answers.after(answers.study.changed(demand_change=10), ())
    for step in (plans.plan, worlds.changed_plan, plans.plan_reasons, measures.plan_scores, worlds.changed_plan):
        moved(step)
    assert moved.kept.asked - asked <= 20
    # the scenario, the changed problem, whether a job has to search, and its plan
    assert moved.kept.worked_out - worked_out == 4


def test_what_is_missing_is_none_and_what_is_wrong_is_a_sentence_each_time() -> None:
    assert Answers(Study(), Shelf(), JobsHere())(plans.plan) is None
    broken = Answers(Study().changed(file="f", file_name="f.csv", roles={"nobody": "need"}), Shelf(), JobsHere())
    for _ in range(2):
        with pytest.raises(MedallocError, match="nobody"):
            broken(plans.plan)


@pytest.fixture(scope="module")
def trained() -> Answers:
    study = Study().changed(file="patients", file_name="patients.csv", models=("logistic",))
    answers = Answers(study, Shelf(patients=PATIENTS), JobsHere())
    assert answers.standing(needs.training) == "missing" and answers(demands.patients_demand) is None
    ticket = answers.submit(needs.training)
    assert ticket is not None
    return answers.after(study, with_ticket((), ticket))


def test_an_older_answer_stays_usable_and_is_said_to_be_older(trained: Answers) -> None:
    demand = trained(demands.patients_demand)
    assert trained.standing(needs.training) == "ready" and demand is not None
    changed = trained.after(trained.study.changed(seed=7), trained.tickets)
    assert changed.standing(needs.training) == "older" and changed.is_older(needs.training)
    older = changed(demands.patients_demand)
    assert older is not None and np.array_equal(older.mean, demand.mean)
    back = changed.after(changed.study.changed(seed=42), trained.tickets)
    assert back.standing(needs.training) == "ready"


def test_a_run_that_is_cancelled_takes_no_answer_away(trained: Answers) -> None:
    changed = trained.after(trained.study.changed(seed=7), trained.tickets)
    ticket = changed.submit(needs.training)
    assert ticket is not None
    changed.jobs._run(ticket.id).report(Status("running", 0.5))  # type: ignore[attr-defined]
    going = changed.after(changed.study, with_ticket(changed.tickets, ticket))
    assert going.standing(needs.training) == "working" and going(demands.patients_demand) is not None
    changed.jobs._run(ticket.id).report(Status("cancelled", 1.0))  # type: ignore[attr-defined]
    after = going.after(going.study, going.tickets)
    assert after.standing(needs.training) == "older" and after(demands.patients_demand) is not None


def test_what_an_untrained_model_would_do_makes_no_training_older(trained: Answers) -> None:
    other = trained.study.changed(model_options={"svm": {"penalty": 3.0}}, model="logistic", floor=0.1)
    assert trained.after(other, trained.tickets).standing(needs.training) == "ready"


@given(MOVES)
def test_a_study_survives_as_json(moves: list[tuple[str, Any, Any]]) -> None:
    study = Study()
    for name, value, _ in moves:
        study = study.changed(**{name: value})
    assert from_plain(Study, json.loads(json.dumps(to_plain(study))), sentence("study")) == study


def test_a_run_that_ends_while_a_page_is_drawn_is_seen_by_the_next_page_as_a_whole(trained: Answers) -> None:
    changed = trained.after(trained.study.changed(seed=7), trained.tickets)
    ticket = changed.submit(needs.training)
    assert ticket is not None
    run = changed.jobs._run(ticket.id)  # type: ignore[attr-defined]
    run.report(Status("running", 0.5))
    drawn = changed.after(changed.study, with_ticket(changed.tickets, ticket))
    shown = drawn(needs.training)
    run.report(Status("done", 1.0))
    assert drawn.is_older(needs.training) and drawn.standing(needs.training) == "working"
    following = drawn.after(drawn.study, drawn.tickets)
    assert following.standing(needs.training) == "ready" and following(needs.training) is not shown
