# Two commands matter: `make demo` and `make test`. `make` alone lists them all.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= python3
PORT ?= 5000
# Three on two cores: a test that waits for a browser or a server leaves its core to another.
WORKERS ?= 3

TORTURE = $(wildcard tests/torture/[a-z]*.py) tests/security tests/review/test_every_address.py tests/links/test_link_security.py

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed
FRONT_END := clinic/static/vendor/manifest.json
NODE_DEVELOPMENT := node_modules/.development-installed
DEMO_DATABASE := instance/demo.db
DEMO_EXPORTS := instance/demo-exports
DEMO_LOCK := instance/demo.lock

# These values are public. The application refuses them unless CLINIC_DEMO=1.
demo demo-reset: export CLINIC_DEMO ?= 1
demo demo-reset: export CLINIC_SECRET_KEY ?= demo-only-secret-do-not-use-for-patients-0000
demo demo-reset: export CLINIC_DATABASE_URI ?= sqlite:///$(CURDIR)/$(DEMO_DATABASE)
demo demo-reset: export CLINIC_EXPORT_FOLDER ?= $(CURDIR)/$(DEMO_EXPORTS)
demo demo-reset: export FLASK_APP := wsgi

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

# Prints one line per package while pip works, and everything when pip fails.
PIP := $(BIN)/python -m pip install --no-input --require-hashes --use-pep517 --progress-bar off
SHOW_PIP := sed -un -e 's/^Collecting \([^ ]*\).*/  \1/p' -e 's/^Installing collected packages.*/  unpacking/p'

GET_NPM := command -v npm >/dev/null || { \
  echo "npm is missing; installing Node.js from a Python package (60 MB)"; \
  $(PIP) -r requirements-node.txt | $(SHOW_PIP); }

.PHONY: help demo demo-reset test lint format pictures front-end sbom torture torture-packages lock system-packages free-port demo-stopped demo-data

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) |
	while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

demo: free-port demo-data ## serve the demo on 127.0.0.1:5000 (another port: make demo PORT=5001)
	@echo
	echo "Clinic is on http://127.0.0.1:$(PORT)   Ctrl-C stops it."
	$(BIN)/flask worker --while-parent-lives &
	exec flock --shared --no-fork $(DEMO_LOCK) $(BIN)/gunicorn --bind "127.0.0.1:$(PORT)" wsgi:app

demo-reset: demo-stopped ## throw the demo's data away and load it afresh
	@rm -rf $(DEMO_DATABASE) $(DEMO_DATABASE)-wal $(DEMO_DATABASE)-shm $(DEMO_EXPORTS)
	$(MAKE) demo-data
	echo "The demo starts over; make demo serves it."

test: $(DEVELOPMENT) system-packages ## everything: lint, types, imports, templates, tests (from nothing: a few minutes)
	@$(MAKE) lint
	echo "Tests"
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(DEVELOPMENT) $(NODE_DEVELOPMENT) $(FRONT_END) ## ruff, mypy, import contracts, template lint
	@echo "ruff";           $(BIN)/ruff check
	$(BIN)/ruff format --check
	echo "bandit";          $(BIN)/bandit -q -c pyproject.toml -r clinic migrations tools config.py wsgi.py
	echo "mypy";            $(BIN)/mypy
	echo "import-linter";   $(BIN)/lint-imports --no-logo
	echo "djlint";          $(BIN)/djlint --lint --quiet templates

format: $(DEVELOPMENT) ## rewrite the Python files the way ruff wants them
	@$(BIN)/ruff check --fix
	$(BIN)/ruff format

pictures: $(DEVELOPMENT) $(FRONT_END) system-packages ## take the pictures of the guides anew, from the demo
	@$(BIN)/python -m tools.pictures

front-end: $(FRONT_END) ## the browser's third-party files, from package-lock.json

# Faults first, each in its own processes; then the ordinary tests of what is refused, for the same table.
torture: $(DEVELOPMENT) $(FRONT_END) system-packages torture-packages ## throw everything at it, print one table (root, under 20 minutes)
	@[ "$$(id -u)" = 0 ] || { echo "Filling a disk and making it read-only needs root: sudo make torture" >&2; exit 1; }
	$(BIN)/pytest -q -p tests.torture.table -n 2 --dist loadscope $(TORTURE)

