"""The overview as one would plainly build it in Panel. Started with a port."""

import sys

import panel as pn
from overview import read_overview

pn.extension("plotly", "tabulator")
seen = read_overview()


def page() -> pn.Column:
    """The page of one visitor."""
    return pn.Column(
        f"## {seen.headline}",
        *(pn.pane.Markdown(f"- {line}") for line in seen.findings),
        pn.pane.Plotly(seen.map, sizing_mode="stretch_width"),
        *(pn.pane.Plotly(figure, config={"staticPlot": True}) for figure in seen.bullets),
        pn.widgets.Tabulator(seen.table.astype("str")),
    )


if __name__ == "__main__":
    pn.serve(page, address="127.0.0.1", port=int(sys.argv[1]), show=False)
