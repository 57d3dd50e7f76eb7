"""From a kept model and a new file to probabilities: who will need care there."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from medalloc.cli.files import HOW_IT_IS_READ, shape
from medalloc.cli.large import SPREAD, is_large, on_cluster, partitions_folder, state_folder
from medalloc.cli.options import FILE_ANYWHERE, JSON, RECOGNISED, Anywhere, options
from medalloc.cli.output import counted, in_its_folder, print_json, read_bytes
from medalloc.cli.progress import Told
from medalloc.errors import not_opened, not_written, refused
from medalloc.need.persistence.fit_warnings import fit_warnings
from medalloc.need.persistence.model_file import load_model
from medalloc.need.persistence.scoring import score_file
from medalloc.need.persistence.scoring_json import scoring_json
from medalloc.partitions.measuring import Measure
from medalloc.partitions.summing import scored
from medalloc.sentences import Sentence
from medalloc.study.files import NamedFiles
from medalloc.study.steps.tables import reading, tables_beside
from medalloc.tables.pieces import AsRead


@click.command()
@options(
    FILE_ANYWHERE,
    RECOGNISED,
    click.option("--with", "model_file", type=click.Path(path_type=Path), required=True, help="Model that need saved."),
    click.option("--region", help="Column by which expected need is summed."),
    click.option(
        "--out",
        type=Anywhere(path_type=Path),
        metavar="FILE|FOLDER|URL",
        help="Write the rows with their probabilities as CSV; of a table in partitions as a folder of Parquet files, "
        "here or at a URL.",
    ),
    SPREAD,
    JSON,
)
def score(
    file: Path | str, model_file: Path, region: str | None, out: Path | str | None, as_json: bool, **chosen: Any
) -> None:
    """Predict the need of every row in FILE with a model that was saved, however long FILE is."""
    model = load_model(model_file)
    if is_large(file, chosen):
        found = _in_partitions(file, model_file, region, out, chosen)
        _tell(model, found, [], as_json=as_json)
        return
    if isinstance(out, str):
        raise refused("--out {url}: only a table in partitions is written to a URL; give a file.", url=out)
    file = Path(file)
    # Half a table under the name of the whole one would be taken for it.
    notes: list[Sentence] = []
    part = None if out is None else out.with_name(f"{out.name}.part")
    try:
        with ExitStack() as stack:
            sink = None if part is None else _writer(stack.enter_context(_opened(part, "wb")), part)
            opened = stack.enter_context(_opened(file, "rb"))
            found = score_file(
                model, opened, file.name, region=region, sink=sink, how=_as_read(chosen), told=notes.append
            )
        if part is not None and out is not None:
            part.replace(out)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    _tell(model, found, notes, as_json=as_json)


def _in_partitions(
    file: Path | str, model_file: Path, region: str | None, out: Path | str | None, chosen: Mapping[str, Any]
) -> Any:
    """Return what a model says of a table that is read in partitions, whose scored rows are partitions as well."""
    to = str(in_its_folder(out).absolute()) if isinstance(out, Path) else out
    measure = Measure(read_bytes(model_file), region, out=to)
    folder = partitions_folder(file, chosen)
    with on_cluster(chosen):
        return scored(measure, folder, state_folder(file, chosen), Told())


def _tell(model: Any, found: Any, notes: list[Sentence], *, as_json: bool) -> None:
    warnings = fit_warnings(model, found)
    if as_json:
        print_json({**scoring_json(model, found, warnings), "notes": [str(each) for each in notes]})
        return
    what = model.training.need if model.is_of_amounts else "in need"
    click.echo(f"{counted(found.rows, 'row')}, expected {what}: {found.expected:,.1f}")
    click.echo(str(model.predicts))
    for each in found.regions:
        click.echo(f"  {each.region}: {each.expected:,.1f} of {each.predicted:,}")
    for said in (*warnings, *notes):
        click.echo(str(said))


def _as_read(chosen: Mapping[str, Any]) -> Any:
    """Return how the file is read, as options say it."""
    said = shape(chosen, Path())
    beside = tables_beside(said["files_beside"], NamedFiles(Path()))
    return AsRead(reading(**{each: chosen[each] for each in HOW_IT_IS_READ}), said["shape"], said["own_shape"], beside)


def _opened(path: Path, mode: str) -> Any:
    try:
        return path.open(mode)
    except OSError as error:
        raise (not_written if mode == "wb" else not_opened)(path, error) from error


def _writer(out: Any, name: Path) -> Any:
    from medalloc.report.tables import as_csv, csv_rows

    def sink(frame: Any, first: bool) -> None:
        try:
            out.write(as_csv(frame) if first else csv_rows(frame))
            out.flush()
        except OSError as error:
            raise not_written(name, error) from error

    return sink
