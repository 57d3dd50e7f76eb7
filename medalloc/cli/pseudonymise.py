"""A table of patients without what says who they are, for others to work with."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import came_in
from medalloc.cli.options import FILES, JSON, PATH, READING, options
from medalloc.cli.output import print_json, read_bytes, sure, write
from medalloc.cli.repairs import repairs
from medalloc.disclosure.anonymity import anonymity, suggested_columns
from medalloc.disclosure.pseudonyms import TREATMENTS, new_key, pseudonymised, suggested
from medalloc.errors import require
from medalloc.sentences import sentence
from medalloc.study.steps import tables


@click.command()
@options(
    FILES,
    READING,
    click.option("--out", type=PATH, required=True, help="Write the table here, as CSV or XLSX."),
    click.option(
        "--treat",
        multiple=True,
        metavar="COLUMN=HOW",
        help="keep, pseudonym, band (of ten), month or leave out; can be given again. Else what each column suggests.",
    ),
    click.option(
        "--key", type=PATH, help="File whose bytes make the pseudonyms; a new key that nobody keeps if left out."
    ),
    click.option(
        "--known", multiple=True, metavar="COLUMN", help="What others may know of a patient; can be given again."
    ),
    JSON,
)
def pseudonymise(
    file: Path,
    out: Path,
    treat: tuple[str, ...],
    key: Path | None,
    known: tuple[str, ...],
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write FILE with pseudonyms, ages in bands, dates to the month and without free text."""
    answers = came_in(file, Path(), chosen)
    answers = answers.after(answers.study.changed(**repairs(chosen)(answers)), ())
    table = sure(answers, tables.mended)
    treatments = suggested(table.frame, table.roles) | _treatments(treat)
    found = pseudonymised(table.frame, treatments, new_key() if key is None else read_bytes(key))
    columns = known or suggested_columns(found.frame, treatments, table.roles)
    alike = anonymity(found.frame, columns) if columns else None
    write(found.frame, out)
    if as_json:
        print_json({"treatments": treatments, "anonymity": None if alike is None else vars(alike)})
        return
    for said in (*found.said, *(() if alike is None else (alike.said(),))):
        click.echo(str(said))


def _treatments(treat: tuple[str, ...]) -> dict[str, Any]:
    """Return what was said of columns."""
    faults, found = [], {}
    for each in treat:
        column, equals, how = each.rpartition("=")
        if not equals or how not in TREATMENTS:
            faults.append(
                sentence("“{found}” is not COLUMN=HOW with one of: {known}.", found=each, known=", ".join(TREATMENTS))
            )
        found[column] = how
    require(*faults)
    return found
