#!/usr/bin/env bash
# Rewrites Python in the house style.
source "$(dirname "$0")/setup.sh"

need_python dev
.venv/bin/ruff check --fix --quiet . || true # what it cannot mend, `make lint` tells
.venv/bin/ruff format --quiet .
