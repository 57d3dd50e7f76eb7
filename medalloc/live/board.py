"""The board of moves: what was proposed, and what became of it; nothing on it is ever overwritten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from medalloc.errors import not_written, refused
from medalloc.live.move import Move
from medalloc.saved import Lines, from_plain, read_json, to_plain
from medalloc.sentences import sentence

Status = Literal["proposed", "accepted", "under way", "done", "refused"]

NEXT: dict[Status, tuple[Status, ...]] = {
    "proposed": ("accepted", "refused"),
    "accepted": ("under way", "refused"),
    "under way": ("done", "refused"),
    "done": (),
    "refused": (),
}
"""What a move can become."""

COMMITTED = ("accepted", "under way", "done")
"""Moves that count as made when the next ones are proposed."""


@dataclass(frozen=True)
class Entry:
    """One line of the board."""

    move: Move
    """Which one."""

    status: Status
    """What it became."""

    at: str
    """When, as ISO."""

    reason: str = ""
    """Why it was refused."""


def entered(board: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Return the board with one more line.

    Raises
    ------
    InputError
        If the move cannot become that, or is refused without a reason.
    """
    before = {each.move.id: each.status for each in board}.get(entry.move.id, "proposed")
    if entry.status != "proposed" and entry.status not in NEXT[before]:
        raise refused("This move is “{before}” and cannot become “{status}”.", before=before, status=entry.status)
    if entry.status == "refused" and not entry.reason.strip():
        raise refused("Say why the move is refused.")
    return (*board, entry)


def standing(board: Iterable[Entry]) -> dict[str, Entry]:
    """Return the last line of every move, by its id."""
    return {each.move.id: each for each in board}


def committed(board: Iterable[Entry]) -> list[Move]:
    """Return the moves that are made, or on their way."""
    return [each.move for each in standing(board).values() if each.status in COMMITTED]


def closed(board: Iterable[Entry], today: str) -> set[str]:
    """Return the regions to which a move was refused whose numbers still hold."""
    last = standing(board).values()
    return {each.move.to for each in last if each.status == "refused" and each.move.until > today}


def write_entry(lines: Lines, entry: Entry) -> None:
    """Add one line to a board, at once.

    Raises
    ------
    SourceError
        If it cannot be written.
    """
    try:
        lines.add(json.dumps(to_plain(entry), ensure_ascii=False, allow_nan=False).encode())
    except OSError as error:
        raise not_written(lines.name.rpartition("/")[2], error) from error


def read_board(lines: Lines) -> tuple[Entry, ...]:
    """Return every line of a board, none before the first; a last line that was cut off is left out."""
    return tuple(from_plain(Entry, read_json(line), sentence("board of moves")) for line in lines.all())
