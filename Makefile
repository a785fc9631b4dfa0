.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: demo test check fmt bench help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-to-run
DEV_READY := $(VENV)/.ready-to-develop

help: ## Show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN_READY) ## Build the graph of the sample articles into output/
	$(BIN)/kg build seeds/ --out output/
	@echo
	@echo "Open output/graph.html in a browser, or ask the graph:"
	@echo "  $(BIN)/kg query ceos"
	@echo "  $(BIN)/kg query --list"

test: $(DEV_READY) ## Run every test, the page's in a headless Chromium and Spark's on Java too
	@KG_CHROMIUM="$$($(BIN)/python tests/find_browser.py)" || exit 1; export KG_CHROMIUM; \
	  JAVA_HOME="$$($(BIN)/python tests/find_java.py)"; if [ -n "$$JAVA_HOME" ]; then export JAVA_HOME; else unset JAVA_HOME; fi; \
	  $(BIN)/python -m pytest

check: $(DEV_READY) ## Run the linters: ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/mypy --strict kg
	$(BIN)/lint-imports

fmt: $(DEV_READY) ## Put the code in its house style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format kg tests

bench: $(DEV_READY) ## Measure the speed of reading, building and drawing
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is `$(PYTHON) --version 2>/dev/null || echo missing`." >&2; \
	  echo "Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# A stamp says that the environment holds what these two files ask for.
$(RUN_READY): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what kg needs into $(VENV) (the first time takes a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV_READY): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what kg and its tests need into $(VENV) (the first time takes a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(RUN_READY) $@
