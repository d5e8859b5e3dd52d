"""Turn codes and verdicts into sentences: names of regions and indicators, amounts, the finding of a verdict, problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from lib import formats
from lib.periods import parse_period
from lib.schema import NATION, PARTIES, PROVINCE, Kind, Stage
from lib.tables import rows_of
from lib.zones import members_of

if TYPE_CHECKING:
    from lib.i18n import Texts
    from lib.series import Figure
    from lib.tables import Tables
    from lib.verdict.model import Missing, Verdict
    from lib.verdict.target import Target

MARKDOWN: Final = str.maketrans({character: f"\\{character}" for character in r"\`*_{}[]<>()#+!|$~:&"})
# Control characters, and the marks that turn the direction of writing: a terminal or page would obey them unseen.
HIDDEN: Final = str.maketrans(
    dict.fromkeys(
        [*range(32), *range(127, 160), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    )
)
# Streamlit makes links and icons of bare text after it has resolved backslashes; an unseen joiner keeps it text.
LINKLIKE: Final = re.compile(r"(://|www(?=\.)|@|:(?=material/))", re.IGNORECASE)
JOINER: Final = "\N{WORD JOINER}"
# How what recurs is said to: without a stated interval, every year, every so many years.
RHYTHMS: Final = ("goal.recurring", "goal.yearly", "goal.every")
LEADING: Final = re.compile(r"^(-|\d+(?=[.)]))")


@dataclass(frozen=True)
class Words:
    """Names and amounts in one language. Index frames once: regions, indicators and units by their codes.

    `members` holds every region's counted members, `listed` the regions whose members are all certain, `plan_row` the
    row of the plan that is shown, `others` the rows of target and plan of what is related to it.
    """

    texts: Texts
    regions: dict[str, dict[str, Any]]
    indicators: dict[str, dict[str, Any]]
    units: dict[str, dict[str, Any]]
    members: dict[str, list[str]]
    listed: frozenset[str]
    plan_row: dict[str, Any]
    others: dict[str, tuple[dict[str, Any], dict[str, Any]]]

    @property
    def lang(self) -> str:
        """The language's code, also the ending of name columns."""
        return self.texts.lang

    @property
    def plan(self) -> str:
        """The plan's short name."""
        return str(self.plan_row[f"short_{self.lang}"])

    @property
    def plan_title(self) -> str:
        """The plan's full title."""
        return str(self.plan_row[f"title_{self.lang}"])

    def target_of(self, target: str) -> str:
        """A target of any plan, with its title and its plan's name."""
        stated, plan = self.others[target]
        title = str(stated[f"title_{self.lang}"])
        return self.texts("relation.target", target=target, title=title, plan=plan[f"short_{self.lang}"])

    def region(self, code: str) -> str:
        """A region's full name."""
        return str(self.regions[code][self.lang])

    def short_region(self, code: str) -> str:
        """A region's short name."""
        return str(self.regions[code][f"short_{self.lang}"] or self.regions[code][self.lang])

    def indicator(self, code: str) -> str:
        """An indicator's name."""
        return str(self.indicators[code][self.lang])

    def indicator_unit(self, code: str) -> str:
        """The code of an indicator's own unit."""
        return str(self.indicators[code]["unit"])

    def is_money(self, code: str) -> bool:
        """Whether an indicator is an amount of money, which has current prices."""
        return str(self.units[self.indicator_unit(code)]["dimension"]).startswith("money")

    def provider(self, indicator: str) -> str:
        """The kind of office that publishes an indicator."""
        return str(self.indicators[indicator][f"provider_{self.lang}"]) or self.texts("missing.provider")

    def unit(self, code: str) -> str:
        """A unit's name."""
        return str(self.units[code][self.lang])

    def amount(self, value: float, indicator: str, unit: str, *, signed: bool = False) -> str:
        """A value with its unit, to the indicator's decimals; a difference of per cents in percentage points."""
        written = "pp" if signed and unit == "pct" else unit
        return formats.amount(value, written, self.lang, self._decimals(indicator), signed=signed)

    def scaled(self, value: float, unit: str) -> float:
        """A value as the language's axis shows it: 9,027.1 of 100 m yuan is 902.7 bn."""
        return formats.scaled(value, unit, self.lang)

    def bare(self, value: float, indicator: str, unit: str) -> str:
        """A value as the axis shows it, without its unit."""
        return formats.bare(value, unit, self.lang, self._decimals(indicator))

    def figure(self, figure: Figure) -> str:
        """A figure's value with its unit and qualifier."""
        text = self.amount(figure.value, figure.indicator, figure.unit)
        return self.texts(f"qualifier.{figure.qualifier}", value=text) if figure.qualifier else text

    def span(self, figure: Figure) -> str:
        """What a figure covers."""
        return formats.span(figure.period, figure.basis, self.lang)

    def day(self, value: date) -> str:
        """A date."""
        return formats.day(value, self.lang)

    def written_day(self, text: str) -> str:
        """A date of a table; what is no full date stays as it stands there."""
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def join(self, parts: list[str]) -> str:
        """A list in words."""
        return self.texts("list.separator").join(parts)

    def join_marks(self, parts: list[str]) -> str:
        """A list in words whose parts may be lists themselves."""
        return self.texts("list.strong").join(dict.fromkeys(parts))

    def published(self, figure: Figure) -> str:
        """When a figure was published, or that the day it counts from is the release calendar's."""
        page = self.day(figure.published) if figure.published else ""
        return self.texts(f"figure.{figure.release}", date=self.day(figure.known_from), page=page)

    def source(self, figure: Figure) -> str:
        """The publisher of a figure, or that we summed it."""
        return self.texts("figure.derived") if figure.derived else figure.source

    def _decimals(self, indicator: str) -> int:
        return int(self.indicators[indicator]["decimals"])


