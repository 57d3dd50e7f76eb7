"""From a study's answers to its report."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from medalloc.disclosure.rule import Rule
from medalloc.report.asked import Asked
from medalloc.report.parts.assumptions import assumptions
from medalloc.report.parts.comparison import comparison
from medalloc.report.parts.data import data
from medalloc.report.parts.decisions import decisions
from medalloc.report.parts.fairness import fairness
from medalloc.report.parts.method import method
from medalloc.report.parts.model import model
from medalloc.report.parts.provenance import provenance, versions
from medalloc.report.parts.regions import regions
from medalloc.report.parts.short import short
from medalloc.report.parts.uncertainty import uncertainty
from medalloc.report.report import Made, Part, Report
from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers

PARTS: Mapping[str, tuple[Sentence, Callable[[Asked], Part | None]]] = {
    "short": (sentence("In short"), short),
    "regions": (sentence("Who gets what, and why"), regions),
    "comparison": (sentence("Beside today and the other policies"), comparison),
    "fairness": (sentence("How fair it is"), fairness),
    "uncertainty": (sentence("How sure it is"), uncertainty),
    "decisions": (sentence("Limits, conflicts and decisions by hand"), decisions),
    "assumptions": (sentence("Assumptions"), assumptions),
    "data": (sentence("Data and what was guessed"), data),
    "model": (sentence("The model"), model),
    "method": (sentence("Method"), method),
    "provenance": (sentence("Where it comes from"), provenance),
    "versions": (sentence("Made with"), versions),
}
"""Every part in its order: what it is called, and what makes it."""


def report_of(answers: Answers, made: Made, rule: Rule | None = None) -> Report:
    """Return the report of a study; what takes long must have been done.

    Parameters
    ----------
    rule : Rule, optional
        How numbers of people are told where it is made; what the environment says where left out.

    Raises
    ------
    InputError
        If there is neither a plan nor limits that conflict.
    """
    asked = Asked(answers, made, rule or Rule.of_environment())
    chosen = made.parts or tuple(PARTS)
    found = (PARTS[key][1](asked) for key in PARTS if key in chosen)
    name = asked.read[0][1].source.name if asked.read else ""
    return Report(
        sentence("Allocation plan"), PurePath(name).name, made, tuple(each for each in found if each is not None)
    )
