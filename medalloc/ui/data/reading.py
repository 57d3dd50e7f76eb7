"""How the file was read, each choice with what was recognised, to be changed there."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from medalloc.study.parts import Data
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers
from medalloc.ui.kit.words import _

BLANKS = ("NA", "N/A", "None", "null", "unknown", "missing")
"""Words that are offered as blank."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "shift_jis": "Shift JIS",
    "cp1250": "Windows 1250",
    "cp1251": "Windows 1251",
    "cp1252": "Windows 1252",
    "latin-1": "ISO 8859-1",
}


def reading_options(table: Table, chosen: Data) -> None:
    """Let the visitor correct how a text file or workbook was read."""
    if table.source.encoding is None and table.source.sheet is None:
        return
    with st.expander(_("How the file was read")):
        if table.source.sheet is not None:
            _one_of(
                st,
                _("Worksheet, or file in the archive"),
                {each: each for each in table.source.sheets},
                None if chosen.sheet else table.source.sheet,
                at.study.data.sheet,
            )
        if table.source.encoding is not None:
            _text_options(table, chosen)
        _line_options(chosen.lines_left_out)
        left, middle, right = st.columns(3)
        order = {True: _("day first"), False: _("month first")}
        left.selectbox(
            _("Dates such as 01/02/2024"),
            [None, *order],
            format_func=lambda each: _("recognised") if each is None else order[each],
            placeholder=_("recognised"),
            help=_("Only dates of a column that leave it open are read so."),
            **state.bound(at.study.data.day_first),
        )
        middle.multiselect(
            _("Columns that stay text"),
            list(dict.fromkeys((*table.frame.columns, *chosen.kept_as_text))),
            placeholder=_("recognised"),
            help=_("Their cells stay as they are written, such as codes that look like numbers."),
            **state.bound(at.study.data.kept_as_text),
        )
        right.multiselect(
            _("Words that mean blank"),
            [*dict.fromkeys((*BLANKS, *chosen.blanks))],
            accept_new_options=True,
            placeholder=_("none"),
            help=_("In every column; signs such as ? among numbers are blank anyway, which is said above."),
            **state.bound(at.study.data.blanks),
        )


def _line_options(left_out: Sequence[int]) -> None:
    places = st.columns(4, vertical_alignment="bottom")
    for place, label, choice, least in (
        (places[0], _("Line of the names of the columns"), at.study.data.header_row, 0),
        (places[1], _("First line of the rows"), at.study.data.first_row, 1),
        (places[2], _("Last line of the rows"), at.study.data.last_row, 1),
    ):
        numbers.asked(
            label,
            choice,
            low=least,
            place=place,
            value=None,
            step=1,
            placeholder=_("recognised"),
            help=_("The first line is 1; 0 means that no line holds names.") if least == 0 else None,
        )
    places[3].multiselect(
        _("Lines that are left out"),
        [str(each) for each in left_out],
        accept_new_options=True,
        placeholder=_("none"),
        **state.bound(
            at.study.data.lines_left_out,
            shown=lambda lines: [str(each) for each in lines],
            read=lambda texts: tuple(sorted({int(each) for each in texts if each.strip().isdecimal()})),
        ),
    )


def _text_options(table: Table, chosen: Data) -> None:
    left, middle, right = st.columns(3)
    separators = {",": _("comma"), ";": _("semicolon"), "\t": _("tabulator"), "|": _("vertical bar")}
    encoding = None if chosen.encoding else table.source.encoding
    delimiter = None if chosen.delimiter else table.source.delimiter
    _one_of(left, _("Encoding"), ENCODINGS, encoding, at.study.data.encoding)
    _one_of(middle, _("Separator"), separators, delimiter, at.study.data.delimiter)
    signs = {".": _("point"), ",": _("comma")}
    right.selectbox(
        _("Decimal sign"),
        [None, *signs],
        format_func=lambda each: signs[each] if each else _("recognised"),
        placeholder=_("recognised"),
        **state.bound(at.study.data.decimal),
    )


def _one_of(place: Any, label: str, names: Mapping[str, str], found: str | None, choice: Any) -> None:
    """Let one of several be chosen, or what was recognised; where one was chosen, nobody knows what that was."""
    recognised = _("recognised: {name}").format(name=names.get(found, found)) if found else _("recognised")
    place.selectbox(
        label,
        [None, *names],
        format_func=lambda each: names[each] if each else recognised,
        placeholder=recognised,
        **state.bound(choice),
    )
