#!/usr/bin/env bash
# Serves rehsos as production does, after setting up whatever is missing. Settings: see README.md.
source "$(dirname "$0")/setup.sh"

export PORT="${PORT:-8000}" REHSOS_DATA_DIR="${REHSOS_DATA_DIR:-data}"
manage() { .venv/bin/python manage.py "$@"; }

need_pdf_libraries
need_python run
say_what_is_absent

# New is the folder without data; the mark stays until the demo data are in, so that an interrupted start is finished.
mkdir -p -m 700 "$REHSOS_DATA_DIR"
mark="$REHSOS_DATA_DIR/demo-wanted"
kept="$REHSOS_DATA_DIR/demo-password"
[ -n "$(ls -A "$REHSOS_DATA_DIR")" ] || touch "$mark"

manage migrate --verbosity 0
manage createcachetable --verbosity 0
newest=$(find static requirements/run.txt -type f -newer staticfiles/staticfiles.json -print -quit 2>/dev/null || true)
if [ ! -e staticfiles/staticfiles.json ] || [ -n "$newest" ]; then
    manage collectstatic --noinput --clear --verbosity 0
fi

if [ -e "$mark" ]; then
    if [ -n "${REHSOS_DEMO_PASSWORD:-}" ]; then
        say "Filling in demo data; their password is the one in REHSOS_DEMO_PASSWORD."
        rm -f "$kept"
    else
        say "Filling in demo data; their password is drawn and kept in $kept."
        (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(12))' >"$kept")
        REHSOS_DEMO_PASSWORD=$(cat "$kept")
        export REHSOS_DEMO_PASSWORD
    fi
    manage demo
    mv "$mark" "$REHSOS_DATA_DIR/demo"
elif [ -e "$kept" ]; then
    say "Data kept from an earlier start. The demo password was drawn then: it is in $kept."
elif [ -e "$REHSOS_DATA_DIR/demo" ]; then
    say "Data kept from an earlier start. The demo password is the REHSOS_DEMO_PASSWORD of the first one."
fi
# Demo users have no second factor.
[ ! -e "$REHSOS_DATA_DIR/demo" ] || export REHSOS_REQUIRE_MFA="${REHSOS_REQUIRE_MFA:-false}"

say "rehsos: http://localhost:$PORT/ — Ctrl+C stops it."
# No access log: what people search for stands in the addresses.
exec .venv/bin/gunicorn rehsos.wsgi:application --bind "${HOST:-127.0.0.1}:$PORT" \
    --worker-class gthread --workers 2 --threads 4 --timeout 60 --graceful-timeout 30 --log-level warning
