#!/usr/bin/env bash
# bench.sh — the benchmarks, on SQLite and PostgreSQL; prints tables, never fails because of a number.
source "$(dirname "$0")/setup.sh"

need_python dev
for script in benchmarks/*.py; do
    module="benchmarks.$(basename "$script" .py)"
    case "$module" in benchmarks.__init__ | benchmarks.paired) continue ;; esac
    .venv/bin/python -m "$module"
    scripts/with-postgres.sh .venv/bin/python -m "$module"
done
