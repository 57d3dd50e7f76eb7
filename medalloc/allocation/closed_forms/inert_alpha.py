"""When alpha makes no difference, and why: a control that has no effect says so."""

import numpy as np

from medalloc.allocation.closed_forms.max_min import max_min
from medalloc.allocation.closed_forms.pieces import pieces_of, start_of
from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.checks import RESERVED
from medalloc.sentences import Sentence, sentence


def inert_alpha(problem: Problem) -> Sentence | None:
    """Return why every alpha above 0 gives the same plan of a feasible problem; None where alpha may matter.

    Notes
    -----
    If nothing is short, everybody is served whom floors, caps and existing units allow. If one limit alone is short
    and all whom it could feed count the same and take the same from it, every alpha fills it to one level of
    coverage, which is max-min. A single region leaves nothing to weigh.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> beds = (Resource("beds", stock=20),)
    >>> str(inert_alpha(Problem(("North", "South"), [30, 10], beds)))
    'Alpha has no effect here: only beds are short, and everybody counts the same and takes the same of them.'
    >>> inert_alpha(Problem(("North", "South"), [30, 10], beds, value=[1, 2])) is None
    True
    """
    exhausted = max_min(problem).exhausted
    if not exhausted:
        return sentence("Alpha has no effect here: nothing is short.")
    pieces = pieces_of(problem, start_of(problem))
    feeds = pieces.uses[exhausted[0]] > 0
    uses, value = pieces.uses[exhausted[0]][feeds], pieces.kind_value[feeds]
    if np.unique(pieces.region).size == 1:
        return sentence("Alpha has no effect here: in only one region is there anything to decide.")
    if len(exhausted) > 1 or np.ptp(uses) > 0 or np.ptp(value) > 0:
        return None
    names = (*problem.resource_names, RESERVED)
    if names[exhausted[0]] == RESERVED:
        return sentence("Alpha has no effect here: only money is short, and everybody counts and costs the same.")
    return sentence(
        "Alpha has no effect here: only {resource} are short, and everybody counts the same and takes the same of"
        " them.",
        resource=names[exhausted[0]],
    )
