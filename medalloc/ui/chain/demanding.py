"""How much care is expected in which region, from patients or from counts over time."""

from collections.abc import Sequence

from medalloc.demand import Demand, population_of, poststratified_demand, regional_demand, to_region_table
from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.region_table import reasons_of, with_reasons
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.chain.learning import assessment, is_stale
from medalloc.ui.chain.tables import counts, is_from_counts, people, regions, regions_of_counts, table
from medalloc.ui.demand import outlooks


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
    anew = state.get().patients_anew
    key = (state.get().run, learned.choice.kind, patients.source, sources, anew)
    if living is not None:
        return state.remember(
            "demand", key, lambda: poststratified_demand(patients, probability, living, patients_anew=anew)
        )
    return state.remember(
        "demand",
        key,
        lambda: regional_demand(patients, probability, population=population_of(places), patients_anew=anew),
    )


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
