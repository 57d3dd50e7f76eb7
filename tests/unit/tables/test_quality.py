from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.apart import read_file
from medalloc.tables.checks.finding import Finding
from medalloc.tables.checks.rows import repeated
from medalloc.tables.impossible import impossible_values
from medalloc.tables.quality import findings
from medalloc.tables.repairs import CHANGES_CELLS, DROPS_ROWS, IGNORES_COLUMN
from medalloc.tables.roles import suggest_roles
from medalloc.tables.separation import separation
from medalloc.tables.table import Source, Table

SAMPLES = Path(__file__).parents[3] / "sample_data"


def table(roles: dict[str, str] | None = None, **columns: object) -> Table:
    frame = pd.DataFrame(columns)
    return Table(frame, {**suggest_roles(frame), **(roles or {})}, Source("t", ""))


def found(kind: str, given_table: Table) -> list[Finding]:
    every = findings(given_table)
    assert {each.kind for each in every if each.repairable} <= {*DROPS_ROWS, *IGNORES_COLUMN, *CHANGES_CELLS}
    return [each for each in every if each.kind == kind]


def counts(given_table: Table) -> dict[tuple[str, str | None], int]:
    return {(each.kind, each.column): each.count for each in findings(given_table)}


def test_a_sound_table_has_no_findings() -> None:
    assert findings(table(patient_id=[1, 2, 3, 4], age=[30, 50, 40, 35], need=[0, 1, 1, 0])) == ()


def test_a_need_with_three_values_is_told() -> None:
    given_table = table({"outcome": "need"}, outcome=["a", "b", "c", "a"], age=[1, 2, 3, 4])
    assert counts(given_table) == {("target not two-valued", "outcome"): 3}


@pytest.mark.parametrize("need", [[1, 1, 1], [1, None, 1]])
def test_a_need_that_is_always_the_same_is_told(need: list[float | None]) -> None:
    (one,) = found("one class", table(need=need, age=[1, 2, 3]))
    assert (one.column, one.count, one.repairable) == ("need", 3, False)


def test_a_rare_need_is_told_with_its_share() -> None:
    (rare,) = found("rare class", table(need=[1] + [0] * 199, age=range(200)))
    assert rare.count == 1
    assert str(rare.message) == "Only 0.5% of rows have need = 1."
    assert not found("rare class", table(need=[1] * 2 + [0] * 198, age=range(200)))


@pytest.mark.parametrize(
    "telling",
    [
        [1, 2, 3, 4, 5, 6] * 10,
        [6, 5, 4, 3, 2, 1] * 10,
        ["no", "no", "no", "yes", "yes", "yes"] * 10,
        [False, False, False, True, True, True] * 10,
    ],
)
def test_a_column_that_knows_the_answer_is_suspected(telling: list[object]) -> None:
    given_table = table(need=[0, 0, 0, 1, 1, 1] * 10, telling=telling, age=[1, 2, 3] * 20)
    assert [(each.column, each.count) for each in found("leakage suspect", given_table)] == [("telling", 60)]


def test_rows_of_unknown_need_neither_hide_nor_make_a_suspicion() -> None:
    need = [0, 1] * 20 + [None] * 40
    given_table = table(need=need, telling=[0, 1] * 20 + [1, 0] * 20, only_known=[0, 0] * 20 + [1, 1] * 20)
    assert [(each.column, each.count) for each in found("leakage suspect", given_table)] == [("telling", 40)]


def test_a_few_patients_ranked_rightly_are_chance() -> None:
    assert not found("leakage suspect", table(need=[0, 1] * 9, age=[1, 2] * 9))
    assert found("leakage suspect", table(need=[0, 1] * 10, age=[1, 2] * 10))


def test_words_of_need_are_judged_like_numbers() -> None:
    assert found("leakage suspect", table(need=["no", "yes"] * 20, telling=[1, 2] * 20))


def test_text_is_judged_where_each_value_stands_for_twenty_rows_at_least() -> None:
    need = np.arange(40) % 2 == 0
    assert separation(pd.Series(np.where(need, "yes", "no")), need) == 1
    assert separation(pd.Series(np.where(need, "yes", "no")).where(np.arange(40) > 3), need) == pytest.approx(0.995)
    assert separation(pd.Series(np.where(need, "yes", "no")).where(np.arange(40) > 0, "one"), need) == 0.5


