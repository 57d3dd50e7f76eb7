"""An epidemic on top of ordinary demand: who lies in hospital, by how much demand grows."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import JSON, options
from medalloc.cli.output import print_json, write
from medalloc.errors import InputError
from medalloc.sentences import sentence

EPIDEMIC = options(
    click.option("--population", type=float, required=True, help="Persons susceptible and infected."),
    click.option("--hospitalized", type=float, default=1.0, show_default=True, help="Persons of it in hospital today."),
    click.option("--hospital-share", type=float, default=0.05, show_default=True, help="Of the infected, in hospital."),
    click.option("--market-share", type=float, default=1.0, show_default=True, help="Of these, in our hospitals."),
    click.option("--doubling", "doubling_time", type=float, default=4.0, show_default=True, help="Days to double."),
    click.option("--infectious", "infectious_days", type=float, default=14.0, show_default=True, help="Days."),
    click.option("--contact-reduction", type=float, default=0.0, show_default=True, help="Share of contacts."),
    click.option("--reduction-day", type=int, default=0, show_default=True, help="Day from which they are reduced."),
    click.option("--recovered", type=float, default=0.0, show_default=True, help="Persons immune already."),
)


@click.command()
@options(EPIDEMIC, JSON)
@click.option("--days", type=int, default=60, show_default=True, help="Days to look ahead.")
@click.option("--stay", type=int, default=7, show_default=True, help="Days that a patient stays.")
@click.option("--ordinary", type=float, help="Patients in hospital without the epidemic, in all regions together.")
@click.option("--demand", type=click.Path(path_type=Path), help="Table of regions whose demand is multiplied.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the course, or with --demand that table.")
def surge(
    as_json: bool,
    days: int,
    stay: int,
    ordinary: float | None,
    demand: Path | None,
    out: Path | None,
    **epidemic: Any,
) -> None:
    """Compute the course of an epidemic, and the demand at its peak."""
    from medalloc.demand.epidemic import Epidemic
    from medalloc.demand.surge import admissions, census, course, course_frame, multiplier

    if demand is not None and ordinary is None:
        raise InputError(sentence("--demand needs --ordinary: say how many patients there are without the epidemic."))
    asked = Epidemic(**epidemic)
    made = course(asked, days)
    admitted = admissions(made, asked.hospital_share * asked.market_share)
    lying = census(admitted, stay)
    columns = [("admissions", admitted), ("census", lying)]
    if ordinary is not None:
        columns.append(("multiplier", multiplier(lying, ordinary)))
    frame = course_frame(made, columns)
    peak = int(lying.argmax())
    if out is not None:
        write(frame if demand is None else _multiplied(demand, float(frame["multiplier"][peak])), out)
    if as_json:
        highest = frame.drop(columns="day").iloc[peak].to_dict()
        print_json({"peak": {"day": peak, **highest}, "days": frame.to_dict("records")})
        return
    click.echo(f"Day {peak} of {days} has the most patients: {lying[peak]:,.0f}, with a stay of {stay} days.")
    if ordinary is not None:
        click.echo(f"Demand is then {frame['multiplier'][peak]:.2f} times the ordinary one.")
    click.echo(frame.round(2).to_string(index=False))


def _multiplied(file: Path, by: float) -> Any:
    """Return a table of regions with its demand multiplied."""
    from medalloc.demand.surge import with_surge
    from medalloc.tables.cells import as_numbers
    from medalloc.tables.reading import read_file

    table = read_file(file)
    name = table.required("demand")
    numbers = as_numbers(table.frame[name])
    faults = [
        sentence(
            "Row {row}, column “{column}”: found “{found}”; give the demand, a number of at least 0.",
            row=place + 1,
            column=name,
            found=str(table.frame[name].iloc[place]),
        )
        for place, number in enumerate(numbers)
        if not 0 <= number < float("inf")
    ]
    if faults:
        raise InputError(*faults)
    return table.frame.assign(**{name: with_surge(numbers.to_numpy(), by)})
