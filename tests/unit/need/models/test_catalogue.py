import pytest

from medalloc.need.models.catalogue import CATALOGUE, NETWORKS
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.options import ModelOption
from medalloc.networks.descent import FEWEST_HELD_OUT
from medalloc.networks.training import LEARNING_RATES, Training


def test_every_kind_of_model_and_every_option_has_its_words() -> None:
    for kind, entry in CATALOGUE.items():
        assert entry.kind == kind
        said = [entry.fits, entry.cost, *(each.help for each in entry.parameters.values())]
        assert all(str(each).endswith(".") for each in said)


def test_no_two_kinds_are_told_the_same() -> None:
    assert len({str(each.fits) for each in CATALOGUE.values()}) == len(CATALOGUE)
    assert len({str(each.cost) for each in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_both_ends_of_every_range_are_accepted_by_the_model(kind: str) -> None:
    for name, parameter in CATALOGUE[kind].parameters.items():
        option = parameter.option
        for value in (option.low, option.high) if isinstance(option, ModelOption) else option.known:
            ModelChoice(kind, options={name: value})
        assert option.hold(option.default)


def test_the_words_of_the_learning_rate_tell_the_rates_that_are_used() -> None:
    said = str(CATALOGUE["mlp"].parameters["learning_rate"].help)
    assert all(f"{optimizer} {rate:g}" in said for optimizer, rate in LEARNING_RATES.items())


def test_the_words_of_the_patience_tell_from_where_on_rows_are_held_out() -> None:
    said = str(CATALOGUE["mlp"].parameters["patience"].help)
    assert f"fewer than {round(FEWEST_HELD_OUT / Training().held_out)} training rows" in said


def test_boosting_is_not_promised_a_rate_that_suits_an_optimiser() -> None:
    assert "optimiser" not in str(CATALOGUE["boosting"].parameters["learning_rate"].help)


def test_the_convolution_is_called_a_teaching_exhibit() -> None:
    assert str(CATALOGUE["cnn"].fits).startswith("A teaching exhibit")
    assert NETWORKS == ("mlp", "cnn")


def test_the_simplest_comes_first_and_the_baseline_is_simplest() -> None:
    assert list(CATALOGUE) == ["logistic", "linear-svm", "svm", "forest", "forest-article", "boosting", "mlp", "cnn"]
