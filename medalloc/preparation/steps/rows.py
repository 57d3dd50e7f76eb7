"""Steps that leave out rows or make several of one."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import require
from medalloc.preparation.cells import Cells
from medalloc.preparation.kind import Columns, Options, StepKind, choice, number, text, texts, which
from medalloc.preparation.steps.columns import MANY, new_name_faults, numbers_in
from medalloc.sentences import Sentence, listed, sentence

PERSON = "row before reshaping"
"""Column that says which rows came from one, where no column says whose they are."""

KEEPS = {
    "at least": sentence("is at least the number"),
    "at most": sentence("is at most the number"),
    "one of": sentence("is one of the texts"),
    "none of": sentence("is none of the texts"),
    "known": sentence("is not missing"),
}


def _filter(cells: Cells, columns: tuple[str, ...], options: Options) -> Cells:
    (name,) = columns
    kept = _kept(cells.frame[name], options)
    if kept.all():
        return cells
    said = sentence(
        "Rows left out by the recipe: {count} of {rows}. {why}",
        count=int((~kept).sum()),
        rows=len(kept),
        why=_says_filter(options, columns),
    )
    return replace(
        cells,
        frame=cells.frame[kept].reset_index(drop=True),
        origin=cells.origin[kept],
        left_out=(*cells.left_out, said),
    )


def _kept(column: "pd.Series", options: Options) -> NDArray[np.bool_]:
    keeps, known = options["keep"], column.notna().to_numpy()
    if keeps == "known":
        return known
    if keeps in ("at least", "at most"):
        numbers, limit = numbers_in(column), float(options["number"])
        return np.asarray(numbers >= limit if keeps == "at least" else numbers <= limit)
    texts = column.astype("str").str.strip()
    # 3 is 3.0, whether the cells were read as numbers or not
    as_numbers = pd.to_numeric(texts, errors="coerce")
    meant = pd.to_numeric(pd.Series(list(options["texts"]), dtype="str"), errors="coerce").dropna()
    found = (texts.isin(list(options["texts"])) | as_numbers.isin(meant)).to_numpy(bool)
    return np.asarray(found & known if keeps == "one of" else ~found | ~known)


def _filter_faults(options: Options, _columns: Columns) -> list[Sentence]:
    if options["keep"] in ("one of", "none of") and not options["texts"]:
        return [sentence("option “texts” must name at least one text.")]
    return []


def _says_filter(options: Options, columns: Columns) -> Sentence:
    told = {"column": columns[0], "number": options["number"]}
    told["texts"] = listed((f"“{each}”" for each in options["texts"]), 20)
    match options["keep"]:
        case "at least":
            return sentence("Only rows with “{column}” of at least {number} stay.", **told)
        case "at most":
            return sentence("Only rows with “{column}” of at most {number} stay.", **told)
        case "one of":
            return sentence("Only rows with one of {texts} in “{column}” stay.", **told)
        case "none of":
            return sentence("Only rows with none of {texts} in “{column}” stay.", **told)
    return sentence("Only rows with a value in “{column}” stay.", **told)


def _long(cells: Cells, columns: tuple[str, ...], options: Options) -> Cells:
    names, values = options["names_to"], options["values_to"]
    rest = cells.frame.drop(columns=list(columns))
    left = replace(cells, frame=rest)
    faults = [*new_name_faults(left, names), *new_name_faults(left, values)]
    roles = {name: role for name, role in cells.roles.items() if name not in columns}
    meant = {cells.roles.get(name, "feature") for name in columns}
    if "need" in meant and len(meant) > 1:
        faults.append(sentence("the columns have different roles; give all of them the same role first."))
    require(*faults)
    rows, wide = len(rest), len(columns)
    frame = rest.iloc[np.repeat(np.arange(rows), wide)].reset_index(drop=True)
    frame[names] = np.tile(np.array(columns, dtype=object), rows)
    frame[names] = frame[names].astype("str")
    cell = pd.concat([cells.frame[name] for name in columns], ignore_index=True)
    frame[values] = cell.iloc[np.arange(rows * wide).reshape(wide, rows).T.ravel()].to_numpy()
    roles |= {names: "feature", values: meant.pop() if len(meant) == 1 else "feature"}
    if "patient id" not in roles.values() and PERSON not in frame.columns and cells.roles:
        # rows of one person must stay on one side of every split
        frame[PERSON] = np.repeat(cells.origin, wide)
        roles[PERSON] = "patient id"
    return replace(cells, frame=frame, roles=roles, origin=np.repeat(cells.origin, wide))


KINDS = {
    "filter_rows": StepKind(
        sentence("Keep some rows only"),
        "all",
        _says_filter,
        {
            "keep": choice(sentence("Rows stay where the column"), "known", KEEPS),
            "number": replace(
                number(sentence("Number"), 0.0), counts=lambda options: options["keep"] in ("at least", "at most")
            ),
            "texts": replace(
                texts(sentence("Texts"), ()), counts=lambda options: options["keep"] in ("one of", "none of")
            ),
        },
        names=(1, 1),
        shape=_filter,
        faults=_filter_faults,
    ),
    "long_from_wide": StepKind(
        sentence("Make a row of each of several columns"),
        "all",
        lambda options, columns: sentence(
            "Make a row of each of {columns}: its name goes to “{names_to}”, its value to “{values_to}”. Rows made of "
            "one row count as one patient's.",
            columns=which(columns),
            **options,
        ),
        {
            "names_to": text(sentence("Column for their names"), "name"),
            "values_to": text(sentence("Column for their values"), "value"),
        },
        names=(2, MANY),
        shape=_long,
    ),
}
"""Steps on rows, by name."""
