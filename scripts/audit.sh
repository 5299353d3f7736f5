#!/usr/bin/env bash
# Looks up known vulnerabilities of everything locked. Fails too where packages could not be looked up.
set -uo pipefail
cd "$(dirname "$0")/.."
.venv/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off --strict
