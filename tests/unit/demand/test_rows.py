"""Which rows count, where each of them is, and what is said of the others."""

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.rows import left_out, persons_living, present, region_codes, value_faults
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

TABLE = Table(pd.DataFrame({"town": ["B", " A", None, "B", " ", "C"]}), {"town": "region"}, Source("t", "0"))


def test_regions_are_numbered_by_the_alphabet_and_a_row_without_a_name_has_none() -> None:
    codes, names = region_codes(TABLE, "town")
    assert names == ["A", "B", "C"] and codes.tolist() == [1, 0, -1, 1, -1, 2]


def test_only_regions_with_a_row_to_sum_over_keep_a_number_and_the_others_are_named() -> None:
    codes, names = region_codes(TABLE, "town")
    chances, weights = np.array([0.1, np.nan, 0.2, 0.3, np.nan, 0.4]), np.array([1, 1, 1, np.nan, 1, 1])
    used = (codes >= 0) & ~np.isnan(chances) & ~np.isnan(weights)
    kept, numbers = present(names, codes, used)
    assert kept == ["B", "C"] and numbers.tolist() == [0, -1, -1, 0, -1, 1]
    assert [str(each) for each in left_out(names, codes, used, chances, weights)] == [
        "Rows left out because they have no region: 2.",
        "Rows left out because nothing could be predicted for them: 2.",
        "Rows left out because they have no weight: 1.",
        "Regions left out because no row of theirs could be used: A.",
    ]
    every = np.array([True, True, False, True, False, True])
    assert [str(each) for each in left_out(names, codes, every, np.ones(6), np.ones(6))] == [
        "Rows left out because they have no region: 2."
    ]
    with pytest.raises(InputError, match="No row has both"):
        present(names, codes, np.zeros(6, dtype=bool))


def test_certain_chances_are_possible_and_every_other_fault_is_said_with_its_row() -> None:
    fine, ones = np.array([0.0, 1.0, np.nan, 0.5, 0.5, 0.5]), np.ones(6)
    assert value_faults(TABLE, fine, ones, 0.9) == []
    said = [str(each) for each in value_faults(TABLE, np.array([0.5, 1.5, -1, 0, 1, 2]), -ones, 1.0)]
    assert "The level is 1" in said[0] and len(said) == 3
    assert "Row 2: the probability is 1.5" in said[1] and "(rows like this: 3)" in said[1]
    assert "The level is 0" in str(value_faults(TABLE, fine, ones, 0.0)[0])
    assert "for 3 rows and the table has 6" in str(value_faults(TABLE, np.ones(3), ones, 0.9)[0])


def test_people_live_in_every_region_or_each_without_any_is_named() -> None:
    assert persons_living(["A"], None) is None
    people = persons_living(["A", "B"], {"B": 2, "A": 0.5, "C": 0})
    assert people is not None and people.tolist() == [0.5, 2]
    with pytest.raises(InputError) as caught:
        persons_living(["A", "B", "C", "D"], {"A": 0, "B": np.inf, "C": 3})
    found = [str(each) for each in caught.value.faults]
    assert ["of “A” is 0;" in found[0], "of “B” is" in found[1], "“D” has no population" in found[2]] == [True] * 3
    assert len(found) == 3
