# FitFoodie. The two commands are `make run` and `make test`; everything they need is set up on the way.
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
export HOST PORT

UV_COMPILE = $(BIN)/uv pip compile --quiet --no-header --no-emit-index-url --no-annotate --python-version 3.11 --universal

.PHONY: help
help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# ── Set-up ────────────────────────────────────────────────────────────────────────────────────────
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("FitFoodie needs Python 3.11 or later; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt --requirement requirements-dev.txt
	@touch $@

# ── Run ───────────────────────────────────────────────────────────────────────────────────────────
.PHONY: run
run: $(VENV)/.run ## The whole product in one process, with a demo world, on http://HOST:PORT
	@SITE_URL=$${SITE_URL:-http://$(HOST):$(PORT)} LOG_FORMAT=console LOG_LEVEL=$${LOG_LEVEL:-WARNING} $(BIN)/python manage.py start

.PHONY: dev
dev: $(VENV)/.dev ## The same with debug pages, and restarted when a file changes
	@DEBUG=1 LOG_FORMAT=console $(BIN)/watchfiles --filter python "$(BIN)/python manage.py start" $(wildcard */)

.PHONY: serve
serve: $(VENV)/.dev ## The production processes on this machine; wants DATABASE_URL and REDIS_URL
	@deploy/serve

# ── Checks ────────────────────────────────────────────────────────────────────────────────────────
.PHONY: test
test: $(VENV)/.dev ## The suite on SQLite, then on PostgreSQL and Redis where they answer
	@$(BIN)/python tests/run_twice.py $(ARGS)

.PHONY: journeys
journeys: $(VENV)/.dev ## The browser journeys, in headless Chromium
	@$(BIN)/pytest -m browser -q -n 2 --dist worksteal $(ARGS)

.PHONY: check
check: $(VENV)/.dev ## Lint, format, types, import contracts, migrations, templates, API description
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports
	$(BIN)/mypy fitfoodie accounts social meals influencers classes orders matching chat
	DJANGO_SETTINGS_MODULE=fitfoodie.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=fitfoodie.settings.test $(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/djlint --quiet --lint templates

.PHONY: bench
bench: $(VENV)/.dev ## The performance targets, each beside its limit, measured in one run
	@$(BIN)/python -m bench $(ARGS)

# ── Upkeep ────────────────────────────────────────────────────────────────────────────────────────
.PHONY: lock
lock: $(VENV)/.dev ## Compile requirements.in and requirements-dev.in into exact versions
	$(UV_COMPILE) requirements.in -o requirements.txt
	$(UV_COMPILE) requirements-dev.in -o requirements-dev.txt

.PHONY: messages
messages: $(VENV)/.dev ## Collect the texts to translate and compile them; wants gettext
	@command -v xgettext >/dev/null || { echo "make messages needs gettext (apt install gettext, brew install gettext)"; exit 1; }
	$(BIN)/python manage.py makemessages --locale de --add-location file --no-obsolete \
	  --ignore "$(VENV)/*" --ignore "var/*" --ignore "bench/*" --ignore "tests/*" --ignore "*/tests/*" --ignore "deploy/*"
	$(BIN)/python manage.py compilemessages --locale de --ignore "$(VENV)/*"
	msgfmt --check-format --statistics --output-file=/dev/null locale/de/LC_MESSAGES/django.po

.PHONY: openapi
openapi: $(VENV)/.dev ## Write docs/openapi.yaml from the code
	DJANGO_SETTINGS_MODULE=fitfoodie.settings.test $(BIN)/python manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn

.PHONY: clean
clean: ## Remove what was built; the database in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache htmlcov .coverage*
