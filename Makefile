# make run    set up, solve the shipped example, write its brief
# make test   set up, check style and types, run all tests
.PHONY: run test lint bench docs lock clean
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := $(PIP) --require-hashes --only-binary :all:

run: .venv/run.ok
	$(BIN)/goodoffices solve examples/aral
	@mkdir -p out
	$(BIN)/goodoffices brief examples/aral --output out/aral-brief.html

test: .venv/test.ok lint
	$(BIN)/python -m pytest -n auto

lint: .venv/test.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/test.ok
	$(BIN)/python -m benchmarks

docs: .venv/docs.ok
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html
	@echo "The documentation is in docs/_build/html/index.html"

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra figures --group build \
	  $(LOCK_OPTIONS) -o requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group build --group test \
	  $(LOCK_OPTIONS) -c requirements/run.txt -o requirements/test.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra figures --group build --group docs \
	  $(LOCK_OPTIONS) -c requirements/run.txt -o requirements/docs.txt
LOCK_OPTIONS := --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet

clean:
	rm -rf .venv out docs/_build

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.ok: .venv/bin/python requirements/run.txt pyproject.toml
	$(LOCKED) -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/test.ok: .venv/run.ok requirements/test.txt
	$(LOCKED) -r requirements/test.txt
	@touch $@

.venv/docs.ok: .venv/run.ok requirements/docs.txt
	$(LOCKED) -r requirements/docs.txt
	@touch $@
