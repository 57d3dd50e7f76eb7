"""Explanations and groups on the Need screen: before and after training, one patient changed, groups compared."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import go, opened, sound, trained, with_sample

PATIENT = "choice_patient"


@pytest.fixture(scope="module")
def token() -> str:
    """Train once on the sample and return what finds this visit again."""
    visit = trained(with_sample(), ["logistic", "boosting"])
    sound(visit)
    return visit.query_params["visit"][0]


def again(token: str) -> AppTest:
    visit = AppTest.from_file(opened().script_path if False else "medalloc/ui/entry.py", default_timeout=120)
    visit.query_params["visit"] = token
    visit.run()
    return go(visit, "need")
