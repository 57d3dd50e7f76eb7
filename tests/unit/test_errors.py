import pytest

from medalloc.errors import Conflict, InfeasibleError, InputError, MedallocError, SourceError
from medalloc.sentences import sentence

FAULTS = (sentence("Row {row} is short.", row=1200), sentence("Column “{column}” is blank.", column="age"))
GERMAN = {"Row {row} is short.": "Zeile {row} ist kurz."}


def test_every_fault_is_said_at_once() -> None:
    error = InputError(*FAULTS)
    assert error.faults == FAULTS
    assert str(error) == str(error.said) == "Row 1,200 is short. Column “age” is blank."


def test_faults_can_still_be_translated() -> None:
    said = InputError(*FAULTS).said.render(lambda text: GERMAN.get(text, text))
    assert said == "Zeile 1,200 ist kurz. Column “age” is blank."


def test_a_source_error_says_its_fault() -> None:
    error = SourceError(FAULTS[1])
    assert str(error) == str(error.said) == "Column “age” is blank."


def test_each_conflict_is_said_with_its_repair() -> None:
    conflict = Conflict(sentence("Beds are short."), 12.0, 10.0, sentence("Add {count} beds.", count=2))
    error = InfeasibleError([conflict, conflict])
    assert error.conflicts == (conflict, conflict)
    assert str(error) == "Beds are short. Add 2 beds. Beds are short. Add 2 beds."


@pytest.mark.parametrize("error", [InputError(*FAULTS), SourceError(FAULTS[0]), InfeasibleError([])])
def test_every_error_of_a_user_has_one_base(error: MedallocError) -> None:
    assert isinstance(error, MedallocError)


def test_an_error_without_its_own_words_says_its_text() -> None:
    assert str(MedallocError("Braces {like} these").said) == "Braces {like} these"
