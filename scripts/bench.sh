#!/usr/bin/env bash
# bench.sh — the benchmarks, on SQLite and PostgreSQL; prints tables, never fails because of a number.
source "$(dirname "$0")/setup.sh"

need_python dev
for name in ${*:-pages session papers}; do
    .venv/bin/python -m "benchmarks.$name"
    scripts/with-postgres.sh .venv/bin/python -m "benchmarks.$name"
done
