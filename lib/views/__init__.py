"""Streamlit components: the only caches, the only state of a visit."""
