"""A policy is its module and its place in the catalogue; commands and screens have it from there."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from medalloc.allocation.explaining.reasons import reason
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policies.kind import Aim, PolicyKind, Rule
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.sentences import sentence

MADE_UP = """
import sys
import medalloc.allocation.policies.catalogue as catalogue
from medalloc.allocation.policies.kind import Aim, PolicyKind
from medalloc.sentences import sentence
catalogue.CATALOGUE["nash"] = PolicyKind(
    kind="nash", name=sentence("Nash"), meaning=sentence("."), aim=lambda _: Aim(alpha=1.0), colour=("#000", "#fff")
)
from medalloc.cli import main
main()
"""


def kind(name: str, aim: Aim) -> PolicyKind:
    return PolicyKind(
        kind=name, name=sentence("A"), meaning=sentence("B"), aim=lambda _: aim, colour=("#000000", "#ffffff")
    )


def problem(policy: str) -> Problem:
    return Problem(("North", "South"), [90, 10], (Resource("beds", stock=20),), value=[1, 3], policy=policy)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_policy_is_told_in_words_of_its_own(name):
    each, others = CATALOGUE[name], [other for other in CATALOGUE.values() if other.kind != name]
    assert each.kind == name
    assert all(str(said).endswith(".") for said in (each.meaning, each.value))
    assert not [other for other in others if other.name == each.name or other.meaning == each.meaning]


def test_a_made_up_policy_of_a_known_aim_is_solved_by_what_it_aims_at(monkeypatch):
    monkeypatch.setitem(CATALOGUE, "nash", kind("nash", Aim(alpha=1.0)))
    assert np.array_equal(solve(problem("nash")).units, solve(problem("alpha:1")).units)


def test_a_made_up_rule_is_followed_and_says_its_own_reason(monkeypatch):
    by_root = Rule(lambda _, in_need: np.sqrt(in_need), lambda names: sentence("its root of {names}", names=names))
    monkeypatch.setitem(CATALOGUE, "by-root", kind("by-root", Aim(rule=by_root)))
    plan = solve(problem("by-root"))
    assert plan.status == "rule" and plan.units[:, 0] == pytest.approx([15, 5])
    assert "its root of beds" in str(reason(plan, 0))


def made_up(*arguments: str) -> str:
    ended = subprocess.run([sys.executable, "-c", MADE_UP, *arguments], capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


def test_a_made_up_policy_is_in_the_help_and_is_followed_by_a_command(tmp_path: Path):
    table = tmp_path / "regions.csv"
    table.write_text("region,demand\nNorth,90\nSouth,10\n")
    assert "nash" in made_up("allocate", "--help")
    said = made_up("allocate", str(table), "--resource", "beds=20", "--policy", "nash")
    assert "North" in said and "policy" not in said
