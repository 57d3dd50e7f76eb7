import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.priority.listing import prioritise
from medalloc.priority.reasons import reasons, under
from medalloc.priority.rule import Factor, Minimum, Override, Reserve, Rule, Term
from medalloc.priority.waiting import waiting_of

POINTS = Rule("Points", terms=(Term(2.0, (Factor("urgency"),)), Term(-1.0, (Factor("age", "above", 60),))))
PATIENTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 90), st.integers(0, 400)), min_size=1, max_size=12).map(
    lambda rows: {
        name: list(each) for name, each in zip(("urgency", "age", "days"), zip(*rows, strict=True), strict=True)
    }
)


def named(columns):
    return {"patient": [f"P{place}" for place in range(len(columns["age"]))], **columns}


@given(PATIENTS, st.integers(0, 12))
def test_nobody_waits_while_somebody_with_fewer_points_gets_a_unit(waits, columns, units):
    found = prioritise(waits(**named(columns)), POINTS, units)
    score = 2.0 * np.array(columns["urgency"]) - np.maximum(np.array(columns["age"]) - 60, 0)
    assert found.served.sum() == min(units, len(score))
    assert found.order.score == pytest.approx(score)
    assert not found.served.any() or found.served.all() or score[found.served].min() >= score[~found.served].max()


@given(PATIENTS, st.integers(0, 12), st.randoms(use_true_random=False), st.integers(0, 99))
def test_the_order_of_the_rows_decides_nothing(waits, columns, units, chance, seed):
    rule = Rule("Bands", terms=POINTS.terms, bands=(0, 4), seed=seed, reserves=(Reserve("old", 0, Factor("age")),))
    columns = named(columns)
    mixed = chance.sample(range(len(columns["age"])), len(columns["age"]))
    again = prioritise(waits(**{name: [each[place] for place in mixed] for name, each in columns.items()}), rule, units)
    assert (prioritise(waits(**columns), rule, units).rank[mixed] == again.rank).all()


@given(PATIENTS, st.integers(1, 99))
def test_the_lottery_decides_between_equals_only(waits, columns, seed):
    patients = waits(**named(columns))
    first, other = (Rule("Waiting", terms=POINTS.terms, bands=(5,), waiting="days", seed=each) for each in (0, seed))
    before, after = (prioritise(patients, each, 1) for each in (first, other))
    key = [(band, days) for band, days in zip(before.order.band, columns["days"], strict=True)]
    assert [key[each] for each in before.order.places] == [key[each] for each in after.order.places]
    assert [key[each] for each in before.order.places] == sorted(key, reverse=True)


def test_the_lottery_is_fair_and_its_seed_is_kept(waits):
    patients = waits(patient=["A", "B", "C"])
    first = [int(prioritise(patients, Rule("Lottery", seed=seed), 1).order.places[0]) for seed in range(600)]
    assert min(np.bincount(first)) > 150
    said = str(reasons(prioritise(patients, Rule("Lottery", seed=7), 1))[0])
    assert "seed 7" in said or "open unit" in said


@given(PATIENTS, st.integers(0, 12), st.data())
def test_an_override_is_kept_and_costs_nobody_but_the_last(waits, columns, units, data):
    patients = waits(**named(columns))
    who = data.draw(st.sampled_from(patients.patients))
    decision = data.draw(st.sampled_from(("give", "withhold")))
    override = Override(who, decision, "Board of 3 May")
    if decision == "give" and not units:
        with pytest.raises(InputError, match="cannot be kept"):
            prioritise(patients, POINTS, units, [override])
        return
    before, after = prioritise(patients, POINTS, units), prioritise(patients, POINTS, units, [override])
    place = patients.patients.index(who)
    assert after.served[place] == (decision == "give")
    assert (after.by_rule == before.served).all()
    assert sum(after.served != before.served) <= 2
    assert "Board of 3 May" in str(reasons(after)[place])


