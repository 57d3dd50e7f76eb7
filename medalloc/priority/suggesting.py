"""A rule and columns to start from, until somebody says what counts; every guess is said."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from medalloc.errors import InputError
from medalloc.need.groups.grouping import DISTINCT_NUMBERS
from medalloc.priority.rule import Factor, Rule, Term
from medalloc.priority.waiting import NEED, Waiting
from medalloc.sentences import Sentence, sentence
from medalloc.tables.languages import plainly
from medalloc.tables.personal import is_personal

SCORE = re.compile(r"(.*_)?(score|priority|points|urgency|severity|评分|优先级|紧急程度)(_.*)?", re.I)
SINCE = re.compile(
    r"(days_)?wait(ing|ed)?(_.*)?|(listed|referred|registered|arrival|referral)(_.*)?|等待.*|登记.*", re.I
)
COST = re.compile(r"(.*_)?(spending|costs?|charges?|expenditure|费用|花费)(_.*)?", re.I)
USE = re.compile(r"(.*_)?(visits|admissions|就诊|住院)(_.*)?", re.I)
MOST_GROUPS = 12
PROBABLE = 100.0
"""Points for a need that is certain."""

LOTTERY = Rule("Lottery", seed=2)
"""Everybody has the same chance; the seed differs from the usual one, by which equals are drawn in other rules."""


@dataclass(frozen=True)
class FairnessColumns:
    """Columns by which a list is judged; None where there is none that suits."""

    group: str | None
    """Groups that are compared."""

    need: str | None
    """How much each needs it."""

    cost: str | None
    """What each used or cost."""


def suggest_rule(waiting: Waiting) -> Rule:
    """Return a rule by the probability of need, else by a column called a score, else by need itself, else by lot.

    Those who waited longer come first among equals, where a column says it.
    """
    frame = waiting.table.frame
    scores = [each for each in _called(SCORE, waiting) if _is_number(frame[each])]
    since = next(iter(_called(SINCE, waiting)), "")
    if NEED in frame.columns:
        return Rule("Need", terms=(Term(PROBABLE, (Factor(NEED),)),), waiting=since)
    column = scores[0] if scores else _need(waiting)
    if column is None:
        return Rule("Time waiting" if since else LOTTERY.name, waiting=since)
    return Rule(column, terms=(Term(1.0, (Factor(column),)),), waiting=since)


def suggested_in_words(rule: Rule) -> Sentence:
    """Say which rule was guessed."""
    if rule.terms:
        return sentence(
            "Nobody has said who is first; “{column}” was taken, the highest first. Change the rule where it is wrong.",
            column=rule.terms[0].factors[0].column,
        )
    if rule.waiting:
        return sentence(
            "Nobody has said who is first, and no column is called a score: who has waited longest by “{column}”.",
            column=rule.waiting,
        )
    return sentence("Nobody has said who is first, and no column is called a score: everybody has the same chance.")


def suggest_columns(waiting: Waiting, rule: Rule) -> FairnessColumns:
    """Return by which columns a list is judged unless somebody says otherwise."""
    table = waiting.table
    names = [str(each) for each in table.frame.columns if each != table.column("patient id")]
    groups = [*table.columns("group"), *(each for each in names if _is_group(table.frame[each], table.roles.get(each)))]
    numbers = [each for each in names if _is_number(table.frame[each])]
    need = NEED if NEED in names else _need(waiting)
    scored = [each.factors[0].column for each in rule.terms if each.factors[0].column in numbers]
    used = (each for words in (COST, USE) for each in _called(words, waiting) if each in numbers)
    cost = next((each for each in used if each != need), None)
    return FairnessColumns(groups[0] if groups else None, need or (scored[0] if scored else None), cost)


def scores_in_words(waiting: Waiting) -> list[Sentence]:
    """Say which columns are called a score and hold words, of which nobody knows the points."""
    return [
        sentence(
            "“{column}” holds words and no numbers: say in a rule how many points each of them is worth.", column=each
        )
        for each in _called(SCORE, waiting)
        if isinstance(waiting.table.frame[each].dtype, pd.StringDtype)
    ]


def _called(words: re.Pattern[str], waiting: Waiting) -> list[str]:
    return [str(each) for each in waiting.table.frame.columns if words.fullmatch(plainly(str(each)))]


def _need(waiting: Waiting) -> str | None:
    """Return the column of need where it is known what its answers mean."""
    column = waiting.table.column("need")
    try:
        return column if column is not None and len(waiting.numbers(column)) else None
    except InputError:
        return None


def _is_number(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _is_group(column: "pd.Series[Any]", role: str | None) -> bool:
    if role in ("need", "patient id", "date") or is_personal(column):
        return False
    values = column.nunique()
    return 1 < values <= (DISTINCT_NUMBERS if _is_number(column) else MOST_GROUPS)