def name_things(tables: Tables, texts: Texts, plan: str = "") -> Words:
    """Build the words of one language from the tables, said of a plan; of their first where `plan` is ""."""
    plans = {str(row["plan"]): row for row in rows_of(tables.plans)}
    related = tables.targets[tables.targets["target"].isin(tables.relations[["target", "other"]].to_numpy().ravel())]
    counted = tables.memberships[tables.memberships["counted"] == "yes"]
    return Words(
        texts=texts,
        regions={str(row["region"]): row for row in rows_of(tables.regions)},
        indicators={str(row["indicator"]): row for row in rows_of(tables.indicators)},
        units={str(row["unit"]): row for row in rows_of(tables.units)},
        members={str(region): list(rows) for region, rows in counted.groupby("region")["member"]},
        listed=frozenset(members_of(tables.memberships)),
        plan_row=plans[plan or next(iter(plans))],
        others={str(row["target"]): (row, plans[row["plan"]]) for row in rows_of(related)},
    )


def escape(text: str) -> str:
    """Make data-derived text harmless in markdown: no link, image, list, formula or tag survives, line ends become spaces."""
    plain = LINKLIKE.sub(rf"\1{JOINER}", " ".join(text.split()).translate(HIDDEN))
    return LEADING.sub(_disarm, plain.translate(MARKDOWN))


def _disarm(start: re.Match[str]) -> str:
    """Take a dash or number that would begin a list for what it is."""
    return "\\-" if start[1] == "-" else f"{start[1]}\\"


def escape_terminal(text: str) -> str:
    """Make data-derived text harmless on a terminal: no control sequence survives."""
    return " ".join(text.split()).translate(HIDDEN)


def goal(target: Target, words: Words) -> str:
    """The target in figures: "more than 85 %", "above China's average"."""
    if target.kind == Kind.MILESTONE:
        return words.texts("goal.milestone")
    if target.kind == Kind.RECURRING:
        return words.texts(RHYTHMS[min(target.every, len(RHYTHMS) - 1)], years=target.every)
    if target.kind == Kind.DIRECTION:
        return words.texts(f"goal.{target.operator}")
    if target.kind == Kind.RELATIVE:
        side = "above" if target.direction > 0 else "below"
        return words.texts(f"goal.{side}", benchmark=words.region(target.benchmark))
    value = words.amount(target.value or 0.0, target.indicator, target.unit)
    return words.texts(f"goal.{target.operator}", value=_plain(value) if target.unit == "pct" else value)


