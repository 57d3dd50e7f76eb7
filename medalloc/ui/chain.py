"""From choices to answers: each step of the path computed once and kept until its choices change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from medalloc.allocation.explaining import conflicts
from medalloc.allocation.explaining.marginal import Marginal, marginal
from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED, POLICIES, Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import overridden
from medalloc.allocation.problem.region_table import for_resources, problem_from_table
from medalloc.allocation.problem.start import example_resources
from medalloc.allocation.scorecard import Score, scorecard
from medalloc.allocation.solving import cost_of_locks, solve
from medalloc.demand import Demand, population_of, poststratified_demand, regional_demand, to_region_table
from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.region_table import reasons_of, with_reasons
from medalloc.jobs.losses import Losses, losses
from medalloc.jobs.run import Status
from medalloc.need.comparing.comparison import compare
from medalloc.need.judging.assessment import Assessment
from medalloc.need.judging.storage import MODEL, load_assessment
from medalloc.need.keeping.model_file import KeptModel, load_model
from medalloc.need.models.catalogue import NETWORKS
from medalloc.need.models.choice import MODEL_KINDS
from medalloc.networks.backend import available
from medalloc.preparation.comparison import Comparison
from medalloc.preparation.comparison import before_and_after as before_and_after_recipe
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.scenarios import Scenario, apply
from medalloc.scenarios.frontier import FrontierPoint
from medalloc.scenarios.frontier import frontier as trace_frontier
from medalloc.sentences import Sentence
from medalloc.tables.quality import Finding, findings
from medalloc.tables.reading import ReadOptions, read_bytes
from medalloc.tables.repairs import Repair, repaired
from medalloc.tables.storage import save_table
from medalloc.tables.table import Table
from medalloc.ui import samples, state, words
from medalloc.ui.demand import outlooks
from medalloc.ui.growing import Growing

BASELINE = "logistic"


def content(file: str) -> bytes:
    """Return the bytes of a sample or an upload."""
    known = samples.sample(file) is not None or file in (*samples.REGION_TABLES, samples.COUNTS)
    return ((samples.FOLDER / file) if known else state.kept_file(file)).read_bytes()


def read() -> Table | None:
    """Return the table as it was read, or None when none was chosen."""
    choices = state.get()
    if choices.file is None:
        return None
    options = ReadOptions(choices.encoding, choices.delimiter, choices.sheet)
    file, name = choices.file, choices.file_name
    return state.remember("read", (file, options), lambda: read_bytes(content(file), name, options))


def table() -> Table | None:
    """Return the table with the visitor's roles and repairs."""
    came_in = read()
    if came_in is None:
        return None
    roles, repairs = state.get().roles, state.get().repairs
    key = (came_in.source, tuple(sorted(roles.items())), repairs)
    return state.remember(
        "table", key, lambda: repaired(came_in.with_roles(roles), [Repair(*each) for each in repairs])
    )


def found() -> tuple[Finding, ...]:
    """Return the findings about the table as it was read, with the visitor's roles."""
    came_in = read()
    if came_in is None:
        return ()
    roles = state.get().roles
    key = (came_in.source, tuple(sorted(roles.items())))
    return state.remember("found", key, lambda: findings(came_in.with_roles(roles)))


def recipe() -> Recipe:
    """Return the recipe in use."""
    chosen = state.get().recipe
    return recipe_named("default") if chosen is None else Recipe.from_json(chosen)


def before_and_after() -> Comparison | None:
    """Return what the recipe does to each feature, learnt from every row, or None without a table."""
    patients, used = table(), recipe()
    if patients is None:
        return None
    key = (state.Same(patients), json.dumps(used.to_json(), sort_keys=True))
    features = patients.columns("feature")
    return state.remember("comparison", key, lambda: before_and_after_recipe(patients.frame, used, columns=features))


