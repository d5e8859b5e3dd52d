"""The days on which something changed: a slider, steps from one to the next, and a replay of them all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.clock import today
from lib.summary import pick_stops
from lib.views.cached import load_change_days
from lib.views.plans import load_beginning
from lib.views.state import go_to_day
from lib.words import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.verdict.days import ChangeDay
    from lib.views.shell import View

MOST_STOPS: Final = 40
MOST_NAMED: Final = 3
PACE: Final = 2.5  # seconds a day is shown in a replay
PLAYING: Final = "timeline-playing"
DRAWN: Final = "timeline-drawn"
SLIDER: Final = "choice-stop"


def show_timeline(view: View) -> None:
    """The slider with its buttons, and in words which day is shown and what happened on it."""
    texts = view.texts
    if view.board.as_of == today():
        _stop()
    with st.container(border=True, key="timeline"):
        with st.spinner(texts("timeline.loading")):
            since = load_beginning(view.board.plan)
            changes = pick_stops(load_change_days(view.board, since), MOST_STOPS)
        days = sorted({change.day for change in changes} | {today()})
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            with st.container(width=460):
                _show_slider(view, days)
            _show_buttons(view, days)
        st.markdown(_describe(view, changes))
    if st.session_state.get(PLAYING):
        st.session_state[DRAWN] = True
        st.fragment(_advance, run_every=PACE)(days)


def _show_slider(view: View, days: Sequence[date]) -> None:
    """The slider; a day chosen elsewhere is a stop of its own as long as it is shown."""
    st.session_state[SLIDER] = view.board.as_of
    st.select_slider(
        view.texts("timeline.slider"), sorted({*days, view.board.as_of}), format_func=view.words.day, key=SLIDER,
        on_change=_slide, help=view.texts("timeline.help"),
    )  # fmt: skip


def _show_buttons(view: View, days: Sequence[date]) -> None:
    texts, shown = view.texts, view.board.as_of
    earlier, later = [day for day in days if day < shown], [day for day in days if day > shown]
    _step_button(texts("timeline.earlier"), "earlier", earlier[-1:], ":material/chevron_left:")
    if st.session_state.get(PLAYING):
        st.button(texts("timeline.stop"), key="timeline-stop", on_click=_stop, icon=":material/stop:")
    else:
        st.button(
            texts("timeline.play"), key="timeline-play", on_click=_play, args=(days,), icon=":material/play_arrow:"
        )
    _step_button(texts("timeline.later"), "later", later[:1], ":material/chevron_right:")
    if shown != today():
        st.button(
            texts("timeline.back"), key="timeline-back", type="primary", on_click=_go, args=(today(),),
            icon=":material/today:",
        )  # fmt: skip


def _step_button(label: str, name: str, to: Sequence[date], icon: str) -> None:
    st.button(label, key=f"timeline-{name}", icon=icon, disabled=not to, on_click=_go, args=tuple(to))


def _describe(view: View, changes: Sequence[ChangeDay]) -> str:
    """Which day is shown, and what happened on it or when something last happened."""
    texts, words, shown = view.texts, view.words, view.board.as_of
    day = escape(words.day(shown))
    lead = texts("timeline.today" if shown == today() else "timeline.shown", date=day)
    past = [change for change in changes if change.day <= shown]
    if not past:
        return texts("timeline.line", lead=lead, rest=texts("timeline.before"))
    last = past[-1]
    key = "timeline.that_day" if last.day == shown else "timeline.last"
    rest = texts(key, date=escape(words.day(last.day)), what=_happened(view, last))
    return texts("timeline.line", lead=lead, rest=rest)


def _happened(view: View, change: ChangeDay) -> str:
    """What a day brought: the targets whose verdict it changed, else those that stand on other figures."""
    names = change.verdicts or change.figures
    titles = [str(view.board.stated(name)[f"title_{view.texts.lang}"]) for name in names]
    titles = list(dict.fromkeys(titles))
    named = view.words.join_marks(titles[:MOST_NAMED])
    kind = "verdicts" if change.verdicts else "figures"
    more = len(titles) - MOST_NAMED
    key = f"timeline.{kind}_more" if more > 0 else f"timeline.{kind}"
    return view.texts(key, named=escape(named), more=more)


def _slide() -> None:
    _go(st.session_state[SLIDER])


def _go(day: date) -> None:
    """Show a day; whoever steers by hand ends the replay."""
    _stop()
    go_to_day(day)


def _play(days: Sequence[date]) -> None:
    """Begin at the first day, or go on from the one that is shown."""
    st.session_state[PLAYING] = True
    if "as_of" not in st.query_params:
        go_to_day(days[0])


def _stop() -> None:
    st.session_state[PLAYING] = False


def _advance(days: Sequence[date]) -> None:
    """Go on to the next day; nothing when the page itself has just been drawn."""
    if st.session_state.pop(DRAWN, False) or not st.session_state.get(PLAYING):
        return
    shown = st.query_params.get("as_of", "")
    later = [day for day in days if day.isoformat() > shown] if shown else []
    if later:
        go_to_day(later[0])
    else:
        _stop()
    st.rerun(scope="app")
