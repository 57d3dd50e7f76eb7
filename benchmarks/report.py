"""How long a board pack takes: `python -m benchmarks.report`."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import pandas as pd

from medalloc.jobs.here import JobsHere
from medalloc.report.charts import svgs
from medalloc.report.forms import made_now
from medalloc.report.making import report_of
from medalloc.report.page import as_page
from medalloc.report.pdf import as_pdf, as_pictures
from medalloc.report.wording import worded
from medalloc.report.workbook import as_workbook
from medalloc.study import Answers, Study
from medalloc.study.files import SAMPLES, NamedFiles

T = TypeVar("T")
RESOURCES = (
    {"name": "beds", "stock": 600_000.0, "requirement": 0.04, "whole": True, "length_of_stay": 120.0},
    {"name": "physicians", "stock": 400_000.0, "requirement": 0.02},
    {"name": "nurses", "stock": 900_000.0, "requirement": 0.05},
)


def states(folder: Path) -> Path:
    """Write a table of 51 states, summed from the counties of the samples."""
    counties = pd.read_csv(SAMPLES / "regions_us_counties.csv")
    summed = counties.groupby("state", as_index=False)[["population_2019", "demand"]].sum()
    table = summed.rename(columns={"state": "region", "population_2019": "population"})
    table["existing_beds"] = (0.02 * table["demand"]).round()
    table.to_csv(folder / "states.csv", index=False)
    return folder / "states.csv"


def timed(what: str, work: Callable[[], T]) -> T:
    """Print how long work takes, and return what it gives."""
    wall, cpu = perf_counter(), process_time()
    made = work()
    print(f"{what}: {perf_counter() - wall:.2f} s, CPU {process_time() - cpu:.2f} s", flush=True)
    return made


def main() -> None:
    """Make the board pack of 51 regions, twice: the first one starts what draws."""
    with tempfile.TemporaryDirectory() as place:
        name = states(Path(place)).name
        for turn in ("first", "second"):
            study = Study().changed(file=name, file_name=name, resources=RESOURCES, floor=0.1)
            answers, made = Answers(study, NamedFiles(Path(place)), JobsHere()), made_now()
            report = timed(f"{turn}: values, with plan and reasons", partial(report_of, answers, made))
            words = timed(f"{turn}: words", partial(worded, report))
            pictures = timed(f"{turn}: pictures", partial(svgs, report))
            timed(f"{turn}: PDF", partial(as_pdf, words, pictures, made.time, {}))
            timed(f"{turn}: page", partial(as_page, words, pictures))
            timed(f"{turn}: workbook", partial(as_workbook, report))
            timed(f"{turn}: pictures of the pages", partial(as_pictures, words, pictures))


if __name__ == "__main__":
    main()
