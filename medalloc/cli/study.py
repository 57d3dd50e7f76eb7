"""From options to a file that says what was chosen, to be run, kept and changed."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.chosen import asked
from medalloc.cli.options import COUNTS, DEMAND, FILES, LIMITS, MAP, PATH, READING, options
from medalloc.cli.output import in_its_folder
from medalloc.cli.remembered import REMEMBER, REMEMBERED
from medalloc.saved import write_form


@click.command()
@options(
    FILES,
    READING,
    REMEMBERED,
    REMEMBER,
    MAP,
    click.option("--target", help="Column that says who was in need, in a table of patients."),
    DEMAND,
    COUNTS,
    LIMITS,
    click.option("--out", type=PATH, required=True, help="Write the study here, as JSON."),
)
def study(file: Path, out: Path, **chosen: Any) -> None:
    """Write down what is asked of the patients, regions or counts in FILE; `run` answers it."""
    write_form(in_its_folder(out), asked(file, out.parent, chosen).study)
