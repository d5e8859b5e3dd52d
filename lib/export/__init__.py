"""Charts and tables as files that are still true and sourced when they leave the page."""
