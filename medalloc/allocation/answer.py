"""The whole answer as plain values: the plan, why, what holds it back, and what one more would change."""

from medalloc.allocation.marginal import binding, marginal
from medalloc.allocation.plan import Plan
from medalloc.allocation.reasons import reasons


def answer_json(plan: Plan) -> dict[str, object]:
    """Return the plain values of a plan, with ``marginal``, ``binding`` and ``reasons`` (English, by region) added."""
    return {
        **plan.to_json(),
        "marginal": marginal(plan).to_json(plan),
        "binding": [str(each) for each in binding(plan)],
        "reasons": [str(each) for each in reasons(plan)],
    }
