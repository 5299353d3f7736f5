# Colibri's few commands. `make help` lists them; the text behind `##` is what it prints.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.colibri-ready
TALK := src/colibri/conversations
SCRIPT := $(TALK)/static/conversations/conversations.js
# One more than the two cores the suite is made for: a third of its time is waiting for a page or a network.
WORKERS ?= 3
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup
WITHOUT_SERVERS := not server and not browser and not bluesky
# The rooms that hold rows; the pure rooms know no database and need no second run, nor do tests without rows.
WITHOUT_ROWS := --ignore=tests/compute --ignore=tests/networks --ignore=tests/peers --ignore=tests/test_house.py

.PHONY: help
help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(READY) $(SCRIPT) ## A collective's whole day on the built-in network, then the site on http://127.0.0.1:8000
	@$(BIN)/colibri demo $(ARGS)

.PHONY: check
check: $(READY) $(SCRIPT) ## Fast and without servers: lint, types, contracts, unit tests
	@$(MAKE) static
	@$(PYTEST) -m "$(WITHOUT_SERVERS)" $(ARGS)

.PHONY: test
test: $(READY) $(SCRIPT) ## Everything: the checks, the suite on PostgreSQL and Redis, the suite on SQLite with real peers
	@$(MAKE) -j2 --output-sync=target peers static
	@rm -f .pytest_cache/v/cache/lastfailed
	@scripts/run_tests.sh $(BIN)/python -m tests.peers.postgres run -- $(BIN)/python -m tests.peers.redis run -- \
		$(PYTEST) $(WITHOUT_ROWS) -m "rows and not browser and not bluesky" $(ARGS)
	@scripts/run_tests.sh $(PYTEST) $(ARGS)

.PHONY: bench
bench: $(READY) ## Run every benchmark; each prints one line of JSON
	@for file in $$(find bench -name '[a-z]*.py' | sort); do $(BIN)/python "$$file"; done

.PHONY: setup
setup: $(READY) $(SCRIPT) ## Only the set-up: .venv from requirements.lock, the script of conversations

.PHONY: lock
lock: $(READY) ## Resolve the dependencies of pyproject.toml anew into requirements.lock
	@scripts/lock.sh

.PHONY: audit
audit: $(READY) ## Look up known vulnerabilities of what is locked (asks a service on the network)
	@scripts/audit.sh

.PHONY: static
static: $(READY)
	@scripts/static_checks.sh

# What the tests start for real: Debian's servers and browser, and what npm brings.
.PHONY: peers
peers: $(READY)
	@scripts/system_packages.sh
	@scripts/install_peers.sh

$(READY): requirements.lock pyproject.toml scripts/set_up.sh
	@PYTHON="$(PYTHON)" scripts/set_up.sh
	@touch $(READY)

$(SCRIPT): $(READY) $(wildcard $(TALK)/script/*.js $(TALK)/script/*.mjs $(TALK)/script/*.json)
	@scripts/build_script.sh
	@touch -c $(SCRIPT)
