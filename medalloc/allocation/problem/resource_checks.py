"""Every fault of a resource, in words."""

from collections.abc import Sequence

import numpy as np

from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.problem.scalars import as_found, is_number, scalar_faults
from medalloc.sentences import Sentence, sentence


def resource_faults(resource: Resource, names: Sequence[str]) -> list[Sentence]:
    """Return what is wrong with the numbers of a resource, and with the name of the one it stands in for."""
    name = {"name": resource.name}
    faults = scalar_faults(resource.stock, sentence("Stock of {name}", **name), at_least_0=True)
    faults += scalar_faults(resource.requirement, sentence("Requirement of {name}", **name), at_least_0=False)
    faults += scalar_faults(resource.unit_cost, sentence("Unit cost of {name}", **name), at_least_0=True)
    faults += scalar_faults(resource.space, sentence("Space of {name}", **name), at_least_0=True)
    faults += scalar_faults(resource.move_cost, sentence("Cost of moving {name}", **name), at_least_0=True)
    faults += scalar_faults(resource.productivity, sentence("Productivity of {name}", **name), at_least_0=False)
    if resource.length_of_stay is not None:
        faults += scalar_faults(resource.length_of_stay, sentence("Length of stay, {name}", **name), at_least_0=False)
    for share, label in (
        (resource.movable, sentence("Movable share of {name}", **name)),
        (resource.stand_in_share, sentence("Share in which {name} may stand in", **name)),
    ):
        if not is_number(share) or not 0 <= share <= 1:
            faults.append(
                sentence("{label}: found {found}; give a fraction from 0 to 1.", label=label, found=as_found(share))
            )
    if not isinstance(resource.whole, bool | np.bool_):
        faults.append(sentence("Whole units of {name}: give yes or no.", **name))
    if resource.stands_in_for and resource.stands_in_for not in set(names) - {resource.name}:
        faults.append(
            sentence(
                "{name} stands in for “{found}”, which is no other resource; use one of: {names}.",
                found=str(resource.stands_in_for),
                names=", ".join(each for each in map(str, names) if each != resource.name) or "–",
                **name,
            )
        )
    return faults
