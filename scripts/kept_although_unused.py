"""Names that look unused to vulture and are not. Each line says who uses it.

Only for what no pattern of `[tool.vulture]` in pyproject.toml can say.
"""

from colibri.config.problems import Problems

Problems.process_exception  # noqa: B018 - called by Django for every exception of a view
