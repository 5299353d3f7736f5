"""`colibri demo`: a fictional collective, its day on the built-in network, then its site."""
