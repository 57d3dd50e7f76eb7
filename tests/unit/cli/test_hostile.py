"""Commands on full disks, told to end, or given what nobody saved."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
REGIONS = "region,demand\n" + "".join(f"Region number {each},{7**each % 1009 + 0.37}\n" for each in range(400))
RESOURCE = ("--resource", "beds=10")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file there")
def test_a_plan_for_which_there_is_no_room_leaves_the_old_one_whole(table: Callable[..., str], tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    out.write_text("old")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); import medalloc.__main__"
    ended = subprocess.run(
        [sys.executable, "-c", f"{limited}; medalloc.__main__.main()", "allocate", table(REGIONS), *RESOURCE]
        + ["--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.endswith(f"“{out}” cannot be written: file too large.\n"), ended.stderr
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.csv", "regions.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_command_that_is_told_to_end_removes_what_was_temporary(tmp_path: Path) -> None:
    asked = ["plan", str(ROOT / "sample_data" / "patients_rand_hie.csv"), "--target", "need", "--region", "region"]
    with subprocess.Popen(
        [sys.executable, "-m", "medalloc", *asked, "--id", "patient_id", *RESOURCE],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as command:
        while not list(tmp_path.glob("medalloc-*/*/request.json")) and command.poll() is None:
            time.sleep(0.01)
        command.send_signal(signal.SIGTERM)
        assert command.wait(timeout=20) == 143
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", ["[" * 100_000 + "]" * 100_000, '{"steps": ' + "[" * 500 + "]" * 500 + "}", "1e999"]
)
def test_a_recipe_or_study_of_endless_depth_is_a_sentence(
    content: str, run: Callable[..., subprocess.CompletedProcess[str]], table: Callable[..., str]
) -> None:
    hostile = table(content, "hostile.json")
    for arguments in (
        ("run", hostile),
        ("need", table("age,need\n1,0\n2,1\n"), "--target", "need", "--recipe", hostile),
    ):
        ended = run(*arguments)
        assert ended.returncode == 2
        assert ended.stderr.count("\n") == 1, ended.stderr
