"""The overview as one would plainly build it in Dash. Started with a port."""

import sys

from dash import Dash, dash_table, dcc, html
from overview import read_overview

seen = read_overview()
app = Dash()
app.layout = html.Div([
    html.H2(seen.headline),
    html.Ul([html.Li(line) for line in seen.findings]),
    dcc.Graph(figure=seen.map),
    *(dcc.Graph(figure=figure, config={"staticPlot": True}) for figure in seen.bullets),
    dash_table.DataTable(seen.table.astype("str").to_dict("records")),
])  # fmt: skip

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
