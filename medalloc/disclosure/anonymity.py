"""How many patients are alike in what others may know of them: k-anonymity."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from medalloc.errors import InputError, refused
from medalloc.sentences import Sentence, sentence

KNOWN = re.compile(
    r"(?<![a-z])(age|sex|gender|birth|born|post_?code|zip|district)(?![a-z])|性别|年龄|出生|邮编", re.IGNORECASE
)
"""Names of columns that neighbours know."""


@dataclass(frozen=True)
class Anonymity:
    """How well patients hide among each other."""

    columns: tuple[str, ...]
    """What others may know."""

    k: int
    """Patients of the smallest group that is alike in all of it. [count]"""

    rows: int
    """Patients. [count]"""

    alone: int
    """Patients whom nobody is like. [count]"""

    few: int
    """Patients in groups of fewer than `fewest`. [count]"""

    fewest: int
    """How many alike are enough. [count]"""

    def said(self) -> Sentence:
        """Return it in a sentence."""
        return sentence(
            "Rows that fit whoever knows {columns} of somebody, at least: {k}. Rows in all: "
            "{rows}; alone: {alone}; in groups below {fewest}: {few}.",
            columns=", ".join(self.columns),
            k=self.k,
            alone=self.alone,
            rows=self.rows,
            few=self.few,
            fewest=self.fewest,
        )


def anonymity(frame: pd.DataFrame, columns: Sequence[str], *, fewest: int = 5) -> Anonymity:
    """Return how many rows are alike in some columns.

    Parameters
    ----------
    frame : DataFrame
        Patients; empty cells are alike.
    columns : sequence of str
        What others may know of a patient, such as age, sex and region.

    Raises
    ------
    InputError
        If a column is not there, or none is named.

    References
    ----------
    Sweeney L (2002). k-anonymity: a model for protecting privacy. International Journal of Uncertainty, Fuzziness and
    Knowledge-Based Systems 10(5).

    Examples
    --------
    >>> anonymity(pd.DataFrame({"sex": ["f", "f", "m"], "age": ["30-39"] * 3}), ["sex", "age"]).alone
    1
    """
    if unknown := [each for each in columns if each not in frame.columns]:
        raise InputError(*(sentence("There is no column “{column}”.", column=each) for each in unknown))
    if not columns:
        raise refused("Name at least one column that others may know.")
    sizes = frame.groupby(list(columns), dropna=False, observed=True).size()
    return Anonymity(
        tuple(columns),
        int(sizes.min()) if len(sizes) else 0,
        len(frame),
        int((sizes == 1).sum()),
        int(sizes[sizes < fewest].sum()),
        fewest,
    )


def suggested_columns(frame: pd.DataFrame, treatments: Mapping[str, str], roles: Mapping[str, str]) -> tuple[str, ...]:
    """Suggest which columns others may know of somebody: region, groups, age, sex and days, where they are there."""
    return tuple(
        str(name)
        for name in frame.columns
        if treatments.get(str(name)) in ("band", "month")
        or roles.get(str(name)) in ("region", "group")
        or KNOWN.search(str(name))
    )
