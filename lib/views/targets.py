"""The plan in its own words: each sentence, its reading, its source, and how its verdict came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.charts.build import source_notes
from lib.export.figures import verdicts_table
from lib.export.table import to_csv
from lib.schema import EVIDENCED
from lib.tables import rows_of
from lib.views.chart_panel import file_name
from lib.views.commitments import commitment_terms, relation_lines
from lib.views.evidence import linked, show_evidence
from lib.views.inference import show_marks, show_trace
from lib.views.scoreboard import by_subject
from lib.views.status import badge
from lib.words import escape, finding, goal

if TYPE_CHECKING:
    from lib.verdict.target import Target
    from lib.views.shell import View


def show_plan(view: View) -> None:
    """The document itself: title, number, dates, what is stated about its horizon."""
    texts, lang = view.texts, view.texts.lang
    for plan in rows_of(view.board.tables.plans):
        first, *others = dict.fromkeys((escape(plan[f"title_{lang}"]), escape(plan["title_zh"])))
        st.markdown("  \n".join([f"**{first}**", *others]))
        signed = view.words.written_day(plan["signed"]) or texts("plan.unseen")
        line = texts("targets.plan", number=plan["document_number"] or texts("plan.unseen"), signed=signed)
        st.caption(f"{escape(line)} {escape(plan[f'horizon_note_{lang}'])} {linked(plan['source'], plan['link'])}")
    with st.container(horizontal=True):
        st.download_button(
            texts("scoreboard.download"), lambda: to_csv(verdicts_table(view.board, view.words)), mime="text/csv",
            file_name=f"{file_name('verdicts', view)}.csv", on_click="ignore", key="targets-csv",
        )  # fmt: skip


def show_targets(view: View) -> None:
    """Every sentence under its region's heading."""
    rows = {row["target"]: row for row in rows_of(view.board.tables.targets)}
    for subject, sentences in by_subject(view).items():
        st.subheader(escape(view.words.region(subject)), anchor=False)
        for readings in sentences:
            for target in readings:
                _show_target(view, target, rows[target.target])


def _show_target(view: View, target: Target, row: dict[str, Any]) -> None:
    verdict, texts = view.board.verdicts[target.target], view.texts
    reading = f" · {view.words.short_region(target.region)}" if target.scope == "ambiguous" else ""
    label = f"{badge(verdict.status, texts)} {escape(target.target)} · {escape(row[f'title_{texts.lang}'])}{escape(reading)}"
    with st.expander(label):
        quote = row["quote_zh"] or texts("targets.not_seen")
        st.markdown(f"> {escape(quote)}")
        if row["quote_en"]:
            st.caption(escape(texts("targets.translation", text=row["quote_en"])))
        st.markdown("  \n".join([*_terms(view, target, row), *map(escape, relation_lines(view, target.target))]))
        st.markdown(f"**{texts('targets.source')}** {linked(row['source'], row['link'])}")
        if row[f"note_{texts.lang}"]:
            st.caption(escape(row[f"note_{texts.lang}"]))
        st.markdown(
            f"**{texts('targets.verdict')}** {badge(verdict.status, texts)} {escape(finding(verdict, target, view.words))}"
        )
        show_marks(view, verdict)
        st.caption("  \n".join(map(escape, [texts(f"rule.{target.kind}"), *source_notes(verdict, view.words)])))
        show_trace(view, verdict, target)
        show_evidence(view, verdict.evidence)


def _terms(view: View, target: Target, row: dict[str, Any]) -> list[str]:
    """The target's terms, one line each."""
    texts = view.texts
    terms = {
        "targets.region": view.words.region(target.region),
        "targets.indicator": view.words.indicator(target.indicator),
        "targets.goal": goal(target, view.words),
        "targets.due": target.target_period,
        "targets.kind": texts(f"kind.{target.kind}"),
        "targets.strength": " ".join(
            dict.fromkeys(part for part in (row["strength_zh"], texts(f"strength.{row['strength']}")) if part)
        ),
        "targets.scope": texts(f"scope.{target.scope}"),
    }
    if target.kind in EVIDENCED:
        terms.pop("targets.indicator")
    terms |= commitment_terms(view, target.target)
    return [f"**{texts(key)}** {escape(value)}" for key, value in terms.items()]
