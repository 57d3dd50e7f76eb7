from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.quantities import PER_RESOURCE, ROLES, SINGLE
from medalloc.tables.apart import read_file
from medalloc.tables.role_names import NAMES
from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Source, Table

SAMPLES = Path(__file__).parents[3] / "sample_data"


def roles(**columns: list[object]) -> dict[str, str]:
    return suggest_roles(pd.DataFrame(columns))


@pytest.mark.parametrize(
    ("file", "kind", "telling"),
    [
        ("patients_article.csv", "patients", {"need": "need"}),
        ("patients_nhanes.csv", "patients", {"patient_id": "patient id", "race_ethnicity": "group", "need": "need"}),
        (
            "patients_rand_hie.csv",
            "patients",
            {"patient_id": "patient id", "region": "region", "race_head": "group", "need": "need"},
        ),
        (
            "regions_rand_hie.csv",
            "regions",
            {
                "region": "region",
                "population_2019": "population",
                "longitude": "longitude",
                "latitude": "latitude",
                "existing_beds_invented": "existing:beds",
                "existing_clinicians_invented": "existing:clinicians",
            },
        ),
        (
            "regions_us_counties.csv",
            "regions",
            {"region": "region", "population_2019": "population", "demand": "demand"},
        ),
        (
            "regions_china.csv",
            "regions",
            {"省份": "region", "人口": "population", "现有护理床位_虚构": "existing:护理床位", "需求": "demand"},
        ),
        (
            "regions_world.csv",
            "regions",
            {
                "region": "region",
                "population": "population",
                "existing_beds": "existing:beds",
                "existing_physicians": "existing:physicians",
                "demand": "demand",
            },
        ),
        (
            "weekly_boston_flu.csv",
            "regions",
            {"week": "date", "region": "region", "value": "demand", "longitude": "longitude", "latitude": "latitude"},
        ),
    ],
)
def test_the_samples_need_no_correction(file: str, kind: str, telling: dict[str, str]) -> None:
    table = read_file(SAMPLES / file)
    rest = "feature" if kind == "patients" else "ignored"
    assert dict(table.roles) == {name: telling.get(name, rest) for name in table.frame.columns}
    assert table.kind == kind


def test_a_column_called_patient_says_who_it_is_where_it_holds_text_and_else_how_many() -> None:
    assert roles(patient=["P1", "P2"], age=[3, 4])["patient"] == "patient id"
    assert roles(district=["A", "B"], patient=[30, 40]) == {"district": "region", "patient": "demand"}
    assert roles(**{"Patient no": [1, 2], "need": [0, 1]})["Patient no"] == "patient id"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Nurses (FTE)", "existing:nurses"),
        ("Maximum number of beds", "cap:beds"),
        ("Bed capacity", "existing:bed"),
        ("Population 2023 (est.)", "population"),
        ("Pop (2020)", "population"),
        ("Physicians per 1000", "ignored"),
    ],
)
def test_what_is_said_beside_a_word_does_not_hide_it(name: str, role: str) -> None:
    assert roles(County=["A", "B"], demand=[3, 4], **{name: [10, 25]})[name] == role


@pytest.mark.parametrize("name", ["Expected demand (patients/year)", "ED visits", "Unmet need", "Waiting list"])
def test_need_is_known_by_whatever_is_counted(name: str) -> None:
    assert roles(**{"ADM2_EN": ["A", "B"], name: [10, 25]}) == {"ADM2_EN": "region", name: "demand"}


def test_a_postal_code_names_the_region_where_nothing_else_does() -> None:
    assert roles(zip=["01234", "02345"], cases=[3, 4]) == {"zip": "region", "cases": "demand"}
    told = roles(**{"ZIP code": [1234, 2345], "hospital": ["A", "B"], "cases": [3, 4]})
    assert told == {"ZIP code": "ignored", "hospital": "region", "cases": "demand"}


@pytest.mark.parametrize(
    ("places", "need", "role"),
    [
        (["A", "B"], [10, 50], "demand"),
        (["A", "B", "C"], [7, 7, 3], "demand"),
        (["A"], [1.5], "demand"),
        (["A", "B"], [0, 1], "need"),
        (["A", "B"], ["yes", "no"], "need"),
        (["A", "B", "A"], [1, 2, 2], "need"),
    ],
)
def test_other_numbers_than_0_and_1_say_how_many_need_care_where_each_row_is_another_region(
    places: list[object], need: list[object], role: str
) -> None:
    found = roles(region=places, need=need, beds=[4] * len(need))
    assert found == {"region": "region", "need": role, "beds": "existing:beds" if role == "demand" else "feature"}


