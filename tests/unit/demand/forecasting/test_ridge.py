import numpy as np

from medalloc.demand.forecasting.ridge import PENALTY, RidgeOnLags


def test_the_weights_are_those_of_scikit_learn():
    from sklearn.linear_model import Ridge

    draw = np.random.default_rng(1)
    rows = draw.normal(3, 2, (200, 5)).astype(np.float32)
    targets = rows @ np.array([1.0, -2, 0, 0.5, 3]) + draw.normal(0, 0.1, 200)
    model = RidgeOnLags(1).learn(rows, targets)
    plain = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    other = Ridge(alpha=PENALTY).fit(plain.astype(np.float64), targets)
    np.testing.assert_allclose(model.weights, other.coef_, rtol=1e-4)
    np.testing.assert_allclose(RidgeOnLags(1).apply(model, rows), other.predict(plain), rtol=1e-3, atol=1e-3)


def test_what_is_missing_counts_as_the_mean_and_what_never_changed_counts_nothing():
    rows = np.array([[1, 5], [2, 5], [3, 5], [np.nan, 5]], dtype=np.float32)
    ridge = RidgeOnLags(1)
    model = ridge.learn(rows, np.array([1.0, 2, 3, 2]))
    found = ridge.apply(model, np.array([[2, 5], [np.nan, 5], [2, 500]], dtype=np.float32))
    assert found[0] == found[1] == found[2]
