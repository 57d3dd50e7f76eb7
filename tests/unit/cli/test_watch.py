import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medalloc.live.board import Entry, write_entry
from medalloc.live.heard import read_state, read_turn
from medalloc.live.moving import Move, Part

REGIONS = "region,demand\nNorth,30\nSouth,10\nEast,10\n"
COUNTS = ["region,date,count", *(f"{name},2026-{1 + w // 4:02}-{1 + 7 * (w % 4):02},{10 + w % 3}"
                                 for name in ("North", "South") for w in range(40))]  # fmt: skip


@pytest.fixture
def study(run: Callable[..., Any], table: Callable[..., str]) -> str:
    out = table("", "study.json")
    ended = run("study", table(REGIONS), "--resource", "beds=20", "--out", out)
    assert ended.returncode == 0, ended.stderr
    return out


def test_a_folder_is_watched_and_the_board_beside_its_state_is_heeded(
    study: str, answer: Callable[..., Any], run: Callable[..., Any], tmp_path: Path
) -> None:
    feed, into = tmp_path / "feed", tmp_path / "into"
    feed.mkdir()
    (feed / "a.csv").write_text("region,count,at\nNorth,0,2026-11-28\nSouth,30,2026-11-28\n")
    asked = ("watch", study, "--feed", f"folder:{feed}", "--once", "--move-share", "50", "--into", str(into))
    found = answer(*asked)
    assert found["not_heard_from"] == ["East"] and found["moves"] and found["trouble"] == ""
    assert found["served_after"] - found["served_now"] == pytest.approx(
        sum(each["serves"] - each["loses"] for each in found["moves"])
    )
    assert read_turn(into) == read_state(into).turn == 1
    assert run(*asked, "--json").stdout == ""
    made = found["moves"][0]
    parts = tuple(Part(each["from"], each["resource"], each["units"]) for each in made["parts"])
    move = Move(made["id"], made["to"], parts, made["serves"], made["loses"], made["until"])
    write_entry(into / "moves.jsonl", Entry(move, "accepted", "2026-11-28"))
    (feed / "b.csv").write_text("region,count,at\nNorth,0,2026-11-29\nSouth,30,2026-11-29\n")
    assert answer(*asked)["served_now"] == pytest.approx(found["served_now"] + made["serves"] - made["loses"])
    (feed / "c.csv").write_text("garbage")
    told = answer(*asked)
    assert "cannot be used" in told["trouble"] and told["served_now"] > 0


def test_counts_are_played_again_a_line_a_period(run: Callable[..., Any], table: Callable[..., str]) -> None:
    counts, out = table("\n".join(COUNTS), "counts.csv"), table("", "study.json")
    ended = run("study", counts, "--resource", "beds=8", "--forecaster", "naive", "--out", out)
    assert ended.returncode == 0, ended.stderr
    ended = run("watch", out, "--replay", counts, "--speed", "1000", "--last", "3", "--json")
    assert ended.returncode == 0, ended.stderr
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [each["turn"] for each in lines] == [1, 2, 3]
    assert sorted({each["at"] for each in lines}) == [each["at"] for each in lines]


def test_one_says_where_numbers_come_from(study: str, run: Callable[..., Any]) -> None:
    for options in ((), ("--feed", "folder:x", "--replay", "y.csv")):
        ended = run("watch", study, *options)
        assert ended.returncode == 2 and "--feed or --replay" in ended.stderr
    assert "is no feed" in run("watch", study, "--feed", "gopher:x").stderr
