"""The program: which commands there are, and what a fault looks like from outside."""

import signal
import sys
from pathlib import Path

import click

from medalloc import __version__
from medalloc.cli.allocate import allocate
from medalloc.cli.check import check
from medalloc.cli.forecast import forecast
from medalloc.cli.need import need
from medalloc.cli.output import INPUT
from medalloc.cli.pack import pack
from medalloc.cli.plan import plan
from medalloc.cli.prioritise import prioritise
from medalloc.cli.pseudonymise import pseudonymise
from medalloc.cli.read import read
from medalloc.cli.report import report
from medalloc.cli.run import run
from medalloc.cli.score import score
from medalloc.cli.study import study
from medalloc.cli.surge import surge
from medalloc.cli.verify import verify
from medalloc.cli.watch import watch
from medalloc.cli.what_if import what_if
from medalloc.cli.workspace import workspace
from medalloc.errors import MedallocError

TERMINATED = 143
"""Exit code by which a shell knows that a program was told to end."""


@click.group()
@click.version_option(__version__, prog_name="medalloc")
def commands() -> None:
    """From a table of patients or regions to a defensible plan of which region gets what."""


for command in (
    *(read, need, score, forecast, surge, allocate, plan, prioritise, pseudonymise),
    *(study, pack, run, what_if, watch, report, verify, check, workspace),
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; what a user can repair is one sentence on standard error, never a traceback."""
    # an end like any other, at which temporary files are removed
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    program = "medalloc" if Path(sys.argv[0]).stem == "medalloc" else "python -m medalloc"
    try:
        commands(standalone_mode=False, prog_name=program)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        click.echo(f"{error.format_message()} Try “{program} --help”.", err=True)
        sys.exit(INPUT)
    except click.Abort:
        sys.exit(130)
    except MedallocError as error:
        click.echo(str(error), err=True)
        sys.exit(INPUT)
