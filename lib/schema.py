"""Column names, keys and allowed values of every table. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# What names and sources of made-up example data hold, so that a page can say so.
MADE_UP: Final = "made-up"

# Who the history names for the figures that come with the tracker: pages collected, not reports received.
SHIPPED_BY: Final = "shipped"

# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

NATION: Final = "000000"
PROVINCE: Final = "210000"

# Types of regions that are ranked beside each other.
PEERS: Final = ("city", "partner", "country")
# Types of regions whose members stand beside each other and are never summed.
PARTIES: Final = ("group", "pair")


class Basis(StrEnum):
    """What span a figure covers: a year, January up to the period's end, one period alone, or a state at its end."""

    ANNUAL = "annual"
    YTD = "ytd"
    QUARTER = "quarter"
    POINT = "point"


class Vintage(StrEnum):
    """How settled a figure is, least settled first. `unknown`: its source does not let one tell."""

    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
    PRELIMINARY = "preliminary"
    REVISED = "revised"
    FINAL = "final"


class Nature(StrEnum):
    """What kind of quantity an indicator is."""

    FLOW = "flow"
    STOCK = "stock"
    SHARE = "share"
    GROWTH = "growth"
    INDEX = "index"
    EVENT = "event"


class Kind(StrEnum):
    """What a target asks for; each kind has a rule of its own."""

    LEVEL = "level"
    AVERAGE_GROWTH = "average_growth"
    CUMULATIVE_CHANGE = "cumulative_change"
    RELATIVE = "relative"
    EVERY_PERIOD = "every_period"
    DIRECTION = "direction"
    MILESTONE = "milestone"
    RECURRING = "recurring"


class Status(StrEnum):
    """The verdict on a target, in the order of the scoreboard's legend."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    MOVING_AWAY = "moving_away"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NOT_JUDGED = "not_judged"


class Stage(StrEnum):
    """How far a milestone has come, as one piece of evidence states it."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_DONE = "not_done"


class Form(StrEnum):
    """What a commitment without a number asks for."""

    RECURRING = "recurring"
    DOCUMENT = "document"
    MECHANISM = "mechanism"
    ACTION = "action"
    GOAL = "goal"
    EVENT = "event"


class Relation(StrEnum):
    """How a target stands to one of another plan."""

    REPEATS = "repeats"
    REPLACES = "replaces"
    PARALLELS = "parallels"
    FOLLOWS = "follows"


# Kinds that are judged by dated evidence, not by figures.
EVIDENCED: Final = (Kind.MILESTONE, Kind.RECURRING)

OPERATORS: Final = (">=", ">", "<=", "<", "increase", "decrease", "done")
_BOUNDS: Final = (">=", ">", "<=", "<")
OPERATORS_OF: Final = {
    Kind.LEVEL: _BOUNDS,
    Kind.AVERAGE_GROWTH: _BOUNDS,
    Kind.CUMULATIVE_CHANGE: _BOUNDS,
    Kind.RELATIVE: _BOUNDS,
    Kind.EVERY_PERIOD: _BOUNDS,
    Kind.DIRECTION: ("increase", "decrease"),
    Kind.MILESTONE: ("done",),
    Kind.RECURRING: ("done",),
}
STRENGTHS: Final = (
    "strive", "reach", "break_through", "exceed", "grow", "further", "basically_built", "basically_formed", "form", "become",
    "increasingly_visible", "initially_formed", "interact", "major_progress", "markedly_raised", "more_coordinated", "strengthen",
    "hold", "draw_up", "establish", "explore", "study", "carry_out", "support",
)  # fmt: skip
SCOPES: Final = ("stated", "ambiguous")
CONFIDENCES: Final = ("high", "medium", "low")
PATHS: Final = ("", "linear", "constant_growth", "stated")
RHYTHMS: Final = ("year", "within")
CERTAINTIES: Final = ("sourced", "assumed")
YES_OR_NO: Final = ("yes", "no")
# The columns whose cells are one of a few words, by table.
CLOSED_LISTS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("targets", "path"): PATHS,
    ("targets", "every"): ("", *map(str, range(1, 11))),
    ("targets", "kind"): tuple(Kind),
    ("targets", "operator"): OPERATORS,
    ("targets", "scope"): SCOPES,
    ("targets", "strength"): STRENGTHS,
    ("indicators", "nature"): tuple(Nature),
    ("indicators", "aggregation"): ("sum", "ratio", "weighted", "never"),
    ("indicators", "cumulative"): YES_OR_NO,
    ("indicators", "direction"): ("", "increase", "decrease"),
    ("regions", "type"): ("nation", "province", "zone", "city", "county", "partner", "country", "group", "pair"),
    ("memberships", "confidence"): CONFIDENCES,
    ("memberships", "extent"): ("whole", "part", "party"),
    ("memberships", "counted"): YES_OR_NO,
    ("releases", "rhythm"): RHYTHMS,
    ("releases", "certainty"): CERTAINTIES,
    ("evidence", "stage"): tuple(Stage),
    ("commitments", "form"): tuple(Form),
    ("relations", "relation"): tuple(Relation),
}

