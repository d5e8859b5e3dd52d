"""Series and target in, verdict out. Pure: the date is an argument; no clock, no environment, no disk."""
