"""Every known shape is read right to its regions, periods and numbers, and nobody in it counts twice."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from medalloc.cli.entry import commands
from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.catalogue import KNOWN, shape_of, shaped
from medalloc.tables.table import Table
from tests.unit.tables.shapes.examples import EXAMPLES, OMOP_LOCATION, OMOP_PERSON, PATIENTS, Example, analytics, lines

OF_PERSONS = {"fhir-patients", "omop-persons"}


def table_of(text: str, name: str) -> Table:
    return read_bytes(text.encode(), name)


def read(example: Example) -> Table:
    beside = [table_of(text, name) for name, text in example.beside.items()]
    return shaped(table_of(example.text, example.name), beside=beside)


def written(example: Example, folder: Path) -> list[str]:
    """Write the files of an example and return the arguments that name them."""
    for name, text in {example.name: example.text, **example.beside}.items():
        (folder / name).write_text(text, "utf-8")
    beside = [part for name in example.beside for part in ("--beside", str(folder / name))]
    return [str(folder / example.name), *beside]


def test_every_known_shape_has_an_example() -> None:
    assert {each.name for each in KNOWN} == set(EXAMPLES) | OF_PERSONS
    assert len({each.name for each in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_is_read_to_its_regions_periods_and_numbers_without_naming_a_column(name: str) -> None:
    example = EXAMPLES[name]
    found = shape_of(table_of(example.text, example.name))
    assert found is not None and found.name == name
    table = read(example)
    frame, region, demand = table.frame, table.required("region"), table.required("demand")
    when = table.column("date")
    assert (when is not None) == bool(example.periods)
    if when is not None:
        assert sorted(set(frame[when])) == list(example.periods)
        frame = frame[frame[when] == max(frame[when])]
    # the row of a pivot table that only adding up tells is left out later
    read_out = {str(each): number for each, number in zip(frame[region], frame[demand], strict=True) if each != "Total"}
    assert read_out == pytest.approx(example.demand)
    assert any(str(each).startswith(f"Read as: {found.title}.") for each in table.notes)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_reaches_a_plan_by_command_and_no_summary_row_is_in_it(name: str, tmp_path: Path) -> None:
    example, out = EXAMPLES[name], tmp_path / "plan.csv"
    ended = (
        CliRunner().invoke(
            commands,
            ["allocate", *written(example, tmp_path), "--resource", "beds=7", "--out", str(out)],
            catch_exceptions=False,
        )
        if not example.periods
        else CliRunner().invoke(
            commands,
            ["forecast", *written(example, tmp_path), "--horizon", "1", "--model", "naive", "--out", str(out)],
            catch_exceptions=False,
        )
    )
    assert ended.exit_code == 0, ended.output
    assert "Read as: " in ended.output
    regions = set(pd.read_csv(out, dtype=str)["region"])
    assert regions == set(example.demand)
    assert not regions & set(example.left_out)


def test_bands_of_waits_become_waits() -> None:
    frame = read(EXAMPLES["nhs-rtt"]).frame.set_index("Provider Org Name")
    assert frame["waiting over 18 weeks"].to_dict() == {"AIREDALE": 2, "BRADFORD": 1}
    assert frame["waiting over 52 weeks"].to_dict() == {"AIREDALE": 1, "BRADFORD": 1}
    # two of five wait for less than a week, the third in the middle of the fourth one
    assert frame["median wait [weeks]"]["AIREDALE"] == pytest.approx(3.5)


def test_a_hidden_number_is_neither_a_zero_nor_a_million() -> None:
    table = read(EXAMPLES["hhs-facility"])
    frame, used = table.frame.set_index("state"), "inpatient_beds_used_7_day_avg"
    assert frame.loc["AL", [f"{used} (least)", f"{used} (most)"]].tolist() == pytest.approx([121.5, 123.5])
    assert frame[table.required("existing:beds")]["AL"] == pytest.approx(302.5)
    assert any("hidden" in str(each) for each in table.notes)


def test_analytics_without_names_have_those_of_the_units_beside_them() -> None:
    units = table_of(EXAMPLES["dhis2-values"].beside["units.geojson"], "units.geojson")
    table = shaped(table_of(analytics(names=False), "a.json"), beside=[units])
    assert set(table.frame[table.required("region")]) == {"Bo", "Bombali"}


def test_patients_keep_a_row_each_and_know_where_they_live() -> None:
    patients = shaped(table_of(lines(*PATIENTS), "Patient.ndjson"))
    assert patients.required("patient id") == "id" and patients.columns("feature") == ["gender", "year of birth"]
    assert patients.frame[patients.required("region")].tolist() == ["Suffolk", "Suffolk", "Essex"]
    persons = shaped(table_of(OMOP_PERSON, "person.csv"), beside=[table_of(OMOP_LOCATION, "location.csv")])
    assert persons.frame[persons.required("region")].tolist() == ["Suffolk", "Essex"]


def test_a_bundle_holds_what_its_lines_hold() -> None:
    bundle = (
        '{"resourceType": "Bundle", "entry": ['
        + ",".join(f'{{"resource": {each}}}' for each in lines(*PATIENTS).split("\n"))
        + "]}"
    )
    pd.testing.assert_frame_equal(table_of(bundle, "b.json").frame, table_of(lines(*PATIENTS), "p.ndjson").frame)


def test_regions_of_one_name_are_told_apart_by_their_codes() -> None:
    text = "period,orgunit,orgunit id,value\n2024,Central,a,3\n2024,North,b,4\n"
    pivot = EXAMPLES["dhis2-pivot"].text.replace('"Bombali"', '"Bo"')
    table = shaped(table_of(pivot, "p.csv"))
    assert {"Bo (O6uvpzGd5pu)", "Bo (fdc6uOvgoji)", "Total"} == set(table.frame[table.required("region")])
    assert shaped(table_of(text, "o.csv")).frame["value"].tolist() == [3, 4]


def test_what_has_no_known_shape_stays_as_it_is() -> None:
    table = table_of("region,demand\nNorth,1\nSouth,3\n", "r.csv")
    assert shape_of(table) is None and shaped(table) is table
    hub = table_of(EXAMPLES["nhs-ae"].text, "ae.csv")
    assert shaped(hub, "none") is hub


def test_a_pivot_table_with_periods_in_its_rows_has_its_items_in_columns() -> None:
    dimensions = [
        f"{each}{part}" for each in ("Period", "Organisation unit") for part in (" ID", "", " code", " description")
    ]
    rows = [
        f"20260{month},{name} 2026,,,{code},{unit},7,,{month},{month * 2}"
        for code, unit in (("a", "Bo"), ("b", "Kono"))
        for month, name in enumerate(("January", "February", "March", "April"), start=1)
    ]
    table = shaped(table_of("\n".join([",".join([*dimensions, "Malaria cases", "Beds"]), *rows]), "p.csv"))
    assert table.frame["Malaria cases"].tolist() == [1, 2, 3, 4] * 2
    assert table.frame[table.required("date")].tolist() == [f"2026-0{month}-01" for month in (1, 2, 3, 4)] * 2
    assert (table.required("demand"), table.required("existing:beds")) == ("Malaria cases", "Beds")


def test_months_and_quarters_in_one_file_are_not_added_up() -> None:
    text = EXAMPLES["dhis2-pivot"].text.replace("ANC 1st visit February 2026", "ANC 1st visit January - March 2026")
    table = shaped(table_of(text, "p.csv"))
    assert table.frame[table.required("demand")].tolist() == [421, 390, 811]
    assert any("overlap" in str(each) for each in table.notes)
