"""Moves that are proposed, and the board of what became of them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.live.board import NEXT, Entry, Status, entered, read_board, standing, write_entry
from medalloc.live.move import Move
from medalloc.live.watch import Told
from medalloc.quantities.units_named import called
from medalloc.saved import Lines
from medalloc.ui import state
from medalloc.ui.kit import downloads, palette, pressed, printed, uploads, words
from medalloc.ui.kit.words import _


def names() -> dict[Status, str]:
    """Return what became of a move, in words."""
    return {
        "proposed": _("proposed"),
        "accepted": _("accepted"),
        "under way": _("under way"),
        "done": _("done"),
        "refused": _("refused"),
    }


def section(found: Told, path: Lines, hold: Callable[[], None] | None) -> None:
    """Show what is proposed with what it is worth, and let it be accepted, or refused with a reason."""
    board = read_board(path)
    for said in found.replan.said:
        st.caption(words.say(said))
    if found.replan.moves:
        _proposed(found.replan.moves)
    else:
        st.markdown(_("Nothing is proposed: no move within the limits serves enough people more."))
    last = standing(board)
    open_ = {each.id: each for each in found.replan.moves if each.id not in last}
    open_ |= {each.move.id: each.move for each in last.values() if NEXT[each.status]}
    if open_:
        _decide(open_, {key: each.status for key, each in last.items()}, found.state.at, path, hold)
    if last:
        st.subheader(_("Board of moves"), anchor=False)
        _board(list(last.values()))


def _proposed(moves: tuple[Move, ...]) -> None:
    rows = [
        {
            "to": each.to,
            "from": part.origin or _("stock"),
            "units": part.units,
            "resource": words.resource(part.resource),
            "serves": each.serves,
            "loses": each.loses,
            "until": each.until,
        }
        for each in moves
        for part in each.parts
    ]
    printed.grid(pd.DataFrame(rows), column_config=_columns(), alt=_("Moves that are proposed"))
    st.caption(_("What several units to one region serve, they serve together."))
    downloads.offer(pd.DataFrame(rows), "moves", key="moves")


def _columns() -> dict[str, Any]:
    return {
        "to": st.column_config.TextColumn(_("To"), width="medium"),
        "from": st.column_config.TextColumn(_("From")),
        "units": st.column_config.NumberColumn(_("Units"), format="localized"),
        "resource": st.column_config.TextColumn(_("Resource")),
        "serves": st.column_config.NumberColumn(_("Serves more [people]"), format="%.1f"),
        "loses": st.column_config.NumberColumn(_("Fewer elsewhere [people]"), format="%.1f"),
        "until": st.column_config.TextColumn(_("Holds until")),
        "status": st.column_config.TextColumn(_("Status")),
        "reason": st.column_config.TextColumn(_("Reason")),
        "what": st.column_config.TextColumn(_("Units")),
    }


def _decide(
    moves: dict[str, Move], status: dict[str, Status], now: str, path: Lines, hold: Callable[[], None] | None
) -> None:
    said, called = names(), {each.id: f"{each.to}: {what(each)}" for each in moves.values()}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    chosen = left.selectbox(
        _("Decide on a move"),
        list(moves),
        format_func=lambda key: f"{called[key]} ({said[status.get(key, 'proposed')]})",
        # other moves, another control: what was chosen of those before is none of these
        key=f"live_move {now}",
    )
    right.text_input(_("Reason, if refused"), key="live_reason")
    if chosen is None:
        return
    verbs = {
        "accepted": _("Accept"),
        "under way": _("It is under way"),
        "done": _("It is done"),
        "refused": _("Refuse"),
    }
    with st.container(horizontal=True):
        for each in NEXT[status.get(chosen, "proposed")]:
            pressed.button(
                *(verbs[each], _become, moves[chosen], each, now, path, hold),
                key=f"live_{each.replace(' ', '_')}",
                type=palette.main_button() if each != "refused" else "secondary",
                disabled=state.locked(),
            )
    uploads.tell("live_move")


def _become(move: Move, status: Status, now: str, path: Lines, hold: Callable[[], None] | None) -> None:
    if hold is not None:
        hold()
    reason = str(state.widget("live_reason") or "") if status == "refused" else ""
    entry = Entry(move, status, now, reason)
    with uploads.refusing("live_move"):
        state.required("change")
        entered(read_board(path), entry)
        state.noting("decided", f"{move.to}: {status}" + (f" ({reason})" if reason else ""))()
        write_entry(path, entry)


def what(move: Move) -> str:
    """Say which units a move is of, and where they come from."""
    return ", ".join(
        _("{units} {resource} from {origin}").format(
            units=words.number(part.units),
            resource=words.resource(str(called(part.resource, part.units))),
            origin=part.origin or _("stock"),
        )
        for part in move.parts
    )


def _board(entries: list[Entry]) -> None:
    said = names()
    rows = [
        {
            "to": each.move.to,
            "what": what(each.move),
            "status": said[each.status],
            "reason": each.reason,
            "serves": each.move.serves,
            "until": each.move.until,
        }
        for each in reversed(entries)
    ]
    printed.grid(pd.DataFrame(rows), column_config=_columns(), alt=_("Board of moves"))


def trouble(found: Told) -> None:
    """Say what is wrong with the feed; the last good state stays."""
    if (said := found.state.trouble_said) is not None:
        st.warning(words.say(said) + " " + _("The last good numbers stay."))
