"""The plan's own words, their sources and how each verdict came about."""

from lib.views.commitments import show_timeline
from lib.views.shell import close_page, open_page
from lib.views.targets import show_plan, show_targets

view = open_page("targets")
show_plan(view)
show_timeline(view)
show_targets(view)
close_page(view)
