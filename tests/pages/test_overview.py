"""The overview's filters, its slider over the days on which something changed, and its rows."""

from __future__ import annotations

from datetime import date

import pytest

BUTTON = "timeline-"


def rows(visitor):
    """The labels of the rows that have no verdict by figures."""
    return [node.label for node in visitor.expander if " · " in node.label]


def test_filters_narrow_the_scoreboard_and_never_the_headline(visit, said):
    """A link with filters shows what it says: fewer rows, how many of how many, the same headline."""
    plain, filtered = visit(), visit(subject="SY,WL", kind="level", status="missed,no_data")
    assert "All 25 targets shown." in said(plain)
    assert plain.header[0].value == filtered.header[0].value
    assert "3 of 25 targets shown" in said(filtered)
    assert "(Shenyang circle, Western zone, Level by a period, Missed, No data)" in said(filtered)
    assert "Liaoning Coastal Economic Belt" not in said(filtered)
    assert len(rows(filtered)) < len(rows(plain))


def test_choosing_and_resetting_goes_through_the_address(visit, said):
    """A choice stands in the address; the way back takes it out again."""
    visitor = visit(as_of="2025-06-30")
    visitor.multiselect(key="choice-subject").select("WL").run()
    assert visitor.query_params["subject"] == "WL"
    assert "3 of 25 targets shown" in said(visitor)
    visitor.button(key="filter-reset").click().run()
    assert "subject" not in visitor.query_params
    assert visitor.query_params["as_of"] == "2025-06-30"
    assert "All 25 targets shown." in said(visitor)


@pytest.mark.parametrize(("lang", "text"), [("zh", "没有符合所选条件的目标"), ("en", "No target fits this choice")])
def test_a_choice_that_nothing_fits_says_what_to_do(visit, said, lang, text):
    """The empty state keeps headline and map, says so, and offers the way back."""
    visitor = visit(lang=lang, subject="WL", status="achieved")
    assert text in said(visitor)
    assert visitor.button(key="filter-reset")
    assert rows(visitor) == []


def test_the_slider_and_its_buttons_write_the_day(visit, said):
    """Each stop is a day in the address; the last one is today and needs none."""
    visitor = visit()
    assert "Shown: today" in said(visitor)
    visitor.button(key=f"{BUTTON}earlier").click().run()
    assert visitor.query_params["as_of"] == "2026-01-30"
    visitor.button(key=f"{BUTTON}earlier").click().run()
    assert visitor.query_params["as_of"] == "2026-01-23"
    assert "That day: another verdict for Dalian GDP to break through CNY 1 trillion" in said(visitor)
    slider = visitor.select_slider(key="choice-stop")
    assert slider.value == date(2026, 1, 23)
    slider.set_value(date(2025, 1, 1)).run()
    assert visitor.query_params["as_of"] == "2025-01-01"
    assert "and 9 more" in said(visitor)
    visitor.button(key=f"{BUTTON}back").click().run()
    assert "as_of" not in visitor.query_params


def test_a_day_between_two_stops_is_shown_as_itself(visit, said):
    """A day of the date picker that is no stop is said, with the last change before it."""
    visitor = visit(as_of="2025-02-14")
    words = said(visitor)
    assert "Shown: as known on 14 Feb 2025." in words
    assert "Last change, 29 Jan 2025" in words
    visitor.button(key=f"{BUTTON}later").click().run()
    assert visitor.query_params["as_of"] == "2025-03-01"


def test_replay_begins_at_the_first_stop(visit, said):
    """From today a replay starts with the first day on which something changed; steering by hand ends it."""
    visitor = visit()
    visitor.button(key=f"{BUTTON}play").click().run()
    assert visitor.query_params["as_of"] == "2022-03-01"
    assert visitor.button(key=f"{BUTTON}stop")
    visitor.button(key=f"{BUTTON}later").click().run()
    assert visitor.button(key=f"{BUTTON}play")
    assert "Shown: as known on 30 Apr 2022." in said(visitor)


def test_a_row_tells_the_date_of_its_figure_and_its_trend(visit, said):
    """Each judged row says the figure's period and day, marked where the day was not seen, and where the verdict went."""
    words = said(visit(as_of="2025-03-01"))
    assert "Figure: 2024, published 20 Jan 2025" in words
    assert "Figure: 2024, known from 1 Mar 2025 (release calendar)" in words
    assert "↘ Worse than on 31 Dec 2024; figure before CNY 812.2 bn (2023), on another base" in words
    assert "↗ Better than on 31 Dec 2024; figure +0.13 percentage points on 84.99% (end of 2022)" in words


def test_what_changed_is_told_with_its_cause_and_what_came_in(visit, said):
    """Verdicts that moved are told one by one, statuses without a colour together; new figures also where nothing moved."""
    visitor = visit(as_of="2025-03-01")
    words = said(visitor)
    assert "▼ Off track → ✖ Missed New figure for 2024 on the other side of a break in the series" in words
    folded = [node.label.replace("\\", "") for node in visitor.expander]
    assert any(
        label.startswith("12 more targets: ○ Not due yet → — No data. The deadline has passed") for label in folded
    )
    assert "new figures and 0 revised, 12 of them in series that a target asks for" in words
    assert "No status has changed. No new figure came in." in said(visit())


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "各市自身目标：沈阳1项未达成、1项已达成；大连1项逾期达成"),
        ("en", "Shenyang 1 missed, 1 achieved; Dalian 1 achieved late"),
    ],
)
def test_the_map_is_headed_by_its_finding(visit, said, bare, lang, title):
    """The map's title says how the cities' own targets stand; without figures, what the map shows."""
    assert title in said(visit(lang=lang))
    assert title not in said(visit(lang=lang, data=bare))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_target_has_its_row(visit, lang, shipped_board):
    """No target is hidden: each sentence of the plan is named once, judged or not."""
    visitor = visit(lang=lang)
    shown = "\n".join([*(node.label for node in visitor.expander), *(node.value for node in visitor.markdown)])
    titles = [
        shipped_board.stated(readings[0].target)[f"title_{lang}"] for readings in shipped_board.sentences().values()
    ]
    plain = shown.replace("\\", "")
    assert [title for title in titles if str(title).replace("\\", "") not in plain] == []
