"""P-codes: codes of places by OCHA, in which the code of a district begins with that of its province."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

P_CODE = re.compile(r"([A-Z]{2,3})(\d{0,12})")
"""Letters of a country, then figures for each level below it."""

FEWEST = 3
"""Codes with figures from which on they are a system rather than a name that looks like one. [count]"""


def places_above(names: Sequence[str]) -> NDArray[np.intp] | None:
    """Return for every p-code the place of the code that it lies in, -1 for none; None where these are no p-codes.

    Examples
    --------
    >>> places_above(["UG", "UG1", "UG101", "UG102", "UG2"]).tolist()
    [-1, 0, 1, 1, 0]
    >>> places_above(["UG101", "KE101", "Total"]) is None
    True
    """
    read = [P_CODE.fullmatch(name) for name in names]
    found = [each for each in read if each is not None]
    if len(found) < len(read) or len({each[1] for each in found}) != 1 or len(set(names)) < len(names):
        return None
    if sum(bool(each[2]) for each in found) < FEWEST:
        return None
    place = {name: row for row, name in enumerate(names)}
    above = [
        next((place[name[:end]] for end in range(len(name) - 1, 1, -1) if name[:end] in place), -1) for name in names
    ]
    return np.array(above, dtype=np.intp)
