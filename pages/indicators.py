"""One indicator across regions."""

from lib.views.indicator import pick_indicator, show_indicator
from lib.views.shell import close_page, open_page

view = open_page("indicators")
show_indicator(view, pick_indicator(view))
close_page(view)
