"""What resources are called whose names are known here: stored as they were given, read in the reader's language."""

from medalloc.sentences import Sentence, sentence

SINGULAR = {
    **{"beds": "bed", "nurses": "nurse", "clinicians": "clinician", "physicians": "physician", "doctors": "doctor"},
    **{"midwives": "midwife", "surgeons": "surgeon", "therapists": "therapist", "paramedics": "paramedic"},
    **{"ventilators": "ventilator", "ambulances": "ambulance", "vehicles": "vehicle", "scanners": "scanner"},
    **{"teams": "team", "clinics": "clinic", "rooms": "room", "theatres": "theatre", "wards": "ward"},
    **{"doses": "dose", "vaccines": "vaccine", "tests": "test", "kits": "kit", "machines": "machine"},
    **{"workers": "worker", "aides": "aide", "units": "unit", "places": "place", "visits": "visit", "hours": "hour"},
}
"""One of each thing whose plural is known here; whatever else units are called is said as it was given."""

NAMES = (
    *(sentence("beds"), sentence("hospital beds"), sentence("acute beds"), sentence("ICU beds")),
    *(sentence("intensive care beds"), sentence("critical care beds"), sentence("paediatric beds")),
    *(sentence("maternity beds"), sentence("nurses"), sentence("ICU nurses"), sentence("clinicians")),
    *(sentence("doctors"), sentence("physicians"), sentence("surgeons"), sentence("midwives")),
    *(sentence("therapists"), sentence("paramedics"), sentence("community health workers")),
    *(sentence("ventilators"), sentence("ambulances"), sentence("scanners"), sentence("operating theatres")),
    *(sentence("clinics"), sentence("wards"), sentence("teams"), sentence("doses"), sentence("vaccines")),
    *(sentence("tests"), sentence("nurse hours"), sentence("clinician hours"), sentence("theatre hours")),
    *(sentence("staff"), sentence("money")),
)
"""Each as English has it."""

KNOWN = {each.template.casefold(): each for each in NAMES}
PLURAL = {one: many for many, one in SINGULAR.items()}
LISTED = ", "
"""Between several that are named together."""

PLACES = frozenset({"resource", "resources"})
"""Places of a sentence that hold names of resources."""


def named(resource: str) -> Sentence:
    """Return the name of a resource, or of several with commas between them, to stand at any place of a sentence."""
    return Sentence("{resource}", {"resource": resource})


def known(name: str) -> Sentence | None:
    """Return what a resource is called, where its name is known in whatever spelling.

    Examples
    --------
    >>> [str(known(each)) for each in ("Beds", "icu_beds", "nurse", "North ward")]
    ['beds', 'ICU beds', 'nurses', 'None']
    """
    plain = " ".join(name.replace("\\", "").replace("_", " ").casefold().split())
    before, space, last = plain.rpartition(" ")
    return KNOWN.get(plain) or KNOWN.get(f"{before}{space}{PLURAL.get(last, last)}")
