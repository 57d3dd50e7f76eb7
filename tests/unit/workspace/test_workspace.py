"""What is saved is found again by whoever opens the workspace, and nobody's work is written over."""

import hashlib
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from medalloc.errors import InputError, SourceError
from medalloc.saved import to_plain
from medalloc.study import Study
from medalloc.study.named import named_in
from medalloc.workspace import ChangedMeanwhile, Workspace
from medalloc.workspace.place import KEEP_DAYS, keep_days
from medalloc.workspace.record import named_files, table_name
from medalloc.workspace.schema import AUDIT, METADATA, STUDIES
from medalloc.workspace.store import Store, migrate, tables_of, version_of

Opened = Callable[[], Workspace]
TABLE = b"region,demand\nNorth,10\nSouth,30\n"


def form(file: str = "regions_world.csv", tickets: tuple[str, ...] = (), **chosen: Any) -> dict[str, Any]:
    """Return what a visitor chose, as it is saved."""
    study = Study().changed(file=file, file_name="own.csv", **chosen)
    plain = {"version": 1, "study": to_plain(study), "tickets": [{"task": "training", "id": each} for each in tickets]}
    return dict(json.loads(json.dumps(plain)))


def test_a_study_is_found_again_by_its_id_by_whoever_opens_the_workspace(opened: Opened) -> None:
    first = opened()
    record = first.begin(form(first.files.keep(TABLE)), owner="me")
    saved = first.save(record, form(record.form["study"]["data"]["file"], floor=0.3), who="me")
    again = opened()
    assert again.find(record.id) == saved and saved.form["study"]["limits"]["floor"] == 0.3
    assert again.files.table(saved.form["study"]["data"]["file"], "own.csv").frame["demand"].sum() == 40
    assert again.find("abc") is None


def test_nothing_in_the_folder_is_for_anybody_elses_eyes(tmp_path: Path) -> None:
    (tmp_path / "open to all").mkdir(mode=0o755)
    workspace = Workspace(tmp_path / "open to all")
    workspace.begin(form(workspace.files.keep(TABLE)), owner="me")
    assert not [each for each in workspace.folder.rglob("*") if each.is_file() and each.stat().st_mode & 0o077]
    workspace.store.close()


def test_ids_are_128_bits_that_only_the_workspace_draws(workspace: Workspace) -> None:
    ids = {workspace.begin(form(), owner="me").id for _ in range(20)}
    assert len(ids) == 20 and all(re.fullmatch(r"[\w-]{22}", each) for each in ids)


def test_who_saves_an_older_version_is_told_and_nothing_is_written_over(opened: Opened) -> None:
    one, other = opened(), opened()
    begun = one.begin(form(), owner="me")
    one.save(begun, form(floor=0.1), who="me")
    with pytest.raises(ChangedMeanwhile) as told:
        other.save(begun, form(floor=0.2), who="me")
    assert told.value.theirs.form["study"]["limits"]["floor"] == 0.1
    found = other.find(begun.id)
    assert found is not None and found.form["study"]["limits"]["floor"] == 0.1


def test_of_many_who_save_at_once_one_wins_each_time_and_the_trail_holds(opened: Opened) -> None:
    begun, each = opened().begin(form(), owner="me"), [opened() for _ in range(4)]

    def tried(place: int) -> int:
        try:
            return each[place % 4].save(begun, form(floor=place / 100), who=str(place)).version
        except ChangedMeanwhile:
            return 0

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(tried, range(1, 13))) == [0] * 11 + [2]
    assert opened().verify().faults == () and opened().verify().entries == 2


def test_what_is_deleted_meanwhile_does_not_come_back(workspace: Workspace) -> None:
    from medalloc.workspace.housekeeping import remove

    begun = workspace.begin(form(), owner="me")
    assert remove(workspace, begun.id, who="me") == 1 and remove(workspace, begun.id, who="me") == 0
    with pytest.raises(SourceError, match="deleted meanwhile"):
        workspace.save(begun, form(floor=0.3), who="me")
    assert workspace.find(begun.id) is None


def test_a_study_is_called_as_its_table_or_else_as_any_file_in_it() -> None:
    sha, study = "a" * 64, to_plain(Study())
    counts = to_plain(Study().changed(counts_file=sha, counts_name="counts.csv"))
    assert table_name(form()) == "own.csv" and table_name({"study": counts}) == "counts.csv"
    assert table_name({"study": study, "learn": {"learn_file": sha, "learn_file_name": "mine.csv"}}) == "mine.csv"
    assert table_name({"study": study}) == ""


def test_recent_studies_are_those_of_their_owner_with_a_table_the_last_changed_first(workspace: Workspace) -> None:
    first, second = (workspace.begin(form(), owner="me") for _ in range(2))
    workspace.begin(form(), owner="somebody else")
    workspace.begin({"version": 1, "study": to_plain(Study())}, owner="me")
    workspace.rename(second.id, " The plan of May ", who="me")
    workspace.touch(first.id, rows=30)
    workspace.save(first, form(floor=0.2), who="me")
    assert [(each.name, each.rows) for each in workspace.recent("me")] == [("own.csv", 30), ("The plan of May", None)]
    assert len(workspace.recent()) == 3 and len(workspace.recent("me", most=1)) == 1


