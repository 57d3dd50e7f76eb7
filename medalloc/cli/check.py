"""Published numbers and promises, computed again: why believe it, and does the plan of a study keep its word."""

import sys
from pathlib import Path

import click

from medalloc.cli.answering import read_study, submitted, worked_out
from medalloc.cli.options import JSON, PATH
from medalloc.cli.output import DIFFERENT, INFEASIBLE, print_json, sure
from medalloc.cli.telling import promises_json
from medalloc.errors import InfeasibleError, refused
from medalloc.published.cases import check_all
from medalloc.study.steps import plans


@click.command()
@click.argument("study", type=PATH, required=False)
@JSON
def check(study: Path | None, as_json: bool) -> None:
    """Compute every published number again, or see whether STUDY keeps its promises; exit code 1 if not."""
    if study is not None:
        _promises(study, as_json=as_json)
        return
    every = check_all()
    differing = [each for each in every if not each.agrees]
    if as_json:
        cases = [each.to_json() for each in every]
        print_json({"agree": len(every) - len(differing), "all": len(every), "cases": cases})
    else:
        for each in every:
            said = "agrees" if each.agrees else f"DIFFERS by {each.difference:.3g}"
            click.echo(f"{said}: {each.case.name} ({each.case.inputs}): {each.obtained:.12g}, {each.case.source}")
        click.echo(f"{len(every) - len(differing)} of {len(every)} published numbers are obtained to their last digit.")
    if differing:
        sys.exit(DIFFERENT)


def _promises(study: Path, *, as_json: bool) -> None:
    answers = worked_out(read_study(study))
    if not answers.study.what_if.promises:
        raise refused("This study makes no promise; make it with “study FILE --promise TEXT”.")
    try:
        answers = answers.after(answers.study, submitted(answers, plans.searched_plan))
        sure(answers, plans.plan)
    except InfeasibleError as error:
        click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    told = promises_json(answers)
    if as_json:
        print_json(told)
    else:
        for each in told["promises"]:
            click.echo(each["said"])
    if not all(each["kept"] for each in told["promises"]):
        sys.exit(DIFFERENT)
