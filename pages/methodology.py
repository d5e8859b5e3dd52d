"""How a status is decided, with the plan's own cases, and a calculator for other numbers."""

from lib.views.calculator import show_calculator
from lib.views.methodology import show_attributions, show_methodology, show_sources
from lib.views.shell import close_page, open_page
from lib.views.worked import worked_examples

view = open_page("methodology")
show_methodology(view)
show_calculator(view, worked_examples(view))
show_sources(view)
show_attributions(view)
close_page(view)
