"""Say whether a report is what its study says."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medalloc.cli.options import PATH
from medalloc.cli.output import DIFFERENT
from medalloc.cli.progress import Told
from medalloc.cli.reporting import rule_here, told, with_futures
from medalloc.errors import not_opened
from medalloc.jobs.here import JobsHere
from medalloc.sentences import sentence
from medalloc.study import Answers

if TYPE_CHECKING:
    from medalloc.report.report import Made


@click.command()
@click.argument("report", type=PATH)
@click.option(
    "--files", type=click.Path(path_type=Path, file_okay=False), help="Folder of tables that it does not hold."
)
def verify(report: Path, files: Path | None) -> None:
    """Reckon every number of REPORT, a PDF that `report` wrote, again, and say which differ."""
    from medalloc.report.embedding import contained
    from medalloc.report.verifying import differences, other_versions, same_pages, verified

    try:
        content = report.read_bytes()
    except OSError as error:
        raise not_opened(report, error) from error
    inside = contained(content, files or report.parent)

    def answered(made: "Made") -> Answers:
        answers = told(Answers(inside.study, inside.files, JobsHere(Told())))
        return with_futures(answers) if made.futures else answers

    again = verified(inside, answered, rule_here())
    found = differences(inside, again)
    for each in found:
        click.echo(str(each.said))
    if found:
        sys.exit(DIFFERENT)
    if other_versions(inside, again):
        said = sentence(
            "Every number is what the study says. The programs that made it have other versions here, so its pages "
            "were not compared."
        )
        click.echo(str(said))
    elif same_pages(content, inside, again):
        click.echo(str(sentence("Every number is what the study says, and every page is as it was printed.")))
    else:
        click.echo(str(sentence("Every number in its data is what the study says, but its pages were changed since.")))
        sys.exit(DIFFERENT)
