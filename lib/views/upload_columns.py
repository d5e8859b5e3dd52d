"""What a chosen file does not say: its unknown headings and names, and what all its figures are of, asked and remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from lib.ingest.asks import Label, Questions
from lib.ingest.text import fold
from lib.ingest.told import COLUMNS, IGNORE, NOTHING, Told, check_period
from lib.schema import DataError, Nature
from lib.views.cached import recall_layout, remember_layout
from lib.views.cached_checks import check_file_once
from lib.views.notice import form_key
from lib.views.visitor import describe_safely
from lib.words import escape, shorten

if TYPE_CHECKING:
    from datetime import date

    from lib.ingest.check import Checked
    from lib.ingest.progress import Progress
    from lib.intake import Recalled
    from lib.views.shell import View

_KINDS: Final = ("columns", "indicators", "regions")
_SHOWN_LABELS: Final = 10
_SHOWN_CELL: Final = 24
_NAMES: Final = {"region": "regions", "indicator": "indicators"}


@dataclass
class _Answers:
    """What the visitor answered for one file, and what it asked before any answer. `told` is None until one is given."""

    first: Questions
    told: Told | None = None


@dataclass(frozen=True)
class _Sheet:
    """One file's questions as they stand: those before any answer, those left, what is told, and from which upload."""

    raw: bytes
    first: Questions
    now: Questions
    told: Told
    recalled: Recalled | None

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """The headings that nothing is known of, also those answered already, with their first cells."""
        return {**self.first.unknown, **self.now.unknown}

    @property
    def labels(self) -> list[Label]:
        """The names in its lines that are not clear: those answered already, then the most frequent ones."""
        headings = {fold(heading) for heading in self.headings}
        known = {(label.kind, fold(label.text)): label for label in (*self.first.labels, *self.now.labels)}
        answered = {(kind, text) for kind, names in _NAMES.items() for text in getattr(self.told, names)}
        told = [
            known.get((kind, text), Label(kind, text, 0)) for kind, text in sorted(answered) if text not in headings
        ]
        return told + [label for label in self.now.labels if (label.kind, fold(label.text)) not in answered]

    @property
    def open(self) -> bool:
        """Whether anything is still to be answered."""
        answered = {text for kind in _KINDS for text in getattr(self.told, kind)}
        headings = any(fold(heading) not in answered for heading in self.headings)
        return headings or bool(self.now.labels) or any(not getattr(self.told, kind) for kind in self.now.lacking)


def check_as_told(
    view: View,
    raw: bytes,
    user: str,
    published: date | None,
    source: str,
    fixes: tuple[tuple[tuple[int, str, str], str], ...],
    *,
    progress: Progress,
) -> tuple[Checked, Told]:
    """Check a file with what the visitor, or whoever sent this layout before, said of it; ask what it leaves open."""
    answers = _answers(raw, published, source, progress)
    recalled = recall_layout(answers.first.headers, user)
    told = answers.told if answers.told is not None else recalled.told if recalled else NOTHING
    checked = check_file_once(raw, published, source, fixes, told, progress=progress)
    _show_questions(view, _Sheet(raw, answers.first, checked.questions, told, None if answers.told else recalled))
    return checked, told


def remember_answers(raw: bytes, user: str) -> None:
    """Keep what was answered for a file's layout, once the file is kept."""
    answers: _Answers | None = st.session_state.get(_key(raw))
    if answers and answers.told is not None:
        remember_layout(answers.first.headers, answers.told, user)


def _answers(raw: bytes, published: date | None, source: str, progress: Progress) -> _Answers:
    """What was answered for a file so far."""
    if _key(raw) not in st.session_state:
        st.session_state[_key(raw)] = _Answers(check_file_once(raw, published, source, progress=progress).questions)
    answers: _Answers = st.session_state[_key(raw)]
    return answers


def _key(raw: bytes) -> str:
    """The name under which a file's answers are kept while it stands in the form."""
    return f"{form_key('told')}-{hashlib.sha256(raw).hexdigest()}"


