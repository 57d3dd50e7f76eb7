"""The rule, to be changed with the mouse: points, bands, time waiting, the lottery, reserves, minimum shares."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

import streamlit as st

from medalloc.errors import refused
from medalloc.priority.rule import Rule
from medalloc.saved import read_json
from medalloc.ui import state
from medalloc.ui.kit import editors, layout, uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.patients import rows


def editor(rule: Rule, columns: Sequence[str], *, suggested: bool, with_places: bool) -> None:
    """Show the rule as it stands, each part of it to be changed.

    Parameters
    ----------
    rule : Rule
        As it stands.
    suggested : bool
        Whether nobody has said it yet.
    """
    with uploads.folded(_("The rule: who is first"), "rule", "rule_upload", expanded=True):
        uploads.tell("rule")
        st.markdown(_("**Points** by column; the sum decides. With none, everybody has the same score."))
        _table("terms", rule, columns)
        _order(rule, columns)
        st.markdown(_("**Reserves**: units for a category of patients, by the same order within it."))
        _table("reserves", rule, columns)
        _reserves(rule)
        if with_places:
            st.markdown(_("**Minimum shares**: places in every facility that a group must have."))
            _table("minimums", rule, columns)
        _file(rule, suggested=suggested)


def take(rule: Rule | None, *, anew: bool = True) -> None:
    """Choose a rule, the suggested one where it is None; with `anew` its controls start from it."""
    state.change(priority_rule=None if rule is None else rule.to_json())
    if anew:
        for each in fields(Rule):
            state.start_over(f"rule_{each.name}")


def _table(kind: str, rule: Rule, columns: Sequence[str]) -> None:
    said = getattr(rule, kind)
    offered = dict.fromkeys((*columns, *rule.columns))
    edited, says = editors.edited(
        f"rule_{kind}",
        said,
        lambda: rows.frame_of(kind, rows.rows_of(said)),
        lambda frame: rows.entries_of(kind, frame)[0],
        num_rows="dynamic",
        column_config=rows.columns(kind, list(offered)),
        alt={"terms": _("Points by column"), "reserves": _("Reserves"), "minimums": _("Minimum shares")}[kind],
    )
    if faults := rows.entries_of(kind, edited)[1]:
        layout.faults(faults)
    if says != said:
        with uploads.refusing("rule"):
            take(replace(rule, **{kind: says}), anew=False)
        st.rerun()


def _order(rule: Rule, columns: Sequence[str]) -> None:
    first, second = st.columns(2)
    bands = ", ".join(f"{each:g}" for each in rule.bands)
    with first:
        st.text_input(_("Name of the rule"), **_bound("name", rule, rule.name))
        st.text_input(
            _("Bands begin at [points]"),
            placeholder=_("such as 20, 40, 60"),
            help=_("Within a band scores do not matter; leave blank for no bands."),
            **_bound("bands", rule, bands, _numbers),
        )
        label = _("Fewer points come first")
        st.toggle(label, help=_("As where points measure risk."), **_bound("lowest_first", rule, rule.lowest_first))
    with second:
        st.selectbox(
            _("Between equals, who has waited longest by"),
            ["", *dict.fromkeys((*columns, *([rule.waiting] if rule.waiting else ())))],
            format_func=lambda column: column or _("no column: the lottery decides"),
            help=_("A date, the earliest first, or a time waited, the longest first."),
            **_bound("waiting", rule, rule.waiting),
        )
        st.number_input(
            _("Seed of the lottery"),
            value=None,
            step=1,
            help=_("It decides between those who are still equal, and is kept with the list."),
            **_bound("seed", rule, rule.seed),
        )


def _reserves(rule: Rule) -> None:
    if not rule.reserves:
        return
    first, second = st.columns(2)
    order = {False: _("the least that its patients get"), True: _("on top of what they get anyway")}
    first.selectbox(
        _("A reserve is"),
        list(order),
        format_func=order.__getitem__,
        help=_("The least: reserved units are given first. On top: open units are given first."),
        **_bound("open_first", rule, rule.open_first),
    )
    left = {False: _("open to all"), True: _("kept")}
    label = _("Reserved units that find nobody are")
    bound = _bound("keep_unfilled", rule, rule.keep_unfilled)
    second.selectbox(label, list(left), format_func=left.__getitem__, **bound)


def _same(value: Any) -> Any:
    return value


def _bound(field: str, rule: Rule, value: Any, read: Callable[[Any], Any] = _same) -> dict[str, Any]:
    key = state.started(f"rule_{field}", value)
    return {"key": key, "on_change": _set, "args": (field, rule, read)}


def _set(field: str, rule: Rule, read: Callable[[Any], Any]) -> None:
    value = state.answered(f"rule_{field}")
    with uploads.refusing("rule"):
        if value is not None:
            take(replace(rule, **{field: read(value)}), anew=False)
            return
    # nothing was chosen: the control goes on from the rule that stands
    state.start_over(f"rule_{field}")


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(each) for each in text.replace(";", ",").split(",") if each.strip())
    except ValueError:
        raise refused("“{found}” are no scores; write numbers with commas between them.", found=text) from None


def _file(rule: Rule, *, suggested: bool) -> None:
    """Offer the rule as a file, one out of a file, and the way back to the suggested one."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        text = json.dumps(rule.to_json(), indent=2, ensure_ascii=False)
        options: dict[str, Any] = {"on_click": "ignore", "icon": ":material/download:"}
        st.download_button(_("Download the rule"), text, "rule.json", "application/json", **options)
        if not suggested:
            label = _("Back to the suggested rule")
            st.button(label, icon=":material/undo:", type="tertiary", on_click=take, args=(None,))
    with right:
        uploads.uploader(_("Or use a rule from a file"), "rule_upload", partial(_take_file, take), kinds=["json"])


def _take_file(use: Callable[[Rule], None], content: bytes, _name: str) -> None:
    try:
        given = read_json(content)
    except ValueError:
        raise refused("This file is not JSON; choose one that was downloaded here.") from None
    use(Rule.from_json(given))


def in_words(rule: Rule) -> str:
    """Say what a rule goes by, in one line."""
    terms = " + ".join(f"{words.number(each.points)} × {words.say(each.sentence)}" for each in rule.terms)
    return terms or _("no points")
