"""Step 5, the convolution: a small window slides along a weekly series."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.errors import InputError
from medalloc.lessons.convolution import TRAIN_SHARE, WEEKS, Read, Series, read
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts
from medalloc.ui.learn.convolution_kernel import kernel, kernel_controls
from medalloc.ui.learn.convolution_pictures import (
    class_names,
    classes_picture,
    looked_at,
    map_picture,
    series_picture,
)

BAND = 0.1
"""How far a number may move and still be "about the same". [fraction]"""

FORMULAS = (
    r"y=\operatorname{softmax}\bigl(W\operatorname{relu}(\operatorname{Conv}(X,K)+b)+c\bigr)",
    r"\operatorname{Conv}(X,K)_t=\sum_{j=1}^{k}K_j\,X_{t-k+j}",
)


def found() -> tuple[Series, Read]:
    """Return the series and what the network makes of it.

    Raises
    ------
    InputError
        If the kernel cannot be read, or the region has too many gaps.
    """
    series, chosen = material.series(state.learn().learn_place), state.learn()
    return series, material.keep(_read, series, tuple(kernel().tolist()), chosen.learn_bias, chosen.learn_ahead)


def _read(series: Series, weights: tuple[float, ...], bias: float, ahead: int) -> Read:
    return read(series, np.array(weights), bias=bias, ahead=ahead, band=BAND)


def answer() -> str | None:
    """Say whether the network beats what needs no network."""
    try:
        now = found()[1]
    except InputError:
        return None
    said = {
        "correct": words.percent(now.correct(test=True)),
        "plain": words.percent(now.plain_correct),
        "loss": words.number(now.loss(test=True), 2),
        "plain_loss": words.number(now.plain_loss, 2),
        "windows": words.number(int((~now.is_train).sum())),
    }
    if now.loss(test=True) < now.plain_loss:
        return _(
            "On {windows} later weeks this network names what comes in {correct}, against {plain} for always naming "
            "the most frequent answer; its log-loss is {loss} against {plain_loss}."
        ).format(**said)
    return _(
        "This network is not worth having: on {windows} later weeks its log-loss is {loss}, and always giving the "
        "usual shares has {plain_loss}. It names what comes in {correct}, against {plain}."
    ).format(**said)


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("A convolution, and what is made of it"),
        FORMULAS,
        _("The kernel K slides along the last {weeks} weeks X and sees a few of them at a time.").format(weeks=WEEKS),
        _(
            "relu keeps what is above 0; W and c turn that into the probabilities that the number will be lower, about "
            "the same (within {band}) or higher. K and b are yours; W and c are fitted to the older weeks."
        ).format(band=words.percent(BAND)),
    )
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with layout.failures_as_sentences():
        series, now = found()
        with result:
            drawing.show(
                series_picture(series, now), key="learn_series", alt=_("The weekly series, with the window looked at")
            )
            drawing.show(map_picture(series, now), key="learn_map", alt=_("The feature map before and after relu"))
        in_one_week(series, now)
        figures(now)
        table(series, now)
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose kernel, bias, region, and what is asked."""
    kernel_controls()
    st.slider(
        _("Bias b"),
        -2.0,
        2.0,
        step=0.1,
        help=_("Added before relu; a negative one lets only strong matches through."),
        **state.bound(at.learn.learn_bias),
    )
    st.slider(
        _("Weeks ahead"),
        1,
        8,
        help=_("How far ahead the network is asked about."),
        **state.bound(at.learn.learn_ahead),
    )
    places = ("", *sorted(material.weeks().frame["region"].unique()))
    st.selectbox(
        _("Series"),
        places,
        format_func=lambda place: place or _("Mean of all neighbourhoods"),
        help=_("Weekly emergency visits for influenza-like illness in Boston (Boston Public Health Commission)."),
        **state.bound_to_one_of(at.learn.learn_place, places),
    )


