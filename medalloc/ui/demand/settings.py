"""What is asked of the counts, and the run that answers it."""

import streamlit as st

from medalloc.demand.forecasting import question
from medalloc.demand.forecasting.calendar import periods
from medalloc.demand.forecasting.catalogue import MODELS, NETWORKS, name
from medalloc.demand.forecasting.panel import Panel
from medalloc.networks.training import OPTIMIZERS
from medalloc.study.parts import Demand
from medalloc.study.steps import demands
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers, palette, runs, words
from medalloc.ui.kit.words import _

FARTHEST = 52
"""Horizon that can be asked for, if the history allows. [periods]"""

MOST_SEEDS = 10


def model_names(given: Panel) -> dict[str, str]:
    """Return what each forecaster is called, and what stands for all quick ones."""
    every = given.calendar.every
    called = {each: words.plainly(name(each, every)) for each in MODELS}
    return {"auto": _("automatic"), **{each: said[:1].upper() + said[1:] for each, said in called.items()}}


def controls(given: Panel, chosen: Demand, *, older: bool) -> None:
    """Let the visitor ask, and run the forecast as a job that survives page switches and refreshes."""
    most = max(1, min(FARTHEST, given.length // 2))
    if chosen.forecast_horizon > most:
        state.change(forecast_horizon=most)
    numbers.asked(
        _("Periods to look ahead [{periods}]").format(periods=words.plainly(periods(given.calendar.every))),
        at.study.demand.forecast_horizon,
        low=1,
        high=most,
        step=1,
        help=_("The farther, the less sure; at most half of what has been counted, and 52."),
    )
    st.text_input(
        _("What is counted"),
        placeholder=_("cases"),
        help=_("In the plural, such as “visits”; it is used in sentences and titles."),
        **state.bound(at.study.demand.counted),
    )
    st.button(
        _("Forecast"),
        type=palette.main_button(),
        icon=":material/play_arrow:",
        on_click=runs.submit,
        args=(demands.outlook,),
        disabled=state.locked(runs.is_busy("outlook")),
        width="stretch",
        help=_("Tries the forecasters on past dates, uses the one that has earned it, and says what comes next."),
    )
    _how_it_stands(older=older)
    with st.expander(_("Forecasters and seeds"), key="forecasters_and_seeds"):
        _forecasters(given)


def _forecasters(given: Panel) -> None:
    names = model_names(given)
    compared = st.pills(
        _("Forecasters to compare"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        help=_(
            "Automatic compares the quick ones, from the last value to boosting and the mean of several. Networks are "
            "challengers: they may take minutes, and are used only if they are clearly better."
        ),
        **state.bound(at.study.demand.forecast_models),
    )
    left, right = st.columns(2)
    numbers.asked(
        _("Times a network learns"),
        at.study.demand.forecast_seeds,
        place=left,
        low=question.FEWEST_SEEDS,
        high=MOST_SEEDS,
        step=1,
        help=_("Each time from another start; the range between them says how much is luck."),
    )
    numbers.asked(
        _("Seed of the forecast"),
        at.study.demand.forecast_seed,
        place=right,
        low=0,
        high=2**31 - 1 - question.MOST_SEEDS,
        step=1,
        help=_("The same seed gives the same forecast."),
    )
    if set(compared) & set(NETWORKS):
        st.segmented_control(
            _("Optimiser of the networks"),
            OPTIMIZERS,
            format_func={"gd": _("Gradient descent"), "sgd": _("SGD"), "adam": _("Adam")}.__getitem__,
            required=True,
            help=_("One step a pass over all windows, one a batch of them, or Adam's steps."),
            **state.bound(at.study.demand.forecast_optimizer),
        )
        st.caption(_("With networks this may take minutes; you can go on to other screens meanwhile."))


def _how_it_stands(*, older: bool) -> None:
    """Show how far the forecast is, how it ended where that is not as it should be, and whether it is stale."""
    runs.show(
        "outlook",
        cancelled=_("The last forecast was cancelled."),
        lost=_("The last forecast was lost when the server ended; forecast again."),
    )
    if older:
        st.warning(
            _("Counts or settings have changed since this forecast: the results below are out of date. Forecast again.")
        )
