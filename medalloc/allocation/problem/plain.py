"""Reads a saved problem: plain values in, the arguments of `Problem` out, every fault at once."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.problem.scalars import is_number
from medalloc.errors import InputError
from medalloc.saved import entry_faults, form_faults
from medalloc.sentences import Sentence, sentence

VERSION = 1
REQUIRED = ("regions", "demand", "resources")
VECTORS = ("demand", "value", "floor", "population", "space")
MATRICES = ("existing", "cap", "locked", "region_requirement", "region_cost", "demand_of")
NOTHING = {"cap": np.inf, "space": np.inf, "locked": np.nan, "region_requirement": np.nan, "region_cost": np.nan}
"""What None stands for, where it may stand in an array."""

ABSENT = ("population", "demand_of")
"""Arrays that may be None as a whole."""

OPTIONAL = (
    *("existing", "cap", "value", "floor", "common_floor", "budget", "population", "region_requirement"),
    *("region_cost", "space", "demand_of", "locked", "policy"),
)
RESOURCE_KEYS = tuple(each.name for each in fields(Resource))


def problem_arguments(data: Mapping[str, object]) -> dict[str, Any]:
    """Return the keyword arguments of the problem that was saved as `data`; a resource stays an object with keys.

    Raises
    ------
    InputError
        With every fault of the saved form at once. Faults of meaning are found where the problem is made.
    """
    faults = form_faults(data, sentence("problem"), version=VERSION, known=(*REQUIRED, *OPTIONAL), required=REQUIRED)
    if not isinstance(data, Mapping):
        raise InputError(*faults)
    arguments = {name: data[name] for name in (*REQUIRED, *OPTIONAL) if name in data}
    if "regions" in data and not _is_list_of(data["regions"], str):
        faults.append(sentence("“regions” of a saved problem must be a list of names."))
    if "resources" in data:
        faults += _resource_faults(data["resources"])
    for name in (*VECTORS, *MATRICES):
        if arguments.get(name) is not None:
            arguments[name], found = _array(name, arguments[name])
            faults += found
        elif name in arguments and name not in ABSENT:
            faults.append(sentence("“{key}” of a saved problem is empty; leave it out or give numbers.", key=name))
    if faults:
        raise InputError(*faults)
    return arguments


def _resource_faults(saved: object) -> list[Sentence]:
    if not isinstance(saved, list) or not _is_list_of(saved, Mapping):
        return [sentence("“resources” of a saved problem must be a list of objects.")]
    return [
        fault
        for one in saved
        for fault in entry_faults(one, sentence("resource"), known=RESOURCE_KEYS, required=("name", "stock"))
    ]


def _array(name: str, saved: object) -> tuple[object, list[Sentence]]:
    """Return numbers as an array; None may stand only where it means something, such as no cap or no lock."""
    rows: list[object] = saved if isinstance(saved, list) else [saved]
    cells = [cell for row in rows for cell in (row if name in MATRICES and isinstance(row, list) else [row])]
    wrong = [cell for cell in cells if not (is_number(cell) or (name in NOTHING and cell is None))]
    if wrong or not isinstance(saved, list):
        found = str(wrong[0]) if wrong else type(saved).__name__
        return saved, [
            sentence("“{key}” of a saved problem must be a list of numbers; found {found}.", key=name, found=found)
        ]
    if name not in NOTHING:
        return saved, []

    def filled(cell: object) -> object:
        return NOTHING[name] if cell is None else cell

    return [[filled(cell) for cell in row] if isinstance(row, list) else filled(row) for row in rows], []


def _is_list_of(saved: object, kind: type) -> bool:
    return isinstance(saved, list) and all(isinstance(one, kind) for one in saved)
