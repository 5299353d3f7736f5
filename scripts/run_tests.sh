#!/usr/bin/env bash
# Runs the command given, which is pytest. What failed is tried once more, alone and in new processes, and said:
# docs/decisions/0014-what-failed-is-tried-once-more.md
set -uo pipefail
MOST=5 # more than that is no bad luck

"$@"
code=$?
[ "$code" -eq 1 ] || exit "$code"
failed=$(grep -c '": true' .pytest_cache/v/cache/lastfailed) || failed=0
if [ "$failed" -eq 0 ] || [ "$failed" -gt "$MOST" ]; then
    exit "$code"
fi
echo "Colibri: $failed failed above. What failed is tried once more, alone. If it passes now, the test or what it" >&2
echo "Colibri: tests has a race: please report it with what stands above." >&2
exec "$@" --last-failed --last-failed-no-failures none --verbose