def in_one_week(series: Series, now: Read) -> None:
    """Let the visitor look at one week of the test: what was said, what came."""
    tested = int((~now.is_train).sum())
    st.markdown("##### " + _("One week of the test"))
    left, right = st.columns([2, 3], gap="large")
    if state.learn().learn_week > tested:
        state.change(learn_week=tested)
    left.slider(
        _("Week of the test"),
        1,
        tested,
        help=_("The window is marked in the series above."),
        **state.bound(at.learn.learn_week),
    )
    place, names = looked_at(now), class_names()
    end, came = now.ends[place], int(now.answers[place])
    left.markdown(
        words.counted(
            "Last week seen: {date}, visits: {value}. What came {ahead} week later: **{answer}**.",
            "Last week seen: {date}, visits: {value}. What came {ahead} weeks later: **{answer}**.",
            state.learn().learn_ahead,
        ).format(
            date=str(series.weeks[end])[:10],
            value=words.number(float(series.values[end]), 1),
            ahead=state.learn().learn_ahead,
            answer=names[came],
        )
    )
    with right:
        said = _("Probability of each answer in the week looked at")
        drawing.show(classes_picture(now), key="learn_classes", alt=said)


def figures(now: Read) -> None:
    """Show the test against what needs no network."""
    layout.figures(
        [
            layout.Figure(
                _("Log-loss of the test [nat]"),
                words.number(now.loss(test=True), 3),
                _("{change} against the usual shares").format(
                    change=words.signed(now.loss(test=True) - now.plain_loss, 3)
                ),
                good=False,
                help=_("Lower is better; always giving each answer its usual share is what must be beaten."),
            ),
            layout.Figure(
                _("Accuracy (test set)"),
                words.percent(now.correct(test=True)),
                words.counted(
                    "{change} point against always one",
                    "{change} points against always one",
                    words.signed(100 * (now.correct(test=True) - now.plain_correct), 0),
                ).format(change=words.signed(100 * (now.correct(test=True) - now.plain_correct), 0)),
                good=True,
            ),
            layout.Figure(
                _("Log-loss, training [nat]"),
                words.number(now.loss(test=False), 3),
                help=_("On the older {share} of the windows, to which W and c were fitted.").format(
                    share=words.percent(TRAIN_SHARE)
                ),
            ),
        ]
    )


def table(series: Series, now: Read) -> None:
    """Show every window with what was said and what came."""
    names = class_names()
    frame = pd.DataFrame(
        {
            "week": [str(each)[:10] for each in series.weeks[now.ends]],
            "value": series.values[now.ends],
            "part": [_("training") if each else _("test") for each in now.is_train],
            "lower": 100 * now.said[:, 0],
            "same": 100 * now.said[:, 1],
            "higher": 100 * now.said[:, 2],
            "came": [names[each] for each in now.answers],
        }
    )
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    parts.numbers(
        frame,
        key="learn_convolution_table",
        alt=_("Every window with its probabilities and what came"),
        week=text(_("Last week seen")),
        value=number(_("Visits"), format="%.1f"),
        part=text(_("Part")),
        lower=number(_("Lower [%]"), format="%.0f"),
        same=number(_("About the same [%]"), format="%.0f"),
        higher=number(_("Higher [%]"), format="%.0f"),
        came=text(_("What came")),
    )


def _questions() -> dict[str, str]:
    return {
        _("What does the kernel “-1 1” see, and what does relu then forget?"): _(
            "It sees how much this week differs from the last. After relu only rises are left: the network can no "
            "longer tell a small fall from a large one."
        ),
        _("Why is the test taken from the latest weeks and not drawn at random?"): _(
            "Neighbouring windows share most of their weeks. Drawn at random, nearly every window of the test "
            "would have a twin in the training part: the leak of step 1 again."
        ),
        _("A network learns K and b too. What would it need for that?"): _(
            "The slope of the loss with respect to K and b, by the chain rule, and many small steps along it: step "
            "6. Here you choose them, and only the last layer is fitted."
        ),
    }