def fingerprint() -> str:
    """Return what a training run would be given, as a hash; a run of another hash is stale."""
    choices = state.get()
    given: dict[str, Any] = {
        name: getattr(choices, name)
        for name in ("file", "encoding", "delimiter", "sheet", "roles", "repairs", "models", "seed", "calibration")
    }
    given["options"] = options_of_models()
    return hashlib.sha256(json.dumps([given, recipe().to_json()], sort_keys=True).encode()).hexdigest()


def options_of_models() -> dict[str, dict[str, float | str]]:
    """Return the options of the chosen models that differ from the usual ones, by kind of model."""
    chosen = state.get().model_options
    return {kind: dict(chosen[kind]) for kind in models() if chosen.get(kind)}


def models() -> list[str]:
    """Return the kinds of model that are trained: those chosen, and the baseline, which is always there."""
    return list(dict.fromkeys([*state.get().models, BASELINE]))


def train() -> None:
    """Put a training run in line for the current choices."""
    learned_from = table()
    if learned_from is None:
        return
    choices = state.get()
    arguments = {
        "recipe": recipe().to_json(),
        "models": models(),
        "seed": choices.seed,
        "options": options_of_models(),
        "calibration": choices.calibration,
    }
    run = state.jobs().submit("assess", arguments, lambda folder: save_table(learned_from, folder / "table"))
    state.change(run=run, run_of=fingerprint())


def compare_all() -> None:
    """Put a training run of every model in line that this machine can train; its verdict decides which is looked at."""
    possible = tuple(kind for kind in MODEL_KINDS if kind not in NETWORKS or available())
    state.change(models=possible, model=None)
    train()


def run_status() -> Status | None:
    """Return how far the training run is; None before the first one."""
    run = state.get().run
    return None if run is None else state.jobs().run(run).status()


def network_losses() -> Losses:
    """Return how the loss of networks goes down in the training run, by kind of model; empty where there are none."""
    run = state.get().run
    return {} if run is None else losses(state.jobs().run(run).folder)


def assessments() -> dict[str, Assessment]:
    """Return what the finished run found, by model; empty before that."""
    run, status = state.get().run, run_status()
    if run is None or status is None or status.state != "done":
        return {}
    return state.remember("assessments", run, lambda: _load(state.jobs().run(run).folder))


def _load(folder: Path) -> dict[str, Assessment]:
    return {each.name: load_assessment(each) for each in sorted((folder / "models").iterdir())}


def assessment() -> Assessment | None:
    """Return the assessment whose probabilities make the demand: the chosen model's, or the verdict's."""
    every = assessments()
    if not every:
        return None
    chosen = state.get().model
    return every.get(chosen or "") or every[compare(every).chosen]


def trained(kind: str) -> KeptModel | None:
    """Return the model that a finished training kept, or None when there is none of this kind."""
    run = state.get().run
    if run is None or kind not in assessments():
        return None
    place = state.jobs().run(run).folder / "models" / kind / MODEL
    return state.remember("trained", (run, kind), lambda: load_model(place)) if place.is_file() else None


def regions() -> Table | None:
    """Return the table with population and existing units of the regions, or None."""
    file, name = state.get().regions_file, state.get().regions_name
    return None if file is None else state.remember("regions", file, lambda: read_bytes(content(file), name))


def counts() -> Table | None:
    """Return the counts that a forecast starts from, or None: a file of the Demand screen, or the table in use."""
    choices, came_in = state.get(), table()
    if choices.counts_file is not None:
        file, name = choices.counts_file, choices.counts_name
        return state.remember("counts", file, lambda: read_bytes(content(file), name))
    return came_in if came_in is not None and outlooks.holds_counts(came_in) else None


def is_from_counts() -> bool:
    """Whether demand comes from counts over time: where there are no patients, or the visitor says so."""
    came_in = table()
    if came_in is None:
        return counts() is not None
    return outlooks.holds_counts(came_in) or state.get().demand_from == "counts"


