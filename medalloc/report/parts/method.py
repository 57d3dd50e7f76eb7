"""How everything is reckoned, with formulas and their sources."""

from medalloc.allocation.explaining.telling import share
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import kind_of
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import Sentence, sentence

FORMULAS: tuple[tuple[Sentence, str, str], ...] = (
    (sentence("Coverage of a region: served over demand"), "c(r) = s(r) / d(r)", ""),
    (
        sentence("Served: as many as the scarcest resource allows, those there and those placed"),
        "s(r) = min( d(r), min over k of (e(r,k) + x(r,k)) / q(k) )",
        "",
    ),
    (
        sentence("Gini of coverage, each region counted with its people"),
        "G = Σr Σt w(r) w(t) |c(r) − c(t)| / (2 Σr w(r) c(r))",
        "C. Gini, 1912",
    ),
    (
        sentence("Price of fairness: what is given up against the most that can be served"),
        "P = 1 − Σr s(r) / S",
        "D. Bertsimas, V. F. Farias, N. Trichakis, Operations Research 59, 2011",
    ),
    (
        sentence("Alpha-fair: the sum of worths of coverage, alpha saying how much the worst-off count"),
        "max Σr d(r) c(r)^(1−α) / (1−α)",
        "A. B. Atkinson, Journal of Economic Theory 2, 1970",
    ),
    (
        sentence("Gap: how far from the best possible at most"),
        "g = (B − V) / B",
        "",
    ),
)


def method(asked: Asked) -> Part:
    """Return how the plan was found and what its numbers mean."""
    lines: list[Sentence] = []
    plan = asked.plan
    if plan is not None:
        proofs = {
            "optimal": sentence(
                "It is proved optimal: no plan exceeds {bound}, and this one reaches {value} (gap {gap}).",
                **_proof(plan),
            ),
            "best found": sentence(
                "It is the best found: no plan exceeds {bound}, and this one reaches {value} (gap {gap}).",
                **_proof(plan),
            ),
            "rule": sentence(
                "The rule was followed exactly. No plan within these limits exceeds {bound}; this one reaches {value}, "
                "a gap of {gap}.",
                **_proof(plan),
            ),
        }
        lines += [sentence("Method: {method}.", method=plan.method), proofs[plan.status]]
        lines.append(kind_of(plan.problem.policy).value)
    rows: list[tuple[Cell, ...]] = [(meaning, formula, source) for meaning, formula, source in FORMULAS]
    head = (sentence("Quantity"), sentence("Formula"), sentence("Source"))
    said = sentence(
        "r, t: regions; k: resources; d: demand; s: served; e: existing units; x: placed units; q: units a person "
        "takes; w: share of the people, in sum 1; S: the most that can be served; V: value of the plan; B: its bound."
    )
    return Part(
        "method",
        sentence("Method"),
        tuple(lines),
        sections=(Section(sentence("Formulas"), (said,), Grid(head, tuple(rows))),),
    )


def _proof(plan: Plan) -> dict[str, object]:
    return {"value": round(plan.value), "bound": round(plan.bound), "gap": share(plan.gap, 2)}
