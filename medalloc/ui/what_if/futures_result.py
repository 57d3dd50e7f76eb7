"""How plans fared in sampled futures: one sentence, figures, a picture, the plans, and whose numbers are fragile."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.allocation.policy import kind_of
from medalloc.allocation.uncertainty.answer import CAUTIOUS, IN_PARTS, SAMPLE_AVERAGE
from medalloc.ui.kit import downloads, layout, palette, pictures, printed, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

Answer = dict[str, Any]

FORESIGHT = "foresight"
NAMED = 6
"""Fragile regions that are named in the sentence; the table shows all."""

NOTICED = 0.001
"""Share of those served from which a plan that serves more is worth a word."""

OFF = 0.05
"""Share by which the futures' mean may differ from the expected demand before that is said."""


def plan_names(found: Answer) -> dict[str, str]:
    """Return what each plan is called, the base plan first."""
    of_many = {SAMPLE_AVERAGE: _("Best on average"), CAUTIOUS: _("Risk-averse (CVaR)")}
    plans = [each["plan"] for each in found["plans"]]
    names = {plan: of_many[plan] if plan in of_many else words.say(kind_of(plan).name) for plan in plans}
    return names | {found["own"]: _("This plan: {policy}").format(policy=names[found["own"]])}


def in_one_sentence(found: Answer) -> str:
    """Say how often the base plan is near the best, and whether another plan is more often."""
    rows = {each["plan"]: each for each in found["plans"]}
    own, average = rows[found["own"]], rows[SAMPLE_AVERAGE]
    gained = round(average["expected_served"] - own["expected_served"])
    values = {
        "near": words.number(round(own["share_near_best"] * found["futures"])),
        "count": words.number(found["futures"]),
        "share": words.percent(found["near"]),
        "other": words.number(round(average["share_near_best"] * found["futures"])),
        "gained": words.number(gained),
    }
    if gained <= NOTICED * own["expected_served"]:
        return words.counted(
            "In {near} of {count} demand scenario this plan serves within {share} of the best; no plan serves "
            "noticeably more on average.",
            "In {near} of {count} demand scenarios this plan serves within {share} of the best; no plan serves "
            "noticeably more on average.",
            found["futures"],
        ).format(**values)
    return words.counted(
        "In {near} of {count} demand scenario this plan serves within {share} of the best; the plan that is best on "
        "average would in {other}, and serve {gained} more of those in need.",
        "In {near} of {count} demand scenarios this plan serves within {share} of the best; the plan that is best on "
        "average would in {other}, and serve {gained} more of those in need.",
        found["futures"],
    ).format(**values)


def figures(found: Answer) -> None:
    """Show the figures of the base plan."""
    own = next(each for each in found["plans"] if each["plan"] == found["own"])
    near = words.percent(found["near"])
    layout.figures(
        [
            layout.Figure(
                _("Within {share} of the best").format(share=near),
                words.percent(own["share_near_best"]),
                help=_("Share of the futures in which this plan serves nearly as many as one made with foresight."),
            ),
            layout.Figure(
                words.in_unit(_("Served [{unit}]")),
                words.number(own["expected_served"], 0),
                help=_("On average over the futures."),
            ),
            layout.Figure(
                _("Unserved at worst"),
                words.number(own["unmet_in_worst_tenth"], 0),
                help=_("People left unserved, on average over the tenth of futures in which they are most."),
            ),
            layout.Figure(
                words.in_unit(_("Largest regret [{unit}]"), weighted=found["weighted"]),
                words.number(own["largest_regret"], 0),
                help=_("In the future where this plan falls furthest behind the best: how many fewer it serves."),
            ),
        ]
    )


def picture(found: Answer) -> None:
    """Draw what each plan serves in every future."""
    pictures.altair(_drawn(found), alt=_("People served in every future, by plan"))
    st.caption(_("Each fine line is one future, the bar the middle half of them, the dot their average."))
    for each in remarks(found):
        st.caption(each)


def remarks(found: Answer) -> list[str]:
    """Return what a reader must know beside the numbers."""
    said = []
    if abs(found["expected_demand"] - found["demand"]) > OFF * found["demand"]:
        said.append(
            words.in_unit(_("The futures expect {futures} {unit} in need; the base plan was made for {base}.")).format(
                futures=words.number(found["expected_demand"], 0), base=words.number(found["demand"], 0)
            )
        )
    if found["left_out"]:
        said.append(_("There is no risk-averse plan: too many regions and scenarios; choose fewer scenarios."))
    return said


