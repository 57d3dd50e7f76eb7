"""A table on paper says what its grid says, in full."""

import pandas as pd
import streamlit as st

from medalloc.ui.kit.printed import _table


def test_every_column_and_row_is_printed_as_the_grid_shows_it_and_names_are_no_markup() -> None:
    frame = pd.DataFrame(
        {
            "region": ["<b>A</b>", "B"],
            "served": [1234.5, float("nan")],
            "why": ["x" * 80, None],
            "is_open": [True, False],
        }
    )
    config = {"region": "Region", "served": st.column_config.NumberColumn("Served [people]", format="%,.0f")}
    made = _table(frame, list(frame), config, "")
    assert made.count("<tr") == 1 + 2 + 1
    assert "<th>Region</th><th>Served [people]</th><th>open</th>" in made
    assert "<td>&lt;b&gt;A&lt;/b&gt;</td><td class=number>1,234</td><td>True</td>" in made
    assert f'<tr class="below"><td colspan="3">{"x" * 80}</td></tr>' in made
    assert "<td>B</td><td class=number>–</td><td>False</td>" in made
