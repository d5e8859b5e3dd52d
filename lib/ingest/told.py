"""What a person says of a file that it does not say itself: what its headings and names mean, and what all figures are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from lib.ingest.text import fold
from lib.periods import read_period
from lib.schema import ACTUAL_COLUMNS, DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.ingest.rows import Lexicon

IGNORE: Final = "ignore"
PERIOD_PARTS: Final = ("year", "quarter", "month")
COLUMNS: Final = (*ACTUAL_COLUMNS[:3], *PERIOD_PARTS, *ACTUAL_COLUMNS[3:])
_BY_HEADING: Final = ("columns", "indicators", "regions")


@dataclass(frozen=True)
class Told:
    """What is told beside a file. Nothing of it is used where the file itself speaks.

    `columns`: folded heading to one of COLUMNS or IGNORE. `indicators`, `regions`: folded heading or name to a code or
    IGNORE. `region`, `indicator`, `period`, `unit`: of the figures of which the file does not say it; "" if not told.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    region: str = ""
    indicator: str = ""
    period: str = ""
    unit: str = ""

    def __bool__(self) -> bool:
        """Whether anything is told."""
        return any(getattr(self, item.name) for item in fields(self))

    def code(self, kind: str, text: str) -> str:
        """The code that a name stands for as told ("indicators", "regions"); "" if it was not told or is left out."""
        code = getattr(self, kind).get(fold(text), "")
        return "" if code == IGNORE else str(code)

    def codes(self, kind: str) -> dict[str, str]:
        """All names told of a kind that stand for a code."""
        return {text: code for text, code in getattr(self, kind).items() if code != IGNORE}

    def to_plain(self) -> dict[str, object]:
        """What was told as plain data, sorted; what was not told is left out."""
        told = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: dict(sorted(said.items())) if isinstance(said, Mapping) else said
            for name, said in told.items()
            if said
        }


NOTHING: Final = Told()


def from_plain(plain: object) -> Told | None:
    """Read what `Told.to_plain` wrote; None for anything else."""
    if not isinstance(plain, dict) or not set(plain) <= {item.name for item in fields(Told)}:
        return None
    sound = all(_is_texts(said) if name in _BY_HEADING else isinstance(said, str) for name, said in plain.items())
    return Told(**plain) if sound else None


def _is_texts(said: object) -> bool:
    """Whether this maps texts to texts."""
    return isinstance(said, dict) and all(isinstance(text, str) for pair in said.items() for text in pair)


def keep_known(told: Told, lexicon: Lexicon) -> Told:
    """What of it still holds: columns and codes that the tables know."""
    columns, indicators, regions = set(COLUMNS), lexicon.indicators.codes(), lexicon.regions.codes()
    return Told(
        columns=_keep(told.columns, columns),
        indicators=_keep(told.indicators, indicators),
        regions=_keep(told.regions, regions),
        region=told.region if told.region in regions else "",
        indicator=told.indicator if told.indicator in indicators else "",
        period=told.period if read_period(told.period) else "",
        unit=told.unit if told.unit in lexicon.units.by_code else "",
    )


def _keep(said: Mapping[str, str], known: set[str]) -> dict[str, str]:
    """What is said to mean something known."""
    return {text: code for text, code in said.items() if code in known or code == IGNORE}


def read_told(
    lexicon: Lexicon,
    *,
    meanings: Iterable[str] = (),
    region: str = "",
    indicator: str = "",
    period: str = "",
    unit: str = "",
) -> Told:
    """What is told in words, as codes. `meanings`: "heading=column", "name=code" or "either=ignore".

    Raises DataError for a region, indicator, period, unit or meaning that is not known.
    """
    told: dict[str, dict[str, str]] = {kind: {} for kind in _BY_HEADING}
    for text in meanings:
        heading, mark, meaning = text.rpartition("=")
        kinds = _find_kinds(meaning.strip(), lexicon)
        if not mark or not fold(heading) or not kinds:
            raise DataError("meaning_unknown", meaning=text, columns=", ".join((*COLUMNS, IGNORE)))
        for kind, code in kinds.items():
            told[kind][fold(heading)] = code
    found = lexicon.units.find(unit)
    if unit and not found:
        raise DataError("told_unit_unknown", unit=unit, known=lexicon.units.label(*lexicon.units.by_code))
    return Told(
        **told,
        region=_find_code("region", region, lexicon),
        indicator=_find_code("indicator", indicator, lexicon),
        period=check_period(period),
        unit=found.code if found else "",
    )


def check_period(text: str) -> str:
    """A period told in words, as it was told. Raises DataError if it cannot be read."""
    if text.strip() and not read_period(text):
        raise DataError("told_period_unreadable", period=text.strip())
    return text.strip()


def _find_kinds(meaning: str, lexicon: Lexicon) -> dict[str, str]:
    """What a heading or name can mean: kind of meaning to column or code."""
    if meaning in COLUMNS:
        return {"columns": meaning}
    if meaning == IGNORE:
        return dict.fromkeys(_BY_HEADING, IGNORE)
    indicators, regions = lexicon.indicators.find(meaning), lexicon.regions.find(meaning)
    if len(indicators) == 1:
        return {"indicators": indicators[0]}
    return {"regions": regions[0]} if len(regions) == 1 else {}


def _find_code(kind: str, text: str, lexicon: Lexicon) -> str:
    """The code of a region or indicator told by code or full name."""
    names = lexicon.regions if kind == "region" else lexicon.indicators
    codes = names.find(text) if text else ()
    if text and len(codes) != 1:
        raise DataError(f"told_{kind}_unknown", **{kind: text, "known": ", ".join(sorted(names.codes()))})
    return codes[0] if codes else ""
