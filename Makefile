# Thin names over scripts/; each script sets up what it needs by itself.

run:          ## serve on http://localhost:8000, with demo data the first time
	@scripts/run.sh

test:         ## the whole suite: SQLite, PostgreSQL, browser
	@scripts/test.sh

test-heavy:   ## long races and property tests, on both databases
	@scripts/test.sh heavy

bench:        ## ratios beside hand-written SQL and the usual ways, on both databases
	@scripts/bench.sh

lint:         ## style, types, import ladder, migrations, deployment check
	@scripts/lint.sh

format:       ## rewrite Python in the house style
	@scripts/format.sh

migrations:   ## write migrations for changed models
	@scripts/migrations.sh

lock:         ## pin and hash requirements/ anew from pyproject.toml
	@scripts/lock.sh

clean:        ## remove the virtual environment and caches; data/ stays
	@rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: run test test-heavy bench lint format migrations lock clean
.DEFAULT_GOAL := run
