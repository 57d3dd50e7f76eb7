"""One message of a feed: numbers by region, and as of when."""

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from medalloc.errors import InputError, refused
from medalloc.saved import read_json
from medalloc.sentences import Sentence, listed, sentence

REGION, NUMBER, AT = ("region",), ("demand", "count", "number", "value"), ("at", "date", "time")
"""What the columns of a message are called."""


@dataclass(frozen=True)
class Message:
    r"""What a feed said once.

    Examples
    --------
    >>> said = read_message(b"region,count,at\nNorth,3,2026-11-29\n", "counts.csv", "2026-11-30T00:00:00+00:00")
    >>> said.at, dict(said.numbers)
    ('2026-11-29T00:00:00+00:00', {'North': 3.0})
    """

    at: str
    """As of when, as ISO with its zone."""

    source: str
    """Where it came from."""

    numbers: Mapping[str, float]
    """People or cases by region. [count/period]"""

    digest: str
    """SHA-256 of what came: the same again is a repetition."""


def read_message(content: bytes, source: str, came: str) -> Message:
    """Return what came as CSV or JSON; without a time of its own it is as of when it came.

    Raises
    ------
    InputError
        In one sentence: that it is neither, or what is wrong in it.
    """
    try:
        text = content.decode("utf-8-sig")
        rows = _of_json(read_json(text)) if text.lstrip()[:1] in ("[", "{") else list(csv.DictReader(io.StringIO(text)))
    except (ValueError, csv.Error, RecursionError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _garbage(source, sentence("it is no CSV or JSON in UTF-8")) from error
    return message_of(rows, source, came, hashlib.sha256(content).hexdigest())


def message_of(rows: Iterable[Mapping[str, Any]], source: str, came: str, digest: str = "") -> Message:
    """Return the message that rows of region, number and perhaps a time make.

    Raises
    ------
    InputError
        In one sentence, with what is wrong.
    """
    numbers: dict[str, float] = {}
    latest, wrong = "", list[str]()
    for row in rows:
        cells = {str(name).strip().casefold(): cell for name, cell in row.items() if name is not None}
        region = str(_first(cells, REGION) or "").strip()
        found = _first(cells, NUMBER)
        if not region:
            raise _garbage(source, sentence("a row has no region, or there is no column “region”"))
        number = _number(found)
        if number is None or region in numbers:
            wrong.append(region)
            continue
        if not math.isnan(number):
            numbers[region] = number
        latest = max(latest, _time(_first(cells, AT), source))
    if wrong:
        said = sentence("these regions are there twice, or with no count of at least 0: {names}", names=listed(wrong))
        raise _garbage(source, said)
    if not numbers:
        raise _garbage(source, sentence("it holds no number"))
    made = digest or hashlib.sha256(repr((latest, sorted(numbers.items()))).encode()).hexdigest()
    return Message(latest or came, source, numbers, made)


def moment(written: str) -> datetime:
    """Return a moment from ISO; without a zone it is UTC."""
    read = datetime.fromisoformat(written)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _of_json(read: Any) -> list[Mapping[str, Any]]:
    if isinstance(read, Mapping) and read.get("resourceType") in ("Bundle", "MeasureReport"):
        return list(_of_reports(read))
    if isinstance(read, Mapping) and isinstance(read.get("numbers"), Mapping):
        return [{"region": name, "number": cell, "at": read.get("at")} for name, cell in read["numbers"].items()]
    if not isinstance(read, list) or not all(isinstance(row, Mapping) for row in read):
        raise ValueError("no rows")
    return read


def _of_reports(read: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each FHIR MeasureReport of a bundle, or for each stratum of one that is divided by place."""
    reports = [read] if read["resourceType"] == "MeasureReport" else [each["resource"] for each in read["entry"]]
    for report in reports:
        if report["resourceType"] != "MeasureReport":
            continue
        at, (group, *_) = report.get("period", {}).get("end") or report.get("date"), report["group"]
        if strata := [stratum for each in group.get("stratifier", ()) for stratum in each["stratum"]]:
            for stratum in strata:
                yield {"region": _concept(stratum["value"]), "number": _measured(stratum), "at": at}
        else:
            place = report.get("reporter") or report.get("subject") or {}
            named = place.get("display") or str(place.get("reference", "")).rpartition("/")[2]
            yield {"region": named, "number": _measured(group), "at": at}


def _concept(value: Mapping[str, Any]) -> str:
    """Return the words of a concept, else its first code."""
    coded = (value.get("coding") or [{}])[0]
    return str(value.get("text") or coded.get("display") or coded.get("code") or "")


def _measured(group: Mapping[str, Any]) -> Any:
    """Return the score of a group, or else how many are in its numerator, or in the population it begins with."""
    if "measureScore" in group:
        return group["measureScore"].get("value")
    counts = {each["code"]["coding"][0]["code"]: each["count"] for each in group.get("population", ())}
    return counts.get("numerator", counts.get("initial-population"))


def _first(cells: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((cells[name] for name in names if name in cells), None)


def _number(found: Any) -> float | None:
    """Return a count, NaN where the cell is blank, None where it is no count."""
    if found is None or (isinstance(found, str) and not found.strip()):
        return math.nan
    try:
        number = float(found)
    except (TypeError, ValueError):
        return None
    return number if 0 <= number < math.inf and not isinstance(found, bool) else None


def _time(found: Any, source: str) -> str:
    if found is None or not str(found).strip():
        return ""
    try:
        return moment(str(found).strip()).isoformat()
    except ValueError as error:
        raise _garbage(source, sentence("“{cell}” is no date as in 2026-11-29", cell=str(found)[:40])) from error


def _garbage(source: str, reason: Sentence) -> InputError:
    return refused("What came from “{source}” cannot be used: {reason}.", source=source, reason=reason)
