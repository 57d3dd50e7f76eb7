import pytest

from medalloc.allocation.highs import new_solver
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

TWO = Problem(
    ("A", "B", "C"),
    [30, 10, 20],
    (Resource("beds", 20, unit_cost=2), Resource("nurses", 15, 2.0)),
    existing=[[5, 1], [0, 9], [3, 0]],
    budget=20,
)
WHOLE = Problem(("A", "B"), [30, 10], (Resource("beds", 20.5, whole=True),))


@pytest.mark.parametrize("order", [(TWO, WHOLE, TWO), (WHOLE, TWO, WHOLE)])
def test_solvers_of_one_process_agree_whichever_comes_first_and_print_nothing(order, capfd):
    values = [solve(each).value for each in order]
    assert values[0] == values[2]
    assert capfd.readouterr().out == ""


def test_every_solver_asks_for_one_thread():
    for made in (new_solver(), new_solver(solver="simplex", presolve="off"), new_solver(mip_rel_gap=1e-6)):
        assert made.getOptionValue("threads")[1] == 1
        assert made.getOptionValue("output_flag")[1] is False


def test_an_option_that_is_refused_is_a_bug_that_surfaces():
    with pytest.raises(RuntimeError, match="no_such_option"):
        new_solver(no_such_option=1)
