"""The audit trail and the difference of two states in words: sentences for pages and terminals, tables for files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from lib.clock import CHINA
from lib.explain import change_sentence
from lib.export.figures import figures_table, period_words
from lib.schema import SHIPPED_BY
from lib.tables import rows_of
from lib.trail import APPEND
from lib.words import shorten

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from lib.additions.trail import Deed
    from lib.store import Upload
    from lib.trail import Line
    from lib.verdict.board import Board
    from lib.verdict.causes import Change
    from lib.words import Words

NAMED: Final = 3
# The endings that a file's own name may lend to the name it is saved under.
ENDINGS: Final = ("csv", "tsv", "txt", "xlsx")


def when(moment: datetime) -> str:
    """A moment in China, to the minute."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def who(user: str, words: Words) -> str:
    """Who wrote an entry."""
    return words.texts("history.shipped") if user == SHIPPED_BY else user


def what(line: Line, words: Words) -> str:
    """What an entry did, and of which regions and periods the figures are."""
    entry, touched, texts = line.entry, line.touched, words.texts
    regions = _some([_name(words.short_region, words.regions, code) for code in touched.regions], words)
    holes = {"name": entry.name, "regions": regions, "periods": _periods(touched.periods, words)}
    if line.withdraws:
        return texts("trail.withdrew", entry=line.withdraws.seq, **holes)
    indicators = _some([_name(words.indicator, words.indicators, code) for code in touched.indicators], words)
    return texts("trail.uploaded", rows=entry.rows, indicators=indicators, **holes)


def deed(line: Deed, words: Words) -> str:
    """An entry of the additions to the tables: number, moment, person, files, and how many rows of which table."""
    texts, entry = words.texts, line.entry
    counts = [texts("additions.count", table=texts(f"table.{name}"), rows=count) for name, count in line.counts.items()]
    said = {"entry": entry.seq, "user": entry.user, "when": when(entry.uploaded_at), "name": shorten(entry.name)}
    if line.withdraws:
        return texts("additions.withdrew", **said, counts=words.join(counts), withdrawn=line.withdraws.seq)
    return texts("additions.brought", **said, counts=words.join(counts))


def state(line: Line | Deed, words: Words) -> str:
    """Whether an upload's figures are in use, or who withdrew them and when; "" for an undo."""
    if line.withdrawn_by is None:
        return words.texts("history.active") if line.entry.active else ""
    undo = line.withdrawn_by
    return words.texts(
        "trail.withdrawn", entry=undo.seq, user=who(undo.user, words), when=when(undo.uploaded_at)
    )  # fmt: skip


def label(entry: Upload, words: Words) -> str:
    """An entry in short: number, moment, person and file."""
    return f"{entry.seq} · {signature(entry, words)}"


def signature(entry: Upload, words: Words) -> str:
    """Moment, person and file of an entry."""
    key = "trail.signature" if entry.action == APPEND else "trail.signature_undo"
    return words.texts(key, when=when(entry.uploaded_at), user=who(entry.user, words), name=entry.name)


def safe_name(entry: Upload, ending: str = "") -> str:
    """A name of our own to save something of an upload under; only a known ending of the file's own name stays."""
    own = entry.name.rpartition(".")[2].lower()
    return f"entry-{entry.seq}-{ending or 'as-received.' + (own if own in ENDINGS else 'bin')}"


def trail_table(lines: list[Line], words: Words) -> pd.DataFrame:
    """Every entry, a row each."""
    texts = words.texts
    columns = (
        "entry", "when", "who", "action", "file", "rows", "regions", "indicators", "periods", "state", "upload",
        "withdraws", "sha256",
    )  # fmt: skip
    heads = [texts(f"trail_column.{name}") for name in columns]
    return pd.DataFrame([list(_cells(line, words).values()) for line in lines], columns=heads)


def _cells(line: Line, words: Words) -> dict[str, Any]:
    entry, touched = line.entry, line.touched
    return {
        "entry": entry.seq,
        "when": when(entry.uploaded_at),
        "who": who(entry.user, words),
        "action": words.texts(f"trail.action.{entry.action}"),
        "file": entry.name,
        "rows": entry.rows,
        "regions": words.join([_name(words.region, words.regions, code) for code in touched.regions]),
        "indicators": words.join([_name(words.indicator, words.indicators, code) for code in touched.indicators]),
        "periods": words.join(list(touched.periods)),
        "state": state(line, words),
        "upload": entry.upload,
        "withdraws": entry.undoes,
        "sha256": entry.source_sha256,
    }


