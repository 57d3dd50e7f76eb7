import pytest

from medalloc.allocation.measures import theil_by_group

GROUPS = ["west", "east", "west"]


def test_the_coverage_of_a_group_is_served_over_demand_whoever_lives_there(plan_with, scores):
    found = scores(plan_with([0.2, 0.5, 0.8], population=[300, 100, 600]), groups=GROUPS)
    assert found["coverage:west"].value == pytest.approx(48 / 90)
    assert found["coverage:east"].value == pytest.approx(0.5)
    assert str(found["coverage:west"].meaning) == "Of the people in need in west, 53.3% are served."


def test_the_parts_of_theil_are_split_in_words_as_in_numbers(plan_with, scores):
    coverage = [0.2, 0.5, 0.8]
    found, parts = scores(plan_with(coverage), groups=GROUPS), theil_by_group(coverage, GROUPS, [40, 10, 50])
    assert found["theil_within_groups"].value == pytest.approx(parts.within)
    assert found["theil_between_groups"].value == pytest.approx(parts.between)
    share = round(100 * parts.share_between, 1)
    assert str(found["theil_between_groups"].meaning) == f"{share:g}% of the inequality is between the groups."
