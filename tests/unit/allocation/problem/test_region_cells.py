import numpy as np
import pandas as pd

from medalloc.allocation.problem.region_cells import region_names, region_numbers
from medalloc.tables.table import Source, Table


def table(**columns):
    return Table(pd.DataFrame(columns), {"place": "region"}, Source("regions.csv", ""))


def test_a_table_without_a_column_of_regions_names_none():
    faults = []
    assert region_names(Table(pd.DataFrame({"a": [1]}), {}, Source("t", "")), faults) == () and not faults


def test_names_are_read_and_what_is_wrong_with_them_is_added():
    faults = []
    assert region_names(table(place=[7.0, None, "N", "N"]), faults) == ("7", "", "N", "N")
    assert len(faults) == 2


def test_only_limits_may_be_empty():
    for role, count in (("cap:beds", 0), ("space", 0), ("demand", 1), ("existing:beds", 1)):
        faults = []
        np.testing.assert_array_equal(
            region_numbers(table(place=["N", "S"], x=[1, None]), "x", role, faults), [1, np.nan]
        )
        assert len(faults) == count
