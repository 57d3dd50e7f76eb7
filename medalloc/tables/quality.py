"""What is wrong with a table: findings, each with a count and a repair."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from medalloc.quantities import MAY_BE_EMPTY
from medalloc.sentences import Sentence, sentence
from medalloc.tables.impossible import impossible_values
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.personal import is_personal
from medalloc.tables.separation import separation
from medalloc.tables.table import Table, column_kind

RARE_CLASS = 0.01
"""Below this share a class of the target is called rare."""

LEAKAGE_AUC = 0.98
"""A single feature that ranks patients this well almost certainly knows the answer."""

SMALLEST_CLASS = 10
"""Of fewer patients in need, or not in need, a feature ranks all rightly by chance now and then."""


@dataclass(frozen=True)
class Finding:
    """One thing about a table that a user should know, with what can be done about it."""

    kind: str
    """For instance ``missing``; together with the column it names a repair."""

    column: str | None
    """The column concerned; None when it concerns whole rows."""

    count: int
    """Rows concerned."""

    message: Sentence
    """What was found."""

    repair: Sentence
    """What can be done, or what will be done."""

    repairable: bool
    """Whether the repair can be applied with one click."""


FEWEST_AMOUNTS = 5
"""Different numbers from which a column of need is taken for amounts unasked; fewer may be classes. [count]"""


def findings(table: Table) -> tuple[Finding, ...]:
    """Return every finding about a table, the most serious kinds first.

    Parameters
    ----------
    table : Table
        Any table; checks that need a role the table lacks find nothing.
    """
    return tuple(found for check in CHECKS for found in check(table))


def _target(table: Table) -> Iterator[Finding]:
    name = table.column("need")
    if name is None:
        return
    counts = table.frame[name].value_counts()
    shares = counts / counts.sum()
    amounts = len(shares) >= FEWEST_AMOUNTS and column_kind(table.frame[name]) == "number"
    if len(shares) > 2 and not amounts:
        yield Finding(
            "target not two-valued",
            name,
            len(shares),
            sentence("“{column}” has {count} different values.", column=name, count=len(shares)),
            sentence("Say which of them mean need, or choose another column as need."),
            repairable=False,
        )
    elif len(shares) < 2:
        yield Finding(
            "one class",
            name,
            len(table.frame),
            sentence("“{column}” has the same value in every row.", column=name),
            sentence("Nothing can be learnt from it: choose another need column or add rows of the other kind."),
            repairable=False,
        )
    elif shares.min() < RARE_CLASS:
        count = int(counts.min())
        yield Finding(
            "rare class",
            name,
            count,
            sentence(
                "Only {share}% of rows have {column} = {value}.",
                share=100 * float(shares.min()),
                column=name,
                value=shares.idxmin(),
            ),
            sentence("Read average precision instead of accuracy, and expect wide intervals."),
            repairable=False,
        )


def _leakage(table: Table) -> Iterator[Finding]:
    name = table.column("need")
    if name is None or table.frame[name].nunique() != 2:
        return
    known = table.frame[table.frame[name].notna()]
    need = (known[name] == known[name].unique().max()).to_numpy(bool)
    if min(need.sum(), (~need).sum()) < SMALLEST_CLASS:
        return
    for feature in table.columns("feature"):
        auc = separation(known[feature], need)
        if auc >= LEAKAGE_AUC:
            yield Finding(
                "leakage suspect",
                feature,
                len(known),
                sentence("“{column}” alone predicts “{need}” almost perfectly.", column=feature, need=name),
                sentence("Leave it out unless it is known before the need arises."),
                repairable=True,
            )


def _impossible(table: Table) -> Iterator[Finding]:
    for name in table.frame.columns:
        wrong = impossible_values(table.frame[name])
        if count := int(wrong.sum()):
            example = table.frame[name][wrong].iloc[0]
            yield Finding(
                "impossible values",
                name,
                count,
                sentence("“{column}” holds impossible values, such as {value}.", column=name, value=str(example)),
                sentence("Treat them as missing."),
                repairable=True,
            )


def _duplicates(table: Table) -> Iterator[Finding]:
    if count := int(table.frame.duplicated().sum()):
        yield Finding(
            "duplicated rows",
            None,
            count,
            sentence("Rows that repeat an earlier row in every cell: {count}.", count=count),
            sentence("Keep the first of each."),
            repairable=True,
        )
    patients = table.kind == "patients"
    name = table.column("patient id" if patients else "region")
    # a region may come back with every week; a patient id that comes back is told to the user
    if name is None or (not patients and table.column("date")):
        return
    if count := int(table.frame[name].dropna().duplicated().sum()):
        yield Finding(
            "duplicated ids",
            name,
            count,
            sentence("Rows whose “{column}” stood in an earlier row: {count}.", column=name, count=count),
            sentence("All rows of one patient stay on one side of every split; or keep only the first row of each.")
            if patients
            else sentence("Give each region one row; or keep only the first row of each."),
            repairable=True,
        )


def _text_numbers(table: Table) -> Iterator[Finding]:
    for name in table.frame.columns:
        column = table.frame[name]
        if table.roles.get(name) in ("patient id", "region", "date") or not looks_numeric(column):
            continue
        unread = int((column.notna() & to_numbers(column).isna()).sum())
        yield Finding(
            "text numbers",
            name,
            int(column.notna().sum()),
            sentence(
                "“{column}” holds numbers written as text, such as “{value}”.",
                column=name,
                value=column.dropna().iloc[0],
            ),
            sentence("Read them as numbers; cells that cannot be read become missing: {count}.", count=unread),
            repairable=True,
        )


def _constant(table: Table) -> Iterator[Finding]:
    for name in table.columns("feature"):
        column = table.frame[name]
        if column.isna().all() or column.eq(column.iloc[0]).all():
            yield Finding(
                "constant",
                name,
                len(table.frame),
                sentence("“{column}” has the same value in every row.", column=name),
                sentence("Leave it out; it cannot tell patients apart."),
                repairable=True,
            )


def _missing(table: Table) -> Iterator[Finding]:
    missing = table.frame.isna().sum()
    for name, count in missing[missing > 0].items():
        role = table.roles.get(str(name), "feature")
        if role == "need":
            repair = sentence("These rows are not used for learning; their need is estimated.")
        elif role == "feature":
            repair = sentence("Filled in preparation, and marked as missing.")
        elif role == "ignored":
            repair = sentence("Nothing to do: the column is not used.")
        elif role.partition(":")[0] in MAY_BE_EMPTY:
            repair = sentence("Nothing to do: an empty cell means that there is no such limit.")
        else:
            repair = sentence("Fill them in the file, or leave these rows out.")
        yield Finding(
            "missing",
            str(name),
            int(count),
            sentence("“{column}” is blank in {share}% of rows.", column=name, share=100 * count / len(table.frame)),
            repair,
            repairable=role.partition(":")[0] not in ("feature", "ignored", *MAY_BE_EMPTY) and count < len(table.frame),
        )


def _personal(table: Table) -> Iterator[Finding]:
    if table.column("need") is None:
        return
    for name in table.columns("ignored"):
        if is_personal(table.frame[name]):
            yield Finding(
                "personal",
                name,
                int(table.frame[name].notna().sum()),
                sentence("“{column}” tells who a patient is, or is free text.", column=name),
                sentence("It is not used unless you give it another role: a model would learn it by heart."),
                repairable=False,
            )


CHECKS: tuple[Callable[[Table], Iterator[Finding]], ...] = (
    _target,
    _leakage,
    _impossible,
    _duplicates,
    _text_numbers,
    _personal,
    _constant,
    _missing,
)
