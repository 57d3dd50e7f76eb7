import csv

import pytest

CHIME = (
    "surge", "--population", "1000000", "--hospital-share", "0.01", "--market-share", "0.1", "--doubling", "2.5",
    "--infectious", "5", "--contact-reduction", "0.1", "--reduction-day", "2", "--recovered", "10", "--stay", "5",
)  # fmt: skip


def test_the_course_is_that_of_chime(answer):
    found = answer(*CHIME, "--days", "7")
    assert found["days"][-1]["infected"] == pytest.approx(5661.176365132148, abs=1e-9)
    assert found["days"][-1]["census"] == pytest.approx(6.871007705682186, abs=1e-9)
    assert found["peak"]["day"] == 7


def test_the_demand_of_regions_is_multiplied_at_the_peak(answer, run, table, tmp_path):
    regions, out = table("region,demand\nNorth,30\nSouth,10\n"), tmp_path / "out.csv"
    found = answer(*CHIME, "--days", "60", "--ordinary", "100", "--demand", regions, "--out", str(out))
    by = found["peak"]["multiplier"]
    assert by > 1
    with out.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.DictReader(read))
    assert [float(each["demand"]) for each in rows] == pytest.approx([30 * by, 10 * by])
    assert "times the ordinary one" in run(*CHIME, "--ordinary", "100").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--days", "0"), "give 1 to 3,650"),
        (("--demand", "x.csv"), "--demand needs --ordinary"),
        (("--ordinary", "0"), "ordinary demand"),
        (("--doubling", "-1", "--infectious", "0"), "infectious days"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_code_2(run, arguments, said):
    ended = run(*CHIME, *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_demand_that_is_no_number_is_told_with_its_row(run, table):
    ended = run(*CHIME, "--ordinary", "10", "--demand", table("region,demand\nNorth,3\nSouth,\n"), "--out", "x.csv")
    assert ended.returncode == 2
    assert "Row 2, column “demand”" in ended.stderr
