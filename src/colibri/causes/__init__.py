"""Causes: begun in a private group, relayed within a share of the day, told to their end."""
