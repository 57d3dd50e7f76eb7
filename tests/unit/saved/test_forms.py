import pytest

from medalloc.errors import InputError
from medalloc.saved import form_faults, require_form
from medalloc.sentences import sentence


def test_every_fault_of_a_saved_form_is_said() -> None:
    def said(data: object) -> list[str]:
        faults = form_faults(data, sentence("surge"), version=1, known=("days", "base"), required=("base",))
        return [str(one) for one in faults]

    assert said({"version": 1, "base": 1}) == []
    assert said([]) == ["A saved surge must be a JSON object, not list."]
    assert len(said({"version": True, "colour": 3})) == 3


def test_version_and_unknown_entries_are_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        require_form({"version": 2, "x": 1}, sentence("recipe of a cake"), version=1, known=("a",))
    assert len(caught.value.faults) == 2
