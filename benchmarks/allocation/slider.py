"""A slider of What if, moved by a percent on a coupled problem: by the steps that the page and `what-if` ask."""

import statistics
from time import process_time

import numpy as np

from benchmarks.allocation.problems import coupled
from benchmarks.need import line
from medalloc.allocation.problem import Problem
from medalloc.jobs.here import JobsHere
from medalloc.saved import to_plain
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory
from medalloc.study.steps import plans, worlds

MOVES = range(-1, -9, -1)
"""Changes of the budget, each a percent from the one before. [%]"""

SAME = 1e-9
"""Share by which the persons served may differ."""


def _table(problem: Problem) -> bytes:
    names = [f"{name} (existing)" for name in problem.resource_names]
    columns = [problem.demand, problem.value, problem.floor, *problem.existing.T]
    rows = zip(problem.regions, *(each.tolist() for each in columns), strict=True)
    lines = (",".join(map(str, row)) for row in (("region", "demand", "value", "floor", *names), *rows))
    return "\n".join(lines).encode()


def slider(regions: int) -> list[str]:
    """Return the rows of moves that go on from the one before, against each on a page that was just opened."""
    lines = []
    for what, values in (("all persons count alike", np.ones(regions)), ("no two regions count alike", None)):
        problem = coupled(regions)
        problem = problem if values is None else problem.derived(value=values)
        files, entries = FilesInMemory(), tuple(to_plain(each) for each in problem.resources)
        kept = {"file": files.keep(_table(problem)), "file_name": "regions.csv"}
        study = Study().changed(**kept, resources=entries, budget=problem.budget)
        page = Answers(study, files, JobsHere())
        page(worlds.changed_plan)
        going_on, afresh = [], []
        for moved in MOVES:
            page = page.after(study.changed(budget_change=moved), ())
            seconds, served = _answered(page)
            going_on.append(seconds)
            seconds, again = _answered(Answers(page.study, files, JobsHere()))
            afresh.append(seconds)
            if abs(served - again) > SAME * again:
                raise RuntimeError(f"{served} are served going on, {again} afresh")
        ours, theirs = 1000 * statistics.median(going_on), 1000 * statistics.median(afresh)
        work = f"budget moved by 1 %, {regions:,} regions x 3, {what}, against afresh, CPU ms"
        lines.append(line(work, ours, theirs, theirs / ours, "at least 4"))
    return lines


def _answered(page: Answers) -> tuple[float, float]:
    """Return how long the changed plan takes once the base is known, and whom it serves."""
    page(plans.problem)
    begun = process_time()
    plan = page(worlds.changed_plan)
    if plan is None:
        raise RuntimeError("the plan is searched for, not found at once")
    return process_time() - begun, float(plan.served.sum())
