"""Drift in words and as plain values: whether counts have shifted, and whether they fit their forecasts."""

from typing import Any

import numpy as np

from medalloc.live.drift import MUCH_OFF, SOME_FEWER, SOME_OFF, Fit, Shifted
from medalloc.live.judged import PROMISED
from medalloc.need.persistence.drift import MUCH, SOME
from medalloc.sentences import Sentence, sentence


def shifted_said(found: Shifted | None) -> Sentence:
    """Say whether counts have shifted, with the marks."""
    if found is None:
        return sentence("Whether counts have shifted is not known: that takes a year of counts and a little more.")
    marks = {
        "index": f"{found.stability:.2f}",
        "distance": f"{found.distance:.2f}",
        "some": SOME,
        "much": MUCH,
        "periods": found.periods,
    }
    if found.word == "no" and found.stability >= SOME:
        return sentence(
            "The newest counts (periods compared: {periods}) differ from those of a year before (stability index "
            "{index}, largest difference of shares {distance}), but that is ordinary here: one time in ten the index "
            "was above {ordinary}.",
            ordinary=f"{found.ordinary:.2f}",
            **{name: marks[name] for name in ("index", "distance", "periods")},
        )
    if found.word == "no":
        return sentence(
            "The newest counts (periods compared: {periods}) are like those of a year before: stability index "
            "{index} (from {some} somewhat, from {much} strongly shifted), largest difference of shares {distance}.",
            **marks,
        )
    if found.word == "somewhat":
        return sentence(
            "The newest counts (periods compared: {periods}) have shifted somewhat against those of a year before: "
            "stability index {index} (from {some} somewhat, from {much} strongly), largest difference of shares "
            "{distance}.",
            **marks,
        )
    return sentence(
        "The newest counts (periods compared: {periods}) have shifted strongly against those of a year before: "
        "stability index {index} (from {some} somewhat, from {much} strongly), largest difference of shares "
        "{distance}.",
        **marks,
    )


def fit_said(found: Fit | None) -> Sentence:
    """Say how counts compare with their forecasts, with the marks."""
    if found is None:
        return sentence("How counts compare with their forecasts is not known yet: none of a forecast has come in.")
    marks: dict[str, Any] = {
        "share": f"{100 * min(abs(found.off), 9.99):.0f}",
        "some": f"{100 * SOME_OFF:.0f}",
        "much": f"{100 * MUCH_OFF:.0f}",
    }
    if abs(found.off) < SOME_OFF:
        return sentence(
            "Counts fit what was forecast for them a period ahead: in sum they differ by {share}% (from {some}% "
            "somewhat, from {much}% strongly).",
            **marks,
        )
    if found.off > 0:
        return sentence(
            "Counts are {share}% above what was forecast for them a period ahead (from {some}% somewhat, from {much}% "
            "strongly).",
            **marks,
        )
    return sentence(
        "Counts are {share}% below what was forecast for them a period ahead (from {some}% somewhat, from {much}% "
        "strongly).",
        **marks,
    )


def inside_said(found: Fit | None) -> Sentence | None:
    """Say how many counts were within their intervals; None where there are none."""
    if found is None or np.isnan(found.inside):
        return None
    marks = {"share": f"{100 * found.inside:.0f}", "promised": f"{100 * PROMISED:.0f}"}
    if PROMISED - found.inside < SOME_FEWER:
        return sentence("{share}% of the counts were within intervals that promised {promised}%.", **marks)
    return sentence(
        "Only {share}% of the counts were within intervals that promised {promised}%: forecasts are surer than they "
        "should be.",
        **marks,
    )


def drift_json(shift: Shifted | None, fit: Fit | None) -> dict[str, Any]:
    """Return drift as plain values; None where it is not known."""
    return {
        "counts": None
        if shift is None
        else {
            "stability_index": shift.stability,
            "ks": shift.distance,
            "ordinary": None if np.isnan(shift.ordinary) else shift.ordinary,
            "shifted": shift.word,
            "marks": [SOME, MUCH],
        },
        "forecasts": None
        if fit is None
        else {
            "observed": fit.observed,
            "predicted": fit.predicted,
            "inside": None if np.isnan(fit.inside) else fit.inside,
            "promised": PROMISED,
            "counts": fit.counts,
            "off": fit.word,
            "marks": [SOME_OFF, MUCH_OFF],
        },
    }
