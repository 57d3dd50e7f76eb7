"""Every package that medalloc stands on, with its licence: ``python -m docs.licences > docs/licences.md``."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LONG = 60
"""Characters from which on a field holds the text of a licence rather than its name. [count]"""


def named(file: Path) -> list[str]:
    """Return the packages that a list of requirements names, for this machine."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    asked = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return [each.name for each in asked if each.marker is None or each.marker.evaluate()]


def with_theirs(names: list[str]) -> dict[str, Distribution]:
    """Return packages with all that they stand on, by the names by which they are known."""
    found: dict[str, Distribution] = {}
    left = list(names)
    while left:
        name = _known(left.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            # of another machine
            continue
        asked = (Requirement(each) for each in found[name].requires or ())
        left += [each.name for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]
    return dict(sorted(found.items()))


def licence(of: Distribution) -> str:
    """Return what a package says its licence is, in one line.

    Examples
    --------
    >>> licence(distribution("streamlit"))
    'Apache-2.0'
    """
    about = of.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classes = (each for each in about.get_all("Classifier", ()) if each.startswith("License :: OSI Approved ::"))
    classified = [each.rpartition(" :: ")[2] for each in classes]
    named = " ".join(" ".join(about.get_all("License", ())).split())
    return ", ".join(classified) or (named if 0 < len(named) <= LONG else "see its files")


def _known(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def page() -> str:
    """Return the page."""
    lines = [
        "# Packages and their licences",
        "",
        "What `requirements.txt` installs, with all that it stands on, at the versions of `constraints.txt`. Made by",
        "`make licences`; `make audit` looks for known faults in them.",
        "",
        "| package | version | licence |",
        "|---|---|---|",
    ]
    for each in with_theirs(named(ROOT / "requirements.txt")).values():
        lines.append(f"| {each.name} | {each.version} | {licence(each)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
