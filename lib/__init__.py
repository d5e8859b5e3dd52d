"""The tracker's package. Imports point one way only: views, then charts and export, then words, verdict, series, tables, schema."""
