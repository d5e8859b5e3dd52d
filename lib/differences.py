"""What differs between two states of the figures in use: frames in, frame out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from lib.schema import FIGURE_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS: Final = ("revised", "withdrawn", "new", "restated")
# What a figure in use says beside its key; those that differ make a revision come first, the rest a restatement.
STATED: Final = ("value", "qualifier")
DETAILS: Final = (*STATED, "status", "published", "source", "link")


def compare_states(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Set two states side by side and keep the figures that differ, a row each.

    A state is a frame of figures in use, one a FIGURE_KEY (`Board.figures`); sums of members are left out, as they follow
    their parts. Columns: `change`, FIGURE_KEY, and `old_` and `new_` with each of DETAILS. `change` is "new", "withdrawn",
    "revised" (another value or qualifier) or "restated" (same value, other vintage, date or source); in the order of KINDS,
    then by key.
    """
    keys = list(FIGURE_KEY)
    joined = _side(before, "old_").merge(
        _side(after, "new_"), on=keys, how="outer", validate="one_to_one", indicator="change"
    )
    change = joined["change"].astype("str").replace({"left_only": "withdrawn", "right_only": "new"})
    restated, revised = _differs(joined, DETAILS), _differs(joined, STATED)
    both = change == "both"
    joined["change"] = change.mask(both & restated, "restated").mask(both & revised, "revised")
    order = joined["change"].map({kind: place for place, kind in enumerate(KINDS)})
    kept = joined.assign(_order=order)[order.notna()].sort_values(["_order", *keys], kind="stable", ignore_index=True)
    return kept[["change", *keys, *(f"{side}_{name}" for side in ("old", "new") for name in DETAILS)]]


def _side(figures: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """The published figures of a state, codes as text, details under names of their own."""
    published = figures.loc[~figures["derived"].astype(bool), [*FIGURE_KEY, *DETAILS]]
    text = dict.fromkeys((*FIGURE_KEY, "qualifier", "status", "source", "link"), "str")
    return published.astype(text).rename(columns={name: f"{prefix}{name}" for name in DETAILS})


def _differs(joined: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Whether a row's two sides say different things; two missing ones are the same."""
    differs = pd.Series(data=False, index=joined.index)
    for name in names:
        old, new = joined[f"old_{name}"], joined[f"new_{name}"]
        differs |= (old != new) & ~(old.isna() & new.isna())
    return differs
