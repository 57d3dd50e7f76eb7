import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.geography.own import invented

Answer = Callable[..., dict[str, Any]]


def test_read_says_how_the_file_was_read_and_what_is_wrong_with_it(tmp_path: Path, answer: Answer) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("patient_id;age;need\n1;-3;0\n2;40;1\n2;;1\n".encode("utf-8-sig"))
    found = answer("read", str(path))
    names = ["rows", "columns", "encoding", "delimiter", "lines", "rejects", "summary_rows", "findings", "notes"]
    names.append("boundaries")
    assert list(found) == names
    assert (found["lines"], found["rejects"]) == ({"row": 3, "names": 1}, [])
    assert (found["rows"], found["encoding"], found["delimiter"]) == (3, "utf-8-sig", ";")
    assert [list(each) for each in found["columns"]] == [["name", "kind", "evidence", "role", "why", "missing"]] * 3
    assert {(each["kind"], each["column"], each["count"]) for each in found["findings"]} == {
        ("impossible values", "age", 1),
        ("duplicated ids", "patient_id", 1),
        ("missing", "age", 1),
    }
    assert all(each["repair"] for each in found["findings"])


def test_read_writes_the_rows_that_cannot_be_read_and_lines_are_what_options_say(
    tmp_path: Path, answer: Answer
) -> None:
    path, rejects = tmp_path / "own.csv", tmp_path / "rejects.csv"
    path.write_text("Beds\nregion,demand\nNorth,1\nSouth,2,3\nWest,5\nEast,6\nTotal,12\nof 2024,1\n")
    said = ("--first-row", "3", "--last-row", "7", "--leave-out", "6")
    found = answer("read", str(path), "--rejects", str(rejects), *said)
    assert found["lines"] == {"row": 2, "names": 1, "title": 1, "left_out": 2, "sum": 1, "rejected": 1}
    assert found["rows"] == 2
    assert rejects.read_bytes().decode("utf-8-sig").splitlines() == [
        "line,text,reason",
        '4,"South,2,3","Cells found: 3, expected: 2."',
    ]


def test_several_files_are_read_as_one_table(tmp_path: Path, answer: Answer) -> None:
    paths = [tmp_path / name for name in ("may.csv", "june.csv")]
    for path in paths:
        path.write_text("region,demand\nNorth,1\nSouth,2\n")
    found = answer("read", *map(str, paths))
    assert found["rows"] == 4
    assert [each["name"] for each in found["columns"]] == ["region", "demand", "file"]


def test_read_says_which_boundary_each_region_is_and_own_ones_are_kept_with_the_study(
    tmp_path: Path, answer: Answer, run: Callable[..., Any]
) -> None:
    regions = invented.country()
    names = list(regions)
    own, path = tmp_path / "kreise.geojson", tmp_path / "own.csv"
    own.write_bytes(invented.geojson(regions))
    misspelt = names[1].replace("Ämt", "Ämtt")
    path.write_text("\n".join(["region,demand", *(f"{each},5" for each in (names[0], misspelt, "Atlantis"))]))
    found = answer("read", str(path), "--boundaries", str(own))["boundaries"]
    assert found["unmatched"] == {"Atlantis": []}
    assert found["nearly"] == {misspelt: names[1]}
    assert (found["found"], found["regions"], found["columns"]["name"]) == (2, 3, 1)
    saved = tmp_path / "study.json"
    options = ["--boundaries", str(own), "--boundary-column", "name", "--boundary", f"Atlantis={names[8]}"]
    ended = run("study", str(path), "--resource", "beds=3", *options, "--out", str(saved))
    assert ended.returncode == 0, ended.stderr
    chosen = json.loads(saved.read_text())["data"]
    assert chosen["boundaries_name"] == "kreise.geojson"
    assert chosen["boundary_of"] == {"Atlantis": names[8]}
    assert run("run", str(saved), "--json").returncode == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--boundaries", "{own}"], "is no file of boundaries"),
        (["--boundaries", "nowhere.geojson"], "cannot be opened"),
        (["--boundary-column", "name"], "has no effect without --boundaries FILE"),
        (["--boundaries", "pe", "--boundary", "Cusco=Nowhere"], "There is no boundary “Nowhere” for “Cusco”"),
        (["--boundaries", "pe", "--boundary", "Gulu=Lima"], "“Gulu”, which is no region of the table"),
    ],
)
def test_boundaries_that_cannot_be_used_are_refused(
    tmp_path: Path, run: Callable[..., Any], options: list[str], said: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("region,demand\nCusco,5\nLima,7\n")
    ended = run("read", str(path), *(each.format(own=path) for each in options))
    assert ended.returncode != 0
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_roles_that_are_remembered_are_told_and_used_when_they_are_asked_for(run, table, tmp_path, monkeypatch):
    monkeypatch.setenv("MEDALLOC_WORKSPACE", str(tmp_path / "workspace"))
    may, june = table("area,n\nNorth,10\nSouth,30\n", "may.csv"), table("Area,N\nNorth,20\nSouth,30\n", "june.csv")
    assert "no roles were given to these columns" in run("read", june, "--remembered").stderr
    assert not (tmp_path / "workspace").exists()
    asked = ("--column", "demand=n", "--resource", "beds=20")
    assert run("allocate", may, *asked, "--remember").returncode == 0
    refused = run("allocate", june, "--resource", "beds=20")
    assert refused.returncode == 2
    assert "In “may.csv”, which has the same columns, roles were given by hand: “N”: demand." in refused.stderr
    used = run("allocate", june, "--remembered", "--resource", "beds=20")
    assert "40.0% of expected need" in used.stdout and "As in “may.csv”" in used.stderr, used.stderr


def test_the_tables_in_a_folder_are_read_one_below_the_other(tmp_path: Path, answer: Answer) -> None:
    for name, text in (("b.csv", "region,demand\nSouth,2\n"), ("a.csv", "region,demand\nNorth,1\n"), ("notes.md", "#")):
        (tmp_path / name).write_text(text)
    found = answer("read", str(tmp_path))
    assert found["rows"] == 2 and [each["name"] for each in found["columns"]] == ["region", "demand", "file"]
