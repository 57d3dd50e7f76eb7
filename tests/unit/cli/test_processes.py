"""Other tests do commands in their own process; here each is one of its own, as a shell starts it."""

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from medalloc.cli.entry import COMMANDS

ROOT = Path(__file__).parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]

TABLES = {
    "regions.csv": ["region,demand", "North,30", "South,10"],
    "patients.csv": ["id,region,age,need", *(f"{n},{'NS'[n % 2]},{n * 7 % 50},{n * 7 % 50 // 25}" for n in range(120))],
    "counts.csv": ["region,date,count", *(f"{'NS'[n % 2]},2024-{n // 2 % 12 + 1:02},{n % 7}" for n in range(24))],
}
PLACED = "--resource beds=18"
LEARNT = "{at}/patients.csv --id id --target need --model logistic"
STUDY = f"study {{at}}/regions.csv {PLACED} --out {{at}}/study.json"
DONE = {
    "read": ["read {at}/regions.csv"],
    "need": [f"need {LEARNT}"],
    "score": [f"need {LEARNT} --save {{at}}/model.medalloc", "score {at}/patients.csv --with {at}/model.medalloc"],
    "forecast": ["forecast {at}/counts.csv --model naive --horizon 1"],
    "surge": ["surge --population 100000 --infected-hospitalized 20"],
    "allocate": [f"allocate {{at}}/regions.csv {PLACED}"],
    "plan": [f"plan {LEARNT} --region region {PLACED}"],
    "prioritise": ["prioritise sample_data/patients_waiting.csv --units 9"],
    "pseudonymise": ["pseudonymise {at}/patients.csv --out {at}/own.csv --key {at}/regions.csv"],
    "study": [STUDY],
    "pack": [STUDY, "pack {at}/study.json --out {at}/study.medalloc"],
    "run": [STUDY, "run {at}/study.json"],
    "what-if": [STUDY, "what-if {at}/study.json --change demand=+10%"],
    "watch": [
        f"study {{at}}/counts.csv {PLACED} --forecaster naive --out {{at}}/study.json",
        "watch {at}/study.json --replay {at}/counts.csv --speed 1000 --last 1 --json",
    ],
    "report": [STUDY, "report {at}/study.json --out {at}/plan.html"],
    "verify": [STUDY, "report {at}/study.json --out {at}/plan.pdf", "verify {at}/plan.pdf"],
    "check": [f"{STUDY} --promise 'coverage >= 10%'", "check {at}/study.json"],
    "workspace": ["workspace --at {at}/kept list"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_in_a_process_of_its_own_says_what_it_says_here(command: str, run: Run, tmp_path: Path) -> None:
    for name, lines in TABLES.items():
        (tmp_path / name).write_text("\n".join(lines))
    for line in DONE[command]:
        arguments = shlex.split(line.format(at=tmp_path))
        here = run(*arguments)
        assert here.returncode == 0, here.stderr
    alone = in_its_own(*arguments)
    assert (alone.returncode, alone.stdout) == (0, here.stdout), alone.stderr


def test_a_fault_in_a_process_of_its_own_is_the_sentence_that_it_is_here(run: Run) -> None:
    here, alone = run("read", "no_such_file.csv"), in_its_own("read", "no_such_file.csv")
    assert (alone.returncode, alone.stdout, alone.stderr) == (2, "", here.stderr)


def in_its_own(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Do a command as a shell does, with every warning a fault."""
    command = [sys.executable, "-W", "error", "-m", "medalloc", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
