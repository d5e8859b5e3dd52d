"""Receive figures from a statistics office, or rows for the plans' tables; undo the last."""

from lib.views.receiving import show_receiving
from lib.views.shell import close_page, open_page

view = open_page("upload")
show_receiving(view)
close_page(view)
