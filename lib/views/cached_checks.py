"""What the checks of uploads found, kept while their visitors decide; they run in processes of their own."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from lib.clock import today
from lib.ingest.progress import Progress, ignore
from lib.ingest.told import NOTHING, Told
from lib.intake import pick_reference
from lib.sandbox.pool import FAILURES, Pool
from lib.tables import data_dir
from lib.views.cached import load_actuals, load_tables, open_store, state_of, unspoken
from lib.views.recent import Recent

if TYPE_CHECKING:
    from datetime import date

    from lib.ingest.check import Checked

_ENDED_FOR: Final = 60  # seconds


def check_file_once(
    raw: bytes,
    published: date | None,
    source: str,
    fixes: tuple[tuple[tuple[int, str, str], str], ...] = (),
    told: Told = NOTHING,
    *,
    progress: Progress = ignore,
) -> Checked:
    """Check an upload in a process of its own; drawing the page again does not read the same file again.

    `fixes`: cells read otherwise. `told`: what the visitor said of the file that it does not say itself. `progress` hears
    how far the check is.
    """
    folder, version = data_dir(), int(open_store().version())
    said = json.dumps(told.to_plain(), sort_keys=True)
    key = (
        str(folder),
        state_of(folder),
        version,
        hashlib.sha256(raw).hexdigest(),
        today(),
        published,
        source,
        fixes,
        said,
    )
    outcomes = _open_outcomes()
    checked = outcomes.find(key, _still_holds)
    if checked is None:
        reference = pick_reference(load_tables())
        form: dict[str, Any] = {"published": published, "source": source, "fixes": dict(fixes), "told": told}
        form |= {"today": today(), "known": load_actuals()}
        checked = open_checks().check(raw, reference, form, progress)
        if others := unspoken(checked.rows):
            form["known"] = load_actuals(others)
            checked = open_checks().check(raw, reference, form, progress)
        outcomes.keep(key, checked)
    return checked


@st.cache_resource(show_spinner=False)
def open_checks() -> Pool:
    """The processes that check uploads, one of them ready before the first file comes."""
    return Pool()


def _still_holds(age: float, checked: Checked) -> bool:
    """How a check was ended is told anew after a minute, for another may go better."""
    return age <= _ENDED_FOR or all(item.code not in FAILURES for item in checked.problems)


@st.cache_resource(show_spinner=False)
def _open_outcomes() -> Recent[Checked]:
    """A cache that can be looked into before a check begins: what Streamlit caches must not draw, and a check does."""
    return Recent()
