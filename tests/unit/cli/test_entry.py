import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from medalloc.cli import main
from medalloc.cli.entry import COMMANDS, commands

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")
WORLD = str(SAMPLES / "regions_world.csv")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "no_such_file.csv"], "cannot be opened"),
        (["allocate", WORLD, "--resource", "beds=many"], "NAME=NUMBER"),
        (["allocate", WORLD, "--resource", "beds=5", "--cost", "bed=3"], "No stock is given for “bed”"),
        (["allocate", WORLD], "--resource"),
        (["allocate", WORLD, "--resource", "beds=5", "--column", "demand=cases"], "no column “cases”"),
        (["allocate", PATIENTS, "--resource", "beds=5"], "“demand”"),
        (["need", PATIENTS, "--target", "nobody"], "no column “nobody”"),
        (["need", PATIENTS, "--target", "need", "--recipe", "secret"], "secret"),
        (["need", PATIENTS, "--target", "need", "--recipe", "secret.json"], "cannot be opened"),
        (["plan", str(SAMPLES / "patients_article.csv"), "--target", "need", "--resource", "beds=5"], "“region”"),
        (["allocate", WORLD, "--resource", "beds=5", "--policy", "alpha:-1"], "“alpha:-1” is no policy"),
        (["allocate", WORLD, "--resource", "beds=5", "--out", "no/such/folder/plan.csv"], "cannot be written"),
        (["allocate", WORLD, "--resource", "beds=5", "--column", "existing:doctors=population"], "existing:doctors"),
        (
            ["plan", PATIENTS, "--target", "need", "--region", "region", "--model", "logistic", "--resource", "beds=5"]
            + ["--regions", str(SAMPLES / "regions_rand_hie.csv"), "--column", "population=county"],
            "The population of “Dayton OH”",
        ),
        (["fly"], "fly"),
    ],
)
def test_bad_input_is_one_sentence_on_standard_error_and_exit_code_2(arguments: list[str], said: str, run: Run) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("called", "said"), [("/usr/bin/medalloc", "Try “medalloc"), ("medalloc/__main__.py", "Try “python -m medalloc")]
)
def test_the_program_calls_itself_as_it_was_called(
    called: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [called, "fly"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and said in capsys.readouterr().err


def test_every_command_that_is_listed_can_be_loaded_and_is_called_so() -> None:
    found = {name: commands.get_command(click.Context(commands), name) for name in COMMANDS}
    assert [each.name for each in found.values() if each is not None] == commands.list_commands(click.Context(commands))


def test_the_help_names_every_command_and_loads_none() -> None:
    code = "import sys; from medalloc.cli.entry import commands; commands(['--help'], standalone_mode=False)"
    code += "; print([each for each in sys.modules if each == 'pandas'])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {name} " in said for name in COMMANDS) and said.endswith("[]\n")
