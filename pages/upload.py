"""Receive figures from a statistics office; history and undo."""

from lib.views.shell import open_page
from lib.views.upload import show_history, show_upload

view = open_page("upload")
show_upload(view)
show_history(view)
