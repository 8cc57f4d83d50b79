# Start with `make demo` and `make test`. Each target first makes .venv if it does not exist. PYTHON and
# TORCH select the Python and the torch of .venv. Another value changes .venv; later commands without
# TORCH keep the one that was given last. LOCKED=1, as in CI, makes .venv anew from the files whose hashes
# .ci/torch.txt and .ci/requirements.txt list, unless it was made from them already.

PYTHON ?= python3
TORCH ?= $(or $(shell cat $(CHOSEN) 2>/dev/null),torch==2.13.0)
LOCKED ?=
ARGS ?=
DATA ?=
RANKS ?= 2
TIME ?= 3600
KIND ?= fsdp2

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
# The targets for a GPU make no .venv: they use PYTHON where it is given, otherwise .venv if it is there.
PYTHON_CUDA := $(if $(and $(filter file,$(origin PYTHON)),$(wildcard $(BIN)/python)),$(BIN)/python,$(PYTHON))
RUN_CUDA := $(PYTHON_CUDA) -m
INSTALLED := $(VENV)/.installed
CHOSEN := $(VENV)/.torch
IS_LOCKED := $(VENV)/.locked
LOCK := .ci/torch.txt .ci/requirements.txt
# Compiling all modules of all packages takes a minute; Python compiles what it imports, if it may.
UNCOMPILED := $(if $(PYTHONDONTWRITEBYTECODE),,--no-compile)
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
ONLINE := import socket; socket.create_connection(("docs.pytorch.org", 443), 5)
WHICH := import sys; print(sys.base_prefix, sys.version_info[:3])
BUILD := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"])

# "yes" if .venv is there and has another Python, or another torch, than this command asks for.
is_given = $(and $(wildcard $(INSTALLED)),$(filter-out file,$(origin $(1))))
OTHER_PYTHON := $(and $(call is_given,PYTHON),$(shell \
	test "$$($(PYTHON) -c '$(WHICH)' 2>&1)" = "$$($(BIN)/python -c '$(WHICH)' 2>&1)" || echo yes))
OTHER_TORCH := $(and $(call is_given,TORCH),$(shell \
	test "$(TORCH)" = "$$(cat $(CHOSEN) 2>/dev/null)" || echo yes))
NOT_LOCKED := $(and $(LOCKED),$(if $(wildcard $(IS_LOCKED)),,yes))
ifneq ($(and $(LOCKED),$(filter-out file,$(origin TORCH))),)
$(error LOCKED=1 installs the torch that .ci/torch.txt names: leave out TORCH or LOCKED)
endif

.PHONY: help demo demo-distributed test soak mutants coverage memcheck endurance generate check-generated lint types check docs docs-check bench bench-check dist test-packaging test-cuda bench-cuda gpu matrix test-arm test-names lock audit lint-workflows format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) ## generate, train on handwritten digits, compare with torch (DATA=folder of MNIST)
	$(RUN) adadelta_gen generate
	$(RUN) adadelta_gen train $(if $(DATA),--data "$(DATA)") $(ARGS)

demo-distributed: $(INSTALLED) ## train on RANKS=2 ranks with KIND=fsdp2 or ddp; a second call resumes
	$(RUN) torch.distributed.run --standalone --nproc-per-node $(RANKS) -m adadelta_gen train \
		--distributed $(KIND) --checkpoint runs/digits $(if $(DATA),--data "$(DATA)") $(ARGS)

test: $(INSTALLED) ## run the tests (ARGS="-k name")
	$(RUN) pytest -q -n auto --maxprocesses 8 $(ARGS)

soak: $(INSTALLED) ## run random faults for TIME=3600 seconds and count the outcomes (ARGS="--part NAME")
	PYTHONPATH=tests $(RUN) soak --time $(TIME) $(ARGS)

mutants: $(INSTALLED) ## judge whether tests notice changes of the package (ARGS="python --every 10"); takes hours
	PYTHONPATH=tests $(RUN) mutation --output docs/benchmarks/mutants.json $(ARGS)

