"""The options that several commands have, with their words of help."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from medalloc.allocation.policies.catalogue import CATALOGUE as KINDS
from medalloc.allocation.policy import MOST_SERVED
from medalloc.cli.shares import Share, refuse_wrong_share
from medalloc.need.models.amount_catalogue import AMOUNTS, SAME_METHOD
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.networks.training import OPTIMIZERS
from medalloc.partitions.places import place_of
from medalloc.quantities import Quantity, those_of
from medalloc.tables.first import ValueOrder
from medalloc.tables.summary_rows import SummaryRows

POLICIES = ", ".join(each.written for each in KINDS.values()) + "; A is a number of at least 0."
MODELS = (*CATALOGUE, *(kind for kind in AMOUNTS if kind not in SAME_METHOD.values()))
CALIBRATIONS = ("auto", "isotonic", "sigmoid")
PATH = click.Path(path_type=Path)


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return one decorator that adds several options, in the order in which they are given."""

    def decorate(command: Any) -> Any:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


def _help(quantity: Quantity) -> str:
    """Return what an option means, and what holds without it."""
    return str(quantity.help) if quantity.usual is None else f"{quantity.help} {quantity.usual:g} if left out."


class Anywhere(click.Path):
    """A path of this machine, or a URL, which stays the text that it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path, or a URL as a text."""
        return value if isinstance(place_of(str(value)), str) else super().convert(value, param, ctx)


FILE = click.argument("file", type=PATH)
FILE_ANYWHERE = click.argument("file", type=Anywhere(path_type=Path), metavar="FILE|URL")
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".gz", ".zip", ".feather", ".ndjson")
"""How the names of tables in a folder end."""


def _further(context: click.Context, _parameter: click.Parameter, files: tuple[Path | str, ...]) -> Path | str:
    """Return the first of several files, or of those in a folder; those after it are one more choice."""
    every = [one for each in files for one in _tables_in(each)]
    context.params["more_files"] = tuple(every[1:])
    return every[0]


def _tables_in(place: Path | str) -> list[Path | str]:
    """Return the tables in a folder by name; anything else as it is, such as a folder that is one table in parts."""
    if isinstance(place, str) or not place.is_dir():
        return [place]
    found = sorted(each for each in place.glob("[!.~]*") if each.suffix.lower() in TABLES)
    return [*found] if found and not any(place.rglob("*.parquet")) else [place]


