"""Colibri gives people looking for work visibility and a hand."""
