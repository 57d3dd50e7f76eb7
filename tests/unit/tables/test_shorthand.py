"""What statistical offices write in brackets is no part of a number, and what it means is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.reading import read_bytes
from medalloc.tables.shorthand import MEANINGS


@given(
    numbers=st.lists(st.integers(0, 9_999_999), min_size=2, max_size=8),
    signs=st.lists(st.sampled_from(["", *MEANINGS]), min_size=8, max_size=8),
    gap=st.sampled_from(["", " ", "  "]),
    parted=st.booleans(),
)
def test_numbers_with_signs_behind_them_are_the_numbers_and_each_sign_is_told(
    numbers: list[int], signs: list[str], gap: str, parted: bool
) -> None:
    cells = [
        f"{number:,}{gap}[{sign}]" if parted and sign else f"{number:,}" if parted else f"{number}{gap}[{sign}]"
        for number, sign in zip(numbers, signs, strict=False)
    ]
    cells = [each.removesuffix("[]").strip() for each in cells]
    rows = "".join(f'R{place},"{each}"\n' for place, each in enumerate(cells))
    # two commas leave no doubt that they part thousands
    table = read_bytes(f'region,demand\n{rows}Last,"1,000,000"\n'.encode(), "r.csv")
    assert table.frame["demand"].tolist() == [*numbers, 1_000_000]
    said = " ".join(map(str, table.notes))
    used = {sign for sign in signs[: len(numbers)] if sign}
    assert {sign for sign in MEANINGS if f"[{sign}] means {MEANINGS[sign]}" in said} == used


def test_several_signs_and_numbered_notes_are_told_one_by_one() -> None:
    table = read_bytes(b"region,demand\nA,12 [p] [note 3]\nB,30 [P]\nC,7[r]\n", "r.csv")
    assert table.frame["demand"].tolist() == [12, 30, 7]
    said = [str(each) for each in table.notes]
    assert said == [
        "“demand”: [note] means see the notes: 1 cell.",
        "“demand”: [p] means provisional: 2 cells.",
        "“demand”: [r] means revised: 1 cell.",
    ]


@pytest.mark.parametrize("sign", ["[x]", "[z]", "[c]"])
def test_where_there_is_no_number_none_is_made_up_and_it_is_said_what_the_sign_means(sign: str) -> None:
    text = f"region,demand,doctors per bed\nA,12,{sign}\nB,{sign},2\nC,7,3\n"
    table = read_bytes(text.encode(), "r.csv")
    assert table.frame["demand"].tolist() == ["12", sign, "7"]
    assert table.frame["doctors per bed"].isna().tolist() == [True, False, False]
    meaning = MEANINGS[sign.strip("[]")]
    assert sum(f"{sign} means {meaning}: 1 cell." in str(each) for each in table.notes) == 2


@pytest.mark.parametrize("cells", [["Ward 3 [r]", "Ward 4"], ["12 [q]", "13"], ["A [p]", "12 [p]"], ["[p]", "North"]])
def test_brackets_in_text_stay(cells: list[str]) -> None:
    table = read_bytes(f"region,ward\nA,{cells[0]}\nB,{cells[1]}\n".encode(), "r.csv")
    assert table.frame["ward"].tolist() == cells
    assert not any("means" in str(each) for each in table.notes)