FILES = click.argument("file", type=PATH, nargs=-1, required=True, callback=_further)
FILES_ANYWHERE = click.argument(
    "file", type=Anywhere(path_type=Path), nargs=-1, required=True, callback=_further, metavar="FILE|URL..."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
RECOGNISED = options(
    click.option(
        "--shape",
        default="auto",
        show_default=True,
        metavar="NAME|FILE.json|long|turned|none",
        help="File shape that is known, by its name or as your own file (see docs/files.md); long for a row a period.",
    ),
    click.option(
        "--beside",
        type=PATH,
        multiple=True,
        help="File that belongs to the table, such as names of organisation units; can be given again.",
    ),
    click.option("--encoding", help="Text encoding, such as gb18030; recognised when left out."),
    click.option("--delimiter", help="What separates columns; recognised when left out."),
    click.option("--sheet", help="Worksheet of a workbook; the first visible one with a table when left out."),
    click.option(
        "--header-row", type=int, help="Line of the names of the columns, 0 if none has them; recognised when left out."
    ),
    click.option("--first-row", type=int, help="First line of the rows; recognised when left out."),
    click.option("--last-row", type=int, help="Last line of the rows; recognised when left out."),
    click.option("--leave-out", "lines_left_out", type=int, multiple=True, help="Line that is no row of the table."),
    click.option("--decimal", type=click.Choice((".", ",")), help="Decimal sign; recognised when left out."),
    click.option(
        "--day-first/--month-first",
        default=None,
        help="Which comes first in dates such as 01/02/2024; guessed and told when left out.",
    ),
    click.option("--blank", "blanks", multiple=True, help="Word that means blank in every column, such as NA."),
    click.option(
        "--text",
        "kept_as_text",
        multiple=True,
        metavar="COLUMN",
        help="Column whose cells stay as they are written, such as codes that look like numbers.",
    ),
)
READING = options(
    RECOGNISED,
    click.option(
        "--repair", multiple=True, metavar="KIND[:COLUMN]", help="Accept this repair that `read` offers; all for each."
    ),
    click.option(
        "--summary-rows",
        type=click.Choice(get_args(SummaryRows)),
        default="auto",
        show_default=True,
        help="Rows that are sums of others: leave out those that surely are, keep all, or leave out all.",
    ),
    click.option(
        "--level",
        "region_level",
        type=int,
        default=0,
        help="Level of a hierarchy to plan for; 0 is the smallest regions.",
    ),
    click.option(
        "--multiple",
        type=int,
        help="What numbers of people and units are multiples of, such as 1000 where a title says so; as they stand, or "
        "as names of columns say, when left out.",
    ),
    click.option(
        "--multiplied",
        multiple=True,
        metavar="COLUMN",
        help="Column of which that is said; all that count people or units when left out.",
    ),
    click.option(
        "--value-order",
        type=click.Choice(get_args(ValueOrder)),
        default="larger",
        show_default=True,
        help="Whether people count more where a priority or value is larger, or where it is smaller, as where 1 is "
        "first.",
    ),
)
MAP = options(
    click.option(
        "--boundaries",
        metavar="FILE|SET|none",
        help="Boundaries of the regions for maps: a file (GeoJSON, TopoJSON, GeoPackage, KML, zipped Shapefile), or a"
        " set that ships, such as world, us_counties or a country by its code; recognised when left out.",
    ),
    click.option("--boundary-column", help="Column of that file with names or codes; the best one when left out."),
    click.option(
        "--boundary",
        "boundary_of",
        multiple=True,
        metavar="REGION=NAME",
        help="Boundary of a region that is called otherwise; nothing after the sign for none.",
    ),
)
TARGET = click.option("--target", required=True, help="Column that says who was in need.")
PATIENTS = options(
    click.option(
        "--need-is", multiple=True, metavar="A[,B]", help="Answers of the target that mean need, where no word says it."
    ),
    click.option(
        "--need-as",
        type=click.Choice(("auto", "answers", "counts", "amounts", "numbers")),
        default="auto",
        show_default=True,
        help="What the target holds: answers, counts, amounts above 0, or any numbers.",
    ),
    click.option("--unit", "need_unit", default="", help="What amounts are counted in; the target's name if left out."),
    click.option("--region", help="Column that says in which region."),
    click.option("--id", "patient_id", help="Column that says which patient."),
    click.option("--recipe", default="default", show_default=True, help="default, article, or a JSON file."),
    click.option("--optimizer", type=click.Choice(OPTIMIZERS), help="How mlp and cnn learn; adam if left out."),
    click.option("--option", "model_options", multiple=True, metavar="MODEL:NAME=VALUE", help="Option of a model."),
    click.option("--calibration", type=click.Choice(CALIBRATIONS), default="auto", show_default=True),
    click.option("--seed", default=42, show_default=True),
)
NEED = options(
    TARGET, PATIENTS, click.option("--model", type=click.Choice(MODELS), default="boosting", show_default=True)
)
DEMAND = options(
    PATIENTS,
    click.option(
        "--model",
        type=click.Choice(MODELS),
        multiple=True,
        help="Model that makes the demand; of several, or with none given, the comparison chooses.",
    ),
    click.option("--regions", type=PATH, help="Table with population and existing units by region."),
    click.option("--people", type=PATH, help="Table of population by region, age band and sex."),
    click.option(
        "--know-regions/--features-only",
        default=True,
        show_default=True,
        help="Let observed need move a region's demand beyond what its patients' features say.",
    ),
    click.option(
        "--whole-population/--patients-only",
        "scale_to_population",
        default=True,
        show_default=True,
        help="Let patients stand for all who live in their region, where --regions says how many.",
    ),
)
COMPARE = options(
    click.option("--compare", is_flag=True, help="Compare models on the same folds, beside the majority."),
    click.option("--every", is_flag=True, help="Compare also those that take most of the time on large tables."),
)
COUNTS = options(
    click.option("--counts", type=PATH, help="Table of counts over time that the demand is forecast from instead."),
    click.option("--date", help="Column that says when, in a table of counts."),
    click.option("--value", help="Column of counts."),
    click.option("--sum", "sum_rows", is_flag=True, help="Sum rows of one region and period."),
    click.option("--horizon", "forecast_horizon", type=int, default=4, show_default=True, help="Periods ahead."),
    click.option(
        "--period", "forecast_period", type=int, default=0, show_default=True, help="Period planned for; 0 for all."
    ),
    click.option(
        "--forecaster", "forecast_models", multiple=True, default=("auto",), show_default=True, help="See `forecast`."
    ),
)
RESOURCES = options(
    click.option(
        "--resources",
        type=PATH,
        help="Table with a row a resource; the options below change single values of it.",
    ),
    *(
        click.option(each.flag, each.field, multiple=True, metavar=each.metavar, help=_help(each))
        for each in those_of("resource")
        if each.option
    ),
    click.option(
        "--requirement-source",
        "sources",
        multiple=True,
        metavar="NAME=TEXT",
        help="Where a requirement is from; one that is a default is an assumption until somebody says so.",
    ),
    click.option(
        "--integer/--fractions",
        default=None,
        help="Place whole units only, or parts of them too, of every resource; else beds and the like come whole, but "
        "hours and money do not.",
    ),
)
LIMITS = options(
    RESOURCES,
    click.option("--budget", type=float, help="Most that the placed units may cost."),
    click.option("--time-limit", type=float, help="Seconds after which the best plan so far counts."),
    click.option(
        "--floor", type=Share(), default="0", callback=refuse_wrong_share, help="Coverage every region must get."
    ),
    click.option("--policy", default=MOST_SERVED, show_default=True, metavar="POLICY", help=POLICIES),
    click.option("--column", multiple=True, metavar="ROLE=NAME", help="What a column is for, such as demand=cases."),
    click.option(
        "--set", "changes", multiple=True, metavar="REGION:ROLE=NUMBER", help="Number that holds instead of the file's."
    ),
    click.option(
        "--promise",
        "promises",
        multiple=True,
        metavar="TEXT",
        help="What the plan must keep: 'coverage >= 70%', 'coverage of province=East >= 60%'.",
    ),
    click.option("--equity", "equity_by", help="Column of the regions by which coverage is compared."),
    click.option("--samples", type=PATH, help="Table of sampled futures to hold the plan against."),
)
TOLD = options(
    click.option(
        "--frontier", type=click.IntRange(0, 200), default=0, help="Points of the frontier of efficiency and fairness."
    ),
    click.option("--out", type=PATH, help="Write the plan as CSV or XLSX."),
    JSON,
)
