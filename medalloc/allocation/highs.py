"""Every HiGHS solver of this process is made here: solvers share their threads, so all must ask for as many."""

from typing import Any

import highspy

TOLERANCE = 1e-10
"""Feasibility in a scaled program: of a limit, and of the worth of a person."""


def new_solver(**settings: Any) -> highspy.Highs:
    """Return a solver that prints nothing and runs on one thread, with these options besides.

    HiGHS refuses a second, different number of threads in one process, and prints its name unless it is silenced before
    anything else.

    Raises
    ------
    RuntimeError
        If HiGHS refuses an option: then it would go on with a setting that nobody chose.

    Examples
    --------
    >>> new_solver(presolve="off").getOptionValue("threads")[1]
    1
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    usual = {"threads": 1, "primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    for option, setting in {**usual, **settings}.items():
        if solver.setOptionValue(option, setting) != highspy.HighsStatus.kOk:
            raise RuntimeError(f"HiGHS refuses {option} = {setting!r}.")
    return solver
