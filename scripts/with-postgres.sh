#!/usr/bin/env bash
# with-postgres.sh COMMAND… — runs COMMAND with DATABASE_URL on a PostgreSQL of its own, which is gone afterwards.
# Nothing is kept, so nothing is synced to disk; it listens on a socket in its own folder and nowhere else.
source "$(dirname "$0")/setup.sh"

if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    # Debian would start a server of its own on installing.
    own=/etc/postgresql-common/createcluster.d
    as_root install -d "$own" && printf 'create_main_cluster = false\n' | as_root tee "$own/rehsos.conf" >/dev/null || true
    need_packages postgresql
    say_what_is_absent
fi
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || die "There is no PostgreSQL server to start."

folder=$(mktemp -d /tmp/rehsos-pg.XXXXXX)
owner=()
if [ "$(id -u)" -eq 0 ]; then # the server refuses to be root
    chown postgres "$folder"
    owner=(setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$folder")
fi
server() {
    (cd "$folder" && "${owner[@]}" "$@") >"$folder/told" 2>&1 || { cat "$folder/told" "$folder/log" >&2; return 1; }
}
remove() {
    [ ! -e "$folder/data/postmaster.pid" ] || server "$bin/pg_ctl" stop -D "$folder/data" -m immediate || true
    rm -rf "$folder"
}
trap remove EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

server "$bin/initdb" -D "$folder/data" -U rehsos -A trust -E UTF8 --locale=C.UTF-8 --no-sync
server "$bin/pg_ctl" start -D "$folder/data" -w -t 60 -l "$folder/log" -o "-k $folder -c listen_addresses='' \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"

DATABASE_URL="postgres://rehsos@/$folder/postgres" "$@"
