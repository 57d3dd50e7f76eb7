"""Every published number, computed again: why believe it."""

import sys

import click

from medalloc.cli.options import JSON
from medalloc.cli.output import DIFFERENT, print_json


@click.command()
@JSON
def check(as_json: bool) -> None:
    """Compute every published number again; exit code 1 if any differs."""
    from medalloc.published.cases import check_all

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
