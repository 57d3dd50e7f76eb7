"""A requirement that is a default is an assumption until somebody says where it is from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from medalloc.allocation.problem import Resource
from medalloc.cli.entry import commands
from medalloc.study.steps.plans import assumed_requirements, requirements_confirmed

BEDS, NURSES = Resource("beds", 10), Resource("nurses", 5, requirement=0.5)
CHOSEN = (vars(BEDS), vars(NURSES))


def test_what_nobody_chose_is_assumed_and_a_source_confirms_it_for_this_number_only() -> None:
    assumed = assumed_requirements(CHOSEN, (BEDS, NURSES), {})
    assert [str(each) for each in assumed] == [
        "Assumption: a person takes 1 of beds; that is a default, and nobody has confirmed it."
    ]
    assert len(assumed_requirements(None, (BEDS, NURSES), {})) == 2
    known = requirements_confirmed((BEDS, NURSES), (("beds", 1.0, "WHO 2010"), ("nurses", 0.4, "the ministry")))
    assert known == {"beds": "WHO 2010"}
    assert assumed_requirements(CHOSEN, (BEDS, NURSES), known) == ()


@pytest.mark.parametrize(("source", "said"), [("beds=WHO 2010", ""), ("", "Assumption: a person takes 1 of beds")])
def test_a_command_says_what_is_assumed(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "regions.csv").write_text("region,demand\nNorth,10\nSouth,20\n")
    more = ["--requirement-source", source] if source else []
    told = (
        CliRunner().invoke(commands, ["allocate", str(tmp_path / "regions.csv"), "--resource", "beds=9", *more]).output
    )
    assert ("Assumption" in told) == bool(said) and said in told


def test_a_source_of_what_is_not_placed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("region,demand\nNorth,10\nSouth,20\n")
    asked = ["allocate", str(tmp_path / "regions.csv"), "--resource", "beds=9", "--requirement-source", "cots=WHO"]
    assert "--requirement-source: write NAME=TEXT" in str(
        CliRunner().invoke(commands, asked, standalone_mode=False).exception
    )
