"""A shape of one's own: what is wrong with it is said at once, and whatever it says, nobody is lost or twice there."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.cli.entry import commands
from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.catalogue import KNOWN, shaped
from medalloc.tables.shapes.engine import read_as
from medalloc.tables.shapes.patterns import found
from medalloc.tables.shapes.shape import Measure, Shape
from medalloc.tables.table import Source, Table

OWN = {
    "version": 1,
    "name": "wards",
    "title": "Our wards",
    "columns": ["ward", "*patients"],
    "region": ["ward"],
    "drop": {"ward": ["all wards"]},
    "measures": [{"role": "demand", "columns": ["*patients"]}],
}
WARDS = "ward,in patients,out patients\nA,10,3\nB,20,4\nall wards,30,7\n"


def test_every_known_shape_is_data_and_comes_back_from_it() -> None:
    for each in KNOWN:
        assert Shape.from_json(json.loads(json.dumps(each.to_json()))) == each


def test_a_file_of_one_s_own_is_used_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(json.dumps(OWN), "utf-8")
    (tmp_path / "wards.csv").write_text(WARDS, "utf-8")
    file, own = str(tmp_path / "wards.csv"), ["--shape", str(tmp_path / "own.json")]
    study = str(tmp_path / "study.json")
    for command in (["study", file, *own, "--resource", "beds=5", "--out", study], ["run", study, "--json"]):
        ended = CliRunner().invoke(commands, command, catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
    plan = json.loads(ended.stdout)
    assert {each["region"]: each["demand"] for each in plan["regions"]} == {"A": 13, "B": 24}
    assert any(each.startswith("Read as: Our wards.") for each in plan["notes"])
    assert "Our wards" in CliRunner().invoke(commands, ["read", file, *own]).output


def test_every_fault_of_a_shape_is_said_at_once() -> None:
    wrong = {**OWN, "columns": [], "region": ["*a*b*c*d"], "measures": [{"role": "bedz", "columns": ["x|{it}"]}]}
    with pytest.raises(InputError) as error:
        Shape.from_json(wrong)
    said = [str(each) for each in error.value.faults]
    assert len(said) == 4
    assert any("“columns” is empty" in each for each in said)
    assert any("bedz" in each for each in said)
    assert any("more than 3 open places" in each for each in said)
    with pytest.raises(InputError, match=r"measures\[0\]\.role"):
        Shape.from_json({**OWN, "measures": [{"role": 3, "columns": ["x"]}]})


def test_an_unknown_shape_and_one_that_does_not_fit_are_refused() -> None:
    table = read_bytes(WARDS.encode(), "wards.csv")
    with pytest.raises(InputError, match="dhis2-pivot"):
        shaped(table, "dhis9")
    with pytest.raises(InputError, match=r"country name, .* is missing"):
        shaped(table, "world-bank")


def test_a_pattern_takes_no_time_to_fail() -> None:
    # tried in every way, this would last longer than the universe with more open places
    assert found("*a*a*a", "a" * 119 + "b") is None


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["A", "B", "2024-01", "2024-02", "2024W5", "3", "-5", "x", "<5", "Total"]),
    st.integers(0, 9),
)
NAMES = st.sampled_from(["where", "when", "what", "number", "2024-01", "2024-02", "visits 2024-01", "item", "period"])


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    names, rows = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True)), draw(st.integers(1, 6))
    made = {name: draw(st.lists(CELLS, min_size=rows, max_size=rows)) for name in names}
    return pd.DataFrame(made).astype("str").where(pd.DataFrame(made).notna())


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    columns = st.one_of(NAMES, st.just("*"), st.just(""))
    cells = st.dictionaries(NAMES, st.lists(st.sampled_from(["A", "total", "*"]), max_size=2).map(tuple), max_size=1)
    return Shape(
        "own",
        "Own",
        ("*",),
        melt=draw(st.booleans()),
        keep=draw(cells),
        drop=draw(cells),
        path=draw(columns),
        level=draw(columns),
        item=draw(columns),
        number=draw(columns),
        region=(draw(NAMES), "where"),
        code=draw(columns),
        period=tuple(draw(st.lists(NAMES, max_size=1))),
        every=draw(st.sampled_from(["", "month"])),
        counted=draw(st.sampled_from(["", "where", "visits"])),
        latest=draw(st.booleans()),
        suppressed=draw(st.sampled_from([{}, {"<5": (1.0, 4.0)}])),
        measures=draw(
            st.sampled_from([(), (Measure("demand", ("number", "*")),), (Measure("demand", ("*",), "when"),)])
        ),
    )


@settings(deadline=None, max_examples=15)
@given(frames(), shapes())
def test_whatever_a_shape_says_of_whatever_file_it_is_a_table_or_a_sentence(frame: pd.DataFrame, shape: Shape) -> None:
    try:
        table = read_as(Table(frame, dict.fromkeys(frame.columns, "ignored"), Source("f", "")), shape)
    except InputError:
        return
    assert list(table.roles) == list(table.frame.columns)
    assert not table.frame.columns.has_duplicates
    table.with_roles({})
    when = [name for name, role in table.roles.items() if role == "date"]
    assert not table.frame.duplicated([table.required("region"), *when]).any()


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), st.integers(1, 5), st.integers(0, 99)), min_size=1)
)
def test_sums_by_region_and_period_hold_every_number_once(rows: list[tuple[str, str, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["where", "what", "month", "number"])
    frame["when"] = "2024-0" + frame["month"].astype(str)
    shape = Shape("own", "Own", ("where",), item="what", number="number", region=("where",), period=("when",))
    if frame["when"].nunique() in (2, 3):
        # of so few periods only the latest is used
        return
    table = read_as(Table(frame, dict.fromkeys(frame.columns, "ignored"), Source("f", "")), shape).frame
    for what, of_it in frame.groupby("what"):
        assert table[what].sum() == of_it["number"].sum()
