"""Finished figures and words in, plotly figure out. Nothing is computed here but the place on the paper."""
