#!/usr/bin/env bash
# Writes requirements.lock: every package with its hashes, for every platform, and no registry's address.
# The extra `cluster` stays out: who plans on a cluster installs Ray there.
# With --upgrade everything moves to its newest allowed version; otherwise only what must.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links --extra pdf --extra postgres \
    --extra redis --extra simulate --group dev "$@" pyproject.toml -o requirements.lock
