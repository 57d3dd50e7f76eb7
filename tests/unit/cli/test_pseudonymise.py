from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from medalloc.cli.entry import commands
from medalloc.errors import InputError

Answer = Callable[..., dict[str, Any]]
PATIENTS = "patient_id,name,age,region,need\np1,Ann Ash,31,North,1\np2,Bo Berg,38,North,0\np1,Ann Ash,32,South,1\n"


def test_a_table_without_names_is_written_and_how_well_patients_hide_is_said(tmp_path: Path, answer: Answer) -> None:
    path, out, key = tmp_path / "own.csv", tmp_path / "out.csv", tmp_path / "key"
    path.write_text(PATIENTS)
    key.write_bytes(b"between us")
    found = answer("pseudonymise", str(path), "--out", str(out), "--key", str(key), "--treat", "region=leave out")
    assert found["treatments"] == {
        "patient_id": "pseudonym",
        "name": "leave out",
        "age": "band",
        "region": "leave out",
        "need": "keep",
    }
    assert found["anonymity"] == {"columns": ["age"], "k": 3, "rows": 3, "alone": 0, "few": 3, "fewest": 5}
    first = pd.read_csv(out)
    assert list(first) == ["patient_id", "age", "need"]
    answer("pseudonymise", str(path), "--out", str(out), "--key", str(key))
    # whoever has the key can link next month's table
    assert pd.read_csv(out)["patient_id"].tolist() == first["patient_id"].tolist()


def test_a_treatment_that_there_is_not_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(PATIENTS)
    said = ["--treat", "age=hide", "--treat", "region"]
    with pytest.raises(InputError) as refused:
        commands(["pseudonymise", str(path), "--out", str(tmp_path / "out.csv"), *said], standalone_mode=False)
    assert len(refused.value.faults) == 2