@pytest.mark.parametrize("column", ["who", "detail", "inputs", "at", "study", "what"])
def test_an_entry_of_the_trail_that_was_changed_is_named(column: str, workspace: Workspace) -> None:
    record = workspace.begin(form(), owner="me")
    for place in range(5):
        record = workspace.save(record, form(floor=place / 10 + 0.1), who="me")
    assert workspace.verify().entries == 6 and workspace.verify().faults == ()
    with workspace.store.writing() as connection:
        connection.execute(update(AUDIT).where(AUDIT.c.number == 3).values({column: "0"}))
    assert str(workspace.verify().faults[0]).startswith("Entry 3 ")


def test_an_entry_that_was_taken_away_or_written_anew_is_named(workspace: Workspace) -> None:
    record = workspace.begin(form(), owner="me")
    for place in range(4):
        record = workspace.save(record, form(floor=place / 10 + 0.1), who="me")
    with workspace.store.writing() as connection:
        rows = [dict(each) for each in connection.execute(select(AUDIT).order_by(AUDIT.c.number)).mappings()]
        connection.execute(AUDIT.delete().where(AUDIT.c.number == 2))
    assert "before number 3" in str(workspace.verify().faults[0])
    with workspace.store.writing() as connection:
        connection.execute(insert(AUDIT).values({**rows[1], "hash": "0" * 64}))
    assert "Entry 2 " in str(workspace.verify().faults[0])


def test_the_trail_says_which_choices_changed_and_none_of_their_values(workspace: Workspace) -> None:
    record = workspace.begin(form(), owner="me")
    workspace.save(record, form(floor=0.77, seed=123456), who="somebody")
    with workspace.store.reading() as connection:
        last = connection.execute(select(AUDIT).order_by(AUDIT.c.number.desc())).mappings().first()
    assert last is not None and (last["who"], last["what"], last["detail"]) == ("somebody", "changed", "floor, seed")
    assert "0.77" not in str(dict(last)) and "123456" not in str(dict(last))


def test_a_database_of_an_earlier_version_becomes_a_present_one_with_all_that_is_in_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "before.sqlite")
    with store.writing() as connection:
        tables_of(connection).drop_all(connection)
        migrate(connection, "0001_studies")
        times = dict.fromkeys(("created", "changed", "opened"), 1.0)
        kept = {"id": "a" * 22, "owner": "me", "title": "Old", "table_name": "t.csv", "version": 4, **times}
        connection.execute(insert(STUDIES).values(**kept, form=json.dumps(form())))
        assert "audit" not in tables_of(connection).tables
    store.close()
    (tmp_path / "before.sqlite").rename(tmp_path / "medalloc.sqlite")
    workspace = Workspace(tmp_path)
    record = workspace.find("a" * 22)
    assert record is not None and record.title == "Old" and record.version == 4
    assert workspace.save(record, form(floor=0.4), who="me").version == 5 and workspace.verify().entries == 1
    workspace.store.close()


def test_migrations_end_with_the_tables_that_queries_name(workspace: Workspace) -> None:
    with workspace.store.writing() as connection:
        made = tables_of(connection).tables
    assert {*METADATA.tables, "alembic_version"} == set(made)
    for name, table in METADATA.tables.items():
        assert {(each.name, each.nullable) for each in table.columns} == {
            (each.name, each.nullable) for each in made[name].columns
        }


def test_a_database_of_a_newer_medalloc_is_left_alone(opened: Opened) -> None:
    workspace = opened()
    with workspace.store.writing() as connection:
        before = version_of(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")
    with pytest.raises(SourceError, match="newer medalloc \\(9999_later\\)"):
        opened()
    assert before == "0004_told"


def test_every_file_that_a_study_can_name_is_found_with_what_it_is_called() -> None:
    study, expected = Study(), {}
    names = {each.name for part in vars(study).values() for each in fields(part)}
    for place, field in enumerate(sorted(each for each in names if each == "file" or each.endswith("_file"))):
        sha = hashlib.sha256(field.encode()).hexdigest()
        name = "file_name" if field == "file" else field.removesuffix("file") + "name"
        study = study.changed(**{field: sha, name: f"{place}.csv"})
        expected[sha] = f"{place}.csv"
    study = study.changed(files_beside=(("f" * 64, "beside.csv"),))
    assert named_files({"study": to_plain(study), "tickets": [{"of": {"file": "e" * 64}}]}) == expected | {
        "f" * 64: "beside.csv"
    }
    assert {each.file: each.name for each in named_in(study)} == expected | {"f" * 64: "beside.csv"}
    assert len(expected) >= 6


@pytest.mark.parametrize("said", ["soon", "0", "-3", "nan"])
def test_a_time_to_keep_that_is_no_number_of_days_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEEP_DAYS, said)
    with pytest.raises(InputError, match=KEEP_DAYS):
        keep_days()


@pytest.mark.parametrize("at", ["nosuchbase://x", "postgresql+psycopg://127.0.0.1:1/none", "://"])
def test_a_database_that_is_not_there_is_a_sentence(at: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be used"):
        Workspace(tmp_path, at)


def test_a_database_that_is_damaged_is_a_sentence_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "medalloc.sqlite").write_bytes(b"nothing that SQLite knows" * 100)
    with pytest.raises(SourceError, match="cannot be used: file is not a database"):
        Workspace(tmp_path)
    assert (tmp_path / "medalloc.sqlite").read_bytes() == b"nothing that SQLite knows" * 100
