"""What maps are drawn from: a set that ships or one's own file, by which column, and which boundary a region is."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from medalloc.geography.matching import AUTO, NO_MAP, Ground, Places, names_in
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.geography.own.matching import ColumnMatch
from medalloc.geography.own.reading import MOST_BYTES
from medalloc.study.parts import Data
from medalloc.ui import brought, state
from medalloc.ui.choices import at
from medalloc.ui.kit import boundary_names, dots, editors, maps, pictures, uploads, words
from medalloc.ui.kit.words import _

UPLOAD, BY_HAND = "boundaries_upload", "boundaries_by_hand"
"""The controls that can refuse what they are given."""

KINDS = ("geojson", "json", "topojson", "gpkg", "kml", "zip")
"""Endings of files of boundaries."""

LISTED = 200
"""Regions whose boundary can be chosen in the table. [count]"""


def section(
    chosen: Data,
    regions: Sequence[str],
    ground: Ground,
    places: Places | None,
    own: OwnBoundaries | None,
    columns: Sequence[ColumnMatch],
) -> None:
    """Show which regions have a boundary, and let the visitor choose or bring others.

    Parameters
    ----------
    chosen : Data
        What was chosen.
    regions : sequence of str
        Names in the table.
    ground : Ground
        What maps are drawn from.
    places : Places, optional
        Which boundary each region is; None where no map is drawn.
    own : OwnBoundaries, optional
        What somebody brought.
    columns : sequence of ColumnMatch
        Its columns, the one that knows most regions first.
    """
    open_at_once = own is not None or (places is not None and bool(places.unmatched or places.near or places.ties))
    st.subheader(_("Where the regions are"), anchor=False)
    st.markdown(_in_short(regions, places, chosen))
    if own is not None and own.points:
        _points(regions, ground, chosen.boundaries_name, drawn=places is None)
    with uploads.folded(_("Choose or bring boundaries"), UPLOAD, BY_HAND, expanded=open_at_once):
        left, right = st.columns(2, gap="large")
        with left:
            _which(places, own is not None and own.areas > 0)
            if own is not None:
                _by_column(columns, len(regions))
        with right:
            uploads.uploader(
                _("Your own boundaries"),
                UPLOAD,
                _take,
                kinds=KINDS,
                most=MOST_BYTES >> 20,
                help=_(
                    "GeoJSON, TopoJSON, GeoPackage, KML or a zipped Shapefile up to 50 MB, in any coordinate system "
                    "that it names, of areas or of points, such as hospitals; it stays on this machine."
                ),
            )
            if own is not None:
                _in_use(chosen.boundaries_name, own)
        if places is not None:
            _by_hand(places, ground.by_hand, regions)
            _preview(places, ground)


def _in_short(regions: Sequence[str], places: Places | None, chosen: Data) -> str:
    if places is None:
        return _("No boundaries are known for these regions, so there are circles or bars instead of a map.")
    if places.ties and not places.ids:
        return _("Several countries have regions of these names, so there is no map until you choose one.")
    name = chosen.boundaries_name if places.boundary_set.shapes else boundary_names.title(places.boundary_set.name)
    return _("{found} of {count} have a boundary: {name}.").format(
        found=words.number(len(places.ids)),
        count=words.regions(len(dict.fromkeys(regions))),
        name=words.escape(name),
    )


def _points(regions: Sequence[str], ground: Ground, name: str, *, drawn: bool) -> None:
    """Say how many regions are points of the file and how many of its points can be sites, and show them."""
    places = ground.points
    if places is None:
        return
    mine = places["region"].isin(set(regions))
    said = _("Points for {found} of {count}, drawn as circles; further points can be new sites on What if: {sites}.")
    st.markdown(
        said.format(
            found=words.number(int(mine.sum())),
            count=words.regions(len(dict.fromkeys(regions))),
            sites=words.number(int((~mine).sum())),
        )
    )
    if drawn:
        shown = places.assign(value=mine.astype(float), extra0=1.0)
        picture = maps.Picture(_("Is a region of the table"), ".0f", (0.0, 1.0), extra=(_("Points"),))
        pictures.altair(dots.circles(shown, picture), key="points_map", alt=_("The points in use"), of=name)


def _which(places: Places | None, has_own: bool) -> None:
    taken = (
        _("none")
        if places is None or (places.ties and not places.ids)
        else boundary_names.title(places.boundary_set.name)
    )
    named = {
        AUTO: _("your own file") if has_own else _("recognised: {name}").format(name=taken),
        NO_MAP: _("none: bars instead of a map"),
        **boundary_names.every_title(),
    }
    st.selectbox(
        _("Boundaries"),
        list(named),
        format_func=lambda each: named.get(each, each),
        help=_("Regions of every country ship with medalloc, as they were in 2015; newer ones can be brought."),
        **state.bound(at.study.data.boundary_set),
    )
    if places is not None and places.ties:
        st.caption(
            _("As many of these names are in {others}.").format(
                others=", ".join(map(boundary_names.title, places.ties[:10]))
            )
        )


def _by_column(columns: Sequence[ColumnMatch], count: int) -> None:
    rates = {each.column: each.known for each in columns}
    best = columns[0].column if columns else None

    def shown(column: str | None) -> str:
        rate = _("{column} ({known} of {count} found)").format(
            column=column or best, known=words.number(rates.get(column or best or "", 0)), count=words.number(count)
        )
        return rate if column else _("best: {column}").format(column=rate)

    st.selectbox(
        _("Column with the names or codes of regions"),
        [None, *(each.column for each in columns)],
        format_func=shown,
        placeholder=shown(None),
        **state.bound(at.study.data.boundaries_column),
    )


def _take(content: bytes, name: str) -> None:
    state.change(
        boundaries_file=brought.keep_boundaries(content, name),
        boundaries_name=name,
        boundaries_column=None,
        boundary_set=AUTO,
        boundary_of={},
    )


def _in_use(name: str, own: OwnBoundaries) -> None:
    st.caption(_("In use: {name}").format(name=words.escape(name)))
    for note in own.notes:
        st.caption(words.say(note))
    st.button(_("Take it out"), key="boundaries_out", on_click=_take_out)


def _take_out() -> None:
    with uploads.refusing(UPLOAD):
        state.change(boundaries_file=None, boundaries_name="", boundaries_column=None, boundary_of={})


def _by_hand(places: Places, by_hand: Mapping[str, str], regions: Sequence[str]) -> None:
    """Let the boundary be chosen of each region that has none or a guessed one."""
    doubtful = {*places.near, *places.unmatched, *by_hand}
    listed = [each for each in dict.fromkeys(regions) if each in doubtful][:LISTED]
    if not listed:
        return
    known = state.keep(names_in, places.boundary_set)
    now = tuple(known.names[places.ids[each]] if each in places.ids else "" for each in listed)

    def start() -> pd.DataFrame:
        ideas = [", ".join(known.suggestions(each)) for each in listed]
        return pd.DataFrame({"region": listed, "boundary": list(now), "ideas": ideas})

    st.caption(
        _(
            "These regions have no boundary of their own, or were taken for one that is called nearly the same. Choose "
            "one from the list; nothing chosen means none."
        )
    )
    column = st.column_config
    _edited, says = editors.edited(
        BY_HAND,
        now,
        start,
        lambda frame: tuple(frame["boundary"].fillna("")),
        disabled=["region", "ideas"],
        column_config={
            "region": column.TextColumn(_("Region")),
            "boundary": column.SelectboxColumn(_("Boundary"), options=["", *sorted(known.names.values())]),
            "ideas": column.TextColumn(_("Called alike")),
        },
        alt=_("The boundary of each region that has none or a guessed one"),
    )
    if says != now:
        changed = {name: said for name, said, before in zip(listed, says, now, strict=True) if said != before}
        state.revise(at.study.data.boundary_of, lambda before: {**before, **changed})
        st.rerun()


def _preview(places: Places, ground: Ground) -> None:
    """Show which boundaries are in use, and circles where only a place is known."""
    if places.boundary_set.shapes:
        brought.serve_boundaries(places.boundary_set)
    shown = pd.DataFrame({"region": [*places.ids, *places.unmatched], "value": 1.0})
    if ground.points is None:
        shown = shown[shown["region"].isin(places.ids)]
    else:
        shown = shown.merge(ground.points, on="region", how="left")
    if len(shown):
        picture = maps.Picture(_("Has a boundary"), ".0f", (0.0, 1.0))
        pictures.altair(maps.choropleth(shown, places, picture), key="boundaries_map", alt=_("The boundaries in use"))
