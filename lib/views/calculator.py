"""Try your own numbers: a value to be reached by a year, judged by our rule and by every other published method side by side.

The address holds the numbers ("from=2021:7249.7&now=2023:8122.1&to=2024:10000&direction=up"), so a link reproduces the
table; `lib.views.numbers` reads and judges them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from lib import formats
from lib.verdict.methods.reading import Outlook
from lib.verdict.model import usable
from lib.verdict.opinions import OURS, WITHOUT_TIME
from lib.views.numbers import (
    DIRECTIONS,
    END_OF_LINE,
    FIRST_YEAR,
    LARGEST,
    LAST_YEAR,
    MOST_CHARACTERS,
    POINTS,
    Fault,
    doubts,
    judge_numbers,
    read_numbers,
    read_point,
)
from lib.views.status import badge
from lib.views.table import show_words
from lib.words import escape

if TYPE_CHECKING:
    from lib.verdict.model import Verdict
    from lib.views.numbers import Numbers
    from lib.views.shell import View
    from lib.views.worked import Worked

PARAMETERS: Final = (*POINTS, "direction", "series")


@st.fragment
def show_calculator(view: View, examples: list[Worked]) -> None:
    """The form, then our verdict and a table of all methods; or what is wrong with the numbers. Drawn anew by itself."""
    texts = view.texts
    st.subheader(texts("calculator.title"), anchor="calculator")
    st.markdown(texts("calculator.lead"))
    links = {worked.label: parameters_of(worked, view) for worked in examples}
    default = next(iter(links.values()), {})
    given = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    fill = given or default
    label = next((label for label, parameters in links.items() if parameters == fill), "")
    with st.container(horizontal=True, gap="small", key="calc-examples"):
        for place, (name, parameters) in enumerate(links.items()):
            st.button(escape(name), key=f"calc-example-{place}", on_click=_fill, args=(parameters,))
    _show_form(view, fill)
    st.caption(escape(_example_words(view, examples, label)) if label else texts("calculator.yours"))
    numbers = read_numbers(fill)
    if isinstance(numbers, Fault):
        show = st.info if numbers.code == "blank" else st.error
        show(escape(texts(f"calculator.fault.{numbers.code}", **dict(numbers.holes))))
        return
    _show_answers(view, numbers)


def _example_words(view: View, examples: list[Worked], label: str) -> str:
    """That the numbers are one of the plan's cases, and their unit."""
    unit = next(worked.target.unit for worked in examples if worked.label == label)
    return view.texts("calculator.example", name=label, unit=formats.axis(unit, view.texts.lang))


def parameters_of(worked: Worked, view: View) -> dict[str, str]:
    """The numbers of one of the plan's own cases as the address holds them, in the unit that the reader's language prints."""
    target, verdict = worked.target, worked.verdict
    if verdict.baseline is None or verdict.figure is None:
        return {}
    start, now = verdict.baseline, verdict.figure

    def write(period: str, value: float) -> str:
        return f"{period}:{view.words.scaled(value, target.unit):.10g}"

    yearly = usable(worked.board.yearly(target.region, target.indicator))
    alike = [f for f in yearly if f.segment == now.segment and f.position < now.position and f.period != start.period]
    parameters = {
        "from": write(start.period, start.value),
        "now": write(now.period, now.value),
        "to": write(target.target_period, target.goal),
        "direction": "up" if target.direction > 0 else "down",
        "series": END_OF_LINE.join(write(figure.period, figure.value) for figure in alike),
    }
    return {name: text for name, text in parameters.items() if text}


def answers(verdict: Verdict, view: View) -> pd.DataFrame:
    """All methods side by side, ours first: its number, its own word, what that means for "on track or not"."""
    texts = view.texts
    ours = (verdict.pace, texts(f"status.{verdict.status}"), OURS.get(verdict.status, Outlook.NONE))
    others = {
        opinion.method: (opinion.reading.value, texts(f"category.{opinion.reading.category}"), opinion.reading.outlook)
        for opinion in verdict.opinions
    }
    return pd.DataFrame(
        {
            texts("column.method"): texts(
                "calculator.method", name=texts(f"opinion.{method}.name"), measure=texts(f"opinion.{method}.measure")
            ),
            texts("column.number"): _write(value),
            texts("column.own_word"): word,
            texts("column.outlook"): texts(f"outlook.{outlook}"),
        }
        for method, (value, word, outlook) in {"ours": ours, **others}.items()
    )


def _write(value: float | None) -> str:
    """A method's number; a dash for none, and for one without end its sign."""
    if value is None:
        return "—"
    if math.isinf(value):
        return "∞" if value > 0 else f"{formats.MINUS}∞"
    return formats.number(value, 2) if abs(value) >= 0.1 or not value else formats.number(value, 4)


