#!/usr/bin/env bash
# lock.sh [--upgrade] — pins and hashes both sets anew; without --upgrade, only what pyproject.toml now asks for changes.
source "$(dirname "$0")/setup.sh"

need_python dev
compile() { .venv/bin/python -m piptools compile --quiet "$@" pyproject.toml; }
compile --output-file requirements/run.txt "$@"
compile --output-file requirements/dev.txt --extra dev --constraint requirements/run.txt "$@"
if grep -nE '^psycopg==|://' requirements/*.txt; then
    die "psycopg 3 and addresses of package indexes must stay out of requirements/."
fi
