from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = Callable[..., dict[str, Any]]


def test_read_says_how_the_file_was_read_and_what_is_wrong_with_it(tmp_path: Path, answer: Answer) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("patient_id;age;need\n1;-3;0\n2;40;1\n2;;1\n".encode("utf-8-sig"))
    found = answer("read", str(path))
    assert list(found) == ["rows", "columns", "encoding", "delimiter", "summary_rows", "findings", "notes"]
    assert (found["rows"], found["encoding"], found["delimiter"]) == (3, "utf-8-sig", ";")
    assert [list(each) for each in found["columns"]] == [["name", "kind", "role", "missing"]] * 3
    assert {(each["kind"], each["column"], each["count"]) for each in found["findings"]} == {
        ("impossible values", "age", 1),
        ("duplicated ids", "patient_id", 1),
        ("missing", "age", 1),
    }
    assert all(each["repair"] for each in found["findings"])