def expected_counts() -> Expected | None:
    """Return what the forecast expects in the chosen periods, set by hand where it was; None when it is stale."""
    given = counts() if is_from_counts() else None
    return None if given is None or outlooks.is_stale(given) else outlooks.expected_counts()


def demand() -> Demand | None:
    """Return the demand of every region from the patients' probabilities, or None."""
    if is_from_counts():
        return None
    patients, learned = table(), assessment()
    if patients is None or learned is None or patients.column("region") is None or is_stale():
        return None
    probability = learned.probability
    if probability is None:
        return None
    places = regions() if state.get().scale_to_population else None
    living = people()
    sources = tuple(each.source if each else None for each in (places, living))
    key = (state.get().run, learned.choice.kind, patients.source, sources)
    if living is not None:
        return state.remember("demand", key, lambda: poststratified_demand(patients, probability, living))
    return state.remember(
        "demand", key, lambda: regional_demand(patients, probability, population=population_of(places))
    )


def people() -> Table | None:
    """Return the table of population by region, age and sex, or None."""
    file, name = state.get().population_file, state.get().population_name
    return None if file is None else state.remember("people", file, lambda: read_bytes(content(file), name))


def is_stale() -> bool:
    """Whether the finished or running training was given other choices than the current ones."""
    return state.get().run is not None and state.get().run_of != fingerprint()


def region_table() -> Table | None:
    """Return the table that allocation starts from: the visitor's own regions, or those the demand was summed to."""
    if is_from_counts():
        return _region_table_of_counts()
    came_in = table()
    if came_in is None or came_in.kind == "regions":
        return came_in
    expected = demand()
    if expected is None:
        return None
    return state.remember(
        "region table", (state.Same(expected), state.get().regions_file), lambda: to_region_table(expected, regions())
    )


def _region_table_of_counts() -> Table | None:
    expected = expected_counts()
    if expected is None:
        return None
    places = regions_of_counts()
    return state.remember(
        "region table of counts",
        (state.Same(expected), state.Same(places)),
        lambda: with_reasons(to_region_table(expected, places), expected.reasons),
    )


def reasons_by_hand(names: Sequence[str]) -> list[str]:
    """Return why each region's demand was set by hand, empty where it was not; nothing when none was."""
    start = region_table()
    given = {} if start is None else reasons_of(start)
    return [given.get(each, "") for each in names] if given else []


def regions_of_counts() -> Table | None:
    """Return the table with population and existing units of the regions that are counted, or None."""
    file, name = state.get().counts_regions_file, state.get().counts_regions_name
    return None if file is None else state.remember("regions of counts", file, lambda: read_bytes(content(file), name))


def points() -> pd.DataFrame | None:
    """Return longitude and latitude by region, or None when the table has none."""
    for place in (counts(), regions_of_counts()) if is_from_counts() else (table(), regions()):
        if place is not None and place.column("longitude") and place.column("latitude") and place.column("region"):
            columns = [place.required(each) for each in ("region", "longitude", "latitude")]
            found = place.frame[columns].set_axis(["region", "longitude", "latitude"], axis=1)
            # counts repeat a region in every period
            return found.dropna().drop_duplicates("region") if is_from_counts() else found
    return None


def resources() -> tuple[Mapping[str, Any], ...] | None:
    """Return the rows of the resource table: the visitor's, or examples that suit the regions."""
    if (chosen := state.get().resources) is not None:
        return chosen
    start = region_table()
    if start is None:
        return None
    return state.remember(
        "examples",
        (start.source, state.get().scale_to_population),
        lambda: tuple(vars(each) for each in example_resources(start)),
    )


def alpha_fair() -> Policy:
    """Return the alpha-fair policy with the visitor's alpha."""
    return Policy(f"alpha:{state.get().alpha:g}")


def policy() -> Policy:
    """Return what the visitor calls best."""
    chosen = state.get().policy
    return alpha_fair() if chosen == "alpha" else Policy(chosen)


