"""A region's forecast set by hand, with the reason."""

import streamlit as st

from medalloc.demand.forecasting.expecting import refuse_impossible
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.errors import InputError
from medalloc.study.steps import demands
from medalloc.ui import state
from medalloc.ui.demand import answer
from medalloc.ui.demand.source import faults, faults_of
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def form(found: Outlook, name: str) -> None:
    """Let the visitor set a region's number, with a reason, or take it back."""
    place = found.forecast.regions.index(name)
    said = float(found.forecast.mean[place].sum())
    given = (state.ask(demands.by_hand) or {}).get(name)
    with st.expander(_("Set the forecast of this region by hand"), expanded=given is not None, key="by_hand"):
        if given is not None:
            st.markdown(
                _("Set to {value} instead of {forecast}: “{reason}”").format(
                    value=words.number(float(given["value"])),
                    forecast=words.number(said),
                    reason=words.escape(given["reason"]),
                )
            )
            st.button(_("Back to the forecast"), icon=":material/undo:", on_click=_take_back, args=(name,))
        with st.form(f"by_hand_{name}", border=False):
            st.number_input(
                _("Sum over all {count} periods [{counted}]").format(
                    count=words.number(found.forecast.horizon), counted=answer.counted()
                ),
                min_value=0.0,
                value=round(said if given is None else float(given["value"]), 1),
                key=f"by_hand_value_{name}",
                help=_("What you expect instead. Its interval and its futures move by the same factor."),
            )
            st.text_input(
                _("Reason"),
                value="" if given is None else str(given["reason"]),
                key=f"by_hand_reason_{name}",
                help=_("Such as “a ward closes in May”. It goes along into tables, downloads and the plan."),
            )
            st.form_submit_button(_("Set"), icon=":material/edit:", on_click=_set, args=(name, demands.span(found)))
        faults(state.visit().by_hand_faults)


def outdated() -> None:
    """Say which numbers were set for other periods, and offer to drop them."""
    held = state.ask(demands.by_hand) or {}
    names = [each for each in state.study().demand.forecast_by_hand if each not in held]
    if names:
        st.warning(
            _("Set by hand for other periods than these, and not used any more: {regions}. Set them anew.").format(
                regions=words.escape(", ".join(names))
            )
        )
        st.button(_("Drop them"), icon=":material/delete:", on_click=_drop, args=(tuple(names),))


def _drop(names: tuple[str, ...]) -> None:
    state.change(
        forecast_by_hand={
            each: given for each, given in state.study().demand.forecast_by_hand.items() if each not in names
        }
    )


def _set(name: str, span: dict[str, str]) -> None:
    given = {
        **span,
        "value": float(state.widget(f"by_hand_value_{name}")),
        "reason": str(state.widget(f"by_hand_reason_{name}")).strip(),
    }
    state.visit().by_hand_faults = ()
    try:
        refuse_impossible({name: given})
    except InputError as error:
        state.visit().by_hand_faults = faults_of(error)
        return
    state.change(forecast_by_hand={**state.study().demand.forecast_by_hand, name: given})


def _take_back(name: str) -> None:
    state.visit().by_hand_faults = ()
    for each in ("value", "reason"):
        state.start_over(f"by_hand_{each}_{name}")
    _drop((name,))
