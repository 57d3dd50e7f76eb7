"""A table on paper says what its grid says, in full."""

import ast
import re
from pathlib import Path

import pandas as pd
import streamlit as st

from medalloc.ui.kit.printed import _table

UI = Path(__file__).parents[3] / "medalloc" / "ui"


def test_every_grid_of_every_screen_is_shown_by_the_one_place_that_has_all_of_it_printed() -> None:
    calls = {
        (path.name, node.func.attr)
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("dataframe", "data_editor")
    }
    assert calls == {("printed.py", "dataframe"), ("printed.py", "data_editor")}


def test_every_column_and_row_is_printed_as_the_grid_shows_it_and_names_are_no_markup() -> None:
    frame = pd.DataFrame(
        {
            "region": ["<b>A</b>", "B"],
            "served": [1234.5, float("nan")],
            "why": ["x" * 80, None],
            "open": [True, False],
        }
    )
    config = {"region": "Region", "served": st.column_config.NumberColumn("Served [people]", format="%,.0f")}
    made = _table(frame, list(frame), config, "", read=False)
    assert made.count("<tr") == 1 + 2 + 1
    assert "<th>Region</th><th>Served [people]</th><th>open</th>" in made
    assert [*re.findall(r"<td[^>]*>([^<]*)</td>", made)] == [
        "&lt;b&gt;A&lt;/b&gt;",
        "1,234",
        "✓",
        "x" * 80,
        "B",
        "–",
        "",
    ]
    assert made.count('<td class=number data-label="Served [people]">') == 2
    assert f'<tr class="below"><td colspan="3">{"x" * 80}</td></tr>' in made


def test_what_is_chosen_from_a_list_is_printed_as_the_list_calls_it() -> None:
    config = {
        "role": st.column_config.SelectboxColumn("Role", options=["a", "b"], format_func={"a": "A", "b": "B"}.get)
    }
    assert ">B</td>" in _table(pd.DataFrame({"role": ["b"]}), ["role"], config, "", read=False)


def test_on_a_telephone_a_short_table_is_read_as_a_whole_and_a_wide_one_as_cards() -> None:
    narrow, wide = pd.DataFrame({"a": [1], "b": [2]}), pd.DataFrame({name: [1] for name in "abcde"})
    assert 'class="printed read"' in _table(narrow, list(narrow), {}, "", read=True)
    assert 'class="printed read cards"' in _table(wide, list(wide), {}, "", read=True)
    assert 'class="printed"' in _table(wide, list(wide), {}, "", read=False)
