"""From counts by region and date to what comes next: how much care, where, when."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from medalloc.cli.answering import submitted
from medalloc.cli.files import HOW_IT_IS_READ, noted, several, shape
from medalloc.cli.named import differing, with_roles
from medalloc.cli.options import FILES, JSON, RECOGNISED, options
from medalloc.cli.output import in_columns, print_json, sure, write
from medalloc.cli.progress import Told
from medalloc.demand.forecasting.answer import outlook_json
from medalloc.demand.forecasting.forecast import futures_frame, sampled_futures
from medalloc.demand.forecasting.hub import hub_frame, week_named_by, weeks_told
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.errors import refused
from medalloc.jobs.here import JobsHere
from medalloc.networks.training import OPTIMIZERS
from medalloc.sentences import Sentence
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.steps import demands, tables

NETWORKS = ("cnn", "rnn", "lstm")
QUICK = ("naive", "seasonal", "damped", "ets", "theta", "median", "ridge", "boosting", "mean")
MODELS = ("auto", *QUICK, *NETWORKS, "all")

COUNTS = options(
    click.option("--region", help="Column that says in which region."),
    click.option("--date", help="Column that says when: days, weeks or months."),
    click.option("--value", help="Column of counts; left out where each region or date has its own column."),
    click.option("--covariate", multiple=True, help="Column that is known in advance; blank counts may follow."),
    click.option("--sum", "sum_rows", is_flag=True, help="Sum rows of one region and period."),
    click.option("--horizon", type=int, default=4, show_default=True, help="Periods to look ahead."),
    click.option(
        "--model",
        type=click.Choice(MODELS),
        multiple=True,
        default=("auto",),
        show_default=True,
        help="Forecasters to compare, beside the naive ones; can be given again. Networks take minutes.",
    ),
    click.option("--seeds", type=int, default=3, show_default=True, help="Times that a network learns."),
    click.option("--seed", type=click.IntRange(0), default=0, show_default=True),
    click.option("--optimizer", type=click.Choice(OPTIMIZERS), help="How a network learns; adam when left out."),
)
FUTURES = options(
    click.option("--samples-out", type=click.Path(path_type=Path), help="Write futures for `allocate --samples`."),
    click.option("--samples", type=click.IntRange(1, 100_000), default=500, show_default=True, help="Futures."),
    click.option(
        "--samples-period",
        type=click.IntRange(0),
        help="Period ahead that the futures tell, 0 for the sum over all; the last one when left out.",
    ),
)


HUB = options(
    click.option("--hub", type=click.Path(path_type=Path), help="Write the forecast as a forecast hub takes it."),
    click.option(
        "--hub-weeks",
        type=click.Choice(["first", "last"]),
        help="Which day of a week the dates of FILE are; last for Saturdays, first otherwise, and told when left out.",
    ),
)


@click.command()
@options(FILES, RECOGNISED, COUNTS, FUTURES, HUB, JSON)
@click.option("--out", type=click.Path(path_type=Path), help="Write the forecast as CSV or XLSX.")
def forecast(file: Path, as_json: bool, out: Path | None, **chosen: Any) -> None:
    """Say how much care comes next in each region of FILE, and how well that was known in the past."""
    _refuse_period(chosen)
    _refuse_optimizer(chosen)
    if chosen["hub_weeks"] is not None and chosen["hub"] is None:
        raise refused("--hub-weeks has no effect without --hub; leave it out, or name a file by --hub.")
    found = forecast_of(file, chosen)
    if out is not None:
        write(found.forecast.frame(), out)
    if chosen["samples_out"] is not None:
        _write_futures(found, chosen)
    if chosen["hub"] is not None:
        found = replace(found, notes=(*found.notes, *_write_for_hub(found, chosen)))
    if as_json:
        print_json(outlook_json(found))
        return
    for said in (*found.notes, *found.verdict.said):
        click.echo(str(said))
    shown = found.forecast.frame().round(2)
    click.echo(in_columns(shown))


def forecast_of(file: Path, chosen: Mapping[str, Any]) -> Outlook:
    """Return what the study says that options describe."""
    study = Study().changed(
        **noted("counts_file", "counts_name", file, Path()),
        more_files=several(chosen["more_files"], Path()),
        **shape(chosen, Path()),
        **{each: chosen[each] for each in HOW_IT_IS_READ},
        demand_from="counts",
        sum_rows=chosen["sum_rows"],
        forecast_models=chosen["model"],
        forecast_optimizer=chosen["optimizer"] or "adam",
        **{f"forecast_{each}": chosen[each] for each in ("horizon", "seeds", "seed")},
    )
    answers = Answers(study, NamedFiles(Path()), JobsHere(Told()))
    counts = sure(answers, tables.own_counts)
    named = {"region": chosen["region"], "date": chosen["date"], "demand": chosen["value"]}
    roles = {column: role for role, column in named.items() if column is not None}
    roles |= dict.fromkeys(chosen["covariate"], "feature")
    answers = answers.after(study.changed(counts_roles=differing(counts, with_roles(counts, roles), roles)), ())
    found = sure(answers.after(answers.study, submitted(answers, demands.outlook)), demands.outlook)
    return replace(found, notes=(*sure(answers, tables.own_counts).notes, *found.notes))


def _refuse_optimizer(chosen: dict[str, Any]) -> None:
    if chosen["optimizer"] is not None and not set(chosen["model"]) & {*NETWORKS, "all"}:
        raise refused(
            "--optimizer {found} has no effect without a network; leave it out, or give a --model of: {known}.",
            found=chosen["optimizer"],
            known=", ".join(NETWORKS),
        )


def _refuse_period(chosen: dict[str, Any]) -> None:
    period = chosen["samples_period"]
    if period is not None and period > chosen["horizon"]:
        raise refused(
            "--samples-period {found}: the forecast looks {horizon} ahead; give 0 to {horizon}.",
            found=period,
            horizon=chosen["horizon"],
        )


def _write_futures(found: Outlook, chosen: dict[str, Any]) -> None:
    period = chosen["samples_period"]
    ahead = found.forecast.horizon if period is None else period or None
    drawn = sampled_futures(found.forecast, chosen["samples"], chosen["seed"], horizon=ahead)
    write(futures_frame(found.forecast, drawn), chosen["samples_out"])


def _write_for_hub(found: Outlook, chosen: dict[str, Any]) -> tuple[Sentence, ...]:
    """Write the forecast for a hub, and return what had to be decided for it."""
    calendar = found.panel.calendar
    named_by = chosen["hub_weeks"] or week_named_by(calendar)
    write(hub_frame(found.forecast, calendar, named_by), chosen["hub"])
    return (weeks_told(named_by),) if calendar.every == "week" and chosen["hub_weeks"] is None else ()
