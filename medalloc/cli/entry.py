"""The program: which commands there are, and what a fault looks like from outside."""

import signal
import sys
from importlib import import_module
from pathlib import Path

import click

from medalloc import __version__
from medalloc.cli.output import INPUT
from medalloc.errors import MedallocError

COMMANDS = {
    "allocate": "From regions and limits to a plan: which region gets what.",
    "check": "Compute published numbers again, or the promises of a study.",
    "forecast": "From counts over time to what comes next, by region.",
    "need": "From patients to who will need care.",
    "pack": "Put a study and all its files into one file.",
    "plan": "From patients to a plan in one go.",
    "prioritise": "From patients waiting to a list: who gets a unit first.",
    "pseudonymise": "Write a table of patients without what says who they are.",
    "read": "Say what is in a file, and what is wrong with it.",
    "report": "Write the board pack of a study.",
    "run": "Compute the plan of a study.",
    "score": "From a model that was kept and a new file to probabilities.",
    "study": "Write down what is asked, to be run, kept and changed.",
    "surge": "Follow an epidemic by day.",
    "verify": "Reckon every number of a report again.",
    "watch": "Watch a plan: what stands out, and which units should move.",
    "what-if": "Compute the plan of a study beside that of a changed world.",
    "workspace": "Look at, check, back up or take away what is kept.",
}
"""What each command is for; its own help says more."""

TERMINATED = 143
"""Exit code by which a shell knows that a program was told to end."""


class Commands(click.Group):
    """Commands, each loaded when it is asked for: what they stand on takes long to load."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one, called as its module is."""
        if cmd_name not in COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"medalloc.cli.{module}"), module)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say what each is for, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="medalloc")
def commands() -> None:
    """From a table of patients or regions to a defensible plan of which region gets what."""


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
