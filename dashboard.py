"""The overview: where each target of the plan stands. Also what `streamlit run` serves."""

import streamlit as st

from lib.views.serving import MIDDLEWARE, get_ready, tell_visitor

if __name__ == "__main__":  # drawn for a visitor
    from lib.views.commitments import show_calendar
    from lib.views.overview import show_answer, show_changes, show_findings, show_map, show_regions
    from lib.views.scoreboard import show_scoreboard
    from lib.views.shell import close_page, open_page
    from lib.views.takeaway import offer_takeaway
    from lib.views.timeline import show_timeline

    view = open_page("overview")
    show_answer(view)
    days = st.container()  # filled last: finding the days takes longest
    left, right = st.columns(2, gap="large")
    with left:
        show_findings(view)
        show_changes(view)
        show_regions(view)
        offer_takeaway(view)
    with right:
        show_map(view)
        show_calendar(view)
    show_scoreboard(view)
    with days:
        show_timeline(view)
    close_page(view)
else:  # imported by the server, which finds `app` by reading this file
    app = st.App(__file__, middleware=MIDDLEWARE, lifespan=get_ready, on_script_error=tell_visitor)
