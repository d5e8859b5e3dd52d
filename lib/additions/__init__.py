"""Rows that came by upload for the tracker's own tables: checked with them, laid over them, kept and taken back.

`review.review` checks what was sent against the tables as they stand and says what would change; `keep` writes through
the store; `overlay` gives the tables that all pages read: the shipped rows, and over them the uploaded ones that are in
use, by key, the latest on top. Nothing shipped is ever deleted by an upload.
"""
