# Two commands do everything: `make demo` and `make test`. Each target first makes .venv if need be.

PYTHON ?= python3
TORCH ?= torch==2.13.0
ARGS ?=
DATA ?=
RANKS ?= 2
KIND ?= fsdp2

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
# The environment above has torch for the CPU: where it is not, PYTHON has torch for CUDA.
PYTHON_CUDA := $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON))
RUN_CUDA := $(PYTHON_CUDA) -m
INSTALLED := $(VENV)/.installed
# Compiling all modules of all packages takes a minute; Python compiles what it imports, if it may.
UNCOMPILED := $(if $(PYTHONDONTWRITEBYTECODE),,--no-compile)
RECENT := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: help demo demo-distributed test soak generate check-generated lint types check bench bench-check test-cuda bench-cuda gpu format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) ## generate, train on handwritten digits, compare with torch (DATA=folder with MNIST's files)
	$(RUN) adadelta_gen generate
	$(RUN) adadelta_gen train $(if $(DATA),--data "$(DATA)") $(ARGS)

demo-distributed: $(INSTALLED) ## the same on RANKS=2 ranks, with KIND=fsdp2 or ddp; again, it resumes
	$(RUN) torch.distributed.run --standalone --nproc-per-node $(RANKS) -m adadelta_gen train \
		--distributed $(KIND) --checkpoint runs/digits $(if $(DATA),--data "$(DATA)") $(ARGS)

test: $(INSTALLED) ## run the tests (ARGS="-k name")
	$(RUN) pytest -q -n auto --maxprocesses 8 $(ARGS)

soak: $(INSTALLED) ## all mutations of the native step, edits at many more lines, 2,400 random histories
	ADADELTA_GEN_SOAK=1 $(RUN) pytest -q -n auto --maxprocesses 8 tests/reliability $(ARGS)

generate: $(INSTALLED) ## render templates/ into generated/ and compile it
	$(RUN) adadelta_gen generate $(ARGS)

check-generated: $(INSTALLED) ## fail if generated/ is not what templates/ render
	$(RUN) adadelta_gen generate --check

lint: $(INSTALLED) ## ruff, rules and layout
	$(RUN) ruff check
	$(RUN) ruff format --check

types: $(INSTALLED) ## mypy, strict
	$(RUN) mypy

check: lint types check-generated test ## all that has to pass; changes no file

bench: $(INSTALLED) ## measure the step against torch's optimizers (ARGS="--case mlp")
	$(RUN) adadelta_gen bench $(ARGS)

bench-check: $(INSTALLED) ## fail if a CPU kernel lost 15 % beside a bare loop, by docs/benchmarks/
	$(RUN) adadelta_gen bench --check docs/benchmarks/limit.json --check docs/benchmarks/kernels.json

test-cuda: ## run the tests that need a GPU
	$(RUN_CUDA) pytest -q -m cuda tests/cuda tests/diagnostics tests/examples tests/parity/test_torch_suite_*.py $(ARGS)

bench-cuda: ## measure the step on a GPU, with torch.compile; writes docs/benchmarks/cuda.json
	$(RUN_CUDA) adadelta_gen bench --device cuda --compiled --output docs/benchmarks/cuda.json $(ARGS)

gpu: ## all of that and more in 9 minutes at most, see docs/cuda.md; writes docs/benchmarks/
	$(PYTHON_CUDA) tests/cuda/on_gpu.py $(ARGS)

format: $(INSTALLED) ## let ruff repair layout and imports
	$(RUN) ruff check --fix
	$(RUN) ruff format

clean: ## remove caches, build products and runs/; keep .venv and generated/
	rm -rf build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache runs
	find . -name $(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# An interrupted or outdated environment is made anew; a healthy one is only brought up to date.
$(INSTALLED): pyproject.toml Makefile
	@$(PYTHON) -c '$(RECENT)' || { \
		echo "Python 3.11 or newer is needed, $(PYTHON) is not: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	@$(BIN)/python -c 'import pip; $(RECENT)' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@mkdir -p generated/cpu # or the package could not be installed to generate them
	$(RUN) pip install $(UNCOMPILED) "$(TORCH)"
	$(RUN) pip install $(UNCOMPILED) -e ".[dev]"
	@touch $@
