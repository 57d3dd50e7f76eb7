# Two commands: `make app` opens the dashboard, `make test` passes every test. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# other people's solvers, only to measure against: they may not meet the application's packages, nor each other
PEERS := .venv-bench
# the newest versions that requirements.txt allows, only to see what they break
NEWEST := .venv-newest
# the oldest solver that requirements.txt allows, beside the tested versions of all else
OLDEST := .venv-oldest
OLDEST_SOLVER := highspy==1.11.0
# what looks for known faults in packages stands beside them, not among them
AUDIT := .venv-audit
# every machine installs exactly the versions that were tested
PIP := -m pip install --quiet --disable-pip-version-check
CATALOGUE := medalloc/ui/locale
# what one process has compiled, the hundreds that tests begin need not compile again
export PYTHONDONTWRITEBYTECODE :=

.PHONY: app test explore mutate newest oldest check shots bench format samples words licences audit clean

app: $(VENV)/.app
	$(BIN)/streamlit run app.py

test: $(VENV)/.dev
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python tests/browser/nginx.py
	$(BIN)/pytest -n auto --maxprocesses 4

# new random examples of every law; what it finds is a bug
explore: $(VENV)/.dev
	HYPOTHESIS_PROFILE=new $(BIN)/pytest -n auto --maxprocesses 4 -m "not browser" tests/unit tests/published

# whether the tests notice that one operator was turned round, N times
mutate: $(VENV)/.dev
	$(BIN)/python -m tests.mutate $(or $(N),100)

newest: $(BIN)/python
	$(PYTHON) -m venv $(NEWEST)
	$(NEWEST)/bin/python $(PIP) --upgrade -r requirements-dev.txt
	$(NEWEST)/bin/pytest -n auto --maxprocesses 4 -m "not browser" tests/unit tests/published

oldest: $(BIN)/python
	$(PYTHON) -m venv $(OLDEST)
	grep -v '^highspy==' constraints.txt > $(OLDEST)/constraints.txt
	$(OLDEST)/bin/python $(PIP) -c $(OLDEST)/constraints.txt -r requirements-dev.txt $(OLDEST_SOLVER)
	$(OLDEST)/bin/pytest -n auto --maxprocesses 4 tests/unit/allocation tests/unit/scenarios tests/published

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
	$(BIN)/pybabel -q extract -k _ -k sentence -k refused -k unreached -k counted:1,2 -k several:1,2 --no-location --sort-output --omit-header -o $(CATALOGUE)/medalloc.pot medalloc pages
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -i $(CATALOGUE)/medalloc.pot -d $(CATALOGUE) -D medalloc

licences: $(VENV)/.app
	$(BIN)/python -m docs.licences > docs/licences.md

# known faults of the packages we stand on; what could not be asked about is no all-clear
audit:
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python $(PIP) pip-audit
	@$(AUDIT)/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r constraints.txt || { \
		echo "Not clear: faults are listed above, or the service that knows them could not be asked."; exit 1; }

clean:
	rm -rf $(VENV) $(PEERS) $(NEWEST) $(OLDEST) $(AUDIT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache shots

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "medalloc needs Python 3.11 or newer; name one: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(BIN)/python requirements.txt constraints.txt
	$(BIN)/python $(PIP) -c constraints.txt -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.txt requirements-scale.txt
	$(BIN)/python $(PIP) -c constraints.txt -r requirements-dev.txt
	touch $@

$(PEERS)/.done: requirements-bench.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python $(PIP) -r requirements-bench.txt
	touch $@
