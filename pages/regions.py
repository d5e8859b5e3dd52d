"""One region: its targets with their charts, its members and figures."""

from lib.views.region import pick_region, show_region
from lib.views.shell import close_page, open_page

view = open_page("regions")
show_region(view, pick_region(view))
close_page(view)
