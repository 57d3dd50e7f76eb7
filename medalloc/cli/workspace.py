"""What an administrator does with what is kept: look, check, back up, take away."""

import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medalloc.cli.options import PATH
from medalloc.cli.output import DIFFERENT, in_its_folder, print_json

if TYPE_CHECKING:
    from medalloc.safety import Role
    from medalloc.workspace import Workspace


@click.group()
@click.option("--at", help="Folder or database; where MEDALLOC_WORKSPACE says, or your own folder, when left out.")
@click.option("--files", help="Address of its files, such as s3://bucket/prefix; in the folder when left out.")
@click.pass_context
def workspace(context: click.Context, at: str | None, files: str | None) -> None:
    """Look at, check, back up or take away what the dashboard keeps."""
    from medalloc.workspace.place import place

    context.obj = place(at, files)


def _opened(context: click.Context) -> "Workspace":
    from medalloc.workspace import Workspace

    return Workspace.at(context.obj)


@workspace.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as one line of JSON.")
@click.pass_context
def list_studies(context: click.Context, as_json: bool) -> None:
    """List the studies, those last changed first."""
    from medalloc.workspace.housekeeping import size

    opened = _opened(context)
    studies = [
        {
            "id": each.id,
            "name": each.name,
            "changed": datetime.fromtimestamp(each.changed).astimezone().isoformat(timespec="minutes"),
            "rows": each.rows,
            "bytes": size(opened, each.id),
        }
        for each in opened.recent()
    ]
    if as_json:
        print_json({"studies": studies})
        return
    for one in studies:
        click.echo("  ".join(str("" if value is None else value) for value in one.values()))
    click.echo(f"Studies in {context.obj.folder}: {len(studies):,}.")


@workspace.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Check the audit trail and every file; exit code 1 where something was changed."""
    from medalloc.workspace.housekeeping import damaged_files

    opened = _opened(context)
    found, damaged = opened.verify(), damaged_files(opened)
    for said in found.faults:
        click.echo(str(said), err=True)
    for name in damaged:
        click.echo(f"The file “{name}” is gone or was changed.", err=True)
    click.echo(f"Entries: {found.entries:,}; the hash of the last is {found.last}.")
    if found.faults or damaged:
        sys.exit(DIFFERENT)


@workspace.command()
@click.argument("out", type=PATH)
@click.pass_context
def backup(context: click.Context, out: Path) -> None:
    """Write everything into one file, OUT."""
    from medalloc.workspace.backup import back_up

    count = back_up(_opened(context), in_its_folder(out), who=getpass.getuser())
    click.echo(f"Studies in {out}: {count:,}.")


@workspace.command()
@click.argument("file", type=PATH)
@click.pass_context
def restore(context: click.Context, file: Path) -> None:
    """Put everything from FILE, a backup, into an empty workspace."""
    from medalloc.workspace.backup import restore as restored

    click.echo(f"Studies restored: {restored(_opened(context), file):,}.")


@workspace.command()
@click.option("--again", is_flag=True, help="By a new data key, although it is encrypted already.")
@click.pass_context
def encrypt(context: click.Context, again: bool) -> None:
    """Encrypt everything by the key that MEDALLOC_KEY, _FILE or _COMMAND gives; stop the server before."""
    from medalloc.workspace.encrypting import encrypt as encrypted

    count = encrypted(context.obj, who=getpass.getuser(), again=again)
    click.echo(f"Encrypted; files written anew: {count:,}. Keep the key elsewhere: without it nothing can be read.")


@workspace.command()
@click.pass_context
def rotate(context: click.Context) -> None:
    """Have the key that MEDALLOC_NEW_KEY, _FILE or _COMMAND gives open everything from now on, not the present one."""
    from medalloc.workspace.encrypting import rotate as rotated

    rotated(context.obj)
    click.echo("Rotated; give the new key as MEDALLOC_KEY from now on. Backups made before open by the old one.")


@workspace.command()
@click.option("--study", help="Entries of this study only, by its id.")
@click.option("--last", type=click.IntRange(min=1), default=50, show_default=True, help="Entries, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="Answer as one line of JSON.")
@click.pass_context
def audit(context: click.Context, study: str | None, last: int, as_json: bool) -> None:
    """Show who saw, changed and took along what."""
    entries = [vars(each) for each in _opened(context).trail(last, study)]
    if as_json:
        print_json({"entries": entries})
        return
    for one in entries:
        click.echo("  ".join(str(value) for value in one.values() if value != ""))


@workspace.command()
@click.argument("role", type=click.Choice(["nobody", "viewer", "planner", "administrator"]))
@click.argument("addresses", nargs=-1)
@click.option("--claim", help="What the identity provider calls the roles that it gives.")
@click.pass_context
def role(context: click.Context, role: "Role", addresses: tuple[str, ...], claim: str | None) -> None:
    """Give accounts a ROLE by their ADDRESSES, or take it; without any, list who has it."""
    from dataclasses import replace

    from medalloc.safety.access import FILE, read_access, write_access

    opened = _opened(context)
    access = read_access(opened.objects.latest(FILE))
    if addresses or claim is not None:
        access = access.giving(role, *addresses)
        write_access(opened.objects, access if claim is None else replace(access, claim=claim))
        opened.note("role", who=getpass.getuser(), detail=f"{role}: {', '.join(addresses)}" if addresses else "claim")
    for each in access.lists().get(role, ()):
        click.echo(each)


@workspace.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_context
def delete(context: click.Context, ids: tuple[str, ...]) -> None:
    """Take studies away for good by their IDS, which `list` shows."""
    from medalloc.errors import refused
    from medalloc.sentences import listed
    from medalloc.workspace.housekeeping import remove

    opened = _opened(context)
    if unknown := [each for each in ids if opened.find(each) is None]:
        raise refused("There is no study {ids}; nothing was deleted.", ids=listed(unknown, 8))
    click.echo(f"Studies deleted: {remove(opened, *ids, who=getpass.getuser())}.")


@workspace.command()
@click.option("--days", type=click.FloatRange(min=0, min_open=True), help="Delete what nobody opened for so long.")
@click.pass_context
def sweep(context: click.Context, days: float | None) -> None:
    """Take away what no study needs, and studies that are older than MEDALLOC_KEEP_DAYS or --days."""
    from medalloc.workspace.housekeeping import sweep as swept
    from medalloc.workspace.place import keep_days

    gone = swept(_opened(context), keep_days() if days is None else days, who=getpass.getuser())
    click.echo(f"Taken away: studies {gone.studies}, files {gone.files}, runs {gone.runs}.")
