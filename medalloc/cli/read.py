"""From a file to its columns and findings: what came in."""

from pathlib import Path
from typing import Any

import click
import numpy as np

from medalloc.cli.chosen import came_in
from medalloc.cli.found_boundaries import boundaries_in_words, found_boundaries, refuse_wrong_boundaries
from medalloc.cli.named import differing
from medalloc.cli.options import FILES, JSON, MAP, PATH, READING, options
from medalloc.cli.output import counted, print_json, sure, write
from medalloc.cli.remembered import REMEMBERED, told, with_remembered
from medalloc.cli.repairs import repairs
from medalloc.study import Answers
from medalloc.study.steps import tables
from medalloc.tables.account import Account
from medalloc.tables.kinds import kind_and_evidence, why


@click.command()
@options(
    FILES,
    READING,
    REMEMBERED,
    MAP,
    click.option(
        "--rejects", type=PATH, help="Write the rows that cannot be read, with line and reason, as CSV or XLSX."
    ),
    JSON,
)
def read(file: Path, rejects: Path | None, as_json: bool, **chosen: Any) -> None:
    """Read FILE and say what is in it, what is wrong with it, and what became of its every line."""
    answers = came_in(file, Path(), chosen)
    known = sure(answers, tables.came_in)
    answers = answers.after(answers.study.changed(roles=differing(known, with_remembered(known, chosen))), ())
    answers = answers.after(answers.study.changed(**repairs(chosen)(answers)), ())
    refuse_wrong_boundaries(answers)
    if rejects is not None:
        lines = answers(tables.lines) or Account(np.empty(0, np.uint8))
        write(lines.rejects(), rejects)
    if as_json:
        print_json(_json(answers))
        return
    table, used, lines_said = sure(answers, tables.mended), sure(answers, tables.table), answers(tables.lines)
    click.echo(f"{counted(len(used.frame), 'row')}, {counted(len(table.frame.columns), 'column')}")
    if lines_said is not None:
        click.echo(str(lines_said.said()))
    for known_before in told(answers):
        click.echo(str(known_before))
    for name, role in table.roles.items():
        click.echo(f"  {name}: {role}")
    for each in sure(answers, tables.table_findings):
        click.echo(f"{each.message} {each.repair}")
    for said in used.notes:
        click.echo(str(said))
    for line in boundaries_in_words(found_boundaries(answers)):
        click.echo(line)


def _json(answers: Answers) -> dict[str, Any]:
    """Return what was read as plain values."""
    table, lines = sure(answers, tables.mended), answers(tables.lines)
    kinds = {name: kind_and_evidence(table.frame[name], table.roles[name]) for name in table.frame.columns}
    summed = sure(answers, tables.table_summaries)
    return {
        "rows": len(sure(answers, tables.table).frame),
        "columns": [
            {
                "name": name,
                "kind": kinds[name][0],
                "evidence": str(kinds[name][1]),
                "role": table.roles[name],
                "why": str(why(name, table.roles[name], answers.study.data.roles)),
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
            for each in sure(answers, tables.table_findings)
        ],
        "notes": [str(each) for each in (*told(answers), *sure(answers, tables.table).notes)],
        "boundaries": found_boundaries(answers),
    }
