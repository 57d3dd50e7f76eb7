"""What goes into the report, and the button that makes it."""

from collections.abc import Callable

import streamlit as st

from medalloc.languages import LANGUAGES
from medalloc.report.embedding import embedded, holds_patients
from medalloc.report.forms import made_now
from medalloc.report.making import PARTS, report_of
from medalloc.report.report import Made
from medalloc.report.task import MakeReport, made
from medalloc.saved import to_plain
from medalloc.study import Answers
from medalloc.study.steps import demands, needs, plans, sampling, tables
from medalloc.study.tickets import Ticket, noted
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, runs, uploads, words
from medalloc.ui.kit.words import _

TASK = MakeReport.name


def controls(answers: Callable[[], Answers]) -> None:
    """Let the visitor choose what goes in, and make it."""
    left, right = st.columns(2)
    left.selectbox(
        _("Language of the report"),
        ["", *LANGUAGES],
        format_func=lambda code: LANGUAGES.get(code) or _("As this screen"),
        **state.bound(at.look.report_language),
    )
    right.text_input(
        _("Who answers for it"),
        help=_("A name that is printed on the first page."),
        **state.bound(at.look.report_author),
    )
    st.multiselect(
        _("Parts"),
        list(PARTS),
        format_func=lambda key: words.plainly(PARTS[key][0]),
        placeholder=_("All parts"),
        help=_("Without a choice, every part goes in."),
        **state.bound(at.look.report_parts),
    )
    if holds_patients(answers()):
        st.checkbox(
            _("Attach the table of patients to the PDF"),
            help=_("Who gets the PDF could read every row of it. Without it, who checks the report needs that file."),
            **state.bound(at.look.report_patients),
        )
    st.button(
        _("Make the report"),
        key="report_make",
        type=palette.main_button(),
        icon=":material/description:",
        on_click=_make,
        args=(answers,),
        disabled=state.locked(runs.is_busy(TASK) or is_older(answers())),
    )
    if is_older(answers()):
        st.caption(_("A report of older numbers could not be verified: bring them up to date first."))
    uploads.tell(TASK)


def is_older(answers: Answers) -> bool:
    """Whether the plan follows from an earlier training, forecast or search than is asked for now."""
    before = demands.outlook if answers(tables.is_from_counts) else needs.training
    return answers.is_older(before) or answers.is_older(plans.searched_plan)


def is_of_now(ticket: Ticket, answers: Answers) -> bool:
    """Whether a report was made from what is chosen now."""
    return ticket.of == _of(answers)


def _make(answers: Callable[[], Answers]) -> None:
    look, asked = state.look(), answers()
    with uploads.refusing(TASK):
        chosen = made_now(
            language=look.report_language or look.language,
            author=look.report_author,
            parts=look.report_parts,
            fewest=max(Made.fewest, state.rule().fewest),
            rounded_to=state.rule().rounded_to,
            futures=asked.standing(sampling.held_futures) == "ready",
        )
        task = made(report_of(asked, chosen, state.rule()), embedded(asked, with_patients=look.report_patients))
        runs.hand_over(TASK, task, _of(asked))


def _of(answers: Answers) -> dict[str, object]:
    """Return what a report follows from, as its ticket notes it."""
    look = state.look()
    runs_of = [each.id for each in answers.tickets if each.task != TASK]
    chosen = [look.report_language or look.language, look.report_author, list(look.report_parts), look.report_patients]
    return {"study": noted(to_plain(answers.study)), "runs": noted(runs_of), "chosen": noted(chosen)}
