"""The address holds the view: language, day, region; whatever else it says is ignored."""

from __future__ import annotations

from datetime import date

import pytest

SILENT = ("error", "warning", "info", "exception")


@pytest.mark.parametrize(
    ("lang", "as_of", "status"),
    [
        ("en", "2025-06-30", "✖ Missed Dalian: GDP was CNY 951.7 bn"),
        ("zh", "2025-06-30", "✖ 未达成 大连市地区生产总值到期时为9,516.9亿元"),
        ("en", "", "✓ Achieved late Dalian: GDP was CNY 954.0 bn"),
        ("zh", "", "✓ 逾期达成 大连市地区生产总值到期时为9,540.2亿元"),
    ],
)
def test_verdict_is_that_of_the_day(visit, said, lang, as_of, status):
    """Dalian's target is missed as known in June 2025 and achieved late with the figures of today."""
    assert status in said(visit("overview", lang, as_of=as_of))


def test_before_the_deadline_no_target_is_missed(visit, said):
    """As known in mid-2023 nothing is missed: a target that is not due cannot be."""
    words = said(visit("overview", "en", as_of="2023-06-30"))
    assert "Missed" not in words
    assert "As known on 30 Jun 2023." in words


@pytest.mark.parametrize(
    "page", ["overview", "regions", "indicators", "compare", "targets", "data", "upload", "history", "methodology"]
)
@pytest.mark.parametrize(
    "address",
    [
        {"lang": "xx", "as_of": "nonsense", "region": "<script>alert(1)</script>", "indicator": "$x$", "entry": "99"},
        {
            "lang": "<script>",
            "as_of": "2999-01-01",
            "region": "../../etc/passwd",
            "indicator": "one_hour_circle",
            "entry": "-1",
            "from": "99",
            "to": "x",
            "who": "nobody",
        },
        {
            "lang": "",
            "as_of": "0001-01-01",
            "region": "",
            "indicator": "",
            "period": "2024; drop",
            "entry": "",
            "from": "",
            "to": "",
        },
    ],
    ids=["unknown", "hostile", "blank"],
)
def test_bad_parameters_fall_back_silently(visit, said, page, address):
    """What the address should not say changes nothing: the page is the one without it, and nobody is scolded."""
    if page == "methodology":  # its calculator gives these two a meaning of its own, and does answer
        address = {name: value for name, value in address.items() if name not in {"from", "to"}}
    visitor = visit(page, **address)
    assert [kind for kind in SILENT if len(visitor.get(kind))] == []
    assert said(visitor) == said(visit(page))


def test_language_switch_keeps_the_rest_of_the_address(visit, said):
    """Choosing Chinese keeps the day, writes the language into the address and turns every word."""
    visitor = visit("overview", "en", as_of="2025-06-30")
    visitor.button_group[0].set_value("zh").run()
    assert visitor.query_params["lang"] == "zh"
    assert visitor.query_params["as_of"] == "2025-06-30"
    assert "✖ 未达成 大连市" in said(visitor)


def test_choosing_a_day_writes_the_address(visit, said):
    """The chosen day stands in the address and on the page."""
    visitor = visit()
    visitor.date_input(key="choice-as_of").set_value(date(2025, 6, 30)).run()
    assert visitor.query_params["as_of"] == "2025-06-30"
    assert "✖ Missed Dalian" in said(visitor)


def test_links_carry_language_and_day(visit):
    """Every link of the menu and every region's link leads to the same language and day."""
    links = [node.proto for node in visit("overview", "zh", as_of="2025-06-30").main if node.type == "page_link"]
    assert len(links) == 14
    assert all("lang=zh" in link.query_string and "as_of=2025-06-30" in link.query_string for link in links)
    assert {link.query_string.split("region=")[1].split("&")[0] for link in links[9:]} == {
        "SY",
        "CO",
        "WL",
        "EL",
        "210000",
    }