def _drawn(found: Answer) -> Drawing:
    names = plan_names(found) | {FORESIGHT: _("With foresight")}
    served = {**found["by_future"]["served"], FORESIGHT: found["by_future"]["best"]}
    shades = {name: palette.policy(name) for name in served if name != FORESIGHT}
    shades[FORESIGHT] = palette.QUIET[palette.shade()]
    shown = pd.DataFrame(
        [(names[name], number) for name, numbers in served.items() for number in numbers], columns=["plan", "served"]
    )
    order = [names[name] for name in served]
    title = words.in_unit(_("Served [{unit}]"), weighted=found["weighted"])
    base = alt.Chart(shown).encode(
        y=alt.Y("plan:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, orient="left")),
        color=alt.Color("plan:N", scale=alt.Scale(domain=order, range=[shades[name] for name in served]), legend=None),
    )
    axis = alt.Axis(format=",.0f", tickCount=5)
    lines = base.mark_tick(thickness=1, size=26, opacity=0.3).encode(
        x=alt.X("served:Q", title=title, axis=axis, scale=alt.Scale(zero=False)),
        tooltip=[alt.Tooltip("plan:N", title=_("Plan")), alt.Tooltip("served:Q", title=title, format=",.0f")],
    )
    middle = base.mark_bar(size=7, opacity=0.75).encode(x=alt.X("q1(served):Q", title=title), x2="q3(served):Q")
    mean = base.mark_point(
        filled=True, size=110, opacity=1, stroke=palette.OUTLINE[palette.shade()], strokeWidth=1.5
    ).encode(x=alt.X("mean(served):Q", title=title))
    return alt.layer(lines, middle, mean).properties(height=alt.Step(44))


def in_full(found: Answer) -> None:
    """Show the plans beside each other, every region's units in each, and how they were found."""
    plans_table(found)
    if found["in_parts"]:
        st.caption(words.say(IN_PARTS))
    fragile(found)
    layout.in_detail(_("How these plans are found"), *methods(found))


def plans_table(found: Answer) -> None:
    """Show how every plan fares."""
    names = plan_names(found)
    shown = pd.DataFrame(
        {
            "plan": [names[each["plan"]] for each in found["plans"]],
            "served": [each["expected_served"] for each in found["plans"]],
            "unmet": [each["unmet_in_worst_tenth"] for each in found["plans"]],
            "near": [100 * each["share_near_best"] for each in found["plans"]],
            "regret": [each["largest_regret"] for each in found["plans"]],
        }
    )
    whole = st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "plan": st.column_config.TextColumn(_("Plan"), pinned=True),
            "served": whole(
                words.in_unit(_("Served [{unit}]")), format="%,.0f", help=_("On average over the futures.")
            ),
            "unmet": whole(
                words.in_unit(_("Unserved at worst [{unit}]")),
                format="%,.0f",
                help=_("People left unserved, on average over the tenth of futures in which they are most."),
            ),
            "near": whole(
                _("Near the best [%]"),
                format="%.0f",
                help=_("Share of the futures in which this plan serves nearly as many as one made with foresight."),
            ),
            "regret": whole(words.in_unit(_("Largest regret [{unit}]"), weighted=found["weighted"]), format="%,.0f"),
        },
        alt=_("How every plan fares in the futures"),
    )
    downloads.offer(shown, "futures_plans", key="futures_plans")


def fragile(found: Answer) -> None:
    """Say and show whose number of units depends on which future is expected."""
    shown = _by_region(found)
    moving = shown.loc[shown["fragile"], "region"].drop_duplicates().tolist()
    regions = shown["region"].nunique()
    if moving:
        listed = ", ".join(moving[:NAMED] + ["…"] * (len(moving) > NAMED))
        said = _(
            "Had another future been expected, these regions' numbers would change by more than a quarter, {count} of "
            "{all}: {regions}"
        ).format(count=words.number(len(moving)), all=words.number(regions), regions=words.escape(listed))
    else:
        said = _("No region's number would change by more than a quarter, whichever of nine in ten futures came.")
    st.markdown(said)
    shown = shown.assign(fragile=[_("would change") if each else _("holds") for each in shown["fragile"]])
    number = st.column_config.NumberColumn
    ends = _("Of plans made for a single future each, nine in ten lie between these ends.")
    titles = {
        name: number(_("{plan} [units]").format(plan=said), format="%,.1f") for name, said in plan_names(found).items()
    }
    printed.grid(
        shown,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "resource": st.column_config.TextColumn(_("Resource")),
            "fragile": st.column_config.TextColumn(_("Number")),
            "low": number(_("Low end [units]"), format="%,.1f", help=ends),
            "high": number(_("High end [units]"), format="%,.1f", help=ends),
            **titles,
        },
        alt=_("Units of every region in every plan"),
    )
    downloads.offer(shown, "futures_regions", key="futures_regions")


def _by_region(found: Answer) -> pd.DataFrame:
    """Return one row a region and resource, what moves most first: how far it moves, and its units in every plan."""
    plans = {
        each["plan"]: [row["units"][name] for row in each["regions"] for name in row["units"]]
        for each in found["plans"]
    }
    own = found["own"]
    shown = pd.DataFrame(found["fragile"])[["region", "resource", "fragile"]].assign(**{own: plans.pop(own)})
    shown["resource"] = shown["resource"].map(words.resource)
    shown[["low", "high"]] = pd.DataFrame(found["fragile"])[["low", "high"]]
    shown = shown.assign(**plans)
    moved = shown["high"] - shown["low"]
    return shown.assign(moved=moved).sort_values(["fragile", "moved"], ascending=False).drop(columns="moved")


def methods(found: Answer) -> list[str]:
    """Say how every plan was found and how good it provably is, at what it aims at."""
    names = plan_names(found)
    said = [
        _("{plan}: {method}; gap to the best possible {gap}.").format(
            plan=names[each["plan"]], method=each["method"], gap=words.percent(each["gap"], 2)
        )
        for each in found["plans"]
    ]
    return [
        _(
            "Every plan places its units before demand is known. Best on average serves the most people, "
            "averaged over the scenarios; risk-averse (CVaR) leaves the fewest unserved in the worst tenth "
            "of them; the others are made for the expected demand. With foresight is what could be served "
            "if demand were known: a yardstick, not a plan. In all this people count with the value of their "
            "region; served and unserved by themselves are people."
        ),
        "\n".join(f"- {each}" for each in said),
    ]
