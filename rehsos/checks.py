"""System checks: what must be true before a single request is answered."""

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections
from django.urls import URLPattern, URLResolver, get_resolver

WAL_SAFE_SINCE = (3, 51, 3)
TRIVIAL_HOSTS = {"*", ""}


def views(resolver: URLResolver | None = None, prefix: str = ""):
    """Every (route, view) of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from views(entry, route)


def every_url_declares_its_policy(app_configs=None, **_kwargs) -> list[CheckMessage]:
    return [
        Error(f"/{route} ({view.__module__}.{view.__name__}) does not declare who may use it.", id="rehsos.E001")
        for route, view in views()
        if getattr(view, "policy", None) is None
    ]


def production_is_closed(app_configs=None, **_kwargs) -> list[CheckMessage]:
    """Behind HTTPS it is production: no DEBUG, no guessable key, no unnamed hosts."""
    if not settings.HTTPS:
        return []
    found = []
    if settings.DEBUG:
        found.append(Error("REHSOS_DEBUG must be off behind HTTPS.", id="rehsos.E002"))
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        found.append(Error("SECRET_KEY is too weak (50 characters at least).", id="rehsos.E003"))
    if not settings.ALLOWED_HOSTS or TRIVIAL_HOSTS & set(settings.ALLOWED_HOSTS):
        found.append(Error("ALLOWED_HOSTS must name the hosts, not '*'.", id="rehsos.E004"))
    return found


def database_keeps_what_it_acknowledged(app_configs=None, databases=None, **_kwargs) -> list[CheckMessage]:
    """An acknowledged write must survive a power cut on every database named."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            found += _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
        except DatabaseError:
            continue  # it cannot be asked now; a service waiting for its database must still start
    return found


def unsafe_sqlite(version: tuple[int, ...], journal: str, synchronous: int) -> str:
    """Why this pair may lose or damage data, or nothing."""
    if journal == "wal" and version < WAL_SAFE_SINCE:
        return "WAL with SQLite older than 3.51.3 can corrupt the database; use TRUNCATE."
    if journal in ("off", "memory"):
        return f"journal_mode={journal} cannot roll back after a crash; use TRUNCATE."
    if synchronous < 2:
        return "synchronous below FULL loses acknowledged writes on power loss."
    return ""


def _sqlite(connection) -> list[CheckMessage]:
    if connection.is_in_memory_db():
        return []
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    fault = unsafe_sqlite(connection.Database.sqlite_version_info, journal, synchronous)
    found = [Error(fault, id="rehsos.E005")] if fault else []
    if not keys:
        found.append(Error("foreign_keys is off.", id="rehsos.E006"))
    if connection.transaction_mode != "IMMEDIATE":
        found.append(Error("transaction_mode must be IMMEDIATE.", id="rehsos.E007"))
    return found


def _postgresql(connection) -> list[CheckMessage]:
    if settings.TESTING:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    if fsync == "on" and commit != "off":
        return []
    return [Error("PostgreSQL with fsync or synchronous_commit off loses acknowledged writes.", id="rehsos.E008")]
