"""Scenarios that were worked out are of their base, and what moved is told once it is another."""

from dataclasses import replace

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.saved import from_plain, to_plain
from medalloc.scenarios import Change, Scenario, apply
from medalloc.scenarios.looking import BASE, Looked, fingerprint
from medalloc.scenarios.side_by_side import Tried
from medalloc.sentences import sentence

PROBLEM = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
MORE = Scenario("more", (Change("stock", added=5, resource="beds"),))


def tried(problem, *, planned=True):
    return [Tried(MORE, solve(apply(problem, MORE)) if planned else None, None)]


def test_they_are_stale_once_the_base_is_another_and_never_where_nobody_has_looked():
    other = replace(PROBLEM, demand=[31, 10])
    assert not Looked().is_stale(PROBLEM) and not Looked().is_stale(other)
    looked = Looked().anew(PROBLEM).filled(solve(PROBLEM), tried(PROBLEM))
    assert from_plain(Looked, to_plain(looked), sentence("choices")) == looked
    assert looked.of == fingerprint(PROBLEM) and not looked.is_stale(PROBLEM) and looked.is_stale(other)


def test_what_moved_is_told_where_there_was_a_plan_before_and_is_one_now():
    first = Looked().anew(PROBLEM).filled(solve(PROBLEM), tried(PROBLEM))
    assert first.figures == {BASE: (20.0, 0.5, 0.5), "more": (25.0, 0.625, 0.625)}
    assert first.moved(BASE) is None and first.before == {}
    fewer = replace(PROBLEM, resources=(Resource("beds", stock=16),))
    again = first.anew(fewer)
    assert again.figures == {} and again.moved(BASE) is None
    second = again.filled(solve(fewer), tried(fewer))
    assert second.moved(BASE) == -4 and second.moved("more") == -4 and second.moved("other") is None
    without = again.filled(solve(fewer), tried(fewer, planned=False))
    assert without.figures["more"] is None and without.moved("more") is None and without.moved(BASE) == -4
    assert without.anew(PROBLEM).filled(solve(PROBLEM), tried(PROBLEM)).moved("more") is None
