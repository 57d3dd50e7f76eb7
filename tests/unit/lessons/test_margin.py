from itertools import pairwise

import numpy as np
import pytest
from sklearn.svm import SVC

from medalloc.lessons.margin import KERNELS, Margin, margin, picture
from medalloc.lessons.sample import Sample, few, standardised

NEAR = 1e-3


@pytest.fixture(params=KERNELS)
def found(request: pytest.FixtureRequest, two: Sample) -> Margin:
    return margin(few(two, 120, seed=1), cost=1.0, kernel=request.param)


def test_those_who_hold_the_margin_are_those_within_it_or_on_the_wrong_side(found: Margin, two: Sample) -> None:
    inside = (2.0 * few(two, 120, seed=1).need - 1) * found.decision
    assert (inside[found.supports] <= 1 + NEAR).all()
    assert (inside[~found.supports] >= 1 - NEAR).all()


def test_the_two_parts_of_the_objective_are_what_their_formulas_say(two: Sample) -> None:
    points = standardised(two.values, by=two.values)
    found, machine = margin(two, cost=2.0, kernel="linear"), SVC(C=2.0, kernel="linear").fit(points, two.need)
    assert found.flatness == pytest.approx(float(machine.coef_[0] @ machine.coef_[0]) / 2, rel=0.01)
    sides = 2.0 * two.need - 1
    by_hand = sum(max(0.0, 1 - side * at) for side, at in zip(sides, found.decision, strict=True))
    assert found.hinge == pytest.approx(by_hand)


def test_no_other_straight_border_nearby_has_a_smaller_objective(two: Sample) -> None:
    points, sides = standardised(two.values, by=two.values), 2.0 * two.need - 1
    found, machine = margin(two, cost=1.0, kernel="linear"), SVC(C=1.0, kernel="linear").fit(points, two.need)
    weights, constant = machine.coef_[0], machine.intercept_[0]
    draw = np.random.default_rng(1)
    for moved in draw.normal(0, 0.1, (200, 3)):
        tried = weights + moved[:2]
        hinge = np.maximum(0, 1 - sides * (points @ tried + constant + moved[2])).sum()
        assert found.flatness + found.hinge <= tried @ tried / 2 + hinge + 0.01


def test_a_higher_cost_never_widens_the_margin(two: Sample) -> None:
    widths = [margin(two, cost=cost, kernel="linear").width for cost in (0.01, 0.1, 1.0, 10.0)]
    assert all(later <= earlier * (1 + NEAR) for earlier, later in pairwise(widths))


def test_the_picture_holds_nearly_all_patients_and_its_rows_are_the_vertical_column(two: Sample) -> None:
    across, up, surface = picture(two, lambda places: places[:, 1], steps=9)
    assert np.mean((two.values[:, 0] > across[0]) & (two.values[:, 0] < across[-1])) >= 0.97
    assert surface.shape == (9, 9)
    assert (np.diff(surface, axis=0) > 0).all()
    assert np.allclose(surface, surface[:, :1])
    assert len(up) == 9
