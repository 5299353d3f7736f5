#!/usr/bin/env bash
# Makes .venv as requirements.lock says, from Python 3.11 or newer alone. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python3}"

say() { echo "Colibri: $*"; }
fail() {
    echo "Colibri cannot be set up: $*" >&2
    exit 1
}

command -v "$PYTHON" >/dev/null 2>&1 ||
    fail "'$PYTHON' was not found. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$PYTHON" --version 2>&1) is too old, Python 3.11 or newer is needed. Name another: make PYTHON=python3.12"

if [ ! -x .venv/bin/python ]; then
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "this Python has no 'venv' module. On Debian or Ubuntu: sudo apt-get install python3-venv"
    say "making .venv"
    "$PYTHON" -m venv .venv
fi

# uv comes out of the lock itself, so its version and its hashes are written in one place only.
locked_uv=$(awk '/^uv==/ {found = 1} found {print} found && !/\\$/ {exit}' requirements.lock)
wanted=$(awk -F'[= ]+' '/^uv==/ {print $2}' requirements.lock)
if [ "$(.venv/bin/uv --version 2>/dev/null | awk '{print $2}')" != "$wanted" ]; then
    say "fetching uv $wanted"
    printf '%s\n' "$locked_uv" >.venv/uv.lock.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes -r .venv/uv.lock.txt
fi

say "installing what requirements.lock names"
.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .

if [ -f src/colibri/compute/warm.py ]; then
    say "compiling the program and its numerical kernels, once"
    .venv/bin/python -m compileall -q src
    .venv/bin/python -m colibri.compute.warm
fi
say "ready"