def rows_table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows of an upload in words, with the line and the text as they stood in its file."""
    table = figures_table(rows, words)
    table.insert(0, words.texts("column.row"), list(rows["row"]))
    return table.assign(**{words.texts("column.as_written"): list(rows["value_text"] + " " + rows["unit_text"])})


def changes_table(changes: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What `differences.compare_states` found, codes beside names, before and after beside each other."""
    texts = words.texts
    columns: dict[str, Any] = {
        texts("column.change"): [texts(f"difference.{kind}") for kind in changes["change"]],
        texts("column.region"): changes["region"].map(words.region).to_list(),
        texts("column.region_code"): changes["region"].to_list(),
        texts("column.indicator"): changes["indicator"].map(words.indicator).to_list(),
        texts("column.indicator_code"): changes["indicator"].to_list(),
        texts("column.period"): changes["period"].to_list(),
        texts("column.basis"): [texts(f"basis.{basis}") for basis in changes["basis"]],
        texts("column.unit"): changes["unit"].map(words.unit).to_list(),
    }
    for name, write in _writers(words).items():
        for side in ("old", "new"):
            head = texts(f"difference.{side}_column", name=texts(f"column.{name}"))
            columns[head] = [write(cell) for cell in changes[f"{side}_{name}"]]
    return pd.DataFrame(columns)


def _writers(words: Words) -> dict[str, Callable[[Any], Any]]:
    """How each detail of a figure is written; one that is not there stays blank."""

    def coded(family: str) -> Callable[[Any], str]:
        return lambda code: "" if pd.isna(code) or not code else words.texts(f"{family}.{code}")

    return {
        "value": lambda cell: cell,
        "qualifier": coded("qualified"),
        "status": coded("vintage"),
        "published": lambda day: "" if pd.isna(day) else day.strftime("%Y-%m-%d"),
        "source": lambda text: "" if pd.isna(text) else text,
        "link": lambda text: "" if pd.isna(text) else text,
    }


def figure_lines(changes: pd.DataFrame, words: Words) -> list[tuple[str, str, str, str]]:
    """Each difference in four texts: kind, figure, before, after."""
    return [
        (
            words.texts(f"difference.{row['change']}"),
            words.texts(
                "difference.figure",
                region=words.short_region(row["region"]),
                indicator=words.indicator(row["indicator"]),
                period=period_words(row["period"], row["basis"], words),
            ),
            _side(row, "old", words),
            _side(row, "new", words),
        )
        for row in rows_of(changes)
    ]


def _side(row: dict[str, Any], side: str, words: Words) -> str:
    """A figure as it was or is: amount, vintage, day and source; a dash where there is none."""
    if pd.isna(row[f"{side}_value"]):
        return words.texts("difference.none")
    amount = words.amount(row[f"{side}_value"], row["indicator"], row["unit"])
    qualifier, day = row[f"{side}_qualifier"], row[f"{side}_published"]
    return words.texts(
        "difference.side" if pd.notna(day) else "difference.side_undated",
        value=words.texts(f"qualifier.{qualifier}", value=amount) if qualifier else amount,
        vintage=words.texts(f"vintage.{row[f'{side}_status']}"),
        date="" if pd.isna(day) else words.day(day.date()),
        source=row[f"{side}_source"],
    )


def moves_table(changes: list[Change], board: Board, words: Words) -> pd.DataFrame:
    """The verdicts that differ, with the cause in words."""
    texts = words.texts
    columns = ("target", "goal", "old_status", "new_status", "cause")
    return pd.DataFrame(
        [
            (
                change.target,
                str(board.stated(change.target)[f"title_{words.lang}"]),
                texts(f"status.{change.old}"),
                texts(f"status.{change.new}"),
                change_sentence(change, words),
            )
            for change in changes
        ],
        columns=[texts(f"move_column.{name}") for name in columns],
    )


def _some(names: list[str], words: Words) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= NAMED:
        return words.join(names)
    return words.texts("trail.more", names=words.join(names[:NAMED]), count=len(names) - NAMED)


def _periods(codes: tuple[str, ...], words: Words) -> str:
    """A few periods, or the first and the last of many."""
    if len(codes) <= NAMED:
        return words.join(list(codes))
    return words.texts("trail.periods", first=codes[0], last=codes[-1], count=len(codes))


def _name(write: Callable[[str], str], known: dict[str, Any], code: str) -> str:
    """A code's name; a code that the tables no longer list stands for itself."""
    return write(code) if code in known else code
