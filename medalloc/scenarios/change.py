"""What a planner would like to try: changes with a name, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.allocation.policy import policy_fault
from medalloc.allocation.problem.scalars import is_number
from medalloc.errors import InputError
from medalloc.saved import entry_faults, form_faults
from medalloc.sentences import Sentence, sentence
from medalloc.tables import quantities
from medalloc.tables.quantities import PER_CELL

VERSION = 1
ENTRIES = ("name", "changes")
UNLIMITED = "unlimited"
"""The value that takes a budget, a cap, a lock or a limit on space away."""

PER_RESOURCE = ("stock", "requirement", "unit_cost", "movable", "move_cost", "length_of_stay")
PER_REGION = tuple(role for role in quantities.PER_REGION if role != "population")
WHATS = (*PER_RESOURCE, *PER_REGION, *PER_CELL, "budget", "policy")
"""Everything that a scenario can change."""

KEYS = ("what", "factor", "value", "resource", "region")


@dataclass(frozen=True)
class Change:
    """One thing that is different: times a factor, or set to a value.

    Raises
    ------
    InputError
        With everything that is wrong with the change by itself.

    Examples
    --------
    >>> str(Change("stock", factor=1.1, resource="beds").sentence)
    'stock (beds): times 1.1'
    """

    what: str
    """One of `WHATS`."""

    factor: float | None = None
    """What the present number is multiplied by, at least 0. Either this or a value. A requirement or unit cost is
    multiplied in every region, one of the region's own too: ten percent more makes every price ten percent higher."""

    value: float | str | None = None
    """The new number; the name of a policy; or ``unlimited`` for a budget, a cap, a lock or space. A requirement or
    unit cost that is set is the usual one: a region that has its own keeps it."""

    resource: str | None = None
    """Which resource; all of them when left out. A demand has one only where every resource has persons of its own."""

    region: str | None = None
    """Which region; all when left out. A floor without a region is the common one, unless it is multiplied."""

    def __post_init__(self) -> None:
        """Check the change by itself."""
        faults = _change_faults(self)
        if faults:
            raise InputError(*faults)

    @property
    def sentence(self) -> Sentence:
        """The change in words."""
        names = ", ".join(name for name in (self.resource, self.region) if name is not None)
        what = self.what.replace("_", " ")
        about = sentence("{what} ({names})", what=what, names=names) if names else sentence("{what}", what=what)
        if self.factor is not None:
            return sentence("{about}: times {factor}", about=about, factor=self.factor)
        return sentence("{about}: {value}", about=about, value=self.value)

    def to_json(self) -> dict[str, object]:
        """Return what was given as plain values."""
        given = {name: getattr(self, name) for name in ("what", "factor", "value", "resource", "region")}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Scenario:
    """A name and the changes, applied one after the other."""

    name: str
    """What a planner calls it."""

    changes: tuple[Change, ...] = ()
    """What is different from the base problem."""

    def to_json(self) -> dict[str, object]:
        """Return plain values that `from_json` turns into the same scenario."""
        return {"version": VERSION, "name": self.name, "changes": [change.to_json() for change in self.changes]}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Scenario":
        """Return the scenario that `to_json` wrote.

        Raises
        ------
        InputError
            With every fault of the saved form and of its changes at once.
        """
        faults = form_faults(data, sentence("scenario"), version=VERSION, known=ENTRIES, required=ENTRIES)
        if not isinstance(data, Mapping):
            raise InputError(*faults)
        if "name" in data and not isinstance(data["name"], str):
            faults.append(sentence("“name” of a saved scenario must be text."))
        changes = _changes_of(data.get("changes", []), faults)
        if faults:
            raise InputError(*faults)
        return cls(str(data["name"]), changes)


def _changes_of(saved: object, faults: list[Sentence]) -> tuple[Change, ...]:
    """Return the saved changes; what is wrong with them is added to the faults."""
    if not isinstance(saved, list) or not all(isinstance(one, Mapping) for one in saved):
        faults.append(sentence("“changes” of a saved scenario must be a list of objects."))
        return ()
    changes = []
    for place, one in enumerate(saved, 1):
        found = entry_faults(one, sentence("change"), known=KEYS, required=("what",))
        if not found:
            try:
                changes.append(Change(**one))
            except InputError as error:
                found = list(error.faults)
        faults += [sentence("Change {place}: {fault}", place=place, fault=fault) for fault in found]
    return tuple(changes)


def _change_faults(change: Change) -> list[Sentence]:
    """Return what is wrong with a change, whatever problem it is for."""
    if change.what not in WHATS:
        return [
            sentence(
                "“{found}” cannot be changed; use one of: {whats}.", found=str(change.what), whats=", ".join(WHATS)
            )
        ]
    faults = _number_faults(change)
    for name, given, fits in (
        ("resource", change.resource, change.what in (*PER_RESOURCE, *PER_CELL, "demand")),
        ("region", change.region, change.what in (*PER_REGION, *PER_CELL)),
    ):
        if given is not None and not (fits and isinstance(given, str)):
            faults.append(
                sentence("{what} has no {name}; leave “{given}” out.", what=change.what, name=name, given=str(given))
            )
    if change.value is not None and change.what in (*PER_RESOURCE, *PER_CELL) and change.resource is None:
        faults.append(sentence("Setting {what} to a value needs the resource; name it.", what=change.what))
    if change.value is not None and change.what in ("demand", "existing", "locked") and change.region is None:
        faults.append(sentence("Setting {what} to a value needs the region; name it.", what=change.what))
    return faults


def _number_faults(change: Change) -> list[Sentence]:
    if (change.factor is None) == (change.value is None):
        return [sentence("Changing {what} takes either a factor or a value; give one.", what=change.what)]
    if change.what == "policy":
        fault = policy_fault(change.factor if change.value is None else change.value)
        return [fault] if fault else []
    if change.value == UNLIMITED and change.what in ("budget", "cap", "locked", "space"):
        return []
    number = change.value if change.factor is None else change.factor
    if is_number(number) and float(number) >= 0:  # type: ignore[arg-type]
        return []
    return [
        sentence("Changing {what}: found {found}; give a number of at least 0.", what=change.what, found=str(number))
    ]
