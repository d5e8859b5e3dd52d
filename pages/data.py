"""Every figure, to search and to take away."""

from lib.views.data import show_data
from lib.views.health import show_health
from lib.views.shell import close_page, open_page

view = open_page("data")
show_data(view)
show_health(view)
close_page(view)
