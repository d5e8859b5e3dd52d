"""One region: its targets with their charts, its members and who has reported."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.charts.build import trajectory_chart
from lib.export.figures import figures_table, in_order, used_table, vintages_table
from lib.schema import EVIDENCED, PROVINCE
from lib.summary import ORDER, headline
from lib.views.chart_panel import show_chart
from lib.views.evidence import show_evidence
from lib.views.inference import show_inference, show_marks, show_reported
from lib.views.row import missing_lines, title_of
from lib.views.state import choose, choose_likely, link_parameters
from lib.views.status import badge
from lib.views.table import fold_sheet, share_cells, show_sheet
from lib.views.takeaway import offer_takeaway
from lib.words import escape, finding, goal
from lib.zones import members_of, uncounted

if TYPE_CHECKING:
    from lib.verdict.target import Target
    from lib.views.shell import View


def pick_region(view: View) -> str:
    """Ask for one of the plan's regions."""
    regions = view.board.regions
    return choose(view.texts("region.pick"), "region", regions, regions[0], view.words.region)


def show_region(view: View, region: str) -> None:
    """The region's targets one after the other, numbers first, then its members."""
    targets = view.board.targets_of(region).values()
    numbers = _in_order(view, [target for target in targets if target.kind not in EVIDENCED])
    milestones = [target for target in targets if target.kind in EVIDENCED]
    if not targets:
        st.info(escape(view.texts("region.no_targets", region=view.words.region(region))))
    else:
        _show_answer(view, region)
        offer_takeaway(view, region)
    for target in numbers:
        show_target(view, target)
    if milestones:
        st.subheader(view.texts("region.milestones"), anchor=False)
        for target in milestones:
            show_milestone(view, target)
    _show_members(view, region)
    _show_figures(view, region)


def _in_order(view: View, targets: list[Target]) -> list[Target]:
    """Sentences with figures first; the readings of one stay together."""
    shown = {target.sentence for target in targets if view.board.yearly(target.region, target.indicator)}
    place = list(dict.fromkeys(target.sentence for target in targets))
    return sorted(targets, key=lambda target: (target.sentence not in shown, place.index(target.sentence)))


def _show_answer(view: View, region: str) -> None:
    """How the region's targets stand, each sentence counted once."""
    sentences = view.board.sentences()
    chosen = dict.fromkeys(target.sentence for target in view.board.targets_of(region).values())
    counts = Counter(view.board.outcome(sentences[sentence]) for sentence in chosen)
    st.subheader(escape(headline(counts, view.words, region)), anchor=False)
    st.markdown(" ".join(badge(status, view.texts, count=counts[status]) for status in ORDER if counts[status]))


def _show_readings(view: View, target: Target) -> None:
    """For a sentence that can be read in two ways: which reading this is, and how the other stands."""
    readings = view.board.sentences()[target.sentence]
    if len(readings) < 2:
        return
    texts, others = view.texts, [other for other in readings if other.target != target.target]
    this = texts("scoreboard.reading", region=view.words.region(target.region))
    said = [
        texts("region.other_reading", reading=escape(texts("scoreboard.reading", region=view.words.region(other.region))),
              status=badge(view.board.verdicts[other.target].status, texts), target=other.target)
        for other in others
    ]  # fmt: skip
    st.markdown(texts("region.this_reading", reading=escape(this), others=view.words.join_marks(said)))
    st.caption(texts("scoreboard.ambiguous"))


def show_target(view: View, target: Target) -> None:
    """One target: status, finding, chart or what is missing, and the numbers of the verdict."""
    board, texts = view.board, view.texts
    verdict = board.verdicts[target.target]
    with st.container(border=True, key=f"target-{target.target}"):
        st.markdown(f"##### {escape(title_of(view, target))}")
        _show_readings(view, target)
        st.markdown(f"{badge(verdict.status, texts)} {escape(finding(verdict, target, view.words))}")
        show_marks(view, verdict)
        show_reported(view, verdict, target)
        st.caption(
            escape(
                texts(
                    "region.goal",
                    target=target.target,
                    region=view.words.region(target.region),
                    goal=goal(target, view.words),
                )
            )
        )
        chart = view.once(("trajectory", target.target), lambda: trajectory_chart(board, target, view.words))
        if chart is None:
            _show_missing(view, target)
            return
        show_chart(
            view, target.target, chart, lambda: vintages_table(board, target.region, target.indicator, view.words),
            titled=False,
        )  # fmt: skip
        show_inference(view, target)


