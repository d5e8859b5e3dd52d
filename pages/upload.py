"""Receive figures from a statistics office; undo the last."""

from lib.views.shell import open_page
from lib.views.undo import show_last_uploads
from lib.views.upload import show_upload

view = open_page("upload")
show_upload(view)
show_last_uploads(view)
