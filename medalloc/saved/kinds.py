"""What a field takes, by its type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import numpy as np

from medalloc.saved.rules import FINITE, WHOLE, Limits, OneOf, Rule
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Sort(Rule):
    """A sort of value that needs no more than its name."""

    words: Sentence
    """What is acceptable, in words."""

    kinds: tuple[type, ...] = ()
    """The types of acceptable values."""

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        return self.words

    def hold(self, found: object) -> bool:
        """Return whether a value is of this sort; text that cannot be written into a file is no text."""
        if isinstance(found, str) and not found.isascii() and any("\ud800" <= each <= "\udfff" for each in found):
            return False
        return isinstance(found, self.kinds)


LIST, OBJECT = Sort(sentence("a list"), (list, tuple)), Sort(sentence("an object"), (Mapping,))
PLAIN = Sort(sentence("text, a number, true or false, null, a list or an object"))
LEAVES: Mapping[Any, Rule] = {
    str: Sort(sentence("text"), (str,)),
    bool: Sort(sentence("true or false"), (bool, np.bool_)),
    int: WHOLE,
    float: FINITE,
    NoneType: Sort(sentence("null"), (NoneType,)),
}
"""Types without parts, and what they take."""


def rule_of(kind: Any) -> Rule:
    """Return what a field of a type takes.

    Examples
    --------
    >>> str(rule_of(Annotated[int, Limits(1, 9)] | None).sentence)
    'a whole number from 1 to 9'
    """
    parts = get_args(kind)
    if is_annotated(kind):
        rule = next((each for each in kind.__metadata__ if isinstance(each, Rule)), None) or rule_of(parts[0])
        return replace(rule, whole=True) if isinstance(rule, Limits) and parts[0] is int else rule
    if is_literal(kind):
        return OneOf([str(each) for each in parts])
    if is_union(kind):
        rules = [rule_of(each) for each in parts if each is not NoneType]
        return rules[0] if len(rules) == 1 else Sort(_either([each.sentence for each in rules]))
    return LEAVES.get(kind) or (LIST if is_list(kind) else PLAIN if is_any(kind) else OBJECT)


def seems(found: object, kind: Any) -> bool:
    """Return whether a value is of the sort that a member of a union takes, good or not."""
    if is_annotated(kind):
        return seems(found, get_args(kind)[0])
    if is_literal(kind):
        return any(type(found) is type(each) for each in get_args(kind))
    return rule_of(kind).hold(found) or (isinstance(kind, type) and isinstance(found, kind))


def is_any(kind: Any) -> bool:
    """Return whether a field takes all plain data."""
    return kind in (Any, object)


def is_annotated(kind: Any) -> bool:
    """Return whether a rule stands beside a type."""
    return get_origin(kind) is Annotated


def is_literal(kind: Any) -> bool:
    """Return whether a field takes one of several values."""
    return get_origin(kind) is Literal


def is_union(kind: Any) -> bool:
    """Return whether a field takes values of several types."""
    return get_origin(kind) in (Union, UnionType)


def is_list(kind: Any) -> bool:
    """Return whether a field takes a list."""
    return (get_origin(kind) or kind) in (tuple, list, Sequence)


def is_object(kind: Any) -> bool:
    """Return whether a field takes entries by name."""
    return (get_origin(kind) or kind) in (dict, Mapping)


def version_of(kind: Any) -> int | None:
    """Return the version of a form, which is a class attribute and no field; None if it has none."""
    return None if any(each.name == "version" for each in fields(kind)) else getattr(kind, "version", None)


def _either(words: Sequence[Sentence]) -> Sentence:
    first, *rest = words
    return sentence("{first} or {rest}", first=first, rest=_either(rest)) if rest else first
