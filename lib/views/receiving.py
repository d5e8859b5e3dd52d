"""What may be sent: figures, or rows for the plans' own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lib.views.additions import show_additions
from lib.views.additions_trail import show_last_additions
from lib.views.notice import show_notice
from lib.views.state import choose
from lib.views.undo import show_last_uploads
from lib.views.upload import show_upload

if TYPE_CHECKING:
    from lib.views.shell import View

FIGURES: Final = "figures"
TABLES: Final = "tables"


def show_receiving(view: View) -> None:
    """Ask which, and show that form with what was sent last."""
    texts = view.texts
    show_notice(view)
    label = texts("additions.what")
    chosen = choose(label, "what", (FIGURES, TABLES), FIGURES, lambda kind: texts(f"additions.{kind}"), few=True)
    if chosen == FIGURES:
        show_upload(view)
        show_last_uploads(view)
    else:
        show_additions(view)
        show_last_additions(view)
