"""From a file to its columns and findings: what came in."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import shape
from medalloc.cli.options import FILE, JSON, SHAPED, options
from medalloc.cli.output import counted, print_json


@click.command()
@options(FILE, SHAPED, JSON)
def read(file: Path, as_json: bool, **chosen: Any) -> None:
    """Read FILE and say what is in it and what is wrong with it."""
    from medalloc.tables.quality import findings
    from medalloc.tables.reading import read_file
    from medalloc.tables.shapes.catalogue import shaped
    from medalloc.tables.summary_rows import summaries, without_summaries
    from medalloc.tables.table import column_kind

    asked = shape(chosen, Path())
    beside = [read_file(each) for each in chosen["beside"]]
    table = shaped(read_file(file), asked["shape"], asked["own_shape"], beside)
    found, summed = findings(table), summaries(table)
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
                "notes": [str(each) for each in table.notes],
                "encoding": table.source.encoding,
                "delimiter": table.source.delimiter,
                "summary_rows": {"sure": summed.sure, "doubtful": summed.doubtful, "levels": len(summed.levels)},
                "findings": [
                    {"kind": each.kind, "column": each.column, "count": each.count, "repair": str(each.repair)}
                    for each in found
                ],
            }
        )
        return
    click.echo(f"{counted(len(table.frame), 'row')}, {counted(len(table.frame.columns), 'column')}")
    for name, role in table.roles.items():
        click.echo(f"  {name}: {role}")
    for each in found:
        click.echo(f"{each.message} {each.repair}")
    for said in without_summaries(table, summed).notes:
        click.echo(str(said))
