"""How a status is decided: statuses, kinds with formula and the plan's own case, which figures, other methods, sources."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib import formats
from lib.charts.bands import GROUPS, bands_chart, bands_table
from lib.clock import today
from lib.schema import Kind, Nature, Status
from lib.tables import rows_of
from lib.verdict.breaks import LARGEST_DIFFERENCE
from lib.verdict.model import AT_RISK_FROM, ON_TRACK_FROM
from lib.views.cached import load_board
from lib.views.calculator import agreement, answers
from lib.views.chart_panel import show_chart
from lib.views.drawn import draw
from lib.views.status import badge
from lib.views.table import fold_sheet, share_cells, show_words
from lib.views.worked import disagreement_case, kind_case, show_case, worked_on
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.series import Figure
    from lib.verdict.board import Board
    from lib.views.shell import View

CONTENTS: Final = ("statuses", "kinds", "figures", "opinions", "calculator", "sources")
FIGURE_SECTIONS: Final = ("principles", "vintages", "breaks", "zones", "ambiguous", "as_of")
METHODS: Final = (
    "open_sdg", "eurostat", "destatis", "un_chart", "escap", "time_progress", "log_progress", "completion",
)  # fmt: skip

WIDTHS: Final = (3, 2)
BREAK_STEPS: Final = frozenset({"figure", "growth_gap", "growth_gap_large", "carried"})

FORMULAS: Final = {
    Kind.LEVEL: (
        r"q = \frac{v - v_0}{T - v_0} \qquad s = \frac{E - v_0}{T - v_0} \qquad p = \frac{q}{s}",
        r"E = v_0 + (T - v_0)\,\frac{t - t_0}{t_T - t_0}",
    ),
    Kind.AVERAGE_GROWTH: (
        r"\bar g = F^{1/n} - 1 \qquad F = \prod_{i=1}^{n} (1 + g_i)",
        r"q = \frac{\ln F}{N \ln (1 + g)} \qquad p = \frac{q}{n / N}",
    ),
    Kind.CUMULATIVE_CHANGE: (r"q = \frac{\ln (v / v_0)}{\ln (1 + c)} \qquad p = q \Big/ \frac{t - t_0}{t_T - t_0}",),
    Kind.RELATIVE: (r"\bar g - \bar g_B > 0",),
    Kind.EVERY_PERIOD: (r"\min_i \; d\,(v_i - B) \ge 0",),
    Kind.DIRECTION: (r"d\,(v_n - v_0) > 0 \qquad d\,(v_n - v_{n-1}) > 0",),
}
METHOD_FORMULAS: Final = {
    "open_sdg": (r"R = d\,\frac{(v / v_0)^{1/(t - t_0)} - 1}{\left| (T / v_0)^{1/(t_T - t_0)} - 1 \right|}",),
    "eurostat": (r"R = d\,\frac{(v / v_0)^{1/(t - t_0)} - 1}{\left| (T / v_0)^{1/(t_T - t_0)} - 1 \right|}",),
    "destatis": (
        r"m = d\,\frac{T - \left( v + a\,(t_T - t) \right)}{|T - v|}",
        r"a = \frac{v - v_{n-5}}{t - t_{n-5}}",
    ),
    "un_chart": (r"q = \frac{v\,(v / v_0)^{(t_T - t)/(t - t_0)} - v_0}{T - v_0}",),
    "escap": (r"I = 10\,d\,\frac{v - v_0}{|T - v_0|}",),
    "time_progress": (r"100 \left( \frac{v - v_0}{T - v_0} - \frac{t - t_0}{t_T - t_0} \right)",),
    "log_progress": (r"\frac{\ln (v / v_0)}{\ln (T / v_0)} \quad \text{:} \quad \frac{t - t_0}{t_T - t_0}",),
    "completion": (r"\frac{v}{T}",),
}


def show_methodology(view: View) -> None:
    """What a status means, the rule of each kind with its case, which figures, and what other methods would say."""
    texts = view.texts
    links = [f"[{texts(f'methods.contents.{name}')}](#{name})" for name in CONTENTS]
    st.markdown(" · ".join(links))
    _show_statuses(view)
    _show_kinds(view)
    _show_figures(view)
    _show_opinions(view)


def _show_statuses(view: View) -> None:
    texts = view.texts
    st.subheader(texts("method.statuses"), anchor="statuses")
    for status in Status:
        st.markdown(f"{badge(status, texts)} {texts(f'method.status.{status}')}")
    chart = view.once("bands-ours", lambda: bands_chart("ours", view.words))
    draw(chart.figure, "bands-ours", chart.alt)


def _show_kinds(view: View) -> None:
    """Each kind: its rule, formula, cut-offs and a case of the plan."""
    texts = view.texts
    st.subheader(texts("method.kinds"), anchor="kinds")
    st.markdown(texts("methods.symbols"))
    cuts = {"on": formats.number(ON_TRACK_FROM, 2), "risk": formats.number(AT_RISK_FROM, 2)}
    for kind in Kind:
        st.markdown(f"#### {texts(f'kind.{kind}')}")
        rule, formulas = st.columns(WIDTHS, vertical_alignment="center")
        rule.markdown(f"{texts(f'method.kind.{kind}')}\n\n{texts(f'methods.cuts.{kind}', **cuts)}")
        for formula in FORMULAS.get(kind, ()):
            formulas.latex(formula)
        worked = kind_case(view, kind)
        if worked is None:
            st.caption(texts("methods.no_target"))
        else:
            show_case(view, worked)


def _show_figures(view: View) -> None:
    """Which figures go in: vintages and breaks with the plan's own."""
    texts = view.texts
    st.subheader(texts("methods.contents.figures"), anchor="figures")
    for section in FIGURE_SECTIONS:
        st.markdown(f"#### {texts(f'method.{section}.title')}")
        st.markdown(texts(f"method.{section}.text"))
        if section == "vintages":
            _show_vintages(view)
        if section == "breaks":
            _show_break_cases(view)


