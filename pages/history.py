"""Who did what, the tracker as it was after any entry, and what differs between two points in time."""

from lib.views.additions_trail import show_additions_trail
from lib.views.difference import show_difference
from lib.views.entry import show_entry
from lib.views.history import show_trail
from lib.views.shell import close_page, open_page

view = open_page("history")
show_trail(view)
show_entry(view)
show_additions_trail(view)
show_difference(view)
close_page(view)
