"""Bytes in, canonical rows and a list of problems out. Pure: no disk, no clock, no Streamlit.

`check.check_file` is the one entry for figures, `tabular.parse_tables` for rows of the tracker's own tables. `decode`
turns bytes into text (`garbled`: what was saved in a wrong encoding) and `lines` text into a grid (`quotes`: other
quotes than CSV's); `sheet` turns a workbook's sheets into grids. `shape` tells a table with one figure a line
(`layout`, `settle`) from a wide one (`heads`, `plans`, `wide`), with `titles` and `phrases` for what is said in
words; both give records under canonical columns. `names`, `values` and `spans` read one cell, `rows` one record,
`across` compares records with each other. What can be wrong, and the holes of its message, is listed in
`problems.PROBLEM_CODES`.
"""
