#!/usr/bin/env bash
# migrations.sh [ARGUMENTS] — makemigrations, which also keeps each app's max_migration.txt.
source "$(dirname "$0")/setup.sh"

need_python dev
DJANGO_SETTINGS_MODULE=tests.settings .venv/bin/python manage.py makemigrations "$@"
