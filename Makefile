# Everything is made and run from here; `make` alone lists what there is. PYTHON=… names the Python to use.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt
BUNDLE := dist/mlp-playground
MANIFESTS := pyproject.toml constraints.txt

# a system Python that was upgraded or removed leaves a .venv that can't start: have it made anew
$(shell $(BIN)/python -c '' 2>/dev/null || rm -f $(VENV)/.made)

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench claims healthy bundle clean

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

run: libraries $(VENV)/.runs  ## set up what is missing and open the program
	@$(BIN)/mlp-playground

test: test-libraries $(VENV)/.develops lint  ## set up what is missing, lint, run every test
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.develops  ## ruff, mypy and the import rules, changing nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.develops  ## let ruff fix and format the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: libraries $(VENV)/.develops  ## measure speed and smoothness
	@$(BIN)/python -m tests.benchmarks

claims: $(VENV)/.develops  ## train what the article claims, many seeds, beside its figures
	@$(BIN)/python -m tests.benchmarks.claims

healthy: $(VENV)/.develops  ## let the doctor look at 50 healthy runs of the gallery, and at the ill ones
	@$(BIN)/python -m tests.benchmarks.healthy

bundle: bundle-libraries $(VENV)/.develops  ## freeze the program into dist/ and try it there
	@echo 'Freezing the program (build/pyinstaller.log)'
	@mkdir -p build
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build --distpath dist \
		packaging/mlp_playground.spec >build/pyinstaller.log 2>&1 || { cat build/pyinstaller.log >&2; exit 1; }
	@du -sh $(BUNDLE)
	@$(BIN)/python packaging/smoke.py $(BUNDLE)/mlp-playground

clean:  ## delete what was built and cached (.venv stays)
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find mlp_playground packaging tests -name __pycache__ -prune -exec rm -rf {} +

# The .venv's Python does the asking: the bundle needs the library of the very Python that it freezes.
.PHONY: libraries test-libraries bundle-libraries
libraries: $(VENV)/.made
	@$(BIN)/python packaging/system_libraries.py --install qt x11

test-libraries: $(VENV)/.made
	@$(BIN)/python packaging/system_libraries.py --install qt x11 --wanted test

bundle-libraries: $(VENV)/.made
	@$(BIN)/python packaging/system_libraries.py --install qt x11 bundle

$(VENV)/.made:
	@sh packaging/make_venv.sh $(VENV)
	@touch $@

$(VENV)/.runs: $(VENV)/.made $(MANIFESTS)
	@echo 'Installing the program and its libraries into $(VENV)'
	@$(PIP) --editable .
	@touch $@

$(VENV)/.develops: $(VENV)/.made $(MANIFESTS)
	@echo 'Installing the program, its libraries and the development tools into $(VENV)'
	@$(PIP) --editable '.[test,dev]'
	@touch $@ $(VENV)/.runs
