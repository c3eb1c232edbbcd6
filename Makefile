# `make demo` and `make test` install what they need into .venv and change nothing outside this directory.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# a module's tests share what is made for it, and tests/conftest.py says which modules begin;
# with other workers in the place of dead ones, pytest-xdist would wait for ever in the end
PYTEST := $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder --max-worker-restart 0
DEMO := demo
CATALOGUE := grader/locale/zh/LC_MESSAGES/gradproof

.PHONY: help setup frameworks demo test test-ci test-all test-attacks test-gpu bench lint format messages clean

help:
	@echo "make frameworks install the frameworks that only some tests need"
	@echo "make demo       audit, release, collect and score the example class"
	@echo "make test       run the tests, except those that take long"
	@echo "make test-ci    run all tests but those that are rare, as CI does"
	@echo "make test-all   run all tests, also those that take long"
	@echo "make test-attacks  run every attack at every isolation level with every framework"
	@echo "make test-gpu   run the tests that need a GPU"
	@echo "make bench      grade one class by five graders and write docs/benchmarks.json"
	@echo "make lint       run ruff and mypy"

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "gradproof needs Python 3.11 or later; for example: make PYTHON=python3.12 test"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[torch]" --group dev
	@touch $@

# Frameworks, and Dask, that tests skip where they are not installed. MXNet asks for an old NumPy, but runs
# beside today's; it needs distutils, which setuptools brought until version 80.
frameworks: $(VENV)/frameworks

$(VENV)/frameworks: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[torch,tensorflow,jax,cluster]"
	$(BIN)/python -m pip install --quiet requests graphviz==0.8.4 \
		"setuptools<80; python_version >= '3.12'"
	$(BIN)/python -m pip install --quiet --no-deps mxnet==1.9.1
	@touch $@

demo: setup
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh $(DEMO)

test: setup
	$(PYTEST) -m "not slow"

test-ci: setup
	$(PYTEST) -m "not rare"

test-all: setup
	$(PYTEST)

test-attacks: setup
	GRADPROOF_EVERY_ATTACK=1 $(PYTEST) tests/attacks

# one after another: they share the GPU
test-gpu: setup
	$(BIN)/python -m pytest -m gpu tests/grading

# a quarter of an hour on two quiet cores; otter gets an environment of its own
bench: setup
	$(BIN)/python benchmarks/graders.py --size 200 --sample 12 --rounds 3 --json docs/benchmarks.json

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Collect translatable messages into the Chinese catalogue and compile it. Headers that depend on the
# date or on Babel's version are removed.
messages: setup
	@new=$$(mktemp) && trap 'rm -f "$$new"' EXIT && \
	$(BIN)/pybabel -q extract -k _ --no-location --sort-output -o "$$new" grader cli.py && \
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--no-wrap -l zh -i "$$new" -o $(CATALOGUE).po && \
	grep -vE '^"(Project-|Report-|PO-|Last-|Language-Team|Generated-)' \
		$(CATALOGUE).po >"$$new" && cat "$$new" >$(CATALOGUE).po && \
	$(BIN)/pybabel -q compile -i $(CATALOGUE).po -o $(CATALOGUE).mo

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info