def test_a_name_in_every_row_is_not_suspected() -> None:
    assert not found("leakage suspect", table(need=[0, 1] * 20, name=[f"n{each}" for each in range(40)]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_separation_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    feature, need = pd.Series([each for each, _ in rows]), np.array([each for _, each in rows])
    pairs = [(a > b) + (a == b) / 2 for a, x in rows if x for b, y in rows if not y]
    auc = float(np.mean(pairs)) if pairs else 0.5
    assert separation(feature, need) == pytest.approx(max(auc, 1 - auc))
    assert separation(-feature, need) == pytest.approx(separation(feature, need))


@pytest.mark.parametrize(
    ("name", "cells", "wrong"),
    [
        ("age", [-1, 0, 125, 126], [True, False, False, True]),
        ("age_years", [130, 1], [True, False]),
        ("Age (years)", [130, 1], [True, False]),
        ("年龄", [130, -1], [True, True]),
        ("age_months", [130, -1], [False, True]),
        ("gestational_age_days", [130, 280], [False, False]),
        ("percentage_point_change", [-5, 5], [False, False]),
        ("bmi_z_score", [-2, 2], [False, False]),
        ("Length of stay", [-1, 2], [True, False]),
        ("visits_last_year", [-1, 2], [True, False]),
        ("days_since_admission", [-1, 2], [False, False]),
        ("population_growth", [-1, 2], [False, False]),
        ("beds", [-1, np.nan], [True, False]),
        ("income_usd", [-500.0, 2], [False, False]),
        ("language", [-1, 300], [False, False]),
        ("temperature", [-5.0, np.inf], [False, True]),
        ("temperature", [-np.inf, np.nan], [True, False]),
    ],
)
def test_values_that_cannot_be_are_told_and_possible_ones_are_not(
    name: str, cells: list[float], wrong: list[bool]
) -> None:
    assert impossible_values(pd.Series(cells, name=name)).tolist() == wrong


def test_text_and_yes_or_no_hold_no_impossible_values() -> None:
    assert not impossible_values(pd.Series(["-1"], name="age")).any()
    assert not impossible_values(pd.Series([True], name="age")).any()


def test_impossible_values_are_counted_with_an_example() -> None:
    (one,) = found("impossible values", table(age=[30, -5, 200], need=[0, 1, 0]))
    assert (one.column, one.count) == ("age", 2)
    assert "such as -5" in str(one.message)


def test_repeated_rows_and_repeated_patients_are_counted_apart() -> None:
    given_table = table(patient_id=[1, 1, 1, 2, None, None], age=[5, 5, 6, 7, 8, 9], need=[0, 0, 1, 0, 1, 0])
    assert counts(given_table) == {
        ("duplicated rows", None): 1,
        ("duplicated ids", "patient_id"): 2,
        ("missing", "patient_id"): 2,
    }


def test_a_region_may_come_back_every_week_but_not_without_a_date() -> None:
    again = {"region": ["A", "A"], "demand": [1, 2]}
    assert counts(table(**again)) == {("duplicated ids", "region"): 1}
    assert counts(table(week=["2020-01-05", "2020-01-12"], **again)) == {}


def test_numbers_written_as_text_are_counted_with_what_cannot_be_read() -> None:
    given_table = table(region=["A"] * 10 + ["B"], demand=["1,5"] * 10 + ["many"])
    (one,) = found("text numbers", given_table)
    assert (one.column, one.count) == ("demand", 11)
    assert "cells that cannot be read become missing: 1." in str(one.repair)


@pytest.mark.parametrize("name", ["patient_id", "region", "date"])
def test_codes_in_roles_of_names_are_not_called_numbers(name: str) -> None:
    assert not found("text numbers", table(**{name: ["20", "21"], "need": [0, 1]}))


def test_codes_with_leading_zeros_are_not_called_numbers() -> None:
    assert not findings(table(region=["A", "B"], demand=[1, 2], fips=["01001", "56045"]))


def test_a_feature_that_never_changes_is_told() -> None:
    given_table = table(need=[0, 1, 0], ward=["x"] * 3, empty=[None] * 3, age=[1, 1, None])
    constant = {(each.column, each.count) for each in found("constant", given_table)}
    assert constant == {("ward", 3), ("empty", 3)}


def test_blanks_are_counted_and_never_shown_as_none() -> None:
    given_table = table(need=[0, 1] * 2000, age=[None] + list(range(3999)), x=range(4000))
    (one,) = found("missing", given_table)
    assert (one.column, one.count, one.repairable) == ("age", 1, False)
    assert str(one.message) == "“age” is blank in 0.025% of rows."


def test_leaving_out_blank_rows_is_offered_only_where_rows_remain() -> None:
    given_table = table({"demand": "demand"}, region=["A", "B"], population=[1, None], demand=[None, None])
    assert {each.column: each.repairable for each in found("missing", given_table)} == {
        "population": True,
        "demand": False,
    }


def test_the_default_sample_raises_no_alarm() -> None:
    assert findings(read_file(SAMPLES / "patients_rand_hie.csv")) == ()


def test_the_other_samples_report_what_a_board_should_know() -> None:
    seen = {file.name: counts(read_file(file)) for file in SAMPLES.glob("*.csv")}
    blank = {"education": 9, "diabetes": 3, "body_mass_index": 60, "systolic_mmhg": 281, "hba1c_percent": 194}
    blank |= {"total_cholesterol_mg_dl": 267, "sleep_hours": 39, "family_income_usd": 608, "health_insurance": 12}
    blank |= {"arthritis": 15, "heart_attack": 10, "stroke": 10, "cancer": 1, "walking_difficulty": 3}
    assert seen.pop("patients_nhanes.csv") == {("missing", name): count for name, count in blank.items()}
    assert seen.pop("patients_article.csv") == {("duplicated rows", None): 1}
    assert seen.pop("patients_peru_dengue.csv") == {("small groups", "region"): 2}
    assert seen.pop("weekly_boston_flu.csv") == {("missing", "value"): 427}
    # an empty cell of a table of resources is the usual value
    assert {kind for kind, _ in seen.pop("resources_rand_hie.csv")} == {"missing"}
    assert all(not counted for counted in seen.values())


def test_an_empty_cell_of_a_limit_needs_no_repair() -> None:
    frame = pd.DataFrame({"region": ["A", "B"], "demand": [1, 2], "cap_beds": [5, None], "population": [1, None]})
    found = {each.column: each for each in findings(Table(frame, suggest_roles(frame), Source("t", "")))}
    assert "no such limit" in str(found["cap_beds"].repair) and not found["cap_beds"].repairable
    assert found["population"].repairable


def test_care_that_may_be_of_the_same_period_is_told_and_earlier_care_is_not() -> None:
    given_table = table(
        need=[0, 1] * 5, visits=range(10), visits_last_year=range(10), stay=[1, 2] * 5, age=[*range(10)]
    )
    assert [each.column for each in found("known late", given_table)] == ["visits", "stay"]


@pytest.mark.parametrize(
    ("cells", "far"),
    [
        ([*range(18, 90), 999, 999], 2),
        ([*range(18, 90), -999], 1),
        ([*range(18, 90), 120], 0),
        ([0, 1, 2, 1, 0, 1, 50] * 10, 0),  # of few different values none is far out
        ([float(1.15**each) for each in range(100)], 0),  # a long tail has no gap
        ([*range(18, 60)] + [999] * 30, 0),  # what so many rows hold is no slip
        ([*range(18, 60)] + [999] * 12, 12),  # a mark for no answer is one of up to a quarter of the rows
    ],
)
def test_numbers_far_from_all_others_are_told(cells: list[float], far: int) -> None:
    given_table = table(
        {"weight_kg": "feature"}, need=[0, 1] * (len(cells) // 2) + [0] * (len(cells) % 2), weight_kg=cells
    )
    impossible = [each.count for each in found("impossible values", given_table)]
    assert [each.count for each in found("far out", given_table)] + impossible == [far] * bool(far)


def test_columns_that_say_the_same_are_told_once_each() -> None:
    draw = np.random.default_rng(0)
    kilos, sex = draw.normal(70, 10, 60).round(1), draw.choice(["m", "f"], 60)
    given_table = table(
        need=[0, 1] * 30,
        kilos=kilos,
        pounds=kilos * 2.2046,
        minus=-kilos,
        sex=sex,
        male=sex == "m",
        age=draw.normal(size=60),
    )
    assert {each.column for each in found("alike", given_table)} == {"pounds", "minus", "male"}
    assert not found("alike", table(need=[0, 1] * 3, one=range(6), other=range(6)))


def test_columns_that_are_blank_in_the_same_rows_are_told_together() -> None:
    blank = [None, *range(39)]
    given_table = table(need=[0, 1] * 20, a=blank, b=blank[:1] + [7.0, 2.5] * 19 + [1.0], c=[*range(39), None])
    (one,) = found("missing together", given_table)
    assert str(one.message) == "Blank in the same rows: “a”, “b”."
    assert not one.repairable


def test_groups_of_few_patients_are_told_where_most_have_many() -> None:
    given_table = table(need=[0, 1] * 20, region=["A"] * 20 + ["B"] * 17 + ["C"] * 3, age=range(40))
    (one,) = found("small groups", given_table)
    assert (one.count, str(one.message)) == (3, "“region” has values with fewer than 10 rows: 1, such as “C”.")
    assert not found("small groups", table(region=["A", "B"], demand=[1, 2]))


@pytest.mark.parametrize(
    ("name", "cells", "wrong"),
    [
        ("E_POV", [2100, -999, 90], [False, True, False]),
        ("balance_net", [2100, -999, 90], [False, True, False]),
        ("balance_net", [2100, -999, -90], [False, False, False]),
        ("E_AGE65", [2100, 4300, 90], [False, False, False]),
    ],
)
def test_a_code_for_a_missing_number_is_told_and_a_count_of_an_age_is_no_age(
    name: str, cells: list[float], wrong: list[bool]
) -> None:
    assert impossible_values(pd.Series(cells, name=name)).tolist() == wrong


CELLS = st.sampled_from([0.0, -0.0, 1.0, float("nan")]), st.sampled_from(["x", "y", None]), st.integers(-1, 1)


@given(st.lists(st.tuples(*CELLS), min_size=1, max_size=12))
def test_rows_that_repeat_others_are_those_that_pandas_names(rows: list[tuple[float, str | None, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b", "c"]).astype({"b": "str", "c": "int64"})
    assert repeated(frame).tolist() == frame.duplicated().tolist()
    assert repeated(frame.convert_dtypes()).tolist() == frame.convert_dtypes().duplicated().tolist()
