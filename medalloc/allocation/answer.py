"""The whole answer as plain values: the plan, why, what holds it back, and what one more would change."""

from medalloc.allocation.marginal import binding, marginal
from medalloc.allocation.plan import Plan, infeasible_json
from medalloc.allocation.reasons import reasons
from medalloc.allocation.scorecard import measures_json
from medalloc.errors import InfeasibleError


def answer_json(plan: Plan) -> dict[str, object]:
    """Return the plain values of a plan, its measures of fairness, what binds, and the reasons in English by region."""
    return {
        **plan.to_json(),
        "measures": measures_json(plan),
        "marginal": marginal(plan).to_json(plan),
        "binding": [str(each) for each in binding(plan)],
        "reasons": [str(each) for each in reasons(plan)],
    }


def no_answer_json(error: InfeasibleError) -> dict[str, object]:
    """Return the same keys where there is no plan: the conflicts, and nothing where a plan would say something."""
    return {**infeasible_json(error), "measures": {}, "marginal": {}, "binding": [], "reasons": []}