sbom: $(RUNTIME) ## print what the program is made of, as CycloneDX
	@$(BIN)/python -m tools.sbom

lock: $(DEVELOPMENT) ## write the lock files anew from requirements*.in and package.json
	@export UV_CUSTOM_COMPILE_COMMAND="make lock"
	compile() { $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url "$$@"; }
	compile requirements.in -o requirements.txt
	compile -c requirements.txt requirements-dev.in -o requirements-dev.txt
	compile requirements-node.in -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts

# --- steps of the above ---------------------------------------------------------------------------------------------

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
	  echo "Clinic needs Python 3.11 or newer as $(PYTHON); another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	echo "Making .venv"
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt-get install python3-venv" >&2; exit 1; }

$(RUNTIME): requirements.txt | .venv/pyvenv.cfg
	@echo "Installing the Python packages (about a minute)"
	$(PIP) -r requirements.txt | $(SHOW_PIP)
	touch $@

$(DEVELOPMENT): requirements-dev.txt | .venv/pyvenv.cfg
	@echo "Installing the Python packages for development (about two minutes)"
	$(PIP) -r requirements-dev.txt | $(SHOW_PIP)
	touch $@ $(RUNTIME)

$(FRONT_END): package-lock.json tools/front_end.py tools/front_end.toml | .venv/pyvenv.cfg
	@$(GET_NPM)
	echo "Installing the front-end files (about half a minute)"
	$(BIN)/python tools/front_end.py

# What only the tests need beside that: axe, and the checkers of FHIR and UCUM (130 MB).
$(NODE_DEVELOPMENT): package-lock.json tools/front_end.py tools/front_end.toml | $(DEVELOPMENT)
	@$(GET_NPM)
	echo "Installing the front-end files and the checkers of the tests (about half a minute)"
	$(BIN)/python tools/front_end.py --development
	touch $@

free-port:
	@if ! [[ "$(PORT)" =~ ^[1-9][0-9]{0,4}$$ ]] || [ "$(PORT)" -gt 65535 ]; then
	  echo "PORT must be a number up to 65535, such as 5001." >&2; exit 1
	fi
	if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then
	  echo "Port $(PORT) is taken by another program; choose one that is free: make demo PORT=$$(($(PORT) + 1))" >&2; exit 1
	fi

demo-stopped:
	@mkdir -p instance
	flock --nonblock $(DEMO_LOCK) true || {
	  echo "The demo is running; stop it first with Ctrl-C in its window." >&2; exit 1; }

demo-data: $(RUNTIME) $(FRONT_END)
	@mkdir -p instance
	echo "Bringing the database up to date"
	$(BIN)/flask db upgrade
	echo "Loading the demo data (about a minute the first time)"
	$(BIN)/flask demo load

# What only the faults need: who watches the calls of a process, who finds the processes of a group.
torture-packages:
	@missing=()
	command -v strace >/dev/null || missing+=(strace)
	command -v pgrep >/dev/null || missing+=(procps)
	[ "$${#missing[@]}" = 0 ] || { apt-get update -qq; apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; }

# What the tests need of Debian: a browser (the whole Chromium does too, only slower), and a library of the
# program that drives it.
system-packages:
	@missing=()
	command -v chromium-headless-shell >/dev/null || { [ "$$(id -u)" != 0 ] && command -v chromium >/dev/null; } ||
	  missing+=(chromium-headless-shell)
	/sbin/ldconfig -p | grep -q 'libatomic\.so\.1 ' || missing+=(libatomic1)
	/sbin/ldconfig -p | grep -q 'libpangoft2-1\.0\.so\.0 ' && /sbin/ldconfig -p | grep -q 'libharfbuzz-subset\.so\.0 ' ||
	  missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
	[ "$${#missing[@]}" != 0 ] || exit 0
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	  echo "The tests need programs that are missing. Install them, then try again: sudo apt-get install $${missing[*]}" >&2; exit 1
	fi
	echo "Installing $${missing[*]} (about a minute)"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null
