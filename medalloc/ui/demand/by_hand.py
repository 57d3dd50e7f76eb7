"""A region's forecast set by hand, with the reason."""

from collections.abc import Iterable

import streamlit as st

from medalloc.demand.forecasting.expecting import refuse_impossible
from medalloc.study.steps import demands
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.demand.answer import Coming
from medalloc.ui.kit import uploads, words
from medalloc.ui.kit.words import _

FORM = "by_hand"
"""Under which it is said why a number was refused."""


def form(of: Coming, name: str) -> None:
    """Let the visitor set a region's number, with a reason, or take it back."""
    found, given = of.found, of.by_hand.get(name)
    place = found.forecast.regions.index(name)
    said = float(found.forecast.mean[place].sum())
    title = _("Set the forecast of this region by hand")
    with uploads.folded(title, FORM, expanded=given is not None, key="by_hand"):
        if given is not None:
            st.markdown(
                _("Set to {value} instead of {forecast}: “{reason}”").format(
                    value=words.number(float(given["value"])),
                    forecast=words.number(said),
                    reason=words.escape(given["reason"]),
                )
            )
            st.button(
                _("Back to the forecast"),
                icon=":material/undo:",
                on_click=_take_back,
                args=(name,),
                disabled=state.locked(),
            )
        with st.form(f"by_hand_{name}", border=False):
            st.number_input(
                _("Sum over all periods ({count}) [{counted}]").format(
                    count=words.number(found.forecast.horizon), counted=of.counted
                ),
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
            st.form_submit_button(
                _("Set"),
                icon=":material/edit:",
                on_click=_set,
                args=(name, demands.span(found)),
                disabled=state.locked(),
            )
        uploads.tell(FORM)


def outdated(of: Coming, every: Iterable[str]) -> None:
    """Say which numbers, of every one that was set by hand, are for other periods, and offer to drop them."""
    names = [each for each in every if each not in of.by_hand]
    if names:
        st.warning(
            _("Set by hand for other periods than these, and not used any more: {regions}. Enter them again.").format(
                regions=words.escape(", ".join(names))
            )
        )
        st.button(
            _("Drop them"), icon=":material/delete:", on_click=_drop, args=(tuple(names),), disabled=state.locked()
        )


def _drop(names: tuple[str, ...]) -> None:
    state.revise(
        at.study.demand.forecast_by_hand,
        lambda every: {each: given for each, given in every.items() if each not in names},
    )


def _set(name: str, span: dict[str, str]) -> None:
    value, reason = (state.widget(f"by_hand_{each}_{name}") for each in ("value", "reason"))
    given = {**span, "value": float(value), "reason": str(reason).strip()}
    with uploads.refusing(FORM):
        refuse_impossible({name: given})
        state.revise(at.study.demand.forecast_by_hand, lambda every: {**every, name: given})


def _take_back(name: str) -> None:
    for each in ("value", "reason"):
        state.start_over(f"by_hand_{each}_{name}")
    with uploads.refusing(FORM):
        _drop((name,))
