import numpy as np

from medalloc.demand.forecasting.boosting import TREES, BoostingOnLags, _histogram_trees


def test_trees_find_what_a_line_cannot():
    draw = np.random.default_rng(1)
    rows = draw.uniform(-1, 1, (2000, 4)).astype(np.float32)
    targets = np.where(rows[:, 0] * rows[:, 1] > 0, 1.0, -1.0)
    boosting = BoostingOnLags(1)
    error = boosting.apply(boosting.learn(rows[:1500], targets[:1500]), rows[1500:]) - targets[1500:]
    assert np.abs(error).mean() < 0.4


def test_where_lightgbm_cannot_be_loaded_the_other_trees_say_about_the_same():
    draw = np.random.default_rng(1)
    rows = draw.uniform(-1, 1, (2000, 4)).astype(np.float32)
    targets = np.sin(3 * rows[:, 0]) + rows[:, 1]
    boosting = BoostingOnLags(1)
    ours = boosting.apply(boosting.learn(rows, targets), rows)
    trees = _histogram_trees(0).fit(rows, targets)
    assert trees.n_iter_ == TREES
    others = boosting.apply(trees, rows)
    assert np.corrcoef(ours, others)[0, 1] > 0.98
