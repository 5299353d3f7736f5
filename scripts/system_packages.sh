#!/usr/bin/env bash
# Brings the three programs the whole test suite starts for real, and no Python package holds:
# PostgreSQL, Redis and Chromium. `make test` calls it; `make check` and `make demo` need none of them.
#
#   scripts/system_packages.sh            install what is missing (root on Debian or Ubuntu)
#   scripts/system_packages.sh --missing  only name what is missing, one package a line
set -euo pipefail

postgres_present() {
    command -v initdb >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}
redis_present() { command -v redis-server >/dev/null 2>&1 || command -v valkey-server >/dev/null 2>&1; }
chromium_present() { command -v chromium >/dev/null 2>&1; }

missing=()
postgres_present || missing+=(postgresql)
redis_present || missing+=(redis-server)
chromium_present || missing+=(chromium)

if [ "${1:-}" = --missing ]; then
    [ ${#missing[@]} -eq 0 ] || printf '%s\n' "${missing[@]}"
    exit 0
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "Missing for the tests of the whole: ${missing[*]}." >&2
    echo "On Debian or Ubuntu:  sudo apt-get install ${missing[*]}" >&2
    echo "Elsewhere: PostgreSQL 15 or newer, Redis 7 or newer, Chromium, by your system's own means." >&2
    echo "Until then the tests that start them fail and say so; 'make check' needs none of them." >&2
    exit 0
fi

echo "Installing ${missing[*]} with apt-get."
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# RUNLEVEL=1 keeps the packages from starting servers of their own: the tests start private ones.
RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${missing[@]}"
