.DEFAULT_GOAL := help
.PHONY: help check format lint types imports models sql tests lock

help:  ## List the targets
	@awk -F ":.*## " '/^[a-z%-]+:.*## /{printf "%-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

check:  ## Everything CI runs, in CI's order
	@./kho test

format:  ## Write the format that the check asks for
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lint:  ## Style and mistakes
	@.venv/bin/ruff format --check . && .venv/bin/ruff check .

types:  ## Do the types hold?
	@.venv/bin/mypy

imports:  ## Do the rooms keep to themselves?
	@.venv/bin/lint-imports

models:  ## Does the dbt project parse?
	@.venv/bin/dbt parse --project-dir dbt_project --profiles-dir dbt_project

sql:  ## Is the SQL in the house style?
	@.venv/bin/sqlfluff lint dbt_project

tests:  ## Only the tests
	@./kho test tests

bench-%:  ## Run one measurement by name (bench/NAME.py)
	@mkdir -p bench/out && PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python -m bench.$*

lock:  ## Resolve pyproject.toml anew into requirements.lock
	@.kho/tools/uv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	    --group dev --all-extras --no-header -q pyproject.toml -o requirements.lock
