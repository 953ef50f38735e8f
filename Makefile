# Two commands: `make demo` and `make test`. Both make .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint chaos bench clean

demo: $(VENV)/.user
	@$(BIN)/suitebridge demo

test: lint
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.developer
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/lint-imports
	@$(BIN)/pyright

# Long fault campaigns: the tests marked `chaos`, many seeds each.
chaos: $(VENV)/.developer
	@$(BIN)/python -m pytest -n auto --dist worksteal -m chaos --override-ini addopts="-q --import-mode=importlib" --timeout 3600

# Figures. One program a row of docs/reference/benchmarks.md; each prints a table.
bench: $(VENV)/.developer
	@for program in benchmarks/bench_*.py; do \
		name=$$(basename $$program .py); echo; echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; \
	done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "suitebridge needs Python 3.11 or newer; set PYTHON=")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.user: pyproject.toml | $(VENV)/bin/python
	@echo "installing suitebridge into $(VENV) ..."
	@$(PIP) install --editable '.[all]'
	@touch $@

$(VENV)/.developer: pyproject.toml | $(VENV)/bin/python
	@echo "installing suitebridge and what its tests need into $(VENV) ..."
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable '.[all]' --group dev
	@touch $@ $(VENV)/.user

clean:
	rm -rf $(VENV) .demo .pytest_cache .ruff_cache .hypothesis
