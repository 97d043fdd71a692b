# Fenghuo. `make run` starts the desk, `make test` runs every test; both install what they need.

PYTHON ?= python3
BIN := .venv/bin
WORKERS := -n 2 --dist loadfile --no-loadscope-reorder
# What was compiled once is not compiled again by each of the processes that the tests start.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip --disable-pip-version-check install

.PHONY: run setup test test-setup check lock clean help

help:
	@echo "make run    install, load the demo township on first start, serve it (PORT=8000)"
	@echo "make test   install what the tests need (chromium, LibreOffice, PostgreSQL too) and run them all"
	@echo "make setup  install without starting"
	@echo "make lock   renew the lock files from requirements/*.in"

run: setup
	@$(BIN)/fenghuo demo --if-empty
	@$(BIN)/fenghuo serve

setup: .venv/.installed

.venv/bin/python:
	@sh scripts/make_venv.sh "$(PYTHON)"

.venv/.installed: requirements/run.lock pyproject.toml | .venv/bin/python
	@echo "Installing Fenghuo's dependencies…"
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tested: requirements/test.lock .venv/.installed
	@echo "Installing what the tests need…"
	@$(PIP) -q --require-hashes -r requirements/test.lock
	@touch $@

# libatomic1 is for the browser driver that Playwright brings along.
test-setup: .venv/.tested
	@sh scripts/system_packages.sh chromium libreoffice-writer-nogui poppler-utils libatomic1 fonts-noto-cjk

check: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/renew_frontend.py --check
	$(BIN)/python scripts/make_paper_faces.py --check
	DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/python -m django makemigrations --check --dry-run

test: test-setup check
	$(BIN)/python -m tests.on_both_databases $(WORKERS)

lock: .venv/.tested
	$(PIP) -q uv
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links requirements/run.in -o requirements/run.lock
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links -c requirements/run.lock requirements/test.in -o requirements/test.lock

clean:
	rm -rf .venv build *.egg-info src/*.egg-info
