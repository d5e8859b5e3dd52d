"""The quarterly briefing of a plan or a region: what it says, before it is laid out as a page or a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from lib import formats
from lib.charts.build import trajectory_charts
from lib.explain import change_sentence, required_sentence
from lib.export.pair import pair_lines
from lib.schema import Status
from lib.summary import by_gravity, headline
from lib.theme import LOOKS
from lib.verdict.causes import changes_between
from lib.words import finding, goal, missing_figures, who_reports

if TYPE_CHECKING:
    from lib.charts.frame import Chart
    from lib.verdict.board import Board
    from lib.verdict.model import Verdict
    from lib.verdict.target import Target
    from lib.words import Words


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, each line a paragraph; `note` says what the lines are."""

    heading: str
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Briefing:
    """Everything a briefing says, in one language and in reading order.

    `answer` is the headline, `scoreboard` one row a target, `charts` those of the targets that have figures, `sections`
    what follows: findings stand before the charts, the rest after them.
    """

    lang: str
    title: str
    subtitle: str
    answer: str
    findings: Section
    scoreboard: pd.DataFrame
    scoreboard_heading: str
    charts_heading: str
    charts: dict[str, Chart]
    sections: tuple[Section, ...]


def write_briefing(board: Board, before: Board, words: Words, region: str = "") -> Briefing:
    """The briefing of a region, or of the plan where `region` is "". `before`: the board of the last quarter's end."""
    chosen = board.targets_of(region)
    texts, day = words.texts, words.day(board.as_of)
    counts = Counter(board.outcome(kept) for readings in board.sentences().values() if (kept := _of(readings, chosen)))
    name = words.region(region) if region else words.plan
    return Briefing(
        lang=words.lang,
        title=texts("briefing.title", name=name),
        subtitle=texts("briefing.subtitle", plan=_plan(board, words), date=day),
        answer=headline(counts, words, region),
        findings=Section(texts("briefing.findings"), tuple(_findings(board, chosen, words))),
        scoreboard=_scoreboard(board, chosen, words),
        scoreboard_heading=texts("briefing.scoreboard"),
        charts_heading=texts("briefing.charts"),
        charts=trajectory_charts(board, chosen.values(), words),
        sections=(
            Section(
                texts("briefing.changes", date=words.day(before.as_of)), tuple(_changes(before, board, chosen, words))
            ),
            *_pair(board, words, region),
            Section(texts("briefing.needed"), tuple(_needed(board, chosen, words)), texts("briefing.needed_note")),
            Section(texts("briefing.missing"), tuple(_missing(board, chosen, words)), texts("briefing.missing_note")),
            Section(texts("briefing.sources"), tuple(_sources(board, chosen, words))),
            Section(texts("briefing.method"), tuple(_method(chosen, words, day))),
        ),
    )


def _pair(board: Board, words: Words, region: str) -> list[Section]:
    """For a pair, its two sides beside each other: the evaluation sheet."""
    lines = pair_lines(board, region, words)
    return [Section(words.texts("pair.sheet"), tuple(lines), words.texts("pair.note"))] if lines else []


def _of(readings: list[Target], chosen: dict[str, Target]) -> list[Target]:
    return [target for target in readings if target.target in chosen]


def _plan(board: Board, words: Words) -> str:
    """The plan's title and document number."""
    row = board.tables.plans.iloc[0]
    return words.join_marks([str(row[f"title_{words.lang}"]), str(row["document_number"])])


def _findings(board: Board, chosen: dict[str, Target], words: Words) -> list[str]:
    """The sentences that can be quoted, the gravest first."""
    verdicts = by_gravity(board.verdicts[name] for name in chosen)
    return [
        words.texts("briefing.finding", status=status_words(v, words), finding=finding(v, chosen[v.target], words))
        for v in verdicts
    ] or [words.texts("overview.no_findings")]


def status_words(verdict: Verdict, words: Words) -> str:
    """A status by shape and word."""
    return f"{LOOKS[verdict.status].glyph} {words.texts(f'status.{verdict.status}')}"


def _scoreboard(board: Board, chosen: dict[str, Target], words: Words) -> pd.DataFrame:
    """One row a target, as much as fits the width of a page."""
    texts = words.texts
    return pd.DataFrame([
        {
            texts("column.target"): f"{name}  {board.stated(name)[f'title_{words.lang}']}",
            texts("column.goal"): words.join_marks([goal(target, words), target.target_period]),
            texts("column.value_used"): _value(board.verdicts[name], words),
            texts("briefing.gap_closed"): _share(board.verdicts[name].gap_closed, words),
            texts("column.verdict"): status_words(board.verdicts[name], words),
        }
        for name, target in chosen.items()
    ])  # fmt: skip


def _value(verdict: Verdict, words: Words) -> str:
    """The figure used and its period; nothing where none was judged."""
    figure = verdict.figure
    if figure is None or verdict.status == Status.NO_DATA:
        return "—"
    return words.texts("figure.with_period", value=words.figure(figure), period=words.span(figure))


def _share(value: float | None, words: Words) -> str:
    """A share of the gap; what is closed and more is closed."""
    if value is None:
        return "—"
    return formats.share(value) if value < 1 else words.texts("briefing.closed")


def _changes(before: Board, after: Board, chosen: dict[str, Target], words: Words) -> list[str]:
    """Which status changed since, and why."""
    return [
        words.texts(
            "briefing.change",
            target=change.target,
            old=words.texts(f"status.{change.old}"),
            new=words.texts(f"status.{change.new}"),
            cause=change_sentence(change, words),
        )
        for change in changes_between(before, after)
        if change.target in chosen
    ] or [words.texts("overview.no_change")]


def _needed(board: Board, chosen: dict[str, Target], words: Words) -> list[str]:
    """What the rest of the time asks for, target by target."""
    sentences = {name: required_sentence(board.verdicts[name], target, words) for name, target in chosen.items()}
    return [
        words.texts("briefing.of_target", target=name, sentence=text) for name, text in sentences.items() if text
    ] or [words.texts("briefing.nothing_needed")]


def _missing(board: Board, chosen: dict[str, Target], words: Words) -> list[str]:
    """What nobody has published, and from whom it would come."""
    return [
        words.texts(
            "briefing.of_target", target=name, sentence=f"{missing_figures(item, words)} {who_reports(item, words)}"
        )
        for name in chosen
        for item in board.verdicts[name].missing
    ] or [words.texts("briefing.nothing_missing")]


def _sources(board: Board, chosen: dict[str, Target], words: Words) -> list[str]:
    """Every figure that a verdict rests on, with its source and day."""
    used = dict.fromkeys(figure for name in chosen for figure in board.verdicts[name].used)
    return [
        words.texts(
            "briefing.source",
            region=words.region(figure.region),
            indicator=words.indicator(figure.indicator),
            value=words.figure(figure),
            period=words.span(figure),
            source=words.source(figure),
            published=words.published(figure),
        )
        for figure in used
    ] or [words.texts("briefing.no_sources")]


def _method(chosen: dict[str, Target], words: Words, day: str) -> list[str]:
    """The rules of the kinds that occur, and what "as of" means."""
    rules = [words.texts(f"rule.{kind}") for kind in dict.fromkeys(target.kind for target in chosen.values())]
    return [words.texts("briefing.method_note", date=day), *rules]
