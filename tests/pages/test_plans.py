"""Every page works for every plan, says which it shows, and hands the plan on."""

from __future__ import annotations

import pytest

from tests.made_up_plan import PLAN, add_made_up_plan

PAGES = ("overview", "regions", "indicators", "compare", "targets", "data", "upload", "history", "methodology")
MOST_UNLIKE = ("COAST", "CCP", "LMC", "NEAP")
ALIKE = ("LNBR", "LMCE", "DL145", "AS3Y", "AS25", "LNECO", "LNFOR")
PER_PLAN = ("overview", "regions", "compare", "targets", "data")
OTHER = {"zh": "en", "en": "zh"}


@pytest.fixture(scope="module", name="data")
def extended(copy_data, tmp_path_factory):
    """The shipped data and a made-up plan, for tests that only look."""
    folder = copy_data(tmp_path_factory.mktemp("plans"))
    add_made_up_plan(folder)
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_plan_made_of_rows_has_every_page(visit, data, page, lang):
    """No page needs to know a plan."""
    visitor = visit(page, lang, data, plan=PLAN)
    assert not visitor.exception
    assert not visitor.error
    assert all(f"plan={PLAN}" in node.proto.query_string for node in visitor.main if node.type == "page_link")


def test_the_switcher_changes_the_plan(visit, said, data):
    """The choice stands in the address, and the headline names the plan."""
    visitor = visit("overview", "en", data)
    assert "targets of One circle, one belt, two zones" in said(visitor)
    visitor.selectbox(key="choice-plan").set_value(PLAN).run()
    assert visitor.query_params["plan"] == PLAN
    assert "Of the 2 targets of Made-up plan" in said(visitor)


def test_an_unknown_plan_is_the_first(visit, said, data):
    """What the address makes up is ignored."""
    assert "targets of One circle, one belt, two zones" in said(visit("overview", "en", data, plan="<script>"))


@pytest.mark.parametrize("first", ["zh", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.parametrize("plan", [*MOST_UNLIKE, *(pytest.param(plan, marks=pytest.mark.soak) for plan in ALIKE)])
def test_every_shipped_plan_has_its_pages(visit, said, plan, first):
    """Overview, region, compare, targets and exports of each plan are drawn without a fault, the languages taking turns."""
    for place, page in enumerate(PER_PLAN):
        visitor = visit(page, OTHER[first] if place % 2 else first, plan=plan)
        assert not visitor.exception, (plan, page)
        assert not visitor.error, (plan, page)
        assert said(visitor)


def test_overdue_is_shown_as_overdue(visit, said):
    """The leaders' meeting leads the calendar and the findings of its plan."""
    words = said(visit("overview", "en", plan="LMC"))
    assert "■ Overdue A leaders' meeting every two years" in words.replace("**", "")
    assert "due by 31 Dec 2025" in words
    assert "1 overdue" in words


def test_a_target_says_what_it_repeats(visit, said):
    """Both plans stay, and each names the other's target."""
    assert "Repeats CO-4 “Dalian GDP to break through CNY 1 trillion”" in said(visit("targets", "en", plan="DL145"))
    assert "Repeated by DL-1" in said(visit("targets", "en"))


@pytest.mark.parametrize(("lang", "side"), [("en", "Jiangsu"), ("zh", "江苏")])
def test_a_pair_stands_side_by_side(visit, unfold, said, lang, side):
    """The compare page of a plan with pairs begins with one of them, and compares its two sides below."""
    visitor = unfold(visit("compare", lang, plan="CCP"), "pair-PAIR1")
    assert side in visitor.dataframe[0].value.columns
    assert {"en": "Liaoning lower by CNY 10,438.7 bn", "zh": "辽宁低104,387.3亿元"}[lang] in said(visitor)
    assert visitor.multiselect(key="choice-regions").value == ["210000", "320000"]
    other = unfold(visit("compare", lang, plan="CCP", pair="PAIR2"), "pair-PAIR2")
    assert not other.exception
    assert {"en": "No data of Zhejiang", "zh": "暂无浙江的数据"}[lang] in str(other.dataframe[0].value)
