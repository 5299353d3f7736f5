"""Names that look unused to vulture and are not. Each line says who uses it.

Only for what no pattern of `[tool.vulture]` in pyproject.toml can say.
"""

from colibri.compute.reading import Reader
from colibri.config import processes
from colibri.config.cli import Colibri
from colibri.config.problems import Problems
from colibri.people.sign_in import AccountAdapter

Colibri.format_commands  # noqa: B018 - called by click for `colibri --help`
Problems.process_exception  # noqa: B018 - called by Django for every exception of a view
processes._Site.load_config  # noqa: B018 - called by gunicorn when it starts
AccountAdapter.is_open_for_signup  # noqa: B018 - called by allauth
Reader.kind_features  # noqa: B018 - called by scripts/fit_kinds.py
