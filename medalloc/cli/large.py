"""A table larger than memory, as commands take it: a folder of Parquet partitions, or a file above a size."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from medalloc.cli.files import HOW_IT_IS_READ
from medalloc.cli.options import Anywhere, options
from medalloc.cli.progress import Told
from medalloc.errors import refused
from medalloc.partitions.converting import converted
from medalloc.partitions.elsewhere import kept_elsewhere
from medalloc.partitions.folder import head, partitions_of
from medalloc.partitions.places import Place
from medalloc.partitions.sampling import MOST_ANSWERS
from medalloc.partitions.state import State, with_sample
from medalloc.study.steps.tables import reading
from medalloc.tables.options import ReadOptions
from medalloc.tables.roles import suggest_roles

CLUSTER = click.option(
    "--cluster", metavar="ADDRESS", help="Scheduler of Dask that spreads what takes long, such as tcp://host:8786."
)
SPREAD = options(
    click.option(
        "--whole-up-to",
        type=click.IntRange(1),
        default=1000,
        show_default=True,
        metavar="MB",
        help="Size of a CSV or Parquet file from which it is read in partitions, as a folder always is.",
    ),
    click.option(
        "--state",
        type=Anywhere(path_type=Path),
        metavar="FOLDER|URL",
        help="Folder for what is finished of such a table, so that a run that was killed goes on;"
        " FILE.state beside it if left out.",
    ),
    CLUSTER,
)


LARGE = options(
    SPREAD,
    click.option(
        "--learn-from",
        type=click.Choice(("sample", "all")),
        default="sample",
        show_default=True,
        help="Rows of such a table that boosted trees learn from: those of --sample-rows, or all but the rows by which"
        " they are judged.",
    ),
    click.option(
        "--sample-rows",
        type=click.IntRange(1000),
        default=200_000,
        show_default=True,
        help="Rows of such a table that need is learnt from, drawn by region and answer.",
    ),
)


def is_large(file: Place, chosen: Mapping[str, Any]) -> bool:
    """Whether a table is read in partitions."""
    if isinstance(file, str):
        return True
    if chosen.get("whole_up_to") is None:
        # a command that works with whole tables alone
        return False
    return file.is_dir() or (file.is_file() and file.stat().st_size > chosen["whole_up_to"] * 1_000_000)


def state_folder(file: Place, chosen: Mapping[str, Any]) -> Path:
    """Return where what is finished of a table is kept: beside it, or here where it has a URL."""
    if isinstance(file, str):
        file = Path(file.rstrip("/").rpartition("/")[2])
    state: Path | str | None = chosen.get("state")
    if isinstance(state, str):
        kept = kept_elsewhere(state)
        click.get_current_context().call_on_close(kept.close)
        return kept.folder
    return state or file.absolute().with_name(f"{file.absolute().name}.state")


def partitions_folder(file: Place, chosen: Mapping[str, Any]) -> Place:
    """Return where the partitions of a table are; a text is made into some first."""
    if isinstance(file, str):
        return file
    if file.is_dir():
        return file
    with file.open("rb") as opened:
        if opened.read(4) == b"PAR1":
            return file
    how = reading(**{each: chosen[each] for each in HOW_IT_IS_READ}) if "encoding" in chosen else ReadOptions()
    made = converted(file, state_folder(file, chosen) / "partitions", how, Told())
    lines = " + ".join(f"{count:,} {what}" for what, count in made.lines.items())
    click.echo(f"Lines of the file: {sum(made.lines.values()):,} = {lines}.", err=True)
    if made.rejected:
        click.echo(f"Rows that cannot be read are in {made.folder / 'rejects.csv'}.", err=True)
    return made.folder


def drawn(file: Place, chosen: Mapping[str, Any]) -> State | None:
    """Return the sample of a table that is read in partitions; None for any other."""
    if not is_large(file, chosen):
        if chosen.get("learn_from") == "all":
            raise refused("--learn-from has no effect on a table that is read whole: all of it is learned from.")
        return None
    if chosen.get("more_files"):
        raise refused("A table in partitions is one folder or one file; put all files into the folder.")
    folder = partitions_folder(file, chosen)
    first = head(partitions_of(folder), HEAD)
    roles = {role: name for name, role in suggest_roles(first).items()}
    region, need = chosen.get("region") or roles.get("region"), chosen.get("target")
    by = [each for each in (region, need) if each is not None and each in first.columns]
    by = [each for each in by if each == region or first[each].nunique() <= MOST_ANSWERS]
    with on_cluster(chosen):
        state = state_folder(file, chosen)
        return with_sample(folder, state, chosen["sample_rows"], by, chosen.get("seed", 42), Told())


HEAD = 20_000
"""First rows by which columns are recognised. [count]"""


def on_cluster(chosen: Mapping[str, Any]) -> Any:
    """Return a context in which what can be done apart is spread over a cluster, if one was named."""
    if not chosen.get("cluster"):
        return nullcontext()
    from medalloc.jobs.cluster import spread_over

    return spread_over(chosen["cluster"])
