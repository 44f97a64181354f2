# Sourced by the other scripts: goes to the project's root and offers what all of them need to set themselves up.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

absent=()  # Debian packages that are needed and could not be installed

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() { warn "$*"; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        return 1
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# need_packages NAME… — installs the Debian packages that are missing; what cannot be had ends up in `absent`.
need_packages() {
    local name wanted=()
    for name; do installed "$name" || wanted+=("$name"); done
    [ ${#wanted[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        warn "This is not Debian: install what corresponds to ${wanted[*]} yourself."
        absent+=("${wanted[@]}")
        return 0
    fi
    say "Installing ${wanted[*]} …"
    # Lists may be missing or older than the archive: try, refresh, and then one by one, to learn which one fails.
    apt install --no-install-recommends "${wanted[@]}" >/dev/null 2>&1 && return 0
    apt update >/dev/null || true
    apt install --no-install-recommends "${wanted[@]}" >/dev/null 2>&1 && return 0
    for name in "${wanted[@]}"; do
        apt install --no-install-recommends "$name" >/dev/null || absent+=("$name")
    done
}

say_what_is_absent() {
    [ ${#absent[@]} -eq 0 ] || warn "Could not be installed: ${absent[*]}. As root: apt-get install ${absent[*]}"
}

suits() { "$1" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local name
    for name in "${PYTHON:-python3}" /usr/bin/python3 python3.13 python3.12 python3.11; do
        if suits "$name"; then
            printf '%s' "$name"
            return
        fi
    done
    return 1
}

# need_python run|dev — the virtual environment, with what requirements/ pins. A stamp makes the second call cheap.
need_python() {
    local wanted="requirements/$1.txt" python print
    if ! .venv/bin/python -c '' 2>/dev/null; then
        python=$(find_python) || { need_packages python3-venv; python=$(find_python); } ||
            die "Python 3.11 or newer with its venv module is needed (Debian: python3-venv)."
        say "Making .venv …"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    print=$(cat requirements/*.txt | sha256sum | cut -d' ' -f1)
    # The development set contains the other one.
    if grep -qxs "$print" ".venv/stamp-$1" .venv/stamp-dev; then return 0; fi
    say "Installing $wanted …"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$wanted"
    rm -f .venv/stamp-*
    printf '%s\n' "$print" >".venv/stamp-$1"
}

need_pdf_libraries() {
    need_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2
}
