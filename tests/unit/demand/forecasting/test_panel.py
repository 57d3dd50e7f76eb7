import numpy as np


def test_a_panel_cut_short_is_that_of_the_time(weeks):
    panel = weeks()
    before = panel.until(100)
    np.testing.assert_array_equal(before.filled, panel.filled[:, :100])
    assert before.length == 100
    assert list(before.dates) == list(panel.dates[:100])
    assert np.isfinite(before.filled).all()
