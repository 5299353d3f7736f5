#!/usr/bin/env bash
# Installs what the tests run or read beside Python (axe-core, Bluesky, Fedify, the pasture), side by side, into .colibri/peers.
set -euo pipefail
cd "$(dirname "$0")/.."
installers=()
for peer in browser bluesky_peer fedify_peer pasture_peer; do
    if [ -e "tests/peers/$peer.py" ]; then
        .venv/bin/python -m "tests.peers.$peer" install </dev/null &
        installers+=($!)
    fi
done
status=0
for installer in "${installers[@]}"; do
    wait "$installer" || status=$?
done
exit "$status"
