"""From a file to its columns and findings: what came in."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import came_in, refuse_wrong_boundaries, repairs
from medalloc.cli.found_boundaries import boundaries_in_words, found_boundaries
from medalloc.cli.options import FILES, JSON, MAP, PATH, READING, options
from medalloc.cli.output import counted, print_json, sure, write


@click.command()
@options(
    FILES,
    READING,
    MAP,
    click.option(
        "--rejects", type=PATH, help="Write the rows that cannot be read, with line and reason, as CSV or XLSX."
    ),
    JSON,
)
def read(file: Path, rejects: Path | None, as_json: bool, **chosen: Any) -> None:
    """Read FILE and say what is in it, what is wrong with it, and what became of its every line."""
    import numpy as np

    from medalloc.study.steps import tables
    from medalloc.tables.account import Account
    from medalloc.tables.table import column_kind

    answers = came_in(file, Path(), chosen)
    answers = answers.after(answers.study.changed(**repairs(chosen)(answers)), ())
    refuse_wrong_boundaries(answers)
    table, found = sure(answers, tables.mended), sure(answers, tables.table_findings)
    summed, in_use = sure(answers, tables.table_summaries), sure(answers, tables.table)
    lines = answers(tables.lines)
    if rejects is not None:
        write((lines or Account(np.empty(0, np.uint8))).rejects(), rejects)
    if as_json:
        print_json(
            {
                "rows": len(table.frame),
                "columns": [
                    {
                        "name": name,
                        "kind": column_kind(table.frame[name]),
                        "role": table.roles[name],
                        "missing": int(table.frame[name].isna().sum()),
                    }
                    for name in table.frame.columns
                ],
                "encoding": table.source.encoding,
                "delimiter": table.source.delimiter,
                "lines": None if lines is None else {each.name.lower(): n for each, n in lines.counts().items()},
                "rejects": [] if lines is None else lines.rejects().to_dict("records"),
                "summary_rows": {"sure": summed.sure, "doubtful": summed.doubtful, "levels": len(summed.levels)},
                "findings": [
                    {"kind": each.kind, "column": each.column, "count": each.count, "repair": str(each.repair)}
                    for each in found
                ],
                "notes": [str(each) for each in in_use.notes],
                "boundaries": found_boundaries(answers),
            }
        )
        return
    click.echo(f"{counted(len(table.frame), 'row')}, {counted(len(table.frame.columns), 'column')}")
    if lines is not None:
        click.echo(str(lines.said()))
    for name, role in table.roles.items():
        click.echo(f"  {name}: {role}")
    for each in found:
        click.echo(f"{each.message} {each.repair}")
    for said in in_use.notes:
        click.echo(str(said))
    for line in boundaries_in_words(found_boundaries(answers)):
        click.echo(line)
