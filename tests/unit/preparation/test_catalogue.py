import pytest

from medalloc.preparation.catalogue import STEP_KINDS


@pytest.mark.parametrize("name", STEP_KINDS)
def test_every_default_is_acceptable_or_must_be_given(name: str) -> None:
    for option in STEP_KINDS[name].options.values():
        assert option.default is None or option.accepts(option.default)


@pytest.mark.parametrize("value", [{}, {"male": "0"}, {"male": float("nan")}, {1: 0}, None])
def test_a_mapping_is_from_text_to_finite_numbers(value: object) -> None:
    assert not STEP_KINDS["map_values"].options["values"].accepts(value)


@pytest.mark.parametrize("value", [True, -0.1, 1.1, "0.5"])
def test_a_share_lies_between_nought_and_one(value: object) -> None:
    assert not STEP_KINDS["clip_outliers"].options["low"].accepts(value)
