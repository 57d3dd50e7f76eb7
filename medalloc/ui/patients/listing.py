"""The list: who gets a unit, why, and who had by another rule; and what people decide otherwise."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.priority.answer import in_short, list_frame
from medalloc.priority.listing import WaitingList, prioritise
from medalloc.priority.placing import Placement
from medalloc.priority.rule import Override
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, printed, uploads, words
from medalloc.ui.kit.words import _

MOST = 2_000
"""Rows that are shown; the download has them all. [count]"""


def in_one_sentence(found: WaitingList, other: WaitingList) -> str:
    """Answer the screen's question."""
    return words.say(in_short(found, other))


def figures(found: WaitingList, other: WaitingList) -> list[layout.Figure]:
    """Return the numbers that matter."""
    served = found.served
    last = found.rank[served & found.by_rule].max(initial=0)
    return [
        layout.Figure(_("Get a unit"), words.number(int(served.sum()))),
        layout.Figure(_("Still waiting"), words.number(int((~served).sum()))),
        layout.Figure(_("Last rank served"), words.number(int(last)), help=_("Overrides aside.")),
        layout.Figure(
            _("Not by the other rule"),
            words.number(int((served & ~other.served).sum())),
            help=_("Of those who get a unit, so many would get none by “{name}”.").format(
                name=words.say(other.rule.called)
            ),
        ),
    ]


def table(found: WaitingList, other: WaitingList, placed: Placement | None) -> None:
    """Show the list with the reason of every decision, and offer it for download."""
    frame = state.keep(_frame, found, other, placed, state.look().language)
    printed.grid(
        frame,
        column_config=_columns(frame, placed),
        height=420,
        key="priority_list",
        alt=_("Who gets a unit, and why"),
    )
    if len(found.rank) > MOST:
        said = _("The first {shown} of {all} are shown; the download has them all.")
        st.caption(said.format(shown=words.number(MOST), all=words.number(len(found.rank))))
    downloads.offer(
        partial(list_frame, found, other, placed, words.writer()), "patients", key="priority", action="export patients"
    )


def _frame(
    found: WaitingList,
    other: WaitingList,
    placed: Placement | None,
    language: str,  # noqa: ARG001 - words differ by it
) -> pd.DataFrame:
    return list_frame(found, other, placed, words.writer(), MOST)


def _columns(frame: pd.DataFrame, placed: Placement | None) -> dict[str, Any]:
    column = st.column_config
    unit = "" if placed is None else words.say(placed.facilities.unit)
    return {
        "rank": column.NumberColumn(_("Rank"), format="localized", width="small", pinned=True),
        "patient": column.TextColumn(_("Patient"), width="small", pinned=True),
        "decision": column.TextColumn(_("Decision"), width="small"),
        "facility": column.TextColumn(_("Goes to")),
        "way": column.NumberColumn(_("Travel [{unit}]").format(unit=unit), format="%.1f", width="small"),
        "reason": column.TextColumn(_("Why"), width="large"),
        "why_there": column.TextColumn(_("Why there"), width="large"),
        "by_other_rule": column.TextColumn(_("By the other rule"), width="medium"),
        "score": column.NumberColumn(_("Score"), format="%.4g"),
        "band": column.NumberColumn(_("Band")),
        "lottery": column.NumberColumn(
            _("Lottery number"), format="%.6f", help=_("From 0 to 1; the lowest comes first.")
        ),
        "override": column.TextColumn(_("Override")),
        **{
            name: column.NumberColumn(_("Points: {of}").format(of=name.removeprefix("points: ")), format="%.4g")
            for name in map(str, frame.columns)
            if name.startswith("points: ")
        },
        **{
            name: column.TextColumn(_("Waiting: {of}").format(of=name.removeprefix("waiting: ")))
            for name in map(str, frame.columns)
            if name.startswith("waiting: ")
        },
    }


def overriding(found: WaitingList, standing: Sequence[Mapping[str, Any]]) -> None:
    """Let people decide otherwise about a patient, with a reason, and show what they decided."""
    st.subheader(_("Overrides"), anchor=False)
    st.caption(_("The list orders patients for people to decide. What you decide and why is kept in it."))
    give = {"give": _("Give a unit"), "withhold": _("Give none")}
    with st.form("override", clear_on_submit=True):
        first, second, third = st.columns([2, 2, 5])
        first.selectbox(
            _("Patient"), found.waiting.patients, index=None, key="override_patient", placeholder=_("Choose")
        )
        second.selectbox(_("Decision"), list(give), format_func=give.__getitem__, key=_decision_key())
        third.text_input(_("Reason"), key="override_reason", placeholder=_("such as: seen on the ward round of 3 May"))
        st.form_submit_button(_("Record override"), on_click=_decide, args=(found,))
    uploads.tell("override")
    for each in standing:
        decision = give.get(str(each.get("decision")), str(each.get("decision")))
        patient, reason = words.escape(str(each.get("patient"))), words.escape(str(each.get("reason")))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{patient}** · {decision} · {reason}", width="content")
            key, args = f"withdraw_{each.get('patient')}", (each.get("patient"),)
            st.button(_("Withdraw"), key=key, type="tertiary", icon=":material/undo:", on_click=_take_back, args=args)


def _decision_key() -> str:
    """Return a key that changes with the language: a control knows its value by the words it showed."""
    return f"override_decision_{state.look().language}"


def _decide(found: WaitingList) -> None:
    patient, reason = state.widget("override_patient"), state.widget("override_reason")
    with uploads.refusing("override"):
        made = Override(patient or "", state.widget(_decision_key()), reason)
        _require_kept(found, made)
        state.revise(at.study.priority.overrides, lambda now: (*_without(now, made.patient), made.to_json()))


def _require_kept(found: WaitingList, made: Override) -> None:
    """Refuse an override that the units do not allow, before it is chosen."""
    others = tuple(each for each in found.overrides if each.patient != made.patient)
    prioritise(found.waiting, found.rule, found.units, (*others, made))


def _take_back(patient: Any) -> None:
    state.revise(at.study.priority.overrides, _without, patient)


def _without(overrides: Sequence[Mapping[str, Any]], patient: Any) -> tuple[Mapping[str, Any], ...]:
    return tuple(each for each in overrides if each.get("patient") != patient)
