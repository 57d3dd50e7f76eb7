"""Eurostat's export: its first column holds several, and its numbers marks."""

from hypothesis import given
from hypothesis import strategies as st

from medalloc.tables.eurostat import in_columns

CELLS = st.tuples(st.integers(0, 10**6), st.sampled_from(["", "b", "ep"]))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1))
def test_every_number_stays_and_every_letter_goes(rows: list[list[tuple[int, str]]]) -> None:
    lines = ["freq,geo\\TIME_PERIOD\t2023 \t2024 "]
    lines += [
        "A,R" + str(place) + "".join(f"\t{number} {mark}" for number, mark in row) for place, row in enumerate(rows)
    ]
    made, said = in_columns("\n".join([*lines, ""]).encode())
    cut = [line.split("\t") for line in made.decode().splitlines()]
    assert cut[0] == ["freq", "geo", "2023", "2024"]
    assert cut[1:] == [["A", f"R{place}", *(str(number) for number, _ in row)] for place, row in enumerate(rows)]
    marked = sum(bool(mark) for row in rows for _, mark in row)
    assert [f": {marked} cell" in str(each) for each in said] == [True] * bool(marked)


def test_any_other_text_comes_back_as_it_is() -> None:
    for text in (b"region,demand\nA,12 b\n", b"a\\b\tc\n1\t2 b\n", b""):
        assert in_columns(text) == (text, [])
