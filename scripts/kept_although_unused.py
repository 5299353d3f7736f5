"""Names that look unused to vulture and are not. Each line says who uses it.

Only for what no pattern of `[tool.vulture]` in pyproject.toml can say.
"""
