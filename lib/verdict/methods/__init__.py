"""Second opinions: every published way of judging progress as its own pure function, with its source and its holes."""
