"""Whoever watches is told once a second, and the work is counted for whoever asked first."""

import pytest

from medalloc.allocation.program import effort as module
from medalloc.allocation.program.effort import Effort, effort, watched_by, working
from medalloc.sentences import sentence


def test_what_is_being_done_is_told_once_a_second_and_the_part_that_is_done_lies_between_none_and_all(monkeypatch):
    clock, told = [100.0], []
    monkeypatch.setattr(module, "perf_counter", lambda: clock[0])
    watched = Effort(lambda fraction, _: told.append((clock[0], fraction)))
    watched.told = 100.0
    for at, fraction in ((100.5, 0.1), (101.25, 0.2), (102.0, 0.3), (102.5, -3.0), (104.0, 7.0)):
        clock[0] = at
        watched.tell(fraction, lambda: sentence("Looking for the best plan"))
    assert told == [(101.25, 0.2), (102.5, 0.0), (104.0, 1.0)]
    # where nobody watches, nothing is made that could be told
    Effort(None).tell(0.5, lambda: pytest.fail("told to nobody"))


def test_work_inside_is_counted_with_that_of_whoever_surrounds_it():
    outer, inner = Effort(), Effort()
    assert effort() is not effort() and watched_by(print).progress is print
    with working(outer) as made:
        assert made is outer and effort() is outer and watched_by(print) is outer
        with working() as within:
            assert within is outer
        with working(inner):
            assert effort() is inner
        assert effort() is outer
        outer.stop()
    assert outer.stopped and not inner.stopped and effort() is not outer
    with working() as made:
        assert made not in (outer, inner) and effort() is made


def test_every_count_is_one_of_its_own():
    assert Effort() != Effort()