def _show_questions(view: View, sheet: _Sheet) -> None:
    """Everything asked of the file; folded away where all is answered as the last time."""
    if not (sheet.headings or sheet.labels or sheet.now.lacking or sheet.told):
        return
    texts = view.texts
    if sheet.recalled:
        hint = {"user": escape(sheet.recalled.user), "date": sheet.recalled.day, "told": _word_told(view, sheet)}
        st.info(texts("reading.as_last_time", **hint), icon=":material/history:")
    folded = bool(sheet.recalled) and not sheet.open
    with st.expander(texts("reading.change")) if folded else st.container(border=True, key="reading"):
        st.markdown(f"**{texts('reading.title')}**")
        st.caption(texts("reading.note"))
        _ask_headings(view, sheet)
        _ask_labels(view, sheet)
        _ask_defaults(view, sheet)


def _word_told(view: View, sheet: _Sheet) -> str:
    """What is told, as a list in one line: 实绩 → 数值; 地区: 沈阳市."""
    written = {fold(text): text for text in (*sheet.headings, *(label.text for label in sheet.labels))}
    parts = [
        f"{escape(written.get(text, text))} → {_word(view, f'{kind}:{code}')}"
        for kind in _KINDS
        for text, code in getattr(sheet.told, kind).items()
    ]
    parts += [
        f"{view.texts(f'column.{kind}')} → {_word_code(view, kind, code)}"
        for kind in ("region", "indicator", "unit")
        if (code := getattr(sheet.told, kind))
    ]
    return view.words.join(parts)


def _word(view: View, choice: str) -> str:
    """A choice in words: "columns:value", "indicators:gdp", "regions:ignore"."""
    kind, code = choice.split(":", 1)
    if code == IGNORE:
        return view.texts("reading.ignore" if kind == "columns" else "reading.leave_out")
    if kind == "columns":
        return view.texts("reading.column", column=view.texts(f"column.{code}"))
    return view.words.indicator(code) if kind == "indicators" else view.words.region(code)


def _word_code(view: View, kind: str, code: str) -> str:
    """A region, indicator or unit in words."""
    words = {"region": view.words.region, "indicator": view.words.indicator, "unit": view.words.unit}
    return words[kind](code)


def _indicators(view: View) -> list[str]:
    """The indicators that have figures."""
    return [code for code, row in view.words.indicators.items() if row["nature"] != Nature.EVENT]


def _ask_headings(view: View, sheet: _Sheet) -> None:
    """What each unknown heading means, with its first cells."""
    if not sheet.headings:
        return
    st.markdown(view.texts("reading.headings"))
    places = st.columns(2)
    for at, (heading, cells) in enumerate(sheet.headings.items()):
        shown = view.words.join([escape(shorten(cell, _SHOWN_CELL)) for cell in cells])
        label = view.texts("reading.heading", heading=escape(shorten(heading)), cells=shown)
        choices = _choices(view, sheet, heading)
        with places[at % 2]:
            _select(view, sheet, label if cells else f"**{escape(shorten(heading))}**", heading, _KINDS, choices)


def _choices(view: View, sheet: _Sheet, heading: str) -> list[str]:
    """What a heading can mean: a column not taken yet and, in a wide table, an indicator or a region."""
    others = {column for text, column in sheet.told.columns.items() if text != fold(heading)}
    free = [column for column in COLUMNS if column not in sheet.first.taken | others]
    choices = [f"columns:{IGNORE}", *(f"columns:{column}" for column in free)]
    if sheet.first.wide or sheet.now.wide:
        choices += [f"indicators:{code}" for code in _indicators(view)]
        choices += [f"regions:{code}" for code in view.words.regions if "region" not in sheet.first.taken | others]
    return choices


def _ask_labels(view: View, sheet: _Sheet) -> None:
    """What each name in the lines means that is not known or not clear."""
    labels = sheet.labels
    if not labels:
        return
    st.markdown(view.texts("reading.labels"))
    places = st.columns(2)
    for at, label in enumerate(labels[:_SHOWN_LABELS]):
        kind = _NAMES[label.kind]
        codes = label.choices or (_indicators(view) if label.kind == "indicator" else list(view.words.regions))
        what = view.texts(f"column.{label.kind}")
        count = {"kind": what, "text": escape(shorten(label.text)), "count": label.count}
        choices = [f"{kind}:{IGNORE}", *(f"{kind}:{code}" for code in codes)]
        with places[at % 2]:
            _select(view, sheet, view.texts("reading.label", **count), label.text, (kind,), choices)
    if len(labels) > _SHOWN_LABELS:
        st.caption(view.texts("reading.more_labels", shown=_SHOWN_LABELS, total=len(labels)))


