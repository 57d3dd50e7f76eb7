import pytest

from medalloc.lessons.leak import LEAKS, PATIENT, extremes, leakage, with_repeats
from medalloc.need.models.choice import ModelChoice
from medalloc.tables.table import Table

FOREST = ModelChoice("forest", options={"trees": 10, "smallest_leaf": 1})


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_so_many_patients_come_twice_with_the_same_need(table: Table, share: float) -> None:
    made = with_repeats(table, patients=100, share=share, seed=1).frame
    counts = made.groupby(PATIENT)["need"].agg(["size", "nunique"])
    assert (counts["size"] == 2).sum() == round(100 * share)
    assert (counts["nunique"] == 1).all()


def test_a_second_row_stays_within_what_the_column_can_hold(table: Table) -> None:
    made = with_repeats(table, patients=200, share=1.0, seed=1).frame
    for name in ("age", "visits"):
        assert made[name].min() == table.frame[name].min()
        assert made[name].max() == table.frame[name].max()


@pytest.mark.parametrize("leak", LEAKS)
def test_patients_are_on_both_sides_only_where_that_is_the_leak(table: Table, leak: str) -> None:
    found = leakage(with_repeats(table, patients=150, share=0.5, seed=1), leak, FOREST, seeds=2)
    assert (found.seen > 0) == (leak != "scaling")
    assert (found.patients, found.rows) == (150, 225)
    assert len(found.leaky) == len(found.honest) == 2


def test_without_repeated_patients_their_leak_is_none(table: Table) -> None:
    found = leakage(with_repeats(table, patients=150, share=0.0, seed=1), "patients", FOREST, seeds=2)
    assert found.seen == 0
    assert found.leaky == found.honest
    assert found.gain == found.chance == 0


def test_known_patients_make_a_forest_look_better_than_it_is(table: Table) -> None:
    found = leakage(with_repeats(table, patients=200, share=1.0, seed=1), "patients", FOREST, seeds=4)
    assert found.gain > found.chance > 0


def test_the_whole_table_reaches_at_least_as_far_as_its_training_part(table: Table) -> None:
    for each in extremes(table, seed=2):
        assert each.whole[0] <= each.training[0] <= each.training[1] <= each.training[2] <= each.whole[2]
