"""Every fault of a resource, in words."""

from collections.abc import Sequence

import numpy as np

from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.problem.scalars import scalar_faults
from medalloc.quantities import RESOURCES
from medalloc.sentences import Sentence, sentence


def resource_faults(resource: Resource, names: Sequence[str]) -> list[Sentence]:
    """Return what is wrong with the numbers of a resource, and with the name of the one it stands in for."""
    name = {"name": resource.name}
    faults = []
    for each in RESOURCES:
        found = getattr(resource, each.field)
        if each.limits is not None and not (found is None and each.may_be_nothing):
            faults += scalar_faults(found, each.about(resource.name), each.limits)
    if not isinstance(resource.whole, bool | np.bool_):
        faults.append(sentence("Whole units of {name}: give yes or no.", **name))
    if resource.stands_in_for and resource.stands_in_for not in set(names) - {resource.name}:
        faults.append(
            sentence(
                "{name} substitutes for “{found}”, which is no other resource; use one of: {names}.",
                found=str(resource.stands_in_for),
                names=", ".join(each for each in map(str, names) if each != resource.name) or "–",
                **name,
            )
        )
    return faults
