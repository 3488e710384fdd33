# Four commands, each working from a bare Python 3.11: the first run makes .venv and installs the pinned requirements.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
PY = $(VENV)/bin/python
export PATH := $(abspath $(VENV))/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help environment demo demo-data test test-sqlite test-postgres bench lint fmt clean-demo

help:
	@echo "make demo    a town of 2 000 accounts on SQLite, the desk on localhost (Ctrl-C stops it)"
	@echo "make test    all tests on SQLite, and on PostgreSQL when a server answers"
	@echo "make lint    what CI asks of the code before it runs the tests"
	@echo "make bench   figures as ratios to a floor measured in the same run"

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	$(PY) -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	$(PY) -m pip install --quiet -r requirements-dev.txt
	@touch $@

environment: $(VENV)/.dev

demo: $(VENV)/.runtime
	@mkdir -p var
	@DATABASE_URL=$${DATABASE_URL:-sqlite:///$(CURDIR)/var/demo.sqlite3} $(PY) manage.py demo

demo-data: $(VENV)/.runtime
	@mkdir -p var
	@DATABASE_URL=$${DATABASE_URL:-sqlite:///$(CURDIR)/var/demo.sqlite3} $(PY) manage.py demo --no-serve

clean-demo:
	rm -rf var/demo.sqlite3 var/demo.sqlite3-* var/town

test: $(VENV)/.dev
	.ci/test sqlite postgres

test-sqlite: $(VENV)/.dev
	.ci/test sqlite

test-postgres: $(VENV)/.dev
	.ci/test postgres

bench: $(VENV)/.dev
	.ci/bench

lint: $(VENV)/.dev
	.ci/lint

fmt: $(VENV)/.dev
	ruff check --fix . && ruff format . && djade --target-version 5.2 $$(git ls-files '*.html')
