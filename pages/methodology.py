"""How a status is decided."""

from lib.views.methodology import show_attributions, show_methodology
from lib.views.shell import open_page

view = open_page("methodology")
show_methodology(view)
show_attributions(view)
