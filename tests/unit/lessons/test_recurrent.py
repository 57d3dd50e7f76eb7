import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.lessons.recurrent import gated, plain, sequences


@given(st.floats(0, 1.5), st.integers(2, 12))
@settings(max_examples=20)
def test_the_derivative_is_what_a_small_change_of_the_first_state_does_to_the_last(weight: float, numbers: int) -> None:
    inputs = sequences(numbers, seed=1)[:5]
    nudge = 1e-6
    moved = inputs.copy()
    # the first state is tanh of the first number
    moved[:, 0] = np.arctanh(np.tanh(inputs[:, 0]) + nudge)
    change = np.abs(plain(moved, weight=weight).states[:, -1] - plain(inputs, weight=weight).states[:, -1]) / nudge
    assert plain(inputs, weight=weight).slope[-1] == pytest.approx(change.mean(), rel=1e-3, abs=1e-6)


def test_a_closed_gate_keeps_the_first_number_and_an_open_one_writes_over_it() -> None:
    inputs = sequences(31, seed=2)
    kept, written = (gated(inputs, keep=0.99, let_in=each) for each in (0.0, 1.0))
    assert kept.known(inputs[:, 0])[-1] == pytest.approx(kept.known(inputs[:, 0])[0])
    assert written.known(inputs[:, 0])[-1] < 0.1
    assert kept.slope.tolist() == written.slope.tolist(), "the derivative does not see what is mixed in"


@given(st.floats(0.3, 0.99))
def test_the_half_life_of_a_cell_is_that_of_its_forget_gate(keep: float) -> None:
    cell = gated(sequences(20, seed=3)[:2], keep=keep, let_in=0.0)
    assert keep**cell.half_life == pytest.approx(0.5)


def test_an_rnn_forgets_whatever_its_weight() -> None:
    inputs = sequences(41, seed=4)
    for weight in (0.0, 0.5, 1.0, 1.5):
        said = plain(inputs, weight=weight)
        assert said.known(inputs[:, 0])[-1] < 0.05 and said.slope[-1] < 0.05
