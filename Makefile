# Two commands: `make app` opens the dashboard, `make test` passes every test. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# other people's solvers, only to measure against: they may not meet the application's packages, nor each other
PEERS := .venv-bench
# continuous integration installs exactly the versions that were tested
CONSTRAINTS := $(if $(CI),-c constraints.txt)
CATALOGUE := medalloc/ui/locale

.PHONY: app test check shots bench format samples words clean

app: $(VENV)/.app
	$(BIN)/streamlit run app.py

test: $(VENV)/.dev
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/pytest -n auto --maxprocesses 4

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

shots: $(VENV)/.dev
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python tests/browser/shots.py

bench: $(VENV)/.dev $(PEERS)/.done
	$(BIN)/python -m benchmarks

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

samples: $(VENV)/.app
	$(BIN)/python sample_data/build.py

words: $(VENV)/.dev
	$(BIN)/pybabel -q extract -k _ -k sentence --no-location --sort-output --omit-header -o $(CATALOGUE)/medalloc.pot medalloc pages
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -i $(CATALOGUE)/medalloc.pot -d $(CATALOGUE) -D medalloc

clean:
	rm -rf $(VENV) $(PEERS) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache shots

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "medalloc needs Python 3.11 or newer; name one: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(BIN)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(CONSTRAINTS) -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(CONSTRAINTS) -r requirements-dev.txt
	touch $@

$(PEERS)/.done: requirements-bench.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@
