"""What was chosen is one file, and whoever asks it gets the same answer."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medalloc.allocation.explaining.answer import answer_json
from medalloc.cli.answering import read_study
from medalloc.cli.chosen import asked
from medalloc.errors import InputError, MedallocError, SourceError
from medalloc.study import Answers, Study
from medalloc.study.steps import demands, needs, plans

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS, PLACES, WORLD, COUNTIES, COUNTS = (
    str(SAMPLES / f"{name}.csv")
    for name in ("patients_rand_hie", "regions_rand_hie", "regions_world", "regions_us_counties", "weekly_boston_flu")
)
NAMED = ("--target", "need", "--region", "region", "--id", "patient_id", "--regions", PLACES)
BEDS = ("--resource", "beds=100000", "--requirement", "beds=0.01")

Run = Callable[..., subprocess.CompletedProcess[str]]
Answer = Callable[..., dict[str, Any]]


@pytest.fixture
def studied(run: Run, tmp_path: Path) -> Callable[..., Path]:
    def studied(*options: str) -> Path:
        out = tmp_path / "study.json"
        ended = run("study", *options, "--out", str(out))
        assert ended.returncode == 0, ended.stderr
        return out

    return studied


def changed(file: Path, part: str, /, **entries: Any) -> Path:
    """Write other entries into a part of a saved study."""
    study = json.loads(file.read_text("utf-8"))
    study[part] |= entries
    file.write_text(json.dumps(study), "utf-8")
    return file


def directly(file: Path, *long: Any) -> dict[str, Any]:
    """Return the plan of a study as whoever asks its steps gets it."""
    answers = read_study(file)
    for step in long:
        answers = answers.after(answers.study, (answers.submit(step), *answers.tickets))
    return json.loads(json.dumps(answer_json(answers(plans.plan))))


@pytest.mark.parametrize(
    ("options", "long"),
    [
        ((PATIENTS, *NAMED), (needs.training,)),
        ((PATIENTS, *NAMED, "--model", "boosting", "--floor", "0.2", "--policy", "alpha:1.1234567"), (needs.training,)),
        ((WORLD, "--policy", "max-min"), ()),
        ((COUNTIES, "--budget", "1e9", "--policy", "proportional"), ()),
        ((COUNTS, "--horizon", "2", "--forecaster", "ridge"), (demands.outlook,)),
    ],
)
def test_a_study_asked_directly_and_by_command_agree_to_the_last_digit(
    options: tuple[str, ...], long: tuple[Any, ...], studied: Callable[..., Path], answer: Answer
) -> None:
    file = studied(*options)
    by_command, plan = answer("run", str(file)), directly(file, *long)
    # beside the plan stands what it was learnt from and what must be known of it
    assert {key: by_command[key] for key in plan} == plan and isinstance(by_command["notes"], list)


@pytest.mark.parametrize(
    "options",
    [
        ("allocate", WORLD, *BEDS, "--floor", "0.1", "--set", "China:locked:beds=7", "--repair", "all"),
        ("allocate", WORLD, *BEDS, "--column", "demand=population", "--policy", "alpha:0.3"),
        ("plan", PATIENTS, *NAMED, *BEDS, "--column", "existing:beds=existing_clinicians_invented"),
    ],
)
def test_a_command_is_a_study_that_is_run(
    options: tuple[str, ...], studied: Callable[..., Path], answer: Answer
) -> None:
    assert answer(*options) == answer("run", str(studied(*options[1:])))


def test_with_no_model_named_the_comparison_chooses_as_on_the_screens(run: Run) -> None:
    asked = ("plan", PATIENTS, *NAMED[:6], "--features-only", "--resource", "beds=10", "--json")
    ended, named = run(*asked), run(*asked, "--model", "logistic")
    by_name, as_named = (
        {each["region"]: each["demand"] for each in json.loads(each.stdout)["regions"]} for each in (ended, named)
    )
    assert by_name == pytest.approx(as_named, rel=1e-12)
    # boosting says 218.6; on processors of two kinds the fit ends 3e-7 apart
    assert by_name["Charleston SC"] == pytest.approx(225.1256, rel=1e-6)
    assert "The simplest of them is chosen: logistic" in ended.stderr


def test_a_column_that_knows_the_answer_is_warned_of_beside_the_plan(run: Run, table: Callable[..., str]) -> None:
    rows = "".join(f"{n},{'NS'[n % 2]},{n * 7 % 50},{n // 3 % 2},{n // 3 % 2 * 5 + 1}\n" for n in range(240))
    file = table("id,region,age,need,paid\n" + rows, "patients.csv")
    asked = ("--target", "need", "--region", "region", "--id", "id", "--model", "logistic", "--resource", "beds=9")
    ended = run("plan", file, *asked, "--json")
    assert ended.returncode == 0 and "paid" in ended.stderr
    assert len(ended.stdout.splitlines()) == 1


def test_what_is_placed_as_an_example_is_said(studied: Callable[..., Path], run: Run) -> None:
    assert "Nothing was said of what is placed; an example is: beds=" in run("run", str(studied(WORLD))).stderr


def test_a_study_is_read_where_it_lies_and_names_its_files_from_there(
    table: Callable[..., str], tmp_path: Path
) -> None:
    file = Path(table("region;demand\nNord;3\n"))
    (tmp_path / "deeper").mkdir()
    answers = asked(file, tmp_path / "deeper", {"stock": ("beds=2",), "delimiter": ";"})
    assert answers.study.data.file_name == "../regions.csv"
    assert answers(plans.plan) is not None


def test_every_option_is_a_choice_of_the_study(table: Callable[..., str]) -> None:
    file = Path(table("region,demand\nA:B,3\nC,\n"))
    chosen = {
        "repair": ("missing:demand",), "changes": ("A:B:cap:beds=1", "A:B:space=unlimited"), "model": ("forest", "mlp"),
        "model_options": ("forest:trees=9",), "optimizer": "sgd", "seed": 7, "calibration": "sigmoid", "floor": 0.1,
        "recipe": "article",
    }  # fmt: skip
    study = asked(file, file.parent, chosen).study
    assert study.data.repairs == (("missing", "demand"),)
    assert study.limits.region_changes == {"A:B": {"cap:beds": 1.0, "space": None}}
    assert study.need.models == ("forest", "mlp") and study.need.model is None
    assert study.need.model_options == {"forest": {"trees": 9.0}, "mlp": {"optimizer": "sgd"}}
    assert (study.need.seed, study.need.calibration, study.limits.floor) == (7, "sigmoid", 0.1)
    assert study.preparation.recipe is not None and study.preparation.recipe["name"] == "article"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"changes": ("D:cap:beds=1",)}, "there is no region “D”; known are: A, C"),
        ({"changes": ("A=1",)}, "write REGION:ROLE=NUMBER"),
        ({"changes": ("A:colour=1",)}, "write REGION:ROLE=NUMBER"),
        ({"changes": ("A:floor=much",)}, "write REGION:ROLE=NUMBER"),
        ({"repair": ("magic",)}, "“magic” is not a repair"),
        ({"model": ("forest",), "model_options": ("forest:wheels=4",)}, "has no option “wheels”"),
        ({"model_options": ("forest:trees=4",)}, "add --model forest"),
        ({"model_options": ("trees=4",)}, "write MODEL:NAME=VALUE"),
    ],
)
def test_an_option_that_cannot_be_is_refused_when_the_study_is_made(
    chosen: dict[str, Any], said: str, table: Callable[..., str]
) -> None:
    file = Path(table("region,demand\nA,3\nC,4\n"))
    with pytest.raises(InputError, match=said):
        asked(file, file.parent, chosen)


@pytest.mark.parametrize(
    ("part", "entries", "said"),
    [
        ("limits", {"floor": "high"}, "limits.floor"),
        ("limits", {"resources": [{"name": "beds", "stock": 4, "wheels": 2}]}, "resources[0].wheels"),
        ("limits", {"resources": [{"name": "beds"}]}, "resources[0].stock"),
        ("limits", {"colour": "red"}, "limits.colour"),
        ("data", {"repairs": [["missing"]]}, "data.repairs[0]"),
        ("preparation", {"recipe": {"name": "own"}}, "recipe"),
        ("data", {"file": None}, "names no table"),
        ("data", {"file_name": "gone.csv"}, "“gone.csv” cannot be opened"),
        ("limits", {"resources": []}, "Say what is placed"),
    ],
)
def test_a_study_with_something_wrong_in_it_is_refused_in_sentences(
    part: str, entries: dict[str, Any], said: str, studied: Callable[..., Path], run: Run
) -> None:
    file = changed(studied(PATIENTS, *NAMED) if part == "preparation" else studied(WORLD), part, **entries)
    ended = run("run", str(file), "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr and "Traceback" not in ended.stderr


def test_a_cut_study_and_one_of_another_version_are_refused(studied: Callable[..., Path], run: Run) -> None:
    file = studied(WORLD)
    whole = file.read_text("utf-8")
    for text, said in ((whole[: len(whole) // 2], "is damaged"), (whole.replace('"version": 2', '"version": 9'), "9")):
        file.write_text(text, "utf-8")
        ended = run("run", str(file))
        assert (ended.returncode, ended.stdout) == (2, "") and said in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_table_that_has_changed_is_refused(table: Callable[..., str], tmp_path: Path) -> None:
    file = Path(table("region,demand\nA,3\n"))
    study = asked(file, tmp_path, {"stock": ("beds=2",)})
    file.write_text("region,demand\nA,4\n", "utf-8")
    with pytest.raises(SourceError, match="has changed since this study was made"):
        Answers(study.study, study.files, study.jobs)(plans.plan)


def test_a_model_that_was_not_trained_is_never_replaced_without_a_word(studied: Callable[..., Path], run: Run) -> None:
    file = changed(studied(PATIENTS, *NAMED, "--model", "logistic"), "need", model="oracle")
    ended = run("run", str(file))
    assert ended.returncode == 2 and "There is no model “oracle”" in ended.stderr


def test_no_library_is_loaded_before_it_is_needed() -> None:
    code = "import sys, medalloc.cli; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"sklearn", "lightgbm", "keras", "streamlit", "scipy", "highspy", "medalloc.study.story"}


def test_every_sample_named_by_a_study_of_the_screens_is_found(tmp_path: Path) -> None:
    from medalloc.jobs.here import JobsHere
    from medalloc.study.files import NamedFiles

    study = Study().changed(file="regions_world.csv", file_name="regions_world.csv")
    assert Answers(study, NamedFiles(tmp_path), JobsHere())(plans.plan) is not None
    with pytest.raises(MedallocError, match="cannot be opened"):
        Answers(study.changed(file="none.csv", file_name="none.csv"), NamedFiles(tmp_path), JobsHere())(plans.plan)
