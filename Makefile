# Recipes for a checkout. `make demo` and `make test` do all set-up themselves; a second run is quick.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup heavy-setup demo examples test test-all lint lock golden bench clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP_INSTALL = $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
UV_VERSION := 0.13.9
# A changed lock or project file changes the name of its stamp, so the step runs again.
digest = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
LOCKED := $(VENV)/locked-$(call digest,requirements.lock)
READY := $(VENV)/ready-$(call digest,requirements.lock pyproject.toml)
HEAVY_READY := $(VENV)/heavy-$(call digest,requirements.lock requirements-heavy.lock)

# What WeasyPrint loads at run time, and what the checks marked `heavy` start.
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
HEAVY_PACKAGES := default-jdk-headless libjaxb-java libreoffice-calc-nogui poppler-utils qpdf chromium openssl

# apt-install WORDS: installs the missing Debian packages as root; otherwise prints the command and stops.
define apt-install
@if command -v dpkg-query >/dev/null; then \
  missing=""; \
  for package in $(1); do \
    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
  done; \
  if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ]; then \
    echo "installing Debian packages:$$missing"; \
    export DEBIAN_FRONTEND=noninteractive; \
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >$(VENV)-apt.log 2>&1 </dev/null \
      || { cat $(VENV)-apt.log >&2; exit 1; }; \
    rm -f $(VENV)-apt.log; \
  elif [ -n "$$missing" ]; then \
    echo "Debian packages are missing. Run this, then the same make command again:" >&2; \
    echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends$$missing" >&2; \
    exit 1; \
  fi; \
fi
endef

help:  ## list the recipes
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: $(READY)  ## virtual environment with the pinned dependencies and this project in it

$(LOCKED): requirements.lock
	@$(if $(PYTHON),,echo "Python 3.11 or newer is needed and no such python3 is on the PATH: install it, or name it: make PYTHON=..." >&2; exit 1)
	$(call apt-install,$(PDF_PACKAGES) $(shell $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv))
	@echo "installing the pinned dependencies into $(VENV) (a minute or two)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c 'import weasyprint' || { echo "WeasyPrint cannot load Pango: install $(PDF_PACKAGES)" >&2; exit 1; }
	@touch $@

heavy-setup: $(READY) $(HEAVY_READY)  ## the programs that the tests marked heavy start (LibreOffice, Chromium, veraPDF)

$(HEAVY_READY): requirements-heavy.lock | $(READY)
	$(call apt-install,$(HEAVY_PACKAGES))
	@$(PIP_INSTALL) --require-hashes -r requirements-heavy.lock
	@touch $@

demo: setup  ## list the findings of the sample as received, then build the clean one into out/meridian
	$(BIN)/ghg check samples/meridian_as_received || test $$? -eq 1
	$(BIN)/ghg build samples/meridian --out out/meridian

examples: setup  ## run worked examples of others through the engine: make examples FILE=path.json (docs/examples.md)
	@$(BIN)/python -m reporting.examples "$(FILE)"

test: export PYTHONDONTWRITEBYTECODE =  # each process that a test starts would compile the package again
test: lint  ## set-up, lint and the tests; what is slow or needs a missing program is skipped and named at the end
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-all: export GHG_SLOW := 1
test-all: test  ## the same with every slow test (tests/slow.txt)

lint: setup  ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:  ## pin the newest allowed versions, with the hashes of all their published files
	@$(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/pip install --quiet --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(VENV)-lock/bin/uv pip compile pyproject.toml --extra test --extra lint --extra sign $(UV_FLAGS) --output-file requirements.lock >/dev/null
	$(VENV)-lock/bin/uv pip compile --group pyproject.toml:heavy --constraint requirements.lock $(UV_FLAGS) --output-file requirements-heavy.lock >/dev/null
	@rm -rf $(VENV)-lock

UV_FLAGS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-config --custom-compile-command "make lock"

golden: setup  ## write the golden files anew; read the difference before you commit it
	$(BIN)/python -m pytest --update-golden

bench: setup  ## CPU seconds beside their bounds, for ROWS="1e5 1e6" activity rows; WRITE=--write keeps the table
	@$(PIP_INSTALL) -r requirements-bench.txt
	$(BIN)/python -m bench --rows $(or $(ROWS),1e5 1e6) $(WRITE)

clean:  ## remove what the recipes made
	rm -rf $(VENV) $(VENV)-* out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