def test_the_weight_of_a_body_is_no_sampling_weight() -> None:
    given_roles = roles(weight=[70, 80], weight_kg=[70, 80], body_weight=[70, 80], need=[0, 1])
    assert set(given_roles.values()) == {"feature", "need"}


def test_a_sampling_weight_is_one_in_a_table_of_patients() -> None:
    assert roles(sample_weight=[1.5, 2.0], need=[0, 1])["sample_weight"] == "weight"


@pytest.mark.parametrize("name", ["value", "OBS_VALUE", "count", "admissions", "attendances", "arrivals", "数值"])
def test_a_number_beside_a_date_is_demand_whatever_it_counts(name: str) -> None:
    found = roles(region=["A", "B"], week=["2020-01-05", "2020-01-12"], **{name: [1.0, 2.0]})
    assert (found["week"], found[name]) == ("date", "demand")


def test_a_value_beside_a_date_is_demand() -> None:
    assert roles(region=["A", "B"], week=["2020-01-05", "2020-01-12"], value=[1.0, 2.0])["value"] == "demand"
    assert roles(region=["A", "B"], date=["2020-01-05", "2020-01-12"], visits=[1, 2])["visits"] == "demand"


@pytest.mark.parametrize("named", ["demand", "Cases per week", "Persons in need"])
def test_a_value_beside_a_demand_by_any_name_is_none(named: str) -> None:
    found = roles(week=["2020-01-05", "2020-01-12"], region=["A", "B"], value=[1.0, 2.0], **{named: [3, 4]})
    assert (found["value"], found[named]) == ("value", "demand")


@pytest.mark.parametrize(
    ("district", "region"),
    [(["x", "x", "y"], "district"), (["x", "z", "y"], "district"), (["x", "x", "x"], "province")],
)
def test_the_smaller_regions_are_those_that_stand_behind_or_are_more(district: list[str], region: str) -> None:
    found = roles(province=["A", "A", "B"], district=district, population=[1, 2, 3])
    assert [name for name, role in found.items() if role == "region"] == [region]


def test_where_several_columns_name_each_row_the_first_of_them_is_the_region() -> None:
    found = roles(municipality=["A", "B", "C"], district=["x", "y", "z"], population=[1, 2, 3])
    assert (found["municipality"], found["district"]) == ("region", "ignored")


def test_a_value_beside_no_date_or_beside_a_demand_is_the_value_of_serving() -> None:
    assert roles(region=["A", "B"], demand=[1, 2], value=[1.0, 2.0])["value"] == "value"
    assert roles(week=[1, 2], value=[1.0, 2.0], demand=[1, 2])["value"] == "value"


def test_words_for_demand_in_a_table_of_patients_are_features() -> None:
    given_roles = roles(date=["2020-01-05", "2020-01-12"], value=[1, 2], visits=[3, 4], population=[5, 6], need=[0, 1])
    assert [given_roles[name] for name in ("value", "visits", "population")] == ["feature"] * 3


@pytest.mark.parametrize("name", ["Patient ID", "patient-id", "PatientId", "PATIENT_ID", " patient.id "])
def test_names_are_recognised_however_their_words_are_joined(name: str) -> None:
    assert roles(**{name: [1, 2], "need": [0, 1]})[name] == "patient id"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("beds", "existing:beds"),
        ("Existing Beds", "existing:beds"),
        ("current_nurses", "existing:nurses"),
        ("现有床位", "existing:床位"),
        ("existing_beds_invented", "existing:beds"),
        ("cap_beds", "cap:beds"),
        ("space_for_beds", "cap:beds"),
        ("space", "space"),
        ("空间", "space"),
        ("requirement_beds", "requirement:beds"),
        ("cost_beds", "cost:beds"),
        ("Unit Cost Beds", "cost:beds"),
        ("locked_beds", "locked:beds"),
        ("单位成本_床位", "cost:床位"),
        ("cost_per_day", "ignored"),
        ("cost_2019", "ignored"),
        ("beds_per_1000", "ignored"),
        ("existing_beds_per_1000", "ignored"),
        ("beds_year", "ignored"),
    ],
)
def test_units_are_recognised_and_rates_are_no_units(name: str, role: str) -> None:
    assert roles(region=["A", "B"], demand=[1, 2], **{name: [3, 4]})[name] == role


