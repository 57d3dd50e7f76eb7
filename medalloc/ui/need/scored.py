"""What a model says of a new file, and where the file does not fit the model."""

from collections.abc import Callable
from io import BytesIO

import pandas as pd
import streamlit as st

from medalloc.need.persistence.fit_warnings import fit_warnings
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.scoring import score_file
from medalloc.need.persistence.tally import Scoring
from medalloc.need.persistence.telling import told
from medalloc.report.tables import as_csv, csv_rows
from medalloc.saved import open_file
from medalloc.tables.pieces import pieces
from medalloc.tables.roles import suggest_roles
from medalloc.ui import brought, state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, printed, telling, words
from medalloc.ui.kit.words import _

SHOWN_WARNINGS = 6

SUGGESTED = "\n"
"""Stands for the column that looks like regions, until the visitor chooses; no column can be called so."""


def result(model: KeptModel) -> None:
    """Predict the file in use and show sums, warnings, regions, columns and a download."""
    file, name = state.look().scored_file or "", state.look().scored_name
    st.caption(_("File in use: {name}").format(name=words.escape(name)))
    region = _region(model, file, name)
    with st.spinner(_("Predicting")):
        every = state.keep(_score, model, file, name, region)
    found = told(every, state.rule())
    layout.figures(
        [
            layout.Figure(_("Rows"), words.number(found.rows)),
            *_expected(model, found),
            layout.Figure(_("Without a prediction"), words.number(found.without_prediction)),
        ]
    )
    _warnings(model, found)
    telling.said(len(every.regions) - len(found.regions))
    if found.regions:
        _regions(found, _("Expected in all") if model.is_of_amounts else _("Expected in need"))
    _columns(found)
    _offer_rows(model, file, name)


def _expected(model: KeptModel, found: Scoring) -> list[layout.Figure]:
    """Return the sum and the mean of what is expected of all rows with a prediction."""
    nothing = found.rows == found.without_prediction
    if model.is_of_amounts:
        return [
            layout.Figure(
                _("Expected in all"),
                words.number(round(found.expected)),
                help=_("The sum of what is expected of all rows with a prediction."),
            ),
            layout.Figure(_("Expected on average"), "–" if nothing else words.number(found.mean, 2)),
        ]
    return [
        layout.Figure(
            _("Expected in need"),
            words.number(round(found.expected)),
            help=_("The sum of the probabilities of all rows with a prediction."),
        ),
        layout.Figure(_("Mean probability"), "–" if nothing else words.percent(found.mean, 1)),
    ]


def _region(model: KeptModel, file: str, name: str) -> str | None:
    """Let the visitor choose the column by which need is summed; the suggestion is a column that looks like regions."""
    names, suggested = state.keep(_other_columns, model, file, name)
    options = ("", *names)
    if state.look().scored_region not in options:
        state.change(scored_region=suggested)
    st.selectbox(
        _("Sum by region"),
        options,
        format_func=lambda each: each or _("No region"),
        **state.bound(at.look.scored_region),
    )
    return state.look().scored_region or None


def _other_columns(model: KeptModel, file: str, name: str) -> tuple[list[str], str]:
    """Return the columns that the model does not use, and the one that looks like regions."""
    features = {each.name for each in model.columns}
    with open_file(brought.uploaded(file)) as opened:
        first = next(iter(pieces(opened, name)), None)
    frame = first if first is None or isinstance(first, pd.DataFrame) else first.slice(0, 2000).to_pandas()
    if frame is None:
        return [], ""
    roles = suggest_roles(frame.head(2000).reset_index(drop=True))
    names = [each for each in frame.columns if each not in features]
    return names, next((each for each in names if roles[each] == "region"), "")


def _score(
    model: KeptModel, file: str, name: str, region: str | None, sink: Callable[[pd.DataFrame, bool], None] | None = None
) -> Scoring:
    with open_file(brought.uploaded(file)) as opened:
        return score_file(model, opened, name, region=region, sink=sink)


def _warnings(model: KeptModel, found: Scoring) -> None:
    """Show where the file does not fit; that it fits is said, too."""
    said = fit_warnings(model, found)
    if not said:
        st.success(_("The file looks like the rows the model learned from."), icon=":material/check:")
    for each in said[:SHOWN_WARNINGS]:
        st.warning(words.say(each))
    if len(said) > SHOWN_WARNINGS:
        with st.expander(_("Further warnings: {count}").format(count=words.number(len(said) - SHOWN_WARNINGS))):
            for each in said[SHOWN_WARNINGS:]:
                st.warning(words.say(each))


def _regions(found: Scoring, expected: str) -> None:
    printed.grid(
        pd.DataFrame([vars(each) for each in found.regions]).sort_values("expected", ascending=False),
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "rows": st.column_config.NumberColumn(_("Rows"), format="localized"),
            "predicted": st.column_config.NumberColumn(_("Rows with a prediction"), format="localized"),
            "expected": st.column_config.NumberColumn(expected, format="%.1f"),
        },
        alt=_("Expected need by region"),
    )


def _columns(found: Scoring) -> None:
    """Show every column against the training rows, folded away."""
    shifted = {"no": _("as in training"), "somewhat": _("somewhat different"), "strongly": _("quite different")}
    rows = [
        {
            "column": each.name,
            "shifted": shifted[each.shifted],
            "drift": each.drift,
            "missing": each.missing,
            "unseen": each.unseen,
            "below": each.below,
            "above": each.above,
        }
        for each in found.columns
    ]
    with st.expander(_("Every column against the training rows")):
        printed.grid(
            pd.DataFrame(rows),
            column_config={
                "column": st.column_config.TextColumn(_("Column"), pinned=True),
                "shifted": st.column_config.TextColumn(_("Distribution")),
                "drift": st.column_config.NumberColumn(
                    _("Stability index"),
                    format="%.3f",
                    help=_("Population stability index: below 0.1 is as in training, from 0.25 quite different."),
                ),
                "missing": st.column_config.NumberColumn(_("Missing"), format="localized"),
                "unseen": st.column_config.NumberColumn(_("Unknown category"), format="localized"),
                "below": st.column_config.NumberColumn(_("Below the range"), format="localized"),
                "above": st.column_config.NumberColumn(_("Above the range"), format="localized"),
            },
            alt=_("Every column of the file against the training rows"),
        )


def _offer_rows(model: KeptModel, file: str, name: str) -> None:
    def rows() -> bytes:
        out = BytesIO()

        def sink(part: pd.DataFrame, first: bool) -> None:
            out.write(as_csv(part) if first else csv_rows(part))

        note()
        _score(model, file, name, None, sink)
        return out.getvalue()

    if not state.allowed("export patients"):
        return
    note = state.exporting("scored.csv")
    st.download_button(
        _("Download rows with probabilities"),
        data=rows,
        file_name="scored.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="scored_csv",
    )
