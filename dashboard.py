"""The overview: where each target of the plan stands."""

import streamlit as st

from lib.views.overview import show_answer, show_findings, show_map, show_regions
from lib.views.scoreboard import show_scoreboard
from lib.views.shell import open_page

view = open_page("overview")
show_answer(view)
left, right = st.columns((5, 4), gap="large")
with left:
    show_findings(view)
    show_regions(view)
with right:
    show_map(view)
show_scoreboard(view)