def _show_opinions(view: View) -> None:
    """The other published methods: why not ours, a case in which they part, each with formula and limits, all cut-offs."""
    texts = view.texts
    st.subheader(texts("opinion.title"), anchor="opinions")
    st.markdown(texts("methods.why"))
    _show_disagreement(view)
    share = _completion(view)
    for method in METHODS:
        what, formula = st.columns(WIDTHS, vertical_alignment="center")
        limit = texts(f"methods.{method}.limit")
        parts = [texts(f"methods.{method}.what"), limit, share if method == "completion" else ""]
        what.markdown(f"**{texts(f'opinion.{method}.name')}** · {texts('calculator.space').join(parts)}")
        what.caption(texts("methods.source", source=texts(f"methods.{method}.source")))
        for line in METHOD_FORMULAS[method]:
            formula.latex(line)
    for group in GROUPS:
        if group != "ours":
            chart = view.once(("bands", group), partial(bands_chart, group, view.words))
            show_chart(view, f"bands-{group}", chart, partial(bands_table, group, view.words))


def show_sources(view: View) -> None:
    """The breaks and indicators on file, sources and links."""
    st.subheader(view.texts("method.sources.title"), anchor="sources")
    st.markdown(view.texts("method.sources.text"))
    _show_listing(view, "breaks", _list_breaks)
    _show_listing(view, "releases", _list_releases)
    _show_listing(view, "indicators", _list_indicators)


def _show_vintages(view: View) -> None:
    """A figure of the board that was published with different values, and when each counts as known."""
    text = view.once(("vintages", today()), lambda: _word_vintages(view))
    if text:
        st.container(border=True).markdown(text)
    else:
        st.caption(view.texts("methods.no_vintages"))


def _word_vintages(view: View) -> str:
    board = load_board(today(), view.board.plan, upto=view.board.entry)
    for figure in (figure for verdict in board.verdicts.values() for figure in verdict.used):
        if len(values := _values(view, board, figure)) > 1:
            return escape(_vintage_words(view, figure, values))
    return ""


def _values(view: View, board: Board, figure: Figure) -> dict[float, str]:
    """The different values of a figure, oldest first, each with its vintage and the first day it counts as known."""
    found: dict[float, str] = {}
    for row in rows_of(board.vintages(figure)):
        value = view.words.amount(float(row["value"]), figure.indicator, figure.unit)
        vintage, day = view.texts(f"vintage.{row['status']}"), view.words.day(row["known_from"].date())
        found.setdefault(float(row["value"]), view.texts("methods.vintage", value=value, vintage=vintage, day=day))
    return found


