"""From a study to what is laid before a board: PDF, HTML, a workbook or JSON."""

from pathlib import Path

import click

from medalloc.cli.answering import read_study
from medalloc.cli.options import PATH
from medalloc.cli.output import in_its_folder
from medalloc.cli.reporting import rule_here, told, with_futures
from medalloc.errors import refused
from medalloc.languages import LANGUAGES
from medalloc.saved import write_file


@click.command()
@click.argument("study", type=PATH)
@click.option("--out", type=PATH, required=True, help="Write it here; .pdf, .html, .xlsx or .json says what it is.")
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), default="en", show_default=True)
@click.option("--author", default="", help="Who answers for it.")
@click.option("--part", "parts", multiple=True, help="Part that goes in, such as short; can be given again; else all.")
@click.option("--fewest", type=click.IntRange(1), default=5, show_default=True, help="Fewest patients that are told.")
@click.option(
    "--with-patients",
    is_flag=True,
    help="Attach the table of patients, too: who gets the PDF can read every row of it.",
)
@click.option("--time", help="When it was made, in ISO 8601; now if left out. The same time gives the same bytes.")
def report(
    study: Path,
    out: Path,
    language: str,
    author: str,
    parts: tuple[str, ...],
    fewest: int,
    with_patients: bool,
    time: str | None,
) -> None:
    """Write the board pack of STUDY, a file that `study` wrote."""
    from medalloc.report.forms import FORMS, made_now, written
    from medalloc.report.making import PARTS, report_of

    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise refused("“{file}” ends in none of: {forms}.", file=str(out), forms=", ".join(FORMS))
    if unknown := [each for each in parts if each not in PARTS]:
        raise refused("There is no part “{part}”; use: {known}.", part=unknown[0], known=", ".join(PARTS))
    in_its_folder(out)
    answers = told(read_study(study))
    futures = answers.study.what_if.futures_from == "file" and answers.study.what_if.futures_file is not None
    rule = rule_here()
    made = made_now(
        time,
        language=language,
        author=author,
        parts=parts,
        fewest=max(fewest, rule.fewest),
        rounded_to=rule.rounded_to,
        futures=futures,
    )
    answers = with_futures(answers) if made.futures else answers
    write_file(out, written(report_of(answers, made, rule), answers, form, with_patients=with_patients))