def test_every_decision_has_a_sentence_that_says_what_decided(waits):
    patients = waits(urgency=[9, 5, 5, 1, 7], old=["no", "no", "no", "yes", "no"])
    rule = Rule(
        "Need", terms=(Term(1, (Factor("urgency"),)),), reserves=(Reserve("old", 1, Factor("old", "is", "yes")),)
    )
    said = [str(each) for each in reasons(prioritise(patients, rule, 4))]
    assert said[0] == "An open unit: rank 1 of 5, score 9."
    assert said[3] == "A unit reserved for “old”: rank 5 of 5, score 1."
    lost = next(each for each in said[1:3] if "No unit" in each)
    assert "the last open one goes to rank 3" in lost and "lottery with seed 1 decided" in lost
    assert str(under(prioritise(patients, Rule("Lottery"), 5))[0]).endswith("would get a unit.")


def test_what_is_missing_gives_no_points_and_is_said(waits):
    found = prioritise(
        waits(urgency=[None, 2, 3], since=["2026-01-01", None, "2025-01-01"]), Rule("Wait", waiting="since"), 1
    )
    assert found.order.places.tolist() == [2, 0, 1] and "without “since”: 1" in str(found.order.notes[1])
    found = prioritise(waits(urgency=[None, 2, 3]), Rule("Points", terms=(Term(1, (Factor("urgency"),)),)), 1)
    assert found.order.score.tolist() == [0, 2, 3] and "0 points" in str(found.order.notes[0])


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        (Factor("age", "above", 25), [0, 15]),
        (Factor("age", "below", 25), [5, 0]),
        (Factor("age", "at least", 40), [0, 1]),
        (Factor("age", "is", 40), [0, 1]),
        (Factor("word", "is", "YES "), [1, 0]),
        (Factor("sure", "is", "yes"), [0, 1]),
        (Factor("code", "is", 7), [1, 0]),
        (Factor("age", "log"), [math.log(21), math.log(41)]),
        (Factor("since", "days since", "2026-01-11"), [10, 0]),
        (Factor("since", "days since"), [10, 0]),
    ],
)
def test_a_factor_takes_what_it_says(waits, factor, expected):
    patients = waits(
        age=[20, 40], word=["yes", "no"], sure=[False, True], code=["7", "A7"], since=["2026-01-01", "2026-01-11"]
    )
    assert patients.factor(factor).tolist() == pytest.approx(expected)


def test_faults_are_said_all_at_once(waits):
    patients = waits(patient=["A", "B"], age=[1, 2], word=["x", "y"])
    rule = Rule("Far", terms=(Term(1, (Factor("weight"),)), Term(1, (Factor("height"),))))
    with pytest.raises(InputError, match=r"“weight”.*“height”"):
        prioritise(patients, rule, 1)
    twice = [Override("A", "give", "x"), Override("A", "withhold", "y"), Override("Z", "give", "z")]
    with pytest.raises(InputError, match=r"reserves hold 5.*“Z”.*Two overrides.*“A”"):
        prioritise(patients, Rule(reserves=(Reserve("all", 5, Factor("age")),)), 1, twice)
    with pytest.raises(InputError, match="holds no numbers"):
        prioritise(patients, Rule(terms=(Term(1, (Factor("word"),)),)), 1)
    with pytest.raises(InputError, match="holds no dates"):
        prioritise(patients, Rule(waiting="word"), 1)
    with pytest.raises(InputError, match="stands in several rows"):
        waits(patient=["A", "A"])
    with pytest.raises(InputError, match="Nobody waits"):
        waiting_of(patients.table.__class__(patients.table.frame.head(0), {}, patients.table.source))


def test_a_rule_is_read_as_it_was_written_and_a_wrong_one_names_its_faults():
    rule = Rule(
        "All",
        terms=(Term(0.5, (Factor("age", "above", 25), Factor("diabetes", "is", "yes"))),),
        bands=(1, 2),
        waiting="since",
        reserves=(Reserve("staff", 3, Factor("job", "is", "nurse")),),
        minimums=(Minimum(Factor("rural"), 0.2),),
    )
    assert Rule.from_json(rule.to_json()) == rule
    with pytest.raises(InputError, match=r"terms\[0\].factors\[0\].how"):
        Rule.from_json({"version": 1, "terms": [{"points": 1, "factors": [{"column": "age", "how": "often"}]}]})
    with pytest.raises(InputError, match="ascending order"):
        Rule(bands=(2, 1))
    with pytest.raises(InputError, match="same name"):
        Rule(reserves=(Reserve("a", 1, Factor("x")), Reserve("a", 1, Factor("y"))))