def problem() -> Problem | None:
    """Return what is to be solved, with what was changed by hand, or None when a step before is missing."""
    asked, changes = problem_of_file(), state.get().region_changes
    if asked is None:
        return None
    key = (state.Same(asked), json.dumps(changes, sort_keys=True))
    return state.remember("problem", key, lambda: overridden(asked, changes))


def problem_of_file() -> Problem | None:
    """Return what would be solved with the numbers of regions as they are in their table."""
    start, rows = region_table(), resources()
    if start is None or not rows:
        return None
    choices = state.get()
    listed = tuple(Resource(**row) for row in rows)
    key = (state.Same(start), listed, choices.budget, choices.floor, policy())
    return state.remember(
        "problem of file",
        key,
        lambda: problem_from_table(
            for_resources(start, (each.name for each in listed)),
            listed,
            budget=choices.budget,
            floor=choices.floor / 100,
            policy=policy(),
        ),
    )


def plan() -> Plan | None:
    """Return the plan of the current problem, or None when a step before is missing.

    Raises
    ------
    InfeasibleError
        If the limits cannot be kept.
    """
    asked = problem()
    return None if asked is None else state.remember("plan", state.Same(asked), lambda: solve(asked))


def why(of: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the plan's order."""
    return state.remember("why", state.Same(of), lambda: reasons(of))


def why_in_words(of: Plan) -> list[str]:
    """Return the reason of every region in the visitor's words, for a table."""
    return state.remember("why in words", (state.Same(of), state.get().language), lambda: words.all_plainly(why(of)))


def locks_cost(of: Plan) -> float:
    """Return how many fewer persons are served because of the locks. [persons/period]."""
    return state.remember("locks cost", state.Same(of), lambda: cost_of_locks(of))


def at_the_margin(of: Plan) -> Marginal:
    """Return what one unit more and one unit less of every limit would change, by solving again."""
    return state.remember("margin", state.Same(of), lambda: marginal(of))


def scores(of: Plan) -> tuple[Score, ...]:
    """Return every measure of fairness of a plan."""
    return state.remember("scores", state.Same(of), lambda: scorecard(of))


def frontier(points: int) -> Growing[FrontierPoint]:
    """Return the plans between serving the most and the largest common floor, most served first, as far as found."""
    asked = problem()
    if asked is None:
        return Growing(iter(()))
    base = replace(asked, policy=MOST_SERVED)
    key = (state.Same(asked), points)
    return state.remember("frontier", key, lambda: Growing(trace_frontier(base, points)))


def rivals_take(of: Plan) -> float:
    """Return about how long the plans of all other policies take, judged by this one; 0 when they are made [s]."""
    kept = state.visit().computed.get("every policy")
    return 0.0 if kept is not None and kept[0] == state.Same(of.problem) else of.seconds * len(POLICIES)


def every_policy() -> dict[str, Plan]:
    """Return the plan under each policy within the same limits; per head only when the population is known."""
    asked, own = problem(), plan()
    if asked is None or own is None:
        return {}
    every = (MOST_SERVED, alpha_fair(), *(each for each in POLICIES if each != MOST_SERVED))
    possible = [each for each in every if each != "per-head" or asked.population is not None]
    return state.remember(
        "every policy",
        state.Same(asked),
        lambda: {each: own if each == asked.policy else solve(replace(asked, policy=each)) for each in possible},
    )


def largest_floor(scenario: Scenario | None = None) -> float:
    """Return the largest common floor that fits stocks, caps and budget, also after a scenario's changes [fraction]."""
    asked = problem()
    if asked is None:
        return 1.0
    return conflicts.largest_floor(asked if scenario is None else apply(asked, scenario))


def plan_if(scenario: Scenario) -> Plan | None:
    """Return the plan of the current problem with a scenario's changes."""
    asked = problem()
    if asked is None:
        return None
    key = (state.Same(asked), json.dumps(scenario.to_json(), sort_keys=True))
    return state.remember("plan if", key, lambda: solve(apply(asked, scenario)))
