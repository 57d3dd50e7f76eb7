"""What units are called beside their number: 1 bed, 2 beds."""

import re
from collections.abc import Sequence

from medalloc.resource_names import SINGULAR
from medalloc.sentences import Sentence, sentence

PLAIN = re.compile(r"[\w -]*\w", re.ASCII)
"""Names that nothing can be made of but words."""


def called(name: str, number: float, by: str = "count") -> Sentence | str:
    """Return what so many units are called, in the number in which they are written.

    Parameters
    ----------
    name : str
        Of the resource, in the plural.
    number : float
        How many. [units]

    Examples
    --------
    >>> [str(called("ICU beds", number)) for number in (0, 1, 2)]
    ['ICU beds', 'ICU bed', 'ICU beds']
    >>> called("tests of blood", 1)
    'tests of blood'
    """
    before, _space, last = name.rpartition(" ")
    one = SINGULAR.get(last.lower())
    if one is None or PLAIN.fullmatch(name) is None:
        return name
    one = one.capitalize() if last[:1].isupper() else one
    return Sentence(f"{before} {one}".strip(), {by: number}, name, by)


def so_many(name: str, number: float) -> Sentence:
    """Return a number of units with what they are called.

    Examples
    --------
    >>> str(so_many("nurses", 1.0)), str(so_many("nurses", 35.0))
    ('1 nurse', '35 nurses')
    """
    return sentence("{units} {name}", units=number, name=called(name, number))


def all_of(names: Sequence[Sentence | str]) -> Sentence | str:
    """Return names or parts as they are read out, joined as the language joins the last two.

    Examples
    --------
    >>> str(all_of(["beds"])), str(all_of(["beds", "nurses", "rooms"]))
    ('beds', 'beds, nurses and rooms')
    """
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return sentence("{first} and {last}", first=names[0], last=names[1])
    return sentence("{first}, {rest}", first=names[0], rest=all_of(names[1:]))
