"""Checks of a saved form whose entries are read by hand."""

from collections.abc import Collection, Mapping

from medalloc.sentences import Sentence, listed, sentence


def form_faults(
    data: object, what: Sentence, *, version: int, known: Collection[str], required: Collection[str] = ()
) -> list[Sentence]:
    """Return what is wrong with the entries and the version of a saved `what`."""
    if not isinstance(data, Mapping):
        return [sentence("A saved {what} must be a JSON object, not {found}.", what=what, found=type(data).__name__)]
    faults = entry_faults(data, what, known=(*known, "version"), required=required)
    if data.get("version") != version or isinstance(data["version"], bool):
        faults.append(
            sentence(
                "The saved {what} has version {found}; this program reads version {known}.",
                what=what,
                found=str(data.get("version", "(none)")),
                known=version,
            )
        )
    return faults


def entry_faults(
    data: Mapping[str, object], what: Sentence, *, known: Collection[str], required: Collection[str] = ()
) -> list[Sentence]:
    """Return what is wrong with the entries of a saved `what`: missing ones and unknown ones."""
    missing = [name for name in required if name not in data]
    unknown = [name for name in data if name not in known]
    faults = []
    if missing:
        faults.append(sentence("The saved {what} lacks: {names}.", what=what, names=listed(missing)))
    if unknown:
        faults.append(
            sentence(
                "A saved {what} has no entry called: {names}. Known are: {known}.",
                what=what,
                names=listed(unknown),
                known=", ".join(known),
            )
        )
    return faults