PLAN_COLUMNS: Final = (
    "plan", "title_zh", "title_en", "short_zh", "short_en", "document_number", "signed", "start_period", "target_period",
    "horizon_note_zh", "horizon_note_en", "source", "link",
)  # fmt: skip
TARGET_COLUMNS: Final = (
    "target", "sentence", "plan", "region", "subject", "indicator", "kind", "operator", "value", "unit", "benchmark",
    "baseline_period", "baseline_value", "baseline_source", "start_period", "target_period", "path", "every", "strength_zh",
    "strength", "scope", "title_zh", "title_en", "quote_zh", "quote_en", "source", "link", "note_zh", "note_en",
)  # fmt: skip
INDICATOR_COLUMNS: Final = (
    "indicator", "zh", "en", "aliases", "unit", "other_units", "nature", "aggregation", "numerator", "denominator",
    "growth_indicator", "cumulative", "direction", "decimals", "minimum", "maximum",
    "definition_zh", "definition_en", "source", "provider_zh", "provider_en",
)  # fmt: skip
REGION_COLUMNS: Final = (
    "region",
    "zh",
    "en",
    "short_zh",
    "short_en",
    "aliases",
    "type",
    "parent",
    "note_zh",
    "note_en",
)
MEMBERSHIP_COLUMNS: Final = (
    "region", "member", "confidence", "extent", "counted", "source", "link", "note_zh", "note_en",
)  # fmt: skip
UNIT_COLUMNS: Final = ("unit", "zh", "en", "dimension", "factor", "aliases")
BREAK_COLUMNS: Final = ("indicator", "region", "period", "revised_period", "reason_zh", "reason_en", "source", "link")
PATH_COLUMNS: Final = ("target", "period", "value", "source", "link")
RELEASE_COLUMNS: Final = (
    "indicator", "rhythm", "first_days", "later_days", "certainty", "source", "note_zh", "note_en",
)  # fmt: skip
WEAK_SOURCE_COLUMNS: Final = ("word",)
EVIDENCE_COLUMNS: Final = ("target", "date", "stage", "what_zh", "what_en", "published", "source", "link")
COMMITMENT_COLUMNS: Final = (
    "target", "item", "form", "pillar_zh", "pillar_en", "area_zh", "area_en", "rhythm_zh", "rhythm_en", "owner_zh", "owner_en",
)  # fmt: skip
RELATION_COLUMNS: Final = ("target", "relation", "other", "note_zh", "note_en")
# Who may write; a table of the machine that serves, not of the plan, and none where nobody logs in.
ROLE_COLUMNS: Final = ("who", "role", "regions")
TABLES: Final = {
    "plans": PLAN_COLUMNS,
    "targets": TARGET_COLUMNS,
    "indicators": INDICATOR_COLUMNS,
    "regions": REGION_COLUMNS,
    "memberships": MEMBERSHIP_COLUMNS,
    "units": UNIT_COLUMNS,
    "paths": PATH_COLUMNS,
    "breaks": BREAK_COLUMNS,
    "releases": RELEASE_COLUMNS,
    "weak_sources": WEAK_SOURCE_COLUMNS,
    "evidence": EVIDENCE_COLUMNS,
    "commitments": COMMITMENT_COLUMNS,
    "relations": RELATION_COLUMNS,
}

# The columns that tell a row of a table from any other of it.
TABLE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "plans": ("plan",),
    "targets": ("target",),
    "indicators": ("indicator",),
    "regions": ("region",),
    "memberships": ("region", "member"),
    "units": ("unit",),
    "paths": ("target", "period"),
    "commitments": ("target",),
    "evidence": ("target", "date", "stage", "source"),
    "relations": ("target", "other"),
}
# The tables that rows can be added to by upload: what a plan needs, and what is known of it.
UPLOADED_TABLES: Final = tuple(name for name in TABLE_KEYS if name != "units")
# The columns without which a row says nothing to a reader.
NEEDED_TEXTS: Final = {
    "plans": ("title_zh", "title_en", "short_zh", "short_en", "source"),
    "targets": ("sentence", "title_zh", "title_en"),
    "regions": ("zh", "en"),
    "indicators": ("zh", "en"),
}

# One published figure a row; what an upload's template asks for, in this order.
ACTUAL_COLUMNS: Final = (
    "region", "indicator", "period", "basis", "value", "unit", "status", "qualifier", "published", "source", "link", "note",
)  # fmt: skip
REQUIRED_COLUMNS: Final = ("region", "indicator", "period", "value")
# What checking adds to each row: the figure and unit as they stood in the file, and the line they stood on.
ORIGIN_COLUMNS: Final = ("value_text", "unit_text", "row")
# What the store adds: the upload, its place in the order of uploads, when and by whom.
STAMP_COLUMNS: Final = ("upload", "seq", "uploaded_at", "user")
STORED_COLUMNS: Final = ACTUAL_COLUMNS + ORIGIN_COLUMNS + STAMP_COLUMNS
# What is kept of a row that came by upload for one of TABLES: the table, the cells of its key and all of its cells as JSON,
# the region whose office may write it ("" where only an administrator may), the file and the line it stood on.
ADDITION_COLUMNS: Final = ("table", "key", "region", "cells", "file", "row")
ADDITION_KEY: Final = ("table", "key")
FIGURE_KEY: Final = ("region", "indicator", "period", "basis", "unit")
VINTAGE_KEY: Final = (*FIGURE_KEY, "status", "published", "source")
CODE_COLUMNS: Final = ("region", "indicator", "period", "basis", "unit", "status", "qualifier")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file or table: a code the catalogues word, where it stands, and what would be right.

    `row` is the line in the file (1 = first line), `column` the header as the file has it; 0 and "" mean the whole file.
    `hint` fills the message's holes; `severity` is "error" or "warning". `fix` is the text that should stand in the cell
    where that is certain, else "".
    """

    code: str
    row: int = 0
    column: str = ""
    value: str = ""
    hint: dict[str, str] = field(default_factory=dict)
    severity: str = "error"
    fix: str = ""


class DataError(ValueError):
    """What a visitor cannot mend: a table of the tracker or the store is unusable. The catalogues word `code`."""

    def __init__(self, code: str, **hint: str) -> None:
        """Keep the code and its details; the text in English serves logs only."""
        super().__init__(f"{code}: {hint}")
        self.code = code
        self.hint = hint
