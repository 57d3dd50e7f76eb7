from collections.abc import Callable
from typing import Any

Answer = Callable[..., dict[str, Any]]


def test_check_obtains_every_published_number(answer: Answer) -> None:
    found = answer("check")
    assert found["agree"] == found["all"] == len(found["cases"]) > 40
    assert set(found["cases"][0]) == {"name", "inputs", "expected", "obtained", "difference", "agrees", "source"}
