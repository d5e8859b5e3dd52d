"""Every figure, to search and to take away."""

from lib.views.data import show_data
from lib.views.shell import open_page

view = open_page("data")
show_data(view)
