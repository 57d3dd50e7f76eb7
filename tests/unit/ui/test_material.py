"""What follows from the samples of the lessons is worked out once for a class, and nobody waits for another answer."""

from threading import Barrier, Event, Thread

from medalloc.ui.learn import material


def test_whoever_asks_for_what_is_known_does_not_wait_for_what_somebody_else_works_out() -> None:
    begun, go_on, found = Event(), Event(), []

    def slow(number: int) -> int:
        begun.set()
        go_on.wait()
        return number

    assert material.keep(abs, -3) == 3
    busy = Thread(target=lambda: found.append(material.keep(slow, 5)))
    busy.start()
    begun.wait()
    assert material.keep(abs, -3) == 3 and not found
    go_on.set()
    busy.join()
    assert found == [5]


def test_what_two_ask_for_at_once_is_worked_out_once() -> None:
    together, worked, found = Barrier(2), [], []

    def once(number: int) -> int:
        worked.append(number)
        return number

    def ask() -> None:
        together.wait()
        found.append(material.keep(once, 7))

    both = [Thread(target=ask) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert worked == [7] and found == [7, 7]
