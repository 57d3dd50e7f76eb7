import pandas as pd
import pytest

from medalloc.priority.suggesting import scores_in_words, suggest_columns, suggest_rule, suggested_in_words
from medalloc.priority.waiting import NEED, waiting_of
from medalloc.tables.table import Source, Table


def waiting(probability=None, **columns):
    frame = pd.DataFrame(columns)
    roles = {each: "need" if each == "need" else "feature" for each in frame}
    return waiting_of(Table(frame, roles, Source("t", "")), probability)


@pytest.mark.parametrize(
    ("columns", "column", "since"),
    [
        ({"urgency": [1, 2], "need": [0, 1]}, "urgency", ""),
        ({"need": ["yes", "no"], "waiting_days": [3, 4]}, "need", "waiting_days"),
        # nobody knows which of these answers means need
        ({"need": ["A", "B"], "listed_on": ["2026-01-01", "2026-01-02"]}, None, "listed_on"),
        ({"score": ["high", "low"], "age": [1, 2]}, None, ""),
        ({"Priority score": [1, 2], "Waiting (days)": [3, 4]}, "Priority score", "Waiting (days)"),
    ],
)
def test_a_rule_is_guessed_from_names_and_cells_and_the_guess_is_said(columns, column, since):
    patients = waiting(**columns)
    rule = suggest_rule(patients)
    assert [each.factors[0].column for each in rule.terms] == ([] if column is None else [column])
    assert rule.waiting == since
    assert (column or since or "same chance") in str(suggested_in_words(rule))


def test_a_score_in_words_is_no_rule_and_that_is_said():
    assert "“score” holds words" in str(scores_in_words(waiting(score=["high", "low"], points=[1, 2]))[0])
    assert scores_in_words(waiting(score=[1, 2])) == []


def test_a_trained_probability_comes_before_every_score_and_is_in_points_of_a_hundred():
    rule = suggest_rule(waiting([0.2, 0.9], urgency=[2, 1]))
    assert rule.terms[0].factors[0].column == NEED and rule.terms[0].points == 100


def test_groups_need_and_cost_are_guessed_and_spending_comes_before_use():
    patients = waiting(sex=["f", "m"], need=["no", "yes"], visits=[3, 4], spending_usd=[10.0, 20.0])
    found = suggest_columns(patients, suggest_rule(patients))
    assert (found.group, found.need, found.cost) == ("sex", "need", "spending_usd")
