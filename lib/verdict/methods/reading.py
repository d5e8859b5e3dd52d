"""What a published method is given (`Point`) and what it answers (`Reading`), in its own words and as a reader takes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from lib.schema import Status


class Point(NamedTuple):
    """One value of a series and the year it stands for."""

    year: float
    value: float


class Outlook(StrEnum):
    """How a reader would take a category: will it be reached?"""

    ON = "on"
    PARTLY = "partly"
    OFF = "off"
    NONE = "none"


class Category(StrEnum):
    """The methods' own words, as codes; a word that two methods share means the same to a reader."""

    # Open SDG and Eurostat
    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL_PROGRESS = "substantial_progress"
    SIGNIFICANT_PROGRESS = "significant_progress"
    MODERATE_PROGRESS = "moderate_progress"
    LIMITED_PROGRESS = "limited_progress"
    INSUFFICIENT_PROGRESS = "insufficient_progress"
    DETERIORATION = "deterioration"
    MOVEMENT_AWAY = "movement_away"
    MODERATE_MOVEMENT_AWAY = "moderate_movement_away"
    SIGNIFICANT_MOVEMENT_AWAY = "significant_movement_away"
    # Destatis
    SUN = "sun"
    SUN_WITH_CLOUD = "sun_with_cloud"
    CLOUD = "cloud"
    THUNDERSTORM = "thunderstorm"
    NO_RATING = "no_rating"
    # UN Progress Chart
    ON_TRACK = "on_track"
    FAIR_PROGRESS = "fair_progress"
    STAGNATION_OR_REGRESSION = "stagnation_or_regression"
    # ESCAP
    REACHED_OR_BEYOND = "reached_or_beyond"
    PROGRESS = "progress"
    REGRESSED = "regressed"
    # time progress and log progress
    AHEAD = "ahead"
    LEVEL = "level"
    BEHIND = "behind"
    NEGATIVE_PROGRESS = "negative_progress"
    # lamps, cards and dashboards
    GREEN = "green"
    YELLOW = "yellow"
    YELLOW_OR_ORANGE = "yellow_or_orange"
    RED = "red"
    # NITI Aayog
    ACHIEVER = "achiever"
    FRONT_RUNNER = "front_runner"
    PERFORMER = "performer"
    ASPIRANT = "aspirant"
    # Scotland
    IMPROVING = "improving"
    MAINTAINING = "maintaining"
    WORSENING = "worsening"
    # the formula has no answer; the published rule has none, or two
    NOT_AVAILABLE = "not_available"
    UNDEFINED = "undefined"


_WORDS: Final[dict[Outlook, tuple[str, ...]]] = {
    Outlook.ON: (
        Category.TARGET_ACHIEVED,
        Category.SUBSTANTIAL_PROGRESS,
        Category.SIGNIFICANT_PROGRESS,
        Category.SUN,
        Category.ON_TRACK,
        Category.REACHED_OR_BEYOND,
        Category.AHEAD,
        Category.LEVEL,
        Category.GREEN,
        Category.ACHIEVER,
        Category.FRONT_RUNNER,
        Category.IMPROVING,
        Status.ON_TRACK,
    ),
    Outlook.PARTLY: (
        Category.MODERATE_PROGRESS,
        Category.SUN_WITH_CLOUD,
        Category.FAIR_PROGRESS,
        Category.PROGRESS,
        Category.BEHIND,  # by how much too much, nobody has published
        Category.YELLOW,
        Category.YELLOW_OR_ORANGE,
        Category.PERFORMER,
        Category.MAINTAINING,
        Status.AT_RISK,
    ),
    Outlook.OFF: (
        Category.LIMITED_PROGRESS,
        Category.INSUFFICIENT_PROGRESS,
        Category.DETERIORATION,
        Category.MOVEMENT_AWAY,
        Category.MODERATE_MOVEMENT_AWAY,
        Category.SIGNIFICANT_MOVEMENT_AWAY,
        Category.CLOUD,
        Category.THUNDERSTORM,
        Category.STAGNATION_OR_REGRESSION,
        Category.REGRESSED,
        Category.NEGATIVE_PROGRESS,
        Category.RED,
        Category.ASPIRANT,
        Category.WORSENING,
        Status.OFF_TRACK,
        Status.MOVING_AWAY,
    ),
    Outlook.NONE: (Category.NO_RATING, Category.NOT_AVAILABLE, Category.UNDEFINED),
}
OUTLOOKS: Final[dict[str, Outlook]] = {str(word): outlook for outlook, words in _WORDS.items() for word in words}


@dataclass(frozen=True)
class Reading:
    """A method's answer: the number it judges by, None where it has none, and its category."""

    value: float | None
    category: str

    @property
    def outlook(self) -> Outlook:
        """How a reader would take the category; `none` for a word that is no method's."""
        return OUTLOOKS.get(self.category, Outlook.NONE)


NOT_AVAILABLE: Final = Reading(None, Category.NOT_AVAILABLE)
