"""The race on a small network, computed here and now."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from medalloc.lessons.descent import Run, Setting, Way, race
from medalloc.lessons.sample import Sample, few, standardised
from medalloc.lessons.small_network import SmallNetwork
from medalloc.lessons.standing import Axis, Band, band, standing
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts, race_curves

ROWS = 600
HIDDEN = 8
UPDATES = 400


def network() -> SmallNetwork:
    """Return the network on a few patients of the sample."""
    return material.keep(_network, material.patients())


def _network(patients: Sample) -> SmallNetwork:
    sample = few(patients, ROWS, seed=material.SEED)
    return SmallNetwork(standardised(sample.values, by=sample.values), sample.need, hidden=HIDDEN)


def bands(rates: Mapping[Way, float], axis: Axis) -> dict[str, Band]:
    """Return everybody's runs as bands; only who was changed runs again."""
    asked, seeds = network(), state.learn().learn_seeds
    setting = Setting(UPDATES, state.learn().learn_batch)
    return {way: band(material.keep(_down, asked, way, rate, setting, seeds), axis) for way, rate in rates.items()}


def _down(asked: SmallNetwork, way: Way, rate: float, setting: Setting, seeds: int) -> tuple[Run, ...]:
    starts = np.array([asked.start(seed) for seed in range(seeds)])
    return race(asked, starts, {way: rate}, setting=setting, seed=0)[way]


def ranked(rates: Mapping[Way, float], axis: Axis) -> list[tuple[str, float]]:
    """Return everybody with the loss they reach at the common end, lowest first."""
    return standing(bands(rates, axis)) if rates else []


def panel(rates: Mapping[Way, float], axis: Axis, called: Mapping[str, str], along: Mapping[Axis, str]) -> None:
    """Show the loss of the network against what it cost."""
    st.markdown("##### " + _("A small network: the loss"))
    found = bands(rates, axis)
    drawing.show(
        race_curves.curves(found, called, along[axis]),
        key="learn_network_losses",
        alt=_("Loss of the small network by each optimiser, with a band over seeds"),
    )
    st.caption(
        _(
            "{parameters} parameters: {hidden} hidden units on {columns} columns of {rows} patients. "
            "Everybody starts from the same places and takes {updates} updates; the picture ends where the "
            "first has nothing more to show. Loss on the rows learned from: who is lowest here need not be "
            "best for new patients."
        ).format(
            parameters=words.number(network().parameters),
            hidden=HIDDEN,
            columns=network().columns,
            rows=ROWS,
            updates=UPDATES,
        )
    )
    frame = race_curves.as_table(found, called, axis)
    parts.numbers(
        frame,
        key="learn_network_table",
        alt=_("Loss of the network by each optimiser at every look"),
        **race_curves.headers(axis, along[axis]),
    )
