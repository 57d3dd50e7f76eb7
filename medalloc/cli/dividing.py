"""From a table of regions and the limits to the plan on paper."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medalloc.cli.named import with_columns
from medalloc.cli.output import INFEASIBLE, print_json, write
from medalloc.errors import InfeasibleError
from medalloc.tables.table import Table

if TYPE_CHECKING:
    from medalloc.allocation.problem import Problem, Resource
    from medalloc.allocation.uncertainty.futures import Futures


def regions(file: Path, placed: "tuple[Resource, ...]", limits: Mapping[str, Any]) -> Table:
    """Read a table of regions: what only its column names suggest gives way to what was asked for by option."""
    from medalloc.allocation.problem.region_table import for_resources
    from medalloc.tables.reading import read_file

    return with_columns(for_resources(read_file(file), (each.name for each in placed)), limits["column"])


def divide(table: Table, placed: "tuple[Resource, ...]", limits: Mapping[str, Any], *, as_json: bool) -> None:
    """Solve the problem that a table of regions and the limits pose, and say or write what comes out.

    Ends with the exit code for limits that cannot be kept together, every conflict being said.
    """
    from medalloc.allocation.explaining.answer import answer_json, no_answer_json
    from medalloc.allocation.plan import plan_frame
    from medalloc.allocation.problem.region_table import problem_from_table
    from medalloc.allocation.solving import solve
    from medalloc.demand.region_table import SET_BY_HAND, reasons_of

    futures = _futures(limits["samples"])
    asked = problem_from_table(table, placed, budget=limits["budget"], floor=limits["floor"], policy=limits["policy"])
    try:
        answer = solve(asked)
    except InfeasibleError as error:
        print_json(no_answer_json(error)) if as_json else click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    held, by_hand = _held_against(asked, futures), reasons_of(table)
    frame = plan_frame(answer)
    if by_hand:
        frame[SET_BY_HAND] = frame["region"].map(by_hand).fillna("")
    if limits["out"] is not None:
        write(frame, limits["out"])
    if as_json:
        noted = {SET_BY_HAND: by_hand} if by_hand else {}
        print_json({**answer_json(answer), **noted, **_frontier(asked, limits["frontier"]), **held})
        return
    click.echo(
        f"{answer.total_coverage:.1%} of expected need is met; the worst-off region, {answer.worst_region}, "
        f"gets {answer.lowest_coverage:.1%} ({answer.status}, {answer.method})."
    )
    click.echo(frame.to_string(index=False))
    for each in held["futures"]["plans"] if held else ():
        click.echo(
            f"In {held['futures']['futures']} futures, {each['plan']} serves {each['expected_served']:,.1f} on average"
            f" and {each['served_in_worst_tenth']:,.1f} in the worst tenth."
        )


def _futures(file: Path | None) -> "Futures | None":
    from medalloc.allocation.uncertainty.futures_table import futures_from_table
    from medalloc.tables.reading import read_file

    return None if file is None else futures_from_table(read_file(file))


def _held_against(asked: "Problem", futures: "Futures | None") -> dict[str, Any]:
    """Return how the plan and its rivals fare in sampled futures; nothing without futures."""
    if futures is None:
        return {}
    from medalloc.allocation.uncertainty.answer import futures_json

    return {"futures": futures_json(asked, futures)}


def _frontier(asked: "Problem", points: int) -> dict[str, Any]:
    from medalloc.allocation.policy import MOST_SERVED
    from medalloc.scenarios.frontier import frontier

    if not points:
        return {}
    return {"frontier": [each.to_json() for each in frontier(replace(asked, policy=MOST_SERVED), points)]}
