"""Time progress (序时进度) and the lamp and card rules that Chinese development and reform commissions publish with it.

The rules are kept as published, holes included: a value that a rule does not name is `undefined`.
"""

from __future__ import annotations

import math
from typing import Final

from lib.verdict.methods.bands import Band, Bands
from lib.verdict.methods.reading import Category, Reading

TIME_PROGRESS: Final = Bands(
    (
        Band(Category.AHEAD, 0.0, low_closed=False),
        Band(Category.LEVEL, 0.0, 0.0, high_closed=True),
        Band(Category.BEHIND, -math.inf, 0.0),
    ),
    unit="points",
    source="Sanyuan District, Sanming, notice of 2010-09-18: completion minus time elapsed",
)
YINCHUAN: Final = Bands(
    (
        Band(Category.GREEN, 0.0),
        Band(Category.YELLOW, -30.0, -10.0, high_closed=True),
        Band(Category.RED, -math.inf, -30.0),
    ),
    unit="points",
    source="Yinchuan Development and Reform Commission, 2025-03, projects",
    complete=False,
)
TIANJIN_BONDS: Final = Bands(
    (
        Band(Category.GREEN, -math.inf, 0.0, high_closed=True),
        Band(Category.YELLOW, 0.0, 30.0, low_closed=False, high_closed=True),
        Band(Category.RED, 30.0, math.inf, low_closed=False),
    ),
    unit="per_cent",
    source="Tianjin Development and Reform Commission, 2022, bond money: shortfall against expected progress",
)
SANYA: Final = Bands(
    (
        Band(Category.GREEN, -math.inf, 0.0, high_closed=True),
        Band(Category.YELLOW, 0.0, 50.0, low_closed=False, high_closed=True),
        Band(Category.RED, 50.0, math.inf, low_closed=False),
    ),
    unit="per_cent",
    source="Sanya, 2022, projects (Hainan Daily, 2022-05-13): shortfall against the planned year-to-date amount",
)


def time_gap(completion: float, elapsed: float) -> Reading:
    """Judge by completion minus elapsed time, both in per cent: the points ahead of time progress.

    Source: Sanyuan District, Sanming, 2010-09-18: 74 % of the annual plan after eight months is +7.33 points.
    """
    return TIME_PROGRESS.read(completion - elapsed)


def yinchuan(completion: float, elapsed: float) -> Reading:
    """Judge by the same gap: at or above time progress green, 10 to 30 points below yellow, further below red.

    Less than 10 points below is undefined. Source: Yinchuan Development and Reform Commission, 2025-03.
    """
    return YINCHUAN.read(completion - elapsed)


def tianjin_bands(plan: float, average: float) -> Bands:
    """The investment rule along growth, for one plan and one city average, both in per cent.

    Green needs both, so it begins at the higher of the two. Growth of exactly 0 has no lamp below a higher bar; where both
    bars lie below 0 a shrinking district is green and red.
    """
    bar = max(plan, average)
    return Bands(
        (
            Band(Category.GREEN, bar),
            Band(Category.YELLOW, 0.0, bar, low_closed=False),
            Band(Category.RED, -math.inf, 0.0),
        ),
        unit="per_cent",
        source="Tianjin Development and Reform Commission, 2022, fixed-asset investment",
        complete=False,
    )


def tianjin_investment(growth: float, plan: float, average: float) -> Reading:
    """Judge cumulative growth against plan and city average; the value is the smaller lead, in points.

    Both reached green; growing but below either yellow; shrinking red. Source: Tianjin, Tonight News Paper, 2022-03-04.
    """
    return Reading(min(growth - plan, growth - average), tianjin_bands(plan, average).category(growth))


def tianjin_bonds(actual: float, expected: float) -> Reading:
    """Judge bond money spent by its shortfall in per cent: none green, up to 30 yellow, more red."""
    return TIANJIN_BONDS.read(_shortfall(actual, expected))


def sanya_projects(actual: float, planned: float) -> Reading:
    """Judge a project by its shortfall in per cent: none green, up to 50 yellow, more red. Not available for no plan."""
    return SANYA.read(_shortfall(actual, planned))


def _shortfall(actual: float, planned: float) -> float | None:
    """By how many per cent the actual amount stays below a planned one; none unless something is planned."""
    return 100 * (1 - actual / planned) if planned > 0 else None


def sanya_district(*, met: bool, met_last_month: bool) -> Reading:
    """Judge a district's monthly task: met green, missed yellow, missed twice running red.

    Source: Sanya, 2022, districts (Hainan Daily, 2022-05-13).
    """
    if met:
        return Reading(None, Category.GREEN)
    return Reading(None, Category.YELLOW if met_last_month else Category.RED)
