import subprocess
import sys

import pytest

from medalloc.networks.backend import available, library

ASKED = """
import sys
sys.modules[{missing!r}] = None
from medalloc.errors import SourceError
from medalloc.networks.backend import available, library
print(bool(available()), available().reason)
try:
    library()
except SourceError as error:
    print(error)
"""

OTHER_BACKEND = """
import os
os.environ["KERAS_BACKEND"] = "numpy"
from medalloc.errors import SourceError
from medalloc.networks.backend import library
try:
    library()
except SourceError as error:
    print(error)
"""


def run(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_asking_loads_nothing() -> None:
    script = "import sys\nfrom medalloc.networks.backend import available\navailable()\nprint('keras' in sys.modules)"
    assert run(script) == ["False"]


@pytest.mark.parametrize("missing", ["keras", "jax"])
def test_what_is_missing_is_named_and_nothing_fails(missing: str) -> None:
    asked, raised = run(ASKED.format(missing=missing))
    assert asked == f"False {raised}"
    assert missing in raised and "everything else works" in raised


def test_another_backend_is_refused_with_what_to_do() -> None:
    (said,) = run(OTHER_BACKEND)
    assert "started with numpy; set KERAS_BACKEND to jax" in said


def test_networks_compute_with_jax() -> None:
    assert available()
    assert library().backend.backend() == "jax"
