"""The view a visitor has chosen, kept in the address bar so that a copied link shows the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.clock import today
from lib.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIKELY: Final = "likely"
ON: Final = "1"
LONGEST: Final = 100


def read_choice(name: str, allowed: Sequence[str], default: str) -> str:
    """What the address says, if it is one of the allowed values."""
    value = st.query_params.get(name, default)
    return value if value in allowed else default


def choose(
    label: str, name: str, allowed: Sequence[str], default: str, wording: Callable[[str], str], *, few: bool = False
) -> str:
    """Ask for one of a few values and keep it in the address; `few` shows them side by side."""
    key = f"choice-{name}"
    # The address decides, also after the browser's back button; the widget follows it.
    current = st.session_state[key] = read_choice(name, allowed, default)
    if few:
        st.segmented_control(
            label, allowed, required=True, format_func=wording, key=key, on_change=_keep, args=(name, key),
            label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.selectbox(label, allowed, format_func=wording, key=key, on_change=_keep, args=(name, key))
    return current


def _keep(name: str, key: str) -> None:
    """Write a widget's value into the address before the page is drawn again."""
    st.query_params[name] = str(st.session_state[key])


def read_language() -> str:
    """The language in the address, else the browser's, else English."""
    locale = st.context.locale or ""
    return read_choice("lang", LANGUAGES, "zh" if locale.lower().startswith("zh") else "en")


def read_as_of(earliest: date) -> date:
    """The day in the address, else today; a day before the plan or to come is today."""
    try:
        chosen = date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return today()
    return chosen if earliest <= chosen <= today() else today()


def choose_as_of(label: str, explanation: str, earliest: date) -> None:
    """Ask for the day whose knowledge is shown; today needs no mention in the address."""
    st.session_state["choice-as_of"] = read_as_of(earliest)
    st.date_input(
        label, min_value=earliest, max_value=today(), key="choice-as_of", help=explanation,
        format="YYYY-MM-DD", on_change=_keep_day,
    )  # fmt: skip


def _keep_day() -> None:
    go_to_day(st.session_state["choice-as_of"])


def go_to_day(chosen: date | None) -> None:
    """Write a day into the address; today, or none, needs no mention."""
    if chosen is None or chosen == today():
        st.query_params.pop("as_of", None)
    else:
        st.query_params["as_of"] = chosen.isoformat()


def read_entry(newest: int) -> int | None:
    """The entry after which the address asks to see the tracker; None (now) if it names none there is."""
    text = st.query_params.get("entry", "")
    entry = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    return entry if 1 <= entry <= newest else None


def read_likely() -> bool:
    """Whether the address asks to count members that are not certain."""
    return st.query_params.get("members") == LIKELY


def choose_likely(label: str, explanation: str) -> None:
    """Ask whether to count members that are not certain."""
    choose_switch(label, "members", explanation, on=LIKELY)


def choose_switch(label: str, name: str, explanation: str, *, on: str = ON) -> bool:
    """Ask for yes or no; a no needs no mention in the address."""
    key = f"choice-{name}"
    current = st.session_state[key] = st.query_params.get(name) == on
    st.toggle(label, key=key, help=explanation, on_change=_keep_or_drop, args=(name, key, on))
    return current


def choose_many(
    label: str, name: str, allowed: Sequence[str], default: Sequence[str], wording: Callable[[str], str], most: int
) -> list[str]:
    """Ask for some of the values, in the order chosen; the address holds them with commas between."""
    key = f"choice-{name}"
    asked = [code for code in st.query_params.get(name, "").split(",") if code in allowed]
    current = st.session_state[key] = list(dict.fromkeys(asked))[:most] or [code for code in default if code in allowed]
    st.multiselect(
        label, allowed, format_func=wording, key=key, max_selections=most, on_change=_keep_many, args=(name, key)
    )
    return current


def _keep_many(name: str, key: str) -> None:
    st.query_params[name] = ",".join(st.session_state[key])


def choose_any(
    label: str, name: str, allowed: Sequence[str], wording: Callable[[str], str], everything: str
) -> tuple[str, ...]:
    """Ask for any of a few values; none chosen means all of them, says `everything`, and needs no mention in the address."""
    key = f"choice-{name}"
    asked = [code for code in st.query_params.get(name, "").split(",") if code in allowed]
    current = st.session_state[key] = list(dict.fromkeys(asked))
    st.multiselect(
        label, allowed, format_func=wording, key=key, placeholder=everything, on_change=_keep_any, args=(name, key)
    )
    return tuple(current)


def _keep_any(name: str, key: str) -> None:
    if st.session_state[key]:
        _keep_many(name, key)
    else:
        st.query_params.pop(name, None)


def forget(*names: str) -> None:
    """Take choices out of the address."""
    for name in names:
        st.query_params.pop(name, None)


def choose_text(label: str, name: str, explanation: str) -> str:
    """Ask for a few words; none need no mention in the address."""
    key = f"choice-{name}"
    current = st.session_state[key] = st.query_params.get(name, "")[:LONGEST]
    st.text_input(label, key=key, help=explanation, max_chars=LONGEST, on_change=_keep_or_drop, args=(name, key))
    return current


def _keep_or_drop(name: str, key: str, on: str = "") -> None:
    """Write what was chosen into the address, or take it out where nothing was."""
    chosen = st.session_state[key]
    if chosen:
        st.query_params[name] = on or str(chosen)
    else:
        st.query_params.pop(name, None)


def link_parameters() -> dict[str, str]:
    """What a link to another page carries along."""
    kept = ("plan", "lang", "as_of", "entry", "members")
    return {name: st.query_params[name] for name in kept if name in st.query_params}
