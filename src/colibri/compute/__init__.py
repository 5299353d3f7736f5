"""Pure computation: planning, reach, reading.

Arrays or frozen values in, frozen values out; no Django, no input or output,
no clock and no hidden randomness.
"""
