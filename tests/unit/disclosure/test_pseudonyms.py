import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.disclosure.anonymity import anonymity
from medalloc.disclosure.pseudonyms import new_key, pseudonymised, suggested
from medalloc.errors import InputError

PATIENTS = pd.DataFrame(
    {
        "patient_id": ["p1", "p2", "p1"],
        "Full name": ["Ann Ash", "Bo Berg", "Ann Ash"],
        "age": [31.0, np.nan, 70.0],
        "admitted": ["2024-01-03", "2024-01-20", None],
        "region": ["North", "North", "South"],
    }
)
ROLES = {"patient_id": "patient id", "region": "region"}


def test_names_go_and_pseudonyms_tell_the_same_patients_apart_as_before() -> None:
    treatments = suggested(PATIENTS, ROLES)
    found = pseudonymised(PATIENTS, treatments, new_key()).frame
    assert list(found) == ["patient_id", "age", "admitted", "region"]
    first, second, third = found["patient_id"]
    assert first == third != second
    assert not {"p1", "p2"} & set(found["patient_id"])
    assert found["age"].tolist() == ["30-39", None, "70-79"]
    assert found["admitted"].tolist() == ["2024-01", "2024-01", None]


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others() -> None:
    one, other = new_key(), new_key()
    first, again, another = (
        pseudonymised(PATIENTS, {"patient_id": "pseudonym"}, key).frame["patient_id"].tolist()
        for key in (one, one, other)
    )
    assert first == again
    assert not set(first) & set(another)


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(InputError) as refused:
        pseudonymised(PATIENTS, {"region": "band", "Full name": "month", "ward": "leave out"}, b"key")
    assert len(refused.value.faults) == 3


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2)), min_size=1, max_size=30))
def test_k_is_the_size_of_the_smallest_group_that_is_alike(rows: list[tuple[str, int]]) -> None:
    found = anonymity(pd.DataFrame(rows, columns=["sex", "band"]), ["sex", "band"], fewest=3)
    sizes = [rows.count(each) for each in set(rows)]
    assert (found.k, found.alone) == (min(sizes), sizes.count(1))
    assert found.few == sum(each for each in sizes if each < 3)
