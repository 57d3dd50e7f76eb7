import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.options import ModelOption


@given(st.sampled_from(list(CATALOGUE)), st.integers(0, 2**31 - 1), st.floats(0.05, 0.5))
@settings(max_examples=40)
def test_a_choice_survives_json(kind: str, seed: int, share: float) -> None:
    options = {
        name: each.option.low if isinstance(each.option, ModelOption) else each.option.known[0]
        for name, each in CATALOGUE[kind].parameters.items()
    }
    choice = ModelChoice(kind, seed, share, options)
    assert ModelChoice.from_json(json.loads(json.dumps(choice.to_json()))) == choice


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        ModelChoice("boosting", seed=-1, test_share=0.9, options={"trees": 1.5, "wings": 2, "leaves": 1})
    said = str(caught.value)
    for words in ("“seed” is -1", "“test share” is 0.9", "“trees” is 1.5", "no option “wings”", "“leaves” is 1"):
        assert words in said


def test_an_unknown_model_lists_the_models_there_are() -> None:
    with pytest.raises(InputError, match="logistic, linear-svm, svm, forest, forest-article, boosting, mlp, cnn"):
        ModelChoice("oracle")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "must be a JSON object"),
        ({"version": 9, "kind": "svm"}, "version 9"),
        ({"version": 1}, "missing: kind. It must be text"),
        ({"version": 1, "kind": "svm", "options": 3}, "options"),
        ({"version": 1, "kind": "svm", "colour": 3}, "no entry called: colour"),
        ({"version": 1, "kind": "svm", "seed": "x"}, "“seed” is 'x'"),
        ({"version": 1, "kind": "mlp", "options": {"optimizer": "magic"}}, "is 'magic'; use one of: gd, sgd, adam"),
        ({"version": 1, "kind": "mlp", "options": {"optimizer": 1}}, "is 1; use one of: gd, sgd, adam"),
        ({"version": 1, "kind": "mlp", "options": {"epochs": "many"}}, "is 'many'; it must be a whole number"),
        ({"version": 1, "kind": "svm", "options": {"optimizer": "gd"}}, "no option “optimizer”; it takes: cost"),
    ],
)
def test_json_that_is_no_choice_is_refused(data: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        ModelChoice.from_json(data)  # type: ignore[arg-type]


def test_words_and_numbers_are_given_or_default() -> None:
    choice = ModelChoice("mlp", options={"optimizer": "gd", "epochs": 7})
    assert (choice.text("optimizer"), choice.count("epochs"), choice.count("patience")) == ("gd", 7, 10)
    assert ModelChoice("cnn").text("optimizer") == "adam"


def test_a_choice_written_before_there_were_words_is_still_read() -> None:
    old = {"version": 1, "kind": "boosting", "seed": 3, "test_share": 0.2, "options": {"trees": 100}}
    assert ModelChoice.from_json(old) == ModelChoice("boosting", 3, 0.2, {"trees": 100})
