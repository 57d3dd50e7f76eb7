import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from medalloc.cli.entry import commands
from medalloc.errors import InputError
from medalloc.live.board import Entry, write_entry
from medalloc.live.heard import read_state
from medalloc.live.move import Move, Part
from medalloc.saved import Lines

REGIONS = "region,demand\nNorth,30\nSouth,10\nEast,10\n"
COUNTS = ["region,date,count", *(f"{name},2026-{1 + w // 4:02}-{1 + 7 * (w % 4):02},{10 + w % 3}"
                                 for name in ("North", "South") for w in range(40))]  # fmt: skip


def said(*arguments: str) -> str:
    """Run a command in this process, which a process of its own for each would take ten times as long for."""
    ended = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if ended.exception is not None:
        raise ended.exception
    return str(ended.stdout)


@pytest.fixture
def study(table: Callable[..., str]) -> str:
    out = table("", "study.json")
    said("study", table(REGIONS), "--resource", "beds=20", "--out", out)
    return out


def test_a_folder_is_watched_and_the_board_beside_its_state_is_heeded(study: str, tmp_path: Path) -> None:
    feed, into = tmp_path / "feed", tmp_path / "into"
    feed.mkdir()
    (feed / "a.csv").write_text("region,count,at\nNorth,0,2026-11-28\nSouth,30,2026-11-28\n")
    asked = ("watch", study, "--feed", f"folder:{feed}", "--once", "--move-share", "50", "--into", str(into))
    found = json.loads(said(*asked, "--json"))
    assert found["not_heard_from"] == ["East"] and found["moves"] and found["trouble"] == ""
    assert found["served_after"] - found["served_now"] == pytest.approx(
        sum(each["serves"] - each["loses"] for each in found["moves"])
    )
    assert read_state(into).turn == 1
    assert said(*asked) == ""
    made = found["moves"][0]
    parts = tuple(Part(each["from"], each["resource"], each["units"]) for each in made["parts"])
    move = Move(made["id"], made["to"], parts, made["serves"], made["loses"], made["until"])
    write_entry(Lines.at(into / "moves.jsonl"), Entry(move, "accepted", "2026-11-28"))
    (feed / "b.csv").write_text("region,count,at\nNorth,0,2026-11-29\nSouth,30,2026-11-29\n")
    assert json.loads(said(*asked, "--json"))["served_now"] == pytest.approx(
        found["served_now"] + made["serves"] - made["loses"]
    )
    # each was a process of its own, and each knows the days before
    assert [each.name for each in sorted((into / "days").iterdir())] == ["2026-11-28.json", "2026-11-29.json"]
    (feed / "c.csv").write_text("garbage")
    told = json.loads(said(*asked, "--json"))
    assert "cannot be used" in told["trouble"] and told["served_now"] > 0


def test_counts_are_played_again_a_line_a_period(table: Callable[..., str]) -> None:
    counts, out = table("\n".join(COUNTS), "counts.csv"), table("", "study.json")
    said("study", counts, "--resource", "beds=8", "--forecaster", "naive", "--out", out)
    played = said("watch", out, "--replay", counts, "--speed", "1000", "--last", "3", "--json")
    lines = [json.loads(line) for line in played.splitlines()]
    assert [each["turn"] for each in lines] == [1, 2, 3]
    assert sorted({each["at"] for each in lines}) == [each["at"] for each in lines]


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ((), "--feed, --replay or --patients"),
        (("--feed", "folder:x", "--replay", "y.csv"), "--feed, --replay or --patients"),
        (("--feed", "gopher:x"), "is no feed"),
    ],
)
def test_one_says_where_numbers_come_from(study: str, options: tuple[str, ...], wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        said("watch", study, *options)
