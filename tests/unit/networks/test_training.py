import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.networks.training import LEARNING_RATES, OPTIMIZERS, Training


@given(
    st.sampled_from(OPTIMIZERS), st.floats(0, 10), st.integers(1, 1000), st.integers(0, 50), st.integers(0, 2**31 - 1)
)
@settings(max_examples=30)
def test_a_training_survives_json(optimizer: str, rate: float, epochs: int, patience: int, seed: int) -> None:
    how = Training(optimizer, rate, epochs=epochs, patience=patience, seed=seed)
    assert Training.from_json(json.loads(json.dumps(how.to_json()))) == how
    assert how.rate == (rate or LEARNING_RATES[optimizer])


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Training("magic", learning_rate=-1, batch_size=0, epochs=1.5, held_out=0.9)  # type: ignore[arg-type]
    for words in (
        "“optimizer” is 'magic'",
        "gd, sgd, adam",
        "“learning rate” is -1",
        "“batch size” is 0",
        "“epochs” is 1.5",
    ):
        assert words in str(caught.value)
    assert len(caught.value.faults) == 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "must be a JSON object"),
        ({"version": 3}, "version 3"),
        ({"version": 1, "speed": 9}, "no entry called: speed"),
    ],
)
def test_json_that_is_no_training_is_refused(data: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Training.from_json(data)
