import json

import pytest

from medalloc.errors import InputError
from medalloc.networks.architecture import Architecture


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [("mlp", (5,)), ("cnn", (5,)), ("mlp", (9, 2)), ("cnn", (9, 2)), ("rnn", (9, 2)), ("lstm", (9, 1))],
)
def test_a_description_survives_json(kind: str, inputs: tuple[int, ...]) -> None:
    made = Architecture(kind, inputs, outputs=3, hidden=(4, 2), kernel=2)
    assert Architecture.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Architecture("tree", (3, 0), outputs=0, hidden=(4, 5000), kernel=0)
    for words in ("“kind” is 'tree'", "“inputs[1]” is 0", "“outputs” is 0", "“hidden[1]” is 5000", "“kernel” is 0"):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"version": 1, "kind": "mlp"}, "missing: inputs"),
        ({"version": 1, "kind": "lstm", "inputs": [4]}, "takes series"),
        ({"version": 1, "kind": "mlp", "inputs": 4}, "“inputs” is 4"),
        ({"version": 1, "kind": "mlp", "inputs": [1, 2, 3]}, "one number .features. or two"),
        ({"version": 1, "kind": "mlp", "inputs": ["four"]}, "“inputs.0.” is 'four'"),
        ({"version": 1, "kind": "mlp", "inputs": [4], "hidden": []}, "units of 1 to 8 layers"),
        ({"version": 1, "kind": ["mlp"], "inputs": [4]}, "“kind”"),
    ],
)
def test_json_that_is_no_description_is_refused(data: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Architecture.from_json(data)
