"""What is sent to the browser for a map: thousands of regions in few bytes."""

import numpy as np
import pandas as pd
import pyarrow as pa

from medalloc.geography.boundaries import BoundarySet, boundaries


def lookup(known: pd.DataFrame, of: BoundarySet) -> tuple[str, str]:
    """Return the column that says which shape a region is, and what it is called in the file of these.

    Where regions are called as there, nothing more need be sent: of thousands it is a fifth of everything.
    """
    if (known["region"] == known["place"]).all():
        return "region", "id"
    if not of.shapes:
        called = {each.id: each.names[1] for each in boundaries(of.name)}
        if (known["region"] == known["place"].map(called)).all():
            return "region", "properties.name"
    return "place", "id"


def are_numbers(known: pd.DataFrame, key: str) -> bool:
    """Whether the names of regions are found by the numbers of their boundaries, all of as many digits.

    Examples
    --------
    >>> are_numbers(pd.DataFrame({"place": ["01001", "02013"]}), "properties.name")
    True
    """
    places = known["place"]
    return (
        key == "properties.name"
        and bool(places.str.isdigit().all())
        and bool((places.str.len() == len(places.iloc[0])).all())
    )


def slim(known: pd.DataFrame, *, keep_place: bool) -> pd.DataFrame:
    """Return a table of half the bytes that a picture cannot tell from it."""
    slim = known if keep_place else known.drop(columns="place")
    numbers = {name: np.float32 for name in slim.columns if slim[name].dtype == np.float64}
    texts = {
        name: pd.ArrowDtype(pa.string())
        for name in ("region", "place")
        if name in slim and slim[name].dtype.kind not in "iu"
    }
    short = slim.astype({**numbers, **texts})
    # never below what it stands for: 0.7 would be in the step that ends there
    below = short["value"].to_numpy() < slim["value"].to_numpy()
    short["value"] = np.where(below, np.nextafter(short["value"].to_numpy(), np.float32(np.inf)), short["value"])
    return short