coverage: $(INSTALLED) ## measure which lines and branches of the package the tests execute; fail below 95 %
	rm -rf build/coverage
	mkdir -p build/coverage
	# Without the tests that forbid writing or count memory: a measurement does both
	$(RUN) coverage run -m pytest -q -n auto --maxprocesses 8 --timeout 1500 \
		--ignore tests/reliability/test_nothing_is_written.py --ignore tests/reliability/test_endurance.py $(ARGS)
	$(RUN) coverage combine -q
	$(RUN) coverage json -q -o build/coverage/report.json
	PYTHONPATH=tests $(RUN) mutation.coverage_record build/coverage/report.json docs/benchmarks/coverage.json
	$(RUN) coverage report --skip-covered

memcheck: $(INSTALLED) ## run the kernels and the native step under valgrind (needs valgrind and gcc; minutes)
	PYTHONPATH=tests $(RUN) memcheck $(ARGS)

endurance: $(INSTALLED) ## check that long runs leave nothing behind, and update tensors of more than 2^32 elements
	PYTHONPATH=tests $(RUN) reliability.endurance --output docs/benchmarks/endurance.json $(ARGS)

generate: $(INSTALLED) ## render templates/ into generated/ and compile it
	$(RUN) adadelta_gen generate $(ARGS)

check-generated: $(INSTALLED) ## fail if generated/ is not up to date with templates/
	$(RUN) adadelta_gen generate --check

lint: $(INSTALLED) ## run ruff: rules and format
	$(RUN) ruff check
	$(RUN) ruff format --check

types: $(INSTALLED) ## run mypy in strict mode
	$(RUN) mypy

check: lint types check-generated test ## run everything that has to pass, as CI does; changes no file

docs: $(INSTALLED) ## build the documentation site in build/docs
	$(RUN) sphinx -n -W --keep-going -b html -d build/doctrees docs build/docs

docs-check: $(INSTALLED) ## check the examples and links of the documentation (external links need a network)
	$(RUN) pytest -q tests/docs $(ARGS)
	@if $(BIN)/python -c '$(ONLINE)' 2>/dev/null; then \
		$(RUN) sphinx -b linkcheck docs build/docs-links; \
	else \
		echo "no network: external links are not checked"; \
	fi

bench: $(INSTALLED) ## measure the step beside torch's optimizers (ARGS="--case mlp")
	$(RUN) adadelta_gen bench $(ARGS)

bench-check: $(INSTALLED) ## fail if a CPU kernel is 15 % slower than in docs/benchmarks/, relative to a bare loop
	$(RUN) adadelta_gen bench --check docs/benchmarks/limit.json --check docs/benchmarks/kernels.json

dist: $(INSTALLED) ## build the wheel and the sdist into dist/, and check both
	$(RUN) pip install $(UNCOMPILED) --no-build-isolation -e ".[packaging]"
	rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)} \
		$(RUN) build --no-isolation
	$(RUN) twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

test-packaging: dist ## test programs frozen by PyInstaller, and types with pyright (minutes)
	$(RUN) pytest -q tests/installation/slow.py $(ARGS)

test-cuda: ## run the tests that need a GPU
	$(RUN_CUDA) pytest -q -m cuda tests/cuda tests/diagnostics tests/examples tests/installation tests/parity/test_torch_suite_*.py $(ARGS)

bench-cuda: ## measure the step on a GPU, also with torch.compile; writes docs/benchmarks/cuda.json
	$(RUN_CUDA) adadelta_gen bench --device cuda --compiled --output docs/benchmarks/cuda.json $(ARGS)

gpu: ## run all tests and measurements that need a GPU, in at most 9 minutes (docs/cuda.md)
	$(PYTHON_CUDA) tests/cuda/on_gpu.py $(ARGS)

