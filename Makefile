# Needs make and Python 3.11 or newer; everything else is installed into .venv, at the versions and hashes of the locks.

PYTHON ?= $(shell for name in python3.11 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
PORT ?= 8501
UV ?= uv

VENV := .venv/bin/python
RUN_READY := .venv/installed-run
DEV_READY := .venv/installed-dev
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: run test soak check lint types format lock bench clean help

run: $(RUN_READY)  ## open the dashboard (PORT=8501)
	$(VENV) -m streamlit run dashboard.py --server.port $(PORT)

test: $(DEV_READY)  ## run every test; those in a browser skip themselves where Chromium is absent
	$(VENV) -m pytest -n auto --maxschedchunk 80

soak: $(DEV_READY)  ## the long tests: every fault, many kills and writers, many random files, many visitors; about 30 minutes
	HYPOTHESIS_PROFILE=soak $(VENV) -m pytest -m soak
	HYPOTHESIS_PROFILE=soak $(VENV) -m pytest -n auto tests/ingest/test_fuzz.py

check: lint types test  ## all that CI checks

lint: $(DEV_READY)  ## ruff: rules and layout
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .

types: $(DEV_READY)  ## mypy, strict on lib
	$(VENV) -m mypy

format: $(DEV_READY)  ## let ruff lay out the code and mend what it safely can
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

lock:  ## renew the locks from pyproject.toml (needs uv; UPGRADE=--upgrade moves to the newest versions)
	$(COMPILE) $(UPGRADE) -o requirements.lock pyproject.toml
	$(COMPILE) $(UPGRADE) --extra login --constraint requirements.lock -o requirements-login.lock pyproject.toml
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements.lock -o requirements-dev.lock pyproject.toml

bench: $(DEV_READY)  ## measure speed and memory against a reference; asserts nothing (PEERS=python with Dash and Panel)
	@for file in $$(grep -l '^if __name__' benchmarks/*.py); do \
		echo "== $$file"; PYTHONPATH=. $(VENV) "$$file" || exit 1; done

clean:  ## remove caches and builds; keeps .venv and all data
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

$(RUN_READY): requirements.lock
$(DEV_READY): requirements-dev.lock
$(RUN_READY) $(DEV_READY):
	@$(VENV) -m pip --version >/dev/null 2>&1 || [ -n "$(PYTHON)" ] || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/its/path" >&2; exit 1; }
	@$(VENV) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(VENV) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r $<
	@touch $@
