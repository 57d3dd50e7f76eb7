import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.spelling import as_spelled, plain, spelled_alike, spellings, with_names_of
from medalloc.tables.table import Source, Table

NAMES = st.sampled_from(["North", "NORTH", " north", "North ", "Nord", "1", "01", "001", "2", "Ｎorth", "São", "Sao"])


def regions(*names: object) -> Table:
    return Table(pd.DataFrame({"region": list(names)}), {"region": "region"}, Source("regions.csv", ""))


@settings(max_examples=100, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=12))
def test_names_are_written_alike_exactly_where_they_are_plainly_the_same(names: list[str]) -> None:
    alike = spelled_alike(pd.Series(names, dtype="str")).tolist()
    for one, made in zip(names, alike, strict=True):
        assert plain(one) == plain(made)
        same = [other for name, other in zip(names, alike, strict=True) if plain(name) == plain(one)]
        assert len(set(same)) == 1
    assert not spellings(alike)


def test_blank_names_stay_blank() -> None:
    assert spelled_alike(pd.Series(["a", None, "A", "a"], dtype="str")).fillna("-").tolist() == ["a", "-", "a", "a"]


@pytest.mark.parametrize(
    ("names", "known", "found"),
    [
        (["NORTH", "South "], ["North", "South"], {"NORTH": "North", "South ": "South"}),
        (["1001", "6037"], ["01001", "06037"], {"1001": "01001", "6037": "06037"}),
        (["North", "NORTH"], ["North"], {}),  # which of the two rows it is cannot be told
        (["NORTH"], ["North", "north"], {}),
        (["Nord"], ["North"], {}),
        (["São"], ["Sao"], {}),
    ],
)
def test_a_name_is_taken_for_a_known_one_only_where_it_can_be_no_other(
    names: list[str], known: list[str], found: dict[str, str]
) -> None:
    assert as_spelled(names, known) == found


def test_names_that_were_changed_are_said_with_both_files() -> None:
    patients = Table(pd.DataFrame({"place": ["01001", "06037"]}), {"place": "region"}, Source("patients.csv", ""))
    renamed = with_names_of(regions(1001, 6037, 9), patients)
    assert renamed.frame["region"].tolist() == ["01001", "06037", "9"]
    assert [str(each) for each in renamed.notes] == [
        "Regions of “regions.csv” are named as those of “patients.csv”: “1001” = “01001”, “6037” = “06037”."
    ]


def test_a_table_whose_names_fit_is_left_as_it_is() -> None:
    asked = regions("North", "Elsewhere")
    assert with_names_of(asked, regions("North")) is asked
    assert with_names_of(asked, None) is asked
    assert with_names_of(asked, Table(pd.DataFrame({"age": [1]}), {"age": "feature"}, Source("p", ""))) is asked