def _select(
    view: View, sheet: _Sheet, label: str, text: str, kinds: tuple[str, ...], choices: list[str]
) -> None:  # fmt: skip
    """One select box for what a text means; nothing is chosen unless it was told."""
    told = next((f"{kind}:{code}" for kind in kinds if (code := getattr(sheet.told, kind).get(fold(text)))), None)
    key = f"{_key(sheet.raw)}-{kinds[0]}-{text}"
    st.session_state[key] = told
    st.selectbox(
        label, choices if told in {None, *choices} else [told, *choices], key=key,
        format_func=lambda choice: _word(view, choice), placeholder=view.texts("reading.choose"),
        on_change=_tell_text, args=(sheet, kinds, text, key),
    )  # fmt: skip


def _tell_text(sheet: _Sheet, kinds: tuple[str, ...], text: str, key: str) -> None:
    """Take over what a text was said to mean."""
    said = {
        kind: {other: code for other, code in getattr(sheet.told, kind).items() if other != fold(text)}
        for kind in kinds
    }
    if choice := st.session_state[key]:
        kind, code = str(choice).split(":", 1)
        said[kind][fold(text)] = code
    _tell(sheet, said)


def _ask_defaults(view: View, sheet: _Sheet) -> None:
    """What all figures are of where the file does not say it."""
    told = [kind for kind in ("region", "indicator", "period", "unit") if getattr(sheet.told, kind)]
    kinds = [kind for kind in ("region", "indicator", "period", "unit") if kind in {*sheet.now.lacking, *told}]
    if not kinds:
        return
    st.markdown(view.texts("reading.defaults"))
    codes = {"region": list(view.words.regions), "indicator": _indicators(view), "unit": list(sheet.now.units)}
    places = st.columns(2)
    for at, kind in enumerate(kinds):
        with places[at % 2]:
            if kind == "period":
                _ask_period(view, sheet)
            else:
                _ask_code(view, sheet, kind, codes[kind])


def _ask_code(view: View, sheet: _Sheet, kind: str, codes: list[str]) -> None:
    """The region, indicator or unit of all figures."""
    key, told = f"{_key(sheet.raw)}-all-{kind}", getattr(sheet.told, kind) or None
    st.session_state[key] = told
    st.selectbox(
        view.texts(f"column.{kind}"), codes if told in {None, *codes} else [told, *codes], key=key,
        format_func=lambda code: _word_code(view, kind, code), placeholder=view.texts("reading.choose"),
        on_change=_tell_all, args=(sheet, kind, key),
    )  # fmt: skip


def _ask_period(view: View, sheet: _Sheet) -> None:
    """The period of all figures, read as one in a file is; one that cannot be read is not used."""
    key = f"{_key(sheet.raw)}-all-period"
    st.session_state.setdefault(key, sheet.told.period)
    label, example = view.texts("column.period"), view.texts("reading.period_example")
    st.text_input(
        label, placeholder=example, max_chars=30, key=key, on_change=_tell_all, args=(sheet, "period", key)
    )  # fmt: skip
    try:
        check_period(st.session_state[key])
    except DataError as error:
        st.error(describe_safely(error, view.texts))


def _tell_all(sheet: _Sheet, kind: str, key: str) -> None:
    """Take over what all figures were said to be of."""
    said = str(st.session_state[key] or "")
    try:
        said = check_period(said) if kind == "period" else said
    except DataError:
        said = ""
    _tell(sheet, {kind: said})


def _tell(sheet: _Sheet, said: dict[str, Any]) -> None:
    st.session_state[_key(sheet.raw)] = _Answers(sheet.first, replace(sheet.told, **said))
