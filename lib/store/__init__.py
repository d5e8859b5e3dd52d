"""Every upload, kept as it came and never changed: what was known, since when, and from whom."""

from lib.store.entry import Upload
from lib.store.store import Conflict, Receipt, Store

__all__ = ["Conflict", "Receipt", "Store", "Upload"]
