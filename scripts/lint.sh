#!/usr/bin/env bash
# Everything that can be judged without running the program's tests. All steps run; one failure fails the whole.
source "$(dirname "$0")/setup.sh"

need_python dev
export PATH="$PWD/.venv/bin:$PATH"
failed=()

step() {
    local name=$1
    shift
    if output=$("$@" 2>&1); then
        say "ok      $name"
    else
        say "FAILED  $name"
        printf '%s\n' "$output" | sed 's/^/        /'
        failed+=("$name")
    fi
}

test_manage() { DJANGO_SETTINGS_MODULE=tests.settings python manage.py "$@"; }

deployment_check() {
    local folder
    folder=$(mktemp -d)
    env -u REHSOS_DEBUG REHSOS_DATA_DIR="$folder" REHSOS_HTTPS=true ALLOWED_HOSTS=rehsos.example.go.id \
        python manage.py check --deploy --fail-level WARNING
    local status=$?
    rm -rf "$folder"
    return $status
}

step "ruff check" ruff check --output-format concise .
step "ruff format" ruff format --check --output-format concise .
step "templates" djlint --quiet --lint templates
step "house rules" python scripts/house_rules.py
step "import ladder" lint-imports
step "types" mypy
step "migrations" test_manage makemigrations --check --dry-run
step "system check" test_manage check
step "deployment check" deployment_check

[ ${#failed[@]} -eq 0 ] || die "make lint: ${#failed[@]} of 9 failed: $(IFS=,; printf '%s' "${failed[*]}")"
