"""A packed study answers as it did before, and an administrator has commands for what is kept."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from medalloc.allocation.explaining.answer import answer_json
from medalloc.cli.answering import read_study
from medalloc.cli.entry import commands
from medalloc.errors import MedallocError
from medalloc.study.steps import plans
from medalloc.workspace import Workspace
from tests.unit.workspace.test_workspace import TABLE, form

ROOT = Path(__file__).parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]
OWN = "region,demand,population\nNorth,120,900\nSouth,340.5,1700\nWest,77,300\n"


def did(*arguments: object, at: Path | None = None) -> Result:
    place = () if at is None else ("workspace", "--at", str(at))
    return CliRunner().invoke(commands, [*place, *map(str, arguments)])


def plan(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(answer_json(read_study(file)(plans.plan))))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("policy", ["most-served", "alpha:1.1234567", "max-min"])
def test_a_packed_study_answers_the_same_to_the_last_digit_wherever_it_lies(
    policy: str, table: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    made, packed = tmp_path / "study.json", tmp_path / "elsewhere" / "plan.medalloc"
    beds = ("--resource", "beds=217", "--requirement", "beds=0.7", "--floor", "0.1", "--policy", policy)
    assert did("study", table(OWN), *beds, "--out", made).exit_code == 0
    assert did("pack", made, "--out", packed).exit_code == 0
    before = plan(made)
    Path(tmp_path / "regions.csv").unlink()
    made.unlink()
    assert plan(packed) == before


def test_a_packed_study_is_run_by_command_and_one_that_was_changed_is_refused_in_a_sentence(
    run: Run, answer: Callable[..., dict[str, Any]], table: Callable[..., str], tmp_path: Path
) -> None:
    made, packed = tmp_path / "study.json", tmp_path / "plan.medalloc"
    did("study", table(OWN), "--resource", "beds=200", "--out", made)
    did("pack", made, "--out", packed)
    assert answer("run", str(packed)) == answer("run", str(made))
    packed.write_bytes(packed.read_bytes()[:-3] + b"000")
    refused = run("run", str(packed))
    assert refused.returncode == 2 and "was changed after it was packed" in refused.stderr
    wrong = run("pack", str(made), "--out", str(tmp_path / "plan.zip"))
    assert wrong.returncode == 2 and "must end in .medalloc" in wrong.stderr


def test_what_is_kept_can_be_listed_checked_backed_up_restored_and_deleted(tmp_path: Path) -> None:
    at, other, out = tmp_path / "one", tmp_path / "other", tmp_path / "all.zip"
    workspace = Workspace(at)
    record = workspace.begin(form(workspace.files.keep(TABLE)), owner="me", title="Plan")
    listed = json.loads(did("list", "--json", at=at).stdout)["studies"]
    assert [(each["id"], each["name"], each["bytes"]) for each in listed] == [(record.id, "Plan", len(TABLE))]
    assert "Plan" in did("list", at=at).stdout and did("verify", at=at).exit_code == 0
    assert "Studies in" in did("backup", out, at=at).stdout and did("restore", out, at=other).exit_code == 0
    assert json.loads(did("list", "--json", at=other).stdout)["studies"] == listed
    assert isinstance(did("delete", "nobody", at=other).exception, MedallocError)
    assert "deleted: 1" in did("delete", record.id, at=other).stdout
    assert json.loads(did("list", "--json", at=other).stdout) == {"studies": []}
    assert "studies 0, files 0, runs 0" in did("sweep", "--days", 3, at=other).stdout
    workspace.store.close()


def test_a_trail_or_a_file_that_was_changed_ends_in_1_with_its_name(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    record = workspace.begin(form(workspace.files.keep(TABLE)), owner="me")
    (workspace.files.objects.folder / record.form["study"]["data"]["file"]).write_bytes(TABLE + b"West,1\n")
    found = did("verify", at=tmp_path)
    assert found.exit_code == 1 and "“own.csv” is gone or was changed" in found.stderr
    with workspace.store.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET who = 'nobody' WHERE number = 1")
    assert "Entry 1 " in did("verify", at=tmp_path).stderr
    workspace.store.close()


def test_every_command_in_the_notes_on_deployment_is_one() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.partition("#")[0].split()[1:] for block in blocks for line in block.strip().splitlines()]
    for words in lines:
        known: set[str] = set()
        command: click.Command | None = commands
        while isinstance(command, click.Group):
            known |= {name for each in command.params for name in each.opts}
            context = click.Context(command)
            name = next((word for word in words if word in command.list_commands(context)), None)
            assert name is not None, words
            command = command.get_command(context, name)
        assert command is not None
        known |= {name for each in command.params for name in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, words
    assert len(lines) >= 8


def test_an_administrator_gives_roles_reads_the_trail_and_encrypts_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = tmp_path / "kept"
    opened = Workspace(at)
    study = opened.begin(form(), owner="me").id
    opened.store.close()
    assert did("role", "planner", "Ann@example.org", "bo@example.org", at=at).exit_code == 0
    assert did("role", "viewer", "bo@example.org", "--claim", "groups", at=at).output == "bo@example.org\n"
    assert did("role", "planner", at=at).output == "ann@example.org\n"
    with pytest.raises(MedallocError, match="no address of an account"):
        CliRunner().invoke(
            commands,
            ["workspace", "--at", str(at), "role", "viewer", "bo"],
            catch_exceptions=False,
            standalone_mode=False,
        )
    told = json.loads(did("audit", "--json", at=at).output)["entries"]
    assert [each["what"] for each in told] == ["role", "role", "begun"]
    assert "viewer: bo@example.org" in told[0]["detail"] and told[-1]["study"] == study
    assert did("audit", "--study", study, at=at).output.count("\n") == 1
    monkeypatch.setenv("MEDALLOC_KEY", "5" * 64)
    assert "Encrypted" in did("encrypt", at=at).output
    monkeypatch.setenv("MEDALLOC_NEW_KEY", "7" * 64)
    assert "Rotated" in did("rotate", at=at).output
    monkeypatch.setenv("MEDALLOC_KEY", "7" * 64)
    assert did("list", at=at).exit_code == 0 and b"bo@example.org" not in (at / "access.json").read_bytes()
