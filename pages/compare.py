"""Regions beside each other, where period, basis and vintage are the same."""

from lib.views.compare import show_comparison
from lib.views.pair import show_pair
from lib.views.shell import close_page, open_page

view = open_page("compare")
show_pair(view)
show_comparison(view)
close_page(view)
