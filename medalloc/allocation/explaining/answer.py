"""The whole answer as plain values: the plan, why, waits, what holds it back, and what one more changes."""

from medalloc.allocation.explaining.marginal import binding, marginal
from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.plan import Plan, infeasible_json
from medalloc.allocation.scorecard import aims_json, measures_json
from medalloc.allocation.waiting.of_plan import waits_json
from medalloc.errors import InfeasibleError


def answer_json(plan: Plan) -> dict[str, object]:
    """Return the plain values of a plan, its measures of fairness, what binds, the reasons in English, and waits."""
    return {
        **plan.to_json(),
        "aims": aims_json(plan),
        "measures": measures_json(plan),
        "marginal": marginal(plan).to_json(plan),
        "binding": [str(each) for each in binding(plan)],
        "reasons": [str(each) for each in reasons(plan)],
        "waits": waits_json(plan),
    }


def no_answer_json(error: InfeasibleError) -> dict[str, object]:
    """Return the same keys where there is no plan: the conflicts, and nothing where a plan would say something."""
    return {
        **infeasible_json(error),
        "aims": {},
        "measures": {},
        "marginal": {},
        "binding": [],
        "reasons": [],
        "waits": {},
    }
