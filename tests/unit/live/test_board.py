from pathlib import Path

import pytest

from medalloc.errors import InputError
from medalloc.live.board import Entry, closed, committed, entered, read_board, standing, write_entry
from medalloc.live.move import Move, Part
from medalloc.saved import Lines

MOVE = Move("3:North", "North", (Part("South", "beds", 2.0),), 20.0, 4.0, "2026-12-06")


def test_a_move_goes_its_way_step_by_step_and_what_was_is_kept(tmp_path: Path) -> None:
    path, board = tmp_path / "moves.jsonl", ()
    for status in ("proposed", "accepted", "under way", "done"):
        entry = Entry(MOVE, status, "2026-11-29")
        board = entered(board, entry)
        write_entry(Lines.at(path), entry)
        assert committed(board) == ([] if status == "proposed" else [MOVE])
    assert read_board(Lines.at(path)) == board and standing(board)[MOVE.id].status == "done"
    with pytest.raises(InputError, match="cannot become"):
        entered(board, Entry(MOVE, "refused", "2026-11-29", "too late"))


def test_who_refuses_says_why_and_nothing_more_is_sent_there_while_the_numbers_hold() -> None:
    with pytest.raises(InputError, match="why"):
        entered((), Entry(MOVE, "refused", "2026-11-29", " "))
    board = entered((), Entry(MOVE, "refused", "2026-11-29", "the road is closed"))
    assert closed(board, "2026-12-05") == {"North"} and closed(board, "2026-12-06") == set()
    assert committed(board) == []


def test_a_line_that_was_cut_off_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "moves.jsonl"
    assert read_board(Lines.at(path)) == ()
    write_entry(Lines.at(path), Entry(MOVE, "proposed", "2026-11-29"))
    with path.open("ab") as file:
        file.write(b'{"move": ')
    assert len(read_board(Lines.at(path))) == 1