def agreement(verdict: Verdict, view: View) -> str:
    """In markdown, how many methods that answer agree with us on "on track or not", which do not, and which are silent."""
    texts, words = view.texts, view.words
    timed = [opinion for opinion in verdict.opinions if opinion.method not in WITHOUT_TIME]
    spoken = [opinion for opinion in timed if opinion.reading.outlook != Outlook.NONE]
    on = OURS.get(verdict.status) == Outlook.ON
    names = {
        "differ": [o for o in spoken if (o.reading.outlook == Outlook.ON) != on],
        "silent": [o for o in timed if o.reading.outlook == Outlook.NONE],
    }
    holes = {
        "agree": len(spoken) - len(names["differ"]),
        "total": len(spoken),
        "status": texts(f"status.{verdict.status}"),
    }
    parts = [f"**{escape(texts('calculator.agree' if spoken else 'calculator.none_answers', **holes))}**"]
    for key, opinions in names.items():
        if opinions:
            methods = words.join([texts(f"opinion.{opinion.method}.name") for opinion in opinions])
            parts.append(escape(texts(f"calculator.{key}", names=methods)))
    return " ".join([*parts, escape(texts("calculator.untimed"))])


def _show_form(view: View, fill: dict[str, str]) -> None:
    """A direction, three pairs of year and value, and the other years for who has them."""
    texts = view.texts
    direction = fill.get("direction", "")
    st.session_state["calc-direction"] = direction if direction in DIRECTIONS else None
    st.segmented_control(
        texts("calculator.direction"), list(DIRECTIONS), key="calc-direction", on_change=_keep,
        format_func=_DirectionWords(view),
    )  # fmt: skip
    for name, column in zip(POINTS, st.columns(len(POINTS)), strict=True):
        year, value = read_point(fill.get(name, ""))
        st.session_state[f"calc-{name}-year"], st.session_state[f"calc-{name}-value"] = year, value
        with column, st.container(horizontal=True, gap="small"):
            st.number_input(
                texts(f"calculator.{name}_year"), FIRST_YEAR, LAST_YEAR, None, 1, key=f"calc-{name}-year", on_change=_keep,
            )  # fmt: skip
            st.number_input(
                texts(f"calculator.{name}_value"), -LARGEST, LARGEST, None, 1.0, "%g", key=f"calc-{name}-value",
                on_change=_keep,
            )  # fmt: skip
    with st.expander(texts("calculator.series"), expanded=bool(fill.get("series"))):
        st.session_state["calc-series"] = (
            fill.get("series", "")[:MOST_CHARACTERS].replace(END_OF_LINE, "\n").replace(":", " ")
        )
        st.text_area(
            texts("calculator.series_help"), max_chars=MOST_CHARACTERS, height=120, key="calc-series", on_change=_keep,
            placeholder="2020 100\n2021 104.5",
        )  # fmt: skip


class _DirectionWords:
    """Words for the two directions."""

    def __init__(self, view: View) -> None:
        """Keep what the words need."""
        self.texts = view.texts

    def __call__(self, code: str) -> str:
        """Word one of them."""
        return self.texts(f"calculator.{code}")


def _keep() -> None:
    """Write all that the form holds into the address before the page is drawn again."""
    state = st.session_state
    parameters = {name: f"{_bare(state[f'calc-{name}-year'])}:{_bare(state[f'calc-{name}-value'])}" for name in POINTS}
    lines = [line.strip() for line in state["calc-series"].splitlines()]
    _fill({**parameters, "direction": state["calc-direction"] or "", "series": END_OF_LINE.join(filter(None, lines))})


def _bare(value: float | None) -> str:
    """A number as it can be read again; nothing for none."""
    return "" if value is None else f"{value:.15g}"


def _fill(parameters: dict[str, str]) -> None:
    """Make the address hold these numbers and no others."""
    for name in PARAMETERS:
        if parameters.get(name):
            st.query_params[name] = parameters[name]
        else:
            st.query_params.pop(name, None)


def _show_answers(view: View, numbers: Numbers) -> None:
    """Our verdict in a sentence, what to beware of, the table of all methods, and how many agree."""
    texts, verdict = view.texts, judge_numbers(numbers)
    st.markdown(f"{badge(verdict.status, texts)} {escape(our_sentence(verdict, numbers, view))}")
    notes = [code for code, holds in doubts(numbers).items() if holds]
    if notes:
        st.warning("  \n".join(texts(f"calculator.doubt.{code}") for code in notes))
    st.markdown(agreement(verdict, view))
    show_words(answers(verdict, view), border="horizontal")


def our_sentence(verdict: Verdict, numbers: Numbers, view: View) -> str:
    """Gap closed, time gone, what the path asks for and the pace; what is left where no gap can be closed."""
    texts = view.texts
    holes = {
        "year": f"{numbers.now.year:.0f}",
        "value": _amount(numbers.now.value),
        "expected": _amount(verdict.expected or 0.0),
        "goal": _amount(numbers.goal.value),
        "elapsed": formats.share(verdict.elapsed or 0.0),
    }
    if verdict.gap_closed is None or verdict.pace is None:
        return texts("calculator.no_pace", **holes)
    closed, pace = formats.share(verdict.gap_closed), formats.number(verdict.pace, 2)
    sentence = texts("calculator.pace", closed=closed, pace=pace, **holes)
    if verdict.required is None or verdict.required.amount is None:
        return sentence
    left = round(verdict.required.years)
    amount, years = (
        _amount(verdict.required.amount),
        texts("ahead.year") if left == 1 else texts("ahead.years", count=left),
    )
    return texts("calculator.space").join([sentence, texts("calculator.required", amount=amount, years=years)])


def _amount(value: float) -> str:
    """A value without a unit, to six digits."""
    return f"{value:,.6g}".replace("-", formats.MINUS)
