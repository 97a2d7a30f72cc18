# Everything that one does with Hearth. `make` alone lists it; each word sets up what it needs by itself.

PYTHON := .venv/bin/python

help:  ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: set-up-run  ## start a server and a window connected to it; closing the window stops both
	@$(PYTHON) -m scripts.run

demo: set-up-run  ## a throw-away server with a lively conversation, and two windows side by side
	@$(PYTHON) -m scripts.demo

test: set-up-test  ## run all tests
	$(PYTHON) -m pytest -n auto

coverage: set-up-test  ## run all tests and list what they do not reach; fails below nine lines of ten
	$(PYTHON) -m pytest -n auto --cov --cov-report=term:skip-covered

test-all:  ## run all tests under every Python from 3.11 to 3.13 that is installed
	@scripts/test-all

lint: set-up-check  ## check style, types, the layers' import rules, and code and packages for known dangers
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) -m bandit -q -c pyproject.toml -r server_app client_app shared certs server.py client.py
	$(PYTHON) -m scripts.audit

soak: set-up-test  ## a minute of kills, cuts and full disks; ARGS="--seconds 600 --seed 7" is one of ten minutes
	@$(PYTHON) -m tests.soak --keep soak/$$(date +%Y%m%d-%H%M%S) $(ARGS)

fuzz: set-up-test  ## a minute of people who try everything; ARGS="--seconds 600 --seed 7" is ten minutes
	@$(PYTHON) -m tests.security $(ARGS)

bench: set-up-test  ## measure Hearth alone, and its window; about ten minutes
	@$(PYTHON) -m benchmarks

bench-peers: set-up-test  ## measure every goal, Hearth beside other servers that are installed; about twelve minutes
	@$(PYTHON) -m benchmarks peers

docs: set-up-check  ## write the generated pages and tables of docs/
	@$(PYTHON) -m scripts.docs

screenshots: set-up-test  ## take the pictures in docs/images from real windows
	@$(PYTHON) -m scripts.screenshots

clean:  ## remove what the other words made, but neither data/ nor certificates
	rm -rf .venv .venv-3.* .coverage* .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up-run set-up-check set-up-test:
	@scripts/setup $(@:set-up-%=%)

.PHONY: help run demo test coverage test-all lint soak fuzz bench bench-peers docs screenshots clean set-up-run set-up-check set-up-test
