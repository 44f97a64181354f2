#!/usr/bin/env bash
# test.sh [sqlite] [postgres] [browser] [heavy] — runs these lanes; without a name the first three.
# A lane has a time budget and fails at 150 % of it. REHSOS_SLOW=3 trebles the budgets for a slow machine.
source "$(dirname "$0")/setup.sh"

lanes=("${@:-sqlite postgres browser}")
read -ra lanes <<<"${lanes[*]}"

need_pdf_libraries
need_python dev

unset DATABASE_URL
export PYTEST_ADDOPTS="${PYTEST_ADDOPTS:-}"
[ ! -t 1 ] || PYTEST_ADDOPTS="--color=yes $PYTEST_ADDOPTS"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
table=() failed=0

# lane NAME SECONDS COMMAND… — pytest's exit code 5, no test at all, is a failure like any other: it proves nothing.
lane() {
    local name=$1 budget=$(($2 * ${REHSOS_SLOW:-1})) start=$SECONDS status=0 spent verdict=ok
    shift 2
    printf '\n=== %s ===\n' "$name"
    "$@" 2>&1 | tee "$logs/$name" || status=$?
    spent=$((SECONDS - start))
    [ "$status" -eq 0 ] || verdict="FAILED"
    if [ $((spent * 2)) -gt $((budget * 3)) ]; then verdict="$verdict, TOO SLOW"; fi
    [ "$verdict" = ok ] || failed=1
    table+=("$(printf '%-16s %4d s of %3d s  %-10s %s' "$name" "$spent" "$budget" "$verdict" "$(summary "$logs/$name")")")
}

skip() {
    table+=("$(printf '%-16s skipped: %s' "$1" "$2")")
    if [ "${CI:-}" = true ]; then failed=1; fi
}

summary() { grep -aE '^=*.* in [0-9.]+s' "$1" | tail -n 1 | sed 's/\x1b\[[0-9;]*m//g; s/^=* *//; s/ *=*$//'; }

pytest() { .venv/bin/python -m pytest --quiet -n 2 "$@"; }

need_postgres() {
    scripts/with-postgres.sh true
}

need_browser() {
    need_packages chromium-headless-shell libatomic1
    [ -n "${REHSOS_CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null
}

on_postgres() { scripts/with-postgres.sh .venv/bin/python -m pytest --quiet -n 2 "$@"; }

for name in "${lanes[@]}"; do
    case $name in
        sqlite) lane sqlite 480 pytest ;;
        postgres)
            if need_postgres; then lane postgres 720 on_postgres; else skip postgres "PostgreSQL could not be started"; fi
            ;;
        browser)
            if need_browser; then
                lane browser 300 pytest -m "browser and not heavy"
            else
                skip browser "chromium-headless-shell could not be installed"
            fi
            ;;
        heavy)
            lane heavy-sqlite 1800 pytest -m "heavy and not browser"
            if need_postgres; then
                lane heavy-postgres 1800 on_postgres -m "heavy and not browser"
            else
                skip heavy-postgres "PostgreSQL could not be started"
            fi
            if need_browser; then
                lane heavy-browser 900 pytest -m "heavy and browser"
            else
                skip heavy-browser "chromium-headless-shell could not be installed"
            fi
            ;;
        *) die "There is no lane $name." ;;
    esac
done

printf '\n=== lanes ===\n'
printf '%s\n' "${table[@]}"
say_what_is_absent
count() { cat "$logs"/* | sed 's/\x1b\[[0-9;]*m//g' | grep -aE ' in [0-9.]+s' | grep -oE "[0-9]+ $1" | awk '{sum += $1} END {print sum + 0}'; }
say "all: $(count passed) passed, $(count failed) failed"
exit "$failed"
