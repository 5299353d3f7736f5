"""`colibri data`: official open data, fetched or handed over, checked, and kept beside the former version."""
