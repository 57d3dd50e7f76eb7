"""What was found stays when nobody waits for the rest."""

from medalloc.ui.kit.growing import Growing


def test_finding_goes_on_where_it_was_left():
    asked = []
    numbers = Growing(asked.append(each) or each for each in range(4))
    assert next(numbers.more()) == 0 and not numbers.complete
    assert list(numbers.more()) == [1, 2, 3]
    assert numbers.found == asked == [0, 1, 2, 3] and numbers.complete
    assert list(numbers.more()) == [] and numbers.found == [0, 1, 2, 3]
