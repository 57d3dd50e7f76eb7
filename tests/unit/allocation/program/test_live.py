from medalloc.allocation.program.live import _stage


def test_what_a_search_may_still_gain_is_told_in_percent() -> None:
    assert "may still gain 1.5%" in str(_stage(0.015))
    assert "best plan" in str(_stage(float("inf")))
