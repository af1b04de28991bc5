# make run        the site, from nothing, on http://localhost:8000 (PORT=8001 for another port)
# make test       every test and every linter
# make help       the rest
#
# Needs Python 3.11 or newer and make; everything else goes into .venv/ and var/.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
LOCKED := $(PYTHON) requirements/install.py
TEMPLATES := $(wildcard templates)

.DEFAULT_GOAL := help
.PHONY: help run reset-demo test test-quick test-browser lint format bench shots messages lock installed installed-for-tests chromium

help:
	@echo "make run          set up and serve the site with its demonstration; PORT=8001 for another port"
	@echo "make reset-demo   bring the demonstration back to how it began"
	@echo "make test         every test, in real browsers too, and every linter"
	@echo "make lint         the linters only;  make format  lets them mend what they can"
	@echo "make bench        measure the pages beside bare Wagtail pages"
	@echo "make messages     bring locale/ to what the code says, and tell what is left to translate"
	@echo "make shots        take the pictures of the main pages anew"

run: export DEBUG := $(or $(DEBUG),0)
run: installed
	@$(MANAGE) serve --port $(PORT)

reset-demo: export DEBUG := $(or $(DEBUG),0)
reset-demo: installed
	@$(MANAGE) reset_demo

test: test-quick test-browser lint

test-quick: installed-for-tests
	$(BIN)/pytest -n auto --ignore=tests/browser -q

# Two at once, each with a site of its own: a journey waits more than it works.
test-browser: installed-for-tests chromium
	$(BIN)/pytest -n 2 --dist worksteal -q tests/browser

lint: installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet $(TEMPLATES)
	$(BIN)/lint-imports

format: installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: installed-for-tests
	@$(MANAGE) bench

shots: installed-for-tests chromium
	@$(MANAGE) shots

messages: installed-for-tests
	@$(MANAGE) messages

installed:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, as python3. Try: make run PYTHON=python3.11"; exit 1; }
	@$(LOCKED) requirements/base.txt

installed-for-tests: installed
	@$(LOCKED) requirements/test.txt

# After a change of requirements/*.in. No address of an index gets into the locks.
lock: installed
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements/uv.txt
	@for name in uv base test; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

# Playwright's own download of a browser doesn't work everywhere; Debian's package does. Poppler reads the words of a PDF.
chromium:
	@if command -v chromium >/dev/null && command -v pdftotext >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium ..."; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes chromium poppler-utils; } >/dev/null \
			|| echo "Chromium could not be installed: browser tests are skipped."; \
	else \
		echo "Browser tests want chromium and poppler-utils (Debian: apt-get install chromium poppler-utils): what is missing is skipped."; \
	fi
