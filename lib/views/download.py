"""The row of download buttons under a chart: PNG, SVG, PDF, HTML and CSV.

The two pictures are made in the visitor's own browser from the traces on the
page and a framed layout (see ``download.js``); the server sends nothing for
them. The PDF, the HTML file and the table come from the server, and only when
asked for; the PDF needs a browser there and says so where there is none.

The chart must be drawn inside ``st.container(key=f"chart-{chart_id}")`` and
keep Plotly's exporter within reach, so pass ``config=CHART_CONFIG`` (or
any config whose mode bar has ``toImage`` in its first group) to
``st.plotly_chart``. The camera button itself stays hidden: it would save the
chart without its title and sources.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import streamlit as st

CHART_CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": "hover",
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
}

LABEL_KEYS: Final = (
    *("png", "svg", "pdf", "html", "csv"),
    *("png_help", "svg_help", "pdf_help", "html_help", "csv_help"),
    *("failed", "pdf_absent"),
)

_HTML: Final = """
<div class="chart-pictures">
  <button type="button" data-format="png">PNG</button>
  <button type="button" data-format="svg">SVG</button>
  <span role="status"></span>
</div>
"""

# The rules reach Streamlit's own buttons too, so that all four look alike.
_CSS: Final = """
.chart-pictures {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem;
}
.chart-pictures button {
  border-radius: var(--st-button-radius);
}
.chart-pictures [role="status"] {
  font-size: 0.8125rem;
}
.chart-pictures [role="status"]:empty {
  display: none;
}
[class*="st-key-downloads-"] {
  min-height: 2.5rem;
}
[class*="st-key-downloads-"] button {
  min-width: 3.25rem;
  min-height: 2rem;
  margin: 0;
  padding: 0.125rem 0.625rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  background: transparent;
  color: inherit;
  font: inherit;
  font-size: 0.8125rem;
  line-height: 1.5;
  cursor: pointer;
}
[class*="st-key-downloads-"] button p {
  font-size: inherit;
}
[class*="st-key-downloads-"] button:hover {
  border-color: currentColor;
  background: color-mix(in srgb, currentColor 6%, transparent);
  color: inherit;
}
[class*="st-key-downloads-"] button:focus-visible {
  outline: 2px solid currentColor;
  outline-offset: 2px;
  box-shadow: none;
}
[class*="st-key-downloads-"] button:is([aria-busy="true"], :disabled) {
  opacity: 0.5;
  cursor: progress;
}
[class*="st-key-downloads-"] button span:has(> [data-testid="stSpinnerIcon"]) {
  display: none;
}
@media (pointer: coarse) {
  [class*="st-key-downloads-"] button {
    min-height: 2.5rem;
  }
}
[class*="st-key-chart-"] .modebar-group:first-child {
  display: none;
}
"""

_pictures = st.components.v2.component(
    "chart_pictures",
    html=_HTML,
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def offer_downloads(
    chart_id: str,
    frame: dict[str, object],
    *,
    name: str,
    pdf: Callable[[], bytes] | None,
    html: Callable[[], bytes],
    csv: Callable[[], bytes] | bytes,
    labels: dict[str, str],
) -> None:
    """Draw the row of download buttons for one chart.

    Parameters
    ----------
    chart_id
        The chart's short name: letters, digits, ``-`` and ``_``. The chart is
        the one in ``st.container(key=f"chart-{chart_id}")``.
    frame
        The layout of the exported picture as plain JSON values, with ``width``
        and ``height`` in pixels (a PNG has twice as many in each direction).
        It needs a font that visitors have: a web font does not reach a PNG.
    name
        The file name without its ending.
    pdf, html, csv
        The files' contents; ``pdf`` is None where the server can make none.
        A callable is called at each click, in a thread
        of its own, so it must not use Streamlit commands.
    labels
        A text for each of ``LABEL_KEYS``: the buttons, their tooltips, and the
        notes for a picture or a PDF that cannot be made.
    """
    with st.container(
        key=f"downloads-{chart_id}",
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
    ):
        _offer_pictures(chart_id, frame, name, labels)
        if pdf is None:
            st.button(labels["pdf"], key=f"pdf-{chart_id}", help=labels["pdf_absent"], disabled=True)
        else:
            _offer_file(chart_id, "pdf", pdf, "application/pdf", name, labels)
        _offer_file(chart_id, "html", html, "text/html", name, labels)
        _offer_file(chart_id, "csv", csv, "text/csv", name, labels)


def _offer_pictures(chart_id: str, frame: dict[str, object], name: str, labels: dict[str, str]) -> None:
    """Draw the buttons whose files the browser makes by itself."""
    shown = ("png", "svg", "png_help", "svg_help", "failed")
    _pictures(
        key=f"pictures-{chart_id}",
        data={
            "chart": chart_id,
            "frame": frame,
            "name": name,
            "labels": {key: labels[key] for key in shown},
        },
        width="content",
    )


def _offer_file(
    chart_id: str,
    ending: str,
    content: Callable[[], bytes] | bytes,
    mime: str,
    name: str,
    labels: dict[str, str],
) -> None:
    """Draw the button of a file that the server makes."""
    st.download_button(
        labels[ending],
        content,
        file_name=f"{name}.{ending}",
        mime=mime,
        key=f"{ending}-{chart_id}",
        help=labels[f"{ending}_help"],
        on_click="ignore",
    )
