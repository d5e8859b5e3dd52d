"""The tracker's package. Imports point one way: views, export, charts, words, verdict, series, tables, schema."""
