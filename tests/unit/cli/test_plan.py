from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")

Answer = Callable[..., dict[str, Any]]


def test_plan_goes_from_patients_to_regions_in_one_go(answer: Answer) -> None:
    found = answer(
        "plan",
        PATIENTS,
        *("--target", "need", "--id", "patient_id", "--region", "region", "--model", "logistic"),
        *("--regions", str(SAMPLES / "regions_rand_hie.csv")),
        *("--resource", "beds=4000", "--requirement", "beds=0.01", "--policy", "proportional"),
    )
    assert (found["status"], len(found["regions"])) == ("rule", 6)
    assert 1_400_000 < found["demand"] < 1_900_000
    assert 0 <= found["gap"] < 1
