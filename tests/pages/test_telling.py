"""A control that is tied to a choice shows that choice, also where the browser still fetches the control's code."""

from streamlit.testing.v1 import AppTest

from medalloc.ui.state import TOLD


def one_control() -> None:
    import streamlit as st

    from medalloc.ui import asking, state

    st.number_input("Periods", min_value=1, max_value=52, **state.bound("forecast_horizon"))
    st.button("Again")
    st.text(asking.study().demand.forecast_horizon)


def test_a_new_control_is_told_its_choice_in_several_runs_and_then_left_alone() -> None:
    at = AppTest.from_function(one_control).run()
    told = []
    for _ in range(TOLD + 2):
        told.append((at.number_input[0].proto.set_value, at.number_input[0].value))
        at.button[0].click().run()
    chosen = told[0][1]
    assert told == [(True, chosen)] * TOLD + [(False, chosen)] * 2


def test_a_control_that_was_changed_is_not_told_again() -> None:
    at = AppTest.from_function(one_control).run()
    at.number_input[0].set_value(9).run()
    assert not at.number_input[0].proto.set_value
    assert at.number_input[0].value == 9
    assert at.text[0].value == "9"