def _vintage_words(view: View, figure: Figure, values: dict[float, str]) -> str:
    words = view.words
    return view.texts(
        "methods.vintages",
        region=words.region(figure.region),
        indicator=words.indicator(figure.indicator),
        period=words.span(figure),
        values=words.join(list(values.values())),
    )


def _show_break_cases(view: View) -> None:
    """Targets judged across a break today: the step in the level against published growth, and the old base carried on."""
    texts, board = view.texts, load_board(today(), view.board.plan, upto=view.board.entry)
    cases = [target for target in board.targets.values() if board.verdicts[target.target].carried is not None]
    if not cases:
        st.caption(texts("methods.no_break"))
    st.markdown(texts("methods.break_rule", points=formats.number(LARGEST_DIFFERENCE, 1)))
    for target in cases:
        show_case(view, worked_on(view, board, target), BREAK_STEPS)


def _show_disagreement(view: View) -> None:
    """The case in which methods part, ours in the first row."""
    worked = disagreement_case(view)
    if worked is None:
        st.caption(view.texts("methods.no_disagreement"))
        return
    show_case(view, worked, frozenset())
    st.markdown(agreement(worked.verdict, view))
    show_words(answers(worked.verdict, view), border="horizontal")


def _completion(view: View) -> str:
    """What the completion rate says of the plan's own case at its baseline and now, beside the gap closed."""
    worked, words = kind_case(view, Kind.LEVEL), view.words
    if (
        worked is None
        or worked.verdict.baseline is None
        or worked.verdict.gap_closed is None
        or not worked.verdict.figure
    ):
        return ""
    baseline, figure, goal = worked.verdict.baseline, worked.verdict.figure, worked.target.goal
    return escape(
        view.texts(
            "methods.completion.case",
            name=worked.label,
            first=formats.share(baseline.value / goal),
            start=words.span(baseline),
            now=formats.share(figure.value / goal),
            closed=formats.share(worked.verdict.gap_closed),
        )
    )


def _show_listing(view: View, name: str, make: Callable[[View], pd.DataFrame]) -> None:
    """A table of the tracker's own, to unfold."""
    sheet = share_cells(view, name, lambda: make(view))
    fold_sheet(view, view.texts(f"method.{name}.table", count=len(sheet.frame)), name, lambda: sheet)


def _list_breaks(view: View) -> pd.DataFrame:
    """The breaks on file."""
    texts, words, rows = view.texts, view.words, view.board.tables.breaks
    return pd.DataFrame(
        {
            texts("column.indicator"): [words.indicator(code) for code in rows["indicator"]],
            texts("column.region"): [
                words.region(code) if code else texts("method.all_regions") for code in rows["region"]
            ],
            texts("column.period"): list(rows["period"]),
            texts("column.note"): list(rows[f"reason_{texts.lang}"]),
            texts("column.source"): list(rows["source"]),
        }
    )


def _list_indicators(view: View) -> pd.DataFrame:
    """The definitions, indicator by indicator."""
    texts, words, rows = view.texts, view.words, view.board.tables.indicators
    rows = rows[rows["nature"] != Nature.EVENT]
    return pd.DataFrame(
        {
            texts("column.indicator"): [words.indicator(code) for code in rows["indicator"]],
            texts("column.unit"): [words.unit(code) for code in rows["unit"]],
            texts("column.definition"): list(rows[f"definition_{texts.lang}"]),
            texts("column.source"): list(rows["source"]),
        }
    )


def _list_releases(view: View) -> pd.DataFrame:
    """The release calendar."""
    texts, words, rows = view.texts, view.words, view.board.tables.releases
    return pd.DataFrame(
        {
            texts("column.indicator"): [words.indicator(code) for code in rows["indicator"]],
            texts("column.rhythm"): [texts(f"rhythm.{code}") for code in rows["rhythm"]],
            texts("column.release_lag"): list(rows["first_days"]),
            texts("column.revision_lag"): list(rows["later_days"]),
            texts("column.certainty"): [texts(f"certainty.{code}") for code in rows["certainty"]],
            texts("column.note"): list(rows[f"note_{texts.lang}"]),
        }
    )


def show_attributions(view: View) -> None:
    """Whose work the page rests on."""
    st.caption(escape(view.texts("method.attributions")))
