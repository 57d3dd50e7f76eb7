from medalloc.need.comparison.simplicity import ORDER, from_simple_to_complex
from medalloc.need.models.options import MODEL_KINDS


def test_every_kind_has_a_place_and_the_baseline_is_simplest() -> None:
    ordered = from_simple_to_complex(reversed(list(MODEL_KINDS)))
    assert sorted(ordered) == sorted(MODEL_KINDS)
    assert ordered[0] == "logistic"
    assert [kind for kind in ordered if kind in ORDER] == [kind for kind in ORDER if kind in MODEL_KINDS]
