import pandas as pd
import pytest

from medalloc.cli.named import pairs, with_columns, with_roles
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

REGIONS = Table(
    pd.DataFrame({"place": ["N"], "cases": [3], "people": [9]}),
    {"place": "region", "cases": "ignored", "people": "demand"},
    Source("regions.csv", ""),
)


def test_every_name_has_its_number_and_none_has_two():
    assert pairs(("beds=5", "nurses=1.5"), "--resource", float) == {"beds": 5.0, "nurses": 1.5}
    with pytest.raises(InputError, match="--resource names “beds” twice; say it once"):
        pairs(("beds=5", "nurses=1.5", "beds=6"), "--resource", float)


@pytest.mark.parametrize("given", ["beds", "beds=", "beds=many", ""])
def test_a_number_that_is_none_is_told_with_its_option(given):
    with pytest.raises(InputError, match=f"--stay {given}: write NAME=NUMBER"):
        pairs((given,), "--stay", float)


def test_a_column_that_was_only_suggested_for_a_role_steps_back():
    assert dict(with_columns(REGIONS, ("demand=cases",)).roles) == {
        "place": "region",
        "cases": "demand",
        "people": "ignored",
    }
    assert with_roles(REGIONS, {}).roles == REGIONS.roles


def test_roles_of_one_resource_can_be_asked_for():
    roles = with_columns(REGIONS, ("locked:beds=cases", "space=people")).roles
    assert (roles["cases"], roles["people"]) == ("locked:beds", "space")


@pytest.mark.parametrize("given", ["demand", "demand="])
def test_a_role_without_a_column_is_told(given):
    with pytest.raises(InputError, match=f"--column {given}: write ROLE=NAME"):
        with_columns(REGIONS, (given,))
