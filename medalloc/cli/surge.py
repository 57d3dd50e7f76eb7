"""An epidemic on top of everyday care: how many more patients, and when."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import JSON, options
from medalloc.cli.output import print_json, write
from medalloc.cli.shares import Share, wrong_shares
from medalloc.demand.surge import demand_factor
from medalloc.demand.surge import surge as follow
from medalloc.demand.surge_assumptions import SurgeAssumptions, usual_rates
from medalloc.errors import InputError, require
from medalloc.scenarios.surging import surge_scenario

EPIDEMIC = options(
    click.option("--population", type=float, required=True, help="Persons living where the epidemic spreads."),
    click.option("--infected-hospitalized", type=float, required=True, help="Persons in hospital today with it."),
    click.option("--doubling-days", type=float, default=4.0, show_default=True, help="Days in which cases double."),
    click.option("--contact-reduction", type=Share(), default="30%", show_default=True),
    click.option("--reduction-from-day", type=int, default=0, show_default=True, help="Day it begins; today is 0."),
    click.option("--infectious-days", type=float, default=14.0, show_default=True, help="Days one infects others."),
    click.option("--recovered", type=float, default=0.0, show_default=True, help="Persons immune at first."),
    click.option("--market-share", type=Share(), default="100%", show_default=True),
    click.option("--days", type=int, default=100, show_default=True, help="Days to look ahead."),
)
CARE = options(
    click.option("--hospital-rate", type=Share(), default="2.5%", show_default=True, help="Of the infected."),
    click.option("--hospital-days", type=int, default=7, show_default=True, help="Length of stay."),
    click.option("--intensive-care-rate", type=Share(), help="0.3 times the hospital rate if left out."),
    click.option("--intensive-care-days", type=int, default=9, show_default=True),
    click.option("--ventilator-rate", type=Share(), help="0.2 times the hospital rate if left out."),
    click.option("--ventilator-days", type=int, default=10, show_default=True),
)


@click.command()
@options(EPIDEMIC, CARE, JSON)
@click.option("--base", type=float, help="Persons in hospital on an ordinary day: by what is demand multiplied?")
@click.option("--out", type=click.Path(path_type=Path), help="Write every day as CSV or XLSX.")
def surge(base: float | None, out: Path | None, as_json: bool, **chosen: Any) -> None:
    """Follow an epidemic by day: infected, admitted, in hospital, in intensive care, on a ventilator."""
    from medalloc.demand.surge_assumptions import CARE

    made = follow(_assumed(chosen))
    factors = {} if base is None else _factors(made, base)
    if out is not None:
        write(made.frame(), out)
    if as_json:
        print_json({**made.to_json(), **factors})
        return
    for care in CARE:
        day, patients = made.peak(care)
        click.echo(f"Most patients ({care.replace('_', ' ')}): {patients:,.0f} on day {day}; today is day 0.")
    if made.peak()[0] == made.day[-1]:
        click.echo("The number in hospital still grows on the last day; look ahead for more --days.")
    for by, factor in factors.get("demand_factor", {}).items():
        click.echo(f"Demand is {factor:.3f} times that of an ordinary day ({by}).")
    for warning in made.warnings:
        click.echo(warning)


def _assumed(chosen: dict[str, Any]) -> SurgeAssumptions:
    """Return what is assumed, or refuse all that is impossible at once, shares in the words they were typed in."""
    given = {name: value for name, value in chosen.items() if value is not None}
    wrong = wrong_shares(given)
    said = {name: value for name, value in given.items() if value not in wrong}
    try:
        assumed = SurgeAssumptions(**{**usual_rates(said.get("hospital_rate", 0.0)), **said})
    except InputError as error:
        raise InputError(*wrong, *error.faults) from None
    require(*wrong)
    return assumed


def _factors(made: Any, base: float) -> dict[str, Any]:
    """Return by what ordinary demand is multiplied on the worst and on the average day, and that as a scenario."""
    return {
        "demand_factor": {"peak": demand_factor(made, base), "mean": demand_factor(made, base, by="mean")},
        "scenario": surge_scenario("surge", made, base).to_json(),
    }