def test_chinese_names_are_recognised() -> None:
    assert list(roles(省份=["北京", "上海"], 人口=[1, 2], 需求=[1, 2], 经度=[1.0, 2.0]).values()) == [
        "region",
        "population",
        "demand",
        "longitude",
    ]


@pytest.mark.parametrize(
    ("place", "needed", "there", "resource"),
    [
        ("District name", "Expected admissions per year", "Staffed beds", "beds"),
        ("Distretto", "Ricoveri attesi", "Posti letto", "posti letto"),
        ("Distrito", "Casos esperados", "Camas disponibles", "camas"),
        ("Nom de la commune", "Nombre d'hospitalisations prévues", "Nombre de médecins", "médecins"),
        ("Município", "Internações hospitalares", "Leitos existentes", "leitos"),
        ("Landkreis", "Erwartete Fälle", "Anzahl Betten", "betten"),
        ("医院", "预计住院人数", "护士人数", "护士人数"),
    ],
)
def test_regions_need_and_what_is_there_are_recognised_in_many_languages(
    place: str, needed: str, there: str, resource: str
) -> None:
    found = roles(**{place: ["A", "B"], needed: [10, 20], there: [3, 4], "Fax": [1, 2]})
    assert list(found.values()) == ["region", "demand", f"existing:{resource}", "ignored"]


@pytest.mark.parametrize(
    "name", ["Ingresos", "Total cases", "Cases per 1000", "Change of admissions", "Beds needed", "Besoins en lits %"]
)
def test_income_sums_rates_and_what_is_lacking_are_neither_need_nor_there(name: str) -> None:
    assert roles(region=["A", "B"], **{name: [3, 4]})[name] == "ignored"


def test_what_is_expected_is_need_before_what_was_and_the_smallest_regions_are_planned_for() -> None:
    columns = {"Province": ["N", "N", "S"], "District": ["A", "B", "C"], "Admissions": [1, 2, 3]}
    assert list(roles(**columns).values()) == ["ignored", "region", "demand"]
    assert roles(**columns, **{"Expected admissions": [4, 5, 6]})["Expected admissions"] == "demand"
    # a word that stands across others is a resource, too
    assert roles(county=["A", "B"], cases=[1, 2], **{"Beds2020 open": [3, 4]})["Beds2020 open"] == "existing:beds"
    assert roles(patient_id=[1, 2], county=["A", "B"], admissions=[0, 3])["admissions"] == "ignored"


def test_a_need_has_at_most_two_values() -> None:
    assert roles(target=[0, 1, 2], need=[0, 1, 1])["target"] == "feature"


def test_two_columns_of_one_resource_are_not_both_its_units() -> None:
    assert list(roles(demand=[1, 2], beds=[1, 2], existing_beds=[3, 4]).values()) == [
        "demand",
        "existing:beds",
        "ignored",
    ]


def test_one_column_such_as_demand_beds_is_the_demand() -> None:
    assert list(roles(region=["A", "B"], demand_beds=[1, 2], existing_nurses=[1, 2]).values()) == [
        "region",
        "demand",
        "existing:nurses",
    ]


def test_several_of_them_say_that_every_resource_has_persons_of_its_own() -> None:
    assert list(roles(region=["A", "B"], demand_beds=[1, 2], demand_nurses=[3, 4]).values()) == [
        "region",
        "demand:beds",
        "demand:nurses",
    ]


def test_a_demand_beside_its_interval_or_its_parts_stays_the_demand() -> None:
    assert list(roles(region=["A", "B"], demand=[1, 2], demand_low=[0, 1], demand_high=[2, 3]).values()) == [
        "region",
        "demand",
        "ignored",
        "ignored",
    ]
    assert roles(demand_beds=[1, 2], demand_nurses=[3, 4], demand=[4, 6])["demand"] == "demand"


def test_what_is_said_of_resources_in_a_table_of_patients_is_a_feature() -> None:
    assert set(roles(need=[0, 1], cost_beds=[1, 2], demand_a=[1, 2], demand_b=[1, 2], space=[1, 2]).values()) == {
        "need",
        "feature",
    }


def test_text_is_no_population() -> None:
    assert roles(region=["A", "B"], population=["many", "few"], demand=[1, 2])["population"] == "ignored"


