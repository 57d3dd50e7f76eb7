"""The settings of models on the Need screen: shown for what is chosen, kept, given to the training, marked stale."""

import sys
import time

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.options import ModelOption
from medalloc.ui.kit import words
from tests.pages.test_screens import PATIENCE, go, sound, trained, with_sample


def choosing(*models: str) -> AppTest:
    visit = go(with_sample(), "need")
    return visit.button_group(key="choice_models").set_value(list(models)).run()


def settings(visit: AppTest) -> set[str]:
    """Return the keys of the settings that are on the screen."""
    found = [*visit.number_input, *visit.get("button_group")]
    return {each.key for each in found if (each.key or "").startswith("option_")}


@pytest.mark.parametrize("kind", CATALOGUE)
def test_a_chosen_model_shows_when_it_fits_what_it_costs_and_every_setting(kind: str) -> None:
    visit = choosing(kind)
    sound(visit)
    shown = [each.value for each in (*visit.markdown, *visit.caption)]
    assert any(str(CATALOGUE[kind].fits) in each for each in shown)
    assert str(CATALOGUE[kind].cost) in shown
    assert settings(visit) == {f"option_{kind}_{name}" for name in CATALOGUE[kind].parameters if name != "threads"}
    for name, option in ((name, each.option) for name, each in CATALOGUE[kind].parameters.items()):
        if isinstance(option, ModelOption) and name != "threads":
            control = visit.number_input(key=f"option_{kind}_{name}")
            assert control.value == option.default
            assert words.number(option.high) in control.help


def test_settings_survive_another_screen_and_go_back_in_one_click() -> None:
    visit = choosing("mlp")
    visit.number_input(key="option_mlp_epochs").set_value(7).run()
    visit.button_group(key="option_mlp_optimizer").set_value("gd").run()
    sound(visit)
    assert visit.number_input(key="option_mlp_batch_size").disabled
    go(visit, "data")
    go(visit, "need")
    assert visit.number_input(key="option_mlp_epochs").value == 7
    assert visit.button_group(key="option_mlp_optimizer").value == "gd"
    visit.button(key="usual_mlp").click().run()
    assert visit.number_input(key="option_mlp_epochs").value == 200
    assert visit.button_group(key="option_mlp_optimizer").value == "adam"
    assert not visit.number_input(key="option_mlp_batch_size").disabled


def test_a_setting_out_of_range_is_refused_in_a_sentence_and_what_stood_stays() -> None:
    visit = choosing("mlp")
    visit.number_input(key="option_mlp_epochs").set_value(7).run()
    visit.number_input(key="option_mlp_epochs").set_value(-5).run()
    assert ["-5" in each.value for each in visit.error] == [True]
    assert visit.number_input(key="option_mlp_epochs").value == 7
    visit.number_input(key="option_mlp_epochs").set_value(8).run()
    sound(visit)


def test_a_changed_setting_makes_the_training_stale_and_the_next_one_uses_it() -> None:
    visit = trained(with_sample(), ["logistic"])
    first = visit.dataframe[0].value
    visit.number_input(key="option_logistic_penalty").set_value(100_000.0).run()
    assert any("out of date" in each.value for each in visit.warning)
    next(each for each in visit.button if each.label == "Train").click().run()
    end = time.monotonic() + PATIENCE
    while any("out of date" in each.value for each in visit.warning) and time.monotonic() < end:
        time.sleep(0.5)
        visit.run()
    sound(visit)
    assert not any("out of date" in each.value for each in visit.warning)
    assert not visit.dataframe[0].value.equals(first)


def test_a_network_that_was_trained_shows_how_it_learned() -> None:
    visit = choosing("mlp")
    visit.number_input(key="option_mlp_epochs").set_value(5).run()
    trained(visit, ["mlp"])
    sound(visit)
    assert any("Passes made: 5" in each.value for each in visit.markdown)


def test_without_keras_networks_stay_visible_with_the_reason_and_others_can_be_trained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keras", None)
    visit = choosing("logistic", "cnn")
    assert not visit.exception
    assert any("Not for training here" in each.value and "keras" in each.value for each in visit.info)
    train = next(each for each in visit.button if each.label == "Train")
    assert train.disabled
    visit.button_group(key="choice_models").set_value(["logistic"]).run()
    train = next(each for each in visit.button if each.label == "Train")
    assert not train.disabled
