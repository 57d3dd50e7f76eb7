"""The whole story at once: who will need care, how much of it is where, and which region gets what."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli import dividing
from medalloc.cli.options import FILE, JSON, LIMITS, NEED, options
from medalloc.cli.patients import learning
from medalloc.cli.resources import resources


@click.command()
@options(FILE, NEED, LIMITS, JSON)
@click.option("--regions", type=click.Path(path_type=Path), help="Table with population and existing units by region.")
@click.option("--people", type=click.Path(path_type=Path), help="Table of population by region, age band and sex.")
def plan(file: Path, regions: Path | None, people: Path | None, as_json: bool, **chosen: Any) -> None:
    """From the patients in FILE to a plan: need, demand and allocation in one go."""
    from medalloc.demand import population_of, poststratified_demand, regional_demand, to_region_table
    from medalloc.need.evaluation.assessment import assess
    from medalloc.tables.reading import read_file

    placed = resources(chosen)
    table, recipe, choice = learning(file, chosen)
    table.required("region")
    places = None if regions is None else dividing.regions(regions, placed, chosen)
    probability = assess(table, recipe, choice, cross_validate=True).probability
    if probability is None:
        raise RuntimeError("A cross-validated assessment gave no probabilities.")
    if people is None:
        expected = regional_demand(table, probability, population=population_of(places))
    else:
        expected = poststratified_demand(table, probability, read_file(people))
    for warning in expected.warnings:
        # beside the answer, so that --json stays one line of JSON
        click.echo(warning, err=True)
    dividing.divide(to_region_table(expected, places), placed, chosen, as_json=as_json)
