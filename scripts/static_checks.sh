#!/usr/bin/env bash
# Every check that needs no running code. All are run, so that one visit tells everything.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=colibri.config.settings
failed=()

run() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf '  ok    %s\n' "$name"
    else
        printf '  FAIL  %s\n%s\n\n' "$name" "$output"
        failed+=("$name")
    fi
}

run "lint (ruff)" ruff check --quiet .
run "format (ruff)" ruff format --check .
run "types (mypy)" mypy
run "floors and rooms (import-linter)" lint-imports
run "templates (djlint)" djlint --lint --quiet --allow-empty-input src
run "unused code (vulture)" python scripts/unused_code.py
run "dependencies used and declared (deptry)" deptry src
run "shell scripts parse" bash -n scripts/*.sh .ci/run

if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