NAME = st.sampled_from(
    [*(word for words in NAMES.values() for word in words.split("|") if word.isidentifier()), "beds", "existing_beds"]
    + ["cap_beds", "value", "visits", "x", "demand_beds", "demand_nurses", "demand beds", "cost_beds", "locked_x"]
)


@settings(max_examples=80)
@given(st.dictionaries(NAME, st.sampled_from([[0, 1, 0], [1.5, 2.5, 3.5], ["a", "b", "c"]]), min_size=1, max_size=8))
def test_suggestions_are_always_roles_that_fit_together(columns: dict[str, list[object]]) -> None:
    frame = pd.DataFrame(columns)
    suggested = suggest_roles(frame)
    assert list(suggested) == list(frame.columns)
    assert all(role.split(":")[0] in (*ROLES, *PER_RESOURCE) for role in suggested.values())
    single = [role for role in suggested.values() if role in SINGLE or role.split(":")[0] in PER_RESOURCE]
    assert len(single) == len(set(single))
    table = Table(frame, suggested, Source("t", ""))
    assert dict(table.with_roles(suggested).roles) == suggested


@pytest.mark.parametrize("rival", ["demand_low", "demand_growth_pct", "demand_per_1000", "demand_2019", "Demand index"])
def test_a_column_that_is_called_like_a_role_has_it_wherever_it_stands(rival: str) -> None:
    for names in ((rival, "demand"), ("demand", rival)):
        assert roles(region=["A", "B"], **{name: [1, 2] for name in names})["demand"] == "demand"


@pytest.mark.parametrize("name", ["demand_per_1000", "demand_percent", "demand_growth", "demand_rate", "demand index"])
def test_a_rate_or_an_index_is_no_number_of_persons(name: str) -> None:
    assert roles(region=["A", "B"], **{name: [1, 2]})[name] == "ignored"


def test_names_as_people_write_them_are_recognised() -> None:
    found = suggest_roles(
        pd.DataFrame(
            {
                "District": ["A", "B"],
                "Population 2024": ["1,446,970", "2,314,096"],
                "Beds (existing)": [4, 5],
                "Number of nurses": [1, 2],
                "Staffed ventilators": [1, 2],
                "Demand (people/yr)": [10, 20],
                "Deprivation quintile": [1, 2],
            }
        )
    )
    assert list(found.values()) == [
        *("region", "population", "existing:beds", "existing:nurses", "existing:ventilators", "demand", "ignored")
    ]


def test_the_smallest_regions_are_the_regions_in_whatever_language() -> None:
    frame = pd.DataFrame({"Região": ["N", "N", "S"], "Município": ["a", "b", "c"], "Casos": [1, 2, 3]})
    assert suggest_roles(frame) == {"Região": "ignored", "Município": "region", "Casos": "demand"}
    frame = pd.DataFrame({"Bundesland": ["x", "y"], "Kreis": ["a", "b"], "Einwohner": [1, 2], "Betten": [3, 4]})
    assert list(suggest_roles(frame).values()) == ["region", "ignored", "population", "existing:betten"]


def test_a_number_of_rows_beside_regions_is_no_patient() -> None:
    assert roles(id=[1, 2], region=["A", "B"], demand=[3, 4])["id"] == "ignored"
    assert roles(id=[1, 2], region=["A", "B"], need=[0, 1])["id"] == "patient id"


def test_of_several_years_the_last_one_is_used() -> None:
    given_roles = suggest_roles(
        pd.DataFrame({"region": ["A", "B"], "Cases 2022": [1, 2], "Cases 2023": [3, 4], "Beds 2021": [1, 1]})
    )
    assert list(given_roles.values()) == ["region", "ignored", "demand", "existing:beds"]


@pytest.mark.parametrize(
    ("beside", "role"),
    [
        ({"region": ["A", "B"]}, "demand"),
        ({"region": ["A", "B"], "beds": [3, 4]}, "value"),
        ({"region": ["A", "B"], "demand": [3, 4]}, "value"),
        ({"region": ["A", "B"], "population": [3, 4]}, "value"),
        ({"other": ["A", "B"]}, "ignored"),
    ],
)
def test_what_weighs_people_is_their_number_where_it_stands_alone(beside: dict[str, list[object]], role: str) -> None:
    assert roles(**beside, priority=[1, 2])["priority"] == role
