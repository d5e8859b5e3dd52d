"""One module for each kind of target, named as the kind is, with one function: `judge(case)`.

A new kind is a module here, its name in `schema.Kind` and its words in the catalogues.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from lib.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.verdict.model import Case, Verdict

RULES: Final[dict[str, Callable[[Case], Verdict]]] = {
    kind: import_module(f"lib.verdict.kinds.{kind}").judge for kind in Kind
}