def show_milestone(view: View, target: Target) -> None:
    """A milestone and its evidence."""
    verdict = view.board.verdicts[target.target]
    st.markdown(f"{badge(verdict.status, view.texts)} **{escape(title_of(view, target))}**")
    st.caption(escape(finding(verdict, target, view.words)))
    show_evidence(view, verdict.evidence)


def _show_missing(view: View, target: Target) -> None:
    """What nobody has published, from whom it would come, and what the members have reported meanwhile."""
    st.markdown("  \n".join(map(escape, missing_lines(view, view.board.verdicts[target.target])[1::2])))
    st.page_link("pages/upload.py", label=view.texts("region.upload"), query_params=link_parameters())
    members = view.words.members.get(target.region, [])
    figures = [figure for member in members for figure in view.board.yearly(member, target.indicator)]
    if figures and target.region != PROVINCE:
        name = f"members-{target.target}"
        sheet = partial(share_cells, view, name, lambda: used_table(figures, view.words))
        note = view.texts("region.member_figures_note")
        fold_sheet(view, view.texts("region.member_figures"), name, sheet, note)


def _show_members(view: View, region: str) -> None:
    """The members, how certain each is, and how many figures each has."""
    rows = view.board.tables.memberships
    rows = rows[rows["region"] == region]
    if rows.empty:
        return
    st.subheader(view.texts("region.members"), anchor=False)
    st.caption(view.texts("region.members_note"))
    _offer_likely(view, region)
    show_sheet(share_cells(view, ("members", region), lambda: _members_table(view, rows)))


def _members_table(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    texts, known = view.texts, view.board.known
    counts = known["region"].astype(str).value_counts()
    latest = (
        known[known["dated"]]
        .sort_values("known_from")
        .drop_duplicates("region", keep="last")
        .set_index("region")["known_from"]
    )
    return pd.DataFrame(
        {
            texts("column.region"): [view.words.region(code) for code in rows["member"]],
            texts("column.confidence"): [texts(f"confidence.{level}") for level in rows["confidence"]],
            texts("column.extent"): [texts(f"extent.{extent}") for extent in rows["extent"]],
            texts("column.figures"): [int(counts.get(code, 0)) for code in rows["member"]],
            texts("column.latest"): [_day(latest.get(code)) for code in rows["member"]],
            texts("column.source"): list(rows["source"]),
            texts("column.note"): list(rows[f"note_{texts.lang}"]),
        }
    )


def _offer_likely(view: View, region: str) -> None:
    """The switch for a region some of whose members are likely, not certain; and what is left out of its sums."""
    memberships, texts = view.board.tables.memberships, view.texts
    if region in members_of(memberships, likely=True) and region not in members_of(memberships):
        choose_likely(texts("region.likely"), texts("region.likely_help"))
    left_out = uncounted(memberships).get(region, [])
    if left_out:
        names = view.words.join([view.words.short_region(code) for code in left_out])
        st.caption(escape(texts("region.uncounted", members=names)))


def _day(value: pd.Timestamp | None) -> str:
    return "" if value is None or pd.isna(value) else value.date().isoformat()


def _show_figures(view: View, region: str) -> None:
    """Every figure of the region, all indicators."""
    known = view.board.known
    sheet = share_cells(
        view, ("region-figures", region), lambda: figures_table(in_order(known[known["region"] == region]), view.words)
    )
    if sheet.frame.empty:
        return
    fold_sheet(view, view.texts("region.all_figures", count=len(sheet.frame)), f"figures-{region}", lambda: sheet)
