"""A person is counted once: rows that are sums of others are found, said, and left out or kept as somebody chooses."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes
from medalloc.tables.summary_rows import summaries, without_summaries
from medalloc.tables.table import Table


def table(frame: pd.DataFrame) -> Table:
    return read_bytes(frame.to_csv(index=False).encode(), "regions.csv")


def regions_of(used: Table) -> list[str]:
    return used.frame["region"].tolist()


TREES = st.recursive(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)),
    lambda below: st.lists(below, min_size=2, max_size=5),
    max_leaves=25,
).filter(lambda tree: isinstance(tree, list))


def laid_out(tree: object, *, sums_first: bool) -> tuple[list[tuple[int, int, bool]], tuple[int, int]]:
    """Return the rows of a tree as (demand, population, is a smallest region), each sum before or after its parts."""
    if isinstance(tree, tuple):
        return [(*tree, True)], tree
    parts = [laid_out(each, sums_first=sums_first) for each in tree]  # type: ignore[attr-defined]
    whole = (sum(each[0] for _, each in parts), sum(each[1] for _, each in parts))
    below = [row for rows, _ in parts for row in rows]
    return ([(*whole, False), *below] if sums_first else [*below, (*whole, False)]), whole


@given(TREES, st.booleans())
def test_in_any_hierarchy_that_adds_up_every_level_counts_everybody_once(tree: object, sums_first: bool) -> None:
    rows, whole = laid_out(tree, sums_first=sums_first)
    frame = pd.DataFrame(rows, columns=["demand", "population", "smallest"])
    given_table = table(frame.drop(columns="smallest").assign(region=[f"R{each}" for each in range(len(rows))]))
    found = summaries(given_table)
    # rows whose parts are multiples of each other add up by chance, and stay
    if found.doubtful:
        assert set(regions_of(given_table)) >= set(found.doubtful)
        return
    assert frame["smallest"].tolist() == found.levels[0].tolist()
    for level in range(len(found.levels)):
        used = without_summaries(given_table, found, level=level)
        assert (used.frame["demand"].sum(), used.frame["population"].sum()) == whole
        assert used.notes


@given(st.integers(0, 2**32 - 1), st.integers(3, 60))
def test_regions_that_do_not_add_up_all_stay_without_a_word(seed: int, count: int) -> None:
    drawn = np.random.default_rng(seed)
    columns = {"demand": drawn.integers(1, 10**7, count), "population": drawn.integers(1, 10**8, count)}
    flat = table(pd.DataFrame({"region": [f"R{each}" for each in range(count)], **columns}))
    assert without_summaries(flat, summaries(flat)) is flat


@pytest.mark.parametrize(
    "name",
    [
        "TOTAL",
        "Total",
        "Grand total",
        "All",
        "all regions",
        "Insgesamt",
        "Summe",
        "合计",
        "总计",
        "全国",
        "합계",
        "Итого",
        "Total general",
    ],
)
def test_a_row_that_calls_itself_a_sum_is_left_out_wherever_it_stands_and_whatever_it_holds(name: str) -> None:
    for place in range(3):
        rows = [("North", 100), ("South", 300)]
        rows.insert(place, (name, 400 if place else 390))
        given_table = table(pd.DataFrame(rows, columns=["region", "demand"]))
        used = without_summaries(given_table, summaries(given_table))
        assert regions_of(used) == ["North", "South"]
        assert name in str(used.notes[-1])


@pytest.mark.parametrize("name", ["Totana", "Allegheny", "Summit", "Summerland", "Calle", "Worldham", "Nationalpark"])
def test_a_place_whose_name_only_begins_like_a_sum_stays(name: str) -> None:
    given_table = table(pd.DataFrame({"region": [name, "South"], "demand": [7, 300]}))
    assert summaries(given_table).sure == ()


def test_a_country_above_its_regions_is_found_by_adding_up_in_columns_that_are_no_multiples() -> None:
    frame = {"region": ["North", "South", "East", "England"], "population": [1000, 2000, 1500, 4500]}
    whole = table(pd.DataFrame({**frame, "existing_beds": [5, 10, 5, 20], "demand": [100, 300, 200, 600]}))
    assert summaries(whole).sure == ("England",)
    rounded = table(pd.DataFrame({**frame, "demand": [100.4, 300.4, 200.4, 601.0], "existing_beds": [5, 10, 5, 20]}))
    assert summaries(rounded).sure == ("England",)
    off = table(pd.DataFrame({**frame, "demand": [100, 300, 200, 680], "existing_beds": [5, 10, 5, 20]}))
    assert summaries(off).sure == ()


def test_three_round_numbers_that_add_up_by_chance_are_said_and_stay_until_somebody_says_otherwise() -> None:
    chance = table(pd.DataFrame({"region": ["A", "B", "C"], "demand": [100, 200, 300]}))
    found = summaries(chance)
    assert (found.sure, found.doubtful) == ((), ("C",))
    kept = without_summaries(chance, found)
    assert regions_of(kept) == ["A", "B", "C"] and "by chance" in str(kept.notes[-1])
    assert regions_of(without_summaries(chance, found, "leave out")) == ["A", "B"]


def test_small_sums_among_many_rows_are_not_spoken_of() -> None:
    many = table(pd.DataFrame({"region": [f"R{each}" for each in range(1, 400)], "demand": range(1, 400)}))
    assert without_summaries(many, summaries(many)) is many


def of_counts(seed: int, rows: int, most: int) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    counts = {"demand": draw.integers(0, most, rows), "population": draw.integers(0, most, rows)}
    return pd.DataFrame({"region": [f"R{each}" for each in range(rows)], **counts})


def test_regions_of_small_counts_are_no_sums_because_their_neighbours_happen_to_add_up_to_them() -> None:
    found = [summaries(table(of_counts(seed, rows=30, most=8))) for seed in range(30)]
    assert not any(each.sure for each in found)
    # in a third of these tables some row is the sum of its neighbours in both columns
    assert any(each.doubtful for each in found)


def test_among_thousands_of_regions_a_few_that_add_up_by_chance_stay() -> None:
    assert not summaries(table(of_counts(1, rows=2000, most=70))).sure


def test_provinces_above_districts_of_small_counts_are_sums_by_their_number() -> None:
    districts = of_counts(2, rows=30, most=8)
    provinces = districts.groupby(districts.index // 5)[["demand", "population"]].sum()
    rows = [pd.concat([provinces.iloc[[at]], districts.iloc[5 * at : 5 * at + 5]]) for at in range(6)]
    whole = pd.concat(rows, ignore_index=True).assign(region=[f"R{each}" for each in range(36)])
    assert summaries(table(whole)).sure == ("R0", "R6", "R12", "R18", "R24", "R30")


def test_one_row_that_is_the_sum_of_hundreds_is_no_chance() -> None:
    one = of_counts(3, rows=400, most=10**6).drop(columns="population")
    whole = pd.concat([one, pd.DataFrame({"region": ["Land"], "demand": [one["demand"].sum()]})])
    assert summaries(table(whole)).sure == ("Land",)


def test_a_column_of_levels_tells_a_hierarchy_whose_rows_stand_in_any_order() -> None:
    names = ["Sierra Leone", "Eastern", "Southern", "Kenema", "Kono", "Bo"]
    frame = pd.DataFrame({"region": names, "level": [1, 2, 2, 3, 3, 3], "demand": [1000, 600, 400, 350, 250, 400]})
    for seed in range(5):
        mixed = table(frame.sample(frac=1, random_state=seed))
        found = summaries(mixed)
        assert set(regions_of(without_summaries(mixed, found))) == {"Kenema", "Kono", "Bo"}
        assert set(regions_of(without_summaries(mixed, found, level=1))) == {"Eastern", "Southern"}
        with pytest.raises(InputError, match="no level 2"):
            without_summaries(mixed, found, level=2)


def test_rows_can_be_kept_and_that_they_count_twice_is_said() -> None:
    given_table = table(pd.DataFrame({"region": ["North", "South", "TOTAL"], "demand": [100, 300, 400]}))
    kept = without_summaries(given_table, summaries(given_table), "keep")
    assert len(kept.frame) == 3 and "twice" in str(kept.notes[-1])


def test_patients_and_dated_rows_are_no_regions() -> None:
    patients = table(pd.DataFrame({"region": ["All", "North"], "need": [0, 1], "age": [3, 4]}))
    assert summaries(patients).sure == ()


def test_where_names_repeat_or_all_are_words_for_sums_no_row_is_taken_for_one() -> None:
    dated = table(pd.DataFrame({"region": ["North", "North", "South", "Total"], "demand": [7, 5, 3, 15]}))
    words_only = table(pd.DataFrame({"region": ["Total", "All", "Sum"], "demand": [3, 4, 7]}))
    for each in (dated, words_only):
        found = summaries(each)
        assert (found.sure, found.doubtful, len(found.levels)) == ((), (), 1)
        assert without_summaries(each, found) is each


def test_a_sum_of_sums_stands_on_the_last_level_though_its_parts_lie_two_levels_below() -> None:
    rows = {"A1": 1003, "A2": 2011, "A3": 1507, "A": 4521, "B1": 977, "B2": 3301, "B": 4278, "Island": 551, "All": 9350}
    frame = pd.DataFrame({"region": list(rows), "demand": list(rows.values())})
    given_table = table(frame.assign(population=[9001, 3407, 8803, 21211, 5501, 4409, 9910, 7717, 38838]))
    found = summaries(given_table)
    told = [regions_of(without_summaries(given_table, found, level=each)) for each in range(len(found.levels))]
    assert all(sum(rows[name] for name in level) == rows["All"] for level in told)
    assert told[0] == ["A1", "A2", "A3", "B1", "B2", "Island"] and told[1] == ["A", "B", "Island"]


P_CODED = b"region,demand\nSLE,100\nSLE01,60\nSLE0101,40\nSLE0102,19\nSLE02,40\nSLE0201,40\n"


def test_by_p_codes_every_level_is_known_though_the_numbers_do_not_quite_add_up() -> None:
    found = summaries(read_bytes(P_CODED, "p.csv"))
    assert found.sure == ("SLE", "SLE01", "SLE02")
    assert [each.tolist() for each in found.levels] == [
        [False, False, True, True, False, True],
        [False, True, False, False, True, False],
    ]


def test_p_codes_in_a_column_of_their_own_tell_the_levels_of_named_rows() -> None:
    lines = P_CODED.decode().splitlines()
    named = [f"{line},Place {place}" for place, line in enumerate(lines[1:])]
    content = "\n".join(["adm_pcode,demand,region", *named]).encode()
    assert summaries(read_bytes(content, "p.csv")).sure == ("Place 0", "Place 1", "Place 4")


@pytest.mark.parametrize("names", [("UG101", "UG102", "UG103"), ("A1", "A11", "A12"), ("UG1", "UG11", "KE1", "KE12")])
def test_codes_of_one_level_of_no_country_or_of_two_are_no_hierarchy(names: tuple[str, ...]) -> None:
    rows = "\n".join(f"{name},{7 + 13 * place}" for place, name in enumerate(names))
    assert not summaries(read_bytes(f"region,demand\n{rows}\n".encode(), "p.csv")).sure
