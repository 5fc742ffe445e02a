# Two commands do everything on a machine with Python 3.11+ and make: `make report` and `make test`.
PYTHON ?= python3
TORCH ?= torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS := 1

.PHONY: report test lint bench clean

report: $(VENV)/.runs ## judge every claim and write reports/report.html
	$(BIN)/lindiff verify || [ $$? -eq 3 ]
	@echo "The report is $(CURDIR)/reports/report.html"

test: $(VENV)/.tests ## run the tests
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/.tests ## style, types, layers
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tests ## measure speed, as ratios in one run
	$(BIN)/pytest benchmarks

clean: ## forget the environment
	rm -rf $(VENV)

$(VENV)/.runs: pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and f'lindiff needs Python 3.11 or newer, got {sys.version.split()[0]}; try make PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check "$(TORCH)"
	$(BIN)/pip install --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	$(BIN)/pip install --disable-pip-version-check --editable ".[dev]"
	@touch $@
