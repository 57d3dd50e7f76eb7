"""From a kept model and a new file to probabilities: who will need care there."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import FILE, JSON, options
from medalloc.cli.output import counted, print_json
from medalloc.errors import SourceError
from medalloc.sentences import sentence


@click.command()
@options(
    FILE,
    click.option("--with", "model_file", type=click.Path(path_type=Path), required=True, help="Model that need saved."),
    click.option("--region", help="Column by which expected need is summed."),
    click.option("--out", type=click.Path(path_type=Path), help="Write the rows with their probabilities as CSV."),
    JSON,
)
def score(file: Path, model_file: Path, region: str | None, out: Path | None, as_json: bool) -> None:
    """Predict the need of every row in FILE with a model that was saved, however long FILE is."""
    from medalloc.need.persistence.fit_warnings import fit_warnings
    from medalloc.need.persistence.model_file import load_model
    from medalloc.need.persistence.scoring import score_file
    from medalloc.need.persistence.scoring_json import scoring_json

    model = load_model(model_file)
    # Half a table under the name of the whole one would be taken for it.
    part = None if out is None else out.with_name(f"{out.name}.part")
    try:
        with ExitStack() as stack:
            sink = None if part is None else _writer(stack.enter_context(_opened(part, "wb")), part)
            found = score_file(model, stack.enter_context(_opened(file, "rb")), file.name, region=region, sink=sink)
        if part is not None and out is not None:
            part.replace(out)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    warnings = fit_warnings(model, found)
    if as_json:
        print_json(scoring_json(model, found, warnings))
        return
    what = model.training.need if model.is_of_amounts else "in need"
    click.echo(f"{counted(found.rows, 'row')}, expected {what}: {found.expected:,.1f}")
    click.echo(str(model.predicts))
    for each in found.regions:
        click.echo(f"  {each.region}: {each.expected:,.1f} of {each.predicted:,}")
    for warning in warnings:
        click.echo(warning)


def _opened(path: Path, mode: str) -> Any:
    try:
        return path.open(mode)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        said = sentence("“{file}” cannot be opened: {reason}.", file=path, reason=reason)
        if mode == "wb":
            said = sentence("“{file}” cannot be written: {reason}.", file=path, reason=reason)
        raise SourceError(said) from error


def _writer(out: Any, name: Path) -> Any:
    from medalloc.report.tables import as_csv, csv_rows

    def sink(frame: Any, first: bool) -> None:
        try:
            out.write(as_csv(frame) if first else csv_rows(frame))
            out.flush()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SourceError(sentence("“{file}” cannot be written: {reason}.", file=name, reason=reason)) from error

    return sink