matrix: build/nox/bin/nox ## run the quick tests with each installed Python and each torch (ARGS="--session ...")
	build/nox/bin/nox -f .ci/noxfile.py $(ARGS)

build/nox/bin/nox:
	$(PYTHON) -m venv build/nox
	build/nox/bin/python -m pip install nox

test-arm: ## run the bit-exact tests on emulated Arm cores (root, qemu-user-static, debootstrap)
	bash tests/arm/run.sh build/arm $(ARGS)

test-names: $(INSTALLED) ## check that torch's wheels for Windows and macOS export the functions that are called
	$(RUN) pip install lief
	for platform in win_amd64 macosx_14_0_arm64; do \
		$(RUN) pip download -q --no-deps --only-binary=:all: --python-version 3.11 \
			--platform $$platform --dest build/torch "$(TORCH)" || exit 1; \
	done
	ADADELTA_GEN_TORCH_WHEELS=build/torch $(RUN) pytest -q tests/reliability/test_names_of_torch.py

lock: build/lock/bin/uv ## write .ci/requirements.txt: the versions and hashes for LOCKED=1 (ARGS=--upgrade)
	$< pip compile --quiet --config-file .ci/uv.toml pyproject.toml .ci/torch.txt \
		--output-file .ci/requirements.txt $(ARGS) > /dev/null

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install uv

audit: build/audit/bin/pip-audit ## look for known vulnerabilities of the locked versions (needs a network)
	@$< --strict --disable-pip --require-hashes $(LOCK:%=-r %) $(ARGS) || { \
		echo "audit: a vulnerability is known, or a package could not be looked up: see above" >&2; \
		exit 1; }

build/audit/bin/pip-audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install pip-audit

lint-workflows: ## run actionlint on .github/workflows, if it is installed
	@if command -v actionlint >/dev/null; then actionlint; else echo "skipped: no actionlint"; fi

format: $(INSTALLED) ## let ruff fix the format and imports
	$(RUN) ruff check --fix
	$(RUN) ruff format

clean: ## remove caches, build products and runs/, but not .venv and generated/
	rm -rf build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache runs
	find . -name $(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# An interrupted or outdated environment is made again; any other one is only updated. Without build
# isolation, this needs no network if everything is already installed.
$(INSTALLED): pyproject.toml Makefile $(if $(LOCKED),$(LOCK)) \
		$(if $(OTHER_PYTHON)$(OTHER_TORCH)$(NOT_LOCKED),asked-for)
	@$(PYTHON) -c '$(RECENT)' || { \
		echo "$(PYTHON) is older than Python 3.11: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	$(if $(OTHER_PYTHON),@echo "$(VENV) has another Python than $(PYTHON): making it again")
	$(if $(OTHER_TORCH),@echo "$(VENV) gets $(TORCH)")
	@$(if $(OTHER_PYTHON)$(LOCKED),false,$(BIN)/python -c 'import pip; $(RECENT)' 2>/dev/null) || \
		$(PYTHON) -m venv --clear $(VENV)
	@rm -f $(IS_LOCKED)
	@mkdir -p generated/cpu # or the package could not be installed to generate them
ifeq ($(LOCKED),)
	$(RUN) pip install $(UNCOMPILED) "$(TORCH)"
	$(RUN) pip install $(UNCOMPILED) $$($(BIN)/python -c '$(BUILD)')
	$(RUN) pip install $(UNCOMPILED) --no-build-isolation -e ".[dev]"
	$(if $(filter-out file,$(origin TORCH))$(wildcard $(CHOSEN)),@echo "$(TORCH)" > $(CHOSEN))
else
	$(RUN) pip install $(UNCOMPILED) --require-hashes --no-deps $(LOCK:%=-r %)
	$(RUN) pip install $(UNCOMPILED) --no-build-isolation --no-deps -e .
	$(RUN) pip check
	@touch $(IS_LOCKED)
endif
	@touch $@

asked-for:
