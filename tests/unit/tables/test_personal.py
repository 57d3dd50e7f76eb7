"""Names and free text are no features unless somebody says so."""

import pandas as pd
import pytest

from medalloc.tables.personal import is_personal
from medalloc.tables.quality import findings
from medalloc.tables.reading import read_bytes

WORDS = [f"came in at {each}, was seen" for each in range(40)]


def column(name: str, cells: list[object]) -> pd.Series:
    return pd.Series(cells, name=name, dtype="str")


@pytest.mark.parametrize(
    "name", ["name", "Full name", "first_name", "Surname", "e-mail", "Address", "notes", "姓名", "备注"]
)
def test_a_column_that_is_called_so_is_personal_however_often_a_text_returns(name: str) -> None:
    assert is_personal(column(name, ["Ann", "Bo"] * 30))
    assert not is_personal(pd.Series([1, 2], name=name))


def test_a_column_whose_cells_hardly_repeat_is_personal_unless_it_holds_numbers() -> None:
    assert is_personal(column("story", [*WORDS]))
    assert is_personal(column("story", [*WORDS, *WORDS[:20], None]))
    assert not is_personal(column("story", WORDS * 3))
    assert not is_personal(column("cost", [f"{each},50" for each in range(40)]))
    assert not is_personal(column("few", WORDS[:10]))
    assert not is_personal(column("ward", ["A", "B", "C"] * 20))


@pytest.mark.parametrize("named_by_hand", [False, True])
def test_it_is_listed_as_not_used_and_a_role_brings_it_back(named_by_hand: bool) -> None:
    need = "ill" if named_by_hand else "need"
    lines = [f'{each},"{word}",Ann,{each % 2}' for each, word in enumerate(WORDS)]
    table = read_bytes(f"age,story,name,{need}\n{chr(10).join(lines)}\n".encode(), "t.csv")
    if named_by_hand:
        table = table.with_roles({need: "need"})
    assert table.columns("ignored") == ["story", "name"]
    assert [each.column for each in findings(table) if each.kind == "personal"] == ["story", "name"]
    again = table.with_roles({"story": "feature"})
    assert again.columns("feature") == ["age", "story"]
    assert [each.column for each in findings(again) if each.kind == "personal"] == ["name"]
