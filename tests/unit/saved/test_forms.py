from medalloc.saved import form_faults
from medalloc.sentences import sentence


def test_every_fault_of_a_saved_form_is_said() -> None:
    def said(data: object) -> list[str]:
        faults = form_faults(data, sentence("surge"), version=1, known=("days", "base"), required=("base",))
        return [str(one) for one in faults]

    assert said({"version": 1, "base": 1}) == []
    assert said([]) == ["A saved surge must be a JSON object, not list."]
    assert len(said({"version": True, "colour": 3})) == 3
