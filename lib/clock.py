"""Today where the figures are published. The only clock but the store's; everything below takes the day as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))


def today() -> date:
    """Today in China."""
    return datetime.now(UTC).astimezone(CHINA).date()
