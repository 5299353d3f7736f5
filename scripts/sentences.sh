#!/usr/bin/env bash
# Gathers the sentences of the code and the pages into locale/fr, and compiles what has its French. Needs GNU gettext.
set -euo pipefail
cd "$(dirname "$0")/../src/colibri"
../../.venv/bin/django-admin makemessages --locale fr --no-location --no-obsolete --no-wrap
../../.venv/bin/pybabel compile -D django -d locale --statistics