def finding(verdict: Verdict, target: Target, words: Words) -> str:
    """The verdict as a sentence that can be quoted as it stands."""
    holes = _holes(verdict, target, words)
    reason = f"finding.{verdict.reason}"
    if verdict.reason in {"average_settled", "relative_settled", "change_settled", "direction_settled"}:
        reason += f".{verdict.status}"
    return words.texts(reason, **holes)


def _holes(verdict: Verdict, target: Target, words: Words) -> dict[str, str]:
    """Every value a sentence may ask for; what a verdict does not have is an empty text."""
    figure, later, baseline = verdict.figure, verdict.later, verdict.baseline

    def level(value: float | None) -> str:
        return "" if value is None else words.amount(value, target.indicator, target.unit)

    def distance(value: float | None) -> str:
        return "" if value is None else words.amount(abs(value), target.indicator, _distance_unit(target))

    return {
        "region": words.region(target.region),
        "indicator": words.indicator(target.indicator),
        "benchmark": words.region(target.benchmark) if target.benchmark else "",
        "goal": goal(target, words),
        "deadline": formats.span(target.target_period, "annual", words.lang),
        "value": level(verdict.value),
        "period": words.span(figure) if figure else "",
        "gap": distance(verdict.gap),
        "expected": level(verdict.expected),
        "closed": "" if verdict.gap_closed is None else formats.share(verdict.gap_closed),
        "elapsed": "" if verdict.elapsed is None else formats.share(verdict.elapsed),
        "later": words.figure(later) if later else "",
        "later_period": words.span(later) if later else "",
        "delay": _delay(later, target, words),
        "baseline": words.figure(baseline) if baseline else "",
        "baseline_period": words.span(baseline) if baseline else "",
        "years": words.join([formats.span(year, "annual", words.lang) for year in verdict.years]),
        "missing": words.join([missing_figures(item, words) for item in verdict.missing]),
        "due": words.day(verdict.due) if verdict.due else "",
        "held": words.join([words.day(item.happened) for item in verdict.evidence if item.stage == Stage.DONE]),
        "evidence": words.join([item.what_zh if words.lang == "zh" else item.what_en for item in verdict.evidence]),
    }


def missing_figures(item: Missing, words: Words) -> str:
    """Which figure is missing and whose it would be."""
    periods = words.join([formats.span(code, "annual", words.lang) for code in item.periods])
    indicator, region = words.indicator(item.indicator), words.region(item.region)
    return words.texts("missing.figure", indicator=indicator, region=region, periods=periods)


def who_reports(item: Missing, words: Words) -> str:
    """The offices from which a missing figure would have to come; members that are not certain are not named."""
    if item.region == NATION:
        return words.texts("missing.nation")
    provider, zone = words.provider(item.indicator), words.short_region(item.region)
    if item.region == PROVINCE or item.region not in words.members or words.regions[item.region]["type"] in PARTIES:
        return words.texts("missing.office", provider=provider, region=words.region(item.region))
    if item.region not in words.listed:
        return words.texts("missing.unlisted", provider=provider, region=zone)
    if words.indicators[item.indicator]["aggregation"] == "never":
        return words.texts("missing.whole", region=words.region(item.region))
    members = words.join([words.short_region(code) for code in words.members[item.region]])
    return words.texts("missing.zone", provider=provider, region=zone, members=members)


def as_published(figure: Figure, words: Words) -> str:
    """The figure in the unit its office prints, whatever the reader's language: "9,027.1亿元"."""
    value = formats.number(figure.value, int(words.indicators[figure.indicator]["decimals"]))
    return f"{value}{words.units[figure.unit]['zh']}"


def shorten(text: str, length: int = 60) -> str:
    """Cut a cell's text so that it fits a message."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _plain(value: str) -> str:
    """Drop decimals that say nothing from a stated target: "85.00%" is "85%"."""
    digits = value.rstrip("%")
    return f"{digits.rstrip('0').rstrip('.')}%" if "." in digits else value


def _distance_unit(target: Target) -> str:
    """The unit of a difference: percentage points between two per cents."""
    return "pp" if target.unit == "pct" else target.unit


def _delay(later: Figure | None, target: Target, words: Words) -> str:
    if later is None:
        return ""
    years = round(later.position - parse_period(target.target_period).position)
    return words.texts("delay.one") if years == 1 else words.texts("delay.many", years=years)
